/* history: what was done to one record, operation by operation, with who did it and when, from the journal alone. There is no index by record (it would
 * cost a third of every merge), so this is one walk along the journal, however many records it is asked about. */
#ifndef STORE_HISTORY_H
#define STORE_HISTORY_H

#include "store/author.h"
#include "store/journal.h"
#include "store/provenance.h"

/* One field of one operation. Values are text as kept; NULL is SQL's. */
struct history_change {
	const char *column;		/* name; "" for one that this program does not know */
	const char *before, *after;	/* before: what its author saw, the greatest of several; NULL in an insert */
	bool folded;			/* what its author saw is not in the journal any more (fold.h): before is NULL */
	bool insert;			/* of a field of a new record; those that are empty are left out */
	bool shown;			/* this is the value that is shown now */
};

struct history_entry {
	const char *table, *pk;		/* the record */
	int kind;			/* enum operation_kind, or a newer program's, of which nothing is told but who and when */
	int64_t ms;			/* wall time of the stamp */
	const char *tag;		/* of the device */
	const char *person, *label;	/* whose device it is, and its label; "" when not known here */
	int64_t seq;
	bool own;			/* made on this device */
	const char *refused;		/* the hub's reason, or NULL */
	const struct provenance *bundle;	/* the signed bundle that it came or left in; NULL: unsent, or of a time when that was not kept */
	const struct history_change *change;
	int count;
};

/* Each operation of a record in (hlc, tag) order, the oldest first. The strings live for the call, which must not change records; 0 goes on, -1 stops. */
typedef int (*history_fn)(void *context, const struct history_entry *h, struct err *e);
int history_each(struct journal *j, const char *table, const char *pk, history_fn each, void *context, struct err *e);

/* The same of several records, no two alike, at most HISTORY_RECORDS of them (the rest is left out), their operations in one order. */
enum { HISTORY_RECORDS = 5000 };
struct history_record { const char *table, *pk; };
int history_each_of(struct journal *j, const struct history_record *records, int count, history_fn each, void *context, struct err *e);

#endif
