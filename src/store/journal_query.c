/* Reading the journal: the operations of a device, or of a set of records. Refused operations are left out. */
#include <string.h>

#include "base/i18n.h"
#include "store/journal_private.h"

/* Columns hlc, tbl, kind, pk, body from `first` on. */
static int column_operation(sqlite3_stmt *st, int first, struct operation *op, struct err *e)
{
	op->hlc = (uint64_t)sqlite3_column_int64(st, first);
	op->tbl = sqlite3_column_int(st, first + 1);
	op->kind = sqlite3_column_int(st, first + 2);
	op->pk = (const char *)sqlite3_column_text(st, first + 3);
	op->pk_len = (size_t)sqlite3_column_bytes(st, first + 3);
	op->body = (const char *)sqlite3_column_text(st, first + 4);
	op->body_len = (size_t)sqlite3_column_bytes(st, first + 4);
	return op->pk != NULL ? 0 : err_set(e, ERR_DAMAGED, _("operation %lld of the journal is damaged"), (long long)op->seq);
}

static sqlite3_stmt *prepare_range(struct journal *j, const char *sql, int dev, int64_t from, int64_t to, struct err *e)
{
	sqlite3_stmt *st;

	if (sqlite3_prepare_v2(j->db, sql, -1, &st, NULL) != SQLITE_OK) {
		journal_fail(j, e);
		return NULL;
	}
	sqlite3_bind_int(st, 1, dev);
	sqlite3_bind_int64(st, 2, from);
	sqlite3_bind_int64(st, 3, to);
	return st;
}

/* The next refused number from *next on; INT64_MAX at the end. Both lists are in order, so one walk along the second is enough. */
static int64_t next_refused(sqlite3_stmt *st)
{
	return sqlite3_step(st) == SQLITE_ROW ? sqlite3_column_int64(st, 0) : INT64_MAX;
}

static int walk(struct journal *j, sqlite3_stmt *log, sqlite3_stmt *refused, int dev, operation_fn each, void *context, struct err *e)
{
	int64_t skip = next_refused(refused);
	struct operation op = { .dev = dev };
	int rc;

	while ((rc = sqlite3_step(log)) == SQLITE_ROW) {
		op.seq = sqlite3_column_int64(log, 0);
		while (skip < op.seq)
			skip = next_refused(refused);
		if (skip == op.seq)
			continue;
		if (column_operation(log, 1, &op, e) != 0 || each(context, &op, e) != 0)
			return -1;
	}
	return rc == SQLITE_DONE ? 0 : journal_fail(j, e);
}

/* No operation is that of device 0. */
static int each_in(struct journal *j, int dev, int refused_of, int64_t from, int64_t to, operation_fn each, void *context, struct err *e)
{
	sqlite3_stmt *log, *refused;
	int rc = -1;

	log = prepare_range(j, "SELECT seq, hlc, tbl, kind, pk, body FROM oplog WHERE dev = ? AND seq BETWEEN ? AND ? ORDER BY seq",
	    dev, from, to, e);
	refused = prepare_range(j, "SELECT seq FROM refused WHERE dev = ? AND seq BETWEEN ? AND ? ORDER BY seq", refused_of, from, to, e);
	if (log != NULL && refused != NULL)
		rc = walk(j, log, refused, dev, each, context, e);
	sqlite3_finalize(log);
	sqlite3_finalize(refused);
	return rc;
}

int journal_each(struct journal *j, int dev, int64_t from, int64_t to, operation_fn each, void *context, struct err *e)
{
	return each_in(j, dev, dev, from, to, each, context, e);
}

int journal_each_sent(struct journal *j, int dev, int64_t from, int64_t to, operation_fn each, void *context, struct err *e)
{
	return each_in(j, dev, 0, from, to, each, context, e);
}

int journal_wanted_reset(struct journal *j, struct err *e)
{
	static const char sql[] = "CREATE TEMP TABLE IF NOT EXISTS wanted(tbl INTEGER NOT NULL, pk TEXT NOT NULL,"
	    " PRIMARY KEY(tbl, pk)) WITHOUT ROWID; DELETE FROM temp.wanted;";

	return journal_exec(j, sql, e);
}

int journal_wanted_add(struct journal *j, int tbl, const char *pk, struct err *e)
{
	sqlite3_stmt *st = journal_sql(j, SQL_WANT, e);

	if (st == NULL)
		return -1;
	journal_bind_record(st, tbl, pk, strlen(pk));
	return journal_run(j, st, e);
}

int journal_each_wanted(struct journal *j, operation_fn each, void *context, struct err *e)
{
	static const char sql[] = "SELECT o.dev, o.seq, o.hlc, o.tbl, o.kind, o.pk, o.body FROM oplog o CROSS JOIN temp.wanted w"
	    " ON w.tbl = o.tbl AND w.pk = o.pk CROSS JOIN device d ON d.no = o.dev"
	    " WHERE " OPERATION_COUNTS " ORDER BY o.hlc, d.tag";
	struct operation op;
	sqlite3_stmt *st;
	int rc;

	if (sqlite3_prepare_v2(j->db, sql, -1, &st, NULL) != SQLITE_OK)
		return journal_fail(j, e);
	while ((rc = sqlite3_step(st)) == SQLITE_ROW) {
		op.dev = sqlite3_column_int(st, 0);
		op.seq = sqlite3_column_int64(st, 1);
		if (column_operation(st, 2, &op, e) != 0 || each(context, &op, e) != 0)
			break;
	}
	if (rc != SQLITE_DONE && rc != SQLITE_ROW)
		journal_fail(j, e);
	sqlite3_finalize(st);
	return rc == SQLITE_DONE ? 0 : -1;
}
