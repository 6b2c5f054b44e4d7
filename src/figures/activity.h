/* activity: what every expert and consultant of the current programme did, by measures that each bring points (award.h: award_rule), so that thanks rest on a
 * table that everybody can read. One query a measure, however many people there are. */
#ifndef FIGURES_ACTIVITY_H
#define FIGURES_ACTIVITY_H

#include "records/award.h"

/* How a measure is counted, in one sentence: N_(). */
const char *activity_computed(int measure);
int activity_measure(const char *code);		/* -1: none of that name */

/* A rule of the table: which measure, how many points each. Of two rules for one measure the first counts. */
struct activity_rule { char id[RECORD_ID_SIZE]; int measure; int64_t points; };

struct activity_row {
	char person[RECORD_ID_SIZE];
	const char *name, *role, *sort;		/* role: a code; sort: the name as it is ordered */
	int64_t count[AWARD_MEASURES];
	int64_t points;
	int rank;				/* 1 …; equal points share the rank */
	bool tied;
	const char *letter, *letter_date;	/* number and date of the letter of thanks, "" */
};

struct activity {
	struct activity_rule rule[AWARD_MEASURES];
	int rules;
	struct activity_row *row;		/* by points, then by name */
	int count;
	char *text;
};
int activity_compute(struct store *s, struct activity *out, struct err *e);
void activity_release(struct activity *a);
const struct activity_row *activity_find(const struct activity *a, const char *person);		/* NULL: neither expert nor consultant */

/* «семинары: 5 × 10 = 50; консультации: 12 × 2 = 24», measures without a count left out; appended. */
void activity_calculation(const struct activity *a, const struct activity_row *row, struct buf *out);

#endif
