/* seminars: the log of seminars, the newest first. */
#ifndef SCREENS_SEMINARS_H
#define SCREENS_SEMINARS_H

#include "screens/draft.h"
#include "screens/screen.h"
#include "store/store.h"

struct screen *seminars_open(struct store *s);

/* Goes on with the draft of a card: to be called when the screen is on the loop. What cannot be opened is told to the loop. */
int seminars_restore(struct screen *seminars, const struct draft *d, struct err *e);

#endif
