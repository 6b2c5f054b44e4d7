/* feed: what each device has to learn, as a numbered list a device: operations of records that it holds,
 * records that enter its scope (whole, with their history), records that leave it, and names of records that it
 * does not hold. A device acknowledges the number up to which it has read; by these numbers the hub judges
 * later what a device could know when it made an operation (rights.h).
 *
 * The bundles of a round leave what they brought in the table `arrived`; one call then brings all feeds up to
 * date, in one transaction. That is done once a round and not once a bundle: no position that a device can hold
 * before the round ends is younger than the last round, so nothing is judged differently, and the work does not
 * grow with the number of bundles. */
#ifndef SYNC_FEED_H
#define SYNC_FEED_H

#include "store/store.h"
#include "sync/peer.h"

enum feed_kind { FEED_OPERATION, FEED_ENTER, FEED_LEAVE, FEED_NAME, FEED_ERASE /* to every device, also of a person whom it does not hold */ };

/* Inside a transaction. */
int feed_update(struct store *s, struct err *e);

/* The device has read up to `pos`: entries up to there are not needed any more. */
int feed_acknowledged(struct store *s, int device, int64_t pos, struct err *e);

#endif
