#include "sync/reenter.h"

#define TABLE "temp.reentering"

static int run(struct apply *a, sqlite3_stmt *st, int64_t one, const char *two, struct err *e)
{
	if (st == NULL)
		return -1;
	sqlite3_bind_int64(st, 1, one);
	if (two != NULL)
		store_bind_text(st, 2, two);
	return store_run(a->s, st, e);
}

/* 1, 0, -1. Of a table that this program does not know only the journal could tell, in a walk: there a repetition is harmless. */
static int is_held(struct apply *a, int tbl, const char *id, struct err *e)
{
	const struct table *t = dictionary_known(a->j, tbl);
	struct buf sql = BUF_INIT;
	sqlite3_stmt *st;
	int held;

	if (t == NULL)
		return 0;
	buf_addf(&sql, "SELECT 1 FROM main.\"%s\" WHERE id = ?1 UNION ALL SELECT 1 FROM head WHERE tbl = ?2 AND pk = ?1 LIMIT 1", t->name);
	st = store_prepare_once(a->s, sql.data, e);
	buf_release(&sql);
	if (st == NULL)
		return -1;
	store_bind_text(st, 1, id);
	sqlite3_bind_int(st, 2, tbl);
	held = store_step(a->s, st, e);
	sqlite3_finalize(st);
	return held;
}

int reenter_note(struct apply *a, int tbl, const char *id, struct err *e)
{
	int held = is_held(a, tbl, id, e);

	if (held <= 0)
		return held;
	if (!a->reenters && store_exec(a->s, "CREATE TEMP TABLE IF NOT EXISTS reentering(tbl INTEGER NOT NULL, pk TEXT NOT NULL, PRIMARY KEY(tbl, pk))"
	    " WITHOUT ROWID; DELETE FROM " TABLE, e) != 0)
		return -1;
	a->reenters = true;
	return run(a, store_prepare(a->s, "INSERT OR IGNORE INTO " TABLE "(tbl, pk) VALUES(?1, ?2)", e), tbl, id, e);
}

/* What receipts took back waits in the same table `wanted`, and comes first. */
int reenter_begin(struct apply *a, struct err *e)
{
	if (!a->reenters || a->reentered)
		return 0;
	if (a->taken_back && journal_rebuild_wanted(a->j, e) != 0)
		return -1;
	a->taken_back = false;
	a->reentered = true;
	if (journal_wanted_reset(a->j, e) != 0 || store_exec(a->s, "INSERT INTO temp.wanted SELECT tbl, pk FROM " TABLE, e) != 0)
		return -1;
	return journal_forget_wanted(a->j, a->peer->done_op, e);
}

int reenter_end(struct apply *a, struct err *e)
{
	if (!a->reentered)
		return 0;
	if (journal_wanted_reset(a->j, e) != 0 || run(a, store_prepare(a->s, "INSERT INTO temp.wanted SELECT DISTINCT o.tbl, o.pk FROM oplog o JOIN " TABLE
	    " r ON r.tbl = o.tbl AND r.pk = o.pk WHERE o.dev = 1 AND o.seq > ?1", e), a->peer->done_op, NULL, e) != 0)
		return -1;
	return sqlite3_changes(store_db(a->s)) == 0 ? 0 : journal_rebuild_wanted(a->j, e);
}
