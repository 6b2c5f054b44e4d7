/* livenet: the field program. Options and wiring only: with no subcommand, the screens. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fsutil.h"
#include "base/i18n.h"
#include "commands/command.h"
#include "commands/locale.h"
#include "crypto/secret.h"
#include "screens/keys_file.h"
#include "screens/keys_print.h"
#include "screens/screens.h"
#include "sync/hub.h"

#define RECORD_SYNOPSIS "add|list|show|edit|remove [ID] [--FIELD VALUE…]"
#define PASSPHRASE_SIZE 1024
#define PASSPHRASE_TRIES 3

/* The table of keys, with a person's own ones in it: the screens have it, the commands do not know them. */
static int show_keys(struct invocation *call, struct err *e)
{
	const struct option none[] = { { NULL, NULL, NULL } };
	struct buf out = BUF_INIT, faults = BUF_INIT;
	int rc;

	if (invocation_options(call, none, e) != 0 || invocation_words(call, 0, 0, e) != 0)
		return -1;
	if (keys_file_load(&faults) > 0)
		call->status = ERR_REFUSED;
	keys_print(call->json, &out);
	rc = print_buf(&out, e);
	command_warn(call, faults.data);
	buf_release(&out);
	buf_release(&faults);
	return rc;
}

static const struct command commands[] = {
	{ "init", "--name NAME --municipality M [--role ROLE] [--key-file FILE]",
	    N_("makes a store with its person's card; prints the device's fingerprint"), command_init },
	{ "join", "--hub CARD --fingerprint \"…\" -o FILE.join", N_("asks a hub to let this device join; prints its fingerprint"),
	    command_join },
	{ "welcome", "FILE.welcome", N_("takes the hub's answer"), command_welcome },
	{ "sync", "[--via FOLDER]", N_("exchanges bundles with the hub through a folder"), command_sync },
	{ "status", "", N_("what is unsent, sent, accepted and not accepted"), command_status },
	{ "person", RECORD_SYNOPSIS, N_("people"), command_record },
	{ "organisation", RECORD_SYNOPSIS, N_("organisations"), command_record },
	{ "seminar", RECORD_SYNOPSIS, N_("seminars"), command_record },
	{ "consultation", RECORD_SYNOPSIS, N_("consultations between mentor and mentee"), command_record },
	{ "mentorship", RECORD_SYNOPSIS, N_("who mentors whom"), command_record },
	{ "consent", "sign PURPOSE PERSON… [--date D] | " RECORD_SYNOPSIS, N_("consents to the use of personal data"), command_consent },
	{ "programme", RECORD_SYNOPSIS, N_("programmes"), command_record },
	{ "attend", "SEMINAR [PERSON… [--absent|--registered|--remove]] [--paper [--from FILE] [--unnamed N]]",
	    N_("marks who came to a seminar; without people prints its sheet; compares it with the one on paper"), command_attend },
	{ "import", "people FILE [--charset utf-8|windows-1251] [--dry-run]", N_("takes a list that Excel saved as CSV"), command_import },
	{ "export", "KIND [--format csv|json] [-o FILE]",
	    N_("a whole list: people, organisations, seminars, attendance, consultations, mentorships, consents, programmes"), command_export },
	{ "conflicts", "[list]", N_("fields in which two edits met"), command_conflicts },
	{ "bundle", "show|verify FILE [--operations]", N_("looks into a bundle"), command_bundle },
	{ "age", "-d -i IDENTITY [-o RESULT] FILE", N_("opens an age file; exit status 11 to 14 tells why not"), command_age },
	{ "check", "", N_("opens every page of the store and compares the records with the journal"), command_check },
	{ "keys", "", N_("the keys of the screens, with what the file of your own keys changes"), show_keys },
	{ "setting", "[NAME [VALUE]]", N_("language, looks, first screen, mouse: shows or sets them"), command_setting },
	{ "demonstration", "FOLDER", N_("makes the demonstration region in a new folder"), command_demonstration },
	{ NULL, NULL, NULL, NULL }
};

/* --- the first start --- */

static int create_store(void *context, const char *name, const char *municipality, const char *passphrase, struct err *e)
{
	struct invocation *call = context;
	struct store_key key = { passphrase, NULL };

	if (invocation_place(call, e) != 0)
		return -1;
	return init_store(call->store_path, &key, name, municipality, "consultant", &call->store, e);
}

/* --- opening --- */

static int open_with_passphrase(struct invocation *call, struct err *e)
{
	char *passphrase;
	struct store_key key = { NULL, NULL };
	const char *prompt = _("Passphrase: ");
	int tries, rc = -1;

	if (store_in_use(call->store_path, e) != 0)
		return -1;
	/* Only a key file opens it, or it is no store: there is nothing to ask, and the store says which. */
	if (!store_wants_passphrase(call->store_path))
		return store_open(call->store_path, &key, &call->store, e);
	key.passphrase = passphrase = secret_new(PASSPHRASE_SIZE);
	for (tries = 0; tries < PASSPHRASE_TRIES; tries++) {
		err_clear(e);
		if (screens_passphrase(prompt, passphrase, PASSPHRASE_SIZE, e) != 0)
			break;
		if ((rc = store_open(call->store_path, &key, &call->store, e)) == 0 || e->code != ERR_PASSPHRASE)
			break;
		prompt = _("That was not the passphrase. Once more: ");
	}
	secret_free(passphrase);
	return rc;
}

/* A key file or a passphrase file opens quietly; else the passphrase is asked for on the screen. */
static int open_store(struct invocation *call, struct err *e)
{
	if (call->key_file != NULL || call->passphrase_file != NULL)
		return invocation_open(call, e);
	if (open_with_passphrase(call, e) != 0)
		return -1;
	if (hub_is(call->store))
		return err_set(e, ERR_REFUSED, _("%s: this is a hub's store; open it with livenet-hub"), call->store_path);
	return 0;
}

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
	struct screens_setup setup = { create_store, call };
	struct screens_options options = { false, NULL };

	if ((fs_exists(call->store_path) ? open_store(call, e) : screens_setup(&setup, e)) != 0)
		return -1;
	options.demonstration = is_demonstration(call->store);
	if (options.demonstration)
		options.begin_own = begin_own;
	return screens_run(call->store, &options, e);
}

static int run_screens(struct invocation *call, struct err *e)
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

static const struct program program = {
	.name = "livenet",
	.summary = N_("The tool of the consultants of the Living Network of NPOs. Without a command: the screens."),
	.commands = commands,
	.hub = false,
	.no_command = run_screens,
};

int main(int argc, char **argv)
{
	locale_start();
	return command_main(&program, argc, argv);
}
