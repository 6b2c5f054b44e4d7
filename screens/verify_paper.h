/* verify_paper: the state of the screen on which a paper sheet is typed, and its rows: the lines that were typed, or whom the letters may mean, or the
 * differences. For verify*.c alone. */
#ifndef SCREENS_VERIFY_PAPER_H
#define SCREENS_VERIFY_PAPER_H

#include "records/paper.h"
#include "records/seminar.h"
#include "screens/attendance_find.h"
#include "screens/parts/list.h"
#include "screens/parts/screen.h"

struct verify {
	struct screen screen;
	struct store *store;
	char seminar[RECORD_ID_SIZE];
	struct seminar_rows head;
	struct attendance_rows sheet;
	struct attendance_find found;
	struct paper paper;
	struct differences differences;
	bool comparing;			/* the differences are shown; they stay in the list when they are settled */
	bool touched;			/* since the last draft */
	int writing;			/* the line of whom a form is open for */
	struct list list;
	char id[RECORD_ID_SIZE];	/* of the row that the list asked for last */
};

void verify_init(struct verify *v);
void verify_release(struct verify *v);
int verify_read(struct verify *v, struct err *e);

/* What is shown now. */
bool verify_finding(const struct verify *v);		/* letters are typed */
const struct found *verify_found(const struct verify *v);	/* the row under the cursor while they are; NULL: none */
const struct difference *verify_difference(const struct verify *v);
int verify_line(const struct verify *v);		/* of the paper, -1: none */
int verify_standing(const struct verify *v);		/* differences that are not settled */
void verify_what(const struct verify *v, const struct difference *d, struct buf *out);	/* «на бумаге, не отмечен»; appends */
const char *verify_enter(const struct difference *d);					/* what Enter does with it */

/* verify.c */
struct screen *verify_make(struct loop *l, const char *seminar);

/* verify_keep.c */
int verify_keep(struct verify *v, struct err *e);
int verify_drop(struct verify *v, struct err *e);

/* verify_settle.c */
unsigned verify_settle(struct verify *v);		/* the difference under the cursor */

#endif
