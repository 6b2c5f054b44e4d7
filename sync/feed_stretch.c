#include "sync/feed_stretch.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "store/dictionary.h"
#include "store/journal.h"
#include "sync/bundle_write.h"
#include "sync/op_lines.h"

#define LINE_EXTRA 100			/* what an operation's line holds besides its body, at most */

struct stretch {
	struct store *s;
	const struct peer *p;
	int device;			/* its number */
	int64_t last;
	struct op_lines lines;
	struct buf *out;
};

static sqlite3_stmt *prepare(struct stretch *f, const char *sql, struct err *e)
{
	sqlite3_stmt *st = store_prepare(f->s, sql, e);

	if (st == NULL)
		return NULL;
	sqlite3_bind_int(st, 1, f->device);
	sqlite3_bind_int64(st, 2, f->p->out_op);
	sqlite3_bind_int64(st, 3, f->last);
	return st;
}

static int run(struct stretch *f, const char *sql, struct err *e)
{
	sqlite3_stmt *st = prepare(f, sql, e);

	return st == NULL ? -1 : store_run(f->s, st, e);
}

/* The candidates, and the whole history of those that enter: one scan of the journal for all, and only when
 * something enters. */
static int gather(struct stretch *f, struct err *e)
{
	if (store_exec(f->s, "CREATE TEMP TABLE IF NOT EXISTS due(pos INTEGER PRIMARY KEY, kind INTEGER, tbl INTEGER, pk TEXT, dev INTEGER, seq INTEGER);"
	    "CREATE TEMP TABLE IF NOT EXISTS entering(tbl INTEGER, pk TEXT, pos INTEGER, PRIMARY KEY(tbl, pk)) WITHOUT ROWID;"
	    "CREATE TEMP TABLE IF NOT EXISTS leaves(tbl INTEGER, pk TEXT, PRIMARY KEY(tbl, pk)) WITHOUT ROWID;"
	    "CREATE TEMP TABLE IF NOT EXISTS history(n INTEGER PRIMARY KEY, pos INTEGER, dev INTEGER, seq INTEGER, size INTEGER);"
	    "DELETE FROM temp.due; DELETE FROM temp.entering; DELETE FROM temp.leaves; DELETE FROM temp.history", e) != 0)
		return -1;
	f->last = BUNDLE_OPERATIONS;	/* as a limit */
	if (run(f, "INSERT INTO temp.due SELECT pos, kind, tbl, pk, dev, seq FROM feed WHERE device = ?1 AND pos > ?2 ORDER BY pos LIMIT ?3", e) != 0 ||
	    run(f, "INSERT OR IGNORE INTO temp.entering SELECT tbl, pk, pos FROM temp.due WHERE kind = 1 ORDER BY pos", e) != 0)
		return -1;
	if (sqlite3_changes(store_db(f->s)) == 0)
		return 0;
	return run(f, "INSERT INTO temp.history(pos, dev, seq, size) SELECT w.pos, o.dev, o.seq, coalesce(length(CAST(o.body AS BLOB)), 0)"
	    " FROM oplog o CROSS JOIN temp.entering w ON w.tbl = o.tbl AND w.pk = o.pk"
	    " WHERE NOT EXISTS(SELECT 1 FROM refused r WHERE r.dev = o.dev AND r.seq = o.seq) ORDER BY o.hlc, o.dev", e);
}

