/* people: the register of people, one's own mentees first. */
#ifndef SCREENS_PEOPLE_H
#define SCREENS_PEOPLE_H

#include "screens/parts/screen.h"
#include "store/store.h"

struct screen *people_open(struct store *s);
/* The people of one municipality, by its code. */
struct screen *people_open_in(struct store *s, const char *municipality);

#endif
