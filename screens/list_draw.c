/* Drawing of a list: which columns fit, the header, the rows, the marker. */
#include "screens/list.h"

#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "screens/loop.h"

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

void list_draw_search(struct list *l, struct canvas *c, int y)
{
	const char *word = l->jumping ? _("Go to:") : _("Search:");
	const struct line *typed = l->jumping ? &l->letters : &l->filter;
	bool current = l->filtering || l->jumping;
	int x = 1, width = c->width / 3;

	x += canvas_text(c, y, x, c->width - x, ROLE_TEXT, word) + 1;
	line_draw(typed, c, y, x, width, current ? ROLE_CURRENT : ROLE_FIELD, current, false);
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

static void draw_row(struct list *l, struct canvas *c, int y, int row, const int width[LIST_COLUMNS_MAX])
{
	struct buf text = BUF_INIT;
	int x = GUTTER;

	if (l->top + row == l->cursor)
		canvas_text(c, y, 1, 1, ROLE_SELECTED, c->glyphs->marker);
	if (list_marked(l, l->class->id(l->context, row)))
		canvas_text(c, y, 2, 1, ROLE_SELECTED, "*");
	for (int i = 0; i < l->class->count; i++) {
		if (width[i] == 0)
			continue;
		buf_reset(&text);
		l->class->cell(l->context, row, i, &text);
		draw_cell(c, &l->class->columns[i], y, x, width[i], ROLE_TEXT, text.data);
		x += width[i] + GAP;
	}
	buf_release(&text);
}

void list_draw(struct list *l, struct loop *loop, struct canvas *c, int top, int bottom, const char *empty)
{
	int width[LIST_COLUMNS_MAX], x = GUTTER;
	struct err e = ERR_INIT;
	bool on_rows = !l->filtering && !l->jumping && (!l->finder || l->filter.text.len == 0);

	fit_columns(l->class, c->width - GUTTER - 1, width);
	canvas_fill(c, top, 0, c->width, ROLE_HEADER, ' ');
	for (int i = 0; i < l->class->count; i++) {
		if (width[i] == 0)
			continue;
		if (l->class->columns[i].title != NULL)
			draw_cell(c, &l->class->columns[i], top, x, width[i], ROLE_HEADER, _(l->class->columns[i].title));
		x += width[i] + GAP;
	}
	top++;
	if (list_ensure(l, bottom - top, &e) != 0) {
		loop_problem(loop, &e);
		return;
	}
	if (l->count == 0) {
		canvas_fit(c, top + 1, GUTTER, c->width - GUTTER - 1, ROLE_MUTED, empty);
		if (on_rows)
			canvas_cursor(c, top, 1);
		return;
	}
	for (int row = 0; row < l->height && l->top + row < l->count; row++)
		draw_row(l, c, top + row, row, width);
	if (on_rows)
		canvas_cursor(c, top + (int)(l->cursor - l->top), 1);
}
