/* agree: whether all hold the same when all have met. */
#ifndef TESTS_HISTORIES_AGREE_H
#define TESTS_HISTORIES_AGREE_H

#include "tests/histories/model.h"

/* Rounds with a faithful post until nothing is under way. False when that does not come to an end. */
bool agree_meet(struct world *w);

/* Rows, conflicts, journals and counts of each device are those of the hub as far as it holds the records, a coordinator holds all of them, everything is
 * what the model makes of it, and nothing that anybody wrote is missing. */
bool agree_all(struct world *w, const struct model *m);

#endif
