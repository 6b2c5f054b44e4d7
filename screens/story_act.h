/* story_act: what is done with a text of the collection from its list and from its page alike: submitted, accepted, put in its place. */
#ifndef SCREENS_STORY_ACT_H
#define SCREENS_STORY_ACT_H

#include "screens/parts/loop.h"

bool story_acts(enum action action);		/* it is one of them */
unsigned story_act(struct loop *l, const char *id, enum action action);

#endif
