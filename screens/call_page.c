#include "screens/call_page.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "records/application.h"
#include "records/call.h"
#include "records/ranking.h"
#include "records/score_round.h"
#include "screens/call_act.h"
#include "screens/cards.h"
#include "screens/import.h"
#include "screens/parts/page.h"
#include "screens/parts/page_changes.h"
#include "screens/scoring.h"
#include "screens/parts/words.h"

#define APPLICATIONS_MOST 2000	/* on the page */

static const char *id_of(const struct page *p)
{
	const char *id;

	page_record(p, &id);
	return id;
}

/* --- what it comes to --- */

static void count_decisions(const struct call_counts *n, struct buf *out)
{
	buf_addi(out, n->applications);
	if (n->selected > 0)
		buf_addf(out, _(", selected: %lld"), (long long)n->selected);
	if (n->reserve > 0)
		buf_addf(out, _(", in reserve: %lld"), (long long)n->reserve);
	if (n->refused > 0)
		buf_addf(out, _(", refused: %lld"), (long long)n->refused);
	if (n->withdrawn > 0)
		buf_addf(out, _(", withdrawn: %lld"), (long long)n->withdrawn);
}

static int show_counts(struct page *p, struct err *e)
{
	struct call_counts n;
	struct score_progress own;
	struct buf words = BUF_INIT;

	if (call_counts(page_store(p), id_of(p), &n, e) != 0 || score_progress(page_store(p), id_of(p), &own, e) != 0)
		return -1;
	count_decisions(&n, &words);
	page_field(p, _("Applications"), words.data);
	if (score_may_give(page_store(p), id_of(p), NULL) == 0) {
		buf_reset(&words);
		/* TRANSLATORS: how many applications this judge has scored: 12 of 60 */
		buf_addf(&words, own.done < own.all ? _("%lld of %lld: s goes on") : _("%lld of %lld"), (long long)own.done, (long long)own.all);
		page_field(p, _("Scored by you"), words.data);
	}
	buf_release(&words);
	return 0;
}

/* --- criteria and judges --- */

static void show_criteria(struct page *p, const struct ranking *r)
{
	struct buf hint = BUF_INIT;

	page_heading(p, _("Criteria"));
	if (r->criteria == 0)
		page_none(p, _("none yet: c enters one"));
	for (int k = 0; k < r->criteria; k++) {
		buf_reset(&hint);
		/* TRANSLATORS: of a criterion: how much it counts, and the most points that can be given */
		buf_addf(&hint, _("weight %lld, up to %lld"), (long long)r->criterion[k].weight, (long long)r->criterion[k].maximum);
		page_link(p, r->criterion[k].title, hint.data, &criterion_type, r->criterion[k].id);
	}
	buf_release(&hint);
}

static void show_judges(struct page *p, const struct ranking *r)
{
	long long all = (long long)r->criteria * r->submitted;
	struct buf hint = BUF_INIT;

	page_heading(p, _("Judges"));
	if (r->judges == 0)
		page_none(p, _("none yet: a names them"));
	for (int i = 0; i < r->judges; i++) {
		buf_reset(&hint);
		/* TRANSLATORS: how many scores a judge has given: 120 of 300 */
		buf_addf(&hint, _("%lld of %lld"), (long long)r->judge[i].given, all);
		page_link(p, r->judge[i].name, hint.data, &person_type, r->judge[i].id);
	}
	buf_release(&hint);
}

/* --- who applied --- */

static void decision_words(const struct ranking_row *row, struct buf *out)
{
	if (row->withdrawn)
		buf_adds(out, _("withdrawn"));
	else if (row->decision[0] != '\0')
		words_choice(application_decisions, row->decision, out);
	else if (row->proposal == PROPOSAL_TIE)
		/* TRANSLATORS: of an application whose sum equals others' across the last place: people must decide */
		buf_adds(out, _("! a tie: decide"));
	else if (row->proposal == PROPOSAL_SELECTED)
		/* TRANSLATORS: of an application: inside the places, not decided yet */
		buf_adds(out, _("within the places"));
}

