#include "sync/removals.h"

#include "base/buf.h"
#include "base/date.h"
#include "store/dictionary.h"
#include "store/journal_clock.h"

static int64_t begin_of_window(struct store *s)
{
	return journal_now_ms(store_journal(s)) - DATE_DAY_MS;
}

/* A statement about one table, whose name is the program's own; ?1 is the device, ?2 the table's number. */
static sqlite3_stmt *prepare(struct store *s, const char *before, const struct table *t, const char *after, int device, struct err *e)
{
	struct buf sql = BUF_INIT;
	sqlite3_stmt *st;

	buf_addf(&sql, "%s \"%s\" %s", before, t->name, after);
	st = store_prepare_once(s, sql.data, e);
	buf_release(&sql);
	if (st != NULL) {
		sqlite3_bind_int(st, 1, device);
		sqlite3_bind_int(st, 2, dictionary_table(store_journal(s), t->name));
	}
	return st;
}

/* Most devices have removed nothing of most tables. */
static int any_of(struct store *s, int device, const struct table *t, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, "SELECT 1 FROM removal WHERE dev = ?1 AND tbl = ?2 LIMIT 1", e);
	int any;

	if (st == NULL)
		return -1;
	sqlite3_bind_int(st, 1, device);
	sqlite3_bind_int(st, 2, dictionary_table(store_journal(s), t->name));
	any = store_step(s, st, e);
	sqlite3_reset(st);
	return any;
}

int removals_of(struct store *s, int device, const struct table *t, struct removals *out, struct err *e)
{
	int rc = any_of(s, device, t, e);
	sqlite3_stmt *st;

	*out = (struct removals){ .count = 0, .total = INT64_MAX };
	if (rc <= 0)
		return rc;
	st = prepare(s, "SELECT count(*), min(r.total) FROM removal r CROSS JOIN", t, "t ON t.id = r.pk AND t.deleted = 1 WHERE r.dev = ?1 AND r.tbl = ?2 AND r.at > ?3"
	    " AND NOT EXISTS(SELECT 1 FROM temp.going g WHERE g.tbl = r.tbl AND g.pk = r.pk)", device, e);
	if (st == NULL)
		return -1;
	sqlite3_bind_int64(st, 3, begin_of_window(s));
	rc = store_step(s, st, e) == 1 ? 0 : -1;
	if (rc == 0 && sqlite3_column_int64(st, 0) > 0)
		*out = (struct removals){ .count = sqlite3_column_int64(st, 0), .total = sqlite3_column_int64(st, 1) };
	sqlite3_finalize(st);
	return rc;
}

int removals_note(struct store *s, int device, const struct table *t, int64_t total, struct err *e)
{
	sqlite3_stmt *st = prepare(s, "INSERT OR REPLACE INTO removal(dev, tbl, pk, at, total) SELECT ?1, g.tbl, g.pk, ?3, ?4 FROM temp.going g"
	    " CROSS JOIN", t, "t ON t.id = g.pk AND t.deleted = 1 WHERE g.tbl = ?2", device, e);
	int rc;

	if (st == NULL)
		return -1;
	sqlite3_bind_int64(st, 3, journal_now_ms(store_journal(s)));
	sqlite3_bind_int64(st, 4, total);
	rc = store_step(s, st, e);
	sqlite3_finalize(st);
	return rc;
}

int removals_begin_anew(struct store *s, const char *agreed, struct err *e)
{
	struct buf sql = BUF_INIT;
	int rc;

	buf_addf(&sql, "DELETE FROM removal WHERE (dev, tbl) IN (SELECT o.dev, o.tbl FROM (%s) a JOIN oplog o ON o.dev = a.dev AND o.seq = a.seq)", agreed);
	rc = store_exec(s, sql.data, e);
	buf_release(&sql);
	return rc;
}

int removals_expire(struct store *s, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, "DELETE FROM removal WHERE at <= ?1", e);

	if (st == NULL)
		return -1;
	sqlite3_bind_int64(st, 1, begin_of_window(s));
	return store_run(s, st, e);
}
