/* The replicated tables as the journal sees them. The same names in the same order stand in the DDL of schema.c. */
#include <stddef.h>

#include "schema/schema.h"
#include "schema/table.h"

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))
#define TABLE(table_name, array) { .name = table_name, .columns = array, .count = COUNT(array) }
#define DELETED { "deleted", COLUMN_INTEGER, 0, NULL }

static const struct column programme_columns[] = {
	DELETED,
	{ "title", COLUMN_TEXT, 0, NULL },
	{ "grant", COLUMN_TEXT, 0, NULL },
	{ "since", COLUMN_TEXT, 0, NULL },
	{ "until", COLUMN_TEXT, 0, NULL },
	{ "state", COLUMN_TEXT, 0, NULL },
	{ "organiser", COLUMN_TEXT, 0, NULL },
	{ "city", COLUMN_TEXT, 0, NULL },
	{ "signatory", COLUMN_TEXT, 0, NULL },
	{ "signatory_post", COLUMN_TEXT, 0, NULL },
};

static const struct column organisation_columns[] = {
	DELETED,
	{ "name", COLUMN_TEXT, 0, NULL },
	{ "municipality", COLUMN_TEXT, 0, NULL },
	{ "phone", COLUMN_TEXT, 0, NULL },
	{ "email", COLUMN_TEXT, 0, NULL },
	{ "note", COLUMN_LONG_TEXT, 0, NULL },
};

static const struct column person_columns[] = {
	DELETED,
	{ "name", COLUMN_TEXT, COLUMN_PERSONAL, NULL },
	{ "phone", COLUMN_TEXT, COLUMN_PERSONAL, NULL },
	{ "email", COLUMN_TEXT, COLUMN_PERSONAL, NULL },
	{ "organisation", COLUMN_REFERENCE, 0, "organisation" },
	{ "post", COLUMN_TEXT, COLUMN_PERSONAL, NULL },
	{ "municipality", COLUMN_TEXT, 0, NULL },
	{ "note", COLUMN_LONG_TEXT, COLUMN_PERSONAL, NULL },
};

static const struct column participation_columns[] = {
	DELETED,
	{ "programme", COLUMN_REFERENCE, 0, "programme" },
	{ "person", COLUMN_REFERENCE, 0, "person" },
	{ "role", COLUMN_TEXT, 0, NULL },
	{ "stage", COLUMN_TEXT, 0, NULL },
};

static const struct column mentorship_columns[] = {
	DELETED,
	{ "programme", COLUMN_REFERENCE, 0, "programme" },
	{ "mentor", COLUMN_REFERENCE, 0, "person" },
	{ "mentee", COLUMN_REFERENCE, 0, "person" },
	{ "since", COLUMN_TEXT, 0, NULL },
	{ "until", COLUMN_TEXT, 0, NULL },
	{ "goal", COLUMN_LONG_TEXT, COLUMN_PERSONAL, NULL },
};

static const struct column seminar_columns[] = {
	DELETED,
	{ "programme", COLUMN_REFERENCE, 0, "programme" },
	{ "title", COLUMN_TEXT, 0, NULL },
	{ "kind", COLUMN_TEXT, 0, NULL },
	{ "date", COLUMN_TEXT, 0, NULL },
	{ "place", COLUMN_TEXT, 0, NULL },
	{ "municipality", COLUMN_TEXT, 0, NULL },
	{ "lead", COLUMN_REFERENCE, 0, "person" },
	{ "mentor", COLUMN_REFERENCE, 0, "person" },
	{ "capacity", COLUMN_INTEGER, 0, NULL },
	{ "status", COLUMN_TEXT, 0, NULL },
	{ "unnamed", COLUMN_INTEGER, 0, NULL },
	{ "unnamed_basis", COLUMN_TEXT, 0, NULL },
	{ "summary", COLUMN_LONG_TEXT, 0, NULL },
	{ "planned_date", COLUMN_TEXT, 0, NULL },
	{ "planned_place", COLUMN_TEXT, 0, NULL },
	{ "planned_number", COLUMN_INTEGER, 0, NULL },
	{ "series", COLUMN_TEXT, 0, NULL },
	{ "remarks", COLUMN_LONG_TEXT, COLUMN_PERSONAL, NULL },
	{ "materials", COLUMN_LONG_TEXT, 0, NULL },
	{ "press", COLUMN_LONG_TEXT, 0, NULL },
	{ "sheet_number", COLUMN_TEXT, 0, NULL },
	{ "sheet_pages", COLUMN_INTEGER, 0, NULL },
	{ "sheet_place", COLUMN_TEXT, 0, NULL },
};

