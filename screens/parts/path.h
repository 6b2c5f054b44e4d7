/* path: names of files as people type them: ~ for their own folder, in quotation marks as a terminal drops them, completed by Tab; what begins with / or ~/
 * behind a / begins anew, so that nothing that is offered has to be erased first. */
#ifndef SCREENS_PARTS_PATH_H
#define SCREENS_PARTS_PATH_H

#include <stdbool.h>

#include "base/buf.h"

/* What is typed → a path for the system. Appends; nothing for nothing. */
void path_expand(const char *typed, struct buf *out);

/* A path as people read it: their own folder as ~. Appends. */
void path_shorten(const char *path, struct buf *out);

/* Completes the last name as far as what exists agrees; a folder gets its slash. `out`: what stands in the place of `typed` then. `names`: the first of
 * several that fit, for a line at the foot. Returns how many fit. With `folders`, only folders count. Names that no terminal should get are left out. */
int path_complete(const char *typed, bool folders, struct buf *out, struct buf *names);

#endif
