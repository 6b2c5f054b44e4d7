/* restored: a hub whose store was put back from its backup. What devices told it since, and it told them, is not in the backup; but the devices have it.
 *
 * The hub begins a new epoch with all of them, and a new tag for its own operations, since numbers of the old one are out there for others. Its first bundle of
 * the epoch to a device acknowledges the last operation that it holds of it (as every bundle does), follows no other (`prev` is 64 zeros), and says
 *
 *     {"rec":"restored","epoch":3,"seq":41,"hash":"…","tag":"…","last":57,"refused":[[104,"scope"]]}
 *
 * which epoch that was, the last bundle of the device that it applied in it, its former tag with the last operation under it that it holds, and what it refused
 * and the device may not have heard yet. The device sends what it did after that operation again, from bundle 1; its feed tells every record that it
 * holds again, from the position where the backup's ended. Operations of the former tag with greater numbers are void: nobody has them but who was told.
 * A device whose store is not where that bundle is, is an older copy itself (twin.h). One that the backup does not know joins anew.
 *
 * What a device did before it read this was allowed by what the hub knew and has forgotten: up to the position where the backup's feed ended, the hub judges by
 * role alone and not by scope (rights_held). What the device knows to be refused it says, so that it stays refused:
 *
 *     {"rec":"withdrawn","ops":[[104,"scope"]]} */
#ifndef SYNC_RESTORED_H
#define SYNC_RESTORED_H

#include <stdbool.h>

#include "base/buf.h"
#include "store/store.h"
#include "sync/apply.h"
#include "sync/peer.h"

/* --- hub --- */
/* Appends the record, while the device has not answered yet. */
int restored_write(struct store *s, const struct peer *p, struct buf *out, struct err *e);
/* Up to which position its operations are judged by role alone; -1: never. */
int restored_position(struct store *s, const struct peer *p, int64_t *pos, struct err *e);
/* A device that is not known is enrolled: perhaps the backup does not know it, so its epoch is none that it had before. Before and after it is saved. */
int restored_epoch(struct store *s, struct peer *p, struct err *e);
int restored_enrolled(struct store *s, const struct peer *p, struct err *e);
/* The record "withdrawn". */
int withdrawn_take(struct apply *a, const char *line, size_t len, struct err *e);
/* The reason, where its author withdrew it: 1, 0, -1. */
int withdrawn_reason(struct apply *a, int64_t seq, char reason[40], struct err *e);

/* The hub's own tag in an epoch that began so. */
void restored_tag(const char *hub, int64_t epoch, char tag[DEVICE_TAG_SIZE]);

/* --- device --- */
/* A bundle of a later epoch than ours: the peer as it is from now on, but for what the first record says. */
void restored_peer(struct store *s, struct peer *p, int64_t epoch);
/* That record is read. */
int restored_begin(struct apply *a, struct err *e);
int restored_take(struct apply *a, const char *line, size_t len, struct err *e);
/* Appends the record about own operations of a bundle, where some are refused. */
int withdrawn_write(struct store *s, int64_t first, int64_t last, struct buf *out, struct err *e);

#endif
