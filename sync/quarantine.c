#include "sync/quarantine.h"

#include <string.h>

#include "base/clock.h"
#include "crypto/minisig.h"

#define CHUNK 65536

/* Fills a row's bytes piece by piece: whoever may write to the folder decides how large a file is, and should not
 * decide how much memory it takes. */
static int fill(struct store *s, int64_t id, const struct spool *sp, struct err *e)
{
	sqlite3 *db = store_db(s);
	sqlite3_blob *blob = NULL;
	char data[CHUNK];
	ssize_t n = 0;
	int at = 0;

	if (sqlite3_blob_open(db, "main", "quarantine", "file", id, 1, &blob) != SQLITE_OK) {
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

/* The row of the same bytes, or of what could not be read and is told of already; 0: there is none. */
static int find(struct store *s, const char *hash, const char *origin, int64_t *id, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, "SELECT id FROM quarantine WHERE hash = ?1 AND (hash <> '' OR origin = ?2)", e);
	int found;

	*id = 0;
	if (st == NULL)
		return -1;
	store_bind_text(st, 1, hash);
	store_bind_text(st, 2, origin);
	found = store_step(s, st, e);
	if (found == 1)
		*id = sqlite3_column_int64(st, 0);
	sqlite3_reset(st);
	return found < 0 ? -1 : 0;
}

/* The row without its bytes. What is known gets its reason and time anew. */
static int put_row(struct store *s, const struct spool *sp, const struct quarantine_origin *from, const char *reason, int64_t *id, struct err *e)
{
	bool new = *id == 0;
	sqlite3_stmt *st = new ? store_prepare(s,
	    "INSERT INTO quarantine(hash, origin, reason, arrived, size, sender, seq, proved, answered) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?10)", e) :
	    store_prepare(s, "UPDATE quarantine SET reason = ?3, arrived = ?4, sender = ?6, seq = ?7, proved = ?8, answered = max(answered, ?10) WHERE id = ?9", e);

	if (st == NULL)
		return -1;
	if (new) {
		store_bind_text(st, 1, sp != NULL ? sp->hash : "");
		store_bind_text(st, 2, from->path);
		sqlite3_bind_int64(st, 5, sp != NULL ? sp->size : 0);
	} else {
		sqlite3_bind_int64(st, 9, *id);
	}
	store_bind_text(st, 3, reason);
	sqlite3_bind_int64(st, 4, clock_wall_ms());
	store_bind_text(st, 6, from->sender != NULL ? from->sender : "");
	sqlite3_bind_int64(st, 7, from->seq);
	sqlite3_bind_int(st, 8, from->proved);
	sqlite3_bind_int(st, 10, from->answered);
	if (store_run(s, st, e) != 0)
		return -1;
	if (new)
		*id = sqlite3_last_insert_rowid(store_db(s));
	return 0;
}

/* The bytes, where the row has not all of them. */
static int put_bytes(struct store *s, const struct spool *sp, int64_t id, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, "UPDATE quarantine SET file = ?2 WHERE id = ?1 AND length(file) IS NOT size", e);

	if (st == NULL)
		return -1;
	sqlite3_bind_int64(st, 1, id);
	sqlite3_bind_zeroblob64(st, 2, (uint64_t)sp->size);
	if (store_run(s, st, e) != 0)
		return -1;
	return sqlite3_changes(store_db(s)) > 0 && sp->size > 0 ? fill(s, id, sp, e) : 0;
}

static int run_limits(struct store *s, const char *sql, int64_t share, int64_t all, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, sql, e);

	if (st == NULL)
		return -1;
	sqlite3_bind_int64(st, 1, share);
	sqlite3_bind_int64(st, 2, all);
	return store_run(s, st, e);
}

/* All that is proved by nobody's signature has one share: whoever may write to the folder may claim to be anybody. */
#define SENDER "iif(proved, sender, '')"

/* Beyond the limits the oldest go, a sender's share first, and of them all what nobody signed; the bytes first, then that they were here. The newest file of a
 * sender is kept whatever its share, so that any file can be looked at. */
static int trim(struct store *s, struct err *e)
{
	if (run_limits(s, "UPDATE quarantine SET file = NULL WHERE id IN (SELECT id FROM (SELECT id, size,"
	    " sum(size) OVER (PARTITION BY " SENDER " ORDER BY id DESC) AS total FROM quarantine WHERE file IS NOT NULL) WHERE total > ?1 AND total > size AND ?2)",
	    QUARANTINE_SHARE_BYTES, 1, e) != 0 ||
	    run_limits(s, "UPDATE quarantine SET file = NULL WHERE id IN (SELECT id FROM (SELECT id,"
		" sum(size) OVER (ORDER BY proved DESC, id DESC) AS total FROM quarantine WHERE file IS NOT NULL) WHERE ?1 AND total > ?2)",
		1, QUARANTINE_BYTES, e) != 0)
		return -1;
	return run_limits(s, "DELETE FROM quarantine WHERE id IN (SELECT id FROM (SELECT id,"
	    " row_number() OVER (PARTITION BY " SENDER " ORDER BY id DESC) AS own, row_number() OVER (ORDER BY proved DESC, id DESC) AS place FROM quarantine)"
	    " WHERE own > ?1 OR place > ?2)", QUARANTINE_SHARE_FILES, QUARANTINE_FILES, e);
}

/* 1: its bytes are not there (any more). */
static int is_missing(struct store *s, int64_t id, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, "SELECT 1 FROM quarantine WHERE id = ?1 AND file IS NOT NULL", e);
	int found;

	if (st == NULL)
		return -1;
	sqlite3_bind_int64(st, 1, id);
	found = store_step(s, st, e);
	sqlite3_reset(st);
	return found < 0 ? -1 : found == 0;
}

static int add(struct store *s, const struct spool *sp, const struct quarantine_origin *from, const char *reason, struct err *e)
{
	bool keeps = sp != NULL && sp->size <= QUARANTINE_BYTES;
	int64_t id;

	if (find(s, sp != NULL ? sp->hash : "", from->path, &id, e) != 0 || put_row(s, sp, from, reason, &id, e) != 0 ||
	    (keeps && put_bytes(s, sp, id, e) != 0) || trim(s, e) != 0)
		return -1;
	return sp != NULL ? is_missing(s, id, e) : 0;
}

int quarantine_add(struct store *s, const struct spool *sp, const struct quarantine_origin *from, const char *reason, struct err *e)
{
	int result;

	if (store_begin(s, e) != 0)
		return -1;
	result = add(s, sp, from, reason, e);
	if (result < 0) {
		store_rollback(s);
		return -1;
	}
	return store_commit(s, e) == 0 ? result : -1;
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
