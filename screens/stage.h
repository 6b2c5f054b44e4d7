/* stage: sets the stage of people in the programme, of one or of several at once; asks for it in a pick. */
#ifndef SCREENS_STAGE_H
#define SCREENS_STAGE_H

#include "screens/parts/loop.h"

/* Ids of people; they are copied. */
void stage_ask(struct loop *l, const char *const *persons, int count);

#endif
