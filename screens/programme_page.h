/* programme_page: one programme: its card, whether it is shown, and how much belongs to it. */
#ifndef SCREENS_PROGRAMME_PAGE_H
#define SCREENS_PROGRAMME_PAGE_H

#include "screens/parts/screen.h"
#include "store/store.h"

struct screen *programme_page_open(struct store *s, const char *id);

#endif
