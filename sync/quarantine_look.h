/* quarantine_look: what a person does with what lies in quarantine: sees it, has it judged once more, deletes it. On the hub and, roles exchanged, on a
 * device. Nothing that a file says of itself is believed: it is shown as its claim. */
#ifndef SYNC_QUARANTINE_LOOK_H
#define SYNC_QUARANTINE_LOOK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "store/store.h"

struct quarantined {
	int64_t id, arrived_ms;		/* arrived: when it was refused last */
	int64_t size, kept;		/* of its bytes so many are here: all, the four lines of its signature, or none */
	int64_t seq;			/* the number that it claims; 0: none */
	const char *sender;		/* the device that it claims to come from; "" */
	const char *label;		/* that device's, where the roster has it; "" */
	bool proved;			/* it did sign the first lines */
	const char *hash;		/* BLAKE2b-256 of all its bytes; "": it could not be read */
	const char *origin, *reason;
};

/* The oldest first; id 0: all. 0, also when there is none of that number. */
typedef int (*quarantined_fn)(void *context, const struct quarantined *q, struct err *e);
int quarantine_each(struct store *s, int64_t id, quarantined_fn each, void *context, struct err *e);

/* Its signed line as it stands there, appended; nothing where it has none that can be read. */
int quarantine_line(struct store *s, int64_t id, struct buf *out, struct err *e);
/* What can be checked of it without applying it, step by step, in the reader's words. */
typedef int (*quarantine_check_fn)(void *context, const char *what, bool good, const char *why, struct err *e);
int quarantine_checks(struct store *s, int64_t id, quarantine_check_fn each, void *context, struct err *e);

/* Judged once more from its beginning, by the same steps as when it came. */
enum release { RELEASE_TAKEN, RELEASE_KNOWN, RELEASE_WAITS, RELEASE_REQUEST, RELEASE_REFUSED, RELEASE_LATER };
struct released {
	enum release outcome;		/* refused, later: it stays in quarantine; else it is gone from there */
	int64_t accepted, refused;	/* taken: operations, also of the bundles that had waited for this one */
	int64_t missing;		/* waits: for this number of its sender */
	char reason[1024];		/* refused, later (this machine has no room): why */
};
/* ERR_REFUSED: there is none of that number, or its bytes are not kept any more. */
int quarantine_release(struct store *s, int64_t id, struct released *out, struct err *e);

/* ERR_REFUSED: there is none of that number. */
int quarantine_delete(struct store *s, int64_t id, struct err *e);
/* What was refused last before this moment; INT64_MAX: all. *count: how many there were. */
int quarantine_delete_before(struct store *s, int64_t before_ms, int64_t *count, struct err *e);

#endif
