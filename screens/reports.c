#include "screens/reports.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "documents/report.h"
#include "figures/filing.h"
#include "screens/filing_page.h"
#include "screens/parts/loop.h"
#include "screens/parts/page.h"
#include "screens/parts/pick.h"
#include "screens/parts/progress.h"
#include "screens/parts/prompt.h"
#include "screens/proof_page.h"
#include "screens/report_paper.h"

/* Keys of lines that are no figures; a filed report's key is FILED and its id. */
#define PERIOD "?period"
#define FILE_IT "?file"
#define FILED '#'

struct reports { char since[DATE_SIZE], until[DATE_SIZE]; };

static struct reports *period_of(struct page *p)
{
	return page_context(p);
}

/* --- the lines --- */

static void add_period(struct page *p)
{
	struct buf words = BUF_INIT;

	report_period_words(period_of(p)->since, period_of(p)->until, &words);
	page_choice(p, _("Period"), words.data, PERIOD);
	buf_release(&words);
}

static int add_figures(struct page *p, struct err *e)
{
	const struct figure_query q = { .since = period_of(p)->since, .until = period_of(p)->until };
	int section = -1;
	int64_t value;

	for (const struct figure *f = figure_list; f->name != NULL; f++) {
		struct buf number = BUF_INIT;

		if (figure_value(page_store(p), f, &q, &value, e) != 0)
			return -1;
		if ((int)f->section != section)
			page_heading(p, figure_section_title(f->section));
		section = (int)f->section;
		figure_show(f, value, &number);
		page_choice(p, _(f->title), number.data, f->name);
		page_note(p, _(f->computed));
		buf_release(&number);
	}
	return 0;
}

static int add_filing(void *context, const struct filing_head *f, struct err *e)
{
	struct page *p = context;
	char key[RECORD_ID_SIZE + 2], day[DATE_SIZE];

	(void)e;
	snprintf(key, sizeof key, "%c%s", FILED, f->id);
	date_show(f->date, day);
	page_choice(p, f->name, day, key);
	return 0;
}

static int fill(struct page *p, struct err *e)
{
	int rc;

	page_text(p, ROLE_TEXT, _("Of what this device holds. People by name, visits and those without a name are never added up."));
	add_period(p);
	/* TRANSLATORS: at the foot while figures are counted that take long */
	progress_begin(page_loop(p), _("Counting"), NULL);
	rc = add_figures(p, e);
	progress_end(page_loop(p));
	if (rc != 0)
		return -1;
	page_heading(p, _("Filed reports"));
	if (filing_each(page_store(p), add_filing, p, e) != 0)
		return -1;
	page_choice(p, _("file this report …"), _("keeps its figures and lists, to see later what changed"), FILE_IT);
	return 0;
}

/* --- the period --- */

struct asked { struct page *page; char since[DATE_SIZE]; };

static void set_period(struct page *p, const char *since, const char *until)
{
	snprintf(period_of(p)->since, DATE_SIZE, "%s", since);
	snprintf(period_of(p)->until, DATE_SIZE, "%s", until);
}

static bool day_typed(struct loop *l, const char *typed, char out[DATE_SIZE])
{
	char today[DATE_SIZE];
	struct err e = ERR_INIT;

	date_today(today);
	out[0] = '\0';
	if (*typed == '\0' || date_parse(typed, today, out, &e) == 0)
		return true;
	loop_problem(l, &e);
	return false;
}

static unsigned until_typed(void *context, const char *typed, bool *again)
{
	struct asked *a = context;
	char until[DATE_SIZE];

	if (typed != NULL) {
		*again = !day_typed(page_loop(a->page), typed, until);
		if (!*again && a->since[0] != '\0' && until[0] != '\0' && strcmp(a->since, until) > 0) {
			loop_message(page_loop(a->page), "%s", _("the period ends before it begins"));
			*again = true;
		}
		if (*again)
			return DID_CHANGE;
		set_period(a->page, a->since, until);
	}
	free(a);
	return DID_SAVE;
}

static unsigned since_typed(void *context, const char *typed, bool *again)
{
	struct asked *a = context;
	struct loop *l = page_loop(a->page);

	if (typed != NULL && !day_typed(l, typed, a->since)) {
		*again = true;
		return DID_CHANGE;
	}
	if (typed == NULL)
		free(a);
	else
		loop_push(l, prompt_line(_("To which day (empty: open):"), period_of(a->page)->until, until_typed, a));
	return DID_CHANGE;
}

static void ask_days(struct page *p)
{
	struct asked *a = mem_zero(1, sizeof *a);

	a->page = p;
	loop_push(page_loop(p), prompt_line(_("From which day (empty: open):"), period_of(p)->since, since_typed, a));
}

