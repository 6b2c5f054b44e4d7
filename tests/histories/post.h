/* post: how bundles get from the sticks of the devices to the hub's folder and back: late, twice, in any order, cut off, under other names, in other
 * devices' folders, or never. Nothing of that may change how a history ends. */
#ifndef TESTS_HISTORIES_POST_H
#define TESTS_HISTORIES_POST_H

#include "tests/histories/world.h"

void post_begin(void);				/* nothing was carried yet */
void post_carelessly(struct world *w, int device);	/* both ways, as chance has it */
void post_faithfully(struct world *w, int device);	/* everything that lies there, as it is */
void post_lose(struct world *w, int device);		/* the stick is lost with what is on it */

#endif
