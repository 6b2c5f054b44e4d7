/* closing: a device that leaves the region. Revoked: its keys may be in other hands; what was accepted stays, what comes later is refused, by the place in the
 * chain and never by a date that its sender wrote. Retired: its person has gone, the last bundle is taken, the work goes to somebody else, and the device
 * confirms that its store is destroyed.
 *
 *     active ──► active with an heir ("retiring": the device is told) ──► its last bundle comes ──► retired, handed over ──► confirmed: gone for good
 *        └─────► revoked
 *
 * What is taken of a device that leaves: retiring, everything as before; retired, what it sends until it has confirmed (nothing that somebody entered meanwhile is
 * lost), but it is fed nothing more; revoked, bundles up to the number `revoked_after`, which is that of the last accepted one unless an operator trusts more.
 * Both are told in a bundle that holds their roster entry (a retired one also its receipts) and no record of anybody.
 *
 * The device says of itself, in the second record of each of its bundles,
 *
 *     {"rec":"about","optional":true,"program":"0.9","last":true,"destroyed":true}
 *
 * program: its version; last: it is asked to close, and nothing unsent is left behind this bundle; destroyed: it destroys its store after this bundle. */
#ifndef SYNC_CLOSING_H
#define SYNC_CLOSING_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "store/store.h"
#include "sync/apply.h"
#include "sync/peer.h"

/* --- hub --- */
/* Whether a bundle with this number is taken of the device, as far as its state decides: 1, 0 with the reason in *e, -1 a failure. */
int closing_takes(struct store *s, const struct peer *p, int64_t seq, bool *takes, struct err *e);
/* Whether something is still made for the device, and lies in its outbox: all but retired ones that have confirmed. */
int closing_told(struct store *s, const struct peer *p, struct err *e);
/* The state in its roster entry. */
int closing_state(struct store *s, const struct peer *p, char out[16], struct err *e);
/* The record "about" of a device's bundle, inside its transaction. */
int closing_about_take(struct apply *a, const char *line, size_t len, struct err *e);
/* What waits for the last bundle of a device that came: its person's work goes to the heir. In a transaction, before the feeds. */
int closing_carry_out(struct store *s, struct err *e);

/* --- device --- */
/* Appends "about". last_op: the last operation of the bundle. */
void closing_about_write(struct store *s, int64_t last_op, struct buf *out);
/* The entry that the hub told: notes what changed for the person (sync_entry in sync.h), and owes the hub an answer when it asks to close. */
int closing_entry(struct apply *a, const char *role, const char *municipality, const char *person, const char *state, struct err *e);

#define SETTING_ROSTER_STATE "roster_state"	/* as the hub told it last; none: active */
#define SETTING_ROSTER_NEWS "roster_news"	/* lines «what<TAB>was<TAB>is», until somebody has read them */
#define SETTING_DESTROYING "destroying"		/* the person agreed: the next bundle says so */

#endif
