/* reissue: own operations given anew, with new numbers and new stamps, because nobody else will ever have the old ones.
 *
 * Two ways lead here. The hub refused operations whose stamps were ahead of its time: they, what rests on them, and what was not sent yet are given
 * anew as soon as the clock is believed again (reissue_refused). Or this store was restored from an old copy, or has a twin: then what the hub does not
 * hold was set aside, and is given anew by the device that the store has become (aside.h).
 *
 * Whatever named an old stamp as seen names the new one; where a record gets another id, whatever named it names that. */
#ifndef STORE_REISSUE_H
#define STORE_REISSUE_H

#include "base/buf.h"
#include "base/err.h"
#include "store/journal.h"

/* 1: operations wait that were refused for their stamps; 0; -1. */
int reissue_waits(struct journal *j, struct err *e);

/* In a transaction, when the clock is believed and every own operation up to `sent` has its receipt, later ones stand in no bundle. The journal's clock falls
 * back to the greatest stamp that the hub knows, and goes on from the time that it is now. *given: how many. */
int reissue_refused(struct journal *j, int64_t sent, int64_t *given, struct err *e);

/* In a transaction: of what the hub did not accept, the operations whose numbers stand in temp.picked(seq), which the caller fills, and what rests on them, are
 * written once more as new ones, or dropped: then nothing but the history tells of them. *count: how many. */
enum reissue_what { REISSUE_GIVE, REISSUE_DROP };
int reissue_picked(struct journal *j, enum reissue_what what, int64_t *count, struct err *e);

/* --- for aside.c --- */

struct reissue;
struct reissue *reissue_new(struct journal *j, struct err *e);		/* NULL on failure */
void reissue_free(struct reissue *r);

/* Writes an operation of the device `tag` once more as an own one; op->dev and op->seq do not count. With `rename` a record that it inserts under an id of
 * that device gets a new id. */
int reissue_write(struct reissue *r, const char *tag, const struct operation *op, bool rename, struct err *e);

/* 1: a store with the same keys gave it anew itself, as the feed brought it: the same change of the same record in the same place of its history, with
 * another stamp, which stands for the old one from now on; 0; -1. */
int reissue_returned(struct reissue *r, const char *tag, const struct operation *op, struct err *e);

/* It will be written anew: what rests on it does (reissue_rests). */
int reissue_expect(struct reissue *r, const char *tag, const struct operation *op, struct err *e);

/* Fills temp.chosen(seq) with what the hub refused for its stamp and what rests on that: the operations that reissue_refused gives anew. */
int reissue_choose(struct journal *j, struct err *e);

/* An operation that is not written, with what it names as it is called now; both live until the next call. */
int reissue_reword(struct reissue *r, const char *tag, const struct operation *op, const struct buf **id, const struct buf **body, struct err *e);
/* Appends what the id is from now on. 1: something else than before; 0; -1. */
int reissue_id(struct reissue *r, const char *id, size_t len, struct buf *out, struct err *e);

/* 1: it names, as seen, as its record or in a reference, something that was written anew before; 0; -1. */
int reissue_rests(struct reissue *r, const char *tag, const struct operation *op, struct err *e);

#endif
