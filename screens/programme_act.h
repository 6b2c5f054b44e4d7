/* programme_act: what is done with a programme from the register and from its page alike: shown from now on, closed, opened again, a new one begun. */
#ifndef SCREENS_PROGRAMME_ACT_H
#define SCREENS_PROGRAMME_ACT_H

#include "screens/parts/loop.h"

bool programme_acts(enum action action);	/* it is one of them */
/* `id`: the programme; "": of a beginning the current one. */
unsigned programme_act(struct loop *l, const char *id, enum action action);

#endif
