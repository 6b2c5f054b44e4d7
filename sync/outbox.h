/* outbox: a store's own bundles, kept as they were written until the other side has confirmed them. A stick
 * that was lost costs nothing: what is not confirmed is put there again, byte for byte. */
#ifndef SYNC_OUTBOX_H
#define SYNC_OUTBOX_H

#include "base/buf.h"
#include "store/store.h"
#include "sync/metadata.h"
#include "sync/peer.h"

/* own: the numbers are those of own operations, whose sum is `sum` (store/provenance.h); else positions of a feed. What is found has neither. */
struct outbox_bundle { int64_t seq, first_op, last_op; char hash[HASH_HEX_SIZE]; bool own; int64_t sum; };

/* Takes a finished bundle and moves the chain on: out_seq, out_hash and out_op of `p`, which is saved. */
int outbox_add(struct store *s, struct peer *p, const struct outbox_bundle *b, const struct buf *file,
    struct err *e);

/* One own bundle of the current epoch: 1 found, 0 not. *kept: its file is still kept. */
int outbox_find(struct store *s, const struct peer *p, int64_t seq, struct outbox_bundle *b, bool *kept,
    struct err *e);

/* Whether a file with this signed line, lying where the other side fetches, is an own bundle that need not lie there
 * any more: it is confirmed, or of an enrolment before. 1, 0 or -1. */
int outbox_is_done(struct store *s, const struct peer *p, const struct metadata *m, struct err *e);

/* Bundles up to seq are confirmed: their files are dropped. */
int outbox_confirm(struct store *s, const struct peer *p, int64_t seq, struct err *e);
/* A receipt for one bundle: counts what was accepted, and drops the file. */
int outbox_receipt(struct store *s, const struct peer *p, int64_t seq, int64_t accepted, int64_t refused,
    struct err *e);

/* The other side refused this bundle whole: it and all later ones are taken back, to be written anew. `p` is
 * changed, not saved. */
int outbox_rewind(struct store *s, struct peer *p, const struct outbox_bundle *b, struct err *e);

/* A new chain begins: nothing of the old one is sent any more. */
int outbox_clear(struct store *s, const struct peer *p, struct err *e);
/* Its number 0 is the welcome file, so that the chain can be taken back to its beginning. */
int outbox_begin(struct store *s, const struct peer *p, struct err *e);

/* Every kept bundle, in order. The file lives for the call. */
typedef int (*outbox_fn)(void *context, int64_t seq, const void *file, size_t len, struct err *e);
int outbox_each(struct store *s, const struct peer *p, outbox_fn each, void *context, struct err *e);

/* The first kept bundle behind number `after`: 1 found, with its file (appended; NULL: not wanted) and its size; 0 there is none. */
int outbox_next(struct store *s, const struct peer *p, int64_t after, struct outbox_bundle *b, int64_t *size, struct buf *file, struct err *e);
/* How many bytes are kept, and in how many bundles. */
int outbox_total(struct store *s, const struct peer *p, int *bundles, int64_t *bytes, struct err *e);

#endif
