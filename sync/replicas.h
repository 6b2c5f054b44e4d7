/* replicas: which devices have heard that a person was erased. What proves an erasure is that nobody keeps the data; so every active device is told of it,
 * whether it holds the person or not, and its acknowledgement of that place in its feed is its confirmation. A device that is suspended, or that nobody
 * hears of any more, is confirmed by nobody: an operator says why nothing is expected of it.
 *
 *     erasure_op(person, dev, seq, arrived)              the operation, one a person
 *     erasure_replica(person, tag, …)                    one row a person and device, and one for the hub itself
 *
 * The hub has confirmed when nothing written before the erasure lies in its outbox, its quarantine or among what waits for its turn.
 *
 * Coordinators are told, so that they can print the act of destruction:
 *
 *     {"rec":"replica","optional":true,"person":"…","tag":"…","label":"…","owner":"…","confirmed":1582000000000,"unreachable":null}
 *
 * owner: the person's id; confirmed: milliseconds, 0 while it is not. */
#ifndef SYNC_REPLICAS_H
#define SYNC_REPLICAS_H

#include "base/buf.h"
#include "store/store.h"
#include "sync/apply.h"
#include "sync/peer.h"

/* --- hub --- */
/* Of what arrived in this round: who was erased, and which devices there are. Before the feeds are brought up to date. */
int replicas_note(struct store *s, struct err *e);
/* Puts what one active device has not been told into its feed, after *pos, which is moved on. */
int replicas_feed(struct store *s, const struct peer *p, int device, int64_t *pos, struct err *e);
/* The device was heard from, and has read its feed up to `pos`; 0: with a program that erases nothing, so that this confirms nothing. */
#define ERASURE_SCHEMA 4	/* since which programs do */
int replicas_heard(struct store *s, const struct peer *p, int64_t pos, struct err *e);
/* After a round: the hub's own confirmation, where it is due. */
int replicas_own(struct store *s, struct err *e);

/* Whether a coordinator has something to be told; appends as many records as one bundle should have. */
int replicas_due(struct store *s, const struct peer *p, struct err *e);		/* 1 yes, 0 no, -1 */
int replicas_write(struct store *s, const struct peer *p, struct buf *out, struct err *e);

/* Nothing is expected of a device any more (`reason`), or it is again (NULL). Inside a transaction. */
int replicas_unreachable(struct store *s, const struct peer *p, const char *reason, struct err *e);

/* --- device --- */
int replica_take(struct apply *a, const char *line, size_t len, struct err *e);

#endif