static void show_application(struct page *p, const struct ranking *r, const struct ranking_row *row)
{
	struct buf text = BUF_INIT, hint = BUF_INIT, place = BUF_INIT;

	ranking_place(row, &place);
	if (r->closed)
		buf_addf(&text, "%s  ", place.data);
	buf_adds(&text, row->name);
	if (row->scored)
		ranking_total(r, row, &hint);
	if (row->missing > 0 && !row->withdrawn && (row->scored || r->closed))
		/* TRANSLATORS: behind a sum: so many scores are missing in it */
		buf_addf(&hint, _("%sscores missing: %lld"), hint.len > 0 ? ", " : "", (long long)row->missing);
	buf_reset(&place);
	decision_words(row, &place);
	if (place.len > 0)
		buf_addf(&hint, "%s%s", hint.len > 0 ? " · " : "", place.data);
	page_link(p, text.data, hint.data, &application_type, row->id);
	buf_release(&text);
	buf_release(&hint);
	buf_release(&place);
}

static int by_name(const void *a, const void *b)
{
	const struct ranking_row *x = *(const struct ranking_row *const *)a, *y = *(const struct ranking_row *const *)b;
	int order = strcmp(x->sort, y->sort);

	return order != 0 ? order : strcmp(x->id, y->id);
}

/* While the call is open the rows go by name: what one judge's scores make of them is nobody's order. */
static const struct ranking_row **in_order(const struct ranking *r)
{
	const struct ranking_row **rows = mem_zero((size_t)r->count + 1, sizeof *rows);

	for (int i = 0; i < r->count; i++)
		rows[i] = &r->row[i];
	if (!r->closed && r->count > 1)
		qsort(rows, (size_t)r->count, sizeof *rows, by_name);
	return rows;
}

/* The cut-off lies before this row. */
static bool begins_behind(const struct ranking *r, const struct ranking_row *row, const struct ranking_row *before)
{
	return r->closed && before->place > 0 && before->place <= r->places && (row->place == 0 || row->place > r->places);
}

static void show_words(struct page *p, const struct ranking *r)
{
	struct buf words = BUF_INIT;

	ranking_words(r, &words);
	while (words.len > 0 && words.data[words.len - 1] == '\n')
		buf_cut(&words, words.len - 1);
	page_text(p, ROLE_MUTED, words.data);
	buf_release(&words);
}

static void show_applications(struct page *p, const struct ranking *r)
{
	const struct ranking_row **rows = in_order(r);
	int count = r->count < APPLICATIONS_MOST ? r->count : APPLICATIONS_MOST;

	page_heading(p, r->closed ? _("Ranking") : _("Applications"));
	if (r->count == 0)
		page_none(p, _("none yet: n enters one"));
	for (int i = 0; i < count; i++) {
		if (i > 0 && begins_behind(r, rows[i], rows[i - 1]))
			/* TRANSLATORS: a line between the applications within the places and those behind them */
			page_text(p, ROLE_MUTED, _("— the places end here —"));
		show_application(p, r, rows[i]);
	}
	page_more(p, count, r->count);
	if (r->count > 0)
		show_words(p, r);
	free(rows);
}

/* --- the page --- */

static int fill(struct page *p, struct err *e)
{
	struct ranking r;
	struct record call;

	if (record_load(page_store(p), &call, &call_type, id_of(p), e) != 0)
		return -1;
	page_title(p, record_get(&call, "title"));
	page_fields(p, &call, "role", "note");
	record_release(&call);
	if (show_counts(p, e) != 0 || ranking_read(page_store(p), id_of(p), &r, e) != 0)
		return -1;
	show_criteria(p, &r);
	show_judges(p, &r);
	show_applications(p, &r);
	ranking_release(&r);
	return page_changes(p, e);
}

static unsigned act(struct page *p, enum action action)
{
	const struct card_start application[] = { { "call", id_of(p) }, { NULL, NULL } };

	switch (action) {
	case ACTION_NEW: cards_edit(page_loop(p), &application_type, "", application); return DID_CHANGE;
	case ACTION_CRITERION: cards_edit(page_loop(p), &criterion_type, "", application); return DID_CHANGE;
	case ACTION_IMPORT: import_ask_file(page_loop(p), IMPORT_APPLICATIONS, id_of(p)); return DID_CHANGE;
	case ACTION_SCORE: return scoring_begin(page_loop(p), id_of(p), "");
	default: return call_act(page_loop(p), id_of(p), action);
	}
}

static const struct page_class call_class = {
	.name = "call", .where = IN_MAIN | IN_RECORD | IN_CALL, .fill = fill, .act = act,
};

struct screen *call_page_open(struct store *s, const char *id)
{
	struct screen *page = page_open(s, &call_class, NULL);

	page_about(page_of(page), &call_type, id);
	return page;
}
