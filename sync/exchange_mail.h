/* exchange_mail: the bundles for one device, copied out of the hub's store into a file without a name, so that the store can be closed before they are sent. */
#ifndef SYNC_EXCHANGE_MAIL_H
#define SYNC_EXCHANGE_MAIL_H

#include "store/store.h"
#include "sync/peer.h"

struct mail_item { int64_t seq, size, at; char hash[HASH_HEX_SIZE]; };
struct mail {
	int fd;				/* -1: there is none */
	struct mail_item *items;
	size_t count;
	int64_t bytes;
};
#define MAIL_INIT { -1, NULL, 0, 0 }

/* What the device has read, by its own word: it decides only what is sent now, never what is kept. */
struct mail_have { int64_t epoch, seq; char hash[HASH_HEX_SIZE]; };

/* Every kept bundle behind what it has; where that is none of ours, every one. `welcome`: that file first, as number 0. */
int mail_gather(struct mail *m, struct store *s, const struct peer *p, const struct mail_have *have, bool welcome, struct err *e);
void mail_release(struct mail *m);

#endif
