/* journal_private: what the files of the journal and the merge share. Nobody else includes this. */
#ifndef STORE_JOURNAL_PRIVATE_H
#define STORE_JOURNAL_PRIVATE_H

#include "base/buf.h"
#include "store/body.h"
#include "store/journal.h"
#include "schema/table.h"

#define TABLES_MAX 200		/* in a dictionary */
#define KNOWN_TABLES_MAX 64	/* in table.h */
/* An operation of the journal (oplog is o) that nobody refused; and what an eviction leaves of a record: its erasure. */
#define OPERATION_COUNTS "NOT EXISTS(SELECT 1 FROM refused r WHERE r.dev = o.dev AND r.seq = o.seq)"
#define OPERATION_STAYS "(o.kind = 3 AND " OPERATION_COUNTS ")"
#define DEVICES_MAX 10000	/* bodies name devices that nobody knows yet: there is an end to believing them */

/* A table as the dictionary numbers it. Column numbers count from 1, places (in table.h) from 0. */
struct kind {
	int number;
	char *name;
	const struct table *known;		/* NULL: a newer program's */
	int place;				/* in tables[], when known */
	int count;				/* columns numbered */
	char *columns[BODY_COLUMNS_MAX];	/* by number - 1 */
	signed char places[BODY_COLUMNS_MAX];	/* by number - 1; -1: not known */
	int numbers[TABLE_COLUMNS_MAX];		/* by place */
	int sought[TABLE_COLUMNS_MAX];		/* by place: the table in whose records an erasure is looked for, or 0 … */
	bool sought_read;			/* … once they were filled in */
	sqlite3_stmt *insert, *select, *remove, *set_origin, *set[TABLE_COLUMNS_MAX];	/* prepared on first use */
};

struct device {
	char tag[TAG_LENGTH + 1];
	uint64_t key;			/* the tag as a number that orders like it; 0 where there is none */
	int64_t max_seq;
	uint64_t max_hlc;
	bool dirty;
};

/* The numbers that a commit writes, as the tables `counter` and `tally` have them; -1: not known. */
enum { KEPT_SEQ, KEPT_STAMP, KEPT_RECORD, KEPT_CONFLICTS, KEPT_ORPHANS, KEPT_ERASED, KEPT_VISIBLE, KEPT_COUNT = KEPT_VISIBLE + KNOWN_TABLES_MAX };

/* What must fall back when SQLite rolls back, be it a transaction, a savepoint or one statement (journal_watch.c). */
struct counters {
	int64_t seq;				/* own operations */
	int64_t conflicts;
	int64_t orphans;			/* records with heads or stamps seen, whose insert has not come */
	int64_t visible[KNOWN_TABLES_MAX];	/* rows with deleted = 0, by place in tables[] */
	int64_t erased;				/* rows of table `erased`; -1: nobody looked for them yet */
	unsigned erasing;			/* what erase_flush has to do, ERASING_… */
	uint64_t devices, names;		/* versions of the arrays below */
	size_t undo_kept;			/* of the undo log's transaction that runs: bytes, … */
	int64_t undo_entries;			/* … operations, … */
	bool undo_lost;				/* … that it became too large, … */
	uint64_t undo_moving;			/* … and the group that it undoes; 0: none (undo_private.h) */
	int64_t kept[KEPT_COUNT];
	bool captures;				/* the triggers were made: journal_before_begin … */
	bool silent;				/* … and are away: merge_begin */
	bool joined;				/* … while there are joined cards: merge_joined.h */
	unsigned away;				/* indexes of these tables are, too: merge_indexes.h */
};

enum journal_sql {
	SQL_WATCH, SQL_LOG, SQL_IS_LOGGED, SQL_OPERATION,
	SQL_HEADS, SQL_HEAD_ADD, SQL_HEAD_REMOVE, SQL_SEEN, SQL_SEEN_ADD, SQL_SEEN_REMOVE,
	SQL_DEVICE_ADD, SQL_DEVICE_SAVE, SQL_COUNTER_SAVE, SQL_TALLY_SAVE, SQL_TABLE_ADD, SQL_COLUMN_ADD,
	SQL_REFUSE, SQL_WANT,
	SQL_OPERATION_WHOLE, SQL_OPERATION_REWRITE, SQL_OPERATION_REMOVE, SQL_SUM_IN, SQL_SUM_OUT, SQL_BUNDLE_IN, SQL_BUNDLE_OUT, SQL_IS_FOLDED, SQL_IS_SEEN,
	SQL_ERASED, SQL_ERASED_ADD, SQL_ERASING_ADD, SQL_JOINED_SHOW, SQL_COUNT
};

