/* person: the register of people, and what is decided of two cards that may be of one person. */
#include "commands/command.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "base/text.h"
#include "commands/record_verbs.h"
#include "records/double.h"
#include "records/person_link.h"

static int two_cards(struct invocation *call, const struct option *options, char a[RECORD_ID_SIZE], char b[RECORD_ID_SIZE], struct err *e)
{
	if (invocation_options(call, options, e) != 0 || invocation_words(call, 2, 2, e) != 0 || invocation_open(call, e) != 0 ||
	    record_resolve(call->store, &person_type, call->argv[0], a, e) != 0)
		return -1;
	return record_resolve(call->store, &person_type, call->argv[1], b, e);
}

static const struct option no_options[] = { { NULL, NULL, NULL } };

/* --- join, part, distinct --- */

static int join_and_fill(struct store *s, const char *a, const char *b, bool fill, char shown[RECORD_ID_SIZE], struct buf *lacking, struct err *e)
{
	if (store_begin(s, e) != 0)
		return -1;
	if (person_join(s, a, b, e) == 0 && joined_shown(s, a, shown, e) == 0 && joined_lacking(s, shown, lacking, fill, e) == 0)
		return store_commit(s, e);
	store_rollback(s);
	return -1;
}

static void tell_lacking(struct invocation *call, const char *shown, bool fill, const struct buf *lacking)
{
	struct buf words = BUF_INIT;

	if (lacking->len == 0)
		return;
	if (fill)
		buf_addf(&words, _("taken over into %s: %s"), shown, lacking->data);
	else
		buf_addf(&words, _("the shown card, %s, lacks what another one says: %s; --fill takes it over"), shown, lacking->data);
	command_warn(call, words.data);
	buf_release(&words);
}

/* Prints the id of the card that the person is shown under from now on. */
static int run_join(struct invocation *call, struct err *e)
{
	char a[RECORD_ID_SIZE], b[RECORD_ID_SIZE], shown[RECORD_ID_SIZE];
	bool fill = false;
	const struct option options[] = { { "fill", NULL, &fill }, { NULL, NULL, NULL } };
	struct buf lacking = BUF_INIT;
	int rc;

	if (two_cards(call, options, a, b, e) != 0)
		return -1;
	rc = join_and_fill(call->store, a, b, fill, shown, &lacking, e);
	if (rc == 0)
		tell_lacking(call, shown, fill, &lacking);
	buf_release(&lacking);
	return rc == 0 ? print_text(e, "%s\n", shown) : -1;
}

static int run_part(struct invocation *call, struct err *e)
{
	char a[RECORD_ID_SIZE], b[RECORD_ID_SIZE];
	bool still;

	if (two_cards(call, no_options, a, b, e) != 0 || person_part(call->store, a, b, &still, e) != 0)
		return -1;
	if (still)
		command_warn(call, _("the two cards are still one person, by way of another card; “person cards” lists them"));
	return 0;
}

static int run_distinct(struct invocation *call, struct err *e)
{
	char a[RECORD_ID_SIZE], b[RECORD_ID_SIZE];

	return two_cards(call, no_options, a, b, e) != 0 ? -1 : person_distinct(call->store, a, b, e);
}

/* --- the cards of one person --- */

struct listing { struct buf out; bool json, first; };

static void add_text_cell(struct buf *out, const char *text, char end)
{
	text_escape_tsv(text, strlen(text), out);
	buf_addc(out, end);
}

static int add_card(void *context, const char *id, const char *name, struct err *e)
{
	struct listing *l = context;

	(void)e;
	if (!l->json) {
		add_text_cell(&l->out, id, '\t');
		add_text_cell(&l->out, name, '\n');
		return 0;
	}
	buf_adds(&l->out, l->first ? "{" : ",\n{");
	json_key(&l->out, "id");
	json_strings(&l->out, id);
	json_key(&l->out, "name");
	json_strings(&l->out, name);
	buf_addc(&l->out, '}');
	l->first = false;
	return 0;
}

