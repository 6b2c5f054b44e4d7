/* The journal's statements: those that are used all the time are kept, the others are prepared for once. */
#include "base/i18n.h"
#include "schema/schema.h"
#include "store/journal_private.h"

static const char *const statements[SQL_COUNT] = {
	[SQL_WATCH] = "INSERT INTO journal_watch VALUES(0)",
	[SQL_LOG] = "INSERT INTO oplog(dev, seq, hlc, tbl, kind, pk, body, bundle) VALUES(?, ?, ?, ?, ?, ?, ?, ?)",
	[SQL_IS_LOGGED] = "SELECT 1 FROM oplog WHERE dev = ? AND seq = ?",
	[SQL_OPERATION] = "SELECT hlc, tbl, kind, pk, body FROM oplog WHERE dev = ? AND seq = ?",
	[SQL_HEADS] = "SELECT col, hlc, dev, value FROM head WHERE tbl = ? AND pk = ?",
	[SQL_HEAD_ADD] = "INSERT INTO head(tbl, pk, col, hlc, dev, value) VALUES(?, ?, ?, ?, ?, ?)",
	[SQL_HEAD_REMOVE] = "DELETE FROM head WHERE tbl = ? AND pk = ? AND col = ? AND hlc = ? AND dev = ?",
	[SQL_SEEN] = "SELECT col, hlc, dev FROM seen WHERE tbl = ? AND pk = ?",
	[SQL_SEEN_ADD] = "INSERT INTO seen(tbl, pk, col, hlc, dev) VALUES(?, ?, ?, ?, ?)",
	[SQL_SEEN_REMOVE] = "DELETE FROM seen WHERE tbl = ? AND pk = ? AND col = ? AND hlc = ? AND dev = ?",
	[SQL_DEVICE_ADD] = "INSERT INTO device(tag) VALUES(?)",
	[SQL_DEVICE_SAVE] = "UPDATE device SET max_seq = ?2, max_hlc = ?3 WHERE no = ?1",
	[SQL_COUNTER_SAVE] = "INSERT INTO counter(name, value) VALUES(?1, ?2) ON CONFLICT(name) DO UPDATE SET value = ?2",
	[SQL_TALLY_SAVE] = "INSERT INTO tally(name, value) VALUES(?1, ?2) ON CONFLICT(name) DO UPDATE SET value = ?2",
	[SQL_TABLE_ADD] = "INSERT INTO dict_table(no, name, known) VALUES(?, ?, ?)",
	[SQL_COLUMN_ADD] = "INSERT INTO dict_column(tbl, no, name, known) VALUES(?, ?, ?, ?)",
	[SQL_REFUSE] = "INSERT OR REPLACE INTO refused(dev, seq, reason) VALUES(?, ?, ?)",
	[SQL_WANT] = "INSERT OR IGNORE INTO temp.wanted(tbl, pk) VALUES(?, ?)",
	[SQL_OPERATION_WHOLE] = "SELECT dev, seq, hlc, tbl, kind, pk, body, bundle FROM oplog WHERE dev = ? AND seq = ?",
	[SQL_OPERATION_REWRITE] = "UPDATE oplog SET body = ?3 WHERE dev = ?1 AND seq = ?2",
	[SQL_OPERATION_REMOVE] = "DELETE FROM oplog WHERE dev = ? AND seq = ?",
	[SQL_SUM_IN] = "UPDATE bundle_in SET sum = (sum + ?1) & 4611686018427387903 WHERE no = ?2 AND sum IS NOT NULL",
	[SQL_SUM_OUT] = "UPDATE outbox SET sum = (sum + ?1) & 4611686018427387903 WHERE ?2 BETWEEN first_op AND last_op AND sum IS NOT NULL",
	[SQL_BUNDLE_IN] = "SELECT peer, epoch, seq, hash FROM bundle_in WHERE no = ?",
	[SQL_BUNDLE_OUT] = "SELECT peer, epoch, seq, hash FROM outbox WHERE ?1 BETWEEN first_op AND last_op AND sum IS NOT NULL ORDER BY epoch DESC, seq DESC LIMIT 1",
	[SQL_IS_FOLDED] = "SELECT 1 FROM folded WHERE tbl = ? AND pk = ? AND dev = ? AND hlc >= ?",
	[SQL_IS_SEEN] = "SELECT 1 FROM seen WHERE tbl = ? AND pk = ? AND col = ? AND hlc = ? AND dev = ?",
	[SQL_ERASED] = "SELECT 1 FROM erased WHERE tbl = ? AND pk = ?",
	[SQL_ERASED_ADD] = "INSERT OR IGNORE INTO erased(tbl, pk) VALUES(?, ?)",
	[SQL_JOINED_SHOW] = schema_joined_show,
	[SQL_ERASING_ADD] = "INSERT OR IGNORE INTO temp.erasing(tbl, pk) VALUES(?, ?)",
};

