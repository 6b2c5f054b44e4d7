/* pointer: the mouse. A click goes to a row, a double click opens it, the wheel moves the rows, a click on a key at the foot does what the key does.
 *
 * No screen of rows knows of it: one of tiles says which is where. The marker (or the terminal's cursor) always stands on the selected row: a click walks it there with the same actions that
 * the arrow keys give, and a row to which they do not lead is not gone to. */
#ifndef SCREENS_PARTS_POINTER_H
#define SCREENS_PARTS_POINTER_H

#include "screens/parts/loop.h"

/* At row y and column x of the canvas, whose last picture is that of loop_draw(). */
void loop_mouse(struct loop *l, int y, int x, enum pointer kind);

#endif
