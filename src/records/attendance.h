/* attendance: who is registered for a seminar, and who came. The record's id is "seminar/person": two people who mark the same person make
 * one row. Capacity limits registration (who is past it waits, in the order of registration), never who came. */
#ifndef RECORDS_ATTENDANCE_H
#define RECORDS_ATTENDANCE_H

#include "records/record.h"

enum attendance_state { ATTENDANCE_REGISTERED, ATTENDANCE_PRESENT, ATTENDANCE_ABSENT };
extern const struct choice attendance_states[];		/* registered present absent */

struct attendance_row {
	char id[RECORD_ID_SIZE];		/* of the attendance */
	char person[RECORD_ID_SIZE];		/* the shown card (joined.h) */
	enum attendance_state state;
	bool consent;				/* a valid one, to taking part (consent.h) */
	bool waiting;				/* registered past the capacity */
	int number;				/* 1 … in the order of registration; the waiting list goes on from there */
	const char *name, *organisation, *post, *phone;
};
struct attendance_rows {
	struct attendance_row *row;
	int count, registered, waiting, present, absent, capacity, unnamed;
	int without_consent;			/* of those who are not absent */
	bool limited;				/* there is a capacity */
	char *text;
};
void attendance_rows_release(struct attendance_rows *rows);

/* The whole sheet of one seminar: those who have a seat or came, then the waiting list, each in the order of registration: the edit that last set
 * "registered" (or put a removed row back), else the insert, by stamp and tag. Seats go to who is registered or present in that order; who is absent
 * leaves the seat, who is present never waits, no capacity means seats for all. `registered` counts who is neither absent nor waiting. People
 * whose card was removed are left out, as in every figure; who stands there with two cards stands there once. Sheets are short (at most some hundred), so they are read whole, in one query. */
int attendance_rows(struct store *s, const char *seminar, struct attendance_rows *out, struct err *e);
/* A person's line of it; NULL: not on the sheet. */
const struct attendance_row *attendance_rows_find(const struct attendance_rows *rows, const char *person);

/* Puts a person on the sheet or changes the state, in one transaction. Who was removed is put back. Of joined cards any may be named: those that stand on the
 * sheet are marked, or taken off. */
int attendance_mark(struct store *s, const char *seminar, const char *person, enum attendance_state state, struct err *e);
int attendance_remove(struct store *s, const char *seminar, const char *person, struct err *e);

#endif
