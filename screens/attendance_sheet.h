/* attendance_sheet: the state of the attendance screen, its rows, and what its keys do to them. For attendance*.c alone.
 *
 * The sheet of a seminar is short and stands in memory whole; the list shows it, or, while something is typed, whom the letters may mean. */
#ifndef SCREENS_ATTENDANCE_SHEET_H
#define SCREENS_ATTENDANCE_SHEET_H

#include "records/attendance.h"
#include "records/seminar.h"
#include "screens/attendance_find.h"
#include "screens/parts/list.h"
#include "screens/parts/screen.h"

/* Before a seminar people are put on the sheet, at it they are marked. The one that fits the date, until the person chooses. */
enum sheet_mode { SHEET_UNDECIDED, SHEET_REGISTRATION, SHEET_MARKS };

struct sheet {
	struct screen screen;
	struct store *store;
	char seminar[RECORD_ID_SIZE];
	struct seminar_rows head;
	struct attendance_rows rows;
	struct attendance_find found;
	struct list list;
	enum sheet_mode mode;
	char just[RECORD_ID_SIZE];	/* whose mark was made by the key before: a key that is pressed twice, or held, takes no mark back */
	char striking[RECORD_ID_SIZE];	/* whom the question is about */
	uint64_t version;		/* of the store, when rows were read; 0: not yet */
};

/* attendance_sheet.c */
void sheet_init(struct sheet *p);
void sheet_release(struct sheet *p);
int sheet_read(struct sheet *p, struct err *e);			/* the rows, anew where the store has changed */
const struct found *sheet_selected(const struct sheet *p);	/* the row under the cursor, NULL when there is none */

/* attendance_mark.c: each returns DID_…. */
unsigned sheet_enter(struct sheet *p);			/* Enter, and Space while nothing is typed */
unsigned sheet_write_in(struct sheet *p);		/* a form for somebody who is on no list */
unsigned sheet_written_in(void *sheet, const char *person);	/* … which was saved */
unsigned sheet_absent(struct sheet *p);
unsigned sheet_register(struct sheet *p);
unsigned sheet_strike(struct sheet *p);

/* attendance_consents.c: who has signed one, several at once. */
unsigned sheet_consents(struct sheet *p);

#endif
