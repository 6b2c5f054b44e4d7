/* proof_page: the list that proves a figure of the report, or the rows behind a target. */
#ifndef SCREENS_PROOF_PAGE_H
#define SCREENS_PROOF_PAGE_H

#include "figures/figure.h"
#include "screens/parts/screen.h"

/* `title` NULL: the figure's; the query is copied. */
struct screen *proof_page_open(struct store *s, const struct figure *which, const char *title, const struct figure_query *q);

#endif
