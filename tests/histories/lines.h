/* lines: what a replica holds, one sorted line a row, operation, erased record, head, remembered stamp and conflict, so that two replicas can be laid
 * side by side. */
#ifndef TESTS_HISTORIES_LINES_H
#define TESTS_HISTORIES_LINES_H

#include "base/buf.h"
#include "tests/histories/model.h"

struct lines { struct buf text; char **line; size_t count; };

/* `folded`: of a world in which history is folded; edits are then compared by what they set alone. */
void lines_read(struct store *s, bool folded, struct lines *l);
void lines_release(struct lines *l);

/* A device has nothing that the hub does not have, and everything of the records of which it has a row; `everything`: of all. Differences are said. */
bool lines_same(const struct world *w, const struct lines *device, const struct lines *hub, bool everything);

#endif
