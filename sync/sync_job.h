/* sync_job: one exchange of a device with its hub, as a chain of small steps; and what the two ways, a folder (sync_dir.c) and SSH (sync_ssh.c), have in common.
 *
 *     read what came → turn → make bundles → carry → (SSH: read what came back → turn → make → …) → end
 *
 * Reading comes before making, since a bundle acknowledges what was read, and a receipt can change what has to be sent. */
#ifndef SYNC_SYNC_JOB_H
#define SYNC_SYNC_JOB_H

#include <poll.h>

#include "base/buf.h"
#include "store/store.h"
#include "sync/peer.h"
#include "sync/sync.h"
#include "sync/transport_dir.h"

enum sync_phase { PHASE_LIST, PHASE_READ, PHASE_PARKED, PHASE_TURN, PHASE_MAKE, PHASE_CARRY, PHASE_END };

struct sync_receipted { int64_t accepted, refused, waiting; };

struct sync_job {
	struct store *s;
	struct sync_report *report;
	char *via;
	const struct sync_way *way;
	void *line;				/* the way's own */
	struct peer hub;			/* as of the last turn */
	enum sync_phase phase;
	struct transport_files files;		/* that came, */
	size_t next;				/* and the first one that was not looked at */
	struct sync_receipted before;
	bool request;				/* not an active device: all that travels is its request to join */
	bool asked;				/* the request was begun to be sent */
	bool quiet;				/* nothing may be asked on the terminal */
	int socket;				/* to the hub's end, instead of an ssh; -1: none */
	bool made;				/* bundles, since the last turn */
	int rounds;				/* how often it was carried */
	int64_t sent;				/* number of the last bundle that was written (folder) */
	bool known;				/* what will be sent */
};

/* One way. Each function: see sync.h for what a step may be. */
struct sync_way {
	int (*open)(struct sync_job *j, struct err *e);			/* ERR_UNREACHED: it is not there */
	char *(*arrived)(struct sync_job *j, struct err *e);		/* the folder with what came; the caller frees */
	enum sync_state (*carry)(struct sync_job *j, struct err *e);	/* everything unreceipted to the hub; SYNC_DONE: carried */
	enum sync_state (*request)(struct sync_job *j, struct err *e);	/* carries a request to join; SYNC_DONE: it is where the hub finds it */
	int (*waits)(const struct sync_job *j, struct pollfd *fds, int *timeout_ms);	/* NULL: never waits */
	void (*close)(struct sync_job *j);
	bool answers;							/* what was carried brings something back at once */
	bool keeps_known;						/* a file that was applied before stays: it is the hub's to remove (twin.h) */
};
extern const struct sync_way sync_dir, sync_ssh;

/* sync_take.c: a file that came: judged, counted, and removed where nobody needs it any more. *taken: parked ones may follow. */
int sync_take(struct sync_job *j, const char *path, bool *taken, struct err *e);
int sync_take_parked(struct sync_job *j, struct err *e);		/* 1: one was judged, 0: none waits, -1 */

/* sync_ssh.c: an exchange over a socket that is connected to the hub's end already, and is the job's from now on. */
int sync_open_socket(struct store *s, int fd, struct sync_report *report, struct sync_job **job, struct err *e);

#endif
