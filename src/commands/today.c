/* today: what is due, what is new since the last time, what is not sent and what is to be settled: the first screen in plain lines. */
#include "commands/command.h"

#include <limits.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/text.h"
#include "records/agenda.h"
#include "sync/sync.h"

struct today_out {
	struct buf out;
	bool json, first;
};

static void member(struct buf *out, const char *key, const char *value)
{
	json_key(out, key);
	json_strings(out, value);
}

/* "what" and its six columns; "" for what one of them does not have. */
static void add_line(struct today_out *t, const char *what, const char *date, const char *type, const char *id, const char *text,
    int64_t number, const char *person)
{
	const char *const cells[] = { what, date, type, id, text };
	size_t n;

	for (n = 0; n < sizeof(cells) / sizeof(cells[0]); n++) {
		text_escape_tsv(cells[n], strlen(cells[n]), &t->out);
		buf_addc(&t->out, '\t');
	}
	if (number > 0)
		buf_addi(&t->out, number);
	buf_addc(&t->out, '\t');
	text_escape_tsv(person, strlen(person), &t->out);
	buf_addc(&t->out, '\n');
}

static void begin_object(struct today_out *t)
{
	buf_adds(&t->out, t->first ? "{" : ",\n{");
	t->first = false;
}

static int add_item(void *context, const struct agenda_item *i, struct err *e)
{
	static const char *const kinds[AGENDA_KINDS] = { "erasure", "step", "question", "answer", "seminar", "unmarked", "consents" };
	struct today_out *t = context;

	(void)e;
	if (!t->json) {
		add_line(t, kinds[i->kind], i->date, i->type->name, i->id, i->text, i->number, "");
		return 0;
	}
	begin_object(t);
	member(&t->out, "what", kinds[i->kind]);
	member(&t->out, "date", i->date);
	member(&t->out, "type", i->type->name);
	member(&t->out, "id", i->id);
	member(&t->out, "text", i->text);
	if (i->kind == AGENDA_CONSENTS) {
		json_key(&t->out, "number");
		json_int(&t->out, i->number);
	}
	buf_addc(&t->out, '}');
	return 0;
}

static int add_news(void *context, const struct agenda_news *n, struct err *e)
{
	const char *what = n->removed ? "removed" : n->created ? "new" : "changed";
	struct today_out *t = context;
	char local[17], utc[21];

	(void)e;
	if (!t->json) {
		date_local(n->ms, local);
		add_line(t, what, local, n->type->name, n->id, n->name, 0, n->person);
		return 0;
	}
	begin_object(t);
	date_utc(n->ms, utc);
	member(&t->out, "what", what);
	member(&t->out, "when", utc);
	member(&t->out, "type", n->type->name);
	member(&t->out, "id", n->id);
	member(&t->out, "name", n->name);
	member(&t->out, "person", n->person);
	buf_addc(&t->out, '}');
	return 0;
}

static void add_counts(struct today_out *t, const struct sync_status *st)
{
	const struct { const char *what; int64_t number; } counts[] = {
		{ "unsent", st->unsent }, { "sent", st->sent }, { "not_accepted", st->refused }, { "conflicts", st->conflicts }
	};
	size_t i;

	for (i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
		if (t->json) {
			json_key(&t->out, counts[i].what);
			json_int(&t->out, counts[i].number);
		} else if (counts[i].number > 0) {
			add_line(t, counts[i].what, "", "", "", "", counts[i].number, "");
		}
	}
}

static int write_today(struct invocation *call, struct today_out *t, struct err *e)
{
	int64_t totals[AGENDA_KINDS], total;
	struct sync_status status;

	buf_adds(&t->out, t->json ? "{\"agenda\":[" : "what\tdate\ttype\tid\ttext\tnumber\tperson\n");
	if (agenda_each(call->store, INT_MAX, add_item, t, totals, e) != 0)
		return -1;
	if (t->json)
		buf_adds(&t->out, "],\n\"news\":[");
	t->first = true;
	if (agenda_news(call->store, INT_MAX, add_news, t, &total, e) != 0 || sync_status(call->store, &status, e) != 0)
		return -1;
	if (t->json)
		buf_addc(&t->out, ']');
	add_counts(t, &status);
	if (t->json)
		buf_adds(&t->out, "}\n");
	command_tell_programme(call);
	return print_buf(&t->out, e);
}

int command_today(struct invocation *call, struct err *e)
{
	bool seen = false;
	const struct option options[] = { { "seen", NULL, &seen }, { NULL, NULL, NULL } };
	struct today_out t = { BUF_INIT, call->json, true };
	int rc;

	if (invocation_options(call, options, e) != 0 || invocation_words(call, 0, 0, e) != 0 || invocation_open(call, e) != 0)
		return -1;
	rc = write_today(call, &t, e);
	/* Nothing counts as seen that was not printed. */
	if (rc == 0 && seen)
		rc = fflush(stdout) == 0 ? agenda_seen(call->store, e) : err_sys(e, ERR_REFUSED, "%s", _("standard output cannot be written"));
	buf_release(&t.out);
	return rc;
}
