/* help: all keys of the place that one comes from, out of actions.def. */
#ifndef SCREENS_HELP_H
#define SCREENS_HELP_H

#include "screens/screen.h"

/* `where`: the places (IN_…) whose actions are shown. */
struct screen *help_open(unsigned where);

#endif
