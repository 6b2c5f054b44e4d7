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

/* What waits, less what own operations under way still need, into the table `wanted`: 1 there is something, 0,
 * -1. */
static int gather(struct store *s, int64_t receipted, struct err *e)
{
	sqlite3_stmt *st;

	if (journal_wanted_reset(store_journal(s), e) != 0)
		return -1;
	st = store_prepare(s, "INSERT INTO temp.wanted SELECT tbl, pk FROM leaving EXCEPT SELECT tbl, pk FROM oplog WHERE dev = 1 AND seq > ?1", e);
	if (st == NULL)
		return -1;
	sqlite3_bind_int64(st, 1, receipted);
	return store_run(s, st, e) != 0 ? -1 : sqlite3_changes(store_db(s)) > 0;
}

int evict_ready(struct store *s, int64_t receipted, struct err *e)
{
	int some = gather(s, receipted, e);

	if (some <= 0)
		return some;
	if (journal_evict_wanted(store_journal(s), e) != 0)
		return -1;
	return store_exec(s, "DELETE FROM leaving WHERE EXISTS(SELECT 1 FROM temp.wanted w WHERE w.tbl = leaving.tbl AND w.pk = leaving.pk)", e);
}