int journal_fail(struct journal *j, struct err *e)
{
	int rc = sqlite3_errcode(j->db) & 0xff;
	bool damaged = rc == SQLITE_CORRUPT || rc == SQLITE_NOTADB || sqlite3_extended_errcode(j->db) == SQLITE_IOERR_DATA;

	return err_set(e, damaged ? ERR_DAMAGED : ERR_REFUSED, _("the journal of the store: %s"), sqlite3_errmsg(j->db));
}

sqlite3_stmt *journal_sql(struct journal *j, enum journal_sql which, struct err *e)
{
	sqlite3_stmt **st = &j->statements[which];

	if (*st == NULL && sqlite3_prepare_v3(j->db, statements[which], -1, SQLITE_PREPARE_PERSISTENT, st, NULL) != SQLITE_OK)
		journal_fail(j, e);
	return *st;
}

int journal_run(struct journal *j, sqlite3_stmt *st, struct err *e)
{
	int rc = sqlite3_step(st);

	if (rc != SQLITE_DONE && rc != SQLITE_ROW)
		journal_fail(j, e);
	sqlite3_reset(st);
	return rc == SQLITE_DONE || rc == SQLITE_ROW ? 0 : -1;
}

void journal_bind_record(sqlite3_stmt *st, int tbl, const char *pk, size_t pk_len)
{
	sqlite3_bind_int(st, 1, tbl);
	sqlite3_bind_text(st, 2, pk, (int)pk_len, SQLITE_STATIC);
}

void journal_bind_value(sqlite3_stmt *st, int i, const struct value *v)
{
	if (v->type == VALUE_INTEGER)
		sqlite3_bind_int64(st, i, v->number);
	else if (v->type == VALUE_TEXT && v->len > 0)
		sqlite3_bind_text(st, i, v->text, (int)v->len, SQLITE_STATIC);
	else
		sqlite3_bind_null(st, i);
}

int journal_exec(struct journal *j, const char *sql, struct err *e)
{
	return sqlite3_exec(j->db, sql, NULL, NULL, NULL) == SQLITE_OK ? 0 : journal_fail(j, e);
}

sqlite3_stmt *journal_prepare(struct journal *j, const char *sql, struct err *e)
{
	sqlite3_stmt *st = NULL;

	if (sqlite3_prepare_v2(j->db, sql, -1, &st, NULL) != SQLITE_OK)
		journal_fail(j, e);
	return st;
}

int journal_number(struct journal *j, const char *sql, const char *text, int64_t *out, struct err *e)
{
	sqlite3_stmt *st = journal_prepare(j, sql, e);
	bool got;

	*out = 0;
	if (st == NULL)
		return -1;
	sqlite3_bind_text(st, 1, text, -1, SQLITE_STATIC);
	got = sqlite3_step(st) == SQLITE_ROW;
	if (got)
		*out = sqlite3_column_int64(st, 0);
	else
		journal_fail(j, e);
	sqlite3_finalize(st);
	return got ? 0 : -1;
}

int journal_rows(struct journal *j, const char *sql, int parameter, journal_row_fn each, void *context, struct err *e)
{
	sqlite3_stmt *st;
	int rc;

	if (sqlite3_prepare_v2(j->db, sql, -1, &st, NULL) != SQLITE_OK)
		return journal_fail(j, e);
	if (sqlite3_bind_parameter_count(st) > 0)
		sqlite3_bind_int(st, 1, parameter);
	while ((rc = sqlite3_step(st)) == SQLITE_ROW)
		if (each(j, st, context, e) != 0)
			break;
	if (rc != SQLITE_DONE && rc != SQLITE_ROW)
		journal_fail(j, e);
	sqlite3_finalize(st);
	return rc == SQLITE_DONE ? 0 : -1;
}
