/* coverage_map: what coverage.c is made of: where the tiles stand, and the months as they are found. Included by coverage*.c alone. */
#ifndef FIGURES_COVERAGE_MAP_H
#define FIGURES_COVERAGE_MAP_H

#include "figures/coverage.h"

/* The tiles of the municipalities that there are now, without values, in the order of the map. First come those that the hub gave a place, then the
 * program's own; who has no place, or one that is taken, stands in rows below. */
int coverage_map_read(struct store *s, struct coverage *out, struct err *e);

/* Months are counted from year 0, so that they are found by subtraction. */
struct coverage_months_draft {
	int first, last;		/* of what is shown so far; first > last: nothing */
	struct coverage_month *month;	/* sorted; with gaps */
	int count, room;
};

/* The months of the programme itself, as far as they lie in the period. */
int coverage_months_begin(struct coverage_months_draft *d, struct store *s, const char *programme, const char *since, const char *until, struct err *e);
void coverage_months_add(struct coverage_months_draft *d, const char *month, enum coverage_figure f, int64_t value);
void coverage_months_end(struct coverage_months_draft *d, struct coverage_months *out);	/* releases the draft */

#endif
