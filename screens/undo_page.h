/* undo_page: taking back what was done since the program was opened, on any screen, and the list of what undo would do. */
#ifndef SCREENS_UNDO_PAGE_H
#define SCREENS_UNDO_PAGE_H

#include "screens/parts/loop.h"
#include "store/undo.h"

/* The last group is taken back, or done again; what stands in the way is asked about. What came of it is told. */
void undo_step(struct loop *l, enum undo_way way);

/* Behind what was just told: the key that takes it back. People who do not know of it would enter anew what they removed. */
void undo_tell_key(struct loop *l);

struct screen *undo_page_open(struct store *s);

#endif
