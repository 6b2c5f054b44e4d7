/* Who is on a course, and the hours of each day. */
#include "records/course.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "records/joined.h"

const struct choice enrolment_states[] = {
	/* TRANSLATORS: of somebody on a course: is enrolled, has completed it, has left it */
	{ "enrolled", N_("enrolled"), "зачислен|зачислена|обучается" },
	{ "completed", N_("completed"), "окончил|окончила|завершил|завершила|прошёл обучение|прошла обучение" },
	{ "left", N_("left the course"), "выбыл|выбыла|отчислен|отчислена" },
	{ NULL, NULL, NULL }
};

static const struct field enrolment_fields[] = {
	{ .name = "course", .label = N_("Course"), .kind = FIELD_REFERENCE, .references = "course", .required = true },
	{ .name = "person", .label = N_("Person"), .kind = FIELD_REFERENCE, .references = "person", .required = true },
	{ .name = "course_group", .label = N_("Group"), .kind = FIELD_REFERENCE, .references = "group" },
	{ .name = "state", .label = N_("State"), .kind = FIELD_CHOICE, .choices = enrolment_states, .initial = "enrolled", .required = true },
	/* TRANSLATORS: the day when a course was completed */
	{ .name = "completed", .label = N_("Completed on"), .kind = FIELD_DATE },
	/* TRANSLATORS: the document that the provider of a course gave: its number, date, what it is called */
	{ .name = "document", .label = N_("Document: number"), .kind = FIELD_TEXT },
	{ .name = "document_date", .label = N_("Document: date"), .kind = FIELD_DATE },
	{ .name = "document_kind", .label = N_("Document: kind"), .kind = FIELD_TEXT },
	{ .name = "note", .label = N_("Note"), .kind = FIELD_LONG_TEXT },
};

static int wrong(const struct record *r, const char *field, struct err *e)
{
	return field_blame(&r->type->fields[record_field(r->type, field)], e);
}

static int too_long(struct err *e)
{
	return err_set(e, ERR_REFUSED, _("the ids of the course and the person are too long"));
}

static int enrolment_id(struct store *s, const struct record *r, char out[RECORD_ID_SIZE], struct err *e)
{
	(void)s;
	int n = snprintf(out, RECORD_ID_SIZE, "%s/%s", record_get(r, "course"), record_get(r, "person"));
	return n < RECORD_ID_SIZE ? 0 : too_long(e);
}

/* The group's course; "" where the group is not held here, and nothing can be said against it. */
static int group_course(struct store *s, const char *group, char course[RECORD_ID_SIZE], struct err *e)
{
	int rc = record_query_id(s, "SELECT course FROM course_group WHERE id = ?1", (const char *const[]){ group, NULL }, course, e);
	return rc < 0 ? -1 : 0;
}

static int check_group(struct store *s, const struct record *r, struct err *e)
{
	char course[RECORD_ID_SIZE];
	const char *group = record_get(r, "course_group");
	if (!*group)
		return 0;
	if (group_course(s, group, course, e) != 0)
		return -1;
	if (!*course || strcmp(course, record_get(r, "course")) == 0)
		return 0;
	err_set(e, ERR_REFUSED, _("this group is of another course"));
	return wrong(r, "course_group", e);
}

/* The id says who is on which course. */
static int enrolment_check(struct store *s, const struct record *r, struct err *e)
{
	char id[RECORD_ID_SIZE];
	if (*r->id && (enrolment_id(s, r, id, e) != 0 || strcmp(id, r->id) != 0))
		return err_set(e, ERR_REFUSED, _("an enrolment belongs to one course and one person; remove it and make another"));
	if (strcmp(record_get(r, "state"), "completed") == 0 && !*record_get(r, "completed")) {
		err_set(e, ERR_REFUSED, _("say when the course was completed"));
		return wrong(r, "completed", e);
	}
	return check_group(s, r, e);
}

#define PERSON_NAME(table) "coalesce((SELECT p.name FROM person p WHERE p.id = " JOINED_PERSON(table ".person") ")," \
	" (SELECT k.name FROM known_name k WHERE k.tbl = 'person' AND k.id = person), person)"
#define COLUMNS "course, person, course_group, state, completed, document, document_date, document_kind, note"

const struct record_type enrolment_type = {
	.name = "enrolment",
	/* TRANSLATORS: somebody's place on a course */
	.title = N_("Enrolment"),
	.table = "enrolment",
	.fields = enrolment_fields,
	.count = sizeof enrolment_fields / sizeof *enrolment_fields,
	.sql = {
		.load = RECORD_SQL_LOAD("enrolment", COLUMNS),
		.list = RECORD_SQL_LIST("enrolment", COLUMNS, "id"),
		RECORD_SQL_REST("enrolment", PERSON_NAME("enrolment"), COLUMNS, "?2,?3,?4,?5,?6,?7,?8,?9,?10")
	},
	.check = enrolment_check,
	.make_id = enrolment_id,
};

/* --- hours of a day --- */

static const struct field study_day_fields[] = {
	{ .name = "course", .label = N_("Course"), .kind = FIELD_REFERENCE, .references = "course", .required = true },
	{ .name = "person", .label = N_("Person"), .kind = FIELD_REFERENCE, .references = "person", .required = true },
	{ .name = "date", .label = N_("Date"), .kind = FIELD_DATE, .required = true },
	{ .name = "hours", .label = N_("Hours"), .kind = FIELD_NUMBER, .required = true },
};

static int study_day_id(struct store *s, const struct record *r, char out[RECORD_ID_SIZE], struct err *e)
{
	(void)s;
	int n = snprintf(out, RECORD_ID_SIZE, "%s/%s/%s", record_get(r, "course"), record_get(r, "person"), record_get(r, "date"));
	return n < RECORD_ID_SIZE ? 0 : too_long(e);
}

static int study_day_check(struct store *s, const struct record *r, struct err *e)
{
	char id[RECORD_ID_SIZE];
	if (*r->id && (study_day_id(s, r, id, e) != 0 || strcmp(id, r->id) != 0))
		return err_set(e, ERR_REFUSED, _("the hours belong to one course, person and day; remove them and make others"));
	if (strtol(record_get(r, "hours"), NULL, 10) <= STUDY_DAY_MOST)
		return 0;
	err_set(e, ERR_REFUSED, _("a day has %d hours"), STUDY_DAY_MOST);
	return wrong(r, "hours", e);
}

#define DAY_COLUMNS "course, person, date, hours"

const struct record_type study_day_type = {
	.name = "study_day",
	/* TRANSLATORS: how many hours somebody attended a course on a day */
	.title = N_("Hours of a day"),
	.table = "study_day",
	.fields = study_day_fields,
	.count = sizeof study_day_fields / sizeof *study_day_fields,
	.sql = {
		.load = RECORD_SQL_LOAD("study_day", DAY_COLUMNS),
		.list = RECORD_SQL_LIST("study_day", DAY_COLUMNS, "id"),
		RECORD_SQL_REST("study_day", PERSON_NAME("study_day"), DAY_COLUMNS, "?2,?3,?4,?5")
	},
	.check = study_day_check,
	.make_id = study_day_id,
};
