/* key and recover: what opens a store, and the way back in when a passphrase is forgotten or a key file lost. */
#include "commands/command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fsutil.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/text.h"
#include "crypto/secret.h"
#include "store/journal_clock.h"
#include "store/store_keys.h"
#include "sync/hub.h"

#define CODE_FILE_MAX 4096
#define TRIES 3			/* at the terminal */

static int usage(const struct invocation *call, struct err *e)
{
	return err_set(e, ERR_USAGE, _("usage: %s %s %s"), call->program->name, call->command->name, call->command->synopsis);
}

/* --- a new recovery code --- */

int recovery_place(const char *path, struct err *e)
{
	return path != NULL && fs_exists(path) ? err_set(e, ERR_REFUSED, _("%s exists already"), path) : 0;
}

static int keep_code(const char *path, const char *text, struct err *e)
{
	char line[RECOVERY_TEXT_SIZE + 1];
	int len = snprintf(line, sizeof line, "%s\n", text);
	int rc = fs_write_new(path, line, (size_t)len, 0600, e);

	secret_wipe(line, sizeof line);
	return rc == 0 ? 0 : err_prefix(e, "%s", _("the store has a new recovery code, which could not be written; make another"));
}

/* Not by way of standard output, which goes into files and pipes: five groups a line, as they are copied by hand. */
static void show_code(const struct invocation *call, const char *text)
{
	int half = RECOVERY_GROUPS / 2 * (RECOVERY_GROUP + 1);

	command_warn(call, _("the recovery code, shown this once: write it down, and keep it away from the computer"));
	fprintf(stderr, "\n    %.*s\n    %s\n\n", half - 1, text, text + half);
	command_warn(call, call->program->hub ? _("then test what you wrote: livenet-hub recover --test") : _("then test what you wrote: livenet recover --test"));
}

int recovery_make(struct invocation *call, const char *path, struct err *e)
{
	char digits[RECOVERY_SIZE], text[RECOVERY_TEXT_SIZE];
	int rc = store_new_recovery(call->store, digits, e);

	if (rc == 0) {
		recovery_show(digits, text);
		if (path != NULL)
			rc = keep_code(path, text, e);
		else
			show_code(call, text);
	}
	secret_wipe(digits, sizeof digits);
	secret_wipe(text, sizeof text);
	return rc;
}

/* --- key --- */

static const char *kind_word(enum slot_kind kind)
{
	switch (kind) {
	case SLOT_PASSPHRASE: return "passphrase";
	case SLOT_RECOVERY: return "recovery-code";
	case SLOT_KEY_FILE: return "key-file";
	case SLOT_EMPTY: break;
	}
	return "unknown";
}

static void slot_json(const struct store_slot *k, struct buf *out)
{
	buf_addf(out, "{\"number\":%d,\"kind\":\"%s\",\"since\":", k->number, kind_word(k->kind));
	json_strings(out, k->since[0] != '\0' ? k->since : NULL);
	buf_addf(out, ",\"passes\":%u,\"memory_mib\":%u,\"name\":", k->passes, k->memory_mib);
	json_strings(out, k->name[0] != '\0' ? k->name : NULL);
	buf_addf(out, ",\"tested\":%s}", k->kind != SLOT_RECOVERY ? "null" : k->tested ? "true" : "false");
}

static void slot_line(const struct store_slot *k, struct buf *out)
{
	buf_addf(out, "%d\t%s\t%s\t%u\t%u\t", k->number, kind_word(k->kind), k->since, k->passes, k->memory_mib);
	text_escape(k->name, strlen(k->name), out);
	buf_addf(out, "\t%s\n", k->kind != SLOT_RECOVERY ? "" : k->tested ? "tested" : "untested");
}

static int list(struct invocation *call, struct err *e)
{
	struct store_slot slots[HEADER_SLOTS];
	struct buf out = BUF_INIT;
	int count = store_slots(call->store, slots), rc;

	buf_adds(&out, call->json ? "[" : "number\tkind\tsince\tpasses\tmemory_mib\tname\ttested\n");
	for (int i = 0; i < count; i++) {
		if (call->json && i > 0)
			buf_addc(&out, ',');
		(call->json ? slot_json : slot_line)(&slots[i], &out);
	}
	if (call->json)
		buf_adds(&out, "]\n");
	rc = print_buf(&out, e);
	buf_release(&out);
	return rc;
}

static int remove_key(struct invocation *call, const char *word, struct err *e)
{
	char *end;
	long number = strtol(word, &end, 10);

	if (end == word || *end != '\0' || number < 1 || number > HEADER_SLOTS)
		return err_set(e, ERR_USAGE, _("%s is no number of a key; “key list” shows them"), word);
	return store_remove_slot(call->store, (int)number, e);
}

