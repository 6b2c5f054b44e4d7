/* merge: one operation from another replica becomes part of this one. Replicas that hold the same operations hold the same rows, heads and
 * conflicts, whatever the order of devices, duplication or interruption.
 *
 * For a field: heads := (heads − seen) ∪ {this}; the shown value is the head with the greatest (hlc, tag); more than one head with different values is a
 * conflict, derived and never stored. The rules whole, with those of the mark `deleted`, are in state.h. Needed of the order: each device's own
 * operations of a record come in its order.
 *
 * An operation of an erased record is emptied before it is logged, and one that makes a record an erased one has the record's past emptied (erase.h): at
 * merge_end or when the transaction ends, for it takes walks along the journal, which are the same for one erasure as for a hundred. */
#ifndef STORE_MERGE_H
#define STORE_MERGE_H

#include "base/err.h"
#include "store/journal.h"

enum merge_result {
	MERGE_APPLIED,
	MERGE_KNOWN,		/* (dev, seq) is here already: nothing done */
	MERGE_KEPT		/* in the journal only: a table or kind that this program does not know, the erasure of what is nobody, or a record not here yet */
};

/* Inside a transaction of the caller; sets merge mode for itself. Checks the body's form and types (ERR_DAMAGED when it is not an operation). */
int merge_operation(struct journal *j, const struct operation *op, enum merge_result *result, struct err *e);

/* The same checks alone: of one that is put by, and may count later. */
int merge_check(struct journal *j, const struct operation *op, struct err *e);

/* Around some hundred operations and more: takes the triggers of the local capture away for a while. SQLite keeps a copy of every page that a
 * statement with triggers touches, which is a third of the time of a merge; taking away and putting back cost as much as 500
 * operations. In between, a local change of a record is refused when its statement is compiled ("not authorized"). A rollback brings the triggers
 * back, as does the commit. */
#define MERGE_MANY 500
int merge_begin(struct journal *j, struct err *e);
/* After merge_begin: at most so many operations come before merge_end. Where these are many rows of a big table, its indexes go for as long (merge_indexes.h). */
void merge_expect(struct journal *j, int64_t operations);
/* To be called after a smaller number as well: what was erased is gone from then on, not only after the commit. */
int merge_end(struct journal *j, struct err *e);

/* One conflict: a field with heads that differ, of a record that is here and not deleted. The callback must not change records. */
struct conflict_head { uint64_t hlc; const char *tag; const char *value; /* NULL: empty */ };
struct conflict {
	const char *table, *id, *column;
	const struct conflict_head *heads;	/* the shown one first */
	int count;
};
typedef int (*conflict_fn)(void *context, const struct conflict *c, struct err *e);
int conflict_each(struct journal *j, conflict_fn each, void *context, struct err *e);

#endif
