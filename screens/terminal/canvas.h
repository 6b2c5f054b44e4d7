/* canvas: a rectangle of character cells that the screens draw on. Nothing here knows a terminal: canvas_curses.c shows a canvas, the
 * tests read one as text.
 *
 * Text is UTF-8 and may be hostile: controls and what is invisible are drawn escaped, on one line. Widths are those of the terminal:
 * combining marks join the cell of their letter, a wide character takes two cells. Whatever does not fit is cut off. */
#ifndef SCREENS_TERMINAL_CANVAS_H
#define SCREENS_TERMINAL_CANVAS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "screens/terminal/theme.h"

#define CANVAS_MARKS 2		/* combining marks that one cell keeps */

struct cell {
	uint32_t cp;		/* 0: the right half of a wide character */
	uint32_t mark[CANVAS_MARKS];
	uint8_t role;		/* enum role */
};

struct canvas {
	int height, width;
	struct cell *cell;	/* height × width, row by row */
	int cursor_y, cursor_x;	/* where the terminal's cursor stands */
	uint64_t strokes;	/* grows with whatever is drawn: who finds it as it was finds the picture as it was */
	const struct glyphs *glyphs;
	struct buf scratch;
};

void canvas_init(struct canvas *c, int height, int width, const struct glyphs *glyphs);
void canvas_release(struct canvas *c);
void canvas_resize(struct canvas *c, int height, int width);	/* and clears */
void canvas_clear(struct canvas *c);

/* Draws text from column x in at most `width` columns (cut at the right edge too); returns the columns that it took. */
int canvas_text(struct canvas *c, int y, int x, int width, enum role role, const char *text);

/* The same, ending in an ellipsis when the text is wider. */
int canvas_fit(struct canvas *c, int y, int x, int width, enum role role, const char *text);

/* The same, at the right edge of the columns x … x + width. Returns the column where it begins. */
int canvas_right(struct canvas *c, int y, int x, int width, enum role role, const char *text);

void canvas_fill(struct canvas *c, int y, int x, int width, enum role role, uint32_t cp);
void canvas_cursor(struct canvas *c, int y, int x);

/* Row y as text, without blanks at its end. */
void canvas_row(const struct canvas *c, int y, struct buf *out);

#endif
