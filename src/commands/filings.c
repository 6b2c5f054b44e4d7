#include "commands/filings.h"

#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "base/text.h"
#include "documents/report.h"
#include "figures/filing.h"

int filings_file(struct invocation *call, struct err *e)
{
	const char *name = NULL, *since = NULL, *until = NULL;
	const struct option options[] = { { "name", &name, NULL }, { "since", &since, NULL }, { "until", &until, NULL }, { NULL, NULL, NULL } };
	char id[RECORD_ID_SIZE], first[DATE_SIZE], last[DATE_SIZE];

	if (invocation_options(call, options, e) != 0 || invocation_words(call, 0, 0, e) != 0 || report_period(since, until, first, last, e) != 0)
		return -1;
	if (name == NULL)
		return err_set(e, ERR_USAGE, _("report file needs --name"));
	if (call->program->hub)
		return err_set(e, ERR_REFUSED, _("the hub keeps what the devices send; a coordinator files the report in livenet"));
	if (invocation_open(call, e) != 0 || filing_make(call->store, name, first, last, id, e) != 0)
		return -1;
	return print_text(e, "%s\n", id);
}

/* --- list --- */

struct listed { struct store *store; struct buf out; bool json, first; };

static void add_json(struct listed *t, const struct filing_head *f, const char *problem)
{
	const char *const words[][2] = {
		{ "id", f->id }, { "name", f->name }, { "date", f->date }, { "since", f->since }, { "until", f->until }, { "hash", f->hash }
	};
	size_t i;

	buf_adds(&t->out, t->first ? "{" : ",\n{");
	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		json_key(&t->out, words[i][0]);
		json_strings(&t->out, *words[i][1] != '\0' ? words[i][1] : NULL);
	}
	json_key(&t->out, "problem");
	json_strings(&t->out, problem);
	buf_addc(&t->out, '}');
}

static void add_line(struct listed *t, const struct filing_head *f, const char *problem)
{
	const char *const cells[] = { f->id, f->name, f->date, f->since, f->until, f->hash, problem != NULL ? problem : "" };
	size_t i;

	for (i = 0; i < sizeof(cells) / sizeof(cells[0]); i++) {
		buf_adds(&t->out, i > 0 ? "\t" : "");
		text_escape_tsv(cells[i], strlen(cells[i]), &t->out);
	}
	buf_addc(&t->out, '\n');
}

/* Each is read whole: its hash says whether it is what was filed. */
static int add_filing(void *context, const struct filing_head *head, struct err *e)
{
	struct listed *t = context;
	struct err problem = ERR_INIT;
	struct filing f;
	bool sound = filing_read(t->store, head->id, &f, &problem) == 0;

	(void)e;
	if (sound)
		filing_release(&f);
	if (t->json)
		add_json(t, head, sound ? NULL : problem.text);
	else
		add_line(t, head, sound ? NULL : problem.text);
	t->first = false;
	return 0;
}

int filings_list(struct invocation *call, struct err *e)
{
	const struct option none[] = { { NULL, NULL, NULL } };
	struct listed t = { .out = BUF_INIT, .json = call->json, .first = true };
	int rc;

	if (invocation_options(call, none, e) != 0 || invocation_words(call, 0, 0, e) != 0 || invocation_open(call, e) != 0)
		return -1;
	t.store = call->store;
	buf_adds(&t.out, call->json ? "[" : "id\tname\tdate\tsince\tuntil\thash\tproblem\n");
	rc = filing_each(call->store, add_filing, &t, e);
	buf_adds(&t.out, call->json ? "]\n" : "");
	if (rc == 0)
		rc = print_buf(&t.out, e);
	buf_release(&t.out);
	return rc;
}

/* --- compare --- */

static void add_change(struct buf *out, const struct filing_difference *d, const struct filing_change *c)
{
	static const char *const words[] = { [FILING_ADDED] = "added", [FILING_REMOVED] = "removed", [FILING_CHANGED] = "changed" };
	const char *const cells[] = { d->figure, words[c->kind], c->id, c->name, c->by };
	char when[21] = "";
	size_t i;

	for (i = 0; i < sizeof(cells) / sizeof(cells[0]); i++) {
		text_escape_tsv(cells[i], strlen(cells[i]), out);
		buf_addc(out, '\t');
	}
	if (c->ms > 0)
		date_utc(c->ms, when);
	buf_addf(out, "%s\t%lld\t%lld\n", when, (long long)c->before, (long long)c->after);
}

static int add_difference(void *context, const struct filing_difference *d, struct err *e)
{
	struct listed *t = context;
	int i;

	(void)e;
	if (t->json) {
		buf_adds(&t->out, t->first ? "" : ",\n");
		report_difference_json(d, &t->out);
	} else {
		text_escape_tsv(d->figure, strlen(d->figure), &t->out);
		buf_addf(&t->out, "\tfigure\t\t\t\t\t%lld\t", (long long)d->before);
		if (d->known != NULL)
			buf_addi(&t->out, d->after);
		buf_addc(&t->out, '\n');
		for (i = 0; i < d->count; i++)
			add_change(&t->out, d, &d->change[i]);
	}
	t->first = false;
	return 0;
}

int filings_compare(struct invocation *call, struct err *e)
{
	const struct option none[] = { { NULL, NULL, NULL } };
	struct listed t = { .out = BUF_INIT, .json = call->json, .first = true };
	char id[RECORD_ID_SIZE];
	struct filing f;
	int rc;

	if (invocation_options(call, none, e) != 0 || invocation_words(call, 1, 1, e) != 0 || invocation_open(call, e) != 0 ||
	    filing_find(call->store, call->argv[0], id, e) != 0 || filing_read(call->store, id, &f, e) != 0)
		return -1;
	buf_adds(&t.out, call->json ? "[" : "figure\tchange\tid\tname\tby\twhen\tfiled\tnow\n");
	rc = filing_compare(call->store, &f, false, add_difference, &t, e);
	buf_adds(&t.out, call->json ? "]\n" : "");
	filing_release(&f);
	if (rc == 0)
		rc = print_buf(&t.out, e);
	buf_release(&t.out);
	return rc;
}
