/* import_rows: what would become of each row of a list, kept small for lists of many thousands: one text for all, formatted row by row as they are seen. */
#ifndef SCREENS_IMPORT_ROWS_H
#define SCREENS_IMPORT_ROWS_H

#include "documents/import.h"
#include "screens/parts/list.h"

struct import_rows {
	struct import_row_kept *row;
	int64_t count, room;
	int64_t of[IMPORT_REFUSED + 1];	/* rows of each fate */
	struct import_question *question;	/* of the rows that ask */
	int questions, questions_room, unknown;	/* unknown: those that ask for somebody whom no register has */
	struct buf text;		/* names and words, each with its NUL */
	char *last_words;		/* of the row before: reasons repeat */
	size_t last_at;
	int part;			/* 0 all; else fate part - 1 */
	int64_t *shown;			/* indices of the rows of the part; NULL: all */
	int64_t shown_count, first;	/* first: of the window */
	char id[24];
};

extern const struct list_class import_rows_class;

void import_rows_init(struct import_rows *r);
void import_rows_release(struct import_rows *r);
/* An import_row_fn. ERR_REFUSED once the texts take more than 256 MiB. */
int import_rows_add(void *context, const struct import_row *row, struct err *e);

/* Only the new rows, only those to be filled in … and all again; a part without rows is passed over. */
void import_rows_next_part(struct import_rows *r);
const char *import_rows_part(const struct import_rows *r);	/* its name */

/* The row in place `at` of the part; its strings live as long as the rows. */
void import_rows_get(const struct import_rows *r, int64_t at, struct import_row *out);

const char *import_fate_words(enum import_fate fate);		/* N_() */

#endif
