/* letters: letters of thanks to those who were active (figures/activity.h), numbered, from a text of records/template.h of kind "letter". A letter is given once
 * in a programme: printing again prints the same number, day, points and calculation. Who has no valid consent to taking part is left out and named. */
#ifndef DOCUMENTS_LETTERS_H
#define DOCUMENTS_LETTERS_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "records/record.h"

struct letter {
	char person[RECORD_ID_SIZE], award[RECORD_ID_SIZE];	/* award: "" before it is issued */
	char *name, *number, *reason;				/* number: "" before it is issued */
	int64_t points;
	bool issued;						/* by letters_issue */
};
struct letters {
	struct letter *row;		/* the most active first */
	int count;
	struct buf without;		/* names of those who are left out, one a line */
	int without_count;
};
void letters_release(struct letters *l);

/* The given people in their order; count 0: every expert and consultant with at least `least` points. Changes nothing. Refused where nobody is left. */
int letters_choose(struct store *s, const char *const *persons, int count, int64_t least, struct letters *out, struct err *e);

/* Gives a number to each that has none; one transaction, inside that of the caller, who rolls back where the paper cannot be made. */
int letters_issue(struct store *s, struct letters *l, struct err *e);

/* Pages of letters first … first + count - 1, all of which are issued. */
int letters_pdf(struct store *s, const struct letters *l, int first, int count, struct buf *pdf, struct err *e);

/* «без согласия на участие не вошли 2: …», a sentence; nothing where nobody is left out. */
void letters_tell_without(const struct letters *l, struct buf *out);

#endif
