/* attendance_draw: what stands above the rows of the attendance screen (which seminar it is, its counts, what is typed), and forms of cells that the screen
 * of the paper sheet shares. */
#ifndef SCREENS_ATTENDANCE_DRAW_H
#define SCREENS_ATTENDANCE_DRAW_H

#include "records/attendance.h"
#include "records/seminar.h"
#include "screens/attendance_find.h"
#include "screens/parts/list.h"
#include "screens/parts/loop.h"

/* `words`: what the screen is. `r` NULL: the seminar is there no more. */
void attendance_title(const char *words, const struct seminar_row *r, struct title *t);

/* One row: registered, waiting, came, without a name, consents missing, and what is unsent: as much of it as there is room for. */
void attendance_draw_counts(const struct attendance_rows *r, bool registration, struct loop *l, struct canvas *c, int y);

/* What is typed, and at the right what Enter does, or how the letters were read. `brief`: the same for a small terminal. To be drawn after the list: the
 * terminal's cursor stands in the text while there is one. */
void attendance_draw_search(const struct list *list, const struct attendance_find *f, const char *brief, const char *words, struct canvas *c, int y);

/* «СП «Бураевский», библиотекарь»; a telephone as people read it, a dash for none. Both append. */
void attendance_from(const char *organisation, const char *post, struct buf *out);
void attendance_phone(const char *phone, struct buf *out);

#endif
