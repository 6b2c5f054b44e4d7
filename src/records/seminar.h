/* seminar: the log of seminars of three kinds: local (held by consultants, mentored), information, training.
 *
 * Plan and fact: what is first saved as planned keeps its date, place and number as planned_…, whatever becomes of the seminar. Seminars of one series share its
 * name. Who leads it together with the lead, or comes as a trainer, is seminar_staff. */
#ifndef RECORDS_SEMINAR_H
#define RECORDS_SEMINAR_H

#include "records/record.h"

struct seminar_row {
	char id[RECORD_ID_SIZE];
	const char *date, *title, *place, *municipality, *lead, *status, *kind;
	int capacity, registered, present, unnamed;	/* registered: all on the list that are not absent */
};
struct seminar_rows { struct seminar_row *row; int count; char *text; };
void seminar_rows_release(struct seminar_rows *rows);

/* The one row of a seminar, for a title: lists read theirs by listing.h. */
int seminar_row(struct store *s, const char *id, struct seminar_rows *out, struct err *e);

/* Who is on the list of one seminar and not absent, and how many of them came. One range of the index. */
struct seminar_counts { int registered, present; };
int seminar_counts(struct store *s, const char *id, struct seminar_counts *out, struct err *e);

/* --- who else leads it, or speaks there (seminar_staff.c) --- */

extern const struct choice seminar_parts[];	/* lead trainer guest; a record of seminar_staff_type has the id "seminar/person": a person has one part */

/* Gives a person a part in a seminar, or another one; who was removed comes back. */
int seminar_staff_set(struct store *s, const char *seminar, const char *person, const char *part, struct err *e);
/* ERR_REFUSED: has no part in it. */
int seminar_staff_remove(struct store *s, const char *seminar, const char *person, struct err *e);

/* The names of who leads it: the lead, then those with that part, «Хасанова Г. Р., Валеев Р. И.» as the cards have them; nothing where there is none. */
int seminar_leads(struct store *s, const char *seminar, struct buf *out, struct err *e);

/* --- one seminar again (seminar_copy.c) --- */

/* A planned seminar like this one on another day, in the current programme: title, kind, place, leads, mentor, places; with `list` everybody who stands on the
 * sheet, registered in the same order. What was reported of the old one stays there. Gives the new id. */
int seminar_copy(struct store *s, const char *seminar, const char *date, bool list, char id[RECORD_ID_SIZE], struct err *e);
/* Copies every so many days after it, all of them or none; all get the name of its series, or its title. each() is told their ids. */
typedef int (*seminar_copied_fn)(void *context, const char *id, struct err *e);
#define SEMINAR_REPEAT_MAX 100
int seminar_repeat(struct store *s, const char *seminar, int days, int count, bool list, seminar_copied_fn each, void *context, struct err *e);

extern const struct choice seminar_kinds[], seminar_statuses[];

#endif
