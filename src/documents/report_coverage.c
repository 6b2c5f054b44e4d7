/* The 63 municipalities: as a map, by month, and each with what it has. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "documents/report_private.h"

static void add_map(struct report *r, enum coverage_figure f)
{
	const struct coverage *c = &r->coverage;
	struct typeset_tile *tiles = mem_zero((size_t)c->count + 1, sizeof *tiles);
	struct buf words = BUF_INIT;
	for (int i = 0; i < c->count; i++) {
		const struct coverage_tile *t = &c->tile[i];
		tiles[i] = (struct typeset_tile){ t->row, t->column, t->letters, t->name, coverage_shade(c, f, t->value[f]) / (double)(COVERAGE_SHADES - 1), t->value[f] };
	}
	outline_map(r->out, _(coverage_measures[f].title), tiles, c->count);
	buf_addf(&words, P_("%d municipality has none yet", "%d municipalities have none yet", coverage_empty(c, f)), coverage_empty(c, f));
	buf_addf(&words, ". %s: %s", _("How it was computed"), _(coverage_measures[f].computed));
	outline_note(r->out, words.data);
	buf_release(&words);
	free(tiles);
}

static void add_months(struct report *r, enum coverage_figure f)
{
	const struct coverage_months *m = &r->months;
	struct typeset_bar *bars = mem_zero((size_t)m->count + 1, sizeof *bars);
	char (*label)[8] = mem_zero((size_t)m->count + 1, sizeof *label);
	struct buf words = BUF_INIT;
	for (int i = 0; i < m->count; i++) {
		/* «02.20»: the month and the year, narrow enough to stand below a bar. */
		memcpy(label[i], m->month[i].month + 5, 2);
		label[i][2] = '.';
		memcpy(label[i] + 3, m->month[i].month + 2, 2);
		bars[i] = (struct typeset_bar){ label[i], (double)m->month[i].value[f] };
	}
	/* TRANSLATORS: «Семинары по месяцам» */
	buf_addf(&words, _("%s by month"), _(coverage_measures[f].title));
	if (m->count > 0)
		outline_bars(r->out, words.data, bars, m->count);
	buf_release(&words);
	free(bars);
	free(label);
}

static void add_month_table(struct report *r)
{
	struct outline_column columns[1 + COVERAGE_FIGURES] = { { _("Month"), TYPESET_TEXT, 3 } };
	const char *cells[1 + COVERAGE_FIGURES];
	char digits[COVERAGE_FIGURES][24];
	int count = 1;
	for (int f = 0; f < COVERAGE_FIGURES; f++)
		if (coverage_measures[f].dated)
			columns[count++] = (struct outline_column){ _(coverage_measures[f].title), TYPESET_NUMBER, 3 };
	outline_table(r->out, _("Months"), columns, count, false);
	for (int i = 0; i < r->months.count; i++) {
		int at = 1;
		cells[0] = r->months.month[i].month;
		for (int f = 0; f < COVERAGE_FIGURES; f++)
			if (coverage_measures[f].dated) {
				snprintf(digits[f], sizeof digits[f], "%lld", (long long)r->months.month[i].value[f]);
				cells[at++] = digits[f];
			}
		outline_row(r->out, cells);
	}
}

enum { CELLS = 1 + COVERAGE_FIGURES };

static void add_values(struct report *r, const char *name, const int64_t *value)
{
	const char *cells[CELLS] = { name };
	char digits[COVERAGE_FIGURES][24];
	for (int f = 0; f < COVERAGE_FIGURES; f++) {
		snprintf(digits[f], sizeof digits[f], "%lld", (long long)value[f]);
		cells[1 + f] = digits[f];
	}
	outline_row(r->out, cells);
}

static int by_name(const void *a, const void *b)
{
	const char *x = (*(const struct coverage_tile *const *)a)->name, *y = (*(const struct coverage_tile *const *)b)->name;
	struct buf one = BUF_INIT, other = BUF_INIT;
	text_sort_key(x, strlen(x), &one);
	text_sort_key(y, strlen(y), &other);
	int order = strcmp(one.data, other.data);
	buf_release(&one);
	buf_release(&other);
	return order;
}

static void add_rows(struct report *r)
{
	const struct coverage *c = &r->coverage;
	const struct coverage_tile **order = mem_zero((size_t)c->count + 1, sizeof *order);
	for (int i = 0; i < c->count; i++)
		order[i] = &c->tile[i];
	qsort(order, (size_t)c->count, sizeof *order, by_name);
	for (int i = 0; i < c->count; i++)
		add_values(r, order[i]->name, order[i]->value);
	free(order);
}

static void add_totals(struct report *r)
{
	const struct coverage *c = &r->coverage;
	const char *cells[CELLS] = { _("Together") };
	char digits[COVERAGE_FIGURES][24];
	bool sum[CELLS] = { false }, elsewhere = false;
	for (int f = 0; f < COVERAGE_FIGURES; f++) {
		int64_t all = c->elsewhere[f];
		elsewhere |= c->elsewhere[f] != 0;
		for (int i = 0; i < c->count; i++)
			all += c->tile[i].value[f];
		snprintf(digits[f], sizeof digits[f], "%lld", (long long)all);
		/* People once each within a municipality: no sum of people. */
		sum[1 + f] = !coverage_measures[f].once;
		cells[1 + f] = coverage_measures[f].once ? "" : digits[f];
	}
	if (elsewhere)
		add_values(r, _("no municipality entered"), c->elsewhere);
	outline_total(r->out, cells, sum);
}

int report_coverage(struct report *r, struct err *e)
{
	struct outline_column columns[CELLS] = { { _("Municipality"), TYPESET_TEXT, 6 } };
	(void)e;
	outline_break(r->out);
	outline_heading(r->out, 1, _("Municipalities"));
	add_map(r, COVERAGE_CONSULTANTS);
	add_map(r, COVERAGE_SEMINARS);
	add_map(r, COVERAGE_REACHED);
	for (int f = 0; f < COVERAGE_FIGURES; f++)
		columns[1 + f] = (struct outline_column){ _(coverage_measures[f].title), TYPESET_NUMBER, 2 };
	outline_table(r->out, _("By municipality"), columns, CELLS, false);
	add_rows(r);
	add_totals(r);
	outline_heading(r->out, 1, _("Month by month"));
	add_months(r, COVERAGE_SEMINARS);
	add_months(r, COVERAGE_VISITS);
	add_months(r, COVERAGE_CONSULTATIONS);
	outline_note(r->out, _("People are counted once each within a month: the column of people is no sum of people over months."));
	add_month_table(r);
	return 0;
}
