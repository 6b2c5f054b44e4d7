/* anew: bundles of the hub that lay too long. A bundle waits in the hub's outbox until its device has confirmed it, and keeps what was written before a
 * person was erased. After 30 days, or at once where the device is unreachable, all that the device has not confirmed is given up: the payloads are
 * deleted, numbers and hashes stay, and the next bundle tells everything again as the journal has it now. Its first record after the head is
 *
 *     {"rec":"anew","optional":true,"first":5,"hashes":["…","…"]}
 *
 * and names the bundles that it stands for: from `first` up to the one before it. A device that took none of them, some or all goes on with
 * this one, and its chain of hashes has no gap. What it has heard already comes again, which is harmless. */
#ifndef SYNC_ANEW_H
#define SYNC_ANEW_H

#include "base/buf.h"
#include "base/date.h"
#include "store/store.h"
#include "sync/apply.h"
#include "sync/peer.h"

#define ANEW_AFTER_MS (30 * DATE_DAY_MS)

/* Hub: gives up what lies too long for this device; `p` is changed and saved, in a transaction of its own. */
int anew_give_up(struct store *s, struct peer *p, struct err *e);
/* The same for all that it has not confirmed, however new; inside a transaction. */
int anew_give_up_all(struct store *s, struct peer *p, struct err *e);
/* Hub: the record, where bundles were given up since the last one was written. */
int anew_write(struct store *s, const struct peer *p, struct buf *out, struct err *e);

/* Device: the record. */
int anew_take(struct apply *a, const char *line, size_t len, struct err *e);

#endif