static const struct column attendance_columns[] = {
	DELETED,
	{ "seminar", COLUMN_REFERENCE, 0, "seminar" },
	{ "person", COLUMN_REFERENCE, 0, "person" },
	{ "state", COLUMN_TEXT, COLUMN_LATER_WINS, NULL },
	{ "note", COLUMN_LONG_TEXT, COLUMN_PERSONAL, NULL },
};

static const struct column consultation_columns[] = {
	DELETED,
	{ "programme", COLUMN_REFERENCE, 0, "programme" },
	{ "mentor", COLUMN_REFERENCE, 0, "person" },
	{ "mentee", COLUMN_REFERENCE, 0, "person" },
	{ "date", COLUMN_TEXT, 0, NULL },
	{ "form", COLUMN_TEXT, 0, NULL },
	{ "minutes", COLUMN_INTEGER, 0, NULL },
	{ "topic", COLUMN_TEXT, COLUMN_PERSONAL, NULL },
	{ "advice", COLUMN_LONG_TEXT, COLUMN_PERSONAL, NULL },
	{ "next_step", COLUMN_TEXT, COLUMN_PERSONAL, NULL },
	{ "next_date", COLUMN_TEXT, 0, NULL },
	{ "next_done", COLUMN_TEXT, 0, NULL },
	{ "kind", COLUMN_TEXT, 0, NULL },
	{ "municipality", COLUMN_TEXT, 0, NULL },
};

static const struct column consent_columns[] = {
	DELETED,
	{ "person", COLUMN_REFERENCE, 0, "person" },
	{ "programme", COLUMN_REFERENCE, 0, "programme" },
	{ "purpose", COLUMN_TEXT, 0, NULL },
	{ "version", COLUMN_TEXT, 0, NULL },
	{ "date", COLUMN_TEXT, 0, NULL },
	{ "form", COLUMN_TEXT, 0, NULL },
	{ "withdrawn", COLUMN_TEXT, 0, NULL },
	{ "note", COLUMN_LONG_TEXT, COLUMN_PERSONAL, NULL },
};

static const struct column call_columns[] = {
	DELETED,
	{ "programme", COLUMN_REFERENCE, 0, "programme" },
	{ "title", COLUMN_TEXT, 0, NULL },
	{ "role", COLUMN_TEXT, 0, NULL },
	{ "places", COLUMN_INTEGER, 0, NULL },
	{ "since", COLUMN_TEXT, 0, NULL },
	{ "deadline", COLUMN_TEXT, 0, NULL },
	{ "state", COLUMN_TEXT, 0, NULL },
	{ "closed", COLUMN_TEXT, 0, NULL },
	{ "note", COLUMN_LONG_TEXT, 0, NULL },
};

static const struct column criterion_columns[] = {
	DELETED,
	{ "programme", COLUMN_REFERENCE, 0, "programme" },
	{ "call", COLUMN_REFERENCE, 0, "call" },
	{ "title", COLUMN_TEXT, 0, NULL },
	{ "weight", COLUMN_INTEGER, 0, NULL },
	{ "maximum", COLUMN_INTEGER, 0, NULL },
	{ "position", COLUMN_INTEGER, 0, NULL },
	{ "note", COLUMN_LONG_TEXT, 0, NULL },
};

static const struct column judge_columns[] = {
	DELETED,
	{ "call", COLUMN_REFERENCE, 0, "call" },
	{ "person", COLUMN_REFERENCE, 0, "person" },
};

static const struct column application_columns[] = {
	DELETED,
	{ "programme", COLUMN_REFERENCE, 0, "programme" },
	{ "call", COLUMN_REFERENCE, 0, "call" },
	{ "person", COLUMN_REFERENCE, 0, "person" },
	{ "organisation", COLUMN_REFERENCE, 0, "organisation" },
	{ "municipality", COLUMN_TEXT, 0, NULL },
	{ "date", COLUMN_TEXT, 0, NULL },
	{ "motivation", COLUMN_LONG_TEXT, COLUMN_PERSONAL, NULL },
	{ "experience", COLUMN_LONG_TEXT, COLUMN_PERSONAL, NULL },
	{ "state", COLUMN_TEXT, 0, NULL },
	{ "decision", COLUMN_TEXT, 0, NULL },
	{ "decided", COLUMN_TEXT, 0, NULL },
	{ "reason", COLUMN_LONG_TEXT, COLUMN_PERSONAL, NULL },
};

