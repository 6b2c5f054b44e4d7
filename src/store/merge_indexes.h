/* merge_indexes: the indexes of the big tables during a merge in bulk. A row that comes into a table with four indexes lands in four other places of the file;
 * that is three quarters of the time of a first exchange. To build an index anew of sorted rows costs a quarter of what as many rows cost one by one. So where a
 * bundle has begun to bring many rows into such a table, and still has many to bring beside those that are there, its indexes are taken away, and made again
 * when the bundle is read: the same indexes, in the same transaction; a rollback brings them back. While they are away questions are answered all the same,
 * more slowly. The more rows there are already, the less is gained, so there is an end to it (INDEXES_ROWS_MAX). */
#ifndef STORE_MERGE_INDEXES_H
#define STORE_MERGE_INDEXES_H

#include "store/journal_private.h"

#define INDEXES_STEP 1000		/* rows, after which it is thought about */
#define INDEXES_ROWS_MAX 200000
#define INDEXES_CACHE 8192		/* KiB to sort in, and as much for pages */

/* One more row of this kind was inserted, in a merge in bulk that expects more operations. */
int indexes_note(struct journal *j, const struct kind *k, struct err *e);
/* Makes again what is away; nothing otherwise. */
int indexes_restore(struct journal *j, struct err *e);
void indexes_release(struct journal *j);

#endif
