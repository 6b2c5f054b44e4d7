/* provenance: where each operation came from, so that a change of it behind the program's back is noticed, and anybody can be shown which signed bundle
 * brought it.
 *
 * An operation of another device keeps the number of the bundle that it arrived in (oplog.bundle is bundle_in.no). An own operation keeps none: those
 * numbered outbox.first_op to last_op left in that bundle; later ones are unsent. Both tables keep the bundle's hash and the four lines before its payload,
 * whose signatures sync/chain.h follows; the payload itself is sealed to its receiver and is not kept.
 *
 * What the signature covers can therefore not be computed again from the journal. In its place each bundle has a sum: over its operations that are here, added
 * modulo 2^62, so that an operation can be taken out and put back in any order. Whoever rightly changes or removes an operation that was logged
 * keeps the sum true with the functions below; whoever does it otherwise is found by provenance_check. NULL: the bundle was applied or written by
 * a program that kept no sums. A bundle's own sum is no proof against who knows this page and holds the store's keys.
 *
 * All of them belong inside a transaction. */
#ifndef STORE_PROVENANCE_H
#define STORE_PROVENANCE_H

#include "crypto/hash.h"
#include "crypto/identity.h"
#include "store/journal.h"

/* The number for the next bundle that arrives; -1 on failure. */
int64_t provenance_next(struct journal *j, struct err *e);
/* From now on operations that are logged come from this bundle, and its sum begins; 0: from none. Around an apply. */
void journal_set_bundle(struct journal *j, int64_t no);
/* The sum over what was logged since. */
int64_t journal_bundle_sum(const struct journal *j);

/* The sum over own operations first … last, for the bundle that they leave in. -1 on failure. */
int64_t provenance_own_sum(struct journal *j, int64_t first, int64_t last, struct err *e);

/* Gives an operation that was logged another body (NULL and 0: none), and keeps its bundle's sum true. */
int journal_rewrite(struct journal *j, int dev, int64_t seq, const char *body, size_t body_len, struct err *e);
/* Removes one. */
int journal_remove(struct journal *j, int dev, int64_t seq, struct err *e);
/* Before all operations of the records in `wanted` are removed, but own ones numbered after `own`: takes them out of the sums. */
int provenance_forget_wanted(struct journal *j, int64_t own, struct err *e);

/* Where an operation came or went. 1 found; 0: it is unsent, or came before the chain was kept; -1. */
struct provenance {
	char peer[DEVICE_ID_SIZE];	/* the other side */
	int64_t epoch, seq;
	char hash[HASH_HEX_SIZE];
	bool sent;			/* an own bundle; else one that arrived */
};
int provenance_find(struct journal *j, int dev, int64_t seq, int64_t bundle, struct provenance *out, struct err *e);

/* Every sum against the operations, and every operation of another device in a known bundle. -1, ERR_DAMAGED, naming the bundle. Operations without a bundle
 * are rightly there in a store that applied bundles before their numbers were kept. */
int provenance_check(struct journal *j, struct err *e);

/* For the journal: one operation's part, and the arithmetic. */
int64_t provenance_sum(const struct journal *j, const struct operation *op);
static inline int64_t provenance_plus(int64_t a, int64_t b) { return (a + b) & (((int64_t)1 << 62) - 1); }
static inline int64_t provenance_minus(int64_t a, int64_t b) { return provenance_plus(a, ((int64_t)1 << 62) - b); }

#endif
