/* state: one record as its operations make it, apart from the order in which they came. The rules of the merge are here and nowhere else:
 * the capture of a local change, the merge, the replay and the check all go through a state.
 *
 * A field's heads are all inserts and edits of it that no other edit of it saw; the shown value is that of the head with the greatest
 * (hlc, tag). While nobody edited a field and all inserts agree on it, its heads are the inserts and none of its own are kept.
 * An edit may arrive before what it saw; stamps that have not arrived are remembered (table `seen`) and never become heads.
 *
 * The mark `deleted` is a field with three rules more:
 *   1. all stamps that an edit of the mark saw are remembered for ever, with its own;
 *   2. while one of its heads says 1, each insert and each head of another field whose stamp is not among these counts as a head that says 0:
 *      so deleting against an edit that was not seen is a conflict like any other;
 *   3. the shown value is 0 as soon as one head says 0: the record stays visible until somebody decides.
 *
 * An erasure (erase.h) adds no rule: it empties the values of operations before they come to a state, and a state whose operations were emptied after it was made
 * is made anew. An empty value is a value like any other: of two heads that were emptied nobody asks which is right.
 *
 * Whatever the order in which the operations come, the same set of them gives the same state: heads and stamps are unions and differences of
 * what the operations say. */
#ifndef STORE_STATE_H
#define STORE_STATE_H

#include "base/err.h"
#include "store/journal_private.h"

struct head {
	int col;			/* 0: an insert */
	struct stamp at;
	struct value value;
	bool alive, stored;		/* a row of the table head; of an insert: not the row's own origin */
};

struct seen {
	int col;
	struct stamp at;
	bool alive, stored;
};

struct state {
	struct journal *journal;
	struct kind *kind;		/* a known one */
	const char *pk;
	size_t pk_len;

	bool exists;
	struct value row[TABLE_COLUMNS_MAX];	/* shown values, by place; [0] is the mark */
	struct head *heads;
	int head_count, head_cap;
	struct seen *seen;
	int seen_count, seen_cap;

	struct {			/* as the database has it */
		bool exists, visible, orphan;
		int conflicts;
		struct stamp origin;
		struct value row[TABLE_COLUMNS_MAX];
	} stored;
	struct arena *arena;		/* texts that the state keeps */
};

struct state *state_new(struct journal *j);
void state_free(struct state *s);

/* Empties the state for a record: nothing known of it, nothing stored. The id must live as long as the state is used. */
void state_begin(struct state *s, struct kind *k, const char *pk, size_t pk_len);
/* state_begin, and what the database has of the record. */
int state_load(struct state *s, struct kind *k, const char *pk, size_t pk_len, struct err *e);
/* The same for a caller who knows the row: heads and stamps only. `row` by place, as it was before the change. */
int state_load_around(struct state *s, struct kind *k, const char *pk, size_t pk_len, struct stamp origin, const struct value *row,
    struct err *e);
/* Forgets what the state says, not what is stored; a built-in record begins as it came with the program. */
void state_forget(struct state *s);

/* Copies a value's text into the state's own memory, where it stays until the next record. */
void state_keep(struct state *s, struct value *v);

/* One operation more. Values by column number; texts must live until the state is saved. */
void state_insert(struct state *s, struct stamp at, const struct value *values, int count);
void state_update(struct state *s, struct stamp at, const struct change *changes, int count);

/* What an edit of a column by somebody who sees this state must name; a delete (`all`) names everything. Returns how many, at most `max`. */
int state_heads(const struct state *s, int col, bool all, struct stamp *out, int max);
/* Fields with heads that differ; none in a record that is deleted or not here. */
int state_conflicts(const struct state *s);

/* Writes what changed: row (unless `row_written`: a trigger's caller did), heads, stamps, tallies. */
int state_save(struct state *s, bool row_written, struct err *e);

/* The row alone, of a record that nothing is known of yet; *inserted says whether it was not there. `row` by place. */
int state_insert_row(struct state *s, struct stamp origin, const struct value *row, bool *inserted, struct err *e);

/* Room for one more, for who reads them from the database. */
struct head *state_push_head(struct state *s);
struct seen *state_push_seen(struct state *s);

/* For the check: NULL, or what differs between two states of one record ("row", "heads" …). */
const char *state_difference(const struct state *a, const struct state *b);

#endif
