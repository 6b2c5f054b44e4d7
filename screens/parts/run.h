/* run: a loop at the terminal, until it is done. */
#ifndef SCREENS_PARTS_RUN_H
#define SCREENS_PARTS_RUN_H

#include "screens/parts/loop.h"

/* The terminal is open and l->canvas has its size. Paints only when no key waits. At the end of input and on signals that end the program what is
 * typed is kept as a draft. */
void run(struct loop *l);

#endif
