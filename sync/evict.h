/* evict: records that left the device's scope. They go, with their history, once every own operation of them
 * has a receipt: nothing unsent is lost. */
#ifndef SYNC_EVICT_H
#define SYNC_EVICT_H

#include "store/store.h"

int evict_later(struct store *s, int tbl, const char *id, struct err *e);	/* it leaves */
int evict_not(struct store *s, int tbl, const char *id, struct err *e);		/* it entered again before it was gone */

/* Evicts what waits and has no own operation after `receipted`. */
int evict_ready(struct store *s, int64_t receipted, struct err *e);

#endif
