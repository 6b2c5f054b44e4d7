/* calls: the calls of the selection. */
#ifndef SCREENS_CALLS_H
#define SCREENS_CALLS_H

#include "screens/parts/screen.h"
#include "store/store.h"

struct screen *calls_open(struct store *s);

#endif
