/* How things stand with the hub, from counters alone. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/aside.h"
#include "store/journal.h"
#include "sync/closing.h"
#include "sync/hold.h"
#include "sync/hub.h"
#include "sync/peer.h"
#include "sync/rights.h"
#include "sync/sync.h"
#include "sync/twin.h"

/* Of a row `n` of not_accepted, at the device whose tag is ?1: a coordinator was asked about so many deletions, and did not agree. What only rests on such a
 * deletion is of no question itself: it waits no more where none of the questions before it is open. */
#define QUESTION(which) "EXISTS(SELECT 1 FROM deletion_hold d WHERE d.device = ?1 AND " which ")"
#define DISAGREED \
	"(" QUESTION("d.decision = 'no' AND (d.kind = n.tbl OR (d.kind = 'person' AND n.tbl = 'participation')) AND n.seq BETWEEN d.first_op AND d.last_op") \
	" OR (" QUESTION("d.decision = 'no' AND d.first_op <= n.seq") " AND NOT " QUESTION("d.decision IS NULL AND d.deleted = 0 AND d.first_op <= n.seq") "))"

static int receipts(struct store *s, struct sync_status *out, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, "SELECT coalesce(sum(accepted), 0), (SELECT count(*) FROM not_accepted),"
	    " (SELECT count(*) FROM not_accepted n WHERE reason = '" HOLD_WAITS "' AND NOT " DISAGREED ") FROM outbox", e);

	if (st == NULL)
		return -1;
	store_bind_text(st, 1, journal_tag(store_journal(s)));
	if (store_step(s, st, e) != 1)
		return -1;
	out->accepted = sqlite3_column_int64(st, 0);
	out->waiting = sqlite3_column_int64(st, 2);
	out->refused = sqlite3_column_int64(st, 1) - out->waiting;
	sqlite3_reset(st);
	return 0;
}

int sync_status(struct store *s, struct sync_status *out, struct err *e)
{
	char *last = store_setting(s, "last_sync"), *via = store_setting(s, "last_via");
	struct peer hub;
	int found;

	memset(out, 0, sizeof *out);
	memcpy(out->fingerprint, store_identity(s)->pub.fingerprint, sizeof out->fingerprint);
	out->conflicts = journal_conflicts(store_journal(s));
	out->last_sync_ms = last != NULL ? atoll(last) : 0;
	snprintf(out->last_via, sizeof out->last_via, "%s", via != NULL ? via : "");
	free(last);
	free(via);
	if (hub_is(s))
		return 0;
	out->unsent = journal_last_seq(store_journal(s));
	found = peer_hub(s, &hub, e);
	if (found <= 0)
		return found;
	out->joined = true;
	out->welcomed = hub.epoch > 0;
	if (out->welcomed) {
		char *state = store_setting(s, SETTING_ROSTER_STATE);

		snprintf(out->state, sizeof out->state, "%s", state != NULL ? state : "active");
		free(state);
	}
	memcpy(out->hub_id, hub.pub.id, sizeof out->hub_id);
	snprintf(out->hub_name, sizeof out->hub_name, "%s", hub.label);
	out->anew = twin_is(s);
	out->aside = out->anew ? aside_count(store_journal(s)) : 0;
	out->unsent += out->aside - hub.out_op;
	out->sent = hub.out_op - hub.done_op;
	return receipts(s, out, e);
}

int sync_each_refused(struct store *s, bool waiting, sync_refused_fn each, void *context, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, "SELECT seq, tbl, pk, CASE WHEN reason = '" HOLD_WAITS "' AND " DISAGREED
	    " THEN '" HOLD_REFUSED "' ELSE reason END AS why FROM not_accepted n WHERE ?2 OR why <> '" HOLD_WAITS "' ORDER BY seq", e);
	int more;

	if (st == NULL)
		return -1;
	store_bind_text(st, 1, journal_tag(store_journal(s)));
	sqlite3_bind_int(st, 2, waiting);
	while ((more = store_step(s, st, e)) == 1)
		if (each(context, sqlite3_column_int64(st, 0), store_text(st, 1), store_text(st, 2),
		    refusal_words(store_text(st, 3)), e) != 0) {
			more = -1;
			break;
		}
	sqlite3_reset(st);
	return more;
}
