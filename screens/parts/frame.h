/* frame: what stands around every screen: the title line at the top, the line of keys at the foot. */
#ifndef SCREENS_PARTS_FRAME_H
#define SCREENS_PARTS_FRAME_H

#include "screens/parts/loop.h"

/* Title: place, counts, what is unsent, time; when it is narrow the first to go are the program's name and the counts. */
void frame_title(struct loop *l, struct screen *s);

/* Rows at the foot: one, or more while a message is longer than that. */
int frame_foot_rows(const struct loop *l);

/* The keys that work here, in the order of actions.def, as many as fit, and undo while there is something to take back; or the message. */
void frame_foot(struct loop *l, uint64_t where, unsigned has);
/* The action whose key or word stands in column x of the foot; ACTION_NONE. */
enum action frame_foot_at(const struct loop *l, uint64_t where, unsigned has, int x);

#endif
