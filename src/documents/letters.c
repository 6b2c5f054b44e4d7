#include "documents/letters.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "documents/handout.h"
#include "figures/activity.h"
#include "records/award.h"
#include "records/consent.h"

void letters_release(struct letters *l)
{
	for (int i = 0; i < l->count; i++) {
		free(l->row[i].name);
		free(l->row[i].number);
		free(l->row[i].reason);
	}
	free(l->row);
	buf_release(&l->without);
	memset(l, 0, sizeof(*l));
	buf_init(&l->without);
}

/* --- who --- */

struct choosing {
	struct store *s;
	const struct activity *activity;
	struct letters *out;
};

static int add(struct choosing *c, const char *person, struct err *e)
{
	const struct activity_row *row = activity_find(c->activity, person);
	struct buf name = BUF_INIT, reason = BUF_INIT;
	struct letter *l;
	bool valid;

	for (int i = 0; i < c->out->count; i++)
		if (strcmp(c->out->row[i].person, person) == 0)
			return 0;		/* named twice */
	if (consent_valid(c->s, person, CONSENT_PARTICIPATION, &valid, e) != 0)
		return -1;
	record_name(c->s, &person_type, person, &name);
	if (!valid) {
		buf_addf(&c->out->without, "%s\n", name.data);
		c->out->without_count++;
		buf_release(&name);
		return 0;
	}
	if (row != NULL)
		activity_calculation(c->activity, row, &reason);
	c->out->row = mem_resize(c->out->row, (size_t)c->out->count + 1, sizeof(*c->out->row));
	l = &c->out->row[c->out->count++];
	*l = (struct letter){ .name = buf_detach(&name), .reason = buf_detach(&reason), .points = row != NULL ? row->points : 0 };
	l->number = mem_dup(row != NULL ? row->letter : "");
	snprintf(l->person, sizeof(l->person), "%s", person);
	return 0;
}

static int add_all(struct choosing *c, const char *const *persons, int count, int64_t least, struct err *e)
{
	for (int i = 0; i < count; i++)
		if (add(c, persons[i], e) != 0)
			return -1;
	for (int i = 0; count == 0 && i < c->activity->count; i++)
		if (c->activity->row[i].points >= least && add(c, c->activity->row[i].person, e) != 0)
			return -1;
	return 0;
}

static int nobody(const struct letters *l, struct err *e)
{
	struct buf words = BUF_INIT;

	letters_tell_without(l, &words);
	err_set(e, ERR_REFUSED, "%s", words.len > 0 ? words.data : _("nobody has that many points: there is no letter to print"));
	buf_release(&words);
	return -1;
}

int letters_choose(struct store *s, const char *const *persons, int count, int64_t least, struct letters *out, struct err *e)
{
	struct activity activity;
	struct choosing c = { s, &activity, out };
	int rc;

	memset(out, 0, sizeof(*out));
	buf_init(&out->without);
	if (activity_compute(s, &activity, e) != 0)
		return -1;
	rc = add_all(&c, persons, count, least, e);
	activity_release(&activity);
	if (rc == 0 && out->count == 0)
		rc = nobody(out, e);
	if (rc != 0)
		letters_release(out);
	return rc;
}

void letters_tell_without(const struct letters *l, struct buf *out)
{
	if (l->without_count == 0)
		return;
	buf_addf(out, P_("%d person without a consent to taking part is left out: ", "%d people without a consent to taking part are left out: ",
	    l->without_count), l->without_count);
	for (const char *p = l->without.data; *p != '\0'; p++)
		if (*p != '\n')
			buf_addc(out, *p);
		else if (p[1] != '\0')
			buf_adds(out, "; ");
}

/* --- numbers --- */

/* What was given stands in the record, not in what is counted now. */
static int issue(struct store *s, struct letter *l, struct err *e)
{
	struct record r;

	if (award_issue(s, l->person, l->points, l->reason, l->award, &l->issued, e) != 0 || record_load(s, &r, &award_type, l->award, e) != 0)
		return -1;
	free(l->number);
	free(l->reason);
	l->number = mem_dup(record_get(&r, "number"));
	l->reason = mem_dup(record_get(&r, "reason"));
	l->points = strtoll(record_get(&r, "points"), NULL, 10);
	record_release(&r);
	return 0;
}

int letters_issue(struct store *s, struct letters *l, struct err *e)
{
	if (store_begin(s, e) != 0)
		return -1;
	for (int i = 0; i < l->count; i++)
		if (issue(s, &l->row[i], e) != 0) {
			store_rollback(s);
			return -1;
		}
	return store_commit(s, e);
}

/* --- pages --- */

/* «проведено семинаров: 2 × 10 = 20; …» without the points: they are nobody's business but ours. */
static void without_points(const char *calculation, struct buf *out)
{
	for (const char *p = calculation; *p != '\0';) {
		size_t len = strcspn(p, ";");
		const char *times = strstr(p, " × ");

		buf_add(out, p, times != NULL && times < p + len ? (size_t)(times - p) : len);
		p += len;
		if (*p == ';')
			buf_addc(out, *p++);
	}
}

static void set_values(struct handout *h, const struct letter *l, const struct record *r)
{
	struct buf reason = BUF_INIT;
	char points[24];

	without_points(l->reason, &reason);
	snprintf(points, sizeof(points), "%" PRId64, l->points);
	template_values_set(&h->values, "number", record_get(r, "number"));
	template_values_set(&h->values, "points", points);
	template_values_set(&h->values, "reason", reason.data);
	template_values_set(&h->values, "calculation", l->reason);
	buf_release(&reason);
}

static void set_page(struct typeset *t, const struct handout *h)
{
	typeset_single(t);
	typeset_space(t, 25);
	handout_head(t, h, 24, 12, 12);
	handout_body(t, h, TYPESET_JUSTIFY, 13);
	typeset_space(t, 14);
	handout_signature(t, h);
}

static int add_page(struct store *s, struct typeset *t, const struct letter *l, struct err *e)
{
	struct handout h;
	struct record r;
	int rc;

	if (record_load(s, &r, &award_type, l->award, e) != 0)
		return -1;
	rc = handout_begin(s, "letter", l->person, record_get(&r, "date"), &h, e);
	if (rc == 0) {
		set_values(&h, l, &r);
		set_page(t, &h);
		handout_release(&h);
	}
	record_release(&r);
	return rc;
}

int letters_pdf(struct store *s, const struct letters *l, int first, int count, struct buf *pdf, struct err *e)
{
	const struct typeset_page page = { .title = _("Letters of thanks"), .plain = true };
	struct typeset *t = typeset_begin(TYPESET_PDF, &page);

	for (int i = first; i < first + count; i++) {
		if (i > first)
			typeset_break(t);
		if (add_page(s, t, &l->row[i], e) != 0) {
			typeset_abandon(t);
			return -1;
		}
	}
	return typeset_finish(t, pdf, e);
}
