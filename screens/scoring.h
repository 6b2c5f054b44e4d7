/* scoring: a judge gives points: one application at a time, a line for each criterion: the points, and behind a blank a remark where one wants to say more.
 * Enter goes on, after the last line it saves and opens the next application that is not scored yet. Above the lines stands who applies, below them what the
 * criterion means and what the applicant writes. What is typed is kept as a draft like any form. */
#ifndef SCREENS_SCORING_H
#define SCREENS_SCORING_H

#include "screens/parts/draft.h"
#include "screens/parts/loop.h"

/* Of an application, or ("" for it) the first of the call that lacks scores of this device's person. Why it is not possible is told. DID_… */
unsigned scoring_begin(struct loop *l, const char *call, const char *application);

/* The draft of scores: of type "score", its record the application. */
int scoring_restore(struct loop *l, const struct draft *d, struct err *e);

#endif
