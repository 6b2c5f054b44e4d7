/* The replicated tables as the journal sees them. The same names in the same order stand in the DDL of schema.c. */
#include <stddef.h>

#include "store/schema.h"
#include "store/table.h"

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
	{ "topic", COLUMN_TEXT, 0, NULL },
	{ "advice", COLUMN_LONG_TEXT, COLUMN_PERSONAL, NULL },
	{ "next_step", COLUMN_TEXT, COLUMN_PERSONAL, NULL },
	{ "next_date", COLUMN_TEXT, 0, NULL },
	{ "next_done", COLUMN_TEXT, 0, NULL },
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

static const struct table programme = TABLE("programme", programme_columns);
static const struct table organisation = TABLE("organisation", organisation_columns);
static const struct table person = TABLE("person", person_columns);
static const struct table participation = TABLE("participation", participation_columns);
static const struct table mentorship = TABLE("mentorship", mentorship_columns);
static const struct table seminar = TABLE("seminar", seminar_columns);
static const struct table attendance = TABLE("attendance", attendance_columns);
static const struct table consultation = TABLE("consultation", consultation_columns);
static const struct table consent = TABLE("consent", consent_columns);

const struct table *const tables[] = {
	&programme, &organisation, &person, &participation, &mentorship, &seminar, &attendance, &consultation, &consent, NULL
};
