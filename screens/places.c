#include "screens/places.h"

#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/preferences.h"
#include "records/agenda.h"
#include "screens/awards.h"
#include "screens/calls.h"
#include "screens/cards.h"
#include "screens/conflicts.h"
#include "screens/consultations.h"
#include "screens/courses.h"
#include "screens/coverage.h"
#include "screens/directory.h"
#include "screens/parts/draft.h"
#include "screens/exchange.h"
#include "screens/home.h"
#include "screens/indicators.h"
#include "screens/import.h"
#include "screens/municipalities.h"
#include "screens/organisations.h"
#include "screens/people.h"
#include "screens/programmes.h"
#include "screens/parts/prompt.h"
#include "screens/questions.h"
#include "screens/reports.h"
#include "screens/seminars.h"
#include "screens/settings.h"
#include "screens/stories.h"
#include "screens/undo_page.h"

static const struct {
	enum action action;
	struct screen *(*open)(struct store *s);
} ways[] = {
	{ ACTION_PEOPLE, people_open },
	{ ACTION_SEMINARS, seminars_open },
	{ ACTION_ORGANISATIONS, organisations_open },
	{ ACTION_CONSULTATIONS, consultations_open },
	{ ACTION_MUNICIPALITIES, municipalities_open },
	{ ACTION_CALLS, calls_open },
	{ ACTION_REPORTS, reports_open },
	{ ACTION_INDICATORS, indicators_open },
	{ ACTION_COVERAGE, coverage_open },
	{ ACTION_STORIES, stories_open },
	{ ACTION_DIRECTORY, directory_screen_open },
	{ ACTION_QUESTIONS, questions_open },
	{ ACTION_PROGRAMMES, programmes_open },
	{ ACTION_CONFLICTS, conflicts_open },
	{ ACTION_SYNC, exchange_open },
	{ ACTION_SETTINGS, settings_open },
	{ ACTION_COURSES, courses_open },
	{ ACTION_AWARDS, awards_open },
};

/* The home screen is the one with nothing below it. */
static void leave_all_but_home(struct loop *l)
{
	for (struct screen *s = l->top; s != NULL && s->below != NULL; s = s->below)
		loop_close(s);
}

unsigned places_go(struct loop *l, enum action place)
{
	if (place == ACTION_HOME) {
		leave_all_but_home(l);
		return DID_CHANGE;
	}
	for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
		if (ways[i].action != place)
			continue;
		leave_all_but_home(l);
		loop_push(l, ways[i].open(l->store));
		return DID_CHANGE;
	}
	return DID_NOTHING;
}

/* What came with exchanges so far was on the home screen, or could be: the next time it is not new. */
static void leave(struct loop *l)
{
	struct err e = ERR_INIT;

	if (agenda_seen(l->store, &e) != 0)
		loop_problem(l, &e);
	l->done = true;
}

static unsigned back(struct loop *l, bool may_leave)
{
	if (l->top->below != NULL)
		loop_close(l->top);
	else if (may_leave)
		leave(l);
	else
		loop_message(l, _("this is the first screen: q leaves the program"));
	return DID_CHANGE;
}

static unsigned act(struct loop *l, enum action action)
{
	switch (action) {
	case ACTION_BACK: return back(l, false);
	case ACTION_QUIT: return back(l, true);
	case ACTION_EXIT: leave(l); break;
	case ACTION_UNDO:
	case ACTION_SHEET_UNDO: undo_step(l, UNDO_BACK); break;
	case ACTION_REDO: undo_step(l, UNDO_AGAIN); break;
	case ACTION_UNDO_LIST:
	case ACTION_SHEET_UNDO_LIST: loop_push(l, undo_page_open(l->store)); break;
	case ACTION_IMPORT: import_begin(l); break;
	case ACTION_BEGIN_OWN:
		*l->begin_own = true;
		leave(l);
		break;
	default: return places_go(l, action);
	}
	return DID_CHANGE;
}

static void ask_about_draft(struct loop *l);

static unsigned draft_answer(void *context, enum prompt_reply reply)
{
	struct loop *l = context;
	struct draft d;
	struct err e = ERR_INIT;
	int status = 0;

	draft_init(&d);
	if (reply == PROMPT_YES && draft_find(l->store, &d))
		status = cards_restore(l, &d, &e);
	else if (reply == PROMPT_NO && draft_find(l->store, &d) && (status = draft_discard(l->store, &d, &e)) == 0)
		ask_about_draft(l);		/* another one may wait */
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

/* The place that the preference says, over the home screen. A file that cannot be read is told where it is set (settings), not at every start. */
static void begin_elsewhere(struct loop *l)
{
	struct preferences p;
	struct err e = ERR_INIT;

	preferences_load(&p, NULL, &e);
	places_go(l, action_by_name(p.value[PREFERENCE_START]));
}

void places_begin(struct loop *l)
{
	l->act = act;
	undo_start(store_journal(l->store));
	loop_push(l, home_open(l->store));
	begin_elsewhere(l);
	ask_about_draft(l);
}
