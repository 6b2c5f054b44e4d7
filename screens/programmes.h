/* programmes: the register of programmes: which one is shown everywhere; a new one is begun from it, one is closed or opened again. */
#ifndef SCREENS_PROGRAMMES_H
#define SCREENS_PROGRAMMES_H

#include "screens/parts/screen.h"
#include "store/store.h"

struct screen *programmes_open(struct store *s);

#endif
