#include "sync/quarantine.h"

#include <string.h>

#include "base/clock.h"
#include "crypto/minisig.h"

#define CHUNK 65536

/* Fills the last row's bytes piece by piece: whoever may write to the folder decides how large a file is, and
 * should not decide how much memory it takes. */
static int fill(struct store *s, const struct spool *sp, struct err *e)
{
	sqlite3 *db = store_db(s);
	sqlite3_blob *blob = NULL;
	char data[CHUNK];
	ssize_t n = 0;
	int at = 0;

	if (sqlite3_blob_open(db, "main", "quarantine", "file", sqlite3_last_insert_rowid(db), 1, &blob) != SQLITE_OK) {
		store_error(s, e);
		sqlite3_blob_close(blob);
		return -1;
	}
	while (at < sp->size && (n = spool_read(sp, at, data, sizeof data, e)) > 0) {
		if (sqlite3_blob_write(blob, data, (int)n, at) != SQLITE_OK) {
			n = store_error(s, e);
			break;
		}
		at += (int)n;
	}
	sqlite3_blob_close(blob);
	return n < 0 ? -1 : 0;
}

/* True when the same bytes are here already, or are told of already where they could not be kept; their reason and
 * time are then made new. */
static int known(struct store *s, const char *hash, const char *origin, const char *reason, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s,
	    "UPDATE quarantine SET reason = ?2, arrived = ?3 WHERE hash = ?1 AND (hash <> '' OR origin = ?4)",
	    e);

	if (st == NULL)
		return -1;
	store_bind_text(st, 1, hash);
	store_bind_text(st, 2, reason);
	sqlite3_bind_int64(st, 3, clock_wall_ms());
	store_bind_text(st, 4, origin);
	return store_run(s, st, e) != 0 ? -1 : sqlite3_changes(store_db(s)) > 0;
}

static int insert(struct store *s, const struct spool *sp, const char *origin, const char *reason, struct err *e)
{
	bool keeps = sp != NULL && sp->size <= QUARANTINE_BYTES;
	sqlite3_stmt *st = store_prepare(s,
	    "INSERT INTO quarantine(hash, origin, reason, arrived, size, file) VALUES(?1, ?2, ?3, ?4, ?5, ?6)",
	    e);

	if (st == NULL)
		return -1;
	store_bind_text(st, 1, sp != NULL ? sp->hash : "");
	store_bind_text(st, 2, origin);
	store_bind_text(st, 3, reason);
	sqlite3_bind_int64(st, 4, clock_wall_ms());
	sqlite3_bind_int64(st, 5, sp != NULL ? sp->size : 0);
	if (keeps)
		sqlite3_bind_zeroblob64(st, 6, (uint64_t)sp->size);
	if (store_run(s, st, e) != 0)
		return -1;
	return keeps && sp->size > 0 ? fill(s, sp, e) : 0;
}

/* Beyond the limits the oldest go: their bytes first, then that they were here. */
static int trim(struct store *s, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, "UPDATE quarantine SET file = NULL WHERE id IN (SELECT id FROM"
	    " (SELECT id, sum(size) OVER (ORDER BY id DESC) AS total FROM quarantine WHERE file IS NOT NULL) WHERE total > ?1)", e);

	if (st == NULL)
		return -1;
	sqlite3_bind_int64(st, 1, QUARANTINE_BYTES);
	if (store_run(s, st, e) != 0)
		return -1;
	st = store_prepare(s, "DELETE FROM quarantine WHERE id <= (SELECT max(id) FROM quarantine) - ?1", e);
	if (st == NULL)
		return -1;
	sqlite3_bind_int64(st, 1, QUARANTINE_FILES);
	return store_run(s, st, e);
}

int quarantine_add(struct store *s, const struct spool *sp, const char *origin, const char *reason,
    struct err *e)
{
	int result;

	if (store_begin(s, e) != 0)
		return -1;
	result = known(s, sp != NULL ? sp->hash : "", origin, reason, e);
	if (result == 0)
		result = insert(s, sp, origin, reason, e) != 0 || trim(s, e) != 0 ? -1 : 0;
	if (result < 0) {
		store_rollback(s);
		return -1;
	}
	return store_commit(s, e);
}

/* Where the four lines end; 0: there are none. */
static size_t block_end(const char *data, size_t len)
{
	size_t at = 0;

	for (int line = 0; line < 4; line++) {
		const char *end = memchr(data + at, '\n', len - at);

		if (end == NULL)
			return 0;
		at = (size_t)(end - data) + 1;
	}
	return at;
}

static int cut_one(struct store *s, int64_t id, const char *block, size_t len, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, "UPDATE quarantine SET file = ?2 WHERE id = ?1", e);

	if (st == NULL)
		return -1;
	sqlite3_bind_int64(st, 1, id);
	if (len > 0)
		sqlite3_bind_blob64(st, 2, block, len, SQLITE_STATIC);
	return store_run(s, st, e);
}

int quarantine_cut(struct store *s, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, "SELECT id, substr(file, 1, ?2), length(file) FROM quarantine WHERE arrived <= ?1 AND file IS NOT NULL", e);
	int more;

	if (st == NULL)
		return -1;
	sqlite3_bind_int64(st, 1, clock_wall_ms() - QUARANTINE_LIFE_MS);
	sqlite3_bind_int(st, 2, MINISIG_BLOCK_MAX);
	while ((more = store_step(s, st, e)) == 1) {
		char block[MINISIG_BLOCK_MAX];
		size_t len = (size_t)sqlite3_column_bytes(st, 1), end;

		if (len > 0)
			memcpy(block, sqlite3_column_blob(st, 1), len);
		end = block_end(block, len);
		if ((int64_t)end < sqlite3_column_int64(st, 2) && cut_one(s, sqlite3_column_int64(st, 0), block, end, e) != 0) {
			more = -1;
			break;
		}
	}
	sqlite3_reset(st);
	return more;
}
