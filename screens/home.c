#include "screens/home.h"

#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "records/agenda.h"
#include "records/deletion_hold.h"
#include "records/person.h"
#include "screens/deletions.h"
#include "screens/parts/page.h"
#include "screens/parts/page_links.h"
#include "screens/places.h"
#include "screens/parts/words.h"

/* Few lines: this is what is painted at every start, also over a slow line. */
#define DUE_MOST 3		/* of each kind */
#define NEWS_MOST 4

#define DELETIONS "deletions"	/* a line that no key leads to from everywhere */

/* «Хасанова Гузель Рашитовна» → «Гузель Рашитовна», as people are spoken to. */
static const char *call_name(const char *name)
{
	const char *given = strchr(name, ' ');

	return given != NULL && given[1] != '\0' ? given + 1 : name;
}

static void greet(struct page *p)
{
	char me[RECORD_ID_SIZE];
	struct buf name = BUF_INIT, words = BUF_INIT;

	if (person_me(page_store(p), me)[0] != '\0')
		record_name(page_store(p), &person_type, me, &name);
	if (name.len > 0)
		/* TRANSLATORS: a greeting with the first name and the patronymic */
		buf_addf(&words, _("Good day, %s!"), call_name(name.data));
	else
		buf_adds(&words, _("Good day!"));
	page_text(p, ROLE_TITLE, words.data);
	buf_release(&name);
	buf_release(&words);
}

/* --- the first steps --- */

/* Nobody but the person whose store this is, and no seminar. */
static bool is_new(struct store *s)
{
	return journal_count(store_journal(s), "person") <= 1 && journal_count(store_journal(s), "seminar") == 0;
}

static void show_first_steps(struct page *p)
{
	page_heading(p, _("The first steps"));
	page_choice(p, _("1. Enter the people with whom you work"), NULL, "people");
	page_choice(p, _("   or take in a list that Excel saved (I)"), NULL, "import");
	page_choice(p, _("2. Enter a seminar, and on its day mark who came"), NULL, "seminars");
	page_choice(p, _("3. Exchange with the hub, over a stick too"), NULL, "sync");
}

/* --- what is due --- */

struct due {
	struct page *page;
	char today[DATE_SIZE];
	int64_t shown[AGENDA_KINDS];
	bool any;
};

static void question_age(const struct due *d, const char *asked, struct buf *out)
{
	int64_t days = date_valid(asked) ? date_to_days(d->today) - date_to_days(asked) : 0;

	if (days > 0)
		/* TRANSLATORS: of a question to this person that nobody answered yet */
		buf_addf(out, P_("! a question, %lld day old", "! a question, %lld days old", days), (long long)days);
	else
		buf_adds(out, _("a question of today"));
}

/* The days that are left to destroy the data of somebody who withdrew the consent. */
static void erasure_left(const struct due *d, const char *last, const char *day, struct buf *out)
{
	int64_t days = date_valid(last) ? date_to_days(last) - date_to_days(d->today) : 0;

	if (days > 0)
		/* TRANSLATORS: behind a name: the consent was withdrawn, and in so many days the person's data must be destroyed («отзыв: уничтожить за 12 дней») */
		buf_addf(out, P_("! withdrew: erase within %lld day", "! withdrew: erase within %lld days", days), (long long)days);
	else if (days == 0)
		buf_adds(out, _("! withdrew: erase today"));
	else
		/* TRANSLATORS: behind a name: the consent was withdrawn, and the data should have been destroyed by that day */
		buf_addf(out, _("! withdrew: overdue since %s"), day);
}

static void due_hint(const struct due *d, const struct agenda_item *item, struct buf *out)
{
	bool past = strcmp(item->date, d->today) < 0;
	struct buf day = BUF_INIT;

	words_day(item->date, d->today, &day);
	if (item->kind == AGENDA_ERASURE)
		erasure_left(d, item->date, day.data, out);
	else if (item->kind == AGENDA_QUESTION)
		question_age(d, item->date, out);
	else if (item->kind == AGENDA_ANSWER)
		/* TRANSLATORS: of a question that this person asked: the answer came, with its date */
		buf_addf(out, _("answered on %s"), day.data);
	else if (item->kind == AGENDA_CONSENTS)
		buf_addf(out, _("without a consent: %lld"), (long long)item->number);
	else if (item->kind == AGENDA_UNMARKED)
		/* TRANSLATORS: a seminar whose day is past and that nobody said was held */
		buf_addf(out, _("! %s, was it held?"), day.data);
	else if (past)
		/* TRANSLATORS: a step that should have been done on that day */
		buf_addf(out, _("! overdue since %s"), day.data);
	else if (strcmp(item->date, d->today) == 0)
		buf_adds(out, _("today"));
	else
		buf_adds(out, day.data);
	buf_release(&day);
}

