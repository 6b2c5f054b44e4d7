/* hub_roster: the version of the roster, which only ever increases. */
#ifndef SYNC_HUB_ROSTER_H
#define SYNC_HUB_ROSTER_H

#include "store/store.h"

int roster_next_version(struct store *s, int64_t *version, struct err *e);

#endif
