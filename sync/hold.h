/* hold: the guard against mass deletions, at the hub. Where a device would delete more than 20 records and more than a fifth of a table within 24 hours, its
 * bundle is taken without the deletions of that table; they wait for a coordinator (records/deletion_hold.h). A coordinator's own are no exception.
 *
 * What counts are records of the table that were there before the bundle and are not there after it: not those that the bundle itself brought, not those that
 * were removed already, not one that it removes and brings back. To them is added what the device removed lately in other bundles (removals.h); what was accepted
 * stays. The fifth is one of what there was when the first of them went. Only at the end of a bundle is that known; so the bundle is read, and where there are too
 * many deletions, rolled back and read again, this time without them.
 *
 * Each bundle makes questions of its own, also where one about the table waits already: a coordinator agrees to what was seen and to nothing that came after.
 *
 * A deletion that waits is in the hub's journal as refused (reason "held") and in the table `held`; so is every later operation that rests on it (rights.h), with
 * every question that it waits for. The receipt says "held", the author takes it back and shows it as waiting. Where all its questions are agreed to, it arrives at
 * the hub as if it had just come, with everybody and with its author (arrived.again); where one is refused, its reason is "deletions" from then on. Both happen
 * once a round, before the feeds. */
#ifndef SYNC_HOLD_H
#define SYNC_HOLD_H

#include "store/journal.h"
#include "store/store.h"
#include "sync/peer.h"

#define HOLD_WAITS "held"		/* reasons of a refusal */
#define HOLD_REFUSED "deletions"
enum { HOLD_MORE_THAN = 20, HOLD_SHARE = 5 };

struct hold;

struct hold *hold_new(struct store *s);
void hold_free(struct hold *h);

/* Called at the begin of either reading, for the device with this number. */
int hold_begin(struct hold *h, int device, struct err *e);

/* In either: the operation, which is about to be merged, would set the mark of its record; or it would if it did not wait for what it rests on. */
int hold_note(struct hold *h, const struct operation *op, bool waits, struct err *e);
/* At the end; the bundle's operations are those of the device from `first_op` on. 1, after the first: there are too many deletions, and the bundle is to be rolled
 * back and read again; 0; -1. */
int hold_measure(struct hold *h, int64_t first_op, struct err *e);
/* Whether this is the second reading. */
bool hold_again(const struct hold *h);

/* Second reading: the id of the question that this deletion waits for, or NULL: it does not. */
const char *hold_of(struct hold *h, const struct operation *op);
/* In either: an operation waits for this question. It is in the journal as refused already. asked: the question is about it. */
int hold_keep(struct hold *h, const struct operation *op, const char *id, bool asked, struct err *e);
/* At the end of the second reading: the questions become records. */
int hold_ask(struct hold *h, const struct peer *p, int64_t first_op, int64_t last_op, struct err *e);

/* After that, for people: the records that are asked about by kind («Person: 30, Seminar: 25»), appended; nothing where none is. */
void hold_words(const struct hold *h, struct buf *out);

/* What coordinators have decided since the last round is done. Inside a transaction, before feed_update(). */
int hold_carry_out(struct store *s, struct err *e);

#endif
