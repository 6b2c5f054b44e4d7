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
};
typedef int (*hub_device_fn)(void *context, const struct hub_device *d, struct err *e);
int hub_roster_each(struct store *s, hub_device_fn each, void *context, struct err *e);
/* The other devices of the person whose device made this request, of which something is expected still: one of them may be the device that it was, which
 * joined anew (twin.h). Which of them goes on nobody but the person knows, so none of them is ended by itself. */
int hub_others_each(struct store *s, const char *join, size_t len, hub_device_fn each, void *context, struct err *e);
int64_t hub_roster_version(struct store *s);

/* Nothing is expected of a device any more, for this reason, which acts of destruction print; NULL: it is again. A device that is heard from is expected again by
 * itself. `device`: its tag, its id or the beginning of one. */
int hub_unreachable(struct store *s, const char *device, const char *reason, struct err *e);

struct hub_collected { int devices, bundles_taken, bundles_known, bundles_parked,
    bundles_refused, bundles_unread; int64_t operations, operations_refused; int bundles_written; };
/* One line for the operator about one file (escaped): taken, parked (the missing number), refused (why). */
typedef void (*hub_note_fn)(void *context, const char *line);
/* Takes what is in <dir>/<hub-id>/inbox/…, writes receipts and feeds to <dir>/<hub-id>/outbox/…. ERR_UNREACHED:
 * no such folder. */
int hub_collect(struct store *s, const char *dir, struct hub_collected *out, hub_note_fn note, void *context,
    struct err *e);

#endif
