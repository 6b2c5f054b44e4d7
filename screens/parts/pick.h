/* pick: one of several, or several of them, in a box over the screen that asks: the columns to sort by, the values of a quick filter, a stage, a seminar,
 * the palette. Letters narrow the items; the answer comes back through a function, as with a prompt.
 *
 * Items keep the order in which they were added. While letters are typed, the best match comes first (match.h), so that Enter takes what was meant; every
 * typed word must occur in an item's words. The terminal's cursor stands on the marker, or in the text while something is typed. */
#ifndef SCREENS_PARTS_PICK_H
#define SCREENS_PARTS_PICK_H

#include "screens/parts/screen.h"

/* `values`: what was chosen, `count` of them, in the order of the items; 0: the person left, or the program leaves. They live until it returns. Called
 * exactly once, the pick closes itself; it may push what comes next. Returns DID_…. */
typedef unsigned (*pick_answer)(void *context, const char *const *values, int count);

struct screen *pick_open(const char *title, pick_answer answer, void *context);
void pick_several(struct screen *pick);			/* Tab marks; Enter takes the marked ones, or the one at the marker */
/* `hint` stands at the right, muted: a key, a date; "" for none. All are copied. */
void pick_add(struct screen *pick, const char *value, const char *text, const char *hint);
/* Further words by which it is found and that are not shown: its English name. Of the item added last. */
void pick_also(struct screen *pick, const char *words);
void pick_mark(struct screen *pick);			/* the item added last is marked at first; where several may be taken */
void pick_start(struct screen *pick, const char *value);	/* the marker stands there at first; of an item that was added */

#endif
