/* renamed: settings that name records, when these got other ids because a restored store gave them anew (store/aside.h): what was typed and not saved (a card's
 * draft: whose it is, what was picked in its fields; a paper: its seminar and its people), the person's own card and the chosen programme. What somebody wrote
 * as a text stays as it was written, also where it looks like an id. */
#ifndef RECORDS_RENAMED_H
#define RECORDS_RENAMED_H

#include "store/aside.h"
#include "store/store.h"

/* An aside_renamed_fn; `context` is the store. A draft that cannot be read is left alone. */
int renamed_settings(void *context, struct reissue *r, struct err *e);

#endif
