/* history: what was done to a record. */
#include "commands/command.h"

#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/text.h"
#include "records/trail.h"

struct history_out {
	struct buf out;
	bool json;
	int count;
};

static void member(struct buf *out, const char *key, const char *value)
{
	json_key(out, key);
	json_strings(out, value);
}

static const char *kind_word(int kind)
{
	return kind == OPERATION_INSERT ? "insert" : kind == OPERATION_UPDATE ? "update" : kind == OPERATION_ERASE ? "erase" : "unknown";
}

/* The signed bundle that shows where it came from. */
static void add_bundle(struct buf *out, const struct provenance *p)
{
	buf_adds(out, ",\"bundle\":");
	if (p == NULL) {
		buf_adds(out, "null");
		return;
	}
	buf_addf(out, "{\"hash\":\"%s\",\"number\":%lld,\"epoch\":%lld,\"%s\":\"%s\"}", p->hash, (long long)p->seq, (long long)p->epoch,
	    p->sent ? "to" : "from", p->peer);
}

static void add_json(struct history_out *h, const struct trail_entry *t)
{
	char when[21];
	int i;

	date_utc(t->by->ms, when);
	buf_adds(&h->out, h->count > 0 ? ",\n{" : "{");
	member(&h->out, "when", when);
	member(&h->out, "person", t->by->person);
	member(&h->out, "device", t->by->tag);
	member(&h->out, "label", t->by->label);
	buf_addf(&h->out, ",\"own\":%s,\"sequence\":%lld", t->by->own ? "true" : "false", (long long)t->by->seq);
	member(&h->out, "type", t->type != NULL ? t->type->name : t->by->table);
	member(&h->out, "id", t->id);
	member(&h->out, "about", t->about);
	member(&h->out, "kind", kind_word(t->by->kind));
	member(&h->out, "refused", t->by->refused);
	add_bundle(&h->out, t->by->bundle);
	buf_adds(&h->out, ",\"changes\":[");
	for (i = 0; i < t->count; i++) {
		buf_adds(&h->out, i > 0 ? ",{" : "{");
		member(&h->out, "field", t->change[i].name);
		member(&h->out, "label", t->change[i].field);
		member(&h->out, "before", t->change[i].before);
		member(&h->out, "after", t->change[i].after);
		buf_addf(&h->out, ",\"shown\":%s}", t->change[i].shown ? "true" : "false");
	}
	buf_adds(&h->out, "]}");
}

/* A line a field; one that has nothing to say of fields has a line of its own. */
static void add_line(struct history_out *h, const struct trail_entry *t, const struct trail_change *c)
{
	char when[17];
	size_t n;

	date_local(t->by->ms, when);
	const char *const cells[] = { when, t->by->person, t->by->tag, t->id, t->about, trail_deed(t), c != NULL ? c->field : "",
		c != NULL ? c->before : "", c != NULL ? c->after : "", c != NULL && c->shown ? "yes" : "no",
		t->by->refused != NULL ? t->by->refused : "" };

	for (n = 0; n < sizeof(cells) / sizeof(cells[0]); n++) {
		if (n > 0)
			buf_addc(&h->out, '\t');
		text_escape_tsv(cells[n], strlen(cells[n]), &h->out);
	}
	buf_addc(&h->out, '\n');
}

static int add_entry(void *context, const struct trail_entry *t, struct err *e)
{
	struct history_out *h = context;
	int i;

	(void)e;
	if (h->json)
		add_json(h, t);
	for (i = 0; i < t->count && !h->json; i++)
		add_line(h, t, &t->change[i]);
	if (t->count == 0 && !h->json)
		add_line(h, t, NULL);
	h->count++;
	return 0;
}

int command_history(struct invocation *call, struct err *e)
{
	const struct option none[] = { { NULL, NULL, NULL } };
	struct history_out h = { BUF_INIT, call->json, 0 };
	const struct record_type *type;
	char id[RECORD_ID_SIZE];
	int rc;

	if (invocation_options(call, none, e) != 0 || invocation_words(call, 1, 1, e) != 0 || invocation_open(call, e) != 0 ||
	    record_resolve_any(call->store, call->argv[0], &type, id, e) != 0)
		return -1;
	buf_adds(&h.out, call->json ? "[" : "when\tperson\tdevice\trecord\tabout\tdeed\tfield\tbefore\tafter\tshown\trefused\n");
	rc = trail_each(call->store, type, id, add_entry, &h, e);
	if (call->json)
		buf_adds(&h.out, "]\n");
	if (rc == 0)
		rc = print_buf(&h.out, e);
	buf_release(&h.out);
	return rc;
}
