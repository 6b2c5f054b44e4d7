/* clock: asks for the date when the computer's clock cannot be believed (store/journal_clock.h), whatever screen is shown. */
#ifndef SCREENS_CLOCK_H
#define SCREENS_CLOCK_H

#include "screens/parts/loop.h"

/* A loop's `watch`. Whoever leaves the question is asked again after some minutes; what is typed meanwhile is not saved, but kept in its form. */
void clock_watch(struct loop *l);

#endif