static const struct column score_columns[] = {
	DELETED,
	{ "application", COLUMN_REFERENCE, COLUMN_PART, "application" },
	{ "criterion", COLUMN_REFERENCE, 0, "criterion" },
	{ "judge", COLUMN_REFERENCE, 0, "person" },
	{ "points", COLUMN_INTEGER, 0, NULL },
	{ "remark", COLUMN_LONG_TEXT, COLUMN_PERSONAL, NULL },
};

static const struct column course_columns[] = {
	DELETED,
	{ "programme", COLUMN_REFERENCE, 0, "programme" },
	{ "title", COLUMN_TEXT, 0, NULL },
	{ "hours", COLUMN_INTEGER, 0, NULL },
	{ "provider", COLUMN_TEXT, 0, NULL },
	{ "document_kind", COLUMN_TEXT, 0, NULL },
	{ "note", COLUMN_LONG_TEXT, 0, NULL },
};

static const struct column course_group_columns[] = {
	DELETED,
	{ "course", COLUMN_REFERENCE, 0, "course" },
	{ "title", COLUMN_TEXT, 0, NULL },
	{ "since", COLUMN_TEXT, 0, NULL },
	{ "until", COLUMN_TEXT, 0, NULL },
	{ "place", COLUMN_TEXT, 0, NULL },
	{ "municipality", COLUMN_TEXT, 0, NULL },
};

static const struct column enrolment_columns[] = {
	DELETED,
	{ "course", COLUMN_REFERENCE, 0, "course" },
	{ "person", COLUMN_REFERENCE, 0, "person" },
	{ "course_group", COLUMN_REFERENCE, 0, "course_group" },
	{ "state", COLUMN_TEXT, 0, NULL },
	{ "completed", COLUMN_TEXT, 0, NULL },
	{ "document", COLUMN_TEXT, COLUMN_PERSONAL, NULL },
	{ "document_date", COLUMN_TEXT, 0, NULL },
	{ "document_kind", COLUMN_TEXT, 0, NULL },
	{ "note", COLUMN_LONG_TEXT, COLUMN_PERSONAL, NULL },
};

static const struct column study_day_columns[] = {
	DELETED,
	{ "course", COLUMN_REFERENCE, 0, "course" },
	{ "person", COLUMN_REFERENCE, 0, "person" },
	{ "date", COLUMN_TEXT, 0, NULL },
	{ "hours", COLUMN_INTEGER, 0, NULL },
};

static const struct column certificate_columns[] = {
	DELETED,
	{ "programme", COLUMN_REFERENCE, 0, "programme" },
	{ "person", COLUMN_REFERENCE, 0, "person" },
	{ "course", COLUMN_REFERENCE, 0, "course" },
	{ "number", COLUMN_TEXT, 0, NULL },
	{ "date", COLUMN_TEXT, 0, NULL },
	{ "hours", COLUMN_INTEGER, 0, NULL },
	{ "title", COLUMN_TEXT, 0, NULL },
};

static const struct column number_block_columns[] = {
	DELETED,
	{ "device", COLUMN_TEXT, 0, NULL },
	{ "series", COLUMN_TEXT, 0, NULL },
	{ "first", COLUMN_INTEGER, 0, NULL },
	{ "last", COLUMN_INTEGER, 0, NULL },
};

static const struct column seminar_staff_columns[] = {
	DELETED,
	{ "seminar", COLUMN_REFERENCE, 0, "seminar" },
	{ "person", COLUMN_REFERENCE, 0, "person" },
	{ "part", COLUMN_TEXT, 0, NULL },
	{ "note", COLUMN_TEXT, COLUMN_PERSONAL, NULL },
};

static const struct column template_columns[] = {
	DELETED,
	{ "programme", COLUMN_REFERENCE, 0, "programme" },
	{ "kind", COLUMN_TEXT, 0, NULL },
	{ "version", COLUMN_TEXT, 0, NULL },
	{ "title", COLUMN_TEXT, 0, NULL },
	{ "body", COLUMN_LONG_TEXT, 0, NULL },
	{ "since", COLUMN_TEXT, 0, NULL },
};

static const struct column story_columns[] = {
	DELETED,
	{ "programme", COLUMN_REFERENCE, 0, "programme" },
	{ "author", COLUMN_REFERENCE, 0, "person" },
	{ "organisation", COLUMN_REFERENCE, 0, "organisation" },
	{ "kind", COLUMN_TEXT, 0, NULL },
	{ "title", COLUMN_TEXT, COLUMN_PERSONAL, NULL },
	{ "body", COLUMN_LONG_TEXT, COLUMN_PERSONAL, NULL },
	{ "state", COLUMN_TEXT, 0, NULL },
	{ "section", COLUMN_TEXT, 0, NULL },
	{ "position", COLUMN_INTEGER, 0, NULL },
	{ "note", COLUMN_LONG_TEXT, COLUMN_PERSONAL, NULL },
};

