/* line: a text that is being typed, and the place in it. One line or several; a passphrase too. */
#ifndef SCREENS_PARTS_LINE_H
#define SCREENS_PARTS_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "screens/terminal/canvas.h"
#include "screens/terminal/keymap.h"

/* A passphrase never moves in memory, so that wiping it wipes all of it: its room is fixed. */
#define LINE_SECRET_SIZE 1024

struct line {
	struct buf text;
	size_t at;		/* byte offset of the cursor, always at a character's border */
	size_t count;		/* characters */
	size_t most;		/* … that it takes at most; 0: no limit */
	bool secret;		/* wiped at the end, shown as stars */
};

void line_init(struct line *l, size_t most, bool secret);
void line_release(struct line *l);
void line_set(struct line *l, const char *text);		/* cursor at the end */

/* False when there is no room, or the character cannot stand in a text. */
bool line_insert(struct line *l, uint32_t character);

/* Does the actions of the place IN_TEXT (and erase-next). True when it was one of them. */
bool line_act(struct line *l, enum action action);

/* Draws so that the cursor is seen, `width` columns from x, and puts the canvas's cursor there when `current`. `hidden`: a star for each character. */
void line_draw(const struct line *l, struct canvas *c, int y, int x, int width, enum role role, bool current, bool hidden);

/* A text of several lines, wrapped at words: the next row of `width` columns from byte `from` on. Returns where the row after it begins; *len is what is
 * shown of this one. The text is at its end when the result is greater than its length. */
size_t line_wrap(const char *text, size_t size, size_t from, int width, size_t *len);

/* A text that is only shown: rows that it takes, at most `most`; and drawn in so many rows from y on, cut with an ellipsis when it has more. Returns the
 * columns taken in the last row. */
int line_text_rows(const char *text, int width, int most);
int line_text_draw(struct canvas *c, int y, int x, int width, int rows, enum role role, const char *text);

/* Cursor up or down one wrapped row (by is -1 or 1). False when there is none that way. */
bool line_row(struct line *l, int width, int by);

/* Cursor to the beginning of its wrapped row, or (by 1) to its end; where it stands there already, of the whole text. */
void line_edge(struct line *l, int width, int by);

/* Number of wrapped rows, and the one in which the cursor is. */
int line_rows(const struct line *l, int width, int *current);

#endif