static int add_due(void *context, const struct agenda_item *item, struct err *e)
{
	struct due *d = context;
	struct buf hint = BUF_INIT;

	(void)e;
	if (!d->any)
		page_heading(d->page, _("Due"));
	d->any = true;
	d->shown[item->kind]++;
	due_hint(d, item, &hint);
	page_link(d->page, item->text, hint.data, item->type, item->id);
	buf_release(&hint);
	return 0;
}

/* What is not shown, and where it is seen. */
static void add_more_due(struct due *d, const int64_t totals[AGENDA_KINDS])
{
	int64_t steps = totals[AGENDA_STEP] - d->shown[AGENDA_STEP], seminars = 0;
	int64_t erasures = totals[AGENDA_ERASURE] - d->shown[AGENDA_ERASURE];
	int64_t questions = totals[AGENDA_QUESTION] - d->shown[AGENDA_QUESTION] + totals[AGENDA_ANSWER] - d->shown[AGENDA_ANSWER];
	struct buf words = BUF_INIT;

	for (int kind = AGENDA_SEMINAR; kind < AGENDA_KINDS; kind++)
		seminars += totals[kind] - d->shown[kind];
	if (steps > 0) {
		buf_addf(&words, P_("%lld more next step", "%lld more next steps", steps), (long long)steps);
		page_choice(d->page, words.data, NULL, "consultations");
	}
	buf_reset(&words);
	if (questions > 0) {
		buf_addf(&words, P_("%lld more question", "%lld more questions", questions), (long long)questions);
		page_choice(d->page, words.data, NULL, "questions");
	}
	buf_reset(&words);
	if (erasures > 0) {
		/* TRANSLATORS: people who withdrew their consent and whose data are to be destroyed */
		buf_addf(&words, P_("%lld more withdrawal of a consent", "%lld more withdrawals of consents", erasures), (long long)erasures);
		page_line(d->page, words.data, NULL);
	}
	buf_reset(&words);
	if (seminars > 0) {
		buf_addf(&words, P_("%lld more seminar", "%lld more seminars", seminars), (long long)seminars);
		page_choice(d->page, words.data, NULL, "seminars");
	}
	buf_release(&words);
}

static int show_due(struct page *p, bool *any, struct err *e)
{
	struct due d = { .page = p };
	int64_t totals[AGENDA_KINDS];

	date_today(d.today);
	if (agenda_each(page_store(p), DUE_MOST, add_due, &d, totals, e) != 0)
		return -1;
	add_more_due(&d, totals);
	*any = d.any;
	return 0;
}

/* --- the exchange, and edits that met --- */

static void add_state(struct page *p, bool *any, const char *words, int64_t number, const char *hint, const char *key)
{
	struct buf text = BUF_INIT;

	if (number == 0)
		return;
	if (!*any)
		page_heading(p, _("Exchange"));
	*any = true;
	buf_addf(&text, "%s: %lld", words, (long long)number);
	page_choice(p, text.data, hint, key);
	buf_release(&text);
}

static void show_state(struct page *p, bool *any)
{
	const struct sync_status *status = &page_loop(p)->status;
	struct buf last = BUF_INIT;
	char when[17];
	bool shown = false;
	int64_t questions = 0;

	/* Who may not decide about them has nothing to do: the page of the exchange says that they wait. */
	if (person_coordinates(page_store(p)))
		deletion_hold_waiting(page_store(p), &questions, NULL);

	if (status->last_sync_ms != 0) {
		date_local(status->last_sync_ms, when);
		buf_addf(&last, _("last exchange %s"), when);
	}
	add_state(p, &shown, _("not sent"), status->unsent, last.data, "sync");
	add_state(p, &shown, _("! not accepted by the hub"), status->refused, NULL, "sync");
	/* TRANSLATORS: how many questions there are, each about many deletions of one device, which a coordinator has to decide */
	add_state(p, &shown, _("! many deletions at once: to be decided"), questions, NULL, DELETIONS);
	add_state(p, &shown, _("! conflicts, where two edits met"), status->conflicts, NULL, "conflicts");
	*any = *any || shown;
	buf_release(&last);
}

