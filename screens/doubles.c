/* The list of possible doubles. */
#include "screens/doubles.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "records/double.h"
#include "records/person_link.h"
#include "screens/parts/page.h"
#include "screens/parts/pick.h"
#include "screens/parts/progress.h"
#include "screens/parts/prompt.h"

enum { PAIRS_MOST = 200 };		/* on the page; as they are decided others come in */

struct list {
	struct doubles all;
	bool read;
	int64_t cards;			/* read so far */
	int left;			/* pairs that were not decided when the page was filled */
};

/* Once: what is decided on the page leaves it, and nothing else matters until it is opened again. */
static int read_all(struct page *p, struct list *t, struct err *e)
{
	int rc;

	if (t->read)
		return 0;
	/* TRANSLATORS: while all cards are compared; their number follows */
	progress_begin(page_loop(p), _("Comparing the cards"), &t->cards);
	rc = doubles_find(page_store(p), &t->all, &t->cards, e);
	progress_end(page_loop(p));
	t->read = rc == 0;
	return rc;
}

static int add_pair(struct page *p, const struct double_pair *pair, struct err *e)
{
	struct buf text = BUF_INIT, why = BUF_INIT, key = BUF_INIT;

	(void)e;
	record_name(page_store(p), &person_type, pair->a, &text);
	buf_adds(&text, " = ");
	record_name(page_store(p), &person_type, pair->b, &text);
	double_why(pair->why, &why);
	buf_addf(&key, "%s %s", pair->a, pair->b);
	page_choice(p, text.data, why.data, key.data);
	buf_release(&text);
	buf_release(&why);
	buf_release(&key);
	return 0;
}

static int fill(struct page *p, struct err *e)
{
	struct list *t = page_context(p);

	if (read_all(p, t, e) != 0)
		return -1;
	t->left = 0;
	page_text(p, ROLE_TEXT, _("Cards that may be of one person. Enter compares two of them; what you say of them is known everywhere after the next exchange."));
	for (int i = 0; i < t->all.count; i++) {
		bool decided;

		if (double_decided(page_store(p), t->all.pair[i].a, t->all.pair[i].b, &decided, e) != 0)
			return -1;
		if (!decided && t->left++ < PAIRS_MOST && add_pair(p, &t->all.pair[i], e) != 0)
			return -1;
	}
	page_more(p, t->left < PAIRS_MOST ? t->left : PAIRS_MOST, t->left + t->all.total - t->all.count);
	if (t->left == 0)
		page_none(p, _("None: no two cards look like one person, or it is decided what they are."));
	return 0;
}

static void title(struct page *p, struct title *t)
{
	const struct list *l = page_context(p);

	buf_adds(&t->place, _("Possible doubles"));
	buf_addf(&t->counts, "%lld", (long long)(l->left + l->all.total - l->all.count));
}

static unsigned open_pair(struct page *p, const char *key)
{
	char a[RECORD_ID_SIZE];
	size_t n = strcspn(key, " ");

	snprintf(a, sizeof a, "%.*s", (int)n, key);
	loop_push(page_loop(p), pair_open(page_store(p), a, key + n + 1));
	return DID_CHANGE;
}

static void release(struct page *p)
{
	struct list *t = page_context(p);

	doubles_release(&t->all);
	free(t);
}

static const struct page_class doubles_class = {
	.name = "doubles", .where = IN_MAIN, .fill = fill, .title = title, .open = open_pair, .release = release,
};

struct screen *doubles_open(struct store *s)
{
	return page_open(s, &doubles_class, mem_zero(1, sizeof(struct list)));
}

/* --- from a card --- */

struct asking { struct loop *loop; char person[RECORD_ID_SIZE]; };

static unsigned named(void *context, const char *typed, bool *again)
{
	struct asking *a = context;
	char other[RECORD_ID_SIZE];
	struct err e = ERR_INIT;

	if (typed != NULL && record_resolve(a->loop->store, &person_type, typed, other, &e) == 0 && strcmp(other, a->person) == 0)
		err_set(&e, ERR_REFUSED, _("this is one card, not two"));
	if (typed != NULL && e.code != 0) {
		loop_problem(a->loop, &e);
		*again = true;
		return DID_CHANGE;
	}
	if (typed != NULL)
		loop_push(a->loop, pair_open(a->loop->store, a->person, other));
	free(a);
	return DID_CHANGE;
}

static unsigned picked(void *context, const char *const *values, int count)
{
	struct asking *a = context;

	if (count > 0 && values[0][0] == '\0') {
		loop_push(a->loop, prompt_line(_("The other card of this person, its name or id:"), "", named, a));
		return DID_CHANGE;
	}
	if (count > 0)
		loop_push(a->loop, pair_open(a->loop->store, a->person, values[0]));
	free(a);
	return DID_CHANGE;
}

static void offer(struct asking *a, const struct double_found *found, int count)
{
	struct screen *pick = pick_open(_("Which other card has this person?"), picked, a);

	for (int i = 0; i < count; i++) {
		struct buf why = BUF_INIT;

		double_why(found[i].why, &why);
		pick_add(pick, found[i].id, found[i].name, why.data);
		buf_release(&why);
	}
	pick_add(pick, "", _("another one, by name or id …"), "");
	loop_push(a->loop, pick);
}

void doubles_ask(struct loop *l, const char *person)
{
	struct asking *a = mem_zero(1, sizeof *a);
	struct double_found found[DOUBLES_FOUND];
	struct err e = ERR_INIT;
	struct record r;
	int count = 0, rc;

	a->loop = l;
	snprintf(a->person, sizeof a->person, "%s", person);
	rc = record_load(l->store, &r, &person_type, person, &e);
	if (rc == 0)
		rc = double_find(l->store, person, &(struct double_card){ record_get(&r, "name"), record_get(&r, "phone"), record_get(&r, "email"),
		    record_get(&r, "organisation"), record_get(&r, "municipality") }, found, &count, &e);
	record_release(&r);
	if (rc == 0) {
		offer(a, found, count);
		double_found_release(found, count);
		return;
	}
	loop_problem(l, &e);
	free(a);
}
