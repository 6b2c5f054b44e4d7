/* hub: what livenet-hub does with the devices of the region. Same store, same journal; another role. */
#ifndef SYNC_HUB_H
#define SYNC_HUB_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "store/store.h"

int hub_init(struct store *s, const char *name, struct err *e);		/* marks a new store as a hub's */
bool hub_is(struct store *s);						/* a hub's store is not opened by livenet, and the other way round */
int hub_card(struct store *s, struct buf *out, struct err *e);		/* the card file; its fingerprint is store_identity()->pub.fingerprint */

struct hub_approval {
	const char *fingerprint;	/* as typed, heard from the person */
	const char *role;		/* coordinator | expert | consultant */
	const char *municipality;	/* code, or NULL for a region-wide role */
	const char *person;		/* id of the person's card, or NULL: the one that the device made */
	const char *revoke;		/* the device in whose place it comes, or NULL: revoked in the same step */
};
/* A wrong fingerprint deletes the request from `pending`. Appends the welcome file. */
int hub_approve(struct store *s, const char *join, size_t len, const struct hub_approval *how,
    struct buf *welcome, struct err *e);

/* Requests seen (registered by `pending FILE` or found in DIR by collect) and not yet approved. */
struct hub_request { const char *device_id, *tag, *label, *fingerprint; int64_t age_ms; };
typedef int (*hub_request_fn)(void *context, const struct hub_request *r, struct err *e);
int hub_pending_add(struct store *s, const char *join, size_t len, struct err *e);
int hub_pending_each(struct store *s, hub_request_fn each, void *context, struct err *e);

struct hub_device {
	const char *device_id, *tag, *label, *role, *municipality, *person, *person_name, *state, *minisign,
	    *recipient, *unreachable;	/* NULL: it is expected to exchange */
	int64_t last_seq, last_heard_ms, unacknowledged;
	const char *program;		/* version, as its last bundle said; NULL: not said */
	const char *heir;		/* id of the card that its person's work goes to once its last bundle has come; NULL: it is not being retired */
	int64_t revoked_after;		/* number of the last bundle that is taken of a revoked device; -1: not revoked */
	int64_t destroyed_ms;		/* when it confirmed that its store is destroyed; 0: it has not */
};
typedef int (*hub_device_fn)(void *context, const struct hub_device *d, struct err *e);
int hub_roster_each(struct store *s, hub_device_fn each, void *context, struct err *e);
/* The other devices of the person whose device made this request, of which something is expected still: one of them may be the device that it was, which
 * joined anew (twin.h). Which of them goes on nobody but the person knows, so none of them is ended by itself. */
int hub_others_each(struct store *s, const char *join, size_t len, hub_device_fn each, void *context, struct err *e);
int64_t hub_roster_version(struct store *s);

/* --- devices that leave (closing.h) --- */
/* The device's keys may be in other hands. What it sent up to bundle `after_seq` (-1: what was accepted) is taken and stays, nothing later is; nothing of anybody
 * is sealed to it any more, what was and is not confirmed is withdrawn. Once more for the same device: moves the number. */
int hub_revoke(struct store *s, const char *device, int64_t after_seq, struct err *e);

/* Its person leaves, and a card takes over (handover.h; the person's own: nothing goes over). The device is asked for its last bundle, and is closed when that
 * has come; `without_last`: at once. ERR_REFUSED: bundles of it are known to be on their way (a number is missing or was refused), the person works with another
 * device still (to somebody else), not such a state. */
struct hub_retirement { bool closed; int64_t mentorships, seminars, left; };	/* left: the heir is the mentee */
int hub_retire(struct store *s, const char *device, const char *heir, bool without_last, struct hub_retirement *out, struct err *e);

/* What a device did and what it held, for who reviews a loss. Changes: of the bundles after `after_seq` (-1: of a revoked device those after the last trusted one,
 * else of this whole enrolment), in their order. */
struct hub_change {
	int64_t seq, ms, bundle;	/* the device's number of the operation, when it says that it was made, and the bundle that brought it */
	const char *table, *id, *kind;	/* kind: insert, update, erase */
	const char *fields;		/* names of those that it sets, with blanks between; "" for an insert */
	const char *refused;		/* the reason's code, "" where it was accepted */
};
typedef int (*hub_change_fn)(void *context, const struct hub_change *c, struct err *e);
int hub_changes_each(struct store *s, const char *device, int64_t after_seq, hub_change_fn each, void *context, struct err *e);
/* The people whose data the device held, as far as its bundles were made: with their cards, or known to it by name alone. */
struct hub_held { const char *id, *name, *municipality, *phone, *email, *how; };	/* how: held, earlier (left its scope), name */
typedef int (*hub_held_fn)(void *context, const struct hub_held *h, struct err *e);
int hub_held_each(struct store *s, const char *device, hub_held_fn each, void *context, struct err *e);
/* The device's id and the number after which its changes are reviewed. */
int hub_review_begin(struct store *s, const char *device, int64_t *after_seq, char id[33], struct err *e);

/* Nothing is expected of a device any more, for this reason, which acts of destruction print; NULL: it is again. A device that is heard from is expected again by
 * itself. `device`: its tag, its id or the beginning of one. */
int hub_unreachable(struct store *s, const char *device, const char *reason, struct err *e);

/* The store was put back from its backup (restored.h): a new epoch with every device, of which *devices were known. Said by the operator, once, before anything
 * is exchanged; once more does no harm. */
int hub_restored(struct store *s, int *devices, struct err *e);

struct hub_collected { int devices, bundles_taken, bundles_known, bundles_parked,
    bundles_refused, bundles_unread; int64_t operations, operations_refused; int bundles_written;
    int files_left; /* beyond what one round looks at (limits.h) */ };
/* One line for the operator about one file (escaped): taken, parked (the missing number), refused (why). */
typedef void (*hub_note_fn)(void *context, const char *line);
/* Takes what is in <dir>/<hub-id>/inbox/…, writes receipts and feeds to <dir>/<hub-id>/outbox/…. ERR_UNREACHED:
 * no such folder. */
int hub_collect(struct store *s, const char *dir, struct hub_collected *out, hub_note_fn note, void *context,
    struct err *e);

#endif