/* --- what is new --- */

struct news {
	struct page *page;
	char today[DATE_SIZE];
	int64_t shown;
};

static int add_news(void *context, const struct agenda_news *n, struct err *e)
{
	struct news *all = context;
	struct buf hint = BUF_INIT, day = BUF_INIT;
	char when[17];

	(void)e;
	if (all->shown++ == 0)
		page_heading(all->page, _("New since last time"));
	date_local(n->ms, when);
	/* TRANSLATORS: of a record: what another person did with it */
	buf_addf(&hint, "%s %.5s", n->removed ? _("removed") : n->created ? _("new") : _("changed"), when);
	if (n->person[0] != '\0') {
		buf_adds(&hint, ", ");
		words_initials(n->person, &hint);
	}
	page_link(all->page, n->name, hint.data, n->type, n->id);
	buf_release(&hint);
	buf_release(&day);
	return 0;
}

static int show_news(struct page *p, bool *any, struct err *e)
{
	struct news n = { .page = p };
	int64_t total;

	if (agenda_news(page_store(p), NEWS_MOST, add_news, &n, &total, e) != 0)
		return -1;
	page_more(p, n.shown, total);
	*any = *any || n.shown > 0;
	return 0;
}

/* --- the other places --- */

/* «1 отбор · 2 обучение …»: those that no function key leads to, in one line. */
static void show_places(struct page *p)
{
	static const struct { enum action action; const char *words; } places[] = {
		/* TRANSLATORS: places of the program, behind their keys, in one line at the end of the first screen: one or two short words each */
		{ ACTION_CALLS, N_("selection") }, { ACTION_COURSES, N_("courses") }, { ACTION_STORIES, N_("collection") }, { ACTION_DIRECTORY, N_("directory") },
		{ ACTION_QUESTIONS, N_("questions") }, { ACTION_AWARDS, N_("thanks") }, { ACTION_INDICATORS, N_("targets") }, { ACTION_COVERAGE, N_("map") },
		{ ACTION_PROGRAMMES, N_("programmes") },
	};
	struct buf words = BUF_INIT;

	for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
		struct buf key = BUF_INIT;

		action_keys(places[i].action, IN_ROWS | IN_PAGE | IN_MAIN | IN_HOME, 1, &key);
		if (key.len > 0)
			/* No-break: a key stays with its word. */
			buf_addf(&words, "%s%s\xc2\xa0%s", words.len > 0 ? "  " : "", key.data, _(places[i].words));
		buf_release(&key);
	}
	if (words.len > 0) {
		page_heading(p, _("More places"));
		page_text(p, ROLE_MUTED, words.data);
	}
	buf_release(&words);
}

/* --- the page --- */

static int fill(struct page *p, struct err *e)
{
	bool any = false;

	greet(p);
	if (is_new(page_store(p)))
		show_first_steps(p);
	else if (show_due(p, &any, e) != 0)
		return -1;
	show_state(p, &any);
	if (show_news(p, &any, e) != 0)
		return -1;
	if (!any && !is_new(page_store(p)))
		page_none(p, _("Nothing is due, and nothing is new."));
	show_places(p);
	return 0;
}

static void title(struct page *p, struct title *t)
{
	char today[DATE_SIZE], day[DATE_SIZE];

	(void)p;
	date_today(today);
	date_show(today, day);
	/* TRANSLATORS: the title of the first screen: «Сегодня, 14.02.2020» */
	buf_addf(&t->place, _("Today, %s"), day);
}

static unsigned open_way(struct page *p, const char *key)
{
	struct loop *l = page_loop(p);

	if (strcmp(key, DELETIONS) != 0)
		return l->act(l, action_by_name(key));
	loop_push(l, deletions_open(page_store(p)));
	return DID_CHANGE;
}

static const struct page_class home_class = {
	.name = "home", .where = IN_MAIN | IN_HOME, .fill = fill, .title = title, .open = open_way,
};

struct screen *home_open(struct store *s)
{
	return page_open(s, &home_class, NULL);
}
