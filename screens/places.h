/* places: the ways between the main places, and the first one. */
#ifndef SCREENS_PLACES_H
#define SCREENS_PLACES_H

#include "screens/loop.h"

/* Opens the first place of a loop that has a store; asks what to do with a draft when there is one. */
void places_begin(struct loop *l);

#endif
