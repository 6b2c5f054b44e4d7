/* rights: whether the author of an operation might make it, judged at the feed position that its device held
 * when it was made. The rules stand in rules.h; here is what they mean. One object judges the operations of one
 * bundle in their order.
 *
 * A record is HELD by a device at a position when the feed had entered it by then and not taken it away, or
 * when a device of the same person created it (its id says so), or when it is the person's own card; a
 * programme always is; attendance, participation and who else led are when both records that their ids are made of
 * are. Whether a call is closed, who judges it, a text is accepted or a question is asked of whom goes by what the
 * hub knows when the operation arrives.
 * References may also name a record whose name alone the device was told. */
#ifndef SYNC_RIGHTS_H
#define SYNC_RIGHTS_H

#include "store/journal.h"
#include "store/store.h"
#include "sync/peer.h"

struct rights;

/* `device`: the number of the peer's tag. NULL on failure. */
struct rights *rights_new(struct store *s, const struct peer *p, int device, struct err *e);
void rights_free(struct rights *r);

/* Judges one operation that was made at position `pos`. *reason: NULL when it may be made, else a code:
 *     role     the role may never do this          scope    the record, or one that it names, was not the author's to change
 *     author   the id is not one that this device may give        depends  it rests on an operation that was not accepted
 *     clock    its stamp is more than a day ahead of the hub's clock     unknown  a table or kind that the hub does not know
 *     joined   so many cards would be one person
 *     form     an id that its own fields contradict          closed   what it belongs to is closed: a call, an accepted text
 * -1: the body is none (ERR_DAMAGED), or the store failed. */
int rights_judge(struct rights *r, const struct operation *op, int64_t pos, const char **reason, struct err *e);

/* Of the operation that was judged last, and may be made: it sets the mark of its record. */
bool rights_deletes(const struct rights *r, const struct operation *op);

/* The questions that an operation waits for (hold.h): it is done when all of them are agreed to. More of them than have room are no work of this program. */
#define RIGHTS_QUESTIONS 16
struct rights_waits {
	char question[RIGHTS_QUESTIONS][RECORD_ID_SIZE];
	int count;
	bool too_many;
	int asked;		/* the one that is about the operation itself, by its place; -1: it only rests on such ones */
};

/* Those that what the operation rests on waits for. */
int rights_waits_for(struct rights *r, const struct operation *op, struct rights_waits *w, struct err *e);
/* And the one that it is itself asked about. */
void rights_waits_too(struct rights_waits *w, const char *question);
/* 1: one that waits is about the deletion of this record already; 0; -1. */
int rights_asked(struct rights *r, const struct operation *op, struct err *e);
/* Takes note that an operation of this author waits: what rests on it waits too. */
int rights_note_held(struct rights *r, const struct operation *op, const struct rights_waits *w, struct err *e);

/* Takes note that an operation of this author is refused: what rests on it is refused too. */
int rights_note_refused(struct rights *r, const struct operation *op, struct err *e);

/* The same of one that is accepted: what was refused of the record is forgotten when its insert comes anew. */
int rights_note_accepted(struct rights *r, const struct operation *op, struct err *e);

/* The words for a code of above. */
const char *refusal_words(const char *reason);

#endif
