/* canvas_curses: the terminal: keys come from it, canvases are shown on it. Only canvas_curses.c, keyboard.c and terminfo.c know ncurses.
 *
 * Life: terminal_open → terminal_wait, terminal_key, terminal_paint … → terminal_close. There is one terminal. Signals that end the program
 * (SIGHUP, SIGTERM, SIGINT) are answered by terminal_wait() while it is open; SIGTSTP stops and fg brings the picture back. */
#ifndef SCREENS_TERMINAL_CANVAS_CURSES_H
#define SCREENS_TERMINAL_CANVAS_CURSES_H

#include "base/err.h"
#include "screens/terminal/canvas.h"
#include "screens/terminal/keymap.h"

/* ERR_USAGE, before one byte is written: standard input or output is no terminal, the locale is not UTF-8 (what to set), or the terminal is unknown
 * or cannot place its cursor (TERM=dumb). */
int terminal_open(struct err *e);
void terminal_close(void);		/* when it is not open nothing happens */

/* How it looks (the preference "theme") and whether the mouse is listened to; before it is opened or while it is. */
void terminal_prefer(const char *theme, bool mouse);
bool terminal_mouse(void);		/* there is one, and it is listened to */

void terminal_size(int *height, int *width);
const struct glyphs *terminal_look(void);

enum terminal_event {
	TERMINAL_KEY,		/* terminal_key() has something */
	TERMINAL_RESIZED,
	TERMINAL_TIME,		/* so many milliseconds passed */
	TERMINAL_LEAVE		/* end of input, or a signal that ends the program */
};
enum terminal_event terminal_wait(int ms);

/* True when a key can be read without waiting. */
bool terminal_key_waits(void);
/* The next key (keymap.h), KEY_NONE for what is none (an incomplete or unknown sequence). */
uint32_t terminal_key(void);
/* What KEY_POINTER was, and where. */
enum pointer terminal_pointer(int *y, int *x);

/* Looked at while long work runs: true when the person pressed Esc, or the terminal is gone. Other keys wait for terminal_key(); a new size and a signal
 * to leave, for terminal_wait(). */
bool terminal_interrupt(void);

/* Shows a canvas: what differs from the one shown before, in one write. `whole`: everything, the terminal's picture may be wrong. */
void terminal_paint(const struct canvas *c, bool whole);

#endif
