/* attendance: who came to one seminar, entered as fast as people come through the door. Letters find a person, Enter marks and clears what was typed,
 * Space marks while nothing is typed; commands are function keys. Before the day of the seminar Enter puts people on the sheet instead (F3 changes that). */
#ifndef SCREENS_ATTENDANCE_H
#define SCREENS_ATTENDANCE_H

#include "screens/parts/draft.h"
#include "screens/parts/screen.h"
#include "store/store.h"

struct screen *attendance_open(struct store *s, const char *seminar);

/* Goes on with a draft of somebody who was being written in, or of the paper sheet: to be called when the screen is on the loop. */
int attendance_restore(struct screen *attendance, const struct draft *d, struct err *e);

#endif
