/* stages: what the other stages of the programme add to the region of the screens' tests: a call with applications and scores, a course with a group, texts, the
 * directory, questions. */
#ifndef TESTS_SCREENS_STAGES_H
#define TESTS_SCREENS_STAGES_H

#include "store/store.h"

/* `me`: the card of the store's person, a consultant, who is a coordinator while this is entered. */
void stages_add(struct store *s, const char *me);

#endif
