/* hub_numbers: the hub sees to it that whoever may give certificates and letters has numbers for them (records/number.h): a block of each series at the
 * approval, another one when fewer than a fifth of a block is unused, as the hub sees it by the papers that arrived. */
#ifndef SYNC_HUB_NUMBERS_H
#define SYNC_HUB_NUMBERS_H

#include "store/store.h"

/* Inside a transaction. Roles that give no papers get no numbers. */
int hub_numbers_reserve(struct store *s, const char *tag, const char *role, struct err *e);
int hub_numbers_refill(struct store *s, struct err *e);		/* of every active device */

#endif