static int list_cards(struct invocation *call, const char *id, struct listing *l, struct err *e)
{
	char shown[RECORD_ID_SIZE];
	struct record r;
	int rc;

	if (joined_shown(call->store, id, shown, e) != 0 || record_load(call->store, &r, &person_type, shown, e) != 0)
		return -1;
	buf_adds(&l->out, l->json ? "[" : "id\tname\n");
	rc = add_card(l, shown, record_get(&r, "name"), e);
	record_release(&r);
	if (rc == 0)
		rc = joined_each(call->store, shown, add_card, l, e);
	if (l->json)
		buf_adds(&l->out, "]\n");
	return rc;
}

static int run_cards(struct invocation *call, struct err *e)
{
	struct listing l = { BUF_INIT, call->json, true };
	char id[RECORD_ID_SIZE];
	int rc;

	if (invocation_options(call, no_options, e) != 0 || invocation_words(call, 1, 1, e) != 0 || invocation_open(call, e) != 0 ||
	    record_resolve(call->store, &person_type, call->argv[0], id, e) != 0)
		return -1;
	rc = list_cards(call, id, &l, e);
	if (rc == 0)
		rc = print_buf(&l.out, e);
	buf_release(&l.out);
	return rc;
}

int command_person(struct invocation *call, struct err *e)
{
	static const struct { const char *verb; int (*run)(struct invocation *, struct err *); } verbs[] = {
		{ "join", run_join }, { "part", run_part }, { "distinct", run_distinct }, { "cards", run_cards }
	};

	for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++) {
		if (call->argc == 0 || strcmp(call->argv[0], verbs[i].verb) != 0)
			continue;
		if (call->program->hub)
			return err_set(e, ERR_REFUSED, _("the hub keeps what the devices send; a coordinator edits it in livenet"));
		verb_taken(call);
		return verbs[i].run(call, e);
	}
	return command_record(call, e);
}

/* --- possible doubles --- */

static int card_name(struct store *s, const char *id, struct buf *out, struct err *e)
{
	struct record r;
	int rc = record_load(s, &r, &person_type, id, e);

	if (rc == 0)
		buf_adds(out, record_get(&r, "name"));
	record_release(&r);
	return rc;
}

enum { CELLS = 5 };

static int add_pair(struct store *s, const struct double_pair *p, struct listing *l, struct err *e)
{
	static const char *const keys[CELLS] = { "person", "other", "name", "other_name", "alike" };
	struct buf name = BUF_INIT, other = BUF_INIT, why = BUF_INIT;
	int rc = card_name(s, p->a, &name, e) == 0 && card_name(s, p->b, &other, e) == 0 ? 0 : -1;

	double_why(p->why, &why);
	const char *const cells[CELLS] = { p->a, p->b, name.data, other.data, why.data };
	if (rc == 0 && l->json)
		buf_adds(&l->out, l->first ? "{" : ",\n{");
	for (int i = 0; i < CELLS && rc == 0; i++) {
		if (l->json) {
			json_key(&l->out, keys[i]);
			json_strings(&l->out, cells[i]);
		} else {
			add_text_cell(&l->out, cells[i], i + 1 < CELLS ? '\t' : '\n');
		}
	}
	if (rc == 0 && l->json)
		buf_addc(&l->out, '}');
	l->first = false;
	buf_release(&name);
	buf_release(&other);
	buf_release(&why);
	return rc;
}

int command_doubles(struct invocation *call, struct err *e)
{
	struct listing l = { BUF_INIT, call->json, true };
	struct doubles d;
	int rc = 0;

	if (invocation_options(call, no_options, e) != 0 || invocation_words(call, 0, 0, e) != 0 || invocation_open(call, e) != 0 ||
	    doubles_find(call->store, &d, NULL, e) != 0)
		return -1;
	buf_adds(&l.out, l.json ? "[" : "person\tother\tname\tother_name\talike\n");
	for (int i = 0; i < d.count && rc == 0; i++)
		rc = add_pair(call->store, &d.pair[i], &l, e);
	if (l.json)
		buf_adds(&l.out, "]\n");
	if (rc == 0)
		rc = print_buf(&l.out, e);
	if (rc == 0 && d.total > d.count) {
		struct buf words = BUF_INIT;

		buf_addf(&words, _("these are the likeliest %d of %lld pairs"), d.count, (long long)d.total);
		command_warn(call, words.data);
		buf_release(&words);
	}
	doubles_release(&d);
	buf_release(&l.out);
	return rc;
}
