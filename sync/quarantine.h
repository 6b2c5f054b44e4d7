/* quarantine: bundles that were refused, with the reason, so that somebody can look at them (quarantine_look.h). The
 * bytes are kept up to limits (limits.h); the oldest go first. */
#ifndef SYNC_QUARANTINE_H
#define SYNC_QUARANTINE_H

#include "store/store.h"
#include "sync/limits.h"
#include "sync/spool.h"

/* Where a file came from: for people, and for whose share of the room it takes. */
struct quarantine_origin {
	const char *path;		/* a file's path, or whose bundle it was */
	const char *sender;		/* the device that it claims to come from; NULL: it claims none */
	int64_t seq;			/* and with which number */
	bool proved;			/* that device did sign its first lines */
	bool answered;			/* that device is told, and writes another with this number: this one must never be taken */
};

/* Keeps a copy of what was refused. `sp` may be NULL when it could not be read at all. One file is kept once. 1: there is no room for its bytes, so
 * that whoever has the file must not remove it; 0; -1. */
int quarantine_add(struct store *s, const struct spool *sp, const struct quarantine_origin *from, const char *reason,
    struct err *e);

/* After 30 days of a file only its four signature lines are kept, or nothing where it has none. */
int quarantine_cut(struct store *s, struct err *e);

#endif
