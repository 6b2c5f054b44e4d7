#include "tests/histories/agree.h"

#include <stdio.h>
#include <string.h>

#include "store/journal.h"
#include "store/merge.h"
#include "schema/table.h"
#include "sync/hub.h"
#include "sync/sync.h"
#include "tests/histories/lines.h"
#include "tests/histories/missing.h"
#include "tests/histories/post.h"
#include "tests/unit/test.h"

enum { ROUNDS = 20, SPOKEN = 4 };

/* --- all meet */

static bool round_of(struct world *w, bool *busy)
{
	struct err e = ERR_INIT;
	struct hub_collected got;

	*busy = false;
	for (int i = 0; i < w->count; i++) {
		struct sync_report report;

		world_clock(w, &w->device[i]);
		if (sync_run(w->device[i].s, w->device[i].stick, &report, &e) != 0)
			return world_fail(w, &e);
		if (report.anew && !world_approve(w, &w->device[i]))
			return false;
		*busy = *busy || report.bundles_written > 0 || report.bundles_read > 0 || report.anew;
		post_faithfully(w, i);
	}
	world_clock(w, &w->hub);
	if (hub_collect(w->hub.s, w->hub.stick, &got, NULL, NULL, &e) != 0)
		return world_fail(w, &e);
	*busy = *busy || got.bundles_taken > 0;
	for (int i = 0; i < w->count; i++)
		post_faithfully(w, i);
	return true;
}

static bool writes(struct world *w, int device, const char *sql)
{
	struct store *s = w->device[device].s;
	struct err e = ERR_INIT;

	world_clock(w, &w->device[device]);
	return (store_begin(s, &e) == 0 && store_exec(s, sql, &e) == 0 && store_commit(s, &e) == 0) || world_fail(w, &e);
}

/* Who was restored learns it from the next thing that the hub says, which is what somebody else wrote: the first coordinator for all of them, everybody, by an edit
 * of the own card, for the coordinators, twice: what is said first a store that was put back may take for its own. */
static bool speak(struct world *w, int round)
{
	char sql[256];
	bool good;

	snprintf(sql, sizeof sql, "UPDATE programme SET title = 'в%d' WHERE id = 'first'", round);
	good = writes(w, 0, sql);
	snprintf(sql, sizeof sql, "UPDATE person SET note = 'в%d' WHERE deleted = 0 AND id = (SELECT value FROM setting WHERE key = 'person')"
	    " AND id NOT IN (SELECT pk FROM erased)", round);
	for (int i = 1; i < w->count && round < 2 && good; i++)
		good = writes(w, i, sql);
	return good;
}

bool agree_meet(struct world *w)
{
	bool busy = true;

	w->words = "all meet";
	for (int i = 0; i < w->count; i++)
		if (!world_dated(w, &w->device[i]))
			return false;
	for (int i = 0; i < ROUNDS && (i < 2 || busy || (w->copies && i < SPOKEN)); i++) {	/* what the hub wrote before is posted in the first */
		w->now += 60000;
		if ((w->copies && i < SPOKEN && !speak(w, i)) || !round_of(w, &busy))
			return false;
	}
	return CHECK(!busy);
}

/* --- what is counted */

static int64_t rows_of(struct store *s)
{
	int64_t rows = 0;

	for (int i = 0; tables[i] != NULL; i++) {
		char sql[128];

		snprintf(sql, sizeof sql, "SELECT count(*) FROM \"%s\"", tables[i]->name);
		rows += world_count(s, sql);
	}
	return rows;
}

