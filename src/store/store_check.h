/* store_check: everything in a store that can be compared with something else in it. */
#ifndef STORE_STORE_CHECK_H
#define STORE_STORE_CHECK_H

#include "store/store.h"

enum store_check_part {
	CHECK_HEADER,		/* both copies, and what is in memory of them; number: of keys that open the store */
	CHECK_PAGES,		/* every page of the file opens; number: of pages */
	CHECK_INDEXES,		/* integrity_check: trees, indexes, constraints; number: of tables and indexes */
	CHECK_REFERENCES,	/* foreign_key_check; number: of columns that refer to another table */
	CHECK_JOURNAL		/* journal_check: every record played again from its operations; number: of operations */
};

/* Called as soon as a part was found whole. */
typedef void (*store_check_note)(void *context, enum store_check_part part, int64_t number);

/* As store_check. `note` may be NULL. */
int store_check_told(struct store *s, store_check_note note, void *context, struct err *e);

#endif
