/* pick: one of several, or several of them, in a box over the screen that asks: the columns to sort by, the values of a quick filter, a stage, a seminar,
 * the palette. Letters narrow the items; the answer comes back through a function, as with a prompt. */
#ifndef SCREENS_PICK_H
#define SCREENS_PICK_H

#include "screens/screen.h"

/* `values`: what was chosen, `count` of them; 0: the person left, or the program leaves. Called exactly once, the pick closes itself. Returns DID_…. */
typedef unsigned (*pick_answer)(void *context, const char *const *values, int count);

struct screen *pick_open(const char *title, pick_answer answer, void *context);
void pick_several(struct screen *pick);			/* Tab marks; Enter takes the marked ones, or the one at the marker */
/* `hint` stands at the right, muted: a key, a date; "" for none. All are copied. */
void pick_add(struct screen *pick, const char *value, const char *text, const char *hint);
/* Further words by which it is found and that are not shown: its English name. Of the item added last. */
void pick_also(struct screen *pick, const char *words);
void pick_start(struct screen *pick, const char *value);	/* the marker stands there at first */

#endif
