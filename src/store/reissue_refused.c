/* What the hub refused because the clock was ahead, given anew once the clock is believed again.
 *
 * An operation and what it rests on must have stamps in order. So nothing is given anew while a bundle is under way: what stands in it may have been accepted
 * or not. And what was not sent yet goes along: its stamps follow the ones that were too far ahead. */
#include "store/reissue.h"

#include "base/i18n.h"
#include "store/journal_clock.h"
#include "store/journal_private.h"

/* In the order in which they were made. A change that was refused because it rested on another one may rest on one that is not given anew. */
static const char gather_sql[] =
	"CREATE TEMP TABLE IF NOT EXISTS again(seq INTEGER PRIMARY KEY, pos INTEGER NOT NULL, reason TEXT);"
	"DELETE FROM temp.again";
static const char gather_refused_sql[] =
	"INSERT INTO temp.again(seq, pos, reason) SELECT r.seq, coalesce((SELECT pos FROM position p WHERE p.seq <= r.seq ORDER BY p.seq DESC LIMIT 1), 0), r.reason"
	" FROM refused r JOIN not_accepted n ON n.seq = r.seq WHERE r.dev = 1 AND r.seq <= ?1 AND r.reason IN ('clock', 'depends')";
static const char gather_unsent_sql[] =
	"INSERT INTO temp.again(seq, pos) SELECT o.seq, coalesce((SELECT pos FROM position p WHERE p.seq <= o.seq ORDER BY p.seq DESC LIMIT 1), 0)"
	" FROM oplog o WHERE o.dev = 1 AND o.seq > ?1";
static const char keep_sql[] =
	"CREATE TEMP TABLE IF NOT EXISTS again_op(seq INTEGER PRIMARY KEY, hlc INTEGER, tbl INTEGER, kind INTEGER, pk TEXT, body TEXT);"
	"DELETE FROM temp.again_op;"
	"INSERT INTO temp.again_op SELECT o.seq, o.hlc, o.tbl, o.kind, o.pk, o.body FROM temp.again a JOIN oplog o ON o.dev = 1 AND o.seq = a.seq";

int reissue_waits(struct journal *j, struct err *e)
{
	sqlite3_stmt *st;
	int rc;

	if (sqlite3_prepare_v2(j->db, "SELECT 1 FROM not_accepted n JOIN refused r ON r.dev = 1 AND r.seq = n.seq WHERE r.reason = 'clock' LIMIT 1", -1, &st, NULL)
	    != SQLITE_OK)
		return journal_fail(j, e);
	rc = sqlite3_step(st);
	if (rc != SQLITE_ROW && rc != SQLITE_DONE)
		journal_fail(j, e);
	sqlite3_finalize(st);
	return rc == SQLITE_ROW ? 1 : rc == SQLITE_DONE ? 0 : -1;
}

static int run(struct journal *j, const char *sql, int64_t one, int64_t two, struct err *e)
{
	sqlite3_stmt *st;
	int rc;

	if (sqlite3_prepare_v2(j->db, sql, -1, &st, NULL) != SQLITE_OK)
		return journal_fail(j, e);
	sqlite3_bind_int64(st, 1, one);
	if (sqlite3_bind_parameter_count(st) > 1)
		sqlite3_bind_int64(st, 2, two);
	rc = journal_run(j, st, e);
	sqlite3_finalize(st);
	return rc;
}

/* The records of what was not sent are made again without it; its numbers were never used. */
static int take_unsent_back(struct journal *j, int64_t sent, struct err *e)
{
	if (journal_wanted_reset(j, e) != 0 ||
	    run(j, "INSERT OR IGNORE INTO temp.wanted(tbl, pk) SELECT tbl, pk FROM oplog WHERE dev = 1 AND seq > ?1", sent, 0, e) != 0 ||
	    run(j, "DELETE FROM refused WHERE dev = 1 AND seq > ?1", sent, 0, e) != 0 ||
	    run(j, "DELETE FROM oplog WHERE dev = 1 AND seq > ?1", sent, 0, e) != 0 ||
	    run(j, "DELETE FROM position WHERE seq > ?1", sent, 0, e) != 0)
		return -1;
	j->now.seq = sent;
	return journal_rebuild_wanted(j, e);
}

/* Past every stamp that the hub took or sent, and past nothing else. */
static int fall_back(struct journal *j, int64_t sent, struct err *e)
{
	int64_t own = 0;
	uint64_t last = 0;

	if (journal_fresh_devices(j, e) != 0 || journal_number(j, "SELECT coalesce(max(o.hlc), 0) FROM oplog o WHERE o.dev = 1"
	    " AND NOT EXISTS(SELECT 1 FROM refused r WHERE r.dev = 1 AND r.seq = o.seq)", NULL, &own, e) != 0)
		return -1;
	j->devices[1].max_seq = sent;
	j->devices[1].max_hlc = (uint64_t)own;
	j->devices[1].dirty = j->dirty = true;
	j->devices_read = j->now.devices = ++j->version;
	for (int no = 1; no < j->device_count; no++)
		if (j->devices[no].max_hlc > last)
			last = j->devices[no].max_hlc;
	j->last_stamp = last;
	return journal_clock_refused(j, false, e);
}

