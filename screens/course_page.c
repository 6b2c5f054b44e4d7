#include "screens/course_page.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "records/course.h"
#include "records/number.h"
#include "screens/cards.h"
#include "screens/course_work.h"
#include "screens/parts/page.h"
#include "screens/parts/page_changes.h"
#include "screens/parts/page_links.h"
#include "screens/parts/words.h"

/* Lines of the page's own: a group, or somebody's enrolment, opens its form. */
#define GROUP_KEY "group:"
#define ENROLMENT_KEY "enrolment:"

static const char *id_of(const struct page *p)
{
	const char *id;

	page_record(p, &id);
	return id;
}

static void own_line(struct page *p, const char *prefix, const char *id, const char *text, const char *hint)
{
	char key[RECORD_ID_SIZE + 16];

	snprintf(key, sizeof key, "%s%s", prefix, id);
	page_choice(p, text, hint, key);
}

/* «10.02.2020 — 14.02.2020, Уфа» */
static void group_hint(const struct course_group *g, struct buf *out)
{
	const char *place = g->place[0] != '\0' ? g->place : g->municipality;

	page_date(g->since, out);
	if (g->until[0] != '\0') {
		buf_adds(out, " — ");
		page_date(g->until, out);
	}
	if (place[0] != '\0')
		buf_addf(out, "%s%s", out->len > 0 ? ", " : "", place);
}

static void show_groups(struct page *p, const struct course_groups *groups)
{
	struct buf hint = BUF_INIT;

	page_heading(p, _("Groups"));
	if (groups->count == 0)
		page_none(p, _("none yet: n enters one"));
	for (int i = 0; i < groups->count; i++) {
		buf_reset(&hint);
		group_hint(&groups->row[i], &hint);
		own_line(p, GROUP_KEY, groups->row[i].id, groups->row[i].title, hint.data);
	}
	buf_release(&hint);
}

/* «40 ч · 02-777 от 14.02.2020 · ЖС-000012»: state, hours of those of the course, the provider's document, the fund's certificate. */
static void person_hint(const struct course_person *c, const char *of, struct buf *out)
{
	struct buf day = BUF_INIT;

	/* TRANSLATORS: hours of a course, short: «40 ч», «40 из 72 ч» */
	if (c->state == ENROLMENT_ENROLLED && of[0] != '\0')
		buf_addf(out, _("%lld of %s h"), (long long)c->hours, of);
	else
		buf_addf(out, _("%lld h"), (long long)c->hours);
	page_date(c->document_date, &day);
	if (c->document[0] != '\0')
		buf_addf(out, " · %s", c->document);
	if (c->document[0] != '\0' && day.len > 0)
		buf_addf(out, " %s", day.data);
	if (c->certificate[0] != '\0')
		buf_addf(out, " · %s", c->certificate);
	buf_release(&day);
}

static void show_people(struct page *p, const struct course_people *all, enum enrolment_state state, const char *heading, const char *of)
{
	struct buf hint = BUF_INIT;
	bool any = false;

	for (int i = 0; i < all->count; i++) {
		const struct course_person *c = &all->row[i];

		if (c->state != state)
			continue;
		if (!any)
			page_heading(p, heading);
		any = true;
		buf_reset(&hint);
		person_hint(c, of, &hint);
		own_line(p, ENROLMENT_KEY, c->enrolment, c->name, hint.data);
	}
	buf_release(&hint);
}

static int show_all(struct page *p, const char *of, struct err *e)
{
	struct course_groups groups;
	struct course_people all;

	if (course_groups(page_store(p), id_of(p), &groups, e) != 0)
		return -1;
	show_groups(p, &groups);
	course_groups_release(&groups);
	if (course_people(page_store(p), id_of(p), &all, e) != 0)
		return -1;
	if (all.count == 0) {
		page_heading(p, _("Enrolled"));
		page_none(p, _("nobody yet: a enrols people"));
	}
	show_people(p, &all, ENROLMENT_ENROLLED, _("In training"), of);
	show_people(p, &all, ENROLMENT_COMPLETED, _("Have completed it"), of);
	show_people(p, &all, ENROLMENT_LEFT, _("Have left it"), of);
	course_people_release(&all);
	return page_numbers(p, NUMBER_CERTIFICATE, e);
}

static int fill(struct page *p, struct err *e)
{
	struct record r;
	int rc;

	if (record_load(page_store(p), &r, &course_type, id_of(p), e) != 0)
		return -1;
	page_title(p, record_get(&r, "title"));
	page_fields(p, &r, "title", "programme");
	rc = show_all(p, record_get(&r, "hours"), e);
	record_release(&r);
	return rc == 0 ? page_changes(p, e) : -1;
}

static unsigned open_line(struct page *p, const char *key)
{
	size_t group = strlen(GROUP_KEY), enrolment = strlen(ENROLMENT_KEY);

	if (strncmp(key, GROUP_KEY, group) == 0)
		cards_edit(page_loop(p), &group_type, key + group, NULL);
	else if (strncmp(key, ENROLMENT_KEY, enrolment) == 0)
		cards_edit(page_loop(p), &enrolment_type, key + enrolment, NULL);
	return DID_CHANGE;
}

static unsigned act(struct page *p, enum action action)
{
	const struct card_start start[] = { { "course", id_of(p) }, { NULL, NULL } };

	switch (action) {
	case ACTION_NEW: cards_edit(page_loop(p), &group_type, "", start); break;
	case ACTION_ENROL: course_enrol_ask(page_loop(p), id_of(p)); break;
	case ACTION_STUDY_DAY: course_hours_ask(page_loop(p), id_of(p)); break;
	case ACTION_COMPLETE_COURSE: course_complete_ask(page_loop(p), id_of(p)); break;
	case ACTION_PAPER: course_papers_ask(page_loop(p), id_of(p)); break;
	default: return DID_NOTHING;
	}
	return DID_CHANGE;
}

static const struct page_class course_class = {
	.name = "course", .where = IN_MAIN | IN_RECORD | IN_COURSE, .fill = fill, .open = open_line, .act = act,
};

struct screen *course_page_open(struct store *s, const char *id)
{
	struct screen *page = page_open(s, &course_class, NULL);

	page_about(page_of(page), &course_type, id);
	return page;
}
