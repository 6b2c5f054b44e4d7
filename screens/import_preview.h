/* import_preview: the rows of a list with what would become of them. Shared by import*.c alone. */
#ifndef SCREENS_IMPORT_PREVIEW_H
#define SCREENS_IMPORT_PREVIEW_H

#include "documents/import.h"
#include "screens/import_rows.h"
#include "screens/parts/loop.h"

struct preview {
	struct screen screen;
	struct store *store;
	struct import_list *list;
	struct import_result result;
	struct import_rows rows;
	struct list shown;
	char *name;			/* of the file */
	char *problem;			/* the list as a whole cannot be taken as its columns are; NULL: it can */
	bool new_people;
};

/* The file, read and tried. NULL, and *e: it cannot be read at all. */
struct preview *import_preview_open(struct loop *l, enum import_kind kind, const char *path, const char *about, struct err *e);
/* Tries the list again after something was told; the marker stays on its row. */
void import_preview_again(struct preview *p);

/* import_settle.c: which column, and what it means; which of several a row means. */
unsigned import_settle_columns(struct preview *p);
unsigned import_settle_row(struct preview *p, const struct import_question *q, int line);
/* People whom no register has: enter them, or not. `ask`: only where somebody of the list is such and nobody said yet. */
unsigned import_settle_people(struct preview *p, bool ask);

#endif
