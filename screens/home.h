/* home: what a person sees first: what is due, what is not sent or not accepted, where two edits met, what is new since last time; to somebody new the first
 * three steps. */
#ifndef SCREENS_HOME_H
#define SCREENS_HOME_H

#include "screens/parts/screen.h"
#include "store/store.h"

struct screen *home_open(struct store *s);

#endif
