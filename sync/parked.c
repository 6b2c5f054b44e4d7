#include "sync/parked.h"

#include "base/clock.h"

static sqlite3_stmt *prepare(struct store *s, const char *sql, const struct peer *p, int64_t seq, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, sql, e);

	if (st == NULL)
		return NULL;
	store_bind_text(st, 1, p->pub.id);
	sqlite3_bind_int64(st, 2, p->epoch);
	sqlite3_bind_int64(st, 3, seq);
	return st;
}

/* 1: there is room for this file. */
static int room(struct store *s, const struct peer *p, int64_t seq, const struct spool *sp, struct err *e)
{
	sqlite3_stmt *st = prepare(s,
	    "SELECT count(*), coalesce(sum(length(file)), 0) FROM parked WHERE peer = ?1 AND epoch = ?2"
	    " AND (seq <> ?3 OR hash <> ?4)", p, seq, e);
	int result;

	if (st == NULL)
		return -1;
	store_bind_text(st, 4, sp->hash);
	result = store_step(s, st, e);
	if (result == 1)
		result = sqlite3_column_int64(st, 0) < PARKED_FILES && sqlite3_column_int64(st,
		    1) + sp->size <= PARKED_BYTES;
	sqlite3_reset(st);
	return result;
}

int parked_add(struct store *s, const struct peer *p, int64_t seq, const struct spool *sp, struct err *e)
{
	struct buf file = BUF_INIT;
	int result = room(s, p, seq, sp, e);
	sqlite3_stmt *st;

	if (result != 1)
		return result < 0 ? -1 : 1;
	buf_reserve(&file, (size_t)sp->size);
	if (spool_read(sp, 0, file.data, (size_t)sp->size, e) != sp->size)
		result = -1;
	st = prepare(s, "INSERT OR IGNORE INTO parked(peer, epoch, seq, hash, file, arrived) VALUES(?1, ?2, ?3, ?4, ?5, ?6)",
	    p, seq, e);
	if (result == 1 && st != NULL) {
		store_bind_text(st, 4, sp->hash);
		sqlite3_bind_blob64(st, 5, file.data, (uint64_t)sp->size, SQLITE_STATIC);
		sqlite3_bind_int64(st, 6, clock_wall_ms());
		result = store_run(s, st, e);
	} else {
		result = -1;
	}
	buf_release(&file);
	return result;
}

int parked_next(struct store *s, const struct peer *p, struct buf *file, struct err *e)
{
	sqlite3_stmt *st = prepare(s,
	    "SELECT file FROM parked WHERE peer = ?1 AND epoch = ?2 AND seq = ?3 ORDER BY hash LIMIT 1", p,
	    p->in_seq + 1, e);
	int found;

	if (st == NULL)
		return -1;
	found = store_step(s, st, e);
	if (found == 1)
		buf_add(file, sqlite3_column_blob(st, 0), (size_t)sqlite3_column_bytes(st, 0));
	sqlite3_reset(st);
	return found;
}

int parked_drop(struct store *s, const struct peer *p, int64_t seq, const char *hash, struct err *e)
{
	sqlite3_stmt *st = prepare(s,
	    "DELETE FROM parked WHERE peer = ?1 AND epoch = ?2 AND seq = ?3 AND hash = ?4", p, seq, e);

	if (st == NULL)
		return -1;
	store_bind_text(st, 4, hash);
	return store_run(s, st, e);
}

int parked_trim(struct store *s, const struct peer *p, struct err *e)
{
	sqlite3_stmt *st = prepare(s, "DELETE FROM parked WHERE peer = ?1 AND (epoch <> ?2 OR seq <= ?3)", p,
	    p->in_seq, e);

	return st == NULL ? -1 : store_run(s, st, e);
}

int parked_expire(struct store *s, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, "DELETE FROM parked WHERE arrived <= ?1", e);

	if (st == NULL)
		return -1;
	sqlite3_bind_int64(st, 1, clock_wall_ms() - PARKED_LIFE_MS);
	return store_run(s, st, e);
}
