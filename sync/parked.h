/* parked: bundles that came ahead of their turn, genuine as far as their signatures go, until the missing one
 * is there. */
#ifndef SYNC_PARKED_H
#define SYNC_PARKED_H

#include "base/buf.h"
#include "store/store.h"
#include "sync/limits.h"
#include "sync/peer.h"
#include "sync/spool.h"

/* Keeps a copy: 0 kept (or here already), 1 no room for this peer, -1 failure. */
int parked_add(struct store *s, const struct peer *p, int64_t seq, const struct spool *sp, struct err *e);

/* The bytes of a parked bundle whose turn it is (number in_seq + 1): 1 found, 0 none. It stays parked until it is
 * taken, by the transaction that takes it, or dropped: whatever interrupts, it is not lost. */
int parked_next(struct store *s, const struct peer *p, struct buf *file, struct err *e);

int parked_drop(struct store *s, const struct peer *p, int64_t seq, const char *hash, struct err *e);
/* Drops what is not ahead any more. */
int parked_trim(struct store *s, const struct peer *p, struct err *e);

/* Drops what has waited for too long: its sender puts there again what was not confirmed, and nobody keeps for ever what was written before a
 * person was erased. */
int parked_expire(struct store *s, struct err *e);

#endif