static const struct column directory_entry_columns[] = {
	DELETED,
	{ "programme", COLUMN_REFERENCE, 0, "programme" },
	{ "person", COLUMN_REFERENCE, 0, "person" },
	{ "topics", COLUMN_LONG_TEXT, COLUMN_PERSONAL, NULL },
	{ "phone", COLUMN_TEXT, COLUMN_PERSONAL, NULL },
	{ "email", COLUMN_TEXT, COLUMN_PERSONAL, NULL },
	{ "municipality", COLUMN_TEXT, 0, NULL },	/* of the person, whose card stays where it is held */
	{ "role", COLUMN_TEXT, 0, NULL },
	{ "note", COLUMN_LONG_TEXT, COLUMN_PERSONAL, NULL },
};

static const struct column question_columns[] = {
	DELETED,
	{ "programme", COLUMN_REFERENCE, 0, "programme" },
	{ "author", COLUMN_REFERENCE, 0, "person" },
	{ "expert", COLUMN_REFERENCE, 0, "person" },
	{ "topic", COLUMN_TEXT, COLUMN_PERSONAL, NULL },
	{ "body", COLUMN_LONG_TEXT, COLUMN_PERSONAL, NULL },
	{ "date", COLUMN_TEXT, 0, NULL },
	{ "answer", COLUMN_LONG_TEXT, COLUMN_PERSONAL, NULL },
	{ "answered", COLUMN_TEXT, 0, NULL },
	{ "answered_by", COLUMN_REFERENCE, 0, "person" },
};

static const struct column award_rule_columns[] = {
	DELETED,
	{ "programme", COLUMN_REFERENCE, 0, "programme" },
	{ "measure", COLUMN_TEXT, 0, NULL },
	{ "points", COLUMN_INTEGER, 0, NULL },
	{ "position", COLUMN_INTEGER, 0, NULL },
};

static const struct column award_columns[] = {
	DELETED,
	{ "programme", COLUMN_REFERENCE, 0, "programme" },
	{ "person", COLUMN_REFERENCE, 0, "person" },
	{ "number", COLUMN_TEXT, 0, NULL },
	{ "date", COLUMN_TEXT, 0, NULL },
	{ "points", COLUMN_INTEGER, 0, NULL },
	{ "reason", COLUMN_LONG_TEXT, COLUMN_PERSONAL, NULL },
};

static const struct column indicator_columns[] = {
	DELETED,
	{ "programme", COLUMN_REFERENCE, 0, "programme" },
	{ "key", COLUMN_TEXT, 0, NULL },
	{ "title", COLUMN_TEXT, 0, NULL },
	{ "kind", COLUMN_TEXT, 0, NULL },
	{ "role", COLUMN_TEXT, 0, NULL },
	{ "seminar_kind", COLUMN_TEXT, 0, NULL },
	{ "municipality", COLUMN_TEXT, 0, NULL },
	{ "stage", COLUMN_TEXT, 0, NULL },
	{ "target", COLUMN_INTEGER, 0, NULL },
	{ "since", COLUMN_TEXT, 0, NULL },
	{ "until", COLUMN_TEXT, 0, NULL },
	{ "position", COLUMN_INTEGER, 0, NULL },
};

static const struct column filing_columns[] = {
	DELETED,
	{ "programme", COLUMN_REFERENCE, 0, "programme" },
	{ "name", COLUMN_TEXT, 0, NULL },
	{ "since", COLUMN_TEXT, 0, NULL },
	{ "until", COLUMN_TEXT, 0, NULL },
	{ "date", COLUMN_TEXT, 0, NULL },
	{ "hash", COLUMN_TEXT, 0, NULL },
	{ "summary", COLUMN_LONG_TEXT, 0, NULL },
	{ "note", COLUMN_LONG_TEXT, 0, NULL },
};

static const struct column filing_part_columns[] = {
	DELETED,
	{ "filing", COLUMN_REFERENCE, 0, "filing" },
	{ "figure", COLUMN_TEXT, 0, NULL },
	{ "part", COLUMN_INTEGER, 0, NULL },
	{ "body", COLUMN_LONG_TEXT, 0, NULL },
};

