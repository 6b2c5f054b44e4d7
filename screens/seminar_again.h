/* seminar_again: a seminar held again: a copy on another day, with its list or without, or a series; and who else leads one or speaks there. */
#ifndef SCREENS_SEMINAR_AGAIN_H
#define SCREENS_SEMINAR_AGAIN_H

#include "screens/parts/loop.h"

void seminar_again_ask(struct loop *l, const char *seminar);

/* Adds somebody, or takes somebody's part away. */
void seminar_staff_ask(struct loop *l, const char *seminar);

#endif
