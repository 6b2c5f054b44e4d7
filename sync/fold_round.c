#include "sync/fold_round.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/preferences.h"
#include "store/fold.h"
#include "sync/hub.h"
#include "sync/peer.h"


/* Days that history is kept; 0: for ever. */
static int64_t days_kept(void)
{
	struct preferences p;

	preferences_load(&p, NULL, NULL);
	return atoll(p.value[PREFERENCE_HISTORY]);
}

/* --- where the pass stands: "began-ms table-number id", the last two while it goes on --- */

static int64_t load_place(struct store *s, struct fold *f)
{
	char *text = store_setting(s, "fold");
	long long began = 0;

	if (text == NULL || sscanf(text, "%lld %d %63s", &began, &f->tbl, f->pk) < 3) {
		f->tbl = 0;
		f->pk[0] = '\0';
	}
	free(text);
	return began;
}

static int save_place(struct store *s, const struct fold *f, int64_t began, struct err *e)
{
	char text[128];

	if (f->tbl != 0)
		snprintf(text, sizeof text, "%lld %d %s", (long long)began, f->tbl, f->pk);
	else
		snprintf(text, sizeof text, "%lld", (long long)began);
	return store_set_setting(s, "fold", text, e);
}

/* --- the hub: who has to be told --- */

static int note_waiting(struct store *s, const struct fold *f, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, "INSERT OR IGNORE INTO temp.fold_waits SELECT f.tbl, f.pk FROM feed f JOIN device d ON d.no = f.device"
	    " JOIN peer p ON p.tag = d.tag JOIN oplog o ON o.dev = f.dev AND o.seq = f.seq"
	    " WHERE f.kind = 0 AND o.hlc < ?2 AND p.state IN ('active', 'approved') AND p.unreachable IS NULL AND p.heard >= ?1", e);

	if (st == NULL)
		return -1;
	sqlite3_bind_int64(st, 1, clock_wall_ms() - FOLD_SILENT_MS);
	sqlite3_bind_int64(st, 2, f->before << 16);
	if (store_run(s, st, e) != 0)
		return -1;
	/* A deletion that waits for a decision saw what was here then. */
	return store_exec(s, "INSERT OR IGNORE INTO temp.fold_waits SELECT o.tbl, o.pk FROM held h JOIN oplog o ON o.dev = h.dev AND o.seq = h.seq;"
	    "INSERT OR IGNORE INTO temp.fold_waits SELECT tbl, pk FROM arrived", e);
}

/* Where nobody waits for a device that had to be told of what went; but of an erasure it is told as it is, and nothing of what it does not hold. */
static int give_anew(struct store *s, struct err *e)
{
	return store_exec(s, "CREATE TEMP TABLE IF NOT EXISTS fold_anew(device INTEGER NOT NULL, tbl INTEGER NOT NULL, pk TEXT NOT NULL,"
	    " PRIMARY KEY(device, tbl, pk)) WITHOUT ROWID; DELETE FROM temp.fold_anew;"
	    "INSERT OR IGNORE INTO temp.fold_anew SELECT f.device, f.tbl, f.pk FROM feed f JOIN temp.fold_done w ON w.tbl = f.tbl AND w.pk = f.pk"
	    " WHERE f.kind = 0 AND NOT EXISTS(SELECT 1 FROM oplog o WHERE o.dev = f.dev AND o.seq = f.seq)"
	    " AND EXISTS(SELECT 1 FROM scope c WHERE c.device = f.device AND c.tbl = f.tbl AND c.pk = f.pk AND c.gone IS NULL);"
	    "UPDATE feed SET kind = 1, dev = NULL, seq = NULL WHERE kind = 0"
	    " AND EXISTS(SELECT 1 FROM temp.fold_anew w WHERE w.device = feed.device AND w.tbl = feed.tbl AND w.pk = feed.pk)"
	    " AND NOT EXISTS(SELECT 1 FROM oplog o WHERE o.dev = feed.dev AND o.seq = feed.seq AND o.kind = 3)", e);
}

/* --- a slice --- */

static int slice(struct store *s, struct fold *f, bool hub, int64_t began, struct err *e)
{
	int more;

	if (fold_begin(store_journal(s), e) != 0)
		return -1;
	if (hub ? note_waiting(s, f, e) != 0 : store_exec(s, "INSERT OR IGNORE INTO temp.fold_waits SELECT tbl, pk FROM leaving", e) != 0)
		return -1;
	more = fold_slice(store_journal(s), f, e);
	if (more < 0 || (hub && give_anew(s, e) != 0) || save_place(s, f, began, e) != 0)
		return -1;
	return more;
}

static int in_transaction(struct store *s, struct fold *f, bool hub, int64_t began, struct err *e)
{
	int more;

	if (store_begin(s, e) != 0)
		return -1;
	more = slice(s, f, hub, began, e);
	if (more >= 0)
		return store_commit(s, e) == 0 ? more : -1;
	store_rollback(s);
	return -1;
}

int fold_round(struct store *s, int64_t *folded, struct err *e)
{
	struct fold f = { .most = FOLD_SLICE, .receipted = INT64_MAX };
	int64_t now = clock_wall_ms(), days = days_kept(), began = load_place(s, &f);
	bool hub = hub_is(s);
	struct peer p;
	int more = 1;

	if (days == 0 || (f.tbl == 0 && now - began < FOLD_EVERY_MS && now >= began))
		return 0;
	if (!hub) {
		int found = peer_hub(s, &p, e);

		if (found != 1)
			return found;
		f.receipted = p.done_op;
	}
	f.before = now - days * DATE_DAY_MS;
	if (f.tbl == 0)
		began = now;
	for (int i = 0; i < FOLD_SLICES && more == 1; i++)
		more = in_transaction(s, &f, hub, began, e);
	if (folded != NULL)
		*folded += f.folded;
	return more < 0 ? -1 : 0;
}
