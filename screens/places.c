#include "screens/places.h"

#include "base/date.h"
#include "base/i18n.h"
#include "screens/attendance.h"
#include "screens/card.h"
#include "screens/draft.h"
#include "screens/exchange_ask.h"
#include "screens/people.h"
#include "screens/prompt.h"
#include "screens/seminars.h"

static unsigned act(struct loop *l, enum action action)
{
	switch (action) {
	case ACTION_PEOPLE: loop_replace(l, people_open(l->store)); break;
	case ACTION_SEMINARS: loop_replace(l, seminars_open(l->store)); break;
	case ACTION_SYNC: exchange_ask(l); break;
	case ACTION_QUIT:
	case ACTION_EXIT: l->done = true; break;
	case ACTION_BEGIN_OWN:
		*l->begin_own = true;
		l->done = true;
		break;
	default: return DID_NOTHING;
	}
	return DID_CHANGE;
}

/* A card's draft opens its card over the list where its record stands; that of somebody who was being written in, the sheet of the seminar. */
static int go_on(struct loop *l, const struct draft *d, struct err *e)
{
	const struct record_type *type = record_type_find(d->type);
	struct screen *screen;

	if (d->seminar[0] != '\0') {
		screen = attendance_open(l->store, d->seminar);
		loop_replace(l, seminars_open(l->store));
		loop_push(l, screen);
		return attendance_restore(screen, d, e);
	}
	if (type != &person_type && type != &seminar_type)
		return err_set(e, ERR_REFUSED, _("the draft is of a kind that this program does not know"));
	screen = type == &person_type ? people_open(l->store) : seminars_open(l->store);
	loop_replace(l, screen);
	return type == &person_type ? people_restore(screen, d, e) : seminars_restore(screen, d, e);
}

static unsigned draft_answer(void *context, enum prompt_reply reply)
{
	struct loop *l = context;
	struct draft d;
	struct err e = ERR_INIT;
	int status = 0;

	draft_init(&d);
	if (reply == PROMPT_YES && draft_find(l->store, &d))
		status = go_on(l, &d, &e);
	else if (reply == PROMPT_NO && draft_find(l->store, &d))
		status = draft_discard(l->store, &d, &e);
	if (status != 0)
		loop_problem(l, &e);
	draft_release(&d);
	return DID_CHANGE;
}

static void ask_about_draft(struct loop *l)
{
	struct buf question = BUF_INIT, what = BUF_INIT;
	struct draft d;
	char when[17];

	draft_init(&d);
	if (draft_find(l->store, &d)) {
		date_local(d.ms, when);
		draft_describe(l->store, &d, &what);
		buf_addf(&question, _("Not saved since %s: %s. Continue with it? (no: discard it)"), when, what.data);
		loop_push(l, prompt_ask(question.data, draft_answer, l));
	}
	draft_release(&d);
	buf_release(&question);
	buf_release(&what);
}

void places_begin(struct loop *l)
{
	l->act = act;
	loop_push(l, people_open(l->store));
	ask_about_draft(l);
}
