/* places: the main places and the ways between them. The home screen lies at the bottom always; another place lies on it, and what was opened from there on
 * that. Esc, h and q lead one place back; on the home screen q leaves, and F10 leaves from everywhere. */
#ifndef SCREENS_PLACES_H
#define SCREENS_PLACES_H

#include "screens/parts/loop.h"

/* Opens the first places of a loop that has a store: the home screen, and over it what the preference "start" says; asks what to do with a draft when there
 * is one. */
void places_begin(struct loop *l);

/* Goes to a place by its action: it takes the place of all that lies over the home screen. DID_NOTHING: the action leads to no place. */
unsigned places_go(struct loop *l, enum action place);

#endif
