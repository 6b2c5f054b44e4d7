/* seminars: the log of seminars, newest first. */
#ifndef SCREENS_SEMINARS_H
#define SCREENS_SEMINARS_H

#include "screens/parts/screen.h"
#include "store/store.h"

struct screen *seminars_open(struct store *s);

#endif
