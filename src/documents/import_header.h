/* import_header: which column of a list holds what. Lists are made by people for people: the header stands somewhere below title rows, and each
 * district words it in its own way, in Russian or English. */
#ifndef DOCUMENTS_IMPORT_HEADER_H
#define DOCUMENTS_IMPORT_HEADER_H

#include "documents/csv.h"
#include "documents/import_map.h"

enum { IMPORT_CELLS = 200 };

struct import_header {
	enum import_kind kind;
	int top, row;				/* indices in the table: of the upper and the lower title row, often the same one */
	int count;
	enum import_column column[IMPORT_CELLS];
};

/* The row among the first 40 that names most columns, who or what the rows are about among them, with the row of titles above or below it where titles stand
 * in two; what `map` says of a title (NULL: nothing) goes before what the words say. Of two columns of what a card has once, the first counts. -1
 * (ERR_REFUSED) when there is none; with `any_row` the fullest row is taken for one. */
int import_header_find(const struct csv_table *t, enum import_kind kind, const struct import_map *map, bool any_row, struct import_header *out,
    struct err *e);

/* The title of column i: the lower one, else the upper. */
const char *import_header_title(const struct import_header *h, const struct csv_table *t, int i);

#endif
