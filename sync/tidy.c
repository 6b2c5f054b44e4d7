#include "sync/tidy.h"

#include "records/forget.h"
#include "store/erase.h"
#include "sync/hub.h"
#include "sync/parked.h"
#include "sync/quarantine.h"
#include "sync/replicas.h"

static int expire(struct store *s, struct err *e)
{
	if (forget_drafts(s, e) != 0 || parked_expire(s, e) != 0 || quarantine_cut(s, e) != 0)
		return -1;
	return hub_is(s) ? replicas_own(s, e) : 0;
}

int tidy(struct store *s, struct err *e)
{
	if (store_begin(s, e) != 0)
		return -1;
	if (expire(s, e) != 0) {
		store_rollback(s);
		return -1;
	}
	return store_commit(s, e) != 0 ? -1 : store_scrub(s, e);
}
