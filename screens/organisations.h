/* organisations: the register of organisations. */
#ifndef SCREENS_ORGANISATIONS_H
#define SCREENS_ORGANISATIONS_H

#include "screens/parts/screen.h"
#include "store/store.h"

struct screen *organisations_open(struct store *s);

#endif
