/* person_page: a person's card, to be read: contact, role and stage, consents, mentors and mentees, consultations, seminars, and who changed it last. */
#ifndef SCREENS_PERSON_PAGE_H
#define SCREENS_PERSON_PAGE_H

#include "screens/parts/screen.h"
#include "store/store.h"

struct screen *person_page_open(struct store *s, const char *id);

#endif
