#include "screens/parts/pointer.h"

#include <string.h>

#include "base/text.h"
#include "screens/parts/frame.h"

#define WHEEL_ROWS 3

/* What the screen on top looks like, and the row of its marker; where there is none, that of the cursor. */
struct look_at { int row; uint64_t picture; };

/* Draws it alone: below it another marker may be seen. */
static struct look_at look_at(struct loop *l)
{
	struct canvas *c = &l->canvas;
	struct look_at seen = { -1, 14695981039346656037u };
	uint32_t marker;

	loop_draw_top(l);
	text_next(c->glyphs->marker, strlen(c->glyphs->marker), &marker, NULL);
	for (int i = 0; i < c->height * c->width; i++) {
		seen.picture = (seen.picture ^ c->cell[i].cp) * 1099511628211u;
		if (seen.row < 0 && c->cell[i].role == ROLE_SELECTED && c->cell[i].cp == marker)
			seen.row = i / c->width;
	}
	if (seen.row < 0)
		seen.row = c->cursor_y;
	return seen;
}

/* Names of columns are no row to go to. */
static bool is_header(const struct canvas *c, int y)
{
	return c->cell[y * c->width].role == ROLE_HEADER;
}

/* The first of these that can be done here. */
static enum action first_of(const struct loop *l, const enum action *list, int count)
{
	for (int i = 0; i < count; i++)
		if (loop_allows(l, list[i]))
			return list[i];
	return ACTION_NONE;
}

static void step(struct loop *l, bool down)
{
	static const enum action downs[] = { ACTION_DOWN, ACTION_FIELD_DOWN }, ups[] = { ACTION_UP, ACTION_FIELD_UP };

	loop_do(l, first_of(l, down ? downs : ups, 2));
}

/* True when the marker stands in row y at the end; otherwise it stands where it stood. */
static bool walk(struct loop *l, int y)
{
	const struct screen *top = l->top;
	struct look_at at = look_at(l);
	bool down = at.row < y;
	int taken = 0;

	if (is_header(&l->canvas, y))
		return false;
	while (at.row != y && (at.row < y) == down && taken < l->canvas.height) {
		struct look_at before = at;

		step(l, down);
		if (l->top != top)
			return false;
		at = look_at(l);
		taken += at.picture != before.picture;
		if (at.row == before.row)
			break;
	}
	while (at.row != y && taken-- > 0 && l->top == top)
		step(l, !down);
	return at.row == y;
}

static const enum action opens[] = { ACTION_OPEN, ACTION_CHOOSE, ACTION_CAME, ACTION_ON_PAPER, ACTION_MAP_OPEN };
enum { OPENS = sizeof opens / sizeof opens[0] };

static void click_row(struct loop *l, int y, bool twice)
{
	/* What is being typed stays as it is; the rows are gone to. */
	if (loop_allows(l, ACTION_DONE))
		loop_do(l, ACTION_DONE);
	else if (loop_allows(l, ACTION_LAND))
		loop_do(l, ACTION_LAND);
	if (l->top != NULL && walk(l, y) && twice)
		loop_do(l, first_of(l, opens, OPENS));
}

static void click_tile(struct loop *l, int y, int x, bool twice)
{
	if (loop_point(l, y, x) && twice)
		loop_do(l, first_of(l, opens, OPENS));
}

void loop_mouse(struct loop *l, int y, int x, enum pointer kind)
{
	int foot = l->canvas.height - frame_foot_rows(l);

	if (l->top == NULL || y < 0 || x < 0 || y >= l->canvas.height || x >= l->canvas.width)
		return;
	if (kind == POINTER_WHEEL_UP || kind == POINTER_WHEEL_DOWN) {
		for (int i = 0; i < WHEEL_ROWS; i++)
			loop_do(l, kind == POINTER_WHEEL_DOWN ? ACTION_DOWN : ACTION_UP);
	} else if (y >= foot) {
		/* A message takes the place of the keys. */
		if (kind == POINTER_CLICK && l->message.len == 0)
			loop_do(l, frame_foot_at(l, loop_where(l), loop_has(l), x));
	} else if (y > 0 && l->top->class->point != NULL) {
		click_tile(l, y, x, kind == POINTER_DOUBLE);
	} else if (y > 0) {
		click_row(l, y, kind == POINTER_DOUBLE);
	}
}
