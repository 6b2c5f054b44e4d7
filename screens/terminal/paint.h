/* paint: from the picture that a terminal shows to the one that it shall show, in as few bytes as its abilities allow. Nothing here knows a terminal: what
 * it can do comes as a table and a function, and what to send goes into a buffer.
 *
 * Cells that are right already are stepped over in the cheapest way (writing them again, if that is shorter); the rest of a row is erased where that
 * saves more than it costs; rows that only moved are scrolled. After a character about whose width terminals do not agree (wide ones, emoji,
 * combining marks) the cursor is placed anew, so that a disagreement stays where it is. */
#ifndef SCREENS_TERMINAL_PAINT_H
#define SCREENS_TERMINAL_PAINT_H

#include "screens/terminal/canvas.h"

enum paint_code {
	PAINT_TO,		/* row a, column b */
	PAINT_RIGHT, PAINT_LEFT,	/* a columns */
	PAINT_COLUMN,		/* a, in the same row */
	PAINT_ERASE,		/* to the end of the row */
	PAINT_REGION,		/* what scrolls: rows a to b, all when b is -1; the cursor is anywhere afterwards */
	PAINT_UP,		/* in the region's last row: its rows move up by a */
	PAINT_DOWN,		/* in its first row: down by a */
	PAINT_CLEAR,		/* everything; the cursor is at 0, 0 afterwards */
	PAINT_PLAIN, PAINT_BOLD, PAINT_REVERSE, PAINT_UNDERLINE, PAINT_DIM,
	PAINT_COLOUR,		/* a: THEME_… */
	PAINT_PAPER,		/* the background; a: THEME_… */
	PAINT_CODES
};

struct paint_abilities {
	bool has[PAINT_CODES];
	bool line_feed;		/* "\n" goes one row down in the same column, "\r" to column 0 */
	bool wraps_late;	/* a character in the last column does not move on by itself; else the last cell of all is never written */
	void (*put)(enum paint_code code, int a, int b, struct buf *out);
};

/* Where the terminal's cursor is (x -1: not known) and what letters are written in. */
struct pen { int y, x; struct look look; };

struct painter {
	const struct paint_abilities *can;
	const struct look *looks;	/* of roles */
	struct canvas shown, shifted, nothing;	/* nothing: one blank row */
	struct pen pen;
	struct buf other, trial;	/* room for comparing ways */
};

/* The terminal is clear, its cursor at 0, 0, its letters plain. */
void painter_init(struct painter *p, const struct paint_abilities *can, const struct look *looks, int height, int width);
void painter_release(struct painter *p);

/* Appends what makes the terminal show the canvas, its cursor where the canvas has it and letters plain again. `whole`: the terminal may show anything. */
void painter_paint(struct painter *p, const struct canvas *c, bool whole, struct buf *out);

#endif
