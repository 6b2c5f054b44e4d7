/* sync: all that the screens and the commands know of how records travel.
 *
 * Field device: join → (the hub approves) → welcome → run, run, run … Everything but run works before the
 * welcome, and what was done earlier travels after it. */
#ifndef SYNC_SYNC_H
#define SYNC_SYNC_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "documents/report.h"
#include "store/store.h"

/* --- joining --- */
/* Reads a hub card, compares the typed fingerprint with the card's (ERR_REFUSED when it differs), pins the hub
 * and appends the signed join request to `out`. A store marked as a demonstration (setting "demonstration")
 * joins only a demonstration hub. */
int sync_join(struct store *s, const char *card, size_t card_len, const char *fingerprint, struct buf *out,
    struct err *e);
/* The request once more for the hub that is known already: its fingerprint was compared before. */
int sync_join_anew(struct store *s, struct buf *out, struct err *e);
/* Reads a welcome: signed by the pinned hub, to this device, answering the request that was sent, once. */
int sync_welcome(struct store *s, const char *data, size_t len, struct err *e);

/* --- exchange with a folder --- */
struct sync_report {
	int bundles_written, bundles_read, bundles_parked, bundles_refused;
	int bundles_unread;			/* could not be read now (their modes, a full disk): they stay */
	int64_t operations_sent, operations_received, accepted, refused;
	int64_t waiting;			/* more than before, for a coordinator (hold.h) */
	int64_t operations_again;		/* refused before because the clock was ahead, and given anew now */
	bool anew;				/* this store was recognised as an older or second copy, now or before, and has to join anew (sync_join_anew) */
	bool clock;				/* such ones wait: for the date (journal_clock.h), or for bundles that are under way */
	int64_t operations_seen;		/* either way, raised as they go: what a line of progress shows */
	int missing;				/* number of the bundle that is waited for, when some are parked */
	char problem[1024];			/* words for the last refused or unread bundle, "" when none */
};
/* What was done when it fails or is interrupted (store_watch) stays done, bundle by bundle, and *report tells it; the next run goes on from there.
 * `via`: a folder that exists (ERR_UNREACHED otherwise). Reads <via>/<hub-id>/outbox/<device-id>/, writes
 * <via>/<hub-id>/inbox/<device-id>/. A refused bundle is quarantined, the others are taken: 0 with
 * report->bundles_refused > 0 is the caller's exit 7. */
int sync_run(struct store *s, const char *via, struct sync_report *report, struct err *e);

/* What the hub refused because the clock was ahead is given anew, when the clock is believed again and nothing is under way: after a person said what day it is.
 * *given: how many. A sync does it by itself. */
int sync_give_anew(struct store *s, int64_t *given, struct err *e);

/* --- status, cheap enough for the title line --- */
struct sync_status {
	bool joined, welcomed;
	bool anew;				/* as in the report, until the feed was read */
	int64_t aside;				/* own changes that wait for that; they count as unsent */
	char hub_id[33], hub_name[256];
	char fingerprint[FINGERPRINT_SIZE];	/* of this device, to be told by telephone */
	int64_t unsent;				/* own operations that stand in no bundle yet */
	int64_t sent;				/* in bundles without a receipt */
	int64_t accepted, refused;		/* by receipt … */
	int64_t waiting;			/* … and what waits for a coordinator (hold.h) */
	int64_t conflicts;
	int64_t last_sync_ms;			/* 0: never */
	char last_via[1024];
};
int sync_status(struct store *s, struct sync_status *out, struct err *e);

/* The same for the first page of a report, at a hub with its devices. *out is the caller's to release, after a failure too. */
int sync_standing(struct store *s, struct report_standing *out, struct err *e);

/* Each own operation that the hub did not accept: reason, table, id; those that wait for a coordinator among them, or not. */
typedef int (*sync_refused_fn)(void *context, int64_t seq, const char *table, const char *id,
    const char *reason, struct err *e);
int sync_each_refused(struct store *s, bool waiting, sync_refused_fn each, void *context, struct err *e);

/* --- a bundle as a file --- */
/* Checks all that can be checked with this store's keys and prints the metadata line, and with `operations` the
 * records inside (escaped, one a line). */
int bundle_show(struct store *s, const char *path, bool operations, struct buf *out, struct err *e);
int bundle_verify(struct store *s, const char *path, struct buf *out, struct err *e);

#endif
