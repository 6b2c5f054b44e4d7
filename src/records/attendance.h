/* attendance: who is registered for a seminar, and who came. The record's id is "seminar/person": two people who mark the same person make
 * one row. Capacity limits registration (who is past it waits, in the order of registration), never who came. */
#ifndef RECORDS_ATTENDANCE_H
#define RECORDS_ATTENDANCE_H

#include "records/record.h"

enum attendance_state { ATTENDANCE_REGISTERED, ATTENDANCE_PRESENT, ATTENDANCE_ABSENT };
extern const struct choice attendance_states[];		/* registered present absent */

struct attendance_row {
	char id[RECORD_ID_SIZE];		/* of the attendance */
	char person[RECORD_ID_SIZE];
	enum attendance_state state;
	bool waiting;				/* registered past the capacity */
	int number;				/* 1 … in the order of registration; the waiting list goes on from there */
	const char *name, *organisation, *post, *phone;
};
struct attendance_rows {
	struct attendance_row *row;
	int count, registered, waiting, present, absent, capacity, unnamed;
	char *text;
};
void attendance_rows_release(struct attendance_rows *rows);

/* The whole sheet of one seminar in the order of registration: the edit that last set "registered" (or the insert), by stamp and tag. Sheets are short (at
 * most some hundred), so they are read whole, in one query. */
int attendance_rows(struct store *s, const char *seminar, struct attendance_rows *out, struct err *e);

/* Puts a person on the sheet or changes the state, in one transaction. */
int attendance_mark(struct store *s, const char *seminar, const char *person, enum attendance_state state, struct err *e);
int attendance_remove(struct store *s, const char *seminar, const char *person, struct err *e);

#endif
