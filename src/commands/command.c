/* command: the common part of every run: options, the store, errors and the exit status. */
#include "commands/command.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "config.h"

#include "base/fsutil.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "crypto/secret.h"
#include "crypto/strength.h"
#include "records/programme.h"
#include "store/journal_clock.h"
#include "sync/hub.h"

/* An option goes before the environment; an empty variable means unset. */
static char *option_or_environment(const char *option, const char *variable)
{
	const char *value = option != NULL ? option : getenv(variable);

	return value != NULL && *value != '\0' ? mem_dup(value) : NULL;
}

static char *default_store_path(const struct program *program)
{
	const char *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
	const char *name = program->hub ? "hub.ldb" : "store.ldb";
	struct buf path = BUF_INIT;

	if (data != NULL && data[0] == '/')
		buf_addf(&path, "%s/livenet/%s", data, name);
	else
		buf_addf(&path, "%s/.local/share/livenet/%s", home != NULL && *home != '\0' ? home : "", name);
	return buf_detach(&path);
}

/* The hub starts without a person: its key file stands beside its store, hub.ldb → hub.key. */
static char *key_beside_store(const char *store)
{
	struct buf path = BUF_INIT;
	size_t len = strlen(store);

	if (len > 4 && strcmp(store + len - 4, ".ldb") == 0)
		len -= 4;
	buf_add(&path, store, len);
	buf_adds(&path, ".key");
	return buf_detach(&path);
}

/* Also where a passphrase file is named (by an environment that was meant for livenet, say): a key file goes before it. */
static char *hub_key(const struct invocation *call)
{
	char *path = key_beside_store(call->store_path);

	if (call->passphrase_file == NULL || fs_exists(path))
		return path;
	free(path);
	return NULL;
}

static void usage(const struct program *program, FILE *to)
{
	const struct command *c;

	fprintf(to, _("usage: %s [--store FILE] [--passphrase-file FILE] [--key-file FILE] [--json] [command]\n"), program->name);
	fprintf(to, "\n%s\n\n", _(program->summary));
	for (c = program->commands; c->name != NULL; c++)
		fprintf(to, "  %s %s\n      %s\n", c->name, c->synopsis, _(c->summary));
	fprintf(to, "\n%s\n", _("More: --help after a command, and the manual page."));
}

static void command_usage(const struct program *program, const struct command *c, FILE *to)
{
	fprintf(to, _("usage: %s %s %s\n"), program->name, c->name, c->synopsis);
	fprintf(to, "%s\n", _(c->summary));
	record_help(c, to);
}

/* Takes --name value or --name=value at argv[i]: 1 taken (value set, *i moved on), 0 another word, -1 no value. */
static int take_value(int argc, char **argv, int *i, const char *name, const char **value, struct err *e)
{
	size_t len = strlen(name);

	if (strncmp(argv[*i], "--", 2) != 0 || strncmp(argv[*i] + 2, name, len) != 0)
		return 0;
	if (argv[*i][2 + len] == '=') {
		*value = argv[*i] + 3 + len;
		return 1;
	}
	if (argv[*i][2 + len] != '\0')
		return 0;
	if (*i + 1 >= argc)
		return err_set(e, ERR_USAGE, _("--%s needs a value"), name);
	*value = argv[++*i];
	return 1;
}

struct common {
	const char *store, *passphrase_file, *key_file;
	bool help, version;
};

/* After a command and before a value it is a field, the version of a consent's text. */
static bool asks_version(const struct invocation *call, int i, int argc, char **argv)
{
	return strcmp(argv[i], "--version") == 0 &&
	    (call->argc == 0 || i + 1 == argc || strncmp(argv[i + 1], "--", 2) == 0);
}

/* Takes the common options out of argv wherever they stand, up to "--". What is left goes to call->argv. */
static int take_common(struct invocation *call, struct common *c, int argc, char **argv, struct err *e)
{
	int i, taken;

	for (i = 0; i < argc; i++) {
		if (strcmp(argv[i], "--") == 0)
			break;
		if ((taken = take_value(argc, argv, &i, "store", &c->store, e)) == 0 &&
		    (taken = take_value(argc, argv, &i, "passphrase-file", &c->passphrase_file, e)) == 0)
			taken = take_value(argc, argv, &i, "key-file", &c->key_file, e);
		if (taken < 0)
			return -1;
		if (taken > 0)
			continue;
		if (strcmp(argv[i], "--json") == 0)
			call->json = true;
		else if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0)
			c->help = true;
		else if (asks_version(call, i, argc, argv))
			c->version = true;
		else
			call->argv[call->argc++] = argv[i];
	}
	for (; i < argc; i++)
		call->argv[call->argc++] = argv[i];
	return 0;
}

