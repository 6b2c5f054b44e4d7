#include "screens/parts/page_private.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "screens/parts/frame.h"
#include "screens/parts/loop.h"

static int size(void *context, int64_t *count, struct err *e)
{
	(void)e;
	*count = ((struct page *)context)->lines.rows;
	return 0;
}

static const char *no_id(void *context, int row)
{
	(void)context;
	(void)row;
	return "";
}

static const struct list_class rows_class = { .size = size, .id = no_id };

static bool lands(const struct page *p, int64_t row)
{
	return page_lines_lands(&p->lines, (int)row);
}

/* The next row that way where the marker may stand; -1: none. */
static int64_t next_landing(const struct page *p, int64_t row, int by)
{
	for (row += by; row >= 0 && row < p->lines.rows; row += by)
		if (lands(p, row))
			return row;
	return -1;
}

static bool in_sight(const struct page *p, int64_t row)
{
	return row >= p->list.top && row < p->list.top + p->list.height;
}

/* After the rows moved: the marker goes to the nearest line in sight that leads somewhere, on the side of `by` first. */
static void settle(struct page *p, int by)
{
	struct list *l = &p->list;
	int64_t to;

	if (lands(p, l->cursor) && in_sight(p, l->cursor))
		return;
	to = next_landing(p, l->cursor, by);
	if (to < 0 || !in_sight(p, to))
		to = next_landing(p, l->cursor, -by);
	if (to >= 0 && in_sight(p, to))
		l->cursor = to;
}

static void scroll(struct page *p, int by)
{
	struct list *l = &p->list;
	int64_t most = l->count > l->height ? l->count - l->height : 0;

	l->top = l->top + by < 0 ? 0 : l->top + by > most ? most : l->top + by;
	if (l->cursor < l->top)
		l->cursor = l->top;
	if (l->cursor >= l->top + l->height)
		l->cursor = l->top + l->height - 1;
	settle(p, by);
}

/* What stands above a line up to the line before that leads somewhere, its heading as a rule, comes into sight with it where there is room. */
static void show_above(struct page *p, int64_t row)
{
	struct list *l = &p->list;
	int64_t from = row;

	while (from > 0 && !lands(p, from - 1) && row - from + 1 < l->height)
		from--;
	if (from < l->top)
		l->top = from;
}

/* All of a line that takes several rows, as far as there is room. */
static void show_whole(struct page *p, int64_t row)
{
	struct list *l = &p->list;
	int64_t last = row;

	while (last + 1 < p->lines.rows && p->lines.row[last + 1].line == p->lines.row[row].line && last - row + 2 <= l->height)
		last++;
	if (last >= l->top + l->height)
		l->top = last - l->height + 1;
}

static void step(struct page *p, int by)
{
	int64_t to = next_landing(p, p->list.cursor, by);

	if (to < 0 || to < p->list.top - 1 || to > p->list.top + p->list.height) {
		scroll(p, by);
		return;
	}
	p->list.cursor = to;
	if (by < 0)
		show_above(p, to);
	else
		show_whole(p, to);
}

/* --- the place that is kept --- */

static bool same_goal(const struct page_line *line, const struct spot *at)
{
	return line->goal == at->goal && line->goal != PAGE_NOWHERE && line->type == at->type && strcmp(line->key, at->key) == 0;
}

/* The place where the marker stands now is the one to be kept. */
static void note(struct page *p)
{
	int row = (int)p->list.cursor;
	const struct page_line *line = page_lines_at(&p->lines, row);
	struct spot *at = &p->at;

	if (line == NULL)		/* blank: a heading follows */
		line = page_lines_at(&p->lines, ++row);
	free(at->key);
	*at = (struct spot){ .line = -1 };
	if (line == NULL)
		return;
	at->key = mem_dup(line->key != NULL ? line->key : "");
	at->type = line->type;
	at->goal = line->goal;
	at->line = (int)(line - p->lines.line);
	at->from = p->lines.row[row].hint ? 0 : p->lines.row[row].from;
	at->below = row - p->list.top;
	for (int i = 0; i < at->line; i++)
		at->nth += same_goal(&p->lines.line[i], at);
}

/* The same goal, the nth or the last with it, else what stands there now. */
static int find_again(const struct page *p)
{
	const struct spot *at = &p->at;
	int found = -1;

	for (int i = 0, nth = 0; i < p->lines.count && nth <= at->nth; i++) {
		if (same_goal(&p->lines.line[i], at)) {
			found = i;
			nth++;
		}
	}
	return found >= 0 ? found : at->line < p->lines.count ? at->line : p->lines.count - 1;
}

static int find_key(const struct page *p, const char *key)
{
	for (int i = 0; key != NULL && i < p->lines.count; i++)
		if (p->lines.line[i].key != NULL && strcmp(p->lines.line[i].key, key) == 0)
			return i;
	return -1;
}

/* The marker on the row of a line where byte `from` of its text stands, so many rows below the first one in sight. */
static void go_to(struct page *p, int line, size_t from, int64_t below)
{
	int row = page_lines_row(&p->lines, line);

	if (row < 0)
		return;
	while (row + 1 < p->lines.rows && p->lines.row[row + 1].line == line && !p->lines.row[row + 1].hint && p->lines.row[row + 1].from <= from)
		row++;
	if (below >= p->list.height)
		below = p->list.height - 1;
	p->list.cursor = row;
	p->list.top = row > below ? row - below : 0;
}

/* Rows for lines, and a blank one below the title where there is room. */
static int visible(const struct page *p)
{
	int rows = p->screen.loop->canvas.height - 1 - frame_foot_rows(p->screen.loop);

	return rows > PAGE_ROOMY ? rows - 1 : rows > 0 ? rows : 1;
}

/* The rows for the canvas as it is, the marker on its line. */
static void layout(struct page *p)
{
	struct err e = ERR_INIT;

	page_lines_layout(&p->lines, p->screen.loop->canvas.width, visible(p) >= PAGE_ROOMY);
	p->list.height = visible(p);
	if (p->at.line >= 0)
		go_to(p, find_again(p), p->at.from, p->at.below);
	else if (find_key(p, p->start) >= 0)
		go_to(p, find_key(p, p->start), 0, p->list.height / 2);
	if (list_reload(&p->list, &e) != 0)
		loop_problem(p->screen.loop, &e);
	settle(p, 1);
}

void page_arrange(struct page *p)
{
	if (p->lines.width != p->screen.loop->canvas.width || p->list.height != visible(p))
		layout(p);
}

void page_settle(struct page *p)
{
	layout(p);
	note(p);
}

bool page_move(struct page *p, enum action action)
{
	unsigned did;

	switch (action) {
	case ACTION_UP: step(p, -1); break;
	case ACTION_DOWN: step(p, 1); break;
	case ACTION_PAGE_UP:
	case ACTION_FIRST:
	case ACTION_PAGE_DOWN:
	case ACTION_LAST:
		list_act(&p->list, p->screen.loop, action, &did);
		list_ensure(&p->list, p->list.height, NULL);
		settle(p, action == ACTION_PAGE_UP || action == ACTION_FIRST ? 1 : -1);
		break;
	default: return false;
	}
	note(p);
	return true;
}

bool page_lands(const struct page *p)
{
	return lands(p, p->list.cursor);
}

void page_move_init(struct page *p)
{
	list_init(&p->list, &rows_class, p);
	p->at.line = -1;
}

void page_move_release(struct page *p)
{
	list_release(&p->list);
	free(p->at.key);
}
