/* receipts: the hub's word for each bundle of a device: its hash, how many operations were accepted, and each
 * that was not, with the reason.
 *
 *     {"rec":"receipt","seq":7,"hash":"…","accepted":38,"refused":[[104,"scope"],[109,"depends"]]}
 *
 *     {"rec":"refusal","seq":8,"hash":"…"}
 *
 * The refusal is for a whole bundle, genuine but not well-formed: the device may write another with that
 * number, and all later ones anew. A long list is told in several receipts of one bundle, each with a part of
 * it. */
#ifndef SYNC_RECEIPTS_H
#define SYNC_RECEIPTS_H

#include "base/buf.h"
#include "store/store.h"
#include "sync/apply.h"
#include "sync/peer.h"

/* Hub: whether something is due; appends the records of all that is due, and notes that the peer's next bundle tells it. */
int receipts_due(struct store *s, const struct peer *p, struct err *e);		/* 1 yes, 0 no, -1 */
int receipts_write(struct store *s, const struct peer *p, struct buf *out, struct err *e);

/* Hub: the device has heard bundles up to seq, so what stood in them is forgotten; bundles from seq on were given up, so it is told again. */
int receipts_heard(struct store *s, const struct peer *p, int64_t seq, struct err *e);
int receipts_again(struct store *s, const struct peer *p, int64_t seq, struct err *e);

/* Device: one receipt. The refused operations are taken back, and their values kept under "not accepted". */
int receipt_take(struct apply *a, const char *line, size_t len, struct err *e);
/* Device: a list [[104,"scope"],…] of own operations up to `last`, as in a receipt. */
int receipt_take_refused(struct apply *a, struct json_span list, int64_t last, struct err *e);
/* Device: an own operation came in the feed. If it was taken back, it waited (hold.h) and was agreed to: it counts again. */
int receipt_arrived(struct apply *a, const struct operation *op, struct err *e);
/* Device: one refusal. What is not this device's bundle as it stands now is passed over. */
int refusal_take(struct apply *a, const char *line, size_t len, struct err *e);

/* Hub: takes note that a bundle is refused. */
int refusal_note(struct store *s, const struct peer *p, int64_t seq, const char *hash, struct err *e);

#endif
