#include "screens/awards.h"

#include <string.h>

#include "base/i18n.h"
#include "figures/activity.h"
#include "records/award.h"
#include "records/number.h"
#include "screens/award_letters.h"
#include "screens/cards.h"
#include "screens/parts/page.h"
#include "screens/parts/page_links.h"

static void show_rules(struct page *p, const struct activity *a)
{
	struct buf hint = BUF_INIT;

	/* TRANSLATORS: the table of points: how many each seminar, consultation … brings */
	page_heading(p, _("Points for each"));
	for (int i = 0; i < a->rules; i++) {
		buf_reset(&hint);
		buf_addi(&hint, a->rule[i].points);
		page_choice(p, _(award_measures[a->rule[i].measure].label), hint.data, a->rule[i].id);
		page_note(p, _(activity_computed(a->rule[i].measure)));
	}
	if (a->rules == 0)
		page_none(p, _("no points are set: n enters how many a seminar, a consultation … brings"));
	buf_release(&hint);
}

/* «1. Галимова Айгуль Рифовна   23», below it the calculation and the letter. */
static void show_row(struct page *p, const struct activity *a, const struct activity_row *row)
{
	struct buf text = BUF_INIT, hint = BUF_INIT, note = BUF_INIT;

	buf_addf(&text, "%d. %s", row->rank, row->name);
	buf_addi(&hint, row->points);
	if (row->tied)
		/* TRANSLATORS: behind a number of points: others have as many */
		buf_adds(&hint, _(", equal"));
	activity_calculation(a, row, &note);
	if (row->letter[0] != '\0') {
		/* TRANSLATORS: behind a calculation: number and date of the letter of thanks */
		buf_addf(&note, _(" · letter %s of "), row->letter);
		page_date(row->letter_date, &note);
	}
	page_link(p, text.data, hint.data, &person_type, row->person);
	page_note(p, note.data);
	buf_release(&text);
	buf_release(&hint);
	buf_release(&note);
}

/* Who has no points is counted. */
static void show_activity(struct page *p, const struct activity *a)
{
	struct buf rest = BUF_INIT;
	int shown = 0;

	page_heading(p, _("Activity"));
	for (int i = 0; i < a->count; i++)
		if (a->row[i].points > 0) {
			show_row(p, a, &a->row[i]);
			shown++;
		}
	if (a->count == 0)
		page_none(p, _("no experts or consultants yet"));
	else if (shown < a->count) {
		buf_addf(&rest, P_("without points: %d person", "without points: %d people", a->count - shown), a->count - shown);
		page_text(p, ROLE_MUTED, rest.data);
	}
	buf_release(&rest);
}

static int fill(struct page *p, struct err *e)
{
	struct activity a;

	if (activity_compute(page_store(p), &a, e) != 0)
		return -1;
	page_title(p, _("Thanks"));
	show_rules(p, &a);
	show_activity(p, &a);
	activity_release(&a);
	return page_numbers(p, NUMBER_LETTER, e);
}

static unsigned open_rule(struct page *p, const char *key)
{
	cards_edit(page_loop(p), &award_rule_type, key, NULL);
	return DID_CHANGE;
}

static unsigned act(struct page *p, enum action action)
{
	switch (action) {
	case ACTION_NEW: cards_edit(page_loop(p), &award_rule_type, "", NULL); break;
	case ACTION_PAPER: award_letters_ask(page_loop(p)); break;
	default: return DID_NOTHING;
	}
	return DID_CHANGE;
}

static const struct page_class awards = {
	.name = "awards", .where = IN_MAIN | IN_AWARDS, .fill = fill, .open = open_rule, .act = act,
};

struct screen *awards_open(struct store *s)
{
	return page_open(s, &awards, NULL);
}
