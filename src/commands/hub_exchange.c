/* exchange: the hub's end of an exchange over SSH, on standard input and output; what a key's forced command runs. */
#include "commands/command.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "base/fsutil.h"
#include "base/i18n.h"
#include "sync/exchange.h"

static int open_store(void *context, struct store **s, struct err *e)
{
	struct invocation *call = context;

	if (invocation_open(call, e) != 0)
		return -1;
	*s = call->store;
	return 0;
}

static void close_store(void *context)
{
	struct invocation *call = context;

	store_close(call->store);
	call->store = NULL;
}

static bool is_device_id(const char *text)
{
	return strlen(text) == DEVICE_ID_SIZE - 1 && strspn(text, "0123456789abcdef") == DEVICE_ID_SIZE - 1;
}

int command_hub_exchange(struct invocation *call, struct err *e)
{
	struct exchange_way way = { .in = STDIN_FILENO, .out = STDOUT_FILENO, .open = open_store, .close = close_store, .context = call };
	const struct option options[] = { { "device", &way.device, NULL }, { NULL, NULL, NULL } };
	struct hub_collected out;

	if (invocation_options(call, options, e) != 0 || invocation_words(call, 0, 0, e) != 0)
		return -1;
	if (way.device != NULL && !is_device_id(way.device))
		return err_set(e, ERR_USAGE, _("--device needs the whole id of a device, 32 digits, as roster prints it"));
	if (isatty(STDIN_FILENO))
		return err_set(e, ERR_USAGE, _("exchange speaks with a device's program, not with a person: it is what a key's forced command runs (livenet-hub(8))"));
	if (!fs_exists(call->store_path))
		return err_set(e, ERR_REFUSED, _("%s: there is no store; make one with “%s init”"), call->store_path, call->program->name);
	way.store_path = call->store_path;
	signal(SIGPIPE, SIG_IGN);
	return exchange_serve(&way, &out, e);
}
