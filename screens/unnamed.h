/* unnamed: how many came to a seminar without being listed, and what that number rests on: two questions, then it is saved. */
#ifndef SCREENS_UNNAMED_H
#define SCREENS_UNNAMED_H

#include "screens/parts/loop.h"

void unnamed_ask(struct loop *l, const char *seminar);
void unnamed_ask_from(struct loop *l, const char *seminar, int number);		/* this number stands there already, to be accepted or changed */

#endif
