#include "screens/course_work.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "records/course.h"
#include "listings/listing.h"
#include "screens/parts/pick.h"
#include "screens/parts/several.h"

enum { OFFERED_MOST = 500 };

struct enrol {
	struct loop *loop;
	const char **person;
	int count, added;
	char course[RECORD_ID_SIZE], group[RECORD_ID_SIZE];
};

static struct enrol *enrol_new(struct loop *l, const char *course)
{
	struct enrol *t = mem_zero(1, sizeof *t);

	t->loop = l;
	snprintf(t->course, sizeof t->course, "%s", course);
	return t;
}

static void enrol_free(void *context)
{
	struct enrol *t = context;

	free(t->person);
	free(t);
}

static int enrol_all(void *context, struct err *e)
{
	struct enrol *t = context;

	return course_enrol(t->loop->store, t->course, t->person, t->count, t->group, &t->added, e);
}

/* «отмечено: 5, зачислено: 4, были зачислены: 1» */
static void tell(const void *context, struct buf *out)
{
	const struct enrol *t = context;

	several_whom(t->loop, t->person, t->count, out);
	if (t->added > 0 || t->count > 1)
		/* TRANSLATORS: stands behind a name or «отмечено: 5»: how many were enrolled in a course */
		buf_addf(out, _(", enrolled: %d"), t->added);
	if (t->added < t->count)
		buf_addf(out, _(", on the course already: %d"), t->count - t->added);
}

static const struct several_work work = { .run = enrol_all, .tell = tell, .release = enrol_free };

static unsigned enrol_now(struct enrol *t)
{
	struct buf question = BUF_INIT, name = BUF_INIT;
	unsigned did;

	record_name(t->loop->store, &course_type, t->course, &name);
	buf_addf(&question, P_("Enrol %d person in “%s”?", "Enrol %d people in “%s”?", t->count), t->count, name.data);
	did = several_do(t->loop, t->count, question.data, &work, t);
	buf_release(&question);
	buf_release(&name);
	return did;
}

/* --- the group --- */

static unsigned group_chosen(void *context, const char *const *values, int count)
{
	struct enrol *t = context;

	if (count == 0) {
		enrol_free(t);
		return DID_CHANGE;
	}
	snprintf(t->group, sizeof t->group, "%s", values[0]);
	return enrol_now(t);
}

static unsigned ask_group(struct enrol *t)
{
	struct course_groups groups;
	struct err e = ERR_INIT;
	struct screen *pick;

	if (course_groups(t->loop->store, t->course, &groups, &e) != 0) {
		loop_problem(t->loop, &e);
		enrol_free(t);
		return DID_CHANGE;
	}
	if (groups.count == 0) {
		course_groups_release(&groups);
		return enrol_now(t);
	}
	pick = pick_open(_("Which group"), group_chosen, t);
	for (int i = 0; i < groups.count; i++)
		pick_add(pick, groups.row[i].id, groups.row[i].title, groups.row[i].place);
	/* TRANSLATORS: no group of a course */
	pick_add(pick, "", _("without a group"), "");
	course_groups_release(&groups);
	loop_push(t->loop, pick);
	return DID_CHANGE;
}

/* --- whom --- */

static unsigned people_chosen(void *context, const char *const *values, int count)
{
	struct enrol *t = context;

	if (count == 0) {
		enrol_free(t);
		return DID_CHANGE;
	}
	t->person = several_copy(values, count);
	t->count = count;
	return ask_group(t);
}

static bool is_on(const struct course_people *all, const char *person)
{
	const struct course_person *p = course_people_find(all, person);

	return p != NULL && p->state != ENROLMENT_LEFT;
}

static int offer_role(struct loop *l, const char *role, const struct course_people *all, struct screen *pick, int *offered, struct err *e)
{
	struct listing_view *v = listing_open(l->store, &people_listing);
	int64_t count = 0;
	int status, most;

	listing_facet(v, PEOPLE_BY_ROLE, role);
	status = listing_count(v, &count, e);
	most = count < OFFERED_MOST ? (int)count : OFFERED_MOST;
	if (status == 0)
		status = listing_window(v, 0, most, e);
	for (int i = 0; status == 0 && i < most; i++) {
		if (is_on(all, listing_id(v, i)))
			continue;
		pick_add(pick, listing_id(v, i), listing_cell(v, i, PEOPLE_NAME), listing_cell(v, i, PEOPLE_MUNICIPALITY));
		(*offered)++;
	}
	listing_close(v);
	return status;
}

static int offer_people(struct loop *l, const char *course, struct screen *pick, int *offered, struct err *e)
{
	struct course_people all;
	int status;

	if (course_people(l->store, course, &all, e) != 0)
		return -1;
	status = offer_role(l, "consultant", &all, pick, offered, e);
	if (status == 0)
		status = offer_role(l, "expert", &all, pick, offered, e);
	course_people_release(&all);
	return status;
}

void course_enrol_ask(struct loop *l, const char *course)
{
	struct enrol *t = enrol_new(l, course);
	struct screen *pick = pick_open(_("Whom to enrol"), people_chosen, t);
	struct err e = ERR_INIT;
	int offered = 0;

	pick_several(pick);
	if (offer_people(l, course, pick, &offered, &e) != 0)
		loop_problem(l, &e);
	else if (offered == 0)
		loop_message(l, "%s", _("all consultants and experts are on it; others are enrolled from the list of people: F2, then a"));
	loop_push(l, pick);
	if (offered == 0)
		loop_close(pick);
}

/* --- to which course --- */

static unsigned course_chosen(void *context, const char *const *values, int count)
{
	struct enrol *t = context;

	if (count == 0) {
		enrol_free(t);
		return DID_CHANGE;
	}
	snprintf(t->course, sizeof t->course, "%s", values[0]);
	return ask_group(t);
}

static int offer_courses(struct loop *l, struct screen *pick, int *offered, struct err *e)
{
	struct listing_view *v = listing_open(l->store, &courses_listing);
	int64_t count = 0;
	int status = listing_count(v, &count, e);

	*offered = count < OFFERED_MOST ? (int)count : OFFERED_MOST;
	if (status == 0)
		status = listing_window(v, 0, *offered, e);
	for (int i = 0; status == 0 && i < *offered; i++)
		pick_add(pick, listing_id(v, i), listing_cell(v, i, COURSES_TITLE), listing_cell(v, i, COURSES_PROVIDER));
	listing_close(v);
	return status;
}

void course_enrol_people(struct loop *l, const char *const *persons, int count)
{
	struct enrol *t = enrol_new(l, "");
	struct buf title = BUF_INIT;
	struct err e = ERR_INIT;
	struct screen *pick;
	int offered = 0;

	t->person = several_copy(persons, count);
	t->count = count;
	/* TRANSLATORS: title of a choice of courses; a name or «отмечено: 5» follows */
	buf_addf(&title, "%s · ", _("In which course"));
	several_whom(l, persons, count, &title);
	pick = pick_open(title.data, course_chosen, t);
	if (offer_courses(l, pick, &offered, &e) != 0)
		loop_problem(l, &e);
	else if (offered == 0)
		loop_message(l, "%s", _("there is no course yet: 2, and n enters one"));
	loop_push(l, pick);
	if (offered == 0)
		loop_close(pick);
	buf_release(&title);
}
