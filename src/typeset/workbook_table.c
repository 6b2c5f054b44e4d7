/* A table as a sheet: the head frozen and with filters, numbers and dates as what they are, sums as formulas. */
#include <math.h>
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "typeset/cell.h"
#include "typeset/workbook_private.h"

#define WIDTH_LEAST 5
#define WIDTH_MOST 60
#define LINE_HEIGHT 13.5			/* points */
#define HEIGHT_MOST 400.0		/* a row is no higher than 409 */
#define LOOKED_AT 500			/* so many rows tell a width that was not given */

/* Widths below that are parts of a page and no characters. */
static double column_width(const struct table *t, int column)
{
	int wide = text_width(t->columns[column].title, strlen(t->columns[column].title)), w;

	if (t->columns[column].width >= WIDTH_LEAST * 1000)
		return (double)t->columns[column].width / 1000;
	for (size_t row = 0; row < t->rows && row < LOOKED_AT; row++) {
		const char *text = t->cells[row * (size_t)t->count + (size_t)column];

		w = text_width(text, strlen(text));
		wide = w > wide ? w : wide;
	}
	return wide + 3 < WIDTH_LEAST * 2 ? WIDTH_LEAST * 2 : wide + 3 > WIDTH_MOST ? WIDTH_MOST : wide + 3;
}

static enum look look_of(enum cell_kind kind, double number, bool total)
{
	static const enum look plain[] = { LOOK_TEXT, LOOK_NUMBER, LOOK_DATE, LOOK_PERCENT }, last[] = { LOOK_TOTAL, LOOK_TOTAL, LOOK_TOTAL_DATE, LOOK_TOTAL_PERCENT };
	enum look look = (total ? last : plain)[kind];

	return kind == CELL_PERCENT && fabs(number - round(number)) > 1e-9 ? (enum look)(look + 1) : look;
}

/* Text in a column of numbers or dates stays text. */
static void write_cell(struct workbook *w, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, const char *text, enum cell_kind kind, bool total)
{
	double number;

	if (text[0] == '\0') {
		if (total)
			worksheet_write_blank(sheet, row, column, w->looks[LOOK_TOTAL]);
	} else if ((kind == CELL_NUMBER || kind == CELL_PERCENT) && cell_number(text, &number)) {
		worksheet_write_number(sheet, row, column, kind == CELL_PERCENT ? number / 100 : number, w->looks[look_of(kind, number, total)]);
	} else if (kind == CELL_DATE && cell_date(text, &number)) {
		worksheet_write_number(sheet, row, column, number, w->looks[look_of(kind, 0, total)]);
	} else {
		workbook_text(w, sheet, row, column, text, total ? LOOK_TOTAL : LOOK_TEXT);
	}
}

/* What the formula will give: readers that do not calculate show it. */
static double sum(const struct table *t, int column)
{
	double all = 0, number;

	for (size_t row = 0; row < t->rows; row++)
		if (cell_number(t->cells[row * (size_t)t->count + (size_t)column], &number))
			all += number;
	return all;
}

static void write_sum(struct workbook *w, lxw_worksheet *sheet, const struct table *t, int column)
{
	lxw_row_t last = (lxw_row_t)t->rows;
	char range[LXW_MAX_CELL_RANGE_LENGTH], formula[LXW_MAX_CELL_RANGE_LENGTH + 8];
	enum cell_kind kind = t->columns[column].kind;
	double all = sum(t, column);
	lxw_format *look = w->looks[look_of(kind, all, true)];

	if (last == 0) {
		worksheet_write_number(sheet, 1, (lxw_col_t)column, 0, look);
		return;
	}
	lxw_rowcol_to_range(range, 1, (lxw_col_t)column, last, (lxw_col_t)column);
	snprintf(formula, sizeof formula, "=SUM(%s)", range);
	worksheet_write_formula_num(sheet, last + 1, (lxw_col_t)column, formula, look, kind == CELL_PERCENT ? all / 100 : all);
}

/* How many lines a wrapped text takes, about: not every reader finds out how high a row must be. */
static int lines_of(const char *text, double width)
{
	int lines = 0;

	for (;;) {
		size_t len = strcspn(text, "\n");

		lines += 1 + (int)(text_width(text, len) / width);
		if (text[len] == '\0')
			return lines;
		text += len + 1;
	}
}

static void set_height(lxw_worksheet *sheet, lxw_row_t row, const char *const *texts, const double *widths, int count)
{
	int most = 1, lines;

	for (int i = 0; i < count; i++) {
		lines = lines_of(texts[i], widths[i]);
		most = lines > most ? lines : most;
	}
	if (most > 1)
		worksheet_set_row(sheet, row, most * LINE_HEIGHT < HEIGHT_MOST ? most * LINE_HEIGHT : HEIGHT_MOST, NULL);
}

static void write_head(struct workbook *w, lxw_worksheet *sheet, const struct table *t, double *widths)
{
	const char *titles[SCRIPT_COLUMNS_MAX];

	for (int i = 0; i < t->count; i++) {
		titles[i] = t->columns[i].title;
		widths[i] = column_width(t, i);
		worksheet_set_column(sheet, (lxw_col_t)i, (lxw_col_t)i, widths[i], NULL);
		workbook_text(w, sheet, 0, (lxw_col_t)i, t->columns[i].title, LOOK_HEAD);
	}
	set_height(sheet, 0, titles, widths, t->count);
	worksheet_freeze_panes(sheet, 1, 0);
	worksheet_repeat_rows(sheet, 0, 0);
	if (t->rows > 0)
		worksheet_autofilter(sheet, 0, 0, (lxw_row_t)t->rows, (lxw_col_t)(t->count - 1));
}

static void write_total(struct workbook *w, lxw_worksheet *sheet, const struct table *t)
{
	for (int i = 0; i < t->count; i++)
		if (t->sum[i])
			write_sum(w, sheet, t, i);
		else
			write_cell(w, sheet, (lxw_row_t)t->rows + 1, (lxw_col_t)i, t->total[i], t->columns[i].kind, true);
}

int workbook_table(struct workbook *w, const struct table *t, struct err *e)
{
	double widths[SCRIPT_COLUMNS_MAX];
	lxw_worksheet *sheet;

	if (t->rows > WORKBOOK_ROWS_MAX - 2)
		return err_set(e, ERR_REFUSED, _("a sheet holds at most %d rows"), WORKBOOK_ROWS_MAX);
	sheet = workbook_sheet(w, t->name[0] != '\0' ? t->name : w->s->title);
	if (sheet == NULL)
		return err_set(e, ERR_REFUSED, _("a workbook holds at most %d sheets"), WORKBOOK_SHEETS_MAX);
	write_head(w, sheet, t, widths);
	for (size_t row = 0; row < t->rows; row++) {
		const char **cells = t->cells + row * (size_t)t->count;

		set_height(sheet, (lxw_row_t)row + 1, cells, widths, t->count);
		for (int i = 0; i < t->count; i++)
			write_cell(w, sheet, (lxw_row_t)row + 1, (lxw_col_t)i, cells[i], t->columns[i].kind, false);
	}
	if (t->total != NULL)
		write_total(w, sheet, t);
	w->last = sheet;
	w->beside = (lxw_col_t)(t->count + 1);
	w->chart_row = 0;
	return 0;
}
