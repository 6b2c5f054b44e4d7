#include "start.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/fsutil.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "screens/screens.h"
#include "store/journal_clock.h"
#include "sync/hub.h"

/* --- a new store --- */

static int create_store(void *context, const char *name, const char *municipality, const char *role, const char *passphrase, struct err *e)
{
	struct invocation *call = context;
	struct store_key key = { passphrase, NULL };

	if (invocation_place(call, e) != 0 || init_store(call->store_path, &key, name, municipality, role, &call->store, e) != 0)
		return -1;
	/* A help for people: the store is made, whether or not its name could be noted down. */
	if (call->usual_place)
		stores_add(call->store_path, name, NULL);
	return 0;
}

static int set_up(struct invocation *call, bool *join, struct err *e)
{
	struct screens_setup setup = { .create = create_store, .context = call };
	int rc = screens_setup(&setup, e);

	*join = setup.join;
	return rc;
}

/* --- opening --- */

static void turn_to(struct invocation *call, char *path)
{
	free(call->store_path);
	call->store_path = path;
}

static int open_store(void *context, const char *path, const char *passphrase, struct err *e)
{
	struct invocation *call = context;
	struct store_key key = { passphrase, NULL };

	if (store_open(path, &key, &call->store, e) != 0)
		return -1;
	if (!hub_is(call->store)) {
		turn_to(call, mem_dup(path));
		return 0;
	}
	store_close(call->store);
	call->store = NULL;
	return err_set(e, ERR_REFUSED, _("%s: this is a hub's store; open it with livenet-hub"), path);
}

/* What can be said before the terminal is taken: somebody has it open; only a key file opens it, or it is no store. */
static int check_one(struct invocation *call, const char *path, struct err *e)
{
	if (store_in_use(path, e) != 0)
		return -1;
	return store_wants_passphrase(path) ? 0 : open_store(call, path, NULL, e);
}

/* The one store that was named. */
static int unlock_named(struct invocation *call, struct err *e)
{
	struct screens_unlock unlock = { .path = call->store_path, .open = open_store, .context = call };
	bool other;

	if (check_one(call, call->store_path, e) != 0)
		return -1;
	return call->store != NULL ? 0 : screens_unlock(&unlock, &other, e);
}

/* One of those on this computer, or a new one for somebody else. */
static int unlock_person(struct invocation *call, const struct stores *stores, bool *join, struct err *e)
{
	struct screens_unlock unlock = { .stores = stores, .open = open_store, .context = call };
	bool other = false;

	if (stores->count == 1) {
		char *path = stores_path(stores, 0);
		int rc = check_one(call, path, e);

		free(path);
		if (rc != 0 || call->store != NULL)
			return rc;
	}
	for (;;) {
		if (screens_unlock(&unlock, &other, e) != 0)
			return -1;
		if (!other)
			return 0;
		turn_to(call, stores_free_path(stores->folder));
		if (set_up(call, join, e) == 0)
			return 0;
		/* Somebody who left the set-up wanted back to the question; anything else is told. */
		if (e->code != ERR_REFUSED)
			return -1;
		err_clear(e);
	}
}

static int open_usual(struct invocation *call, bool *join, struct err *e)
{
	char *folder = fs_dirname(call->store_path);
	struct stores stores;
	int rc;

	stores_read(&stores, folder);
	rc = stores.count > 0 ? unlock_person(call, &stores, join, e) : set_up(call, join, e);
	stores_release(&stores);
	free(folder);
	return rc;
}

/* A key file or a passphrase file opens quietly; else it is asked for on the screen. */
static int open_any(struct invocation *call, bool *join, struct err *e)
{
	if (call->key_file != NULL || call->passphrase_file != NULL)
		return fs_exists(call->store_path) ? invocation_open(call, e) : set_up(call, join, e);
	if (call->usual_place)
		return open_usual(call, join, e);
	return fs_exists(call->store_path) ? unlock_named(call, e) : set_up(call, join, e);
}

/* --- the screens --- */

static bool is_demonstration(struct store *s)
{
	char *mark = store_setting(s, "demonstration");
	bool is = mark != NULL;

	free(mark);
	return is;
}

/* Opens the store, or makes it, and shows it; `begin_own` is set when the person left a demonstration for work of their own. */
static int show_store(struct invocation *call, bool *begin_own, struct err *e)
{
	struct screens_options options = { .demonstration = false };

	if (open_any(call, &options.join, e) != 0)
		return -1;
	journal_clock_guard(store_journal(call->store));
	options.demonstration = is_demonstration(call->store);
	if (options.demonstration)
		options.begin_own = begin_own;
	return screens_run(call->store, &options, e);
}

int start_screens(struct invocation *call, struct err *e)
{
	bool begin_own = false;

	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
		return err_set(e, ERR_USAGE, _("the screens need a terminal; “livenet --help” lists what works without one"));
	if (show_store(call, &begin_own, e) != 0)
		return -1;
	if (!begin_own)
		return 0;
	invocation_usual(call);
	return show_store(call, &begin_own, e);
}
