#include "sync/again.h"

#include "store/journal_clock.h"
#include "store/reissue.h"
#include "sync/hub.h"
#include "sync/sync.h"

int again_waits(struct store *s, struct err *e)
{
	return reissue_waits(store_journal(s), e);
}

static int give(struct store *s, const struct peer *hub, int64_t *given, struct err *e)
{
	if (store_begin(s, e) != 0)
		return -1;
	if (reissue_refused(store_journal(s), hub->out_op, given, e) != 0) {
		store_rollback(s);
		return -1;
	}
	return store_commit(s, e);
}

int again_give(struct store *s, const struct peer *hub, int64_t *given, struct err *e)
{
	int waits = again_waits(s, e);
	int64_t known;

	*given = 0;
	if (waits <= 0 || hub->out_op != hub->done_op || journal_clock_doubt(store_journal(s), &known) != CLOCK_FINE)
		return waits < 0 ? -1 : 0;
	return give(s, hub, given, e);
}

int sync_give_anew(struct store *s, int64_t *given, struct err *e)
{
	struct peer hub;
	int found = hub_is(s) ? 0 : peer_hub(s, &hub, e);

	*given = 0;
	return found == 1 ? again_give(s, &hub, given, e) : found;
}
