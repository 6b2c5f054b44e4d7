/* tidy: what every exchange ends with. Files that lay for too long in quarantine or before their turn go; the hub confirms erasures for itself; and what was
 * erased leaves the store's file, remains of pages and all. */
#ifndef SYNC_TIDY_H
#define SYNC_TIDY_H

#include "store/store.h"

/* Outside of a transaction. */
int tidy(struct store *s, struct err *e);

#endif
