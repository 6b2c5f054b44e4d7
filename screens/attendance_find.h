/* attendance_find: whom the typed letters may mean on the attendance screen, the best match first (match.h), of equal ones those on the sheet before
 * everybody else in the register; at the end the offer to write in somebody new. With nothing typed: the sheet. */
#ifndef SCREENS_ATTENDANCE_FIND_H
#define SCREENS_ATTENDANCE_FIND_H

#include "records/attendance.h"
#include "screens/match.h"

enum found_kind { FOUND_ON_SHEET, FOUND_ELSEWHERE, FOUND_NOBODY };

#define FOUND_NOBODY_ID "+"
#define FOUND_ELSEWHERE_MOST 20

struct found {
	enum found_kind kind;
	enum match_rank rank;
	int sheet;			/* on the sheet: which row of it */
	char id[RECORD_ID_SIZE];	/* the person's */
	char *name, *organisation, *phone;	/* elsewhere: copies; nobody: name as typed */
};

struct attendance_find {
	struct found *row;
	int count;
};

void attendance_find_release(struct attendance_find *f);
int attendance_find(struct attendance_find *f, struct store *s, const struct attendance_rows *sheet, const char *typed, struct err *e);

#endif
