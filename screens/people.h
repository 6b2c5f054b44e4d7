/* people: the register of people, one's own mentees first. */
#ifndef SCREENS_PEOPLE_H
#define SCREENS_PEOPLE_H

#include "screens/draft.h"
#include "screens/screen.h"
#include "store/store.h"

struct screen *people_open(struct store *s);

/* Goes on with the draft of a card: to be called when the screen is on the loop. What cannot be opened is told to the loop. */
int people_restore(struct screen *people, const struct draft *d, struct err *e);

#endif
