#include "store/aside.h"

#include <string.h>

#include "base/i18n.h"
#include "store/dictionary.h"
#include "store/journal_private.h"
#include "store/reissue.h"

int64_t aside_count(struct journal *j)
{
	sqlite3_stmt *st;
	int64_t count = 0;

	if (sqlite3_prepare_v2(j->db, "SELECT count(*) FROM aside", -1, &st, NULL) == SQLITE_OK && sqlite3_step(st) == SQLITE_ROW)
		count = sqlite3_column_int64(st, 0);
	sqlite3_finalize(st);
	return count;
}

/* In their order, behind what is there. What was refused is kept elsewhere (not_accepted), but for what waits to be given anew since the clock was ahead
 * (reissue.h): nothing is wrong with it, and the device that it waits for is no more. */
int aside_take(struct journal *j, int64_t after, struct err *e)
{
	static const char sql[] = "INSERT INTO aside(seq, hlc, tbl, kind, pk, body, tag, was)"
	    " SELECT (SELECT coalesce(max(seq), 0) FROM aside) + row_number() OVER (ORDER BY o.seq), o.hlc, d.name, o.kind, o.pk, o.body, ?1, o.seq"
	    " FROM oplog o JOIN dict_table d ON d.no = o.tbl WHERE o.dev = 1"
	    " AND (o.seq > ?2 AND " OPERATION_COUNTS " OR o.seq IN (SELECT seq FROM temp.chosen))";
	sqlite3_stmt *st;
	int rc;

	if (reissue_choose(j, e) != 0)
		return -1;
	if (sqlite3_prepare_v2(j->db, sql, -1, &st, NULL) != SQLITE_OK)
		return journal_fail(j, e);
	sqlite3_bind_text(st, 1, j->tag, -1, SQLITE_STATIC);
	sqlite3_bind_int64(st, 2, after);
	rc = journal_run(j, st, e);
	sqlite3_finalize(st);
	return rc == 0 ? journal_exec(j, "DELETE FROM not_accepted WHERE seq IN (SELECT seq FROM temp.chosen)", e) : -1;
}

/* --- 3: the records begin anew --- */

static int want_all(struct journal *j, struct err *e)
{
	struct buf sql = BUF_INIT;
	int rc;

	buf_adds(&sql, "INSERT OR IGNORE INTO temp.wanted(tbl, pk) SELECT DISTINCT tbl, pk FROM oplog WHERE tbl IN (0");
	for (int i = 0; i < j->kind_count; i++)
		if (j->kinds[i]->known != NULL)
			buf_addf(&sql, ",%d", j->kinds[i]->number);
	buf_addc(&sql, ')');
	rc = journal_wanted_reset(j, e) != 0 ? -1 : journal_exec(j, sql.data, e);
	buf_release(&sql);
	return rc;
}

static void forget_devices(struct journal *j)
{
	for (int no = 1; no < j->device_count; no++) {
		j->devices[no].max_seq = 0;
		j->devices[no].max_hlc = 0;
		j->devices[no].dirty = true;
	}
	j->devices_read = j->now.devices = ++j->version;
	j->now.seq = 0;
	j->dirty = true;
}

int aside_begin_feed(struct journal *j, struct err *e)
{
	if (journal_join(j, e) != 0 || journal_fresh_devices(j, e) != 0 || aside_take(j, 0, e) != 0 || want_all(j, e) != 0 || journal_evict_wanted(j, e) != 0)
		return -1;
	if (journal_exec(j, "DELETE FROM oplog; DELETE FROM refused; DELETE FROM head; DELETE FROM seen; DELETE FROM folded; DELETE FROM erased;"
	    "DELETE FROM bundle_in; DELETE FROM position; DELETE FROM leaving; DELETE FROM known_name", e) != 0 || erase_count(j, e) != 0)
		return -1;
	forget_devices(j);
	return 0;
}

/* --- 4: what did not come back --- */

/* Columns: seq, hlc, tbl, kind, pk, body, tag, was. Whether the very same operation came with the feed: 1, 0, -1. */
static int came_back(struct journal *j, sqlite3_stmt *st, sqlite3_stmt *find, int tbl, struct err *e)
{
	const char *tag = (const char *)sqlite3_column_text(st, 6);
	int dev = strcmp(tag, j->tag) == 0 ? -1 : journal_find_device(j, tag), rc;

	if (dev < 0)
		return 0;
	sqlite3_bind_int(find, 1, dev);
	sqlite3_bind_int64(find, 2, sqlite3_column_int64(st, 7));
	sqlite3_bind_int64(find, 3, sqlite3_column_int64(st, 1));
	sqlite3_bind_int(find, 4, tbl);
	sqlite3_bind_int(find, 5, sqlite3_column_int(st, 3));
	sqlite3_bind_value(find, 6, sqlite3_column_value(st, 4));
	sqlite3_bind_value(find, 7, sqlite3_column_value(st, 5));
	rc = sqlite3_step(find);
	if (rc != SQLITE_ROW && rc != SQLITE_DONE)
		journal_fail(j, e);
	sqlite3_reset(find);
	return rc == SQLITE_ROW ? 1 : rc == SQLITE_DONE ? 0 : -1;
}

