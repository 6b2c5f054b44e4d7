/* import_entry: one row of a list, cleaned of what spreadsheets and people put into cells: what each kind of column says, as one text. */
#ifndef DOCUMENTS_IMPORT_ENTRY_H
#define DOCUMENTS_IMPORT_ENTRY_H

#include <stdbool.h>

#include "base/buf.h"
#include "documents/import_header.h"

/* Empty where the row says nothing, or says so: a dash, «нет». A name in several columns is joined; of several municipalities the first counts.
 * Several telephones or e-mails: the first that is whole is the card's, the others go to the note; so does a telephone with words around it, as it
 * stood. Nothing else is left out. */
struct import_entry {
	int line;			/* of the file */
	struct buf text[COLUMN_KINDS];
	bool there[COLUMN_KINDS];	/* the list has such a column, whatever this row says */
};

void import_entry_read(struct import_entry *n, const struct import_header *header, const struct csv_row *row);
void import_entry_release(struct import_entry *n);

#endif