/* How far a bundle reaches: whole positions, at least one, as many as fit. */
static int find_last(struct stretch *f, struct err *e)
{
	sqlite3_stmt *st = store_prepare(f->s,
	    "SELECT pos, size FROM temp.history UNION ALL SELECT d.pos, length(CAST(o.body AS BLOB)) FROM temp.due d"
	    " JOIN oplog o ON o.dev = d.dev AND o.seq = d.seq WHERE d.kind IN (0, 4) ORDER BY 1", e);
	int64_t first, bytes = 0, count = 0, over = 0;
	int more;

	if (st == NULL)
		return -1;
	while (over == 0 && (more = store_step(f->s, st, e)) == 1) {
		bytes += sqlite3_column_int64(st, 1) + LINE_EXTRA;
		if (++count > BUNDLE_OPERATIONS || bytes > BUNDLE_PLAIN)
			over = sqlite3_column_int64(st, 0);
	}
	sqlite3_reset(st);
	if (over == 0 && more < 0)
		return -1;
	st = store_prepare(f->s, "SELECT min(pos), max(pos) FROM temp.due", e);
	if (st == NULL || store_step(f->s, st, e) != 1)
		return -1;
	first = sqlite3_column_int64(st, 0);
	f->last = over == 0 ? sqlite3_column_int64(st, 1) : over > first ? over - 1 : first;
	if (sqlite3_column_type(st, 0) == SQLITE_NULL)
		f->last = f->p->out_op;
	sqlite3_reset(st);
	return 0;
}

/* How each record ends in the stretch: entered, or left. */
static int settle(struct stretch *f, struct err *e)
{
	if (run(f, "DELETE FROM temp.entering", e) != 0 ||
	    run(f, "INSERT INTO temp.entering SELECT tbl, pk, max(pos) FROM temp.due WHERE kind = 1 AND pos <= ?3 GROUP BY tbl, pk", e) != 0 ||
	    run(f, "INSERT INTO temp.leaves SELECT d.tbl, d.pk FROM temp.due d LEFT JOIN temp.entering w ON w.tbl = d.tbl AND w.pk = d.pk"
		" WHERE d.kind = 2 AND d.pos <= ?3 GROUP BY d.tbl, d.pk HAVING max(d.pos) > coalesce(max(w.pos), 0)", e) != 0)
		return -1;
	return run(f, "DELETE FROM temp.entering WHERE EXISTS(SELECT 1 FROM temp.leaves l WHERE l.tbl = entering.tbl AND l.pk = entering.pk)", e);
}

/* {"rec":…,"table":…,"id":…} for each row (tbl, pk[, name]). */
static int write_places(struct stretch *f, const char *sql, const char *rec, struct err *e)
{
	sqlite3_stmt *st = prepare(f, sql, e);
	int more;

	if (st == NULL)
		return -1;
	while ((more = store_step(f->s, st, e)) == 1) {
		buf_addf(f->out, "{\"rec\":\"%s\",\"table\":", rec);
		json_strings(f->out, dictionary_table_name(store_journal(f->s), sqlite3_column_int(st, 0)));
		buf_adds(f->out, ",\"id\":");
		json_strings(f->out, store_text(st, 1));
		if (sqlite3_column_count(st) > 2) {
			buf_adds(f->out, ",\"name\":");
			json_strings(f->out, store_text(st, 2));
		}
		buf_adds(f->out, "}\n");
	}
	sqlite3_reset(st);
	return more;
}

/* With a device's first operation in a feed come its person's id and name. */
static int tell_device(struct stretch *f, int dev, const char *tag, struct err *e)
{
	sqlite3_stmt *st = prepare(f, "INSERT OR IGNORE INTO told(device, dev) VALUES(?1, ?4)", e);

	if (st == NULL)
		return -1;
	sqlite3_bind_int(st, 4, dev);
	if (store_run(f->s, st, e) != 0)
		return -1;
	if (sqlite3_changes(store_db(f->s)) == 0)
		return 0;
	st = prepare(f, "SELECT p.person, coalesce(c.name, p.label) FROM peer p LEFT JOIN person c ON c.id = p.person WHERE p.tag = ?4", e);
	if (st == NULL)
		return -1;
	store_bind_text(st, 4, tag);
	buf_addf(f->out, "{\"rec\":\"device\",\"tag\":\"%s\",\"person\":", tag);
	if (store_step(f->s, st, e) == 1) {
		json_strings(f->out, store_text(st, 0));
		buf_adds(f->out, ",\"name\":");
		json_strings(f->out, store_text(st, 1));
	} else {
		char *hub = store_setting(f->s, "hub");

		buf_adds(f->out, "\"\",\"name\":");
		json_strings(f->out, hub != NULL ? hub : "");
		free(hub);
	}
	buf_adds(f->out, "}\n");
	sqlite3_reset(st);
	return 0;
}

