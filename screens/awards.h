/* awards: thanks: the table of points, who was how active and by which calculation, the letters that were given. */
#ifndef SCREENS_AWARDS_H
#define SCREENS_AWARDS_H

#include "screens/parts/screen.h"
#include "store/store.h"

struct screen *awards_open(struct store *s);

#endif
