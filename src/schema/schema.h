/* schema: the tables of a store, as numbered migrations, and the rows that come with the program. The list of the replicated
 * tables (table.h) stands in schema_tables.c, what a record of the program's own begins with in schema_builtin.c, the 63 municipalities in
 * schema_municipalities.c, what only the sync needs in schema_sync.c.
 *
 * A replicated table has, besides id and the columns of table.h, `origin_hlc` and `origin_dev`: the stamp of the insert whose values the row
 * began with. The journal fills them (DEFAULT journal_stamp()); nobody else names them. An empty text is NULL in a row and in the journal:
 * it costs nothing there and four bytes in a bundle. */
#ifndef SCHEMA_SCHEMA_H
#define SCHEMA_SCHEMA_H

#include <sqlite3.h>

#include "base/err.h"
#include "schema/table.h"

struct migration {
	int version;			/* 1, 2, 3 … without gaps */
	const char *sql;		/* run in one transaction … */
	int (*then)(sqlite3 *db, struct err *e);	/* … with this after it, or NULL: rows that come with the program */
};

extern const struct migration migrations[];	/* ends with version 0 */
extern const int schema_version;		/* the last */

/* Every store begins with one programme, open and without dates, and with its targets, that nobody inserted; their ids are the same everywhere. Their
 * stamp is 0, which every edit counts as seen. */
#define PROGRAMME_FIRST "first"

/* A record that nobody inserted; NULL when table and id name no such one. */
struct schema_builtin {
	int since;			/* the migration that inserts it */
	const char *table, *id;
	const char *values[TABLE_COLUMNS_MAX];	/* by place in table.h; NULL: empty, 0 for deleted */
};
const struct schema_builtin *schema_builtin(const char *table, const char *id);
/* Those of one migration, as rows. Returns SQLite's code. */
int schema_builtin_insert(sqlite3 *db, int version);

/* Migration 3 (schema_programme.c). */
extern const char schema_programme_sql[];
/* Migration 4 (schema_journal.c). */
extern const char schema_journal_sql[];
/* Migration 5 (schema_exchange.c). */
extern const char schema_exchange_sql[];
/* The trigger by which a card that arrives changes what its set is shown under, and the same for the card ?1. */
extern const char schema_joined_insert[], schema_joined_show[];
/* → 0: the table joined is what the links and the cards say. */
extern const char schema_joined_differ[];

/* Tables of the sync, a part of migration 1 (schema_sync.c). */
extern const char schema_sync_sql[];

struct schema_municipality { const char *code, *kind, *name, *centre; };
extern const struct schema_municipality schema_municipalities[];	/* ends with a NULL code (schema_municipalities.c) */

#endif
