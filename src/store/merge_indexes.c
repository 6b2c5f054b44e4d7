#include "store/merge_indexes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Tables that grow by thousands, and that nothing asks by an index while a bundle is read. */
static const char *const big[BULK_TABLES] = { "person", "attendance", "participation" };

static int find_big(const struct kind *k)
{
	for (int i = 0; i < BULK_TABLES; i++)
		if (strcmp(big[i], k->known->name) == 0)
			return i;
	return -1;
}

/* One index: 1 it is away, 0 it cannot be now (a statement reads the table), -1. Its words are kept. */
static int drop(struct journal *j, const char *name, const char *words, struct buf *kept, struct err *e)
{
	struct buf sql = BUF_INIT;
	int rc;

	buf_addf(&sql, "DROP INDEX \"%s\"", name);
	rc = sqlite3_exec(j->db, sql.data, NULL, NULL, NULL);
	buf_release(&sql);
	if (rc == SQLITE_OK)
		buf_addf(kept, "%s;", words);
	return rc == SQLITE_OK ? 1 : rc == SQLITE_LOCKED ? 0 : journal_fail(j, e);
}

/* Names and words first: an index is not dropped while the list of them is read. */
static int read_indexes(struct journal *j, const char *table, struct buf *out, struct err *e)
{
	sqlite3_stmt *st;
	int rc;

	if (sqlite3_prepare_v2(j->db, "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL ORDER BY name", -1, &st,
	    NULL) != SQLITE_OK)
		return journal_fail(j, e);
	sqlite3_bind_text(st, 1, table, -1, SQLITE_STATIC);
	while ((rc = sqlite3_step(st)) == SQLITE_ROW)
		for (int i = 0; i < 2; i++)
			buf_add(out, sqlite3_column_text(st, i), (size_t)sqlite3_column_bytes(st, i) + 1);	/* with the NUL */
	sqlite3_finalize(st);
	return rc == SQLITE_DONE ? 0 : journal_fail(j, e);
}

static int put_away(struct journal *j, int which, struct err *e)
{
	struct buf list = BUF_INIT, kept = BUF_INIT;
	int rc = read_indexes(j, big[which], &list, e) == 0 ? 1 : -1;

	for (const char *p = list.data, *end = p + list.len; p < end && rc == 1;) {
		const char *words = p + strlen(p) + 1;

		rc = drop(j, p, words, &kept, e);
		p = words + strlen(words) + 1;
	}
	free(j->bulk.words[which]);
	j->bulk.words[which] = kept.len > 0 ? buf_detach(&kept) : NULL;
	if (j->bulk.words[which] != NULL)
		j->now.away |= 1u << which;
	buf_release(&list);
	buf_release(&kept);
	return rc < 0 ? -1 : 0;
}

int indexes_note(struct journal *j, const struct kind *k, struct err *e)
{
	int which = find_big(k);
	int64_t rows;

	if (which < 0 || ++j->bulk.inserted[which] % INDEXES_STEP != 0 || (j->now.away & 1u << which) != 0)
		return 0;
	rows = j->now.visible[k->place];
	if (j->bulk.left < 3 * INDEXES_STEP || j->bulk.left < rows / 3 || rows + j->bulk.left > INDEXES_ROWS_MAX)
		return 0;
	return put_away(j, which, e);
}

static int cache_size(sqlite3 *db)
{
	sqlite3_stmt *st;
	int size = 0;

	if (sqlite3_prepare_v2(db, "PRAGMA cache_size", -1, &st, NULL) == SQLITE_OK && sqlite3_step(st) == SQLITE_ROW)
		size = sqlite3_column_int(st, 0);
	sqlite3_finalize(st);
	return size;
}

static void set_cache_size(sqlite3 *db, int size)
{
	char sql[40];

	snprintf(sql, sizeof sql, "PRAGMA cache_size = %d", size);
	sqlite3_exec(db, sql, NULL, NULL, NULL);
}

static int make_again(struct journal *j, struct err *e)
{
	for (int i = 0; i < BULK_TABLES; i++)
		if ((j->now.away & 1u << i) != 0 && sqlite3_exec(j->db, j->bulk.words[i], NULL, NULL, NULL) != SQLITE_OK)
			return journal_fail(j, e);
	j->now.away = 0;
	return 0;
}

/* To sort, SQLite takes as much memory as the cache may have. The cache gives up its own for it: the table is read once, in order, and the new pages are written
 * once. */
static int restore_within(struct journal *j, struct err *e)
{
	int before = cache_size(j->db), rc;

	sqlite3_db_cacheflush(j->db);
	sqlite3_db_release_memory(j->db);
	set_cache_size(j->db, -INDEXES_CACHE);
	rc = make_again(j, e);
	set_cache_size(j->db, before);
	return rc;
}

int indexes_restore(struct journal *j, struct err *e)
{
	if (j->now.away != 0 && restore_within(j, e) != 0)
		return -1;
	memset(&j->bulk.inserted, 0, sizeof j->bulk.inserted);
	j->bulk.left = 0;
	return 0;
}

void indexes_release(struct journal *j)
{
	for (int i = 0; i < BULK_TABLES; i++)
		free(j->bulk.words[i]);
}
