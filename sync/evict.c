#include "sync/evict.h"

#include "store/journal.h"

static int run(struct store *s, sqlite3_stmt *st, int tbl, const char *id, struct err *e)
{
	if (st == NULL)
		return -1;
	sqlite3_bind_int(st, 1, tbl);
	store_bind_text(st, 2, id);
	return store_run(s, st, e);
}

int evict_later(struct store *s, int tbl, const char *id, struct err *e)
{
	return run(s, store_prepare(s, "INSERT OR IGNORE INTO leaving(tbl, pk) VALUES(?1, ?2)", e), tbl, id, e);
}

int evict_not(struct store *s, int tbl, const char *id, struct err *e)
{
	return run(s, store_prepare(s, "DELETE FROM leaving WHERE tbl = ?1 AND pk = ?2", e), tbl, id, e);
}

/* What waits, less what own operations under way still need. */
static int gather(struct store *s, int64_t receipted, struct err *e)
{
	sqlite3_stmt *st;

	if (store_exec(s, "CREATE TEMP TABLE IF NOT EXISTS going_away(tbl INTEGER, pk TEXT); DELETE FROM temp.going_away", e) != 0)
		return -1;
	st = store_prepare(s, "INSERT INTO temp.going_away SELECT tbl, pk FROM leaving"
	    " EXCEPT SELECT tbl, pk FROM oplog WHERE dev = 1 AND seq > ?1", e);
	if (st == NULL)
		return -1;
	sqlite3_bind_int64(st, 1, receipted);
	return store_run(s, st, e);
}

int evict_ready(struct store *s, int64_t receipted, struct err *e)
{
	sqlite3_stmt *st;
	int more;

	if (gather(s, receipted, e) != 0)
		return -1;
	st = store_prepare(s, "SELECT tbl, pk FROM temp.going_away", e);
	if (st == NULL)
		return -1;
	while ((more = store_step(s, st, e)) == 1)
		if (journal_evict(store_journal(s), sqlite3_column_int(st, 0), store_text(st, 1), e) != 0) {
			more = -1;
			break;
		}
	sqlite3_reset(st);
	if (more != 0)
		return -1;
	return store_exec(s, "DELETE FROM leaving WHERE EXISTS(SELECT 1 FROM temp.going_away g WHERE g.tbl = leaving.tbl AND g.pk = leaving.pk)", e);
}
