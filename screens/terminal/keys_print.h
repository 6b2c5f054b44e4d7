/* keys_print: the table of all actions with their keys and places, as they are now, for those who read it outside the screens. */
#ifndef SCREENS_TERMINAL_KEYS_PRINT_H
#define SCREENS_TERMINAL_KEYS_PRINT_H

#include <stdbool.h>

#include "base/buf.h"

/* Tab-separated lines under a header line, or a JSON array. Appends. */
void keys_print(bool json, struct buf *out);

#endif
