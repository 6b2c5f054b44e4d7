/* indicators: the programme's targets as a table: planned, reached, per cent, a bar, the forecast. Enter shows the rows behind one, e edits it. */
#ifndef SCREENS_INDICATORS_H
#define SCREENS_INDICATORS_H

#include "screens/parts/screen.h"
#include "store/store.h"

struct screen *indicators_open(struct store *s);

#endif
