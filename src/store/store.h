/* store: one sealed file with everything that a person entered, and its one connection.
 *
 * Life: store_create or store_open → transactions → store_close. One process a store. Pages are sealed below SQLite (vfs.h); key slots
 * stand in the header (header.h); the tables are made by numbered migrations (schema.h); every change to a replicated table leaves an
 * operation (journal.h).
 *
 * Invariants: 1. nothing readable reaches the disk; 2. a change happens inside store_begin … store_commit, and is on the
 * disk when store_commit returns 0; 3. a store written by a newer program is refused, never changed. */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "crypto/identity.h"

struct store;
struct journal;

/* The tag of this store's own operations, where it is not that of its keys: a hub that was put back from its backup has another one (sync/restored.h). */
#define STORE_SETTING_TAG "own_tag"

/* What opens a store. A key file goes before a passphrase. The memory is the caller's. */
struct store_key {
	const char *passphrase;		/* NULL: none */
	const char *key_file;		/* path; NULL: none */
};

/* Makes a new store: passphrase slot and/or key-file slot (the key file must not exist; it is made, 0600, 32 random bytes as one line of
 * text), identity with new keys, schema. The path must not exist. On failure nothing is left behind. */
int store_create(const char *path, const struct store_key *key, struct store **out, struct err *e);

/* Opens. ERR_REFUSED: not there, not a store, newer than the program; ERR_PASSPHRASE; ERR_DAMAGED; ERR_IN_USE with the holder named
 * (program, pid, terminal, since when). Runs due migrations. */
int store_open(const char *path, const struct store_key *key, struct store **out, struct err *e);

/* True when the file has a slot that a passphrase opens (so that one is asked for). Reads the header only. */
bool store_wants_passphrase(const char *path);

/* -1, ERR_IN_USE naming the holder, when another program has the store open now: asked before a person types a passphrase. */
int store_in_use(const char *path, struct err *e);

void store_close(struct store *s);			/* rolls back what is open; NULL is fine */
/* A store that is closed: nobody opens it any more. Its key slots are overwritten before its files are removed, so that what a disk keeps of them stays sealed;
 * a copy of it elsewhere (a backup) is not reached. */
int store_destroy(const char *path, struct err *e);

sqlite3 *store_db(struct store *s);
struct journal *store_journal(struct store *s);
const struct identity *store_identity(struct store *s);	/* this device's (or hub's) keys */
const char *store_path(struct store *s);
/* Other keys and another tag from the commit of this (outermost) transaction on: the old ones are in use elsewhere (aside.h). */
int store_renew(struct store *s, struct err *e);

/* The page cache is small (2 MiB) until work asks for more (16 MiB), a report or an import. */
void store_grow_cache(struct store *s);
/* A sync: so large, and pages that a transaction has changed beyond that go to the log before the commit, so that memory does not grow with what is read. Inside
 * it a savepoint that was rolled back is the end of the whole transaction (store.c says why). */
void store_bound_cache(struct store *s, int kib);
#define CACHE_READING 16384		/* bundles: pages come back to */
#define CACHE_WRITING 2048		/* bundles: what is read is read once, in order */
void store_shrink_cache(struct store *s);

/* Transactions nest: an inner one is a savepoint. store_rollback undoes the innermost. Commit: 0, or -1 with the transaction
 * rolled back (disk full …: ERR_REFUSED with words). BEGIN IMMEDIATE outside. */
int store_begin(struct store *s, struct err *e);
int store_commit(struct store *s, struct err *e);
void store_rollback(struct store *s);
/* What the first transaction would have to do before it begins (the triggers that write the journal), while nobody waits. Not needed: store_begin does it. */
int store_warm(struct store *s, struct err *e);

/* Long work that a person may end: while a watch is set, SQLite calls it every WATCH_STEPS steps of its statements; true interrupts. The statement that
 * runs then fails, and from that moment on nothing begins, runs or commits (ERR_REFUSED, «interrupted»), so that no half-read answer is taken for a
 * whole one and written; what was committed before stays. store_watch(s, NULL, NULL) ends it and the store is as usual. The watch may not touch the store;
 * begin, commit and rollback themselves are never interrupted. */
#define WATCH_STEPS 1000
typedef bool (*store_watch_fn)(void *context);
void store_watch(struct store *s, store_watch_fn watch, void *context);
bool store_interrupted(const struct store *s);		/* since the watch was set */

/* Prepared statements, kept by the address of `sql`, which must be a string literal (static storage). The statement comes reset and
 * unbound; it must not be finalised; the same literal must not be in use twice at once. NULL on failure with *e filled. */
sqlite3_stmt *store_prepare(struct store *s, const char *sql, struct err *e);
/* For SQL made at run time; the caller finalises. */
sqlite3_stmt *store_prepare_once(struct store *s, const char *sql, struct err *e);

/* Steps: 1 a row, 0 done, -1 failure with *e filled (and the statement reset). */
int store_step(struct store *s, sqlite3_stmt *st, struct err *e);
/* Steps a statement that gives no rows, and resets it. */
int store_run(struct store *s, sqlite3_stmt *st, struct err *e);
/* Text bindings that take NULL for NULL; the text must live until the statement is reset. */
void store_bind_text(sqlite3_stmt *st, int index, const char *text);
/* Column text, never NULL. */
const char *store_text(sqlite3_stmt *st, int column);
/* Executes SQL with no parameters. */
int store_exec(struct store *s, const char *sql, struct err *e);
/* Turns SQLite's last error into *e: NOTADB/CORRUPT/IOERR_DATA → ERR_DAMAGED naming the file, FULL, READONLY, BUSY … → words. */
int store_error(struct store *s, struct err *e);
/* 0, or -1 ERR_DAMAGED once any page did not open, also where a caller had to leave a gap (a name in a list): what was shown since lacks it. */
int store_damaged(struct store *s, struct err *e);

/* Small local facts that do not travel (table `setting`): get returns a copy that the caller frees, NULL when absent. Set inside a
 * transaction or by itself. */
char *store_setting(struct store *s, const char *key);
int store_set_setting(struct store *s, const char *key, const char *value, struct err *e);	/* NULL removes */

/* Opens every page of the file, runs integrity_check, and the journal against the rows (journal_check). 0, or -1 ERR_DAMAGED saying what. */
int store_check(struct store *s, struct err *e);

/* Changes whenever a committed transaction changed something: what the screens look at before they reload. */
uint64_t store_version(struct store *s);

#endif
