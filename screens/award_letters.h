/* award_letters: letters of thanks from the screens: of all with so many points, or of one person. */
#ifndef SCREENS_AWARD_LETTERS_H
#define SCREENS_AWARD_LETTERS_H

#include "screens/parts/loop.h"

void award_letters_ask(struct loop *l);

#endif
