/* deletions: many deletions of one device at once (records/deletion_hold.h): whose, of what, and the two answers that a coordinator can give. */
#ifndef SCREENS_DELETIONS_H
#define SCREENS_DELETIONS_H

#include "screens/parts/screen.h"
#include "store/store.h"

struct screen *deletions_open(struct store *s);

#endif
