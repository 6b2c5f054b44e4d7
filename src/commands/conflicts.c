/* conflicts: fields in which two edits met, and settling them. */
#include "commands/command.h"

#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/text.h"
#include "records/conflicts.h"

struct list_out {
	struct buf out, author;
	bool json;
	int count;
};

static void member(struct buf *out, const char *key, const char *value)
{
	json_key(out, key);
	json_strings(out, value);
}

static void add_json(struct list_out *l, const struct conflict_line *c)
{
	int i;

	buf_adds(&l->out, l->count > 0 ? ",\n{" : "{");
	member(&l->out, "type", c->type->name);
	member(&l->out, "id", c->id);
	member(&l->out, "name", c->name);
	member(&l->out, "table", c->table);
	member(&l->out, "field", c->column);
	member(&l->out, "label", c->field);
	buf_adds(&l->out, ",\"values\":[");
	for (i = 0; i < c->count; i++) {
		char when[21];

		date_utc(c->choice[i].ms, when);
		buf_adds(&l->out, i > 0 ? ",{" : "{");
		member(&l->out, "value", c->choice[i].value);
		member(&l->out, "text", c->choice[i].text);
		member(&l->out, "when", when);
		member(&l->out, "person", c->choice[i].author.person);
		member(&l->out, "device", c->choice[i].author.tag);
		member(&l->out, "device_label", c->choice[i].author.label);
		buf_addf(&l->out, ",\"own\":%s,\"shown\":%s}", c->choice[i].author.own ? "true" : "false", i == 0 ? "true" : "false");
	}
	buf_adds(&l->out, "]}");
}

/* A line a value. */
static void add_lines(struct list_out *l, const struct conflict_line *c)
{
	int i;
	size_t n;

	for (i = 0; i < c->count; i++) {
		char when[17];
		date_local(c->choice[i].ms, when);
		buf_reset(&l->author);
		buf_adds(&l->author, c->choice[i].author.person);
		if (*c->choice[i].device != '\0')
			buf_addf(&l->author, " (%s)", c->choice[i].device);
		const char *const cells[] = { c->type->name, c->id, c->name, c->column, c->choice[i].value, c->choice[i].text, when,
			l->author.data, c->choice[i].author.tag };

		for (n = 0; n < sizeof(cells) / sizeof(cells[0]); n++) {
			text_escape_tsv(cells[n], strlen(cells[n]), &l->out);
			buf_addc(&l->out, '\t');
		}
		buf_addf(&l->out, "%s\n", i == 0 ? "yes" : "no");
	}
}

static int add_conflict(void *context, const struct conflict_line *c, struct err *e)
{
	struct list_out *l = context;

	(void)e;
	if (l->json)
		add_json(l, c);
	else
		add_lines(l, c);
	l->count++;
	return 0;
}

static int run_list(struct invocation *call, struct err *e)
{
	const struct option none[] = { { NULL, NULL, NULL } };
	struct list_out l = { BUF_INIT, BUF_INIT, call->json, 0 };
	int rc;

	if (invocation_options(call, none, e) != 0 || invocation_words(call, 0, 0, e) != 0 || invocation_open(call, e) != 0)
		return -1;
	buf_adds(&l.out, call->json ? "[" : "type\tid\tname\tfield\tvalue\ttext\twhen\tperson\tdevice\tshown\n");
	rc = conflicts_each(call->store, add_conflict, &l, e);
	if (call->json)
		buf_adds(&l.out, "]\n");
	if (rc == 0)
		rc = print_buf(&l.out, e);
	buf_release(&l.out);
	buf_release(&l.author);
	return rc;
}

static int run_settle(struct invocation *call, struct err *e)
{
	const char *value = NULL;
	bool keep = false;
	const struct option options[] = { { "value", &value, NULL }, { "keep", NULL, &keep }, { NULL, NULL, NULL } };
	const struct record_type *type;
	char id[RECORD_ID_SIZE];

	if (call->program->hub)
		return err_set(e, ERR_REFUSED, _("the hub keeps what the devices send; a coordinator edits it in livenet"));
	if (invocation_options(call, options, e) != 0 || invocation_words(call, 2, 2, e) != 0)
		return -1;
	if (keep == (value != NULL))
		return err_set(e, ERR_USAGE, _("say which value is right: --value TEXT, or --keep for the one that is shown"));
	if (invocation_open(call, e) != 0 || record_resolve_any(call->store, call->argv[0], &type, id, e) != 0)
		return -1;
	return conflict_settle_field(call->store, type, id, call->argv[1], value, e);
}

int command_conflicts(struct invocation *call, struct err *e)
{
	const char *verb = call->argc > 0 ? call->argv[0] : "list";
	bool settle = strcmp(verb, "settle") == 0;

	if (!settle && strcmp(verb, "list") != 0 && verb[0] != '-')
		return invocation_words(call, 0, 0, e);
	if (call->argc > 0 && verb[0] != '-') {
		call->argv++;
		call->argc--;
	}
	return settle ? run_settle(call, e) : run_list(call, e);
}
