/* journal: every change to a replicated table as an operation, in the order in which it was made. What the operations of a record come to is
 * the business of state.h, what may be in a body of body.h.
 *
 *     oplog(dev, seq, hlc, tbl, kind, pk, body, bundle)   PRIMARY KEY(dev, seq)   dev: number in table `device`, 1 is this store; bundle: provenance.h
 *     head(tbl, pk, col, hlc, dev, value)         only of EDITED fields: then they are all its heads
 *
 * The insert's stamp stands in the record's row (origin_hlc, origin_dev): a head of its own for every record would cost a third of a merge. Heads
 * of column 0 are further inserts of the same id.
 *
 * Bodies are JSON: insert `[values…]` in the order of the dictionary's column numbers 1, 2 …; update `[[col,value,[[hlc,"tag"],…]],…]` with only
 * the changed fields, each with every head that its author saw; an erase has none, and empties what erase.h says. Table and column numbers are this
 * store's own dictionary (dictionary.h). Temporary triggers write the operation of a local change, inside a transaction only; in merge mode the merge
 * writes them as they came. Rows of records are never deleted but by an eviction; operations go by an eviction, by folding (fold.h), or to be given anew
 * (reissue.h). Sequence numbers, stamps and record counters are persisted at the outermost commit, never computed by max(), and fall back with any
 * rollback, of a savepoint or a single statement too; nobody need tell. */
#ifndef STORE_JOURNAL_H
#define STORE_JOURNAL_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

#define RECORD_ID_SIZE 64	/* "tag-counter", or some of them with slashes, and a NUL */

struct journal;

enum journal_mode { JOURNAL_LOCAL, JOURNAL_MERGE, JOURNAL_EVICT };

enum operation_kind { OPERATION_INSERT = 0, OPERATION_UPDATE = 1, OPERATION_ERASE = 3 };

/* One operation, in this store's numbers. */
struct operation {
	int dev;			/* number in table `device` */
	int64_t seq;
	uint64_t hlc;
	int tbl;			/* dictionary number */
	int kind;			/* enum operation_kind; others are kept, not applied */
	const char *pk;
	size_t pk_len;
	const char *body;		/* NULL and 0 for an erase */
	size_t body_len;
};

/* Attaches to a connection whose schema is up to date; works on any SQLite connection, sealed or not (the bench measures the layer alone).
 * `tag` is the device's own tag. */
int journal_attach(sqlite3 *db, const char *tag, struct journal **out, struct err *e);
void journal_detach(struct journal *j);		/* rolls back what is open; only closing the connection may follow */

/* Called by the store around its outermost transaction; savepoints need no call. The first journal_before_begin makes the triggers; until then no statement
 * that changes a record can be compiled (SQLITE_AUTH). */
int journal_before_begin(struct journal *j, struct err *e);
int journal_before_commit(struct journal *j, struct err *e);
void journal_after_commit(struct journal *j);
void journal_after_rollback(struct journal *j);

/* Sets the mode and returns the one before, so that the caller can put it back. */
enum journal_mode journal_set_mode(struct journal *j, enum journal_mode mode);

/* A new record id of this device. */
void journal_new_id(struct journal *j, char out[RECORD_ID_SIZE]);

const char *journal_tag(const struct journal *j);
int64_t journal_last_seq(const struct journal *j);		/* own operations so far */
uint64_t journal_last_stamp(const struct journal *j);
void journal_saw_stamp(struct journal *j, uint64_t hlc);	/* the clock goes past a stamp that the hub signed */

/* Devices: number of a tag, made on first use (-1 on failure); the tag of a number. */
int journal_device(struct journal *j, const char *tag, struct err *e);
const char *journal_device_tag(struct journal *j, int dev);

/* Calls each() for the operations of one device from seq `from` to `to` in order, not those refused. each() returns 0 to go on, -1 with *e to stop.
 * The strings live for the call. */
typedef int (*operation_fn)(void *context, const struct operation *op, struct err *e);
int journal_each(struct journal *j, int dev, int64_t from, int64_t to, operation_fn each, void *context, struct err *e);
/* The same with the refused ones among them. */
int journal_each_sent(struct journal *j, int dev, int64_t from, int64_t to, operation_fn each, void *context, struct err *e);

/* All operations of the given records, in (hlc, tag) order, one scan of the journal for all. `pks` are "table-number/id" keys kept in the temporary
 * table `wanted(tbl, pk)`, which the caller fills (created by journal_wanted_reset). */
int journal_wanted_reset(struct journal *j, struct err *e);
int journal_wanted_add(struct journal *j, int tbl, const char *pk, struct err *e);
int journal_each_wanted(struct journal *j, operation_fn each, void *context, struct err *e);

/* Refusal: marks an operation as refused with a reason (table `refused`) and computes the record anew from the journal without it. A refused erase empties
 * nothing any more, but gives nothing back (erase.h). */
int journal_refuse(struct journal *j, int dev, int64_t seq, const char *reason, struct err *e);
/* The mark alone, with the record that it is about, for who refuses many and then rebuilds all records at once (journal_wanted_add,
 * journal_rebuild_wanted). */
int journal_mark_refused(struct journal *j, int dev, int64_t seq, const char *reason, int *tbl, char pk[RECORD_ID_SIZE], struct err *e);
/* The operation is not refused any more: the clock goes past its stamp, and its record is one more of the `wanted` ones, to be rebuilt. 1: so it is; 0: it was
 * not refused. */
int journal_accept(struct journal *j, int dev, int64_t seq, struct err *e);
/* An operation that is not to be applied at all: into the journal, marked as refused, never into a row. */
int journal_keep_refused(struct journal *j, const struct operation *op, const char *reason, struct err *e);

/* Rows, heads and conflicts of one record from its operations alone. It reads the whole journal once; many records at once are the `wanted` ones. */
int journal_rebuild(struct journal *j, int tbl, const char *pk, struct err *e);
int journal_rebuild_wanted(struct journal *j, struct err *e);
/* Removes a record with its heads and history (it left the device's scope); one walk of the journal, too. The first uses `wanted` for itself. That a person
 * was erased stays known. */
int journal_evict(struct journal *j, int tbl, const char *pk, struct err *e);
int journal_evict_wanted(struct journal *j, struct err *e);
/* The same, but own operations numbered after `own` stay in the journal, without effect until the record is rebuilt. */
int journal_forget_wanted(struct journal *j, int64_t own, struct err *e);

/* Settles a conflict for the value that is shown: one more edit that names all heads. (Settling for another value is an ordinary UPDATE.) */
int journal_settle(struct journal *j, const char *table, const char *pk, const char *column, struct err *e);

/* Number of visible rows (deleted = 0) of a replicated table, from the tally; no scan. */
int64_t journal_count(struct journal *j, const char *table);
/* Number of conflicts, from the tally. */
int64_t journal_conflicts(struct journal *j);

/* The journal against the rows: every row's shown values are what its heads say, every tally what a count gives, what is erased is empty, counters past
 * every number used. -1, ERR_DAMAGED, naming the record. */
int journal_check(struct journal *j, struct err *e);

#endif
