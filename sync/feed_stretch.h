/* feed_stretch: the part of a device's feed that goes into one bundle. */
#ifndef SYNC_FEED_STRETCH_H
#define SYNC_FEED_STRETCH_H

#include "base/buf.h"
#include "store/store.h"
#include "sync/peer.h"

/* Appends the records for the feed after out_op, as much as a bundle takes: *last is the position reached,
 * *count the number of operation lines. */
int feed_stretch_write(struct store *s, const struct peer *p, struct buf *out, int64_t *last, int64_t *count,
    struct err *e);

#endif
