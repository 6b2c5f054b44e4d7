/* feed_bundle: what a device has to learn, as bundles: its receipts, its roster entry and the next stretch of
 * its feed. */
#ifndef SYNC_FEED_BUNDLE_H
#define SYNC_FEED_BUNDLE_H

#include "store/store.h"
#include "sync/peer.h"

/* Makes the next bundle for a device and puts it in the outbox, in one transaction: 1 made, 0 there is nothing
 * to tell, -1. Call until 0.
 *
 * Of a record that entered and left, or left and entered, in the stretch, only how it ends is told; and of one
 * that enters, the whole history, so that its single operations are not told besides. All that enters in a
 * bundle is named first and its history follows in the order of stamps, which keeps causes before effects
 * across records, and runs of one device together. */
int feed_bundle_next(struct store *s, struct peer *device, struct err *e);

#endif
