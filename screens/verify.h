/* verify: the sheet that was signed on paper is typed a second time, without a look at what is marked, and then compared with the marks. Letters find a
 * person as on the attendance screen, Enter puts them on the paper; a name that nobody has is noted as typed. At the end it is asked how many stand there
 * without a name. Then each difference can be settled with Enter, or left.
 *
 * What is typed changes nothing by itself; it is kept as a draft until nothing differs any more, or until it is discarded. */
#ifndef SCREENS_VERIFY_H
#define SCREENS_VERIFY_H

#include "screens/parts/draft.h"
#include "screens/parts/loop.h"

/* Pushes the screen; where something was typed before, asks first whether to go on with it. */
void verify_begin(struct loop *l, const char *seminar);

/* Goes on with a draft: to be called when the sheet is on the loop. */
int verify_restore(struct loop *l, const struct draft *d, struct err *e);

#endif
