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

/* --- exchange: with a folder, or over SSH --- */
enum sync_stage {
	SYNC_READING,				/* what came */
	SYNC_MAKING,				/* bundles of what is unsent */
	SYNC_CONNECTING,
	SYNC_SENDING,				/* over a line, or writing to a folder */
	SYNC_HUB_BUSY,				/* another program holds the hub's store; the hub waits for it */
	SYNC_HUB_WORKS,				/* everything was sent; the hub takes it */
	SYNC_RECEIVING,
	SYNC_ENDING
};

struct sync_report {
	int bundles_written, bundles_read, bundles_parked, bundles_refused;
	int bundles_unread;			/* could not be read now (their modes, a full disk): they stay */
	int64_t operations_sent, operations_received, accepted, refused;
	int64_t waiting;			/* more than before, for a coordinator (hold.h) */
	int64_t operations_again;		/* refused before because the clock was ahead, and given anew now */
	bool anew;				/* this store was recognised as an older or second copy, now or before, and has to join anew (sync_join_anew) */
	bool requested;				/* over SSH: the hub has the request to join and waits for its operator */
	bool clock;				/* such ones wait: for the date (journal_clock.h), or for bundles that are under way */
	int64_t operations_seen;		/* either way, raised as they go: what a line of progress shows */
	int missing;				/* number of the bundle that is waited for, when some are parked */
	char problem[1024];			/* words for the last refused or unread bundle, "" when none */
	enum sync_stage stage;
	int64_t bytes_out, bytes_out_total;	/* of bundles: written or sent so far, and in all; the total is known before the first byte goes */
	int64_t bytes_in, bytes_in_total;	/* read or received so far; the total grows when the other side has said what it has */
	int64_t line_out, line_in;		/* over SSH: bytes that passed through ssh in this run, words and all */
	int turns;				/* over SSH: how often this side had to wait for the other's answer */
};
/* What was done when it fails or is interrupted (store_watch) stays done, bundle by bundle, and *report tells it; the next run goes on from there.
 * `via`: a folder that exists (ERR_UNREACHED otherwise), or ssh://[user@]host[:port][/command] (transport_ssh.h).
 * In a folder: reads <via>/<hub-id>/outbox/<device-id>/, writes <via>/<hub-id>/inbox/<device-id>/. A refused bundle is
 * quarantined, the others are taken: 0 with report->bundles_refused > 0 is the caller's exit 7. */
int sync_run(struct store *s, const char *via, struct sync_report *report, struct err *e);
/* The same; `tell` hears of *report after every step. */
typedef void (*sync_tell_fn)(void *context, const struct sync_report *report);
int sync_run_telling(struct store *s, const char *via, struct sync_report *report, sync_tell_fn tell, void *context, struct err *e);

/* The same in pieces, so that a screen goes on answering keys: sync_run() is sync_open, sync_step until it is over, sync_close.
 *
 * A step does one bounded thing: one file read and applied, one bundle made or written, what is there to be read or sent on the line. Between steps no
 * transaction is open, and the store may be used. sync_close() at any moment leaves everything so that the next run goes on from there; after SYNC_DONE and
 * SYNC_FAILED it is the only call that is allowed. The store, *report and nothing else must live as long as the job. ssh asks nothing on the terminal then
 * (a password, an unknown host): that is an error with words; sync_run() lets it ask. */
struct sync_job;
enum sync_state {
	SYNC_MORE,		/* call again */
	SYNC_WAITS,		/* nothing to do before sync_waits() says so; a call before that is harmless */
	SYNC_DONE,
	SYNC_FAILED		/* *e says why */
};
int sync_open(struct store *s, const char *via, struct sync_report *report, struct sync_job **job, struct err *e);
enum sync_state sync_step(struct sync_job *job, struct err *e);
/* For poll(): fills up to SYNC_FDS of them; returns how many, and after how many milliseconds to call sync_step in any case (-1: only when one is ready). */
#define SYNC_FDS 3
struct pollfd;
int sync_waits(const struct sync_job *job, struct pollfd *fds, int *timeout_ms);
/* Bytes of bundles that this run sends; -1 while they are not made yet. Known before the first byte of them is sent: the step that makes the last one returns
 * SYNC_MORE, and who asks a person before sending much asks then. */
int64_t sync_cost(const struct sync_job *job);
void sync_close(struct sync_job *job);		/* NULL is fine */

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
	int64_t accepted, refused;		/* by receipt; of the refused those that a person has not settled yet (sync_refused_again, _drop) … */
	int64_t waiting;			/* … and what waits for a coordinator (hold.h) */
	int64_t conflicts;
	char state[16];				/* in the hub's roster, as it said last: active suspended retiring retired revoked; "" before the welcome */
	int64_t last_sync_ms;			/* 0: never */
	char last_via[1024];
};
int sync_status(struct store *s, struct sync_status *out, struct err *e);

/* A state of sync_status in one sentence, for what a person has to do about it; "" for the usual ones. */
const char *sync_state_words(const char *state);
/* What the hub changed of this device's entry in its roster and nobody has read yet, one sentence a line, appended; `read`: somebody has now. */
int sync_entry(struct store *s, bool read, struct buf *out, struct err *e);

/* The hub closes this device: exchanges, sees that the hub has everything, and tells it that this store will be destroyed, which the caller does at once
 * (store_close, store_destroy). ERR_REFUSED: the hub has not asked for it, or not said yet that it has the last bundle. */
int sync_leave(struct store *s, const char *via, struct sync_report *report, struct err *e);

/* The same for the first page of a report, at a hub with its devices. *out is the caller's to release, after a failure too. */
int sync_standing(struct store *s, struct report_standing *out, struct err *e);

/* Each own operation that the hub did not accept: reason, table, id; those that wait for a coordinator among them, or not. */
typedef int (*sync_refused_fn)(void *context, int64_t seq, const char *table, const char *id,
    const char *reason, struct err *e);
int sync_each_refused(struct store *s, bool waiting, sync_refused_fn each, void *context, struct err *e);

/* A person's word about one of them, by its number, or about all (0): send it again, perhaps corrected on the way (it stands in its record again, and is unsent), or
 * drop it, so that the history alone tells of it. What rests on it goes along. *count: how many changes. ERR_REFUSED: there is none with this number, or it is
 * not a person's to say: it waits for a coordinator or for the date, or rests on another one that was not accepted. */
int sync_refused_again(struct store *s, int64_t seq, int64_t *count, struct err *e);
int sync_refused_drop(struct store *s, int64_t seq, int64_t *count, struct err *e);
/* What it would set, one field a line: the name of its column, a tab, the value. */
int sync_refused_values(struct store *s, int64_t seq, struct buf *out, struct err *e);

/* --- a bundle as a file --- */
/* Checks all that can be checked with this store's keys and prints the metadata line, and with `operations` the
 * records inside (escaped, one a line). */
int bundle_show(struct store *s, const char *path, bool operations, struct buf *out, struct err *e);
int bundle_verify(struct store *s, const char *path, struct buf *out, struct err *e);

#endif
