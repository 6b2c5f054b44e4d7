/* municipality_page: a municipality's facts, who works there in the programme, its seminars, and the way to its people. */
#ifndef SCREENS_MUNICIPALITY_PAGE_H
#define SCREENS_MUNICIPALITY_PAGE_H

#include "screens/parts/screen.h"
#include "store/store.h"

struct screen *municipality_page_open(struct store *s, const char *code);

#endif
