/* application_page: an application: who applies and why, the scores that may be seen, the decision. */
#ifndef SCREENS_APPLICATION_PAGE_H
#define SCREENS_APPLICATION_PAGE_H

#include "screens/parts/screen.h"
#include "store/store.h"

struct screen *application_page_open(struct store *s, const char *id);

#endif