/* Rows: dev, seq, hlc, tbl, kind, pk, body. */
static int write_operations(struct stretch *f, const char *sql, struct err *e)
{
	struct journal *j = store_journal(f->s);
	sqlite3_stmt *st = prepare(f, sql, e);
	int more;

	if (st == NULL)
		return -1;
	while ((more = store_step(f->s, st, e)) == 1) {
		struct operation op = { .dev = sqlite3_column_int(st, 0), .seq = sqlite3_column_int64(st, 1),
		    .hlc = (uint64_t)sqlite3_column_int64(st, 2),
			.tbl = sqlite3_column_int(st, 3), .kind = sqlite3_column_int(st, 4) };
		const char *tag = journal_device_tag(j, op.dev);

		op.pk = (const char *)sqlite3_column_text(st, 5);
		op.pk_len = (size_t)sqlite3_column_bytes(st, 5);
		op.body = (const char *)sqlite3_column_text(st, 6);
		op.body_len = (size_t)sqlite3_column_bytes(st, 6);
		if (op.dev != f->lines.dev && op.dev != f->device && tell_device(f, op.dev, tag, e) != 0) {
			more = -1;
			break;
		}
		op_lines_add(&f->lines, &op, tag, f->last);
	}
	sqlite3_reset(st);
	return more;
}

#define COLUMNS "o.dev, o.seq, o.hlc, o.tbl, o.kind, o.pk, o.body"

static int write_records(struct stretch *f, struct err *e)
{
	if (write_places(f, "SELECT f.tbl, f.pk, n.name FROM temp.due f JOIN named n ON n.device = ?1 AND n.tbl = f.tbl AND n.pk = f.pk"
	    " WHERE f.kind = 3 AND f.pos <= ?3 GROUP BY f.tbl, f.pk", "name", e) != 0 ||
	    write_places(f, "SELECT tbl, pk FROM temp.entering ORDER BY pos", "enter", e) != 0 ||
	    write_operations(f, "SELECT " COLUMNS " FROM temp.history h JOIN oplog o ON o.dev = h.dev AND o.seq = h.seq"
		" JOIN temp.entering w ON w.tbl = o.tbl AND w.pk = o.pk ORDER BY h.n", e) != 0 ||
	    write_operations(f, "SELECT " COLUMNS " FROM temp.due d JOIN oplog o ON o.dev = d.dev AND o.seq = d.seq WHERE d.pos <= ?3 AND (d.kind = 4 OR d.kind = 0"
		" AND NOT EXISTS(SELECT 1 FROM temp.entering w WHERE w.tbl = d.tbl AND w.pk = d.pk)"
		" AND NOT EXISTS(SELECT 1 FROM temp.leaves l WHERE l.tbl = d.tbl AND l.pk = d.pk)) ORDER BY d.pos", e) != 0)
		return -1;
	return write_places(f, "SELECT tbl, pk FROM temp.leaves ORDER BY tbl, pk", "leave", e);
}

int feed_stretch_write(struct store *s, const struct peer *p, struct buf *out, int64_t *last, int64_t *count,
    struct err *e)
{
	struct stretch f = { .s = s, .p = p, .out = out };

	f.device = journal_device(store_journal(s), p->pub.tag, e);
	op_lines_begin(&f.lines, out);
	if (f.device < 0 || gather(&f, e) != 0 || find_last(&f, e) != 0 || settle(&f, e) != 0 ||
	    write_records(&f, e) != 0)
		return -1;
	*last = f.last;
	*count = f.lines.count;
	return 0;
}
