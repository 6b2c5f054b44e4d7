/* courses: the register of courses of the current programme. */
#ifndef SCREENS_COURSES_H
#define SCREENS_COURSES_H

#include "screens/parts/screen.h"
#include "store/store.h"

struct screen *courses_open(struct store *s);

#endif
