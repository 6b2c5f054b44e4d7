#include "screens/questions.h"

#include "base/date.h"
#include "base/i18n.h"
#include "records/question.h"
#include "screens/question_page.h"
#include "screens/parts/register.h"
#include "screens/parts/words.h"

static void show_date(const struct register_screen *r, int row, struct buf *out)
{
	words_day(register_cell(r, row, QUESTIONS_DATE), register_today(r), out);
}

static void show_answered(const struct register_screen *r, int row, struct buf *out)
{
	words_day(register_cell(r, row, QUESTIONS_ANSWERED), register_today(r), out);
}

static void show_author(const struct register_screen *r, int row, struct buf *out)
{
	words_initials(register_cell(r, row, QUESTIONS_AUTHOR), out);
}

static void show_expert(const struct register_screen *r, int row, struct buf *out)
{
	words_initials(register_cell(r, row, QUESTIONS_EXPERT), out);
}

static const struct register_column columns[] = {
	/* TRANSLATORS: the day when a question was asked, a narrow column */
	{ QUESTIONS_DATE, { N_("Asked"), 8, 8, 3, false, NULL }, N_("by date"), true, show_date },
	{ QUESTIONS_TOPIC, { N_("Topic"), 18, 60, 1, false, NULL }, N_("by topic"), false, NULL },
	{ QUESTIONS_AUTHOR, { N_("From whom"), 14, 22, 5, false, NULL }, N_("by who asks"), false, show_author },
	{ QUESTIONS_EXPERT, { N_("To whom"), 14, 22, 4, false, NULL }, N_("by who is asked"), false, show_expert },
	/* TRANSLATORS: the day of the answer, a narrow column */
	{ QUESTIONS_ANSWERED, { N_("Answered"), 8, 9, 2, false, NULL }, N_("by the answer's date"), true, show_answered },
};

enum { COLUMNS = sizeof columns / sizeof columns[0] };

static const struct register_part parts[] = {
	{ .title = N_("My questions"), .facet = QUESTIONS_BY_MINE, .value = "yes", .columns = columns, .count = COLUMNS,
		.none = N_("You have asked nothing yet. Press n to ask, or a on somebody in the directory (4).") },
	{ .title = N_("Questions to me"), .facet = QUESTIONS_BY_TO_ME, .value = "yes", .columns = columns, .count = COLUMNS,
		.none = N_("Nobody has asked you anything yet.") },
	{ .title = N_("Unanswered questions"), .facet = QUESTIONS_BY_OPEN, .value = "yes", .columns = columns, .count = COLUMNS,
		.none = N_("Every question has its answer. Tab shows all questions.") },
	{ .title = N_("Questions"), .facet = -1, .columns = columns, .count = COLUMNS,
		.none = N_("No questions yet. Press n to ask the first one.") },
};

/* Who has something to answer begins there. */
static int begin(struct store *s)
{
	struct listing_view *v = listing_open(s, &questions_listing);
	struct err e = ERR_INIT;
	int64_t count = 0;

	listing_facet(v, QUESTIONS_BY_TO_ME, "yes");
	listing_facet(v, QUESTIONS_BY_OPEN, "yes");
	if (listing_count(v, &count, &e) != 0)
		count = 0;		/* the list tells it */
	listing_close(v);
	return count > 0 ? 1 : 0;
}

static void count(int64_t n, struct buf *out)
{
	buf_addf(out, P_("%lld question", "%lld questions", n), (long long)n);
}

static void elsewhere(int64_t n, struct buf *out)
{
	buf_addf(out, _("None of these questions is found by these words; among all: %lld (Tab)"), (long long)n);
}

static unsigned act(struct register_screen *r, enum action action)
{
	const char *id = action == ACTION_ANSWER ? register_selected(r) : "";

	if (action != ACTION_ANSWER)
		return DID_NOTHING;
	return id[0] != '\0' ? question_answer_ask(register_loop(r), id) : DID_CHANGE;
}

static const struct register_class questions = {
	.name = "questions", .place = IN_QUESTIONS, .listing = &questions_listing, .type = &question_type, .part = parts, .parts = 4, .begin = begin,
	.order = QUESTIONS_DATE, .descending = true, .count = count,
	.not_found = N_("No question is found by these words."),
	.elsewhere = elsewhere, .act = act,
};

struct screen *questions_open(struct store *s)
{
	return register_open(s, &questions);
}
