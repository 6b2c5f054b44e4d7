/* conflicts: the fields in which two edits met that did not see each other, with both values; Enter settles one. */
#ifndef SCREENS_CONFLICTS_H
#define SCREENS_CONFLICTS_H

#include "screens/parts/screen.h"
#include "store/store.h"

struct screen *conflicts_open(struct store *s);

#endif
