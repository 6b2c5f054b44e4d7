/* stories: the collection as a register: mine, submitted, all, accepted practices; in the order of the book. */
#ifndef SCREENS_STORIES_H
#define SCREENS_STORIES_H

#include "screens/parts/screen.h"
#include "store/store.h"

struct screen *stories_open(struct store *s);

#endif
