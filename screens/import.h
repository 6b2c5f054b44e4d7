/* import: a list out of a spreadsheet, or contacts out of a telephone. What kind of list, and which file, is asked for; then every row stands there with what
 * will become of it, and nothing has happened yet. What a column means can be told otherwise; a row that could mean several people or seminars asks which.
 * y takes all of them in one transaction. */
#ifndef SCREENS_IMPORT_H
#define SCREENS_IMPORT_H

#include "documents/import_column.h"
#include "screens/parts/loop.h"

/* Asks what is taken in, as far as the places on top of the loop leave it open: people from their list, the sheet of a seminar from its card … */
void import_begin(struct loop *l);
/* The question for the file, which opens the preview. `about`: the id of the seminar or call that the whole list is about, or "". */
void import_ask_file(struct loop *l, enum import_kind kind, const char *about);

#endif
