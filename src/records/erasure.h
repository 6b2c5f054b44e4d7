/* erasure: that and why a person's data were destroyed, for ever and everywhere (store/erase.h). The record's id is the person's: it is made once, by a coordinator, and
 * making it IS the erasure: the person, with all cards of the same person (joined.h), loses name, contacts and texts in the same transaction, and whatever
 * else this store knows of the person goes too (forget.h). What stays is that a person with this id took part, so that every count stays true.
 *
 * What proves it: the other replicas, as the hub tells of them (sync/replicas.h). An act of destruction (documents/erasure_act.h) is preliminary until each
 * has confirmed, or it is said why nothing is expected of it. */
#ifndef RECORDS_ERASURE_H
#define RECORDS_ERASURE_H

#include "records/record.h"

#define ERASURE_DAYS 30	/* from a withdrawal to the day on which it must be done: Federal Law 152-FZ, article 21 */

extern const struct choice erasure_bases[];	/* withdrawal purpose request unlawful */

/* Why the person cannot be erased from here now: not a coordinator's device, this device's own person, erased already, no such person. 0: can be. */
int erasure_may(struct store *s, const char *person, struct err *e);
bool erasure_done(struct store *s, const char *person);

/* The person that is meant: the whole id, also of a card that was removed, or the whole name. Nobody is erased by the beginning of an id. */
int erasure_resolve(struct store *s, const char *typed, char person[RECORD_ID_SIZE], struct err *e);

/* How far it has come. */
struct erasure_state {
	bool here;			/* the data are gone here */
	bool known;			/* this store holds the record of it: coordinators and the hub */
	int replicas, confirmed, unreachable;
	bool final;			/* every replica has confirmed, or is unreachable for a reason that was said */
};
int erasure_state(struct store *s, const char *person, struct erasure_state *out, struct err *e);

/* «подтвердили 3 из 4, недоступно 1», or that it is final. Appends. */
void erasure_words(const struct erasure_state *state, struct buf *out);

/* Every replica that must confirm, those that have not first. */
struct erasure_replica {
	const char *tag, *label, *owner;	/* label and owner ("": not known or erased) as people read them */
	int64_t confirmed;			/* ms; 0: not yet */
	const char *unreachable;		/* why nothing is expected of it; NULL: it is */
};
typedef int (*erasure_replica_fn)(void *context, const struct erasure_replica *r, struct err *e);
int erasure_replicas(struct store *s, const char *person, erasure_replica_fn each, void *context, struct err *e);

/* What was emptied: kind of record, the fields, the number of records. By the rows that this store holds. */
struct erasure_part { const char *table, *title, *fields; int64_t records; };
typedef int (*erasure_part_fn)(void *context, const struct erasure_part *p, struct err *e);
int erasure_parts(struct store *s, const char *person, erasure_part_fn each, void *context, struct err *e);

/* The operations of erasure of all cards of the person: the log's extract. */
struct erasure_entry { const char *person, *tag, *label, *author; int64_t ms, seq; };
typedef int (*erasure_entry_fn)(void *context, const struct erasure_entry *n, struct err *e);
int erasure_log(struct store *s, const char *person, erasure_entry_fn each, void *context, struct err *e);

#endif
