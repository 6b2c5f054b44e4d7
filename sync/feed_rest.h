/* feed_rest: devices of which nobody has heard for very long, or nothing is expected (hub_unreachable). What is new for them stays in their feed, a line a
 * record, and once 16 bundles lie in their outbox no more are made: the store of the hub does not grow by a copy of the region's work for every laptop that
 * lies in a cupboard. One that comes back reads those, which are enough for it to acknowledge them, is heard of, and gets the rest. Nothing is dropped. */
#ifndef SYNC_FEED_REST_H
#define SYNC_FEED_REST_H

#include "store/store.h"
#include "sync/peer.h"

/* 1: no more bundles are made for this device now; 0; -1. */
int feed_rests(struct store *s, const struct peer *p, struct err *e);

#endif
