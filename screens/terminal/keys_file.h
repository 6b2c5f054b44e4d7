/* keys_file: a person's own keys, from $XDG_CONFIG_HOME/livenet/keys (else ~/.config/livenet/keys). Lines
 *
 *	action-name = key key …
 *
 * take the place of all keys of the action (stable names of actions.def); «none» leaves it without one; "#" begins a comment. A Cyrillic letter there
 * means itself, before the key in its position. A line with a fault changes nothing: an unknown name or key, a key that another action has in a place
 * where both exist, letters where letters are text, or the last way out of a place or to the help. */
#ifndef SCREENS_TERMINAL_KEYS_FILE_H
#define SCREENS_TERMINAL_KEYS_FILE_H

#include "base/buf.h"

/* The keys of actions.def with the file's in their place. Faults with file and line are appended, one a line in the order of the file; returns how many
 * there are. Where there is no file nothing is wrong. */
int keys_file_load(struct buf *faults);

#endif
