/* deletions: many deletions of one device at once, and a coordinator's word about them. */
#include "commands/command.h"

#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "base/text.h"
#include "records/deletion_hold.h"
#include "records/label.h"

struct list_out {
	struct store *s;
	struct buf out, author;
	bool json;
	int count;
	const char *only;		/* the id of the one whose records are asked for; NULL: all */
};

static const char *state_of(const struct deletion_hold *h)
{
	return *h->decision == '\0' ? "waiting" : strcmp(h->decision, "yes") == 0 ? "accepted" : "refused";
}

static void member(struct buf *out, const char *key, const char *value)
{
	json_key(out, key);
	json_strings(out, value);
}

static void add_number(struct buf *out, const char *key, int64_t n)
{
	json_key(out, key);
	json_int(out, n);
}

/* What a record is called; "" where this store does not know it. */
static void name_of(struct list_out *l, const char *table, const char *id, struct buf *out)
{
	const struct record_type *t = label_type(table);

	if (t != NULL)
		record_name(l->s, t, label_record(table, id), out);
}

/* The records, each with its name: an array, or a line each. */
static void add_records(struct list_out *l, const struct deletion_hold *h)
{
	const char *p = h->records;
	int count = 0;

	while (*p != '\0') {
		size_t len = strcspn(p, "\n");
		struct buf id = BUF_INIT, name = BUF_INIT;

		buf_add(&id, p, len);
		name_of(l, h->table, id.data, &name);
		if (l->json) {
			buf_adds(&l->out, count++ > 0 ? ",{" : "{");
			member(&l->out, "id", id.data);
			member(&l->out, "name", name.len > 0 ? name.data : "");
			buf_addc(&l->out, '}');
		} else {
			text_escape_tsv(id.data, id.len, &l->out);
			buf_addc(&l->out, '\t');
			text_escape_tsv(name.len > 0 ? name.data : "", name.len, &l->out);
			buf_addc(&l->out, '\n');
		}
		buf_release(&id);
		buf_release(&name);
		p += len + (p[len] == '\n');
	}
}

static void add_json(struct list_out *l, const struct deletion_hold *h)
{
	buf_adds(&l->out, l->count > 0 && l->only == NULL ? ",\n{" : "{");
	member(&l->out, "id", h->id);
	member(&l->out, "state", state_of(h));
	member(&l->out, "date", h->date);
	member(&l->out, "decided", h->decided);
	member(&l->out, "table", h->table);
	add_number(&l->out, "count", h->count);
	add_number(&l->out, "total", h->total);
	add_number(&l->out, "removed_before", h->gone);
	member(&l->out, "author", l->author.data);
	member(&l->out, "person_id", h->person);
	member(&l->out, "device", h->device);
	if (l->only != NULL) {
		json_key(&l->out, "records");
		buf_addc(&l->out, '[');
		add_records(l, h);
		buf_addc(&l->out, ']');
	}
	buf_addc(&l->out, '}');
}

static void add_line(struct list_out *l, const struct deletion_hold *h)
{
	const char *const cells[] = { h->id, state_of(h), h->date, h->decided, h->table };

	for (size_t i = 0; i < sizeof(cells) / sizeof(cells[0]); i++)
		buf_addf(&l->out, "%s\t", cells[i]);
	buf_addf(&l->out, "%lld\t%lld\t", (long long)h->count, (long long)h->total);
	text_escape_tsv(l->author.data, l->author.len, &l->out);
	buf_addf(&l->out, "\t%s\n", h->device);
}

static int add_hold(void *context, const struct deletion_hold *h, struct err *e)
{
	struct list_out *l = context;

	(void)e;
	if (l->only != NULL && strcmp(l->only, h->id) != 0)
		return 0;
	buf_reset(&l->author);
	deletion_hold_author(l->s, h, &l->author);
	if (l->json)
		add_json(l, h);
	else if (l->only != NULL)
		add_records(l, h);
	else
		add_line(l, h);
	l->count++;
	return 0;
}

static int print(struct invocation *call, const char *only, bool waiting, struct err *e)
{
	struct list_out l = { call->store, BUF_INIT, BUF_INIT, call->json, 0, only };
	int rc;

	if (call->json)
		buf_adds(&l.out, only != NULL ? "" : "[");
	else
		buf_adds(&l.out, only != NULL ? "id\tname\n" : "id\tstate\tdate\tdecided\ttable\tcount\ttotal\tauthor\tdevice\n");
	rc = deletion_hold_each(call->store, waiting, add_hold, &l, e);
	if (call->json)
		buf_adds(&l.out, only != NULL ? "\n" : "]\n");
	if (rc == 0)
		rc = print_buf(&l.out, e);
	buf_release(&l.out);
	buf_release(&l.author);
	return rc;
}

static int run_list(struct invocation *call, struct err *e)
{
	bool waiting = false;
	const struct option options[] = { { "waiting", NULL, &waiting }, { NULL, NULL, NULL } };

	if (invocation_options(call, options, e) != 0 || invocation_words(call, 0, 0, e) != 0 || invocation_open(call, e) != 0)
		return -1;
	return print(call, NULL, waiting, e);
}

/* show, accept, refuse: of one, by its id. */
static int run_one(struct invocation *call, const char *verb, struct err *e)
{
	const struct option none[] = { { NULL, NULL, NULL } };
	char id[RECORD_ID_SIZE];

	if (*verb != 's' && call->program->hub)
		return err_set(e, ERR_REFUSED, _("a coordinator decides about that, in livenet"));
	if (invocation_options(call, none, e) != 0 || invocation_words(call, 1, 1, e) != 0 || invocation_open(call, e) != 0 ||
	    record_resolve(call->store, &deletion_hold_type, call->argv[0], id, e) != 0)
		return -1;
	return *verb == 's' ? print(call, id, false, e) : deletion_hold_decide(call->store, id, *verb == 'a', e);
}

int command_deletions(struct invocation *call, struct err *e)
{
	static const char *const verbs[] = { "show", "accept", "refuse" };
	const char *verb = call->argc > 0 && call->argv[0][0] != '-' ? call->argv[0] : NULL;

	if (verb != NULL) {
		call->argv++;
		call->argc--;
	}
	for (size_t i = 0; verb != NULL && i < sizeof(verbs) / sizeof(verbs[0]); i++)
		if (strcmp(verb, verbs[i]) == 0)
			return run_one(call, verb, e);
	if (verb == NULL || strcmp(verb, "list") == 0)
		return run_list(call, e);
	return err_set(e, ERR_USAGE, _("deletions: list, show, accept or refuse"));
}
