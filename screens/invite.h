/* invite: puts people on the sheet of a planned seminar, registered; asks for the seminar in a pick, the nearest first. */
#ifndef SCREENS_INVITE_H
#define SCREENS_INVITE_H

#include "screens/parts/loop.h"

/* Ids of people; they are copied. Their order is that of registration: who comes past the places waits. Whoever stands on the sheet already stays as he is. */
void invite_ask(struct loop *l, const char *const *persons, int count);

#endif
