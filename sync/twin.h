/* twin: a store that was restored from an old copy, or has a twin, as its hub's words show: the hub has bundles of this device that this store never wrote, or
 * wrote otherwise. Nothing of such a bundle is applied. The store gets new keys and asks to join anew; what it did and the hub did not confirm is set aside, and
 * given anew once the feed of the new device was read from its start (store/aside.h).
 *
 * The hub's word is a record at the head of each of its bundles, behind the first one, and behind `anew` (anew.h) where there is such:
 *
 *     {"rec":"chain","optional":true,"seq":7,"hash":"…","feed":2034}
 *
 * the last bundle of this device that was applied (0: its welcome), and where the device's feed ends now. */
#ifndef SYNC_TWIN_H
#define SYNC_TWIN_H

#include <stdbool.h>

#include "sync/apply.h"
#include "sync/spool.h"

/* Hub: appends the record. */
void twin_write_chain(const struct peer *p, struct buf *out);

/* Device: one such record. a->stale is set, and -1 returned, when this store is not where that chain is. */
int twin_take_chain(struct apply *a, const char *line, size_t len, struct err *e);

/* Device, and hub with the first record alone: the first record, and the second where it is a chain, of a bundle that is not read further: *stale. 0, or -1 when they are none. */
int twin_peek(struct store *s, const struct peer *hub, const struct metadata *m, const struct spool *sp, size_t payload, bool *stale, struct err *e);

/* In a transaction of its own: the operations set aside, new keys, and the hub as one that was not joined yet. */
int twin_begin(struct store *s, struct err *e);

/* True from then on until everything was given anew. */
bool twin_is(struct store *s);

/* The first bundle for the new device, inside its transaction and before anything of it is applied. */
int twin_feed_begins(struct apply *a, struct err *e);
/* After the reading: what was set aside is given anew when the feed was read to the end that its first bundle named. *given: how many. */
int twin_finish(struct store *s, const struct peer *hub, int64_t *given, struct err *e);

#endif
