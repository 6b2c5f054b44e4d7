/* import_header: which column of a list holds what. Lists are made by people for people: the header stands somewhere below title rows, and each
 * district words it in its own way, in Russian or English. */
#ifndef DOCUMENTS_IMPORT_HEADER_H
#define DOCUMENTS_IMPORT_HEADER_H

#include "documents/csv.h"

enum import_column {
	COLUMN_UNKNOWN,
	COLUMN_SKIPPED,			/* understood and of no use: № and the like */
	COLUMN_NAME, COLUMN_SURNAME, COLUMN_GIVEN, COLUMN_PATRONYMIC,
	COLUMN_PHONE, COLUMN_EMAIL, COLUMN_ORGANISATION, COLUMN_POST, COLUMN_MUNICIPALITY, COLUMN_ROLE, COLUMN_STAGE, COLUMN_NOTE,
	COLUMN_KINDS
};

enum { IMPORT_CELLS = 200 };

struct import_header {
	int top, row;				/* indices in the table: of the upper and the lower title row, often the same one */
	int count;
	enum import_column column[IMPORT_CELLS];
};

enum import_column import_column_find(const char *title);

/* The row among the first 40 that names most columns, a name or a surname among them, with the row of titles above or below it where
 * titles stand in two. Of two columns of what a card has once, the first counts. -1 (ERR_REFUSED) when there is none. */
int import_header_find(const struct csv_table *t, struct import_header *out, struct err *e);

/* The title of column i: the lower one, else the upper. */
const char *import_header_title(const struct import_header *h, const struct csv_table *t, int i);

#endif
