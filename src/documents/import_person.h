/* import_person: what one row of a list does to the register: somebody new, somebody known whose card has gaps that the list fills, or nothing. */
#ifndef DOCUMENTS_IMPORT_PERSON_H
#define DOCUMENTS_IMPORT_PERSON_H

#include "documents/import_entry.h"
#include "records/municipality.h"

enum { IMPORT_SPELLINGS = 512 };

/* What a whole list shares. Inside the transaction of the import. */
struct import_register {
	struct store *s;
	struct { char *typed; char code[MUNICIPALITY_CODE_SIZE]; } spelling[IMPORT_SPELLINGS];	/* a list repeats a few */
	int spellings;
};

int import_register_begin(struct import_register *m, struct store *s, struct err *e);
int import_register_end(struct import_register *m, struct err *e);	/* after a failure too */

/* Takes one row: *fate and words about it (appended; not IMPORT_REFUSED). -1: refused, and what was begun is the caller's to roll back. */
int import_person(struct import_register *m, struct import_entry *n, enum import_fate *fate, struct buf *words, struct err *e);

#endif