static int find_command(struct invocation *call, struct err *e)
{
	const struct command *c;

	if (call->argc == 0)
		return 0;
	for (c = call->program->commands; c->name != NULL; c++) {
		if (strcmp(c->name, call->argv[0]) == 0) {
			call->command = c;
			call->argv++;
			call->argc--;
			return 0;
		}
	}
	return err_set(e, ERR_USAGE, _("there is no command “%s”; --help lists them"), call->argv[0]);
}

static void set_paths(struct invocation *call, const struct common *c)
{
	call->store_path = option_or_environment(c->store, "LIVENET_STORE");
	if (call->store_path == NULL) {
		call->store_path = default_store_path(call->program);
		call->usual_place = true;
	}
	call->passphrase_file = option_or_environment(c->passphrase_file, "LIVENET_PASSPHRASE_FILE");
	call->key_file = option_or_environment(c->key_file, "LIVENET_KEY_FILE");
	if (call->program->hub && call->key_file == NULL)
		call->key_file = hub_key(call);
}

static int run(struct invocation *call, int argc, char **argv, struct err *e)
{
	struct common common = { NULL, NULL, NULL, false, false };

	if (crypto_start(e) != 0 || take_common(call, &common, argc - 1, argv + 1, e) != 0)
		return -1;
	if (common.version)
		return print_text(e, "%s %s\n", call->program->name, PACKAGE_VERSION);
	if (find_command(call, e) != 0)
		return -1;
	if (common.help) {
		if (call->command != NULL)
			command_usage(call->program, call->command, stdout);
		else
			usage(call->program, stdout);
		return 0;
	}
	set_paths(call, &common);
	if (call->command != NULL)
		return call->command->run(call, e);
	if (call->program->no_command != NULL)
		return call->program->no_command(call, e);
	usage(call->program, stderr);
	return err_set(e, ERR_USAGE, _("which command?"));
}

/* One line, whatever the text holds: names of files and fields may be hostile. */
static void complain(const struct program *program, const char *text, size_t len)
{
	struct buf line = BUF_INIT;

	text_escape(text, len, &line);
	fprintf(stderr, "%s: %s\n", program->name, line.data);
	buf_release(&line);
}

void command_warn(const struct invocation *call, const char *lines)
{
	while (*lines != '\0') {
		size_t len = strcspn(lines, "\n");

		complain(call->program, lines, len);
		lines += len + (lines[len] == '\n' ? 1 : 0);
	}
}

void command_tell_programme(const struct invocation *call)
{
	struct buf title = BUF_INIT, line = BUF_INIT;

	if (!call->json && programme_said(call->store, &title, NULL) == 0 && title.len > 0) {
		/* TRANSLATORS: which programme a list shows; «%s» is its title, perhaps with «(закрыта, только чтение)» behind it */
		buf_addf(&line, _("programme: %s"), title.data);
		complain(call->program, line.data, line.len);
	}
	buf_release(&title);
	buf_release(&line);
}

int command_main(const struct program *program, int argc, char **argv)
{
	struct invocation call = { .program = program };
	struct err e = ERR_INIT;
	char **words = mem_zero((size_t)argc + 1, sizeof(*words));
	int status;

	umask(077);
	buf_init(&call.passphrase);
	call.argv = words;
	status = run(&call, argc, argv, &e) == 0 ? call.status : (int)e.code;
	if (status == 0 && call.store != NULL && store_damaged(call.store, &e) != 0)
		status = (int)e.code;
	store_close(call.store);
	if (call.passphrase.len > 0)
		secret_wipe(call.passphrase.data, call.passphrase.len);
	buf_release(&call.passphrase);
	if (fflush(stdout) != 0 && status == 0)
		status = err_sys(&e, ERR_REFUSED, "%s", _("standard output cannot be written")) == 0 ? 0 : ERR_REFUSED;
	if (e.code != ERR_NONE)
		complain(program, e.text, strlen(e.text));
	free(call.store_path);
	free(call.passphrase_file);
	free(call.key_file);
	free(words);
	return status;
}

int invocation_key(struct invocation *call, bool confirm, struct store_key *key, struct err *e)
{
	struct buf again = BUF_INIT;
	bool same;

	key->key_file = call->key_file;
	key->passphrase = NULL;
	if (call->passphrase.len == 0 && call->passphrase_file != NULL) {
		/* A key file goes before it: then what stands there matters only to a new store. */
		if (passphrase_read(call->passphrase_file, &call->passphrase, e) != 0) {
			if (confirm || call->key_file == NULL)
				return -1;
			err_clear(e);
		}
	} else if (call->passphrase.len == 0 && call->key_file == NULL) {
		if (passphrase_ask(_("Passphrase: "), &call->passphrase, e) != 0)
			return -1;
		if (confirm) {
			if (passphrase_ask(_("The same once more: "), &again, e) != 0)
				return -1;
			same = again.len == call->passphrase.len && secret_equal(again.data, call->passphrase.data, again.len);
			secret_wipe(again.data, again.len);
			buf_release(&again);
			if (!same)
				return err_set(e, ERR_PASSPHRASE, _("the two passphrases differ; nothing was made"));
		}
	}
	if (call->passphrase.len > 0)
		key->passphrase = call->passphrase.data;
	return confirm && key->passphrase != NULL ? strength_check(key->passphrase, NULL, e) : 0;
}

