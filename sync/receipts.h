/* receipts: the hub's word for each bundle of a device: its hash, how many operations were accepted, and each that was not, with the reason.
 *
 *     {"rec":"receipt","seq":7,"hash":"…","accepted":38,"refused":[[104,"scope"],[109,"depends"]]}
 *
 * A long list is told in several receipts of one bundle, each with a part of it. */
#ifndef SYNC_RECEIPTS_H
#define SYNC_RECEIPTS_H

#include "base/buf.h"
#include "store/store.h"
#include "sync/apply.h"
#include "sync/peer.h"

/* Hub: whether something is due; appends the records of all that is due, and forgets it. */
int receipts_due(struct store *s, const struct peer *p, struct err *e);		/* 1 yes, 0 no, -1 */
int receipts_write(struct store *s, const struct peer *p, struct buf *out, struct err *e);

/* Device: one receipt. The refused operations are taken back, and their values kept under "not accepted". */
int receipt_take(struct apply *a, const char *line, size_t len, struct err *e);

#endif