/* What is known of the time besides the computer's word. Milliseconds; kept as counters. */
struct wall {
	int64_t base, boot;		/* what a person said, as the difference to the time since that start of the computer; 0: nothing */
	int64_t said, heard;		/* when that was; the time of the hub's last bundle */
	uint64_t at;			/* the last stamp when a person said it */
	bool refused;			/* the hub found a stamp ahead of its time, and nobody has said anything since */
};

struct state;
struct undo_log;

/* A merge in bulk (merge_indexes.h). */
enum { BULK_TABLES = 3 };
struct bulk {
	int64_t left;				/* operations that are still to come, at most */
	int64_t inserted[BULK_TABLES];
	char *words[BULK_TABLES];		/* what makes the indexes again */
};

struct journal {
	sqlite3 *db;
	char tag[TAG_LENGTH + 1];
	enum journal_mode mode;

	struct counters now, *points;		/* points[n]: as of savepoint n */
	struct counters base;			/* as of the transaction's begin */
	int point_count;
	bool joined;				/* this transaction is watched */
	bool dirty;				/* something to be written at commit */

	uint64_t last_stamp;			/* the clock */
	struct wall wall;			/* and what it follows (journal_clock.c) */
	bool guarded;
	uint64_t offered;			/* given out by journal_stamp(), for the row being inserted */
	int64_t last_id;
	uint64_t folded;			/* no stamp greater than this was ever folded (fold.h) */
	int64_t bundle;				/* from which operations come now (provenance.h); 0: none */
	int64_t bundle_sum;			/* over those that came from it so far */

	struct device *devices;			/* by number; [0] belongs to the built-in records */
	int device_count;			/* with [0] */
	uint64_t devices_read;			/* version that the array shows */

	struct kind *kinds[TABLES_MAX];		/* by number - 1 */
	int kind_count;
	uint64_t names_read;
	uint64_t version;			/* the last one given, never given again */

	struct bulk bulk;
	sqlite3_stmt *statements[SQL_COUNT];
	struct body body;
	struct buf text;
	struct state *state;
	struct undo_log *undo;			/* NULL: nobody undoes */
	unsigned char *erased_bits;		/* what may be in table `erased`; NULL: not read yet */
};

/* journal_statement.c */
int journal_fail(struct journal *j, struct err *e);		/* SQLite's last error into *e; -1 */
sqlite3_stmt *journal_sql(struct journal *j, enum journal_sql which, struct err *e);	/* kept: not to be finalised */
int journal_run(struct journal *j, sqlite3_stmt *st, struct err *e);	/* steps once, resets */
int journal_exec(struct journal *j, const char *sql, struct err *e);
sqlite3_stmt *journal_prepare(struct journal *j, const char *sql, struct err *e);	/* the caller finalises; NULL on failure */
/* Every row of a query, with `parameter` as its ?1 where it has one; -1 of the function ends the walk, and is its result. */
typedef int (*journal_row_fn)(struct journal *j, sqlite3_stmt *row, void *context, struct err *e);
int journal_rows(struct journal *j, const char *sql, int parameter, journal_row_fn each, void *context, struct err *e);
/* The first column of the one row that there must be; `text` is parameter 1, where the statement has one. */
int journal_number(struct journal *j, const char *sql, const char *text, int64_t *out, struct err *e);
void journal_bind_record(sqlite3_stmt *st, int tbl, const char *pk, size_t pk_len);	/* parameters 1 and 2 */
void journal_bind_value(sqlite3_stmt *st, int i, const struct value *v);	/* an empty text as null */

/* journal.c */
uint64_t journal_next_stamp(struct journal *j);
int journal_flush(struct journal *j, struct err *e);
int journal_save_counter(struct journal *j, const char *name, int64_t value, struct err *e);
/* Writes an operation to the log and takes note of its number and stamp. */
int journal_log(struct journal *j, const struct operation *op, struct err *e);

/* journal_clock.c */
bool journal_clock_load(struct journal *j, const char *name, int64_t value);	/* a counter; false: not one of the clock's */
bool journal_clock_stands(const struct journal *j);		/* guarded, and in doubt: stamps do not follow the computer's clock */

/* journal_watch.c: to be called before the first change of a transaction, and cheap afterwards. */
int journal_watch_register(struct journal *j, struct err *e);
int journal_join(struct journal *j, struct err *e);

/* journal_device.c */
int journal_fresh_devices(struct journal *j, struct err *e);	/* reads the array again when a rollback made it stale */
int journal_load_devices(struct journal *j, struct err *e);
int journal_save_devices(struct journal *j, struct err *e);
int journal_device_n(struct journal *j, const char *tag, struct err *e);	/* TAG_LENGTH bytes, checked */
int journal_find_device(const struct journal *j, const char *tag);		/* -1: unknown */
int journal_resolve(struct journal *j, struct body *b, struct err *e);		/* tags of the stamps seen → dev */

