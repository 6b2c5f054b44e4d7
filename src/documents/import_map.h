/* import_map: what a person told of the columns of a list, by their titles, and where that is remembered: beside the records, in a setting of this device, for
 * lists of the same kind with the same titles. */
#ifndef DOCUMENTS_IMPORT_MAP_H
#define DOCUMENTS_IMPORT_MAP_H

#include "base/err.h"
#include "documents/csv.h"
#include "documents/import_column.h"
#include "store/store.h"

enum { IMPORT_MAP_MAX = 200 };

struct import_map {
	enum import_kind kind;
	struct { char *title; enum import_column column; } told[IMPORT_MAP_MAX];	/* titles folded */
	int count;
};

void import_map_release(struct import_map *m);
enum import_column import_map_find(const struct import_map *m, const char *title);	/* COLUMN_UNKNOWN: nothing was told */
void import_map_tell(struct import_map *m, const char *title, enum import_column column);	/* the later one counts */

/* «ФИО=name,Что это=skip». Titles may hold commas where a column's name follows the last “=”. */
int import_map_read(struct import_map *m, const char *pairs, struct err *e);

/* Titles that this row shares with a list that was told of before: those meanings, unless something was told already. */
void import_map_recall(struct import_map *m, struct store *s, const struct csv_row *row);
/* Remembers all that was told for the row of titles; a map that tells nothing leaves what is remembered. */
int import_map_remember(const struct import_map *m, struct store *s, const struct csv_row *row, struct err *e);

#endif
