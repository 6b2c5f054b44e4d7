/* aside: what a store does that was restored from an old copy, or has a twin that goes on with the same keys.
 *
 *     1. aside_take: own operations that the hub did not confirm, or refused for their stamps, are copied to the table `aside`; the records stay as they are, and people work on.
 *     2. journal_renew: the device becomes another one, with a tag of its own; what it did before is that of the device that it was.
 *     3. aside_begin_feed, when the hub's first bundle for the new device comes: all that was done since is set aside as well, and the records, their
 *        journal and what was known of other devices are emptied, for the feed brings them from the start.
 *     4. aside_give, when it did: what was set aside and came back equal, or as another copy of this store gave it anew, is dropped; the rest is given anew
 *        (reissue.h) as operations of the new device, with new ids for the records that it inserts, wherever these are named.
 *
 * Each in a transaction of the caller. */
#ifndef STORE_ASIDE_H
#define STORE_ASIDE_H

#include "base/err.h"
#include "store/journal.h"
#include "store/reissue.h"

/* Own operations with numbers past `after`. */
int aside_take(struct journal *j, int64_t after, struct err *e);
int64_t aside_count(struct journal *j);

int aside_begin_feed(struct journal *j, struct err *e);
/* `renamed` (NULL: nobody) is called once, when all is given: for what names records outside of them and of the journal (reissue_id). */
typedef int (*aside_renamed_fn)(void *context, struct reissue *r, struct err *e);
int aside_give(struct journal *j, aside_renamed_fn renamed, void *context, int64_t *given, int64_t *dropped, struct err *e);

/* The device has another tag from now on. The change of the tag in memory is the store's, once it has committed (journal_take_tag). */
int journal_renew(struct journal *j, const char *tag, struct err *e);
void journal_take_tag(struct journal *j, const char *tag);

#endif
