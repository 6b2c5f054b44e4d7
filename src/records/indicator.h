/* indicator: the figures that the hub answers for. Names once each, visits and unnamed apart, never added up. */
#ifndef RECORDS_INDICATOR_H
#define RECORDS_INDICATOR_H

#include "store/store.h"

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
};

int indicators_compute(struct store *s, struct indicators *out, struct err *e);	/* of the current programme */

#endif
