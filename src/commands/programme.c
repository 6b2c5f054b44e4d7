/* programme: the programmes of the registers: begun from another one, closed, chosen; and their cards as of any record. */
#include "commands/command.h"

#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "base/text.h"
#include "commands/record_verbs.h"
#include "documents/csv.h"
#include "records/programme.h"

/* --- begin --- */

static int set_if_said(struct store *s, struct record *r, const char *field, const char *typed, struct err *e)
{
	return typed == NULL ? 0 : record_set(s, r, field, typed, e);
}

static int run_begin(struct invocation *call, struct err *e)
{
	const char *title = NULL, *grant = NULL, *since = NULL, *until = NULL, *from = NULL;
	const struct option options[] = { { "title", &title, NULL }, { "grant", &grant, NULL }, { "since", &since, NULL }, { "until", &until, NULL },
	    { "from", &from, NULL }, { NULL, NULL, NULL } };
	char old[RECORD_ID_SIZE] = "";
	struct record r;
	int rc;

	if (invocation_options(call, options, e) != 0 || invocation_words(call, 0, 0, e) != 0 || invocation_open(call, e) != 0 ||
	    (from != NULL && record_resolve(call->store, &programme_type, from, old, e) != 0))
		return -1;
	record_init(&r, &programme_type);
	rc = set_if_said(call->store, &r, "title", title, e);
	if (rc == 0)
		rc = set_if_said(call->store, &r, "grant", grant, e);
	if (rc == 0)
		rc = set_if_said(call->store, &r, "since", since, e);
	if (rc == 0)
		rc = set_if_said(call->store, &r, "until", until, e);
	if (rc == 0)
		rc = programme_begin(call->store, &r, old, e);
	if (rc == 0)
		rc = print_text(e, "%s\n", r.id);
	record_release(&r);
	return rc;
}

/* --- close, use --- */

static int run_close(struct invocation *call, struct err *e)
{
	const struct option none[] = { { NULL, NULL, NULL } };
	char id[RECORD_ID_SIZE];

	if (verb_begin(call, &programme_type, none, 1, id, e) != 0)
		return -1;
	return programme_set_closed(call->store, id, true, e);
}

/* Without one: the usual choice again. */
static int run_use(struct invocation *call, struct err *e)
{
	const struct option none[] = { { NULL, NULL, NULL } };
	char id[RECORD_ID_SIZE] = "";

	if (invocation_options(call, none, e) != 0 || invocation_words(call, 0, 1, e) != 0 || invocation_open(call, e) != 0 ||
	    (call->argc == 1 && record_resolve(call->store, &programme_type, call->argv[0], id, e) != 0))
		return -1;
	return programme_use(call->store, id, e);
}

/* --- list --- */

struct listed { struct store *store; struct buf out; bool json, begun; char current[RECORD_ID_SIZE]; };

static int add_programme(void *context, const struct record *r, struct err *e)
{
	struct listed *l = context;
	bool current = strcmp(r->id, l->current) == 0;

	if (l->json) {
		buf_adds(&l->out, l->begun ? ",\n" : "");
		l->begun = true;
		if (record_json(l->store, r, &l->out, e) != 0)
			return -1;
		buf_cut(&l->out, l->out.len - 1);
		buf_addf(&l->out, ",\"current\":%s}", current ? "true" : "false");
		return 0;
	}
	record_text_line(l->store, r, &l->out);
	buf_cut(&l->out, l->out.len - 1);
	buf_addf(&l->out, "\t%s\n", current ? "yes" : "");
	return 0;
}

static int run_list(struct invocation *call, struct err *e)
{
	struct listed l = { .out = BUF_INIT, .json = call->json };
	const char *filter = NULL;
	const struct option options[] = { { "filter", &filter, NULL }, { NULL, NULL, NULL } };
	int rc;

	if (invocation_options(call, options, e) != 0 || invocation_words(call, 0, 0, e) != 0 || invocation_open(call, e) != 0 ||
	    programme_current(call->store, l.current, e) != 0)
		return -1;
	l.store = call->store;
	if (l.json) {
		buf_addc(&l.out, '[');
	} else {
		record_header_line(&programme_type, &l.out);
		buf_cut(&l.out, l.out.len - 1);
		buf_adds(&l.out, "\tcurrent\n");
	}
	rc = record_each(call->store, &programme_type, filter, add_programme, &l, e);
	if (l.json)
		buf_adds(&l.out, "]\n");
	if (rc == 0)
		rc = print_buf(&l.out, e);
	buf_release(&l.out);
	return rc;
}

int command_programme(struct invocation *call, struct err *e)
{
	static const struct { const char *verb; int (*run)(struct invocation *call, struct err *e); bool changes; } verbs[] = {
		{ "begin", run_begin, true }, { "close", run_close, true }, { "use", run_use, false }, { "list", run_list, false }
	};
	const char *verb = call->argc > 0 ? call->argv[0] : "";
	size_t i;

	for (i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++) {
		if (strcmp(verb, verbs[i].verb) != 0)
			continue;
		if (call->program->hub && verbs[i].changes)
			return err_set(e, ERR_USAGE, _("the hub shows records; a coordinator changes them in livenet"));
		if (verbs[i].run != run_close)		/* which begins as verbs about a record do */
			verb_taken(call);
		return verbs[i].run(call, e);
	}
	return command_record(call, e);
}
