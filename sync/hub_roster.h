/* hub_roster: the version of the roster, which only ever increases, and who stands in it. */
#ifndef SYNC_HUB_ROSTER_H
#define SYNC_HUB_ROSTER_H

#include "crypto/identity.h"
#include "store/store.h"

int roster_next_version(struct store *s, int64_t *version, struct err *e);
/* A device by its tag, its id or at least four characters of its beginning. ERR_REFUSED: none, or several. */
int roster_find(struct store *s, const char *typed, char id[DEVICE_ID_SIZE], struct err *e);

#endif