static const struct column territory_columns[] = {
	DELETED,
	{ "kind", COLUMN_TEXT, 0, NULL },
	{ "name", COLUMN_TEXT, 0, NULL },
	{ "centre", COLUMN_TEXT, 0, NULL },
	{ "successor", COLUMN_TEXT, 0, NULL },
	{ "letters", COLUMN_TEXT, 0, NULL },
	{ "grid_row", COLUMN_INTEGER, 0, NULL },
	{ "grid_column", COLUMN_INTEGER, 0, NULL },
};

static const struct column person_link_columns[] = {
	DELETED,
	{ "person", COLUMN_REFERENCE, 0, "person" },
	{ "other", COLUMN_REFERENCE, 0, "person" },
	{ "verdict", COLUMN_TEXT, 0, NULL },
};

static const struct column erasure_columns[] = {
	DELETED,
	{ "person", COLUMN_REFERENCE, 0, "person" },
	{ "basis", COLUMN_TEXT, 0, NULL },
	{ "document", COLUMN_TEXT, 0, NULL },
	{ "requested", COLUMN_TEXT, 0, NULL },
	{ "date", COLUMN_TEXT, 0, NULL },
};

static const struct column deletion_hold_columns[] = {
	DELETED,
	{ "device", COLUMN_TEXT, 0, NULL },
	{ "person", COLUMN_REFERENCE, 0, "person" },
	{ "label", COLUMN_TEXT, COLUMN_PERSONAL, NULL },
	{ "kind", COLUMN_TEXT, 0, NULL },
	{ "count", COLUMN_INTEGER, 0, NULL },
	{ "total", COLUMN_INTEGER, 0, NULL },
	{ "gone", COLUMN_INTEGER, 0, NULL },
	{ "records", COLUMN_LONG_TEXT, 0, NULL },
	{ "first_op", COLUMN_INTEGER, 0, NULL },
	{ "last_op", COLUMN_INTEGER, 0, NULL },
	{ "date", COLUMN_TEXT, 0, NULL },
	{ "decision", COLUMN_TEXT, 0, NULL },
	{ "decided", COLUMN_TEXT, 0, NULL },
};

static const struct table programme = TABLE("programme", programme_columns);
static const struct table organisation = TABLE("organisation", organisation_columns);
static const struct table person = TABLE("person", person_columns);
static const struct table participation = TABLE("participation", participation_columns);
static const struct table mentorship = TABLE("mentorship", mentorship_columns);
static const struct table seminar = TABLE("seminar", seminar_columns);
static const struct table attendance = TABLE("attendance", attendance_columns);
static const struct table consultation = TABLE("consultation", consultation_columns);
static const struct table consent = TABLE("consent", consent_columns);
static const struct table call = TABLE("call", call_columns);
static const struct table criterion = TABLE("criterion", criterion_columns);
static const struct table judge = TABLE("judge", judge_columns);
static const struct table application = TABLE("application", application_columns);
static const struct table score = TABLE("score", score_columns);
static const struct table course = TABLE("course", course_columns);
static const struct table course_group = TABLE("course_group", course_group_columns);
static const struct table enrolment = TABLE("enrolment", enrolment_columns);
static const struct table study_day = TABLE("study_day", study_day_columns);
static const struct table certificate = TABLE("certificate", certificate_columns);
static const struct table number_block = TABLE("number_block", number_block_columns);
static const struct table seminar_staff = TABLE("seminar_staff", seminar_staff_columns);
static const struct table template = TABLE("template", template_columns);
static const struct table story = TABLE("story", story_columns);
static const struct table directory_entry = TABLE("directory_entry", directory_entry_columns);
static const struct table question = TABLE("question", question_columns);
static const struct table award_rule = TABLE("award_rule", award_rule_columns);
static const struct table award = TABLE("award", award_columns);
static const struct table indicator = TABLE("indicator", indicator_columns);
static const struct table filing = TABLE("filing", filing_columns);
static const struct table filing_part = TABLE("filing_part", filing_part_columns);
static const struct table territory = TABLE("territory", territory_columns);
static const struct table person_link = TABLE("person_link", person_link_columns);
static const struct table erasure = TABLE("erasure", erasure_columns);
static const struct table deletion_hold = TABLE("deletion_hold", deletion_hold_columns);

const struct table *const tables[] = {
	&programme, &organisation, &person, &participation, &mentorship, &seminar, &attendance, &consultation, &consent,
	&call, &criterion, &judge, &application, &score, &course, &course_group, &enrolment, &study_day,
	&certificate, &number_block, &seminar_staff, &template, &story, &directory_entry, &question,
	&award_rule, &award, &indicator, &filing, &filing_part, &territory,
	&person_link, &erasure, &deletion_hold, NULL
};
