/* difference: where two canvases of one size are not alike, for tests of what is painted. */
#ifndef TESTS_SCREENS_DIFFERENCE_H
#define TESTS_SCREENS_DIFFERENCE_H

#include "screens/terminal/canvas.h"

static inline bool same_cell(const struct canvas *a, const struct canvas *b, int y, int x)
{
	const struct cell *p = &a->cell[y * a->width + x], *q = &b->cell[y * b->width + x];

	return p->cp == q->cp && p->role == q->role && p->mark[0] == q->mark[0] && p->mark[1] == q->mark[1];
}

/* The next run of cells in row y, from column *from on, that differ: sets *from and *to (one past). False when there is none. A run never begins or
 * ends within a wide character. */
static inline bool difference(const struct canvas *old, const struct canvas *new, int y, int *from, int *to)
{
	const struct cell *row = &new->cell[y * new->width];
	int x = *from;

	while (x < new->width && same_cell(old, new, y, x))
		x++;
	if (x >= new->width)
		return false;
	*from = row[x].cp == 0 && x > 0 ? x - 1 : x;
	while (x < new->width && (!same_cell(old, new, y, x) || row[x].cp == 0))
		x++;
	*to = x;
	return true;
}

#endif
