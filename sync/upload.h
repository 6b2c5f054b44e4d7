/* upload: a device's own operations as bundles to its hub. */
#ifndef SYNC_UPLOAD_H
#define SYNC_UPLOAD_H

#include "store/store.h"
#include "sync/peer.h"

/* Set while an erasure was heard of and is not acknowledged in a bundle yet. */
#define SETTING_ACKNOWLEDGE "acknowledge"

/* Makes the next bundle of what stands in none yet and puts it in the outbox, in one transaction: 1 made,
 * *operations of them; 0 there is nothing to send; -1. Call again until 0. */
int upload_next(struct store *s, struct peer *hub, int64_t *operations, struct err *e);

#endif
