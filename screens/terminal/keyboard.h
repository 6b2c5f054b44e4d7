/* keyboard: what the terminal sends, as keys (keymap.h): characters put together from bytes, named keys, the mouse, and pasted text. canvas_curses.c alone uses
 * it, and opens the terminal before.
 *
 * A terminal that can says where pasted text begins and ends (mode 2004). Its characters come with KEY_PASTED: nothing that is pasted is a command, a tabulator
 * does not leave the field, and what ends a line is KEY_PASTED | KEY_RETURN. Ends of lines behind the last word are left out. */
#ifndef SCREENS_TERMINAL_KEYBOARD_H
#define SCREENS_TERMINAL_KEYBOARD_H

#include "base/buf.h"
#include "screens/terminal/keymap.h"

void keyboard_know_keys(void);			/* once, behind initscr(): sequences that the terminal's description does not name */
void keyboard_open(void);
void keyboard_close(void);
bool keyboard_mouse(bool wanted);		/* whether the mouse is listened to; returns whether there is one that is */
/* Appends what asks the terminal to tell what is pasted, or to stop that; nothing where it does not understand such. */
void keyboard_tell_pasted(bool on, struct buf *out);

/* The next key; KEY_NONE: none, or none yet. Nothing waits here but the rest of a sequence. */
uint32_t keyboard_read(void);
bool keyboard_holds(void);			/* there may be keys that poll() does not see */
void keyboard_look(void);			/* a signal came: there may be news that poll() does not see */
bool keyboard_resized(void);			/* the terminal got another size; told once */
bool keyboard_ended(void);			/* the input is at its end */
enum pointer keyboard_pointer(int *y, int *x);	/* what KEY_POINTER was */

#endif
