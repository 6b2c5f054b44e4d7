/* store_copy: a sealed copy of an open store, for a backup.
 *
 * The log goes into the database first, and nobody else writes while this connection has the store: the copy is the state of the last commit. Its pages and its header
 * are the store's own bytes, so that what opens the store today opens the copy for ever, also after a passphrase was changed or a key removed. A key file stays
 * where it is.
 *
 * Written under a name that begins with FS_TEMPORARY, beside the place where it goes; synced; opened, and handed to `check`; only then given its name.
 * After a failure nothing is left, and an older copy that stood there still does. */
#ifndef STORE_STORE_COPY_H
#define STORE_STORE_COPY_H

#include "store/store.h"

/* Looks at the opened copy: 0, or -1 with *e filled. */
typedef int (*store_copy_check)(void *context, struct store *copy, struct err *e);

/* Outside of transactions. `path` may be an older copy of the same store, which is replaced; anything else that stands there is refused. */
int store_copy(struct store *s, const char *path, store_copy_check check, void *context, struct err *e);

#endif
