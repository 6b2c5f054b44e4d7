/* restored: the hub's store was put back from its backup. */
#include "commands/command.h"

#include "base/i18n.h"
#include "sync/hub.h"

int command_hub_restored(struct invocation *call, struct err *e)
{
	const struct option none[] = { { NULL, NULL, NULL } };
	int devices = 0;

	if (invocation_options(call, none, e) != 0 || invocation_words(call, 0, 0, e) != 0 || invocation_open(call, e) != 0 ||
	    hub_restored(call->store, &devices, e) != 0)
		return -1;
	command_warn(call, _("with the next exchange each device sends again what this store does not know; a device that joined after the backup was made has to join again:"
	    " livenet join; and who was revoked since has to be revoked again"));
	return print_text(e, "%d\n", devices);
}