int invocation_place(struct invocation *call, struct err *e)
{
	char *folder;
	int rc;

	if (!call->usual_place)
		return 0;
	folder = fs_dirname(call->store_path);
	rc = fs_mkdirs(folder, 0700, e);
	free(folder);
	return rc;
}

void invocation_usual(struct invocation *call)
{
	store_close(call->store);
	call->store = NULL;
	free(call->store_path);
	free(call->passphrase_file);
	free(call->key_file);
	call->store_path = default_store_path(call->program);
	call->passphrase_file = call->key_file = NULL;
	call->usual_place = true;
}

int invocation_open(struct invocation *call, struct err *e)
{
	struct store_key key;

	if (call->store != NULL)
		return 0;
	if (!fs_exists(call->store_path))
		return err_set(e, ERR_REFUSED, _("%s: there is no store; make one with “%s init”"), call->store_path, call->program->name);
	if (store_in_use(call->store_path, e) != 0 || invocation_key(call, false, &key, e) != 0 || store_open(call->store_path, &key, &call->store, e) != 0)
		return -1;
	if (hub_is(call->store) != call->program->hub)
		return err_set(e, ERR_REFUSED,
		    call->program->hub ? _("%s: this is not a hub's store; open it with livenet") :
		    _("%s: this is a hub's store; open it with livenet-hub"), call->store_path);
	journal_clock_guard(store_journal(call->store));
	return 0;
}

void invocation_close(struct invocation *call)
{
	store_close(call->store);
	call->store = NULL;
	if (call->passphrase.len > 0)
		secret_wipe(call->passphrase.data, call->passphrase.len);
	buf_reset(&call->passphrase);
}

static const struct option *find_option(const struct option *options, const char *word, size_t len)
{
	for (; options->name != NULL; options++)
		if (strlen(options->name) == len && strncmp(options->name, word, len) == 0)
			return options;
	return NULL;
}

int invocation_options(struct invocation *call, const struct option *options, struct err *e)
{
	const struct option *o;
	const char *word, *equals;
	int i, kept = 0;

	for (i = 0; i < call->argc; i++) {
		word = call->argv[i];
		if (strcmp(word, "--") == 0) {
			for (i++; i < call->argc; i++)
				call->argv[kept++] = call->argv[i];
			break;
		}
		if (word[0] != '-' || word[1] == '\0') {
			call->argv[kept++] = call->argv[i];
			continue;
		}
		word += strncmp(word, "--", 2) == 0 ? 2 : 0;	/* a short option keeps its hyphen in the table: "-o" */
		equals = strchr(word, '=');
		o = find_option(options, word, equals != NULL ? (size_t)(equals - word) : strlen(word));
		if (o == NULL)
			return err_set(e, ERR_USAGE, _("unknown option %s; --help after the command lists what it takes"), call->argv[i]);
		if (o->flag != NULL && equals == NULL)
			*o->flag = true;
		else if (o->flag != NULL)
			return err_set(e, ERR_USAGE, _("%s takes no value"), call->argv[i]);
		else if (equals != NULL)
			*o->value = equals + 1;
		else if (i + 1 < call->argc)
			*o->value = call->argv[++i];
		else
			return err_set(e, ERR_USAGE, _("%s needs a value"), call->argv[i]);
	}
	call->argc = kept;
	return 0;
}

int invocation_words(struct invocation *call, int least, int most, struct err *e)
{
	if (call->argc >= least && (most < 0 || call->argc <= most))
		return 0;
	return err_set(e, ERR_USAGE, _("usage: %s %s %s"), call->program->name, call->command->name, call->command->synopsis);
}

int print_buf(const struct buf *b, struct err *e)
{
	if (fwrite(b->data, 1, b->len, stdout) != b->len)
		return err_sys(e, ERR_REFUSED, "%s", _("standard output cannot be written"));
	return 0;
}

int print_text(struct err *e, const char *fmt, ...)
{
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vprintf(fmt, ap);
	va_end(ap);
	return n < 0 ? err_sys(e, ERR_REFUSED, "%s", _("standard output cannot be written")) : 0;
}

int write_result(const char *path, const struct buf *b, unsigned mode, struct err *e)
{
	if (path == NULL || strcmp(path, "-") == 0)
		return print_buf(b, e);
	return fs_write(path, b->data, b->len, (mode_t)mode, e);
}
