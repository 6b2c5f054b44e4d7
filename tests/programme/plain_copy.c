#include "tests/programme/plain_copy.h"

#include "base/buf.h"
#include "schema/table.h"

static int fail(sqlite3 *db, struct err *e)
{
	return err_set(e, ERR_REFUSED, "the copy: %s", sqlite3_errmsg(db));
}

static void add_columns(const struct table *t, struct buf *out)
{
	buf_adds(out, "id");
	for (int i = 0; i < t->count; i++)
		buf_addf(out, ", \"%s\"", t->columns[i].name);
}

/* The rows that `select` gives, as they are, by `insert`. */
static int copy_rows(struct store *s, sqlite3 *to, const char *select, const char *insert, struct err *e)
{
	sqlite3_stmt *from = store_prepare_once(s, select, e), *into = NULL;
	int rc;

	if (from == NULL)
		return -1;
	if (sqlite3_prepare_v2(to, insert, -1, &into, NULL) != SQLITE_OK) {
		sqlite3_finalize(from);
		return fail(to, e);
	}
	while ((rc = store_step(s, from, e)) == 1) {
		for (int i = 0; i < sqlite3_column_count(from); i++)
			sqlite3_bind_value(into, i + 1, sqlite3_column_value(from, i));
		if (sqlite3_step(into) != SQLITE_DONE) {
			rc = fail(to, e);
			break;
		}
		sqlite3_reset(into);
	}
	sqlite3_finalize(from);
	sqlite3_finalize(into);
	return rc;
}

static int copy_table(struct store *s, sqlite3 *to, const char *name, const char *columns, int count, struct err *e)
{
	struct buf create = BUF_INIT, select = BUF_INIT, insert = BUF_INIT;
	int rc;

	buf_addf(&create, "CREATE TABLE \"%s\"(%s)", name, columns);
	buf_addf(&select, "SELECT %s FROM \"%s\"", columns, name);
	buf_addf(&insert, "INSERT INTO \"%s\" VALUES(?", name);
	for (int i = 1; i < count; i++)
		buf_adds(&insert, ", ?");
	buf_addc(&insert, ')');
	rc = sqlite3_exec(to, create.data, NULL, NULL, NULL) == SQLITE_OK ? copy_rows(s, to, select.data, insert.data, e) : fail(to, e);
	buf_release(&create);
	buf_release(&select);
	buf_release(&insert);
	return rc;
}

static int copy_all(struct store *s, sqlite3 *to, struct err *e)
{
	struct buf columns = BUF_INIT;
	int rc = copy_table(s, to, "municipality", "code, kind, name, centre", 4, e);

	for (int i = 0; tables[i] != NULL && rc == 0; i++) {
		buf_reset(&columns);
		add_columns(tables[i], &columns);
		rc = copy_table(s, to, tables[i]->name, columns.data, tables[i]->count + 1, e);
	}
	buf_release(&columns);
	return rc;
}

int plain_copy(struct store *s, const char *path, struct err *e)
{
	sqlite3 *to = NULL;
	int rc;

	if (sqlite3_open_v2(path, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, "unix") != SQLITE_OK ||
	    sqlite3_exec(to, "BEGIN", NULL, NULL, NULL) != SQLITE_OK)
		rc = fail(to, e);
	else
		rc = copy_all(s, to, e);
	if (rc == 0 && sqlite3_exec(to, "COMMIT", NULL, NULL, NULL) != SQLITE_OK)
		rc = fail(to, e);
	sqlite3_close(to);
	return rc;
}
