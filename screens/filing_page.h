/* filing_page: what has changed since a report was filed: figure by figure, which lines came and went, by whom and when. */
#ifndef SCREENS_FILING_PAGE_H
#define SCREENS_FILING_PAGE_H

#include "screens/parts/screen.h"
#include "store/store.h"

struct screen *filing_page_open(struct store *s, const char *id);

#endif
