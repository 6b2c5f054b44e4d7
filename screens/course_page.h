/* course_page: a course with its groups and who is on it; what is done there is course_work.h. */
#ifndef SCREENS_COURSE_PAGE_H
#define SCREENS_COURSE_PAGE_H

#include "screens/parts/screen.h"
#include "store/store.h"

struct screen *course_page_open(struct store *s, const char *id);

#endif
