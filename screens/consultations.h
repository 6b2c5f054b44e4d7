/* consultations: the log of consultations between mentors and mentees, newest first. */
#ifndef SCREENS_CONSULTATIONS_H
#define SCREENS_CONSULTATIONS_H

#include "screens/parts/screen.h"
#include "store/store.h"

struct screen *consultations_open(struct store *s);

#endif
