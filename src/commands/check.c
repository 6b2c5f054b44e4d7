/* check and backup: whether a store is whole, said part by part; and a copy of it that is checked before it is called one. */
#include "commands/command.h"

#include <sys/stat.h>

#include "base/i18n.h"
#include "store/store_check.h"
#include "store/store_copy.h"
#include "store/store_keys.h"
#include "sync/chain.h"

static void print_part(void *context, enum store_check_part part, int64_t number)
{
	long long n = (long long)number;

	(void)context;
	switch (part) {
	case CHECK_HEADER: printf(P_("header: both copies are the same; %lld key opens the store\n", "header: both copies are the same; %lld keys open the store\n", n), n); break;
	case CHECK_PAGES: printf(P_("pages: %lld opened\n", "pages: %lld opened\n", n), n); break;
	case CHECK_INDEXES: printf(P_("tables and indexes: %lld agree\n", "tables and indexes: %lld agree\n", n), n); break;
	case CHECK_REFERENCES: printf(P_("references between tables: %lld, none leads nowhere\n", "references between tables: %lld, none leads nowhere\n", n), n); break;
	case CHECK_JOURNAL: printf(P_("journal: %lld operation played again, the records are what it gives\n",
	    "journal: %lld operations played again, the records are what they give\n", n), n); break;
	}
}

static int print_chains(const struct chain_report *r, struct err *e)
{
	if (r->received + r->sent > 0 && print_text(e, _("signatures followed: bundles received %lld, sent %lld\n"), (long long)r->received, (long long)r->sent) != 0)
		return -1;
	if (r->bare > 0 && print_text(e, P_("%lld bundle was kept by an earlier version, or given up: of it only number and hash are known\n",
	    "%lld bundles were kept by an earlier version, or given up: of them only number and hash are known\n", r->bare), (long long)r->bare) != 0)
		return -1;
	if (r->foreign == 0)
		return 0;
	return print_text(e, P_("%lld own bundle was signed with the keys that this store had before\n",
	    "%lld own bundles were signed with the keys that this store had before\n", r->foreign), (long long)r->foreign);
}

int command_check(struct invocation *call, struct err *e)
{
	const struct option none[] = { { NULL, NULL, NULL } };
	struct chain_report chains;

	if (invocation_options(call, none, e) != 0 || invocation_words(call, 0, 0, e) != 0 || invocation_open(call, e) != 0 ||
	    store_check_told(call->store, print_part, NULL, e) != 0 || chain_check(call->store, &chains, e) != 0)
		return -1;
	return print_chains(&chains, e) != 0 ? -1 : print_text(e, _("%s: whole\n"), call->store_path);
}

/* --- backup --- */

static int check_copy(void *context, struct store *copy, struct err *e)
{
	struct chain_report chains;

	(void)context;
	return store_check(copy, e) == 0 ? chain_check(copy, &chains, e) : -1;
}

/* A copy that nobody can open is none: the hub's key file is not in it, and burns with the computer. */
static int check_recovery(struct store *s, struct err *e)
{
	switch (store_recovery(s)) {
	case STORE_RECOVERY_NONE:
		return err_set(e, ERR_REFUSED, _("a backup is for the day when the key file is lost, and this hub has no recovery code: "
		    "make one (livenet-hub key recovery) and test it (livenet-hub recover --test)"));
	case STORE_RECOVERY_UNTESTED:
		return err_set(e, ERR_REFUSED, _("a backup is for the day when the key file is lost: test the recovery code first (livenet-hub recover --test)"));
	case STORE_RECOVERY_TESTED:
		break;
	}
	return 0;
}

static bool only_key_files(struct store *s)
{
	struct store_slot slots[HEADER_SLOTS];
	int count = store_slots(s, slots);

	for (int i = 0; i < count; i++)
		if (slots[i].kind == SLOT_PASSPHRASE || slots[i].tested)
			return false;
	return true;
}

int command_backup(struct invocation *call, struct err *e)
{
	const struct option none[] = { { NULL, NULL, NULL } };
	struct stat st;

	if (invocation_options(call, none, e) != 0 || invocation_words(call, 1, 1, e) != 0 || invocation_open(call, e) != 0)
		return -1;
	if ((call->program->hub && check_recovery(call->store, e) != 0) || store_copy(call->store, call->argv[0], check_copy, NULL, e) != 0)
		return -1;
	if (only_key_files(call->store))
		command_warn(call, _("nothing but the key file opens this backup: keep a copy of it elsewhere, or test the recovery code"));
	if (stat(call->argv[0], &st) != 0)
		return err_sys(e, ERR_REFUSED, "%s", call->argv[0]);
	return print_text(e, _("%s: %lld bytes, opened and checked\n"), call->argv[0], (long long)st.st_size);
}
