/* exchange: the hub's end of an exchange over a line (wire.h), usually the standard input and output of a forced command of SSH, with one device.
 *
 * What comes is kept beside the store (pieces.h) before the store is opened, and what goes is copied out of it before it is sent: a slow line never
 * holds the store, and a line that drops loses nothing, for the next one goes on at the byte where this one ended. Bundles are judged as in any other round
 * (hub_round.h): the line proves nothing about who sent them, their signatures do. */
#ifndef SYNC_EXCHANGE_H
#define SYNC_EXCHANGE_H

#include "store/store.h"
#include "sync/hub.h"

#define EXCHANGE_SPOOL_MAX ((int64_t)256 << 20)	/* bytes that one device may have lying beside the store */
#define EXCHANGE_BUSY_MS 30000			/* so long the hub waits for its store */

struct exchange_way {
	int in, out;
	const char *store_path;
	const char *device;			/* whose line it is (the key in authorized_keys says so); NULL: whoever the other end says */
	int silence_ms, busy_ms;		/* 0: WIRE_SILENCE_MS, EXCHANGE_BUSY_MS */
	/* Opens the hub's store for a moment; ERR_IN_USE: tried again each second. *s stays the callback's own until close(). */
	int (*open)(void *context, struct store **s, struct err *e);
	void (*close)(void *context);
	void *context;
	hub_note_fn note;			/* as of hub_collect; NULL: nobody reads it */
	void *note_context;
};

/* Rounds until the other end has no more. 0: it ended where it may end. -1: the line dropped (ERR_UNREACHED), the other end did not keep to the words
 * (ERR_DAMAGED), or was refused, or this side failed; the other end was told so. *out: what was taken in all rounds. */
int exchange_serve(const struct exchange_way *way, struct hub_collected *out, struct err *e);

#endif
