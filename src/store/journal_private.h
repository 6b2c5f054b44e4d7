/* journal_private: what the files of the journal and the merge share. Nobody else includes this. */
#ifndef STORE_JOURNAL_PRIVATE_H
#define STORE_JOURNAL_PRIVATE_H

#include "base/buf.h"
#include "store/body.h"
#include "store/journal.h"
#include "store/table.h"

#define TABLES_MAX 200		/* in a dictionary */
#define KNOWN_TABLES_MAX 64	/* in table.h */
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
	sqlite3_stmt *insert, *select, *remove, *set_origin, *set[TABLE_COLUMNS_MAX];	/* prepared on first use */
};

struct device {
	char tag[TAG_LENGTH + 1];
	uint64_t key;			/* the tag as a number that orders like it; 0 where there is none */
	int64_t max_seq;
	uint64_t max_hlc;
	bool dirty;
};

/* What must fall back when SQLite rolls back, be it a transaction, a savepoint or one statement (journal_watch.c). */
struct counters {
	int64_t seq;				/* own operations */
	int64_t conflicts;
	int64_t orphans;			/* records with heads or stamps seen, whose insert has not come */
	int64_t visible[KNOWN_TABLES_MAX];	/* rows with deleted = 0, by place in tables[] */
	uint64_t devices, names;		/* versions of the arrays below */
	bool captures;				/* the triggers were made: journal_before_begin … */
	bool silent;				/* … and are away: merge_begin */
};

enum journal_sql {
	SQL_WATCH, SQL_LOG, SQL_IS_LOGGED, SQL_OPERATION,
	SQL_HEADS, SQL_HEAD_ADD, SQL_HEAD_REMOVE, SQL_SEEN, SQL_SEEN_ADD, SQL_SEEN_REMOVE,
	SQL_DEVICE_ADD, SQL_DEVICE_SAVE, SQL_COUNTER_SAVE, SQL_TALLY_SAVE, SQL_TABLE_ADD, SQL_COLUMN_ADD,
	SQL_REFUSE, SQL_WANT,
	SQL_OPERATION_WHOLE, SQL_OPERATION_REWRITE, SQL_OPERATION_REMOVE, SQL_SUM_IN, SQL_SUM_OUT, SQL_BUNDLE_IN, SQL_BUNDLE_OUT, SQL_IS_FOLDED,
	SQL_ERASED, SQL_ERASED_ADD, SQL_ERASING_ADD, SQL_BODY, SQL_COUNT
};

/* What is known of the time besides the computer's word. Milliseconds; kept as counters. */
struct wall {
	int64_t base, boot;		/* what a person said, as the difference to the time since that start of the computer; 0: nothing */
	int64_t said, heard;		/* when that was; the time of the hub's last bundle */
	uint64_t at;			/* the last stamp when a person said it */
	bool refused;			/* the hub found a stamp ahead of its time, and nobody has said anything since */
};

struct state;

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
	uint64_t offered;			/* given out by journal_stamp(), for the row being inserted */
	int64_t last_id;

	struct device *devices;			/* by number; [0] belongs to the built-in records */
	int device_count;			/* with [0] */
	uint64_t devices_read;			/* version that the array shows */

	struct kind *kinds[TABLES_MAX];		/* by number - 1 */
	int64_t bundle;				/* from which operations come now (provenance.h); 0: none */
	int64_t bundle_sum;			/* over those that came from it so far */
	int kind_count;
	uint64_t names_read;
	uint64_t version;			/* the last one given, never given again */

	sqlite3_stmt *statements[SQL_COUNT];
	struct body body;
	struct buf text;
	struct state *state;
};

/* journal.c */
int journal_fail(struct journal *j, struct err *e);		/* SQLite's last error into *e; -1 */
sqlite3_stmt *journal_sql(struct journal *j, enum journal_sql which, struct err *e);
int journal_run(struct journal *j, sqlite3_stmt *st, struct err *e);	/* steps once, resets */
uint64_t journal_next_stamp(struct journal *j);
int journal_flush(struct journal *j, struct err *e);
/* Writes an operation to the log and takes note of its number and stamp. */
int journal_log(struct journal *j, const struct operation *op, struct err *e);
void journal_bind_record(sqlite3_stmt *st, int tbl, const char *pk, size_t pk_len);	/* parameters 1 and 2 */

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

/* The order of stamps: by hlc, then by tag. */
int stamp_compare(const struct journal *j, struct stamp a, struct stamp b);

#endif
