/* report_paper: the report of a period as a paper: which form, then where to (output.h). */
#ifndef SCREENS_REPORT_PAPER_H
#define SCREENS_REPORT_PAPER_H

#include "screens/parts/loop.h"

/* Days are ISO, "": open on that side. */
void report_paper_ask(struct loop *l, const char *since, const char *until);

#endif
