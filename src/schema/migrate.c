#include "schema/migrate.h"

#include <stdio.h>

#include "base/i18n.h"

static int failed(sqlite3 *db, int version, struct err *e)
{
	int rc = sqlite3_errcode(db) & 0xff;
	enum err_code code = rc == SQLITE_CORRUPT || rc == SQLITE_NOTADB || sqlite3_extended_errcode(db) == SQLITE_IOERR_DATA
	    ? ERR_DAMAGED : ERR_REFUSED;

	if (version == 0)
		return err_set(e, code, _("the store's version cannot be read: %s"), sqlite3_errmsg(db));
	return err_set(e, code, _("step %d of the store's schema failed: %s"), version, sqlite3_errmsg(db));
}

static int read_number(sqlite3 *db, const char *sql, int *value, struct err *e)
{
	sqlite3_stmt *st = NULL;

	if (sqlite3_prepare_v2(db, sql, -1, &st, NULL) != SQLITE_OK || sqlite3_step(st) != SQLITE_ROW) {
		failed(db, 0, e);
		sqlite3_finalize(st);
		return -1;
	}
	*value = sqlite3_column_int(st, 0);
	sqlite3_finalize(st);
	return 0;
}

int migrate_version(sqlite3 *db, struct err *e)
{
	int version;

	return read_number(db, "PRAGMA user_version", &version, e) == 0 ? version : -1;
}

/* A pragma takes no bound values; both numbers are this program's own. */
static int set_number(sqlite3 *db, const char *pragma, int value)
{
	char sql[64];

	snprintf(sql, sizeof sql, "PRAGMA %s = %d", pragma, value);
	return sqlite3_exec(db, sql, NULL, NULL, NULL);
}

static int step(sqlite3 *db, const struct migration *m, struct err *e)
{
	if (m->sql != NULL && sqlite3_exec(db, m->sql, NULL, NULL, NULL) != SQLITE_OK)
		return failed(db, m->version, e);
	if (m->then != NULL && m->then(db, e) != 0)
		return -1;
	if (m->version == 1 && set_number(db, "application_id", STORE_APPLICATION_ID) != SQLITE_OK)
		return failed(db, m->version, e);
	if (set_number(db, "user_version", m->version) != SQLITE_OK || sqlite3_exec(db, "COMMIT", NULL, NULL, NULL) != SQLITE_OK)
		return failed(db, m->version, e);
	return 0;
}

int migrate_run(sqlite3 *db, const struct migration *list, struct err *e)
{
	int version, application, last = 0;

	if (read_number(db, "PRAGMA user_version", &version, e) != 0
	    || read_number(db, "PRAGMA application_id", &application, e) != 0)
		return -1;
	for (const struct migration *m = list; m->version != 0; m++) {
		bug_if(m->version != last + 1);
		last = m->version;
	}
	if (version != 0 && application != STORE_APPLICATION_ID)
		return err_set(e, ERR_REFUSED, _("this is the database of another program"));
	if (version < 0 || version > last)
		return err_set(e, ERR_REFUSED,
		    _("the store was written by a newer livenet (its schema is %d, this program knows %d): install the newer one"),
		    version, last);
	for (const struct migration *m = list + version; m->version != 0; m++) {
		if (sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL) != SQLITE_OK)
			return failed(db, m->version, e);
		if (step(db, m, e) != 0) {
			if (!sqlite3_get_autocommit(db))
				sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
			return -1;
		}
	}
	return 0;
}
