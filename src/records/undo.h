/* undo: what was done since the program was opened, in words, and the rules by which it is taken back or done again. What is kept, and how the rows are
 * changed, is store/undo.h's business.
 *
 * Taking back is an edit like any other: it needs the programme to be open, the right to write the record, and whatever else the record's type demands. Where
 * somebody else wrote since (or this device, later), nothing is replaced before a person has said so. What cannot be taken back stays in the list and
 * says why. An erasure, and a decision about deletions that waited, are not taken back at all. */
#ifndef RECORDS_UNDO_H
#define RECORDS_UNDO_H

#include "base/buf.h"
#include "store/store.h"
#include "store/undo.h"

/* One line: «изменено: Человек «Галимова Айгуль» · Телефон, Этап». Appends. */
void undo_describe(struct store *s, const struct undo_group *g, struct buf *out);

/* What undo (redo) would change, a line a field, at most `most` of them: «Телефон: +7 919 … → +7 917 …»; records that come or go have one line together. Returns
 * how many there are in all. */
typedef void (*undo_line_fn)(void *context, const char *line);
int64_t undo_lines(struct store *s, const struct undo_group *g, enum undo_way way, int most, undo_line_fn each, void *context);

/* The group that comes next this way: the last one that was not found impossible already; where all were, the last. NULL: there is none. */
const struct undo_group *undo_next(struct store *s, enum undo_way way);

/* Transactions that are one thing to a person: undo_mark() before the first of them, undo_as_one() with its answer after the last. */
uint64_t undo_mark(struct store *s);
void undo_as_one(struct store *s, uint64_t mark);

enum undo_answer {
	UNDO_ASKING,		/* nothing is done where something stands in the way */
	UNDO_WITHOUT,		/* what stands in the way stays as it is, the rest is done */
	UNDO_OVER		/* it is replaced */
};

struct undo_outcome {
	int64_t written;	/* records */
	int64_t left;		/* changes of records that were removed since, left as they are */
	int64_t settled;	/* conflicts that the group had settled, and that stay settled */
	struct buf question;	/* what stands in the way: whose value, which, since when */
	bool rest;		/* UNDO_WITHOUT would do something */
};

/* 0 done; 1 a question, nothing was done; -1 it cannot be done: *e says why, and so does undo_reason() from now on. The outcome is the caller's to
 * release (undo_outcome_release). */
int undo_run(struct store *s, uint64_t id, enum undo_answer answer, struct undo_outcome *out, struct err *e);
void undo_outcome_release(struct undo_outcome *out);

#endif
