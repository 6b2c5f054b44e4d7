/* again: what the hub refused because this computer's clock was ahead is given anew, as soon as it may be. */
#ifndef SYNC_AGAIN_H
#define SYNC_AGAIN_H

#include <stdbool.h>
#include <stdint.h>

#include "store/store.h"
#include "sync/peer.h"

/* In a transaction of its own, when such operations wait, no bundle is under way and the clock is not in doubt. *given: how many; 0: none, or not yet. */
int again_give(struct store *s, const struct peer *hub, int64_t *given, struct err *e);

/* 1: such operations wait, so nothing more is put into bundles (the hub would refuse it as well); 0; -1. */
int again_waits(struct store *s, struct err *e);

#endif
