/* coverage: the map of the municipalities: what each has, by the figure that is chosen, those with nothing yet, and bars by month. Arrows go to the nearest
 * tile, Enter opens the municipality. Where a map has no room it is a list, those with most first. */
#ifndef SCREENS_COVERAGE_H
#define SCREENS_COVERAGE_H

#include "screens/parts/screen.h"
#include "store/store.h"

struct screen *coverage_open(struct store *s);

#endif
