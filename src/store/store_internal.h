/* store_internal: what the parts of the store share, and the options that tests and the bench open one with. */
#ifndef STORE_STORE_INTERNAL_H
#define STORE_STORE_INTERNAL_H

#include "seal/header.h"
#include "seal/holder.h"
#include "schema/schema.h"
#include "store/store.h"

#define CACHE_SPILL "PRAGMA cache_spill = 65536"	/* pages (store.c) */

struct store_options {
	const char *under;			/* VFS underneath; NULL: the system's */
	const struct migration *migrations;	/* schema to bring the store to */
	int (*functions)(sqlite3 *db, struct err *e);	/* NULL: none */
	bool journal;				/* attach the journal, whose tables the migrations made */
};

/* Statements by the address of their text: a table with open addressing, `room` a power of two. */
struct statements {
	struct statement { const char *sql; sqlite3_stmt *st; } *slots;
	size_t count, room;
};

struct store {
	struct store_options options;
	struct holder *holder;
	struct vfs *vfs;
	struct header header;
	bool fresh;			/* being made: the file has no page yet */
	bool damaged;			/* some page did not open, whether or not the caller passed it on */
	unsigned char *data_key;	/* guarded */
	sqlite3 *db;
	struct identity *identity;
	struct identity *renewed;	/* takes its place when the transaction commits; NULL: none */
	struct journal *journal;
	struct statements statements;
	int depth;			/* of nested transactions; 0: none */
	uint64_t version;
	sqlite3_int64 changes_seen;	/* total changes that `version` speaks of */
	store_watch_fn watch;		/* NULL: nobody watches */
	void *watch_context;
	bool interrupted;		/* by the watch, since it was set */
	bool unwatched;			/* the beginning or end of a transaction runs */
};

int store_create_with(const char *path, const struct store_key *key, const struct store_options *options, struct store **out,
    struct err *e);
int store_open_with(const char *path, const struct store_key *key, const struct store_options *options, struct store **out,
    struct err *e);

extern const struct store_options store_standard;	/* what store_open and store_create use */

struct store *store_new(const struct store_options *options);

/* From the locked file with its header read and the data key known to a connection that is up to date (no identity, no journal). */
int store_connect(struct store *s, struct err *e);
/* The identity out of the database, then the journal. */
int store_attach(struct store *s, struct err *e);
/* Opens, locks and reads the header of the file at `path`; takes the holder's place first unless that was done. */
int store_hold(struct store *s, const char *path, struct err *e);

/* -1, ERR_REFUSED, when the watch has interrupted: the gate that every statement passes. */
int store_gate(const struct store *s, struct err *e);

/* What store_renew made becomes the store's own, or goes: at the end of the transaction. */
void store_take_renewed(struct store *s);
void store_drop_renewed(struct store *s);

void store_finalize_all(struct store *s);
/* Ends the connection, with the log brought into the database; the file stays open and locked. */
int store_disconnect(struct store *s, struct err *e);

#endif