/* «since until», with a dash for open. */
static void add_choice(struct screen *pick, const char *text, const char *since, const char *until)
{
	char value[2 * DATE_SIZE + 2];
	struct buf hint = BUF_INIT;

	snprintf(value, sizeof value, "%s %s", since, until);
	report_period_words(since, until, &hint);
	pick_add(pick, value, text, hint.data);
	buf_release(&hint);
}

static unsigned period_chosen(void *context, const char *const *values, int count)
{
	struct page *p = context;
	const char *blank = count > 0 ? strchr(values[0], ' ') : NULL;
	char since[DATE_SIZE];

	if (count == 0)
		return DID_CHANGE;
	if (blank == NULL) {
		ask_days(p);
		return DID_CHANGE;
	}
	snprintf(since, sizeof since, "%.*s", (int)(blank - values[0]), values[0]);
	set_period(p, since, blank + 1);
	return DID_SAVE;
}

static void month_of(const char *today, int back, char since[DATE_SIZE], char until[DATE_SIZE])
{
	char day[DATE_SIZE];

	snprintf(since, DATE_SIZE, "%.8s01", today);
	for (int i = 0; i < back; i++) {
		date_from_days(date_to_days(since) - 1, day);
		snprintf(since, DATE_SIZE, "%.8s01", day);
	}
	/* The day before the first of the month after. */
	date_from_days(date_to_days(since) + 31, day);
	snprintf(until, DATE_SIZE, "%.8s01", day);
	date_from_days(date_to_days(until) - 1, until);
}

static void ask_period(struct page *p)
{
	struct screen *pick = pick_open(_("Period of the report"), period_chosen, p);
	char today[DATE_SIZE], since[DATE_SIZE], until[DATE_SIZE], other[DATE_SIZE];

	date_today(today);
	add_choice(pick, _("the whole programme"), "", "");
	month_of(today, 0, since, until);
	add_choice(pick, _("this month"), since, until);
	month_of(today, 1, since, until);
	add_choice(pick, _("last month"), since, until);
	month_of(today, 3, since, other);
	add_choice(pick, _("the last three months"), since, until);
	snprintf(since, sizeof since, "%.4s-01-01", today);
	snprintf(until, sizeof until, "%.4s-12-31", today);
	add_choice(pick, _("this year"), since, until);
	pick_add(pick, "days", _("from a day to a day …"), "");
	loop_push(page_loop(p), pick);
}

/* --- filing --- */

static unsigned name_typed(void *context, const char *typed, bool *again)
{
	struct page *p = context;
	char id[RECORD_ID_SIZE];
	struct err e = ERR_INIT;

	if (typed == NULL || *typed == '\0')
		return DID_CHANGE;
	progress_begin(page_loop(p), _("Counting"), NULL);
	*again = filing_make(page_store(p), typed, period_of(p)->since, period_of(p)->until, id, &e) != 0;
	progress_end(page_loop(p));
	if (*again)
		loop_problem(page_loop(p), &e);
	else
		loop_message(page_loop(p), _("filed: its figures and lists are kept"));
	return DID_SAVE;
}

static unsigned open_line(struct page *p, const char *key)
{
	const struct figure_query q = { .since = period_of(p)->since, .until = period_of(p)->until };

	if (strcmp(key, PERIOD) == 0)
		ask_period(p);
	else if (strcmp(key, FILE_IT) == 0)
		loop_push(page_loop(p), prompt_line(_("Name of the filed report:"), "", name_typed, p));
	else if (key[0] == FILED)
		loop_push(page_loop(p), filing_page_open(page_store(p), key + 1));
	else
		loop_push(page_loop(p), proof_page_open(page_store(p), figure_find(key), NULL, &q));
	return DID_CHANGE;
}

static unsigned act(struct page *p, enum action action)
{
	if (action != ACTION_WRITE_OUT && action != ACTION_PAPER)
		return DID_NOTHING;
	report_paper_ask(page_loop(p), period_of(p)->since, period_of(p)->until);
	return DID_CHANGE;
}

static void title(struct page *p, struct title *t)
{
	(void)p;
	buf_adds(&t->place, _("Report"));
}

static void release(struct page *p)
{
	free(page_context(p));
}

static const struct page_class reports_class = {
	.name = "reports", .where = IN_MAIN | IN_REPORTS, .fill = fill, .title = title, .open = open_line, .act = act, .release = release,
};

struct screen *reports_open(struct store *s)
{
	return page_open(s, &reports_class, mem_zero(1, sizeof(struct reports)));
}
