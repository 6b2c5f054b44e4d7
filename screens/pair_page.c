/* Two cards below each other, and what can be said of them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "records/person_link.h"
#include "screens/doubles.h"
#include "screens/parts/page.h"
#include "screens/parts/prompt.h"
#include "screens/person_page.h"

#define JOIN "join"
#define DISTINCT "distinct"
#define PART "part"

struct pair { char card[2][RECORD_ID_SIZE]; bool joined; };

static int show_card(struct page *p, const char *id, struct err *e)
{
	struct person_visits visits;
	struct record r;
	int rc = record_load(page_store(p), &r, &person_type, id, e);

	if (rc == 0) {
		page_heading(p, record_get(&r, "name"));
		page_fields(p, &r, "phone", "note");
		rc = person_visits(page_store(p), id, &visits, e);
	}
	if (rc == 0) {
		page_number(p, _("Sheets of seminars"), visits.sheets);
		page_field(p, _("Id"), id);
		page_choice(p, _("open the card"), NULL, id);
	}
	record_release(&r);
	return rc;
}

static int fill(struct page *p, struct err *e)
{
	struct pair *t = page_context(p);
	char shown[2][RECORD_ID_SIZE];

	for (int i = 0; i < 2; i++)
		if (show_card(p, t->card[i], e) != 0 || joined_shown(page_store(p), t->card[i], shown[i], e) != 0)
			return -1;
	t->joined = strcmp(shown[0], shown[1]) == 0;
	page_heading(p, _("What are these two cards?"));
	if (t->joined) {
		page_text(p, ROLE_TEXT, _("They are joined: one person, listed and counted once."));
		page_choice(p, _("part them again"), NULL, PART);
	} else {
		page_choice(p, _("one person: join the cards"), _("nothing is moved, and it can be taken back"), JOIN);
	}
	page_choice(p, _("different people"), _("they are not offered again"), DISTINCT);
	return 0;
}

static void title(struct page *p, struct title *t)
{
	(void)p;
	buf_adds(&t->place, _("Two cards"));
}

/* --- what is said --- */

struct filling { struct loop *loop; char shown[RECORD_ID_SIZE]; };

static unsigned fill_answer(void *context, enum prompt_reply reply)
{
	struct filling *f = context;
	struct buf labels = BUF_INIT;
	struct err e = ERR_INIT;
	bool yes = reply == PROMPT_YES;

	if (yes && joined_lacking(f->loop->store, f->shown, &labels, true, &e) != 0)
		loop_problem(f->loop, &e);
	else if (yes)
		loop_message(f->loop, _("taken over: %s"), labels.data);
	buf_release(&labels);
	free(f);
	return yes ? DID_SAVE : DID_CHANGE;
}

/* What the shown card does not say and another one says: asked, as it is an edit. */
static void ask_to_fill(struct loop *l, const char *card)
{
	struct filling *f = mem_zero(1, sizeof *f);
	struct buf labels = BUF_INIT, words = BUF_INIT;
	struct err e = ERR_INIT;

	f->loop = l;
	if (joined_shown(l->store, card, f->shown, &e) != 0 || joined_lacking(l->store, f->shown, &labels, false, &e) != 0 || labels.len == 0) {
		free(f);
	} else {
		/* TRANSLATORS: fields follow: «Телефон, Организация» */
		buf_addf(&words, _("The shown card lacks what the other one says (%s). Take it over?"), labels.data);
		loop_push(l, prompt_ask(words.data, fill_answer, f));
	}
	buf_release(&labels);
	buf_release(&words);
}

static unsigned join(struct page *p, const struct pair *t)
{
	struct loop *l = page_loop(p);
	struct err e = ERR_INIT;
	char card[RECORD_ID_SIZE];

	memcpy(card, t->card[0], sizeof card);
	if (person_join(page_store(p), t->card[0], t->card[1], &e) != 0) {
		loop_problem(l, &e);
		return DID_CHANGE;
	}
	loop_message(l, _("joined: one person from now on"));
	ask_to_fill(l, card);
	return DID_SAVE | DID_CLOSE;
}

static unsigned part(struct page *p, const struct pair *t)
{
	struct err e = ERR_INIT;
	bool still;

	if (person_part(page_store(p), t->card[0], t->card[1], &still, &e) != 0) {
		loop_problem(page_loop(p), &e);
		return DID_CHANGE;
	}
	loop_message(page_loop(p), "%s", still ? _("they are still one person, by way of another card") : _("parted: two people from now on"));
	return DID_SAVE;
}

static unsigned open_choice(struct page *p, const char *key)
{
	const struct pair *t = page_context(p);
	struct err e = ERR_INIT;

	if (strcmp(key, JOIN) == 0)
		return join(p, t);
	if (strcmp(key, PART) == 0)
		return part(p, t);
	if (strcmp(key, DISTINCT) != 0) {
		loop_push(page_loop(p), person_page_open(page_store(p), key));
		return DID_CHANGE;
	}
	if (person_distinct(page_store(p), t->card[0], t->card[1], &e) != 0) {
		loop_problem(page_loop(p), &e);
		return DID_CHANGE;
	}
	loop_message(page_loop(p), "%s", _("different people: they are not offered again"));
	return DID_SAVE | DID_CLOSE;
}

static void release(struct page *p)
{
	free(page_context(p));
}

static const struct page_class pair_class = {
	.name = "pair", .where = IN_MAIN, .fill = fill, .title = title, .open = open_choice, .release = release,
};

struct screen *pair_open(struct store *s, const char *a, const char *b)
{
	struct pair *t = mem_zero(1, sizeof *t);
	struct screen *page;

	snprintf(t->card[0], sizeof t->card[0], "%s", a);
	snprintf(t->card[1], sizeof t->card[1], "%s", b);
	page = page_open(s, &pair_class, t);
	page_start(page_of(page), JOIN);
	return page;
}
