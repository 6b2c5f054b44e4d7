/* indicator: the figures that the grant's report asks for, of what this store holds: what a device reports of its scope, the hub reports of the region. Names
 * once each, visits and unnamed apart, never added up. Each figure is said in words, with how it was computed, and can show the list that proves it. */
#ifndef RECORDS_INDICATOR_H
#define RECORDS_INDICATOR_H

#include "records/record.h"

enum { INDICATOR_ROLES = 5 };		/* in the order of person_roles */

struct indicators {
	int64_t people[INDICATOR_ROLES];	/* people by role in the current programme */
	int64_t seminars_planned;		/* neither held nor cancelled */
	int64_t seminars_held;			/* status held, or somebody marked present */
	int64_t visits;				/* marks "present" at seminars of the programme */
	int64_t reached;			/* people marked present, once each */
	int64_t unnamed;			/* came without being listed */
	int64_t municipalities_with_consultant;
	int64_t municipalities_with_seminar;	/* with a seminar held */
	int64_t consultations, consultation_minutes;
};

int indicators_compute(struct store *s, struct indicators *out, struct err *e);	/* of the current programme */

/* The figures in the order of a report; ends with name NULL. */
struct indicator {
	const char *name;		/* for scripts: "reached"; of a role its code */
	const char *title, *computed;	/* N_(): what it is, and in one sentence how it was computed */
	bool minutes;			/* shown as hours and minutes */
	size_t offset;			/* in struct indicators */
};
extern const struct indicator indicator_list[];
const struct indicator *indicator_find(const char *name);			/* NULL: none of that name */
int64_t indicator_value(const struct indicators *i, const struct indicator *which);
/* The figure as people read it: "57", «12 ч 30 мин». */
void indicator_show(const struct indicators *i, const struct indicator *which, struct buf *out);

/* The list that proves a figure: the numbers of its lines add up to it. */
struct indicator_line {
	const struct record_type *type;	/* NULL: a municipality, its code is the id */
	const char *id, *name;
	const char *detail;		/* what it rests on: date, place, how many; "" */
	int64_t number;
};
typedef int (*indicator_line_fn)(void *context, const struct indicator_line *l, struct err *e);	/* the strings live for the call; 0 goes on, -1 stops */
int indicator_each_proof(struct store *s, const struct indicator *which, indicator_line_fn each, void *context, struct err *e);

#endif