/* The device holds as many records as the hub says, and neither waits for anything. */
static bool at_rest(struct world *w, int i)
{
	struct store *s = w->device[i].s, *hub = w->hub.s;
	struct sync_status status;
	struct err e = ERR_INIT;
	char sql[400];
	bool good;

	snprintf(sql, sizeof sql, "SELECT count(*) FROM scope WHERE gone IS NULL AND device = (SELECT no FROM device WHERE tag = '%s')",
	    store_identity(s)->pub.tag);
	good = CHECK_INT(rows_of(s), world_count(hub, sql));
	if (sync_status(s, &status, &e) != 0)
		return world_fail(w, &e);
	good = CHECK_INT(status.unsent, 0) && CHECK_INT(status.sent, 0) && good;
	good = CHECK_INT(world_count(s, "SELECT count(*) FROM leaving"), 0) && good;
	snprintf(sql, sizeof sql, "SELECT count(*) FROM feed WHERE kind <> 3 AND device = (SELECT no FROM device WHERE tag = '%s')"
	    " AND pos > (SELECT out_op FROM peer WHERE tag = '%s')", store_identity(s)->pub.tag, store_identity(s)->pub.tag);
	good = CHECK_INT(world_count(hub, sql), 0) && good;
	good = CHECK_INT(world_count(s, "SELECT count(*) FROM (SELECT id FROM joined EXCEPT SELECT id FROM joining UNION ALL SELECT id FROM joining EXCEPT SELECT id FROM joined)"),
	    0) && good;
	/* What the hub refused is what the device keeps as not accepted, also of records that it does not hold any more; but for what it gave anew. */
	snprintf(sql, sizeof sql, "SELECT count(*) FROM refused WHERE dev = (SELECT no FROM device WHERE tag = '%s') AND reason = 'clock'", store_identity(s)->pub.tag);
	if (world_count(hub, sql) > 0)
		return good;
	snprintf(sql, sizeof sql, "SELECT group_concat(seq) FROM (SELECT seq FROM refused WHERE dev = (SELECT no FROM device WHERE tag = '%s') ORDER BY seq)",
	    store_identity(s)->pub.tag);
	return CHECK_STR(world_value(s, "SELECT group_concat(seq) FROM (SELECT seq FROM refused WHERE dev = 1 UNION SELECT seq FROM not_accepted WHERE seq > 0 ORDER BY seq)"),
	    world_value(hub, sql)) && good;
}

static int count_one(void *context, const struct conflict *c, struct err *e)
{
	(void)c, (void)e;
	++*(int64_t *)context;
	return 0;
}

static bool conflicts_right(struct store *s)
{
	int64_t conflicts = 0;
	struct err e = ERR_INIT;

	return CHECK(conflict_each(store_journal(s), count_one, &conflicts, &e) == 0) &&
	    CHECK_INT(world_count(s, "SELECT coalesce((SELECT value FROM tally WHERE name = 'conflict'), 0)"), conflicts);
}

/* What was counted along the way and is kept, against the rows. */
static bool counts_right(struct store *s)
{
	static struct buf sql;
	struct err e = ERR_INIT;
	sqlite3_stmt *st;
	bool good = true;

	if (sql.len == 0) {
		buf_init(&sql);
		for (int i = 0; tables[i] != NULL; i++)
			buf_addf(&sql, "%sSELECT '%s', (SELECT count(*) FROM \"%s\" WHERE deleted = 0), coalesce((SELECT value FROM tally WHERE name = '%s'), 0)",
			    i > 0 ? " UNION ALL " : "", tables[i]->name, tables[i]->name, tables[i]->name);
	}
	st = store_prepare(s, sql.data, &e);
	if (!CHECK(st != NULL))
		return false;
	while (store_step(s, st, &e) == 1)
		if (sqlite3_column_int64(st, 1) != sqlite3_column_int64(st, 2)) {
			test_note("of %s there are %d, counted were %d", store_text(st, 0), sqlite3_column_int(st, 1), sqlite3_column_int(st, 2));
			good = CHECK(!"what is counted is right");
		}
	sqlite3_reset(st);
	return conflicts_right(s) && good;
}

static bool is_sound(const struct world *w, struct store *s)
{
	struct err e = ERR_INIT;

	return journal_check(store_journal(s), &e) == 0 || world_fail(w, &e);
}

/* What does not need another replica. */
static unsigned judge_one(struct world *w, struct store *s, const char *who)
{
	w->words = who;
	return (is_sound(w, s) ? 0u : AGREE_SOUND) | (counts_right(s) ? 0u : AGREE_COUNTS) | (model_agrees(s, who) ? 0u : AGREE_MODEL);
}

unsigned agree_judge(struct world *w, const struct model *m)
{
	struct lines hub;
	unsigned no = judge_one(w, w->hub.s, "the hub");

	lines_read(w->hub.s, w->years, &hub);
	for (int i = 0; i < w->count; i++) {
		struct lines device;
		unsigned here;
		char who[24];

		snprintf(who, sizeof who, "device %d", i);
		here = judge_one(w, w->device[i].s, who);
		lines_read(w->device[i].s, w->years, &device);
		here |= lines_same(w, &device, &hub, strcmp(w->device[i].role, "coordinator") == 0) ? 0u : AGREE_LINES;
		here |= at_rest(w, i) ? 0u : AGREE_REST;
		if (here != 0)
			test_note("%s, a %s", who, w->device[i].role);
		lines_release(&device);
		no |= here;
	}
	lines_release(&hub);
	w->words = "all have met";
	return no | (missing_nothing(w, m) ? 0u : AGREE_MISSING);
}
