/* consultation_page: a consultation's card, to be read: who with whom, when and how, the advice, and the next step. */
#ifndef SCREENS_CONSULTATION_PAGE_H
#define SCREENS_CONSULTATION_PAGE_H

#include "screens/parts/screen.h"
#include "store/store.h"

struct screen *consultation_page_open(struct store *s, const char *id);

#endif