static int hold_position(struct journal *j, int64_t pos, struct err *e)
{
	return run(j, "INSERT OR REPLACE INTO position(seq, pos) VALUES(?1, ?2)", j->now.seq + 1, pos, e);
}

static int mark_given(struct journal *j, int64_t seq, struct err *e)
{
	return run(j, "UPDATE refused SET reason = 'anew' WHERE dev = 1 AND seq = ?1", seq, 0, e) == 0 ?
	    run(j, "DELETE FROM not_accepted WHERE seq = ?1", seq, 0, e) : -1;
}

/* Columns of the walk: seq, pos, reason, hlc, tbl, kind, pk, body. 1: to be given anew; 0: it rests on nothing that is; -1. */
static int read_one(struct journal *j, struct reissue *r, sqlite3_stmt *st, struct operation *op, struct err *e)
{
	const char *reason = (const char *)sqlite3_column_text(st, 2);

	*op = (struct operation){
		.seq = sqlite3_column_int64(st, 0), .hlc = (uint64_t)sqlite3_column_int64(st, 3), .tbl = sqlite3_column_int(st, 4),
		.kind = sqlite3_column_int(st, 5), .pk = (const char *)sqlite3_column_text(st, 6), .pk_len = (size_t)sqlite3_column_bytes(st, 6),
		.body = (const char *)sqlite3_column_text(st, 7), .body_len = (size_t)sqlite3_column_bytes(st, 7),
	};
	if (op->pk == NULL)
		return err_set(e, ERR_DAMAGED, _("the journal of the store is damaged"));
	return reason != NULL && reason[0] == 'd' ? reissue_rests(r, j->tag, op, e) : 1;
}

struct giving { struct reissue *r; int64_t pos, given; };

static int give_one(struct journal *j, sqlite3_stmt *st, void *context, struct err *e)
{
	struct giving *g = context;
	bool refused = sqlite3_column_type(st, 2) != SQLITE_NULL;
	struct operation op;
	int rc = read_one(j, g->r, st, &op, e);

	if (rc <= 0)
		return rc;
	if (sqlite3_column_int64(st, 1) != g->pos) {
		g->pos = sqlite3_column_int64(st, 1);
		if (hold_position(j, g->pos, e) != 0)
			return -1;
	}
	if (reissue_write(g->r, j->tag, &op, false, e) != 0 || (refused && mark_given(j, op.seq, e) != 0))
		return -1;
	g->given++;
	return 0;
}

static const char walk[] = "SELECT a.seq, a.pos, a.reason, o.hlc, o.tbl, o.kind, o.pk, o.body FROM temp.again a JOIN temp.again_op o USING(seq) ORDER BY a.seq";

static int choose_one(struct journal *j, sqlite3_stmt *st, void *context, struct err *e)
{
	struct reissue *r = context;
	struct operation op;
	int rc = read_one(j, r, st, &op, e);

	if (rc <= 0)
		return rc;
	return reissue_expect(r, j->tag, &op, e) == 0 ? run(j, "INSERT INTO temp.chosen(seq) VALUES(?1)", op.seq, 0, e) : -1;
}

int reissue_choose(struct journal *j, struct err *e)
{
	struct reissue *r;
	int rc;

	if (journal_exec(j, "CREATE TEMP TABLE IF NOT EXISTS chosen(seq INTEGER PRIMARY KEY); DELETE FROM temp.chosen", e) != 0 ||
	    journal_exec(j, gather_sql, e) != 0 || run(j, gather_refused_sql, INT64_MAX, 0, e) != 0 || journal_exec(j, keep_sql, e) != 0 ||
	    (r = reissue_new(j, e)) == NULL)
		return -1;
	rc = journal_rows(j, walk, 0, choose_one, r, e);
	reissue_free(r);
	return rc;
}

int reissue_refused(struct journal *j, int64_t sent, int64_t *given, struct err *e)
{
	struct giving g = { .pos = -1 };
	int64_t pos = 0;
	int rc = -1;

	*given = 0;
	if (journal_join(j, e) != 0 || journal_number(j, "SELECT coalesce((SELECT pos FROM position ORDER BY seq DESC LIMIT 1), 0)", NULL, &pos, e) != 0 ||
	    journal_exec(j, gather_sql, e) != 0 || run(j, gather_refused_sql, sent, 0, e) != 0 || run(j, gather_unsent_sql, sent, 0, e) != 0 ||
	    journal_exec(j, keep_sql, e) != 0 || take_unsent_back(j, sent, e) != 0 || fall_back(j, sent, e) != 0 || (g.r = reissue_new(j, e)) == NULL)
		return -1;
	if (journal_rows(j, walk, 0, give_one, &g, e) == 0)
		rc = hold_position(j, pos, e);
	*given = g.given;
	reissue_free(g.r);
	return rc;
}
