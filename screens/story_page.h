/* story_page: a text of the collection to be read: who wrote it, where it stands, the text itself. */
#ifndef SCREENS_STORY_PAGE_H
#define SCREENS_STORY_PAGE_H

#include "screens/parts/screen.h"
#include "store/store.h"

struct screen *story_page_open(struct store *s, const char *id);

#endif
