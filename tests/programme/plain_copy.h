/* plain_copy: the rows of a sealed store in an ordinary SQLite file, for tools and scripts that know nothing of this program. */
#ifndef TESTS_PROGRAMME_PLAIN_COPY_H
#define TESTS_PROGRAMME_PLAIN_COPY_H

#include "store/store.h"

/* Every replicated table with id and its columns, and the municipalities. `path` must not exist. */
int plain_copy(struct store *s, const char *path, struct err *e);

#endif
