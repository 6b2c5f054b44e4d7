/* Keeps the journal's counters in memory true when SQLite rolls back. Own sequence numbers have no gaps, so the counter must fall back with a
 * savepoint, and with a single statement that fails half-way, too. SQLite tells this to virtual tables only: so there is one without
 * rows, which takes part in every transaction that changes a record. */
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "store/journal_private.h"

struct watch {
	sqlite3_vtab base;
	struct journal *journal;
};

static struct journal *journal_of(sqlite3_vtab *v)
{
	return ((struct watch *)v)->journal;
}

static int connect(sqlite3 *db, void *context, int argc, const char *const *argv, sqlite3_vtab **out, char **message)
{
	struct watch *w;
	int rc = sqlite3_declare_vtab(db, "CREATE TABLE watch(a)");

	(void)argc;
	(void)argv;
	(void)message;
	if (rc != SQLITE_OK)
		return rc;
	w = sqlite3_malloc(sizeof *w);
	if (w == NULL)
		return SQLITE_NOMEM;
	memset(w, 0, sizeof *w);
	w->journal = context;
	*out = &w->base;
	return SQLITE_OK;
}

static int disconnect(sqlite3_vtab *v)
{
	sqlite3_free(v);
	return SQLITE_OK;
}

static int best_index(sqlite3_vtab *v, sqlite3_index_info *info)
{
	(void)v;
	(void)info;
	return SQLITE_CONSTRAINT;	/* not to be read */
}

/* The insert of journal_join: nothing to keep. */
static int update(sqlite3_vtab *v, int argc, sqlite3_value **argv, sqlite3_int64 *rowid)
{
	(void)v;
	(void)argc;
	(void)argv;
	*rowid = 1;
	return SQLITE_OK;
}

static int begin(sqlite3_vtab *v)
{
	struct journal *j = journal_of(v);

	j->base = j->now;
	j->point_count = 0;
	j->joined = true;
	return SQLITE_OK;
}

static int sync_(sqlite3_vtab *v)
{
	return journal_flush(journal_of(v), NULL) == 0 ? SQLITE_OK : SQLITE_ERROR;
}

static int commit(sqlite3_vtab *v)
{
	journal_of(v)->joined = false;
	return SQLITE_OK;
}

static int rollback(sqlite3_vtab *v)
{
	struct journal *j = journal_of(v);

	j->now = j->base;
	j->joined = false;
	j->dirty = true;		/* the clock and the record counter went on */
	return SQLITE_OK;
}

/* Savepoints that were open before this transaction was joined saw no change, so the first call fills their places too. */
static int savepoint(sqlite3_vtab *v, int n)
{
	struct journal *j = journal_of(v);

	if (n < 0)
		return SQLITE_OK;
	if (n >= j->point_count) {
		j->points = mem_resize(j->points, (size_t)n + 1, sizeof *j->points);
		for (int i = j->point_count; i < n; i++)
			j->points[i] = j->now;
		j->point_count = n + 1;
	}
	j->points[n] = j->now;
	return SQLITE_OK;
}

static int release(sqlite3_vtab *v, int n)
{
	(void)v;
	(void)n;
	return SQLITE_OK;
}

static int rollback_to(sqlite3_vtab *v, int n)
{
	struct journal *j = journal_of(v);

	j->now = n >= 0 && n < j->point_count ? j->points[n] : j->base;
	return SQLITE_OK;
}

int journal_watch_register(struct journal *j, struct err *e)
{
	static const sqlite3_module module = {
		.iVersion = 2,
		.xConnect = connect,
		.xDisconnect = disconnect,
		.xBestIndex = best_index,
		.xUpdate = update,
		.xBegin = begin,
		.xSync = sync_,
		.xCommit = commit,
		.xRollback = rollback,
		.xSavepoint = savepoint,
		.xRelease = release,
		.xRollbackTo = rollback_to,
	};

	return sqlite3_create_module(j->db, "journal_watch", &module, j) == SQLITE_OK ? 0 : journal_fail(j, e);
}

int journal_join(struct journal *j, struct err *e)
{
	sqlite3_stmt *st;

	if (j->joined)
		return 0;
	if (sqlite3_get_autocommit(j->db))
		return err_set(e, ERR_REFUSED, _("records are changed inside a transaction of the store only"));
	st = journal_sql(j, SQL_WATCH, e);
	return st == NULL ? -1 : journal_run(j, st, e);
}
