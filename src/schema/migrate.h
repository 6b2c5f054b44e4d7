/* migrate: brings a database to the schema of this program, step by numbered step, forward only.
 *
 * Each step is one transaction whose last statement is `PRAGMA user_version`, so that a crash leaves the database at the end of a step
 * and never inside one. The first step also claims the database by its application id. */
#ifndef SCHEMA_MIGRATE_H
#define SCHEMA_MIGRATE_H

#include <sqlite3.h>

#include "base/err.h"
#include "schema/schema.h"

#define STORE_APPLICATION_ID 0x4c564e54		/* "LVNT" */

/* Runs the steps of `list` (numbered 1, 2, 3 …, ended by version 0) that the database has not had. -1: ERR_REFUSED for a database of
 * another program or of a newer version of this one, which is left untouched; ERR_DAMAGED; or the step's own failure, with that
 * step rolled back and the ones before it kept. */
int migrate_run(sqlite3 *db, const struct migration *list, struct err *e);

/* The number of the last step that the database had; -1 when that cannot be read. */
int migrate_version(sqlite3 *db, struct err *e);

#endif
