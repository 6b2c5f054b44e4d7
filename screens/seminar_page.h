/* seminar_page: a seminar's card, to be read: what, when and where, the counts, and who stands on the sheet. */
#ifndef SCREENS_SEMINAR_PAGE_H
#define SCREENS_SEMINAR_PAGE_H

#include "screens/parts/screen.h"
#include "store/store.h"

struct screen *seminar_page_open(struct store *s, const char *id);

#endif
