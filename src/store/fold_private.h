/* fold_private: one record's operations as the folding looks at them: which saw which (fold_record.c), and how what is left is written (fold.c). */
#ifndef STORE_FOLD_PRIVATE_H
#define STORE_FOLD_PRIVATE_H

#include "store/fold.h"
#include "store/journal_private.h"

struct fold_change {
	int col;
	struct stamp *seen;
	int count, room, own;		/* the first `own` are what its author saw */
};

struct fold_op {
	struct stamp at;
	int64_t seq;
	int kind;
	bool stays;			/* may not go, nor be changed: too young, or not known to the hub */
	bool names;			/* sets a reference: may not go */
	bool gone, grown;
	struct fold_change *change;
	int count, total;		/* of changes, and of all stamps that they name */
};

/* Operations of one record that are not refused, in (hlc, tag) order. */
struct fold_record {
	struct journal *j;
	struct kind *kind;
	struct fold_op *op;
	int count, room;
	bool unknown;			/* something in it is not understood: left alone */
};

void fold_record_reset(struct fold_record *r);
void fold_record_release(struct fold_record *r);
/* The body of an update that was read. */
void fold_record_add(struct fold_record *r, const struct fold *f, const struct operation *op, const struct body *b);
/* Marks what goes and gives what it saw to those that saw it. The number that go. */
int fold_record_run(struct fold_record *r);

#endif
