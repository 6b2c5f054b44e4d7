/* municipalities: the municipalities, with what there is in each. They come with the program: nobody edits them here. */
#ifndef SCREENS_MUNICIPALITIES_H
#define SCREENS_MUNICIPALITIES_H

#include "screens/parts/screen.h"
#include "store/store.h"

struct screen *municipalities_open(struct store *s);

#endif
