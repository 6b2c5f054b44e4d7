/* undo: what was done on this device since undo_start(), one group a transaction, and the ways back and forth. It is kept in memory alone and ends with
 * the journal. The capture of local changes feeds it (journal_capture.c); what a merge brings is nobody's to undo here.
 *
 *     undo_start → transactions leave groups → undo_apply(back) moves a group to those that can be done again → undo_apply(again) moves it back
 *
 * A new change forgets what could be done again. Undoing is one more change, with stamps of its own: it travels and merges like any other, after a sync
 * as before it. Of an insert the undoing is the removal; of an edit the values before. A settled conflict stays settled: its other values are in the history.
 *
 * Bounds: UNDO_BYTES for the values of all groups together, and UNDO_GROUPS of them; the oldest are forgotten first. Of a transaction that is larger by
 * itself nothing but its size is known (undo_whole). An insert takes about 25 bytes: an import of 300,000 new records can be undone. */
#ifndef STORE_UNDO_H
#define STORE_UNDO_H

#include "store/body.h"
#include "store/journal.h"
#include "schema/table.h"

#define UNDO_BYTES (8 << 20)
#define UNDO_GROUPS 500

enum undo_way { UNDO_BACK, UNDO_AGAIN };

void undo_start(struct journal *j);		/* nothing is kept before; a second call changes nothing */
void undo_forget_all(struct journal *j);	/* the store is another one now: what was kept speaks of no record of it */
/* Of a record whose values must be nowhere any more: they are overwritten in every group. */
void undo_forget_record(struct journal *j, const char *table, const char *pk, size_t pk_len);

/* Groups of one way, the one that u or redo would take first as number 0. */
struct undo_group;
int undo_count(const struct journal *j, enum undo_way way);
const struct undo_group *undo_group(const struct journal *j, enum undo_way way, int nth);
const struct undo_group *undo_find(const struct journal *j, uint64_t id, enum undo_way *way);	/* NULL: forgotten meanwhile */

uint64_t undo_id(const struct undo_group *g);		/* for as long as the program runs; never 0 */
int64_t undo_ms(const struct undo_group *g);		/* when it was done first */
int64_t undo_size(const struct undo_group *g);		/* changes of records in it */
bool undo_whole(const struct undo_group *g);		/* false: larger than what is kept */
/* This group and all that came after it become one, to be taken back in one step. */
void undo_join(struct journal *j, uint64_t first);
/* Why it could not be undone, as somebody found out and said; "" before. */
const char *undo_reason(const struct undo_group *g);
void undo_set_reason(struct journal *j, uint64_t id, const char *reason);

/* One operation of a group: an insert is the change of the mark `deleted` from 1 to 0. Texts are not ended by NULs. */
struct undo_change { const struct column *column; struct value before, after; bool settled; };
struct undo_entry {
	const char *table;
	char pk[RECORD_ID_SIZE];
	bool insert, forgotten;			/* forgotten: undo_forget_record */
	struct undo_change change[TABLE_COLUMNS_MAX];
	int count;
};
/* In the order in which they were made; 0 goes on, -1 stops. */
typedef int (*undo_fn)(void *context, const struct undo_entry *entry, struct err *e);
int undo_each(const struct undo_group *g, undo_fn each, void *context, struct err *e);

/* What stands in the way: a field that holds another value than the group left, or that somebody else wrote, too; or somebody else's edit of a record that
 * would be removed. */
struct undo_meeting {
	const char *table, *pk;
	const struct column *column;
	const struct value *now, *wanted;	/* wanted NULL: the record would go, with this value */
	bool removed;				/* the record was removed since: nothing of it can be put back while it is */
	const char *tie_table, *tie_pk;		/* not a field: this visible record refers to the one that would go; NULL otherwise */
	int dev;				/* whose value it is: a number of table `device`, 1 this one */
	int64_t ms;
};

enum undo_force {
	UNDO_REST,	/* leaves those fields as they are, does the others; with ties nothing is to be committed */
	UNDO_ALL	/* the values of the group take their place */
};

struct undo_how {
	enum undo_force force;
	/* Before a record is changed, as the entry says, or, where `removes`, removed: the rules; -1 stops. May be NULL. */
	int (*before)(void *context, const struct undo_entry *entry, bool removes, struct err *e);
	void (*meet)(void *context, const struct undo_meeting *m);
	void *context;
};

struct undo_done {
	int64_t written;		/* records */
	int64_t left;			/* meetings whose field was left as it is */
	int64_t ties;
	int64_t settled;		/* conflicts that the group had settled */
	const char *table;		/* the record that a failure was about, or NULL */
	char pk[RECORD_ID_SIZE];
};

/* Inside a transaction of the caller, who rolls it back when it does not like what it met; when it is committed, the group has moved. ERR_REFUSED: the
 * group is not there or not whole, a record was erased or left this device. */
int undo_apply(struct journal *j, uint64_t id, const struct undo_how *how, struct undo_done *done, struct err *e);

#endif
