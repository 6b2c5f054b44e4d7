/* Targets, and all figures with how each was computed. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "documents/report_private.h"
#include "figures/indicator.h"

static int add_target(void *context, const struct indicator *i, struct err *e)
{
	struct report *r = context;
	struct buf planned = BUF_INIT, reached = BUF_INIT, percent = BUF_INIT, forecast = BUF_INIT, computed = BUF_INIT;
	(void)e;
	if (i->has_target)
		buf_addi(&planned, i->planned);
	buf_addi(&reached, i->reached);
	if (i->planned > 0)
		buf_addi(&percent, i->percent);
	if (i->how >= INDICATOR_LINEAR)
		buf_addi(&forecast, i->forecast);
	indicator_computed(r->store, i, &computed);
	buf_adds(&computed, ". ");
	/* TRANSLATORS: what the numbers come to at the end, before how that was computed */
	buf_addf(&computed, "%s: ", _("Forecast"));
	indicator_forecast_words(i, &computed);
	outline_row(r->out, (const char *const[]){ i->title, planned.data, reached.data, percent.data, forecast.data, computed.data });
	buf_release(&planned);
	buf_release(&reached);
	buf_release(&percent);
	buf_release(&forecast);
	buf_release(&computed);
	return 0;
}

static int add_bar(void *context, const struct indicator *i, struct err *e)
{
	struct report *r = context;
	struct buf words = BUF_INIT;
	(void)e;
	if (i->planned > 0)
		/* TRANSLATORS: reached, planned, per cent: «58 из 50 · 116 %» */
		buf_addf(&words, _("%lld of %lld · %lld %%"), (long long)i->reached, (long long)i->planned, (long long)i->percent);
	else
		buf_addi(&words, i->reached);
	outline_target(r->out, i->title, i->planned, i->reached, words.data);
	buf_release(&words);
	return 0;
}

static int add_targets(struct report *r, struct err *e)
{
	const struct outline_column columns[] = {
		{ _("Indicator"), TYPESET_TEXT, 6 }, { _("Planned"), TYPESET_NUMBER, 2 }, { _("Reached"), TYPESET_NUMBER, 2 }, { _("Per cent"), TYPESET_PERCENT, 2 },
		{ _("Forecast"), TYPESET_NUMBER, 2 }, { _("How it was computed"), TYPESET_TEXT, 10 }
	};
	outline_break(r->out);
	outline_heading(r->out, 1, _("Indicators"));
	outline_note(r->out, _("A target has dates of its own where it says so, else those of the programme; the period of the report does not narrow it."));
	if (indicator_each(r->store, NULL, add_bar, r, e) != 0)
		return -1;
	outline_table(r->out, _("Indicators"), columns, 6, false);
	return indicator_each(r->store, NULL, add_target, r, e);
}

/* In a terminal a figure a line, and below it how it was computed. */
static void add_figure_lines(struct report *r)
{
	struct buf words = BUF_INIT;
	outline_heading(r->out, 1, _("All figures"));
	for (const struct figure *f = figure_list; f->name; f++) {
		buf_reset(&words);
		figure_show(f, r->value[f - figure_list], &words);
		outline_field(r->out, _(f->title), words.data);
		outline_note(r->out, _(f->computed));
	}
	buf_release(&words);
}

/* The number stays a number, which a workbook can add up: minutes are called so, and told as hours besides. */
static void add_row(struct report *r, const struct figure *f)
{
	struct buf number = BUF_INIT, words = BUF_INIT;
	const bool minutes = f->unit == FIGURE_MINUTES;
	int64_t value = r->value[f - figure_list];
	buf_addi(&number, value);
	buf_adds(&words, _(f->computed));
	if (minutes) {
		buf_adds(&words, "; ");
		figure_show(f, value, &words);
	}
	outline_row(r->out, (const char *const[]){ minutes ? _("Minutes of consultations") : _(f->title), number.data, words.data });
	buf_release(&number);
	buf_release(&words);
}

static void add_figures(struct report *r)
{
	const struct outline_column columns[] = {
		{ _("What is counted"), TYPESET_TEXT, 6 }, { _("How many"), TYPESET_NUMBER, 2 }, { _("How it was computed"), TYPESET_TEXT, 12 }
	};
	const struct figure *f = figure_list;
	outline_heading(r->out, 1, _("All figures"));
	outline_note(r->out, _("People by name are counted once each; visits and those who came without a name stand apart. They are never added to each other."));
	for (int section = 0; section < FIGURE_SECTIONS; section++) {
		outline_heading(r->out, 2, figure_section_title((enum figure_section)section));
		outline_table(r->out, figure_section_title((enum figure_section)section), columns, 3, false);
		for (; f->name && (int)f->section == section; f++)
			add_row(r, f);
	}
}

int report_indicators(struct report *r, struct err *e)
{
	if (add_targets(r, e) != 0)
		return -1;
	if (r->format == REPORT_TEXT)
		add_figure_lines(r);
	else
		add_figures(r);
	return 0;
}
