/* The map, what the tile with the marker has, and bars by month; a list where that has no room. */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "screens/coverage_view.h"

enum {
	TILE_LEAST = 4,			/* the marker, a shade, two letters */
	TILE_USUAL = 5,			/* and the shade again */
	TILE_VALUE = 8,			/* and the value */
	TILE_MOST = 9,
	PANEL_LEAST = 28, PANEL_MOST = 44,	/* columns beside the map */
	HEAD = 1, LEGEND = 1, BARS_HEAD = 1,
	BARS_LEAST = 3
};

static const struct coverage_measure *measure(const struct coverage_view *v)
{
	return &coverage_measures[v->figure];
}

static const char *shade(const struct coverage_view *v, const struct canvas *c, int64_t value)
{
	return c->glyphs->shade[coverage_shade(&v->map, v->figure, value)];
}

/* --- head and legend --- */

static void draw_head(const struct coverage_view *v, struct canvas *c, int y)
{
	struct buf words = BUF_INIT, empty = BUF_INIT;
	int64_t sum = v->map.elsewhere[v->figure];
	int end;

	buf_adds(&words, _(measure(v)->title));
	for (int i = 0; i < v->map.count; i++)
		sum += v->map.tile[i].value[v->figure];
	if (!measure(v)->once)
		buf_addf(&words, ": %lld", (long long)sum);
	/* TRANSLATORS: municipalities that have nothing of what the map shows */
	buf_addf(&empty, _("nothing yet: %d of %d"), coverage_empty(&v->map, v->figure), v->map.count);
	end = canvas_right(c, y, 0, c->width - 1, ROLE_TEXT, empty.data);
	canvas_fit(c, y, 1, end - 3, ROLE_TITLE, words.data);
	buf_release(&words);
	buf_release(&empty);
}

static void draw_legend(const struct coverage_view *v, struct canvas *c, int y, int width)
{
	const int64_t *limit = v->map.limit[v->figure];
	struct buf words = BUF_INIT;

	buf_addf(&words, "%s 0", c->glyphs->shade[0]);
	for (int i = 1, next; i < COVERAGE_SHADES; i = next) {
		for (next = i + 1; next < COVERAGE_SHADES && limit[next] == INT64_MAX; next++)
			;
		if (limit[i] == INT64_MAX)
			continue;
		buf_addf(&words, "  %s %lld", c->glyphs->shade[i], (long long)limit[i]);
		if (next == COVERAGE_SHADES)
			buf_addc(&words, '+');
		else if (limit[next] - 1 > limit[i])
			buf_addf(&words, "-%lld", (long long)limit[next] - 1);
	}
	if (v->map.elsewhere[v->figure] > 0) {
		buf_adds(&words, "  ");
		/* TRANSLATORS: «без муниципалитета: 3» */
		buf_addf(&words, _("no municipality: %lld"), (long long)v->map.elsewhere[v->figure]);
	}
	canvas_fit(c, y, 1, width, ROLE_MUTED, words.data);
	buf_release(&words);
}

/* --- the map --- */

static void put_marker(struct canvas *c, int y, int x)
{
	canvas_text(c, y, x, 1, ROLE_SELECTED, c->glyphs->marker);
	canvas_cursor(c, y, x);
}

static void draw_tile(const struct coverage_view *v, struct canvas *c, const struct coverage_tile *t)
{
	int y = v->y + t->row * v->tall, x = v->x + t->column * v->wide;
	bool here = t == coverage_view_tile(v);
	enum role role = here ? ROLE_TITLE : t->value[v->figure] > 0 ? ROLE_TEXT : ROLE_MUTED;
	char value[24];

	snprintf(value, sizeof value, "%lld", (long long)t->value[v->figure]);
	if (here)
		put_marker(c, y, x);
	canvas_text(c, y, x + 1, 1, role, shade(v, c, t->value[v->figure]));
	canvas_text(c, y, x + 2, 2, role, t->letters);
	if (v->tall > 1) {
		for (int i = 4; t->value[v->figure] > 0 && i < v->wide - 1; i++)
			canvas_text(c, y, x + i, 1, role, shade(v, c, t->value[v->figure]));
		canvas_fit(c, y + 1, x + 2, v->wide - 2, role, value);
	} else if (v->wide >= TILE_VALUE) {
		canvas_fit(c, y, x + 5, v->wide - 5, role, value);
	} else if (v->wide >= TILE_USUAL) {
		canvas_text(c, y, x + 4, 1, role, shade(v, c, t->value[v->figure]));
	}
}

/* --- the tile's numbers --- */

static void draw_number(struct canvas *c, int y, int x, int width, enum role role, const char *title, int64_t value)
{
	char number[24];
	int end;

	snprintf(number, sizeof number, "%lld", (long long)value);
	end = canvas_right(c, y, x, width, role, number);
	canvas_fit(c, y, x, end - x - 1, role, title);
}

static void draw_panel(const struct coverage_view *v, struct canvas *c, int top, int bottom, int x, int width)
{
	const struct coverage_tile *t = coverage_view_tile(v);
	int y = top;

	if (t == NULL)
		return;
	canvas_fit(c, y++, x, width, ROLE_TITLE, t->name);
	for (int f = 0; f < COVERAGE_FIGURES && y < bottom; f++)
		draw_number(c, y++, x, width, f == (int)v->figure ? ROLE_TITLE : ROLE_TEXT, _(coverage_measures[f].title), t->value[f]);
}

/* Where there is no place for a panel: one line. */
static void draw_line(const struct coverage_view *v, struct canvas *c, int y)
{
	const struct coverage_tile *t = coverage_view_tile(v);

	if (t != NULL)
		draw_number(c, y, 1, c->width - 2, ROLE_TITLE, t->name, t->value[v->figure]);
}

