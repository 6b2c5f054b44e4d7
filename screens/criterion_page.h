/* criterion_page: the card of a criterion. */
#ifndef SCREENS_CRITERION_PAGE_H
#define SCREENS_CRITERION_PAGE_H

#include "screens/parts/screen.h"
#include "store/store.h"

struct screen *criterion_page_open(struct store *s, const char *id);

#endif
