/* call_page: a call for applications: what it asks, its criteria, its judges and how far each has come, and who applied: by name while it is open, in the
 * order of the ranking once it is closed. */
#ifndef SCREENS_CALL_PAGE_H
#define SCREENS_CALL_PAGE_H

#include "screens/parts/screen.h"
#include "store/store.h"

struct screen *call_page_open(struct store *s, const char *id);

#endif
