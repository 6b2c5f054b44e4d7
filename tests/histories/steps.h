/* steps: what happens in a history, one thing after the other, as chance has it. */
#ifndef TESTS_HISTORIES_STEPS_H
#define TESTS_HISTORIES_STEPS_H

#include "tests/histories/model.h"

/* One step. False when something failed that may not; what was done is in w->words. */
bool steps_one(struct world *w, struct model *m);

/* Something is written, committed and noted. */
bool steps_write(struct world *w, struct model *m, int device);

#endif