int command_key(struct invocation *call, struct err *e)
{
	const char *path = NULL, *verb;
	const struct option options[] = { { "recovery-file", &path, NULL }, { NULL, NULL, NULL } };

	for (int i = 0; call->program->hub && i < call->argc; i++)
		if (strcmp(call->argv[i], "identity") == 0)
			return command_hub_key(call, e);
	if (invocation_options(call, options, e) != 0 || invocation_words(call, 1, 2, e) != 0)
		return -1;
	verb = call->argv[0];
	if (path != NULL && strcmp(verb, "recovery") != 0)
		return usage(call, e);
	if (strcmp(verb, "list") == 0 && call->argc == 1)
		return invocation_open(call, e) == 0 ? list(call, e) : -1;
	if (strcmp(verb, "recovery") == 0 && call->argc == 1)
		return recovery_place(path, e) == 0 && invocation_open(call, e) == 0 ? recovery_make(call, path, e) : -1;
	if (strcmp(verb, "add-file") == 0 && call->argc == 2)
		return invocation_open(call, e) == 0 ? store_add_key_file(call->store, call->argv[1], false, e) : -1;
	if (strcmp(verb, "remove") == 0 && call->argc == 2)
		return invocation_open(call, e) == 0 ? remove_key(call, call->argv[1], e) : -1;
	return usage(call, e);
}

/* --- recover --- */

static int read_code(const char *path, char digits[RECOVERY_SIZE], struct err *e)
{
	struct buf text = BUF_INIT;
	int rc;

	buf_reserve(&text, CODE_FILE_MAX + 1);
	rc = fs_read(path, CODE_FILE_MAX, false, &text, e);
	if (rc == 0)
		rc = recovery_read(text.data, digits, e);
	secret_wipe(text.data, text.cap);
	buf_release(&text);
	return rc;
}

/* A slip is said at once, and the code asked once more. */
static int ask_code(const struct invocation *call, char digits[RECOVERY_SIZE], struct err *e)
{
	struct buf text = BUF_INIT;
	int rc = -1;

	for (int i = 0; rc != 0 && i < TRIES; i++) {
		if (i > 0)
			command_warn(call, e->text);
		buf_reset(&text);
		err_clear(e);
		if (recovery_ask(_("Recovery code: "), &text, e) != 0)
			break;
		rc = recovery_read(text.data, digits, e);
	}
	if (text.cap > 0)
		secret_wipe(text.data, text.cap);
	buf_release(&text);
	return rc;
}

static int open_by_code(struct invocation *call, const char *path, struct err *e)
{
	char digits[RECOVERY_SIZE];
	int rc;

	if (!fs_exists(call->store_path))
		return err_set(e, ERR_REFUSED, _("%s: there is no store"), call->store_path);
	if (store_in_use(call->store_path, e) != 0)
		return -1;
	rc = path != NULL ? read_code(path, digits, e) : ask_code(call, digits, e);
	if (rc == 0)
		rc = store_open_recovery(call->store_path, digits, &call->store, e);
	secret_wipe(digits, sizeof digits);
	if (rc != 0)
		return -1;
	if (hub_is(call->store) != call->program->hub)
		return err_set(e, ERR_REFUSED,
		    call->program->hub ? _("%s: this is not a hub's store; open it with livenet") :
		    _("%s: this is a hub's store; open it with livenet-hub"), call->store_path);
	journal_clock_guard(store_journal(call->store));
	return 0;
}

/* The hub starts without a person: it gets a new key file, and those that are lost open nothing any more. */
static int new_key_file(struct invocation *call, struct err *e)
{
	if (store_add_key_file(call->store, call->key_file, true, e) != 0)
		return -1;
	return print_text(e, _("%s opens the hub's store from now on; key files from before do not\n"), call->key_file);
}

int command_recover(struct invocation *call, struct err *e)
{
	const char *code = NULL, *passphrase = NULL;
	bool test = false;
	const struct option options[] = {
		{ "recovery-file", &code, NULL }, { "new-passphrase-file", &passphrase, NULL }, { "test", NULL, &test }, { NULL, NULL, NULL }
	};
	bool to_file;

	if (invocation_options(call, options, e) != 0 || invocation_words(call, 0, 0, e) != 0)
		return -1;
	to_file = call->program->hub && passphrase == NULL;
	if (!test && to_file && call->key_file == NULL)
		return err_set(e, ERR_USAGE, _("recover needs --key-file for the new key, or --new-passphrase-file"));
	if (!test && to_file && fs_exists(call->key_file))
		return err_set(e, ERR_REFUSED, _("the key file %s exists already: take it away, or name another with --key-file"), call->key_file);
	/* At a device a key file is as good as the code. */
	if (!test && code == NULL && call->key_file != NULL && !call->program->hub ? invocation_open(call, e) != 0 : open_by_code(call, code, e) != 0)
		return -1;
	if (test)
		return print_text(e, _("the recovery code opens %s\n"), call->store_path);
	return to_file ? new_key_file(call, e) : passphrase_set(call->store, passphrase, e);
}
