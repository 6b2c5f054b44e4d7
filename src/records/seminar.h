/* seminar: the log of seminars of three kinds: local (held by consultants, mentored), information, training. */
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

extern const struct choice seminar_kinds[], seminar_statuses[];

#endif
