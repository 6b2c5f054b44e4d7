/* fold: changes that were superseded long ago leave the journal, and nothing else changes.
 *
 * What may go. An update may be folded when every field that it set was set again by an update that saw it, all these later ones are older than the
 * moment `before`, too, and all of them are known to the hub. It goes as a whole; each of the later ones, for the field in question, from
 * then on names besides what it saw itself whatever the folded one saw: seen := seen ∪ seen of the folded one. Inserts stay, and what is shown now
 * stays, and of the time after `before` everything. So a record keeps one update a field and those of the last year, however often it is edited.
 *
 * Why no state changes. A field's state follows from two sets (state.h): A, the inserts and updates of it that are here, and C, everything that one of
 * these updates saw; its heads are A − C. Let o be folded, and E, not empty, the updates that saw it. C stays the same set: what o saw, each of E
 * sees now. A loses o, which is in C, so A − C stays. That holds one by one for any number of them, in any order. An operation x that comes later adds
 * x to A and its own `seen` to C, here as on a replica that never folded: the heads stay equal for ever. For the mark `deleted`, rule 1 of state.h
 * asks for the set of all stamps that were seen, with those of the edits themselves: o is among what E saw. Rules 2 and 3 ask for heads alone.
 * Whatever the moments at which replicas fold, and whether they do, they therefore show the same rows, heads and conflicts.
 *
 * What is named is kept short: of what a folded operation saw, later ones take over what is in the journal (it would become a head again) or has never
 * arrived (it would become one when it does), and of the mark everything; what an author saw himself stays named. The rest, older folded operations, cannot come back as a head: a replica
 * remembers for each record and device the greatest stamp that it folded (table `folded`), and since every device's operations on a record come in
 * their order, one with a stamp not greater that is not in the journal was folded, and is passed over. (The edit of a mark is told by rule 1's stamps:
 * one that had to wait for a decision comes after its device's later ones.) What is shortened so must not reach a replica that still holds what is
 * no longer named. That is the caller's part: a record of which a device has not yet what may be folded waits; where nobody waits for the device, it gets the
 * record anew and whole, and what it held of it goes (sync/fold_round.h, sync/reenter.h). Between replicas nothing else of this travels.
 *
 * What stays besides: records with a conflict, for its history; updates that name another record, for an erasure must find them (erase.h); records
 * with fields or operations that this program does not know; own operations without a receipt, and what they saw; refused ones. */
#ifndef STORE_FOLD_H
#define STORE_FOLD_H

#include "store/journal.h"

#define FOLD_SLICE 20000		/* updates that are looked at in one call */

struct fold {
	int64_t before;			/* ms */
	int64_t receipted;		/* own operations up to this number are known to the hub; at the hub INT64_MAX */
	int most;			/* FOLD_SLICE; tests take less */

	int tbl;			/* where the next call goes on; 0 and "": at the beginning */
	char pk[RECORD_ID_SIZE];

	int64_t records, folded;	/* raised: records that were looked at, operations that went */
};

/* One slice, inside a transaction. Records in the temporary table `fold_waits(tbl, pk)` are left as they are; those of which something went are put
 * into `fold_done(tbl, pk)`; both are made by fold_begin, empty. 1: there is more; 0: the end was reached, and the next call begins anew; -1. */
int fold_begin(struct journal *j, struct err *e);
int fold_slice(struct journal *j, struct fold *f, struct err *e);

/* For the merge: 1 when this operation, which is not in the journal, was folded; 0, -1. */
struct body;
struct kind;
int fold_was(struct journal *j, const struct kind *k, const struct operation *op, const struct body *b, struct err *e);

#endif
