/* Charts, with their numbers beside them, and the map as a sheet of shaded cells. */
#include <math.h>

#include "base/i18n.h"
#include "typeset/workbook_private.h"

#define CHART_ROWS 20			/* how high a chart stands */

static void add_chart(struct workbook *w, const struct piece *p, lxw_row_t first)
{
	lxw_chart *chart = workbook_add_chart(w->book, LXW_CHART_COLUMN);
	lxw_chart_series *series = chart_add_series(chart, NULL, NULL);
	lxw_row_t last = first + (lxw_row_t)p->count - 1;

	chart_series_set_categories(series, w->last->name, first, w->beside, last, w->beside);
	chart_series_set_values(series, w->last->name, first, (lxw_col_t)(w->beside + 1), last, (lxw_col_t)(w->beside + 1));
	chart_title_set_name(chart, p->text);
	chart_legend_set_position(chart, LXW_CHART_LEGEND_NONE);
	/* A filter of the table beside hides rows, not figures. */
	chart_show_hidden_data(chart);
	worksheet_insert_chart(w->last, first - 1, (lxw_col_t)(w->beside + 3), chart);
}

int workbook_bars(struct workbook *w, const struct piece *p, struct err *e)
{
	lxw_row_t first = w->chart_row + 1;

	if (p->count == 0)
		return 0;
	if (w->last == NULL) {
		if ((w->last = workbook_sheet(w, p->text)) == NULL)
			return err_set(e, ERR_REFUSED, _("a workbook holds at most %d sheets"), WORKBOOK_SHEETS_MAX);
		w->beside = 0;
		w->chart_row = 0;
		first = 1;
	}
	worksheet_set_column(w->last, w->beside, w->beside, 16, NULL);
	workbook_text(w, w->last, first - 1, w->beside, p->text, LOOK_LABEL);
	for (int i = 0; i < p->count; i++) {
		workbook_text(w, w->last, first + (lxw_row_t)i, w->beside, p->marks[i].label, LOOK_TEXT);
		worksheet_write_number(w->last, first + (lxw_row_t)i, (lxw_col_t)(w->beside + 1), (double)p->marks[i].value / 1000, w->looks[LOOK_NUMBER]);
	}
	add_chart(w, p, first);
	w->chart_row = first + (lxw_row_t)(p->count + 1 > CHART_ROWS ? p->count + 1 : CHART_ROWS);
	return 0;
}

/* --- the map --- */

static lxw_format *shade(struct workbook *w, int64_t thousandths)
{
	int step = (int)(thousandths * (WORKBOOK_SHADES - 1) / 1000);
	double s = (double)step / (WORKBOOK_SHADES - 1);
	lxw_format *f = w->shades[step];

	if (f != NULL)
		return f;
	f = w->shades[step] = workbook_add_format(w->book);
	format_set_align(f, LXW_ALIGN_CENTER);
	format_set_align(f, LXW_ALIGN_VERTICAL_CENTER);
	format_set_text_wrap(f);
	format_set_border(f, LXW_BORDER_THIN);
	format_set_bg_color(f, (lxw_color_t)(lround(255 * (1 - 0.88 * s)) << 16 | lround(255 * (1 - 0.6 * s)) << 8 | lround(255 * (1 - 0.72 * s))));
	if (s > 0.65)
		format_set_font_color(f, LXW_COLOR_WHITE);
	return f;
}

int workbook_map(struct workbook *w, const struct piece *p, struct err *e)
{
	lxw_worksheet *sheet = workbook_sheet(w, p->text);

	if (sheet == NULL)
		return err_set(e, ERR_REFUSED, _("a workbook holds at most %d sheets"), WORKBOOK_SHEETS_MAX);
	workbook_text(w, sheet, 0, 0, p->text, LOOK_TITLE);
	for (int i = 0; i < p->count; i++) {
		const struct mark *m = &p->marks[i];

		worksheet_set_row(sheet, (lxw_row_t)m->row + 2, 34, NULL);
		worksheet_set_column(sheet, (lxw_col_t)m->column, (lxw_col_t)m->column, 6, NULL);
		buf_reset(&w->scratch);
		buf_addf(&w->scratch, "%s\n%lld", m->label, (long long)m->value);
		worksheet_write_string(sheet, (lxw_row_t)m->row + 2, (lxw_col_t)m->column, w->scratch.data, shade(w, m->shade));
		if (m->name[0] != '\0') {
			lxw_comment_options options = { .visible = LXW_COMMENT_DISPLAY_HIDDEN };

			worksheet_write_comment_opt(sheet, (lxw_row_t)m->row + 2, (lxw_col_t)m->column, m->name, &options);
		}
	}
	return 0;
}
