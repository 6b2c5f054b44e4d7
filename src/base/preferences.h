/* preferences: what belongs to the person at this computer and is needed before a store is open: the language, the looks. A file of lines "name = value" in
 * $XDG_CONFIG_HOME/livenet/preferences (else ~/.config/livenet/preferences); "#" begins a comment. Nothing personal stands in it. */
#ifndef BASE_PREFERENCES_H
#define BASE_PREFERENCES_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"

enum preference { PREFERENCE_LANGUAGE, PREFERENCE_THEME, PREFERENCE_START, PREFERENCE_MOUSE, PREFERENCE_HISTORY, PREFERENCES };

/* What a preference may be, as data: the settings screen and the subcommand come from it. values[0] is the default. */
struct preference_info {
	const char *name;			/* "language" */
	const char *label;			/* N_() */
	const char *const *values, *const *labels;	/* codes, and N_() words for them; both end with NULL */
};
extern const struct preference_info preference_infos[PREFERENCES];

struct preferences { const char *value[PREFERENCES]; };	/* one of the values each, never NULL */

/* Defaults where there is no file. A line that is wrong is passed over and named in `problems` with its number, one a line; NULL: do not tell. -1: the file
 * is there and cannot be read (ERR_REFUSED), the defaults stand. */
int preferences_load(struct preferences *p, struct buf *problems, struct err *e);
/* Sets one and writes the file anew, durably; comments and unknown lines stay. ERR_USAGE: no such name or value. */
int preferences_set(struct preferences *p, const char *name, const char *value, struct err *e);

/* Path of a file in the program's configuration folder; the folder is not made. Appends. False: neither HOME nor XDG_CONFIG_HOME says where. */
bool preferences_path(const char *file, struct buf *out);

#endif
