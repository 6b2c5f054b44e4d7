#include "store/lately.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/mem.h"
#include "store/dictionary.h"
#include "store/journal_private.h"

struct latest { int tbl, col; struct stamp at; };

struct changes {
	struct journal *j;
	struct latest *change;
	int count;
};

static void add(struct changes *c, int tbl, int col, struct stamp at)
{
	/* What comes with the program was changed by nobody. */
	if (at.hlc == 0)
		return;
	c->change = mem_resize(c->change, (size_t)c->count + 1, sizeof *c->change);
	c->change[c->count++] = (struct latest){ tbl, col, at };
}

/* Rows of: column, hlc, device. */
static int read_changes(struct changes *c, const char *sql, int tbl, const char *pk, struct err *e)
{
	sqlite3_stmt *st = NULL;
	int rc;

	if (sqlite3_prepare_v2(c->j->db, sql, -1, &st, NULL) != SQLITE_OK)
		return journal_fail(c->j, e);
	sqlite3_bind_text(st, 1, pk, -1, SQLITE_STATIC);
	if (sqlite3_bind_parameter_count(st) > 1)
		sqlite3_bind_int(st, 2, tbl);
	while ((rc = sqlite3_step(st)) == SQLITE_ROW)
		add(c, tbl, sqlite3_column_int(st, 0), (struct stamp){ (uint64_t)sqlite3_column_int64(st, 1), sqlite3_column_int(st, 2) });
	if (rc != SQLITE_DONE)
		journal_fail(c->j, e);
	sqlite3_finalize(st);
	return rc == SQLITE_DONE ? 0 : -1;
}

static int read_record(struct changes *c, const struct history_record *r, struct err *e)
{
	int tbl = dictionary_table(c->j, r->table), rc;
	struct buf insert = BUF_INIT;

	if (dictionary_known(c->j, tbl) == NULL)
		return 0;
	buf_addf(&insert, "SELECT 0, origin_hlc, origin_dev FROM \"%s\" WHERE id = ?1", dictionary_known(c->j, tbl)->name);
	rc = read_changes(c, insert.data, tbl, r->pk, e);
	if (rc == 0)
		rc = read_changes(c, "SELECT col, max(hlc), dev FROM head WHERE tbl = ?2 AND pk = ?1 GROUP BY col", tbl, r->pk, e);
	buf_release(&insert);
	return rc;
}

static int latest_first(const void *a, const void *b)
{
	const struct latest *x = a, *y = b;

	return x->at.hlc < y->at.hlc ? 1 : x->at.hlc > y->at.hlc ? -1 : x->col - y->col;
}

static int tell(const struct changes *c, lately_fn each, void *context, struct err *e)
{
	struct authors *authors = authors_new(c->j);
	int rc = 0;

	for (int i = 0; i < c->count && rc == 0; i++) {
		const struct latest *change = &c->change[i];
		struct lately l = { .table = dictionary_table_name(c->j, change->tbl), .column = "", .ms = clock_ms(change->at.hlc) };

		if (change->col != 0)
			l.column = dictionary_column_name(c->j, change->tbl, change->col);
		rc = authors_get(authors, change->at.dev, &l.author, e);
		if (rc == 0)
			rc = each(context, &l, e);
	}
	authors_free(authors);
	return rc;
}

int lately_each(struct journal *j, const struct history_record *records, int count, lately_fn each, void *context, struct err *e)
{
	struct changes c = { .j = j };
	int rc = journal_fresh_devices(j, e);

	for (int i = 0; i < count && rc == 0; i++)
		rc = read_record(&c, &records[i], e);
	if (rc == 0 && c.count > 0) {
		qsort(c.change, (size_t)c.count, sizeof *c.change, latest_first);
		rc = tell(&c, each, context, e);
	}
	free(c.change);
	return rc;
}
