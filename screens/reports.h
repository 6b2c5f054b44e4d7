/* reports: the figures of the programme, each with how it was computed; Enter shows the list that proves one, w writes the report to a file. */
#ifndef SCREENS_REPORTS_H
#define SCREENS_REPORTS_H

#include "screens/parts/screen.h"
#include "store/store.h"

struct screen *reports_open(struct store *s);

#endif
