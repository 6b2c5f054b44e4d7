/* Drawing of a list: which columns fit, the header, the rows, the marker. */
#include "screens/parts/list.h"

#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "screens/parts/loop.h"

#define GUTTER 3	/* a blank, the marker, the mark */
#define GAP 1

/* Widths of the columns, 0 for those that have no room: the one with the greatest rank goes first; what is left over goes to those that can use it. */
static void fit_columns(const struct list_class *class, int room, int width[LIST_COLUMNS_MAX])
{
	int used = -GAP;

	for (int i = 0; i < class->count; i++) {
		width[i] = class->columns[i].least;
		used += width[i] + GAP;
	}
	while (used > room) {
		int last = -1;

		for (int i = 0; i < class->count; i++)
			if (width[i] > 0 && (last < 0 || class->columns[i].rank > class->columns[last].rank))
				last = i;
		if (last < 0 || class->columns[last].rank == 1)
			break;
		used -= width[last] + GAP;
		width[last] = 0;
	}
	for (bool grown = true; used < room && grown;) {
		grown = false;
		for (int i = 0; i < class->count && used < room; i++) {
			if (width[i] > 0 && width[i] < class->columns[i].most) {
				width[i]++;
				used++;
				grown = true;
			}
		}
	}
}

void list_draw_search(struct list *l, struct canvas *c, int y, int right)
{
	const char *word = l->jumping ? _("Go to:") : _("Search:");
	const struct line *typed = l->jumping ? &l->letters : &l->filter;
	bool current = l->filtering || l->jumping;
	int x = 1;

	x += canvas_text(c, y, x, c->width - x, ROLE_TEXT, word) + 1;
	line_draw(typed, c, y, x, right - x, current ? ROLE_CURRENT : ROLE_FIELD, current, false);
}

static void draw_cell(struct canvas *c, const struct list_column *column, int y, int x, int width, enum role role, const char *text)
{
	struct buf shorter = BUF_INIT;

	if (column->shorten != NULL && text_width(text, strlen(text)) > width) {
		column->shorten(text, width, &shorter);
		text = shorter.data;
	}
	if (column->right)
		canvas_right(c, y, x, width, role, text);
	else
		canvas_fit(c, y, x, width, role, text);
	buf_release(&shorter);
}

static void draw_row(struct list *l, struct canvas *c, int y, int left, int row, const int width[LIST_COLUMNS_MAX])
{
	struct buf text = BUF_INIT;
	int x = left + GUTTER;

	if (l->marks_count > 0 && list_marked(l, l->class->id(l->context, row)))
		canvas_text(c, y, left + 2, 1, ROLE_SELECTED, "*");
	for (int i = 0; i < l->class->count; i++) {
		if (width[i] == 0)
			continue;
		buf_reset(&text);
		l->class->cell(l->context, row, i, &text);
		draw_cell(c, &l->class->columns[i], y, x, width[i], l->class->role != NULL ? l->class->role(l->context, row, i) : ROLE_TEXT, text.data);
		x += width[i] + GAP;
	}
	buf_release(&text);
}

/* The sign stands behind the title, apart where there is room; where that fills the column, in the gap after it. */
static int sign_at(int wide, int width, bool right)
{
	return right || wide >= width ? width : wide + 2 <= width ? wide + 1 : wide;
}

static void draw_title(const struct list *l, struct canvas *c, int y, int x, int column, int width)
{
	const struct list_column *shown = &l->class->columns[column];
	const char *title = shown->title != NULL ? _(shown->title) : "", *sign = l->descending ? c->glyphs->down : c->glyphs->up;

	draw_cell(c, shown, y, x, width, ROLE_HEADER, title);
	if (column == l->sorted)
		canvas_text(c, y, x + sign_at(text_width(title, strlen(title)), width, shown->right), 1, ROLE_HEADER, sign);
}

static void draw_header(const struct list *l, struct canvas *c, const struct list_area *area, const int width[LIST_COLUMNS_MAX])
{
	int x = area->left + GUTTER;

	canvas_fill(c, area->top, area->left, area->right - area->left, ROLE_HEADER, ' ');
	for (int i = 0; i < l->class->count; i++) {
		if (width[i] == 0)
			continue;
		draw_title(l, c, area->top, x, i, width[i]);
		x += width[i] + GAP;
	}
}

/* Nothing is being typed: the terminal's cursor stands on the rows. */
static bool on_rows(const struct list *l)
{
	return !l->filtering && !l->jumping && (!l->finder || l->filter.text.len == 0);
}

static void put_marker(struct list *l, struct canvas *c)
{
	l->marker_y = l->first_y + (int)(l->cursor - l->top);
	canvas_text(c, l->marker_y, l->marker_x, 1, ROLE_SELECTED, c->glyphs->marker);
	if (on_rows(l))
		canvas_cursor(c, l->marker_y, l->marker_x);
}

void list_draw_marker(struct list *l, struct loop *loop, struct canvas *c)
{
	struct err e = ERR_INIT;

	if (list_ensure(l, l->height, &e) != 0)
		loop_problem(loop, &e);
	if (l->count == 0)
		return;
	canvas_fill(c, l->marker_y, l->marker_x, 1, ROLE_TEXT, ' ');
	put_marker(l, c);
}

void list_draw_in(struct list *l, struct loop *loop, struct canvas *c, const struct list_area *area, const char *empty)
{
	int width[LIST_COLUMNS_MAX], top = area->top, room = area->right - area->left - GUTTER - 1;
	struct err e = ERR_INIT;

	fit_columns(l->class, room, width);
	if (!l->class->headless) {
		draw_header(l, c, area, width);
		top++;
	}
	l->first_y = top;
	l->room = area->bottom - top;
	if (list_ensure(l, area->bottom - top, &e) != 0) {
		loop_problem(loop, &e);
		return;
	}
	if (l->count == 0) {
		int rows = line_text_rows(empty, room, area->bottom - top - 1);

		line_text_draw(c, top + 1, area->left + GUTTER, room, rows, ROLE_MUTED, empty);
		if (on_rows(l))
			canvas_cursor(c, top, area->left + 1);
		return;
	}
	for (int row = 0; row < l->height && l->top + row < l->count; row++)
		draw_row(l, c, top + row, area->left, row, width);
	l->marker_x = area->left + 1;
	put_marker(l, c);
}

void list_draw(struct list *l, struct loop *loop, struct canvas *c, int top, int bottom, const char *empty)
{
	const struct list_area area = { .top = top, .bottom = bottom, .left = 0, .right = c->width };

	list_draw_in(l, loop, c, &area, empty);
}
