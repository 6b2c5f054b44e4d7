/* card: what a hub hands out so that devices can join it. Text of one grammar, not signed: what makes it
 * trusted is the fingerprint that a person hears or reads elsewhere and types.
 *
 *     hub-card/1
 *     id <32 hex>
 *     name <text>
 *     minisign <56 characters>
 *     age <62 characters>
 *     demonstration yes          only on the card of a demonstration's hub */
#ifndef SYNC_CARD_H
#define SYNC_CARD_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "crypto/identity.h"
#include "sync/peer.h"

#define CARD_MAX 4096

struct card {
	struct public_identity pub;
	char name[LABEL_SIZE];
	bool demonstration;
};

void card_write(const struct card *c, struct buf *out);
/* -1 (ERR_REFUSED): not a card, or its id is not that of its keys. */
int card_read(struct card *c, const char *text, size_t len, struct err *e) __attribute__((warn_unused_result));

#endif
