/* leave: the last step of a device that is retired: the hub has everything, and the store is destroyed. */
#include "commands/command.h"

#include <stdlib.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "store/store.h"
#include "sync/sync.h"

/* The person agrees to what cannot be undone, and to what it costs. */
static int check_word(const struct sync_status *st, bool yes, struct err *e)
{
	if (yes)
		return 0;
	if (st->refused > 0)
		return err_set(e, ERR_USAGE, _("leave destroys this store for good, and with it %lld changes that the hub did not accept (status lists them): say --yes"),
		    (long long)st->refused);
	return err_set(e, ERR_USAGE, _("leave destroys this store for good, once the hub has everything of it: say --yes"));
}

int command_leave(struct invocation *call, struct err *e)
{
	const char *via = NULL;
	bool yes = false;
	const struct option options[] = { { "via", &via, NULL }, { "yes", NULL, &yes }, { NULL, NULL, NULL } };
	struct sync_status status;
	struct sync_report report;
	char *path;
	int rc;

	if (invocation_options(call, options, e) != 0 || invocation_words(call, 0, 0, e) != 0 || invocation_open(call, e) != 0 ||
	    sync_status(call->store, &status, e) != 0 || check_word(&status, yes, e) != 0)
		return -1;
	if (via == NULL && status.last_via[0] == '\0')
		return err_set(e, ERR_USAGE, _("there was no sync before, so say through which folder: --via FOLDER"));
	if (sync_leave(call->store, via != NULL ? via : status.last_via, &report, e) != 0)
		return -1;
	path = mem_dup(store_path(call->store));
	invocation_close(call);
	rc = store_destroy(path, e);
	free(path);
	return rc != 0 ? -1 : print_text(e, "%s", _("this store is destroyed, and the hub is told; copies and key files elsewhere are yours to remove\n"));
}
