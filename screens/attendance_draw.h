/* attendance_draw: what stands above the rows of the attendance screen: which seminar it is, and its counts. */
#ifndef SCREENS_ATTENDANCE_DRAW_H
#define SCREENS_ATTENDANCE_DRAW_H

#include "records/attendance.h"
#include "records/seminar.h"
#include "screens/loop.h"

/* `r` NULL: the seminar is there no more. */
void attendance_title(const struct seminar_row *r, struct title *t);

/* One row: registered, waiting, came, and what is unsent. */
void attendance_draw_counts(const struct attendance_rows *r, struct loop *l, struct canvas *c, int y);

#endif
