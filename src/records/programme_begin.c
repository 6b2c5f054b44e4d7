/* Beginning a programme from another one, closing it, choosing the one that counts. */
#include "records/programme.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "records/joined.h"
#include "records/person.h"

static int must_coordinate(struct store *s, struct err *e)
{
	return person_coordinates(s) ? 0 : err_set(e, ERR_REFUSED, _("programmes are begun, closed and opened by a coordinator"));
}

/* What a new programme takes over: records of a type that belong to the old one. Criteria of a call belong to that call. */
static const char *const copied[] = { "indicator", "award_rule", "criterion", "text" };

struct copying {
	struct store *s;
	const char *to;
	struct record *kept;	/* read first: what is walked is not written to */
	int count, room;
};

static int keep(void *context, const struct record *r, struct err *e)
{
	struct copying *c = context;
	int call = record_field(r->type, "call");
	(void)e;
	/* A text of no programme is every programme's. */
	if ((call >= 0 && *r->value[call]) || !*record_get(r, "programme"))
		return 0;
	if (c->count == c->room) {
		c->room = c->room ? 2 * c->room : 16;
		c->kept = mem_resize(c->kept, (size_t)c->room, sizeof *c->kept);
	}
	struct record *copy = &c->kept[c->count++];
	record_init(copy, r->type);
	for (int i = 0; i < r->type->count; i++)
		record_put(copy, r->type->fields[i].name, r->value[i]);
	record_put(copy, "programme", c->to);
	return 0;
}

static int copy_type(struct copying *c, const struct record_type *t, const char *from, struct err *e)
{
	int rc = record_each_in(c->s, t, from, NULL, keep, c, e);
	for (int i = 0; i < c->count; i++) {
		if (rc == 0)
			rc = record_save(c->s, &c->kept[i], e);
		record_release(&c->kept[i]);
	}
	c->count = 0;
	return rc;
}

static int copy_all(struct store *s, const char *from, const char *to, struct err *e)
{
	struct copying c = { .s = s, .to = to };
	int rc = 0;
	for (size_t i = 0; rc == 0 && i < sizeof copied / sizeof *copied; i++) {
		const struct record_type *t = record_type_find(copied[i]);
		if (t)
			rc = copy_type(&c, t, from, e);
	}
	free(c.kept);
	return rc;
}

/* Of the old one's card what is likely to stay. */
static int take_over(struct store *s, struct record *r, const char *from, struct err *e)
{
	static const char *const fields[] = { "organiser", "city", "signatory", "signatory_post" };
	struct record old;
	if (record_load(s, &old, &programme_type, from, e) != 0)
		return -1;
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
		if (record_untouched(r, fields[i]))
			record_put(r, fields[i], record_get(&old, fields[i]));
	record_release(&old);
	return 0;
}

int programme_begin(struct store *s, struct record *r, const char *from, struct err *e)
{
	char current[RECORD_ID_SIZE];
	if (must_coordinate(s, e) != 0 || programme_current(s, current, e) != 0 || store_begin(s, e) != 0)
		return -1;
	if (!*from)
		from = current;
	if (take_over(s, r, from, e) == 0 && record_save(s, r, e) == 0 && copy_all(s, from, r->id, e) == 0)
		return store_commit(s, e);
	store_rollback(s);
	*r->id = '\0';
	return -1;
}

int programme_set_closed(struct store *s, const char *id, bool closed, struct err *e)
{
	struct record r;
	if (must_coordinate(s, e) != 0 || record_load(s, &r, &programme_type, id, e) != 0)
		return -1;
	int rc = record_set(s, &r, "state", closed ? "closed" : "open", e);
	if (rc == 0)
		rc = record_save(s, &r, e);
	record_release(&r);
	return rc;
}

int programme_use(struct store *s, const char *id, struct err *e)
{
	struct record r;
	if (*id && record_load(s, &r, &programme_type, id, e) != 0)
		return -1;
	if (*id)
		record_release(&r);
	return store_set_setting(s, "programme", *id ? id : NULL, e);
}

int programme_said(struct store *s, struct buf *out, struct err *e)
{
	char id[RECORD_ID_SIZE];
	bool closed;
	if (programme_current(s, id, e) != 0 || programme_closed(s, id, &closed, e) != 0)
		return -1;
	if (!closed && journal_count(store_journal(s), "programme") < 2)
		return 0;
	record_name(s, &programme_type, id, out);
	if (closed)
		/* TRANSLATORS: behind the title of a programme */
		buf_addf(out, " (%s)", _("closed, read only"));
	return 0;
}

#define COUNT(table) "(SELECT count(*) FROM " table " WHERE programme = ?1 AND deleted = 0)"

int programme_count(struct store *s, const char *id, struct programme_amounts *out, struct err *e)
{
	int64_t *const into[] = { &out->seminars, &out->consultations, &out->people, &out->courses, &out->calls, &out->stories };
	sqlite3_stmt *st = store_prepare(s, "SELECT " COUNT("seminar") ", " COUNT("consultation") ", "
	    "(SELECT count(DISTINCT " JOINED_PERSON("t.person") ") FROM participation t WHERE t.programme = ?1 AND t.deleted = 0)" ", " COUNT("course") ", "
	    COUNT("call") ", " COUNT("story"), e);
	if (!st)
		return -1;
	store_bind_text(st, 1, id);
	int rc = store_step(s, st, e);
	for (size_t i = 0; rc == 1 && i < sizeof into / sizeof *into; i++)
		*into[i] = sqlite3_column_int64(st, (int)i);
	if (rc >= 0)
		sqlite3_reset(st);
	return rc == 1 ? 0 : -1;
}
