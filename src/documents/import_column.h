/* import_column: the kinds of lists, and what a column of one can mean. */
#ifndef DOCUMENTS_IMPORT_COLUMN_H
#define DOCUMENTS_IMPORT_COLUMN_H

#include <stdbool.h>

enum import_kind { IMPORT_PEOPLE, IMPORT_SEMINARS, IMPORT_ATTENDANCE, IMPORT_APPLICATIONS, IMPORT_KINDS };

enum import_column {
	COLUMN_UNKNOWN,
	COLUMN_SKIPPED,			/* understood and of no use: № and the like */
	COLUMN_NAME, COLUMN_SURNAME, COLUMN_GIVEN, COLUMN_PATRONYMIC,
	COLUMN_PHONE, COLUMN_EMAIL, COLUMN_ORGANISATION, COLUMN_POST, COLUMN_MUNICIPALITY, COLUMN_ROLE, COLUMN_STAGE, COLUMN_NOTE,
	COLUMN_PERSON,			/* the id of who is meant, or "new" */
	COLUMN_SEMINAR,			/* its id or title */
	COLUMN_STATE,			/* present … */
	COLUMN_CALL, COLUMN_MOTIVATION, COLUMN_EXPERIENCE,
	COLUMN_TITLE, COLUMN_DATE, COLUMN_PLACE, COLUMN_SEMINAR_KIND, COLUMN_LEAD, COLUMN_MENTOR, COLUMN_CAPACITY, COLUMN_STATUS, COLUMN_UNNAMED,
	COLUMN_BASIS, COLUMN_SUMMARY, COLUMN_SERIES, COLUMN_PLANNED_DATE, COLUMN_PLANNED_PLACE, COLUMN_PLANNED_NUMBER, COLUMN_MATERIALS, COLUMN_PRESS,
	COLUMN_SHEET_NUMBER, COLUMN_SHEET_PLACE,
	COLUMN_KINDS
};

struct import_column_info {
	const char *name;		/* in --map and on the screen of columns; "" for what nobody tells */
	const char *label;		/* N_() */
	unsigned kinds;			/* bits of enum import_kind: lists that have it */
	bool several;			/* more than one such column is fine */
	const char *titles;		/* as people word it, folded, separated by '|' */
};
extern const struct import_column_info import_columns[COLUMN_KINDS];

extern const char *const import_kind_names[IMPORT_KINDS];	/* on the command line: "people" … */

static inline bool import_column_in(enum import_column c, enum import_kind k) { return (import_columns[c].kinds >> k & 1) != 0; }
enum import_column import_column_by_name(enum import_kind kind, const char *name);	/* COLUMN_UNKNOWN: none of this kind of list */

/* What a title means in a list of this kind. */
enum import_column import_column_find(enum import_kind kind, const char *title);

#endif
