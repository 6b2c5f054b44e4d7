/* directory_page: an entry of the directory: what this person can be asked about, how to reach them, a question at once. */
#ifndef SCREENS_DIRECTORY_PAGE_H
#define SCREENS_DIRECTORY_PAGE_H

#include "screens/parts/screen.h"
#include "store/store.h"

struct screen *directory_page_open(struct store *s, const char *id);

/* The form of a new question to the person of an entry. */
unsigned directory_ask(struct loop *l, const char *id);

#endif
