/* removals: what each device has removed lately, at the hub: the records whose deletion was accepted within the last 24 hours of the hub's own time. Many
 * small bundles are judged by it like one (hold.h).
 *
 * It is a table of its own, a row a removed record, and not the journal: there the deletions of a day stand between everything else that the device did, and the
 * body of each would have to be read with every bundle. Here a bundle costs one look by (device, table), at no more rows than a fifth of the table, since what
 * is beyond waits; for a device that removed nothing it is one look into an index.
 *
 * A record that is back, whoever brought it back, does not count any more. Where a coordinator agrees to deletions of the device in a table, that table begins
 * anew for it: who was asked and said yes knows of those before. */
#ifndef SYNC_REMOVALS_H
#define SYNC_REMOVALS_H

#include <stdint.h>

#include "schema/table.h"
#include "store/store.h"

struct removals {
	int64_t count;		/* records of the table that the device removed and that are gone, but those of temp.going (hold.c) */
	int64_t total;		/* the fewest that there were when any of them went; INT64_MAX: count is 0 */
};

int removals_of(struct store *s, int device, const struct table *t, struct removals *out, struct err *e);

/* Takes note of those in temp.going that are gone; there were `total`. */
int removals_note(struct store *s, int device, const struct table *t, int64_t total, struct err *e);

/* Of the tables of the operations that a coordinator agreed to just now: `agreed` is a query that gives (dev, seq). */
int removals_begin_anew(struct store *s, const char *agreed, struct err *e);

/* Forgets what is older. */
int removals_expire(struct store *s, struct err *e);

#endif
