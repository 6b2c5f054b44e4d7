/* mentee: makes a person a mentee of this device's person, from today on; of who is one already it asks whether that ends. */
#ifndef SCREENS_MENTEE_H
#define SCREENS_MENTEE_H

#include "screens/parts/loop.h"

void mentee_change(struct loop *loop, const char *person);

#endif
