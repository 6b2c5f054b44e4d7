/* organisation_page: an organisation's card, to be read: contact, its people, and the seminars where it is. */
#ifndef SCREENS_ORGANISATION_PAGE_H
#define SCREENS_ORGANISATION_PAGE_H

#include "screens/parts/screen.h"
#include "store/store.h"

struct screen *organisation_page_open(struct store *s, const char *id);

#endif
