/* help: all keys of the place that one comes from, as they are now, under the headings of actions.def. */
#ifndef SCREENS_PARTS_HELP_H
#define SCREENS_PARTS_HELP_H

#include "screens/parts/screen.h"

/* `where`: the places (IN_…) whose actions are shown; with what the mouse does where there is one. */
struct screen *help_open(uint64_t where, bool mouse);

#endif
