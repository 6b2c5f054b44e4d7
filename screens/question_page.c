#include "screens/question_page.h"

#include "base/date.h"
#include "base/i18n.h"
#include "records/question.h"
#include "screens/card.h"
#include "screens/parts/loop.h"
#include "screens/parts/page.h"
#include "screens/parts/page_changes.h"

static void show_answer(struct page *p, const struct record *r)
{
	page_heading(p, _("Answer"));
	if (record_get(r, "answer")[0] == '\0') {
		page_none(p, _("none yet: r answers, for who is asked and for a coordinator"));
		return;
	}
	page_text(p, ROLE_TEXT, record_get(r, "answer"));
	page_fields(p, r, "answered", "answered_by");
}

static int fill(struct page *p, struct err *e)
{
	struct record r;
	const char *id;

	page_record(p, &id);
	if (record_load(page_store(p), &r, &question_type, id, e) != 0)
		return -1;
	page_title(p, record_get(&r, "topic"));
	page_fields(p, &r, "expert", "expert");
	page_fields(p, &r, "author", "date");
	page_heading(p, _("Question"));
	page_text(p, ROLE_TEXT, record_get(&r, "body"));
	show_answer(p, &r);
	record_release(&r);
	return page_changes(p, e);
}

unsigned question_answer_ask(struct loop *l, const char *id)
{
	static const char *const fields[] = { "answer", NULL };
	struct err e = ERR_INIT;
	struct screen *card = card_open_part(l->store, &question_type, id, fields, &e);

	if (card != NULL)
		loop_push(l, card);
	else
		loop_problem(l, &e);
	return DID_CHANGE;
}

static unsigned act(struct page *p, enum action action)
{
	const char *id;

	page_record(p, &id);
	return action == ACTION_ANSWER ? question_answer_ask(page_loop(p), id) : DID_NOTHING;
}

static const struct page_class question_class = {
	.name = "one-question", .where = IN_MAIN | IN_RECORD | IN_QUESTION, .fill = fill, .act = act,
};

struct screen *question_page_open(struct store *s, const char *id)
{
	struct screen *page = page_open(s, &question_class, NULL);

	page_about(page_of(page), &question_type, id);
	return page;
}
