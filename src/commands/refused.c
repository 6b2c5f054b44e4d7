/* refused: changes of this store that the hub did not accept: sent again, perhaps corrected, or dropped. */
#include "commands/command.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "base/text.h"
#include "records/label.h"
#include "sync/sync.h"

struct list { struct store *s; struct buf out; bool json; int count; };

static void member(struct buf *out, const char *key, const char *value)
{
	json_key(out, key);
	json_strings(out, value);
}

static void cell(struct buf *out, const char *text)
{
	text_escape_tsv(text, strlen(text), out);
	buf_addc(out, '\t');
}

/* From lines «column<TAB>value»: an object, or cells «column=value». */
static void add_values(struct list *l, char *lines)
{
	for (char *line = strtok(lines, "\n"); line != NULL; line = strtok(NULL, "\n")) {
		char *tab = strchr(line, '\t');

		if (tab == NULL)
			continue;
		*tab = '\0';
		if (l->json) {
			json_key(&l->out, line);
			json_strings(&l->out, tab + 1);
		} else {
			*tab = '=';
			buf_addc(&l->out, '\t');
			text_escape_tsv(line, strlen(line), &l->out);
		}
	}
}

static int add(void *context, int64_t seq, const char *table, const char *id, const char *reason, struct err *e)
{
	struct list *l = context;
	const struct record_type *type = label_type(table);
	struct buf name = BUF_INIT, values = BUF_INIT;
	int rc = sync_refused_values(l->s, seq, &values, e);

	if (rc == 0 && type != NULL)
		record_name(l->s, type, label_record(table, id), &name);
	if (l->json) {
		buf_addf(&l->out, "%s{\"number\":%lld", l->count > 0 ? ",\n" : "", (long long)seq);
		member(&l->out, "table", table);
		member(&l->out, "id", id);
		member(&l->out, "name", name.len > 0 ? name.data : "");
		member(&l->out, "reason", reason);
		buf_adds(&l->out, ",\"values\":{");
	} else {
		buf_addf(&l->out, "%lld\t", (long long)seq);
		cell(&l->out, table);
		cell(&l->out, id);
		cell(&l->out, name.len > 0 ? name.data : "");
		text_escape_tsv(reason, strlen(reason), &l->out);
	}
	if (rc == 0 && values.len > 0)
		add_values(l, values.data);
	buf_adds(&l->out, l->json ? "}}" : "\n");
	l->count++;
	buf_release(&name);
	buf_release(&values);
	return rc;
}

static int list(struct invocation *call, struct err *e)
{
	struct list l = { .s = call->store, .out = BUF_INIT, .json = call->json };
	int rc;

	buf_adds(&l.out, l.json ? "[" : "number\ttable\tid\tname\treason\tvalues\n");
	rc = sync_each_refused(call->store, false, add, &l, e);
	if (l.json)
		buf_adds(&l.out, "]\n");
	if (rc == 0)
		rc = print_buf(&l.out, e);
	buf_release(&l.out);
	return rc;
}

/* Numbers of a device that this store was before are negative; 0 is none. */
static int read_number(const char *text, int64_t *number, struct err *e)
{
	char *end;

	errno = 0;
	*number = strtoll(text, &end, 10);
	return errno == 0 && end != text && *end == '\0' && *number != 0 ? 0 : err_set(e, ERR_USAGE, _("“%s” is not a number of the list"), text);
}

typedef int (*verb_fn)(struct store *s, int64_t seq, int64_t *count, struct err *e);

static int settle(struct invocation *call, verb_fn verb, bool all, struct err *e)
{
	int64_t count = 0, total = 0;

	if (all)
		return verb(call->store, 0, &total, e) == 0 ? print_text(e, "%lld\n", (long long)total) : -1;
	for (int i = 1; i < call->argc; i++) {
		int64_t number;

		if (read_number(call->argv[i], &number, e) != 0 || verb(call->store, number, &count, e) != 0)
			return -1;
		total += count;
	}
	return print_text(e, "%lld\n", (long long)total);
}

int command_refused(struct invocation *call, struct err *e)
{
	bool all = false;
	const struct option options[] = { { "all", NULL, &all }, { NULL, NULL, NULL } };
	const char *verb;

	if (invocation_options(call, options, e) != 0)
		return -1;
	verb = call->argc > 0 ? call->argv[0] : "list";
	if (strcmp(verb, "list") == 0)
		return invocation_words(call, 0, 1, e) != 0 || invocation_open(call, e) != 0 ? -1 : list(call, e);
	if (strcmp(verb, "again") != 0 && strcmp(verb, "drop") != 0)
		return err_set(e, ERR_USAGE, _("refused: one of list, again, drop"));
	if (all != (call->argc == 1))
		return err_set(e, ERR_USAGE, _("say which changes: their numbers, or --all"));
	return invocation_open(call, e) != 0 ? -1 : settle(call, strcmp(verb, "again") == 0 ? sync_refused_again : sync_refused_drop, all, e);
}
