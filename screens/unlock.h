/* unlock: whose store on this computer, and its passphrase. With one store the passphrase is asked for at once. */
#ifndef SCREENS_UNLOCK_H
#define SCREENS_UNLOCK_H

#include "screens/parts/screen.h"
#include "screens/screens.h"

/* How it ended; all false and `why` empty: the person left. */
struct unlock_end {
	bool opened, other;
	struct err why;
};

struct screen *unlock_open(const struct screens_unlock *o, struct unlock_end *end);
void unlock_begin(struct screen *unlock);	/* once it is on the loop: the first question */

#endif
