/* reissue: own operations given anew, with new numbers and new stamps, because nobody else will ever have the old ones.
 *
 * Two ways lead here. The hub refused operations whose stamps were ahead of its time: they, what rests on them, and what was not sent yet are given
 * anew as soon as the clock is believed again (reissue_refused). Or this store was restored from an old copy, or has a twin: then what the hub does not
 * hold was set aside, and is given anew by the device that the store has become (aside.h).
 *
 * Whatever named an old stamp as seen names the new one; where a record gets another id, whatever named it names that. */
#ifndef STORE_REISSUE_H
#define STORE_REISSUE_H

#include "base/err.h"
#include "store/journal.h"

/* 1: operations wait that were refused for their stamps; 0; -1. */
int reissue_waits(struct journal *j, struct err *e);

/* In a transaction, when the clock is believed and every own operation up to `sent` has its receipt, later ones stand in no bundle. The journal's clock falls
 * back to the greatest stamp that the hub knows, and goes on from the time that it is now. *given: how many. */
int reissue_refused(struct journal *j, int64_t sent, int64_t *given, struct err *e);

/* --- for aside.c --- */

struct reissue;
struct reissue *reissue_new(struct journal *j, struct err *e);		/* NULL on failure */
void reissue_free(struct reissue *r);

/* Writes an operation of the device `tag` once more as an own one; op->dev and op->seq do not count. With `rename` a record that it inserts under an id of
 * that device gets a new id. */
int reissue_write(struct reissue *r, const char *tag, const struct operation *op, bool rename, struct err *e);

/* 1: it names, as seen, as its record or in a reference, something that was written anew before; 0; -1. */
int reissue_rests(struct reissue *r, const char *tag, const struct operation *op, struct err *e);

#endif
