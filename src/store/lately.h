/* lately: who last changed what of a record, and who entered it, by index alone. The whole history (history.h) is one walk along the journal; this is what a
 * card can show every time it is opened. */
#ifndef STORE_LATELY_H
#define STORE_LATELY_H

#include "store/author.h"
#include "store/history.h"

struct lately {
	const char *table;
	const char *column;		/* name; "": the record was entered, or put there by a second insert of the same id */
	int64_t ms;			/* wall time of the stamp */
	struct author author;
};

/* The last edit of each edited field, and the inserts, of these records together, the latest first. The strings live for the call; 0 goes on, -1 stops. */
typedef int (*lately_fn)(void *context, const struct lately *l, struct err *e);
int lately_each(struct journal *j, const struct history_record *records, int count, lately_fn each, void *context, struct err *e);

#endif
