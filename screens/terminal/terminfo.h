/* terminfo: what the terminal that curses has opened can do, in the painter's words (paint.h), and how that is written. With canvas_curses.c the only file
 * that includes curses. */
#ifndef SCREENS_TERMINAL_TERMINFO_H
#define SCREENS_TERMINAL_TERMINFO_H

#include "screens/terminal/paint.h"

/* Asks once, after initscr() or setupterm(): every ability, and the function that writes each. */
void terminfo_abilities(struct paint_abilities *can);

#endif
