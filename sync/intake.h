/* intake: one file from outside, judged in this order, each step only after the one before:
 *
 *  0. its first four lines are those of a bundle that was applied: known, the rest is not read
 *  1. copied to the spool (spool.h)            8. signature over the payload: a fork is one only now
 *  2.–3. the signature block's grammar          9. age header, one receiver
 *  4. the signed line's grammar                10. age stream to its end         11. one zstd frame, limits
 *  5. to us, from somebody whom we know, in    12. lines: length, UTF-8, controls
 *     the current epoch, with the known key    13. first record equals the signed line; numbers follow; the end agrees
 *  6. signature over the line                  14. every operation: its author's right to make it
 *  7. its place in the chain                   15. one transaction around 9 to 15
 *
 * Any failure but of 14: nothing applied, the file quarantined with a reason in words. */
#ifndef SYNC_INTAKE_H
#define SYNC_INTAKE_H

#include "store/store.h"
#include "sync/peer.h"
#include "sync/spool.h"

enum intake_outcome {
	INTAKE_TAKEN,
	INTAKE_KNOWN,		/* a duplicate */
	INTAKE_PARKED,		/* ahead of its turn; kept */
	INTAKE_FULL,		/* ahead of its turn, and there is no room to keep it: it stays where it is */
	INTAKE_REFUSED,		/* quarantined */
	INTAKE_UNREAD,		/* could not be read now (problem says why): it stays where it is */
	INTAKE_STALE,		/* by its sender's word this store is an older copy, or at a device one of two (twin.h, restored.h); nothing was applied, the file stays */
	INTAKE_REQUEST		/* hub: not a bundle but a request to join, which waits now */
};

struct intake {
	enum intake_outcome outcome;
	bool known_line;		/* meta is filled (genuine only when the outcome says so) */
	struct metadata meta;
	int64_t missing;		/* parked: the number that is waited for */
	int64_t accepted, refused, waiting;	/* taken: operations; waiting for a coordinator (hold.h) */
	char asked[512];		/* of those that wait, the records that a coordinator is asked about, by kind (hold_words); "": they rest on such ones */
	bool fork;			/* refused: it is not the continuation of what was accepted of its sender, who is to be told (twin.h) */
	char label[LABEL_SIZE];		/* of the sender, once it is proved */
	bool stays;			/* refused: too large to be kept in quarantine, so it must not be removed */
	char problem[1024];		/* refused: why */
	int64_t *seen;			/* given by the caller: raised with every operation that is read; NULL: nobody looks */
};

/* -1 only when this store or machine fails; the file is then neither taken nor refused. `origin`: for people,
 * where it came from. */
int intake(struct store *s, const struct spool *sp, const char *origin, struct intake *in, struct err *e);
/* A file by path: spools it first. */
int intake_file(struct store *s, const char *path, struct intake *in, struct err *e);
/* The parked bundle of this sender whose turn it is now: 1 judged (see *in), 0 there is none, -1. */
int intake_parked(struct store *s, const char *from, struct intake *in, struct err *e);

/* The steps that can be gone through without applying anything, each with its verdict, as far as they go; of a request to join the first one. `whole`: more
 * than the four lines is there. */
typedef int (*intake_check_fn)(void *context, const char *what, bool good, const char *why, struct err *e);
int intake_checks(struct store *s, const struct spool *sp, bool whole, intake_check_fn each, void *context, struct err *e);

/* Sender and number that a file claims, for the order in which files are read; false when it claims none. */
bool intake_claims(const char *path, struct metadata *m);

#endif
