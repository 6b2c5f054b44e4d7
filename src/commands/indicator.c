/* indicator: the programme's targets with what is reached of them, the rows behind each; and, for a coordinator, their records: add, edit, remove. */
#include "commands/command.h"

#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "documents/report.h"
#include "figures/indicator.h"

struct told { struct store *store; struct buf out; bool json, first; };

static void add_cell(struct buf *out, const char *text)
{
	text_escape_tsv(text, strlen(text), out);
	buf_addc(out, '\t');
}

static void add_line(struct told *t, const struct indicator *i, const char *computed)
{
	struct buf *out = &t->out;

	add_cell(out, i->key);
	add_cell(out, i->title);
	if (i->has_target)
		buf_addi(out, i->planned);
	buf_addf(out, "\t%lld\t", (long long)i->reached);
	if (i->has_target && i->planned > 0)
		buf_addi(out, i->percent);
	buf_addc(out, '\t');
	if (i->how >= INDICATOR_LINEAR)
		buf_addi(out, i->forecast);
	buf_addc(out, '\t');
	text_escape_tsv(computed, strlen(computed), out);
	buf_addc(out, '\n');
}

static int tell(void *context, const struct indicator *i, struct err *e)
{
	struct told *t = context;
	struct buf computed = BUF_INIT;

	(void)e;
	indicator_computed(t->store, i, &computed);
	if (t->json)
		buf_adds(&t->out, t->first ? "" : ",\n");
	if (t->json)
		report_indicator_json(t->store, i, &t->out);
	else
		add_line(t, i, computed.data);
	t->first = false;
	buf_release(&computed);
	return 0;
}

static int run_list(struct invocation *call, struct err *e)
{
	const struct option none[] = { { NULL, NULL, NULL } };
	struct told t = { .out = BUF_INIT, .json = call->json, .first = true };
	int rc;

	if (invocation_options(call, none, e) != 0 || invocation_words(call, 0, 0, e) != 0 || invocation_open(call, e) != 0)
		return -1;
	t.store = call->store;
	buf_adds(&t.out, call->json ? "[" : "key\ttitle\tplanned\treached\tpercent\tforecast\tcomputed\n");
	rc = indicator_each(call->store, NULL, tell, &t, e);
	buf_adds(&t.out, call->json ? "]\n" : "");
	if (rc == 0)
		rc = print_buf(&t.out, e);
	if (rc == 0)
		command_tell_programme(call);
	buf_release(&t.out);
	return rc;
}

struct behind { struct store *store; struct buf out; bool json; };

static int tell_behind(void *context, const struct indicator *i, struct err *e)
{
	struct behind *b = context;

	if (i->figure == NULL)
		return err_set(e, ERR_REFUSED, _("the indicator is of a kind that this program does not know"));
	return report_proof(b->store, i->figure, &i->query, b->json, &b->out, e);
}

static int run_show(struct invocation *call, struct err *e)
{
	const struct option none[] = { { NULL, NULL, NULL } };
	struct behind b = { .out = BUF_INIT, .json = call->json };
	char id[RECORD_ID_SIZE];
	int rc;

	if (invocation_options(call, none, e) != 0 || invocation_words(call, 1, 1, e) != 0 || invocation_open(call, e) != 0 ||
	    indicator_find(call->store, call->argv[0], id, e) != 0)
		return -1;
	b.store = call->store;
	rc = indicator_get(call->store, id, tell_behind, &b, e);
	if (rc == 0)
		rc = print_buf(&b.out, e);
	if (rc == 0)
		command_tell_programme(call);
	buf_release(&b.out);
	return rc;
}

/* The record, named by its key as well. */
static int run_record(struct invocation *call, struct err *e)
{
	char id[RECORD_ID_SIZE];

	if (!call->program->hub && call->argc > 1 && call->argv[1][0] != '-' && invocation_open(call, e) == 0 &&
	    indicator_find(call->store, call->argv[1], id, NULL) == 0) {
		call->argv[1] = id;
		return command_record(call, e);
	}
	return command_record(call, e);
}

int command_indicator(struct invocation *call, struct err *e)
{
	const char *verb = call->argc > 0 ? call->argv[0] : "";
	bool list = strcmp(verb, "list") == 0;

	if (!list && strcmp(verb, "show") != 0)
		return run_record(call, e);
	call->argv++;
	call->argc--;
	return list ? run_list(call, e) : run_show(call, e);
}
