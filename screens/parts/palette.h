/* palette: everything that can be done here and now, found by its name, in Russian or English, and with its keys beside it. */
#ifndef SCREENS_PARTS_PALETTE_H
#define SCREENS_PARTS_PALETTE_H

#include "screens/parts/loop.h"

/* Over the screen on top; what is chosen is done there once the palette has closed. */
void palette_open(struct loop *l);

#endif
