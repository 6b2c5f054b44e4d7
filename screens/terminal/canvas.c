#include "screens/terminal/canvas.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "crypto/secret.h"

static const struct cell blank = { ' ', { 0, 0 }, ROLE_TEXT };

void canvas_init(struct canvas *c, int height, int width, const struct glyphs *glyphs)
{
	memset(c, 0, sizeof *c);
	buf_init(&c->scratch);
	c->glyphs = glyphs;
	canvas_resize(c, height, width);
}

/* A passphrase that a person let show may stand there. */
static void wipe(struct canvas *c)
{
	if (c->cell != NULL)
		secret_wipe(c->cell, (size_t)c->height * (size_t)c->width * sizeof *c->cell);
	secret_wipe(c->scratch.data, c->scratch.cap);
	buf_reset(&c->scratch);
}

void canvas_release(struct canvas *c)
{
	wipe(c);
	free(c->cell);
	c->cell = NULL;
	buf_release(&c->scratch);
}

void canvas_resize(struct canvas *c, int height, int width)
{
	wipe(c);
	c->height = height > 0 ? height : 1;
	c->width = width > 0 ? width : 1;
	c->cell = mem_resize(c->cell, (size_t)c->height * (size_t)c->width, sizeof *c->cell);
	canvas_clear(c);
}

void canvas_clear(struct canvas *c)
{
	size_t count = (size_t)c->height * (size_t)c->width;

	c->strokes++;
	for (size_t i = 0; i < count; i++)
		c->cell[i] = blank;
	c->cursor_y = c->cursor_x = 0;
}

static struct cell *at(const struct canvas *c, int y, int x)
{
	return &c->cell[(size_t)y * (size_t)c->width + (size_t)x];
}

/* A cell that is overwritten may be half of a wide character: the other half must not stay behind alone. */
static void put(struct canvas *c, int y, int x, enum role role, uint32_t cp)
{
	struct cell *cell = at(c, y, x);

	c->strokes++;
	if (cell->cp == 0 && x > 0 && cp != 0)
		*at(c, y, x - 1) = (struct cell){ .cp = ' ', .role = at(c, y, x - 1)->role };
	if (x + 1 < c->width && at(c, y, x + 1)->cp == 0)
		at(c, y, x + 1)->cp = ' ';
	*cell = blank;
	cell->cp = cp;
	cell->role = (uint8_t)role;
}

static void put_wide(struct canvas *c, int y, int x, enum role role, uint32_t cp)
{
	put(c, y, x + 1, role, ' ');
	put(c, y, x, role, cp);
	at(c, y, x + 1)->cp = 0;
}

static void add_mark(struct canvas *c, int y, int x, uint32_t cp)
{
	struct cell *cell = at(c, y, x);

	c->strokes++;
	if (cell->cp == 0 && x > 0)
		cell = at(c, y, x - 1);
	for (int i = 0; i < CANVAS_MARKS; i++) {
		if (cell->mark[i] == 0) {
			cell->mark[i] = cp;
			return;
		}
	}
}

static bool is_picture(uint32_t cp)
{
	return cp >= 0x1f000 || (cp >= 0x2600 && cp < 0x2800) || cp == 0xfe0f;
}

/* The text as it is drawn, in c->scratch: escaped. Joiners between emoji are left out, and each of them is drawn by itself: terminals do not agree on what
 * they make of several. */
static void prepare(struct canvas *c, const char *text)
{
	static const char joiner[] = "\xe2\x80\x8d";
	const char *from = text, *at = text;

	buf_reset(&c->scratch);
	while ((at = strstr(at, joiner)) != NULL) {
		uint32_t before = 0, after = 0;
		const char *p = at;

		while (p > text && (p[-1] & 0xc0) == 0x80)
			p--;
		if (p > text)
			text_next(p - 1, (size_t)(at - p) + 1, &before, NULL);
		at += sizeof joiner - 1;
		if (*at != '\0')
			text_next(at, strlen(at), &after, NULL);
		if (is_picture(before) && is_picture(after)) {
			text_escape(from, (size_t)(at - from) - (sizeof joiner - 1), &c->scratch);
			from = at;
		}
	}
	text_escape(from, strlen(from), &c->scratch);
}

/* Draws what prepare() left in c->scratch. */
static int draw_prepared(struct canvas *c, int y, int x, int width, enum role role)
{
	int column = x, end = x + width < c->width ? x + width : c->width;
	size_t left, step;
	const char *p;

	if (y < 0 || y >= c->height || x < 0)
		return 0;
	for (p = c->scratch.data, left = c->scratch.len; left > 0; p += step, left -= step) {
		uint32_t cp;
		int columns;

		step = text_next(p, left, &cp, NULL);
		columns = text_char_width(cp);
		if (columns == 0) {
			if (column > x)
				add_mark(c, y, column - 1, cp);
			continue;
		}
		if (column + columns > end)
			break;
		if (columns == 2)
			put_wide(c, y, column, role, cp);
		else
			put(c, y, column, role, cp);
		column += columns;
	}
	return column - x;
}

int canvas_text(struct canvas *c, int y, int x, int width, enum role role, const char *text)
{
	prepare(c, text);
	return draw_prepared(c, y, x, width, role);
}

/* Draws it with an ellipsis where it has no room. */
static int fit_prepared(struct canvas *c, int y, int x, int width, enum role role)
{
	int took;

	if (x + width > c->width)
		width = c->width - x;
	if (width <= 0)
		return 0;
	if (text_width(c->scratch.data, c->scratch.len) <= width)
		return draw_prepared(c, y, x, width, role);
	took = draw_prepared(c, y, x, width - 1, role);
	return took + canvas_text(c, y, x + took, 1, role, c->glyphs->ellipsis);
}

int canvas_fit(struct canvas *c, int y, int x, int width, enum role role, const char *text)
{
	prepare(c, text);
	return fit_prepared(c, y, x, width, role);
}

int canvas_right(struct canvas *c, int y, int x, int width, enum role role, const char *text)
{
	int wide;

	prepare(c, text);
	wide = text_width(c->scratch.data, c->scratch.len);
	if (wide > width)
		wide = width;
	fit_prepared(c, y, x + width - wide, wide, role);
	return x + width - wide;
}

void canvas_fill(struct canvas *c, int y, int x, int width, enum role role, uint32_t cp)
{
	if (y < 0 || y >= c->height)
		return;
	for (int i = x < 0 ? 0 : x; i < x + width && i < c->width; i++)
		put(c, y, i, role, cp);
}

void canvas_cursor(struct canvas *c, int y, int x)
{
	c->strokes++;
	c->cursor_y = y < 0 ? 0 : y >= c->height ? c->height - 1 : y;
	c->cursor_x = x < 0 ? 0 : x >= c->width ? c->width - 1 : x;
}

void canvas_row(const struct canvas *c, int y, struct buf *out)
{
	int end = c->width;

	while (end > 0 && at(c, y, end - 1)->cp == ' ' && at(c, y, end - 1)->mark[0] == 0)
		end--;
	for (int x = 0; x < end; x++) {
		const struct cell *cell = at(c, y, x);

		if (cell->cp == 0)
			continue;
		text_put(out, cell->cp);
		for (int i = 0; i < CANVAS_MARKS && cell->mark[i] != 0; i++)
			text_put(out, cell->mark[i]);
	}
}
