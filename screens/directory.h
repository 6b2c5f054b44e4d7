/* directory: consultants and experts who can be asked, as a register; and who stands in it for oneself alone as long as there is no consent. */
#ifndef SCREENS_DIRECTORY_H
#define SCREENS_DIRECTORY_H

#include "screens/parts/screen.h"
#include "store/store.h"

struct screen *directory_screen_open(struct store *s);

#endif
