/* quarantine: bundles that were refused, with the reason, so that somebody can look at them. The bytes are kept
 * up to a limit; the oldest go first. */
#ifndef SYNC_QUARANTINE_H
#define SYNC_QUARANTINE_H

#include "base/date.h"
#include "store/store.h"
#include "sync/spool.h"

#define QUARANTINE_BYTES ((int64_t)64 << 20)
#define QUARANTINE_FILES 1000
#define QUARANTINE_LIFE_MS (30 * DATE_DAY_MS)

/* Keeps a copy of what was refused. `origin`: where it came from, for people (a file's path); `sp` may be NULL
 * when it could not be read at all. One file is kept once. */
int quarantine_add(struct store *s, const struct spool *sp, const char *origin, const char *reason,
    struct err *e);

/* After 30 days of a file only its four signature lines are kept, or nothing where it has none. */
int quarantine_cut(struct store *s, struct err *e);

#endif