/* dictionary.c */
int dictionary_load(struct journal *j, struct err *e);		/* what is in the database … */
int dictionary_learn(struct journal *j, struct err *e);		/* … and what this program knows, with the records replayed that it now understands */
void dictionary_release(struct journal *j);
struct kind *dictionary_kind(const struct journal *j, int tbl);	/* NULL: no such number */
int dictionary_add_table(struct journal *j, const char *name, struct err *e);		/* the number, or -1 */
int dictionary_add_column(struct journal *j, struct kind *k, const char *name, struct err *e);
bool dictionary_name_valid(const char *name, size_t len);

/* journal_capture.c */
int journal_capture_register(struct journal *j, struct err *e);
int journal_capture_stop(struct journal *j, struct err *e);	/* takes the triggers away … */
int journal_capture_start(struct journal *j, struct err *e);	/* … and puts them back */

/* journal_replay.c */
int journal_replay_tables(struct journal *j, const char *numbers, struct err *e);	/* "3,5": rebuilds all their records */

/* merge.c: reads and checks the body of an insert or update of a known table, by itself … */
int merge_read(const struct kind *k, const struct operation *op, struct body *b, struct err *e);
/* … and finds the devices of the stamps that it names. */
int merge_parse(struct journal *j, const struct kind *k, const struct operation *op, struct body *b, struct err *e);

/* Rebuilds the records of the operations that the condition selects; `where` begins with " AND". */
int journal_rebuild_where(struct journal *j, const char *where, struct err *e);

/* erase.c: while nobody is erased each of these is one comparison */
enum { ERASING_PAST = 1, ERASING_SEARCH = 2, ERASING_REFUSED = 4, ERASING_ANEW = 8 };
/* An operation of another device before it is logged, its body read into j->body: empties both when the record is an erased one, or becomes one by it. */
int erase_arriving(struct journal *j, struct kind *k, struct operation *op, struct err *e);
/* A local change of the fields at `places`: refused when it would put something personal into such a record. */
int erase_local(struct journal *j, struct kind *k, const char *pk, size_t pk_len, bool insert, const int *places, int count,
    const struct value *row, struct err *e);
/* An erase of a person that is logged already. */
int erase_person(struct journal *j, struct kind *k, const char *pk, size_t pk_len, struct err *e);
bool erase_is_person(const struct kind *k);
int erase_marked(struct journal *j, int tbl, const char *pk, size_t pk_len, struct err *e);	/* 1, 0, -1 */
int erase_mark(struct journal *j, struct kind *k, const char *pk, size_t pk_len, bool past, struct err *e);
int erase_count(struct journal *j, struct err *e);		/* reads the number of marks again */
/* 1 when the body that was read names somebody erased, or what goes with one. */
int erase_names(struct journal *j, struct kind *k, int kind, const struct body *b, struct err *e);
bool erase_is_whole(const struct kind *k);			/* other records are parts of its records */
int erase_sought(struct journal *j, struct kind *k, int place);
/* Empties the personal values of a body that was read; true when there were any. Then its text anew. */
bool erase_empty(const struct kind *k, int kind, struct body *b);
void erase_write(int kind, const struct body *b, struct buf *out);

/* erase_past.c: what is here already, in walks along the journal; when the merge ends or the transaction does. */
#define ERASING_TABLE "CREATE TEMP TABLE IF NOT EXISTS erasing(tbl INTEGER NOT NULL, pk TEXT NOT NULL, PRIMARY KEY(tbl, pk)) WITHOUT ROWID;"
int erase_flush(struct journal *j, struct err *e);
/* The program learned tables or columns: what was kept unread is looked through. */
int erase_learned(struct journal *j, struct err *e);
/* The program declares other columns as personal than the one that opened the store before: erased records are emptied of those. */
int erase_declared(struct journal *j, struct err *e);
/* The operation was marked as refused, or is not any more. */
int erase_judged(struct journal *j, int dev, int64_t seq, struct err *e);
/* The body of an insert or update of a known table into j->body, without the checks of a merge. */
int erase_read(struct journal *j, int kind, const char *body, size_t len, struct err *e);

/* erase_check.c, for journal_check: ERR_DAMAGED says what does not agree. It uses temp.erasing, and leaves it empty. */
int erase_check(struct journal *j, struct err *e);

/* The order of stamps: by hlc, then by tag. */
int stamp_compare(const struct journal *j, struct stamp a, struct stamp b);

#endif
