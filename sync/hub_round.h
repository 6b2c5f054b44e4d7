/* hub_round: what a round of the hub is, whatever the way: files that came are judged and counted, devices of which two copies are in use are told so, the
 * feeds are brought up to date, and each device's bundles are made. hub_collect.c does it with a folder and all devices, exchange.c over a line with one.
 *
 *     hub_round_file … → hub_round_feeds → hub_round_make (a device) … → hub_round_end → hub_round_release */
#ifndef SYNC_HUB_ROUND_H
#define SYNC_HUB_ROUND_H

#include <stddef.h>

#include "store/store.h"
#include "sync/hub.h"
#include "sync/intake.h"
#include "sync/peer.h"

struct hub_round {
	struct store *s;
	struct hub_collected *out;
	hub_note_fn note;			/* NULL: nobody reads it */
	void *context;
	const char *folder;			/* what a note does not repeat of a path */
	char (*forked)[DEVICE_ID_SIZE];		/* devices of which bundles came that do not continue theirs */
	size_t forks;
	char last_sender[DEVICE_ID_SIZE];
};

/* A line about one file, its name and what became of it, escaped; or about the folder as a whole. */
void hub_round_note(struct hub_round *r, const char *path, const char *line);
void hub_round_notef(struct hub_round *r, const char *path, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

/* Judges a file, and the parked ones whose turn it makes; removes it where nobody needs it any more. *in: what became of the file itself. */
int hub_round_file(struct hub_round *r, const char *path, struct intake *in, struct err *e);
/* Everything was read: forks are told, feeds updated, what lies too long given up, what has lived is cleared away. */
int hub_round_feeds(struct hub_round *r, struct err *e);
/* The bundles of what a device has to learn; they are in its outbox then. A device that was not heard since its welcome gets none yet. */
int hub_round_make(struct hub_round *r, struct peer *p, struct err *e);
int hub_round_end(struct hub_round *r, struct err *e);
void hub_round_release(struct hub_round *r);

#endif
