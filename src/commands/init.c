/* init: a new store of the field program, with its person's own card. */
#include "commands/command.h"

#include <unistd.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "records/municipality.h"
#include "records/person.h"
#include "store/stores.h"

struct init_words {
	const char *name, *municipality, *role;
};

/* The card of the person whose device this is, and the settings that new records start from. */
static int make_own_card(struct store *s, const struct init_words *w, struct err *e)
{
	struct record r;
	int rc = -1;

	record_init(&r, &person_type);
	if (record_set(s, &r, "name", w->name, e) == 0 &&
	    record_set(s, &r, "municipality", w->municipality, e) == 0 &&
	    record_set(s, &r, "role", w->role, e) == 0 &&
	    record_save(s, &r, e) == 0 &&
	    store_set_setting(s, "person", r.id, e) == 0 &&
	    store_set_setting(s, "role", record_get(&r, "role"), e) == 0 &&
	    store_set_setting(s, "municipality", record_get(&r, "municipality"), e) == 0 &&
	    store_set_setting(s, "name", record_get(&r, "name"), e) == 0)
		rc = 0;
	record_release(&r);
	return rc;
}

static int fill(struct store *s, const struct init_words *w, struct err *e)
{
	if (store_begin(s, e) != 0)
		return -1;
	if (make_own_card(s, w, e) != 0) {
		store_rollback(s);
		return -1;
	}
	return store_commit(s, e);
}

int init_store(const char *path, const struct store_key *key, const char *name, const char *municipality, const char *role,
    struct store **out, struct err *e)
{
	struct init_words w = { name, municipality, role };

	if (store_create(path, key, out, e) != 0)
		return -1;
	if (fill(*out, &w, e) == 0)
		return 0;
	store_close(*out);
	*out = NULL;
	unlink(path);
	if (key->key_file != NULL)
		unlink(key->key_file);
	return -1;
}

int command_init(struct invocation *call, struct err *e)
{
	struct init_words w = { NULL, NULL, "consultant" };
	const char *recovery = NULL;
	const struct option options[] = {
		{ "name", &w.name, NULL }, { "municipality", &w.municipality, NULL }, { "role", &w.role, NULL }, { "recovery-file", &recovery, NULL },
		{ NULL, NULL, NULL }
	};
	struct store_key key;

	if (invocation_options(call, options, e) != 0 || invocation_words(call, 0, 0, e) != 0)
		return -1;
	if (w.name == NULL || w.municipality == NULL)
		return err_set(e, ERR_USAGE, _("init needs --name and --municipality"));
	if (recovery_place(recovery, e) != 0 || invocation_place(call, e) != 0 || invocation_key(call, true, &key, e) != 0)
		return -1;
	if (init_store(call->store_path, &key, w.name, w.municipality, w.role, &call->store, e) != 0)
		return -1;
	if (recovery_make(call, recovery, e) != 0)
		return -1;
	if (call->usual_place)
		stores_add(call->store_path, w.name, NULL);
	return print_text(e, "%s\n", store_identity(call->store)->pub.fingerprint);
}
