#include "sync/feed_rest.h"

#include "base/clock.h"
#include "sync/limits.h"

int feed_rests(struct store *s, const struct peer *p, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, "SELECT 1 FROM peer q WHERE q.id = ?1 AND (q.unreachable IS NOT NULL OR q.heard <= ?3)"
	    " AND (SELECT count(*) FROM outbox o WHERE o.peer = ?1 AND o.epoch = ?2 AND o.file IS NOT NULL) >= ?4", e);
	int found;

	if (st == NULL)
		return -1;
	store_bind_text(st, 1, p->pub.id);
	sqlite3_bind_int64(st, 2, p->epoch);
	sqlite3_bind_int64(st, 3, clock_wall_ms() - UNHEARD_MS);
	sqlite3_bind_int(st, 4, UNHEARD_BUNDLES);
	found = store_step(s, st, e);
	sqlite3_reset(st);
	return found;
}