/* --- bars by month --- */

/* What has no dates stands beside the seminars. */
static enum coverage_figure barred(const struct coverage_view *v)
{
	return measure(v)->dated ? v->figure : COVERAGE_SEMINARS;
}

static void draw_bar(struct canvas *c, int y, int width, const struct coverage_month *m, int64_t value, int64_t most)
{
	enum { MONTH = 8 };
	char label[16], number[24];
	int room, full;

	snprintf(label, sizeof label, "%.2s.%.4s", m->month + 5, m->month);
	snprintf(number, sizeof number, "%lld", (long long)value);
	room = width - MONTH - (int)strlen(number) - 1;
	full = room > 0 ? (int)((value * room + most - 1) / most) : 0;
	canvas_text(c, y, 1, MONTH, ROLE_MUTED, label);
	for (int i = 0; i < full; i++)
		canvas_text(c, y, 1 + MONTH + i, 1, ROLE_TEXT, c->glyphs->bar_full);
	canvas_text(c, y, 1 + MONTH + full + (full > 0), (int)strlen(number), ROLE_TEXT, number);
}

/* Behind the last month that has something of it; behind the last month where none has. */
static int months_end(const struct coverage_months *months, enum coverage_figure f)
{
	int end = months->count;

	while (end > 0 && months->month[end - 1].value[f] == 0)
		end--;
	return end > 0 ? end : months->count;
}

/* As many months as there is room for, with the last one that has something at the foot. */
static void draw_bars(const struct coverage_view *v, struct canvas *c, int top, int bottom, int width)
{
	enum coverage_figure f = barred(v);
	int fit = bottom - top - BARS_HEAD, end = months_end(&v->months, f), first = end > fit ? end - fit : 0;
	struct buf words = BUF_INIT;
	int64_t most = 1;

	if (fit < BARS_LEAST || v->months.count == 0)
		return;
	/* TRANSLATORS: «Проведено семинаров: по месяцам» */
	buf_addf(&words, _("%s: by month"), _(coverage_measures[f].title));
	canvas_fit(c, top, 1, width, ROLE_LABEL, words.data);
	buf_release(&words);
	end = first + fit < v->months.count ? first + fit : v->months.count;
	for (int i = first; i < end; i++)
		most = v->months.month[i].value[f] > most ? v->months.month[i].value[f] : most;
	for (int i = first; i < end; i++)
		draw_bar(c, top + BARS_HEAD + i - first, width, &v->months.month[i], v->months.month[i].value[f], most);
}

/* --- the list --- */

static void draw_row(const struct coverage_view *v, struct canvas *c, int y, int row)
{
	const struct coverage_tile *t = &v->map.tile[v->order[row]];

	if (v->order[row] == v->at)
		put_marker(c, y, 1);
	canvas_text(c, y, 2, 1, ROLE_TEXT, shade(v, c, t->value[v->figure]));
	canvas_text(c, y, 3, 2, ROLE_TEXT, t->letters);
	draw_number(c, y, 6, c->width - 7, t->value[v->figure] > 0 ? ROLE_TEXT : ROLE_MUTED, t->short_name, t->value[v->figure]);
}

static void draw_list(struct coverage_view *v, struct canvas *c, int top, int bottom)
{
	int place = 0;

	v->y = top;
	v->x = 0;
	v->tall = 1;
	v->wide = c->width;
	v->rows = bottom - top;
	while (place < v->map.count && v->order[place] != v->at)
		place++;
	if (place < v->first)
		v->first = place;
	if (v->rows > 0 && place >= v->first + v->rows)
		v->first = place - v->rows + 1;
	for (int i = 0; i < v->rows && v->first + i < v->map.count; i++)
		draw_row(v, c, top + i, v->first + i);
}

/* --- the whole --- */

/* Tiles as large as there is room for; false: not even the smallest fit. */
static bool choose_size(struct coverage_view *v, int width, int height, bool *beside)
{
	int lines = height - HEAD - LEGEND, columns = v->map.columns, roomy = columns > 0 ? (width - 1 - PANEL_LEAST) / columns : 0;

	*beside = roomy >= TILE_USUAL;
	v->wide = *beside ? roomy : columns > 0 ? (width - 1) / columns : 0;
	if (!*beside && v->wide > TILE_USUAL)
		v->wide = TILE_USUAL;
	if (v->wide > TILE_MOST)
		v->wide = TILE_MOST;
	v->tall = v->wide >= TILE_VALUE && lines >= 2 * v->map.rows + BARS_LEAST + BARS_HEAD ? 2 : 1;
	return v->wide >= TILE_LEAST && lines - !*beside >= v->map.rows * v->tall;
}

void coverage_draw(struct coverage_view *v, struct canvas *c, int top, int bottom)
{
	bool beside;
	int y, wide, panel;

	draw_head(v, c, top);
	v->list = !choose_size(v, c->width, bottom - top, &beside);
	if (v->list) {
		draw_list(v, c, top + HEAD, bottom);
		return;
	}
	v->y = top + HEAD;
	v->x = 1;
	v->rows = v->map.rows;
	wide = beside ? v->map.columns * v->wide : c->width - 2;
	panel = c->width - v->x - wide - 3;
	for (int i = 0; i < v->map.count; i++)
		draw_tile(v, c, &v->map.tile[i]);
	y = v->y + v->map.rows * v->tall;
	if (beside)
		draw_panel(v, c, v->y, bottom, v->x + wide + 2, panel < PANEL_MOST ? panel : PANEL_MOST);
	else
		draw_line(v, c, y++);
	draw_legend(v, c, y++, wide);
	draw_bars(v, c, y, bottom, wide);
}
