/* application_decision: what becomes of one application is asked: selected, in reserve, refused and why, or the decision taken back; and done, with the
 * person's role and stage. */
#ifndef SCREENS_APPLICATION_DECISION_H
#define SCREENS_APPLICATION_DECISION_H

#include "screens/parts/loop.h"

unsigned application_decision(struct loop *l, const char *application);

#endif
