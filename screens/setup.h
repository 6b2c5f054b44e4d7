/* setup: the form of the first start. */
#ifndef SCREENS_SETUP_H
#define SCREENS_SETUP_H

#include "screens/parts/screen.h"
#include "screens/screens.h"

/* Closes itself, and so ends its loop, once o->create() has succeeded (*created is set) or the person left. `o` must outlive it. */
struct screen *setup_open(struct screens_setup *o, bool *created);

#endif