static int give_one(struct journal *j, struct reissue *r, sqlite3_stmt *st, sqlite3_stmt *find, int64_t *given, int64_t *dropped, struct err *e)
{
	const char *table = (const char *)sqlite3_column_text(st, 2), *tag = (const char *)sqlite3_column_text(st, 6);
	struct operation op = {
		.hlc = (uint64_t)sqlite3_column_int64(st, 1), .kind = sqlite3_column_int(st, 3),
		.pk = (const char *)sqlite3_column_text(st, 4), .pk_len = (size_t)sqlite3_column_bytes(st, 4),
		.body = (const char *)sqlite3_column_text(st, 5), .body_len = (size_t)sqlite3_column_bytes(st, 5),
	};
	int back;

	if (table == NULL || tag == NULL || !body_tag_valid(tag, strlen(tag)) || op.pk == NULL)
		return err_set(e, ERR_DAMAGED, _("what was set aside of the journal is damaged"));
	op.tbl = dictionary_table(j, table);
	back = came_back(j, st, find, op.tbl, e);
	if (back == 0 && strcmp(tag, j->tag) != 0)
		back = reissue_returned(r, tag, &op, e);
	if (back != 0) {
		*dropped += back > 0;
		return back > 0 ? 0 : -1;
	}
	++*given;
	return reissue_write(r, tag, &op, strcmp(tag, j->tag) != 0, e);
}

static int give_all(struct journal *j, struct reissue *r, int64_t *given, int64_t *dropped, struct err *e)
{
	sqlite3_stmt *st = NULL, *find = NULL;
	int rc = SQLITE_ERROR;

	if (sqlite3_prepare_v2(j->db, "SELECT seq, hlc, tbl, kind, pk, body, tag, was FROM aside ORDER BY seq", -1, &st, NULL) != SQLITE_OK ||
	    sqlite3_prepare_v2(j->db, "SELECT 1 FROM oplog WHERE dev = ? AND seq = ? AND hlc = ? AND tbl = ? AND kind = ? AND pk = ? AND body IS ?", -1, &find, NULL)
	    != SQLITE_OK)
		journal_fail(j, e);
	else
		while ((rc = sqlite3_step(st)) == SQLITE_ROW)
			if (give_one(j, r, st, find, given, dropped, e) != 0)
				break;
	if (rc != SQLITE_DONE && rc != SQLITE_ROW)
		journal_fail(j, e);
	sqlite3_finalize(find);
	sqlite3_finalize(st);
	return rc == SQLITE_DONE ? 0 : -1;
}

struct rewording { struct reissue *r; sqlite3_stmt *update; };

/* Columns: seq, tbl, kind, pk, body. What nobody can read stays as it is. */
static int reword_one(struct journal *j, sqlite3_stmt *st, void *context, struct err *e)
{
	struct rewording *w = context;
	const char *table = (const char *)sqlite3_column_text(st, 1);
	struct operation op = {
		.tbl = dictionary_table(j, table), .kind = sqlite3_column_int(st, 2),
		.pk = (const char *)sqlite3_column_text(st, 3), .pk_len = (size_t)sqlite3_column_bytes(st, 3),
		.body = (const char *)sqlite3_column_text(st, 4), .body_len = (size_t)sqlite3_column_bytes(st, 4),
	};
	struct kind *k = dictionary_kind(j, op.tbl);
	const struct buf *id, *body;

	if (k == NULL || k->known == NULL || op.pk == NULL || reissue_reword(w->r, j->tag, &op, &id, &body, NULL) != 0)
		return 0;
	sqlite3_bind_int64(w->update, 1, sqlite3_column_int64(st, 0));
	sqlite3_bind_text(w->update, 2, id->data, (int)id->len, SQLITE_STATIC);
	if (op.body != NULL && body->len > 0)
		sqlite3_bind_text(w->update, 3, body->data, (int)body->len, SQLITE_STATIC);
	else
		sqlite3_bind_null(w->update, 3);
	return journal_run(j, w->update, e);
}

/* What was not accepted stays so; what it names may have another id. */
static int reword_refused(struct journal *j, struct reissue *r, struct err *e)
{
	struct rewording w = { r, journal_prepare(j, "UPDATE not_accepted SET pk = ?2, body = coalesce(?3, body) WHERE seq = ?1", e) };
	int rc = w.update == NULL ? -1 : journal_rows(j, "SELECT seq, tbl, kind, pk, body FROM not_accepted WHERE kind IN (0, 1) ORDER BY seq", 0, reword_one, &w, e);

	sqlite3_finalize(w.update);
	return rc;
}

int aside_give(struct journal *j, aside_renamed_fn renamed, void *context, int64_t *given, int64_t *dropped, struct err *e)
{
	struct reissue *r;
	int rc = -1;

	*given = *dropped = 0;
	if (journal_join(j, e) != 0 || (r = reissue_new(j, e)) == NULL)
		return -1;
	if (give_all(j, r, given, dropped, e) == 0 && reword_refused(j, r, e) == 0 && (renamed == NULL || renamed(context, r, e) == 0) &&
	    journal_exec(j, "DELETE FROM aside", e) == 0)
		rc = 0;
	reissue_free(r);
	return rc;
}
