/* proof_page: the list that proves a figure of the report: its numbers add up to it. */
#ifndef SCREENS_PROOF_PAGE_H
#define SCREENS_PROOF_PAGE_H

#include "records/figure.h"
#include "screens/screen.h"

/* `which` is constant data. */
struct screen *proof_page_open(struct store *s, const struct figure *which);

#endif
