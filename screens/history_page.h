/* history_page: what was done to a record, with what belongs to it, the newest first: who, on which device, when, each field before and after, and what the
 * hub refused. */
#ifndef SCREENS_HISTORY_PAGE_H
#define SCREENS_HISTORY_PAGE_H

#include "records/record.h"
#include "screens/parts/screen.h"

struct screen *history_page_open(struct store *s, const struct record_type *type, const char *id);

#endif
