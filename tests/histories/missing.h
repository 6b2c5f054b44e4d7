/* missing: whether anything that somebody wrote is nowhere any more. */
#ifndef TESTS_HISTORIES_MISSING_H
#define TESTS_HISTORIES_MISSING_H

#include "tests/histories/model.h"

/* Accepted: it stands in the hub's journal and in the history that people read. Refused: its author keeps it. */
bool missing_nothing(struct world *w, const struct model *m);

#endif
