/* A device is revoked or retired: what an operator says of it. What follows from that is closing.h. */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "records/handover.h"
#include "sync/anew.h"
#include "sync/closing.h"
#include "sync/hub.h"
#include "sync/hub_roster.h"
#include "sync/peer.h"
#include "sync/replicas.h"

/* Parameters: 1 the device's id, 2 a text, 3 a number. */
static int run(struct store *s, const char *sql, const struct peer *p, const char *text, int64_t number, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, sql, e);

	if (st == NULL)
		return -1;
	store_bind_text(st, 1, p->pub.id);
	if (sqlite3_bind_parameter_count(st) > 1)
		store_bind_text(st, 2, text);
	if (sqlite3_bind_parameter_count(st) > 2)
		sqlite3_bind_int64(st, 3, number);
	return store_run(s, st, e);
}

/* In one transaction, which may be part of another. */
typedef int (*leave_fn)(struct store *s, struct peer *p, void *context, struct err *e);

static int leave(struct store *s, const char *device, leave_fn fn, void *context, struct err *e)
{
	char id[DEVICE_ID_SIZE];
	struct peer p;

	if (!hub_is(s))
		return err_set(e, ERR_REFUSED, _("this store is not that of a hub"));
	if (roster_find(s, device, id, e) != 0 || peer_find(s, id, &p, e) != 1 || store_begin(s, e) != 0)
		return -1;
	if (fn(s, &p, context, e) == 0)
		return store_commit(s, e);
	store_rollback(s);
	return -1;
}

/* --- revoke --- */

static int revoke(struct store *s, struct peer *p, void *context, struct err *e)
{
	const int64_t *said = context;
	int64_t after = *said >= 0 ? *said : p->in_seq;
	bool again = peer_in_state(p, "revoked");

	if (peer_in_state(p, "approved") && *said > 0)
		return err_set(e, ERR_REFUSED, _("no bundle of this device has come yet, so that none of them can be trusted"));
	/* What is not confirmed is withdrawn; hashes stay, so that the device can read its last word behind a gap. */
	if (!again && anew_give_up_all(s, p, e) != 0)
		return -1;
	strcpy(p->state, "revoked");
	if (roster_next_version(s, &p->roster, e) != 0 || peer_save(s, p, e) != 0)
		return -1;
	if (run(s, "UPDATE peer SET heir = NULL, revoked_after = ?3 WHERE id = ?1 AND ?2 IS NULL", p, NULL, after, e) != 0 ||
	    run(s, "DELETE FROM parked WHERE peer = ?1 AND ?2 IS NULL AND seq > ?3", p, NULL, after, e) != 0 ||
	    run(s, "DELETE FROM refusal_due WHERE peer = ?1", p, NULL, 0, e) != 0)
		return -1;
	return replicas_unreachable(s, p, _("the device was revoked"), e);
}

int hub_revoke(struct store *s, const char *device, int64_t after_seq, struct err *e)
{
	return leave(s, device, revoke, &after_seq, e);
}

/* --- retire --- */

struct retirement { const char *heir; bool without_last; struct hub_retirement *out; };

static int ask(struct store *s, const char *sql, const struct peer *p, const char *text, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, sql, e);
	int found;

	if (st == NULL)
		return -1;
	store_bind_text(st, 1, p->pub.id);
	if (sqlite3_bind_parameter_count(st) > 1)
		store_bind_text(st, 2, text);
	found = store_step(s, st, e);
	sqlite3_reset(st);
	return found;
}

static int check_state(struct store *s, const struct peer *p, const struct retirement *r, struct err *e)
{
	int found;

	if (peer_in_state(p, "revoked") || peer_in_state(p, "retired"))
		return err_set(e, ERR_REFUSED, peer_in_state(p, "retired") ? _("this device was retired already") : _("this device was revoked already"));
	if (peer_in_state(p, "approved") && !r->without_last)
		return err_set(e, ERR_REFUSED, _("this device was never heard of, so that there is no last bundle to wait for: say --without-last"));
	found = ask(s, "SELECT 1 FROM parked WHERE peer = ?1 UNION ALL SELECT 1 FROM refusal_due WHERE peer = ?1 LIMIT 1", p, NULL, e);
	if (found != 0 && !r->without_last)
		return found < 0 ? -1 : err_set(e, ERR_REFUSED, _("bundles of this device are on their way: bundle %lld is missing; take it first, or say --without-last"),
		    (long long)p->in_seq + 1);
	if (*p->person == '\0' || strcmp(p->person, r->heir) == 0)
		return 0;
	found = ask(s, "SELECT 1 FROM peer WHERE id <> ?1 AND person = ?2 AND state IN ('active', 'approved') AND heir IS NULL AND unreachable IS NULL", p, p->person, e);
	return found == 0 ? 0 : found < 0 ? -1 : err_set(e, ERR_REFUSED,
	    _("the person works with another device still: say --to %s if this one alone goes, or retire the other one first"), p->person);
}

static int check_heir(struct store *s, const struct peer *p, const char *heir, struct err *e)
{
	int found = ask(s, "SELECT 1 FROM person WHERE id = ?2 AND deleted = 0 AND ?1 IS NOT NULL", p, heir, e);

	return found == 1 ? 0 : found < 0 ? -1 : err_set(e, ERR_REFUSED, _("person: there is no card %s"), heir);
}

static int close_now(struct store *s, struct peer *p, struct retirement *r, struct err *e)
{
	struct handover done;

	strcpy(p->state, "retired");
	if (peer_save(s, p, e) != 0 || handover(s, p->person, r->heir, &done, e) != 0 ||
	    run(s, "UPDATE peer SET heir = NULL WHERE id = ?1", p, NULL, 0, e) != 0)
		return -1;
	*r->out = (struct hub_retirement){ true, done.mentorships, done.seminars, done.left };
	return replicas_unreachable(s, p, _("the device was retired"), e);
}

static int retire(struct store *s, struct peer *p, void *context, struct err *e)
{
	struct retirement *r = context;
	struct handover later = { 0, 0, 0 };

	if (check_state(s, p, r, e) != 0 || check_heir(s, p, r->heir, e) != 0 || roster_next_version(s, &p->roster, e) != 0)
		return -1;
	if (r->without_last)
		return close_now(s, p, r, e);
	if (strcmp(p->person, r->heir) != 0 && handover_count(s, p->person, &later, e) != 0)
		return -1;
	*r->out = (struct hub_retirement){ false, later.mentorships, later.seminars, 0 };
	return peer_save(s, p, e) != 0 ? -1 : run(s, "UPDATE peer SET heir = ?2 WHERE id = ?1", p, r->heir, 0, e);
}

int hub_retire(struct store *s, const char *device, const char *heir, bool without_last, struct hub_retirement *out, struct err *e)
{
	struct retirement r = { heir, without_last, out };

	*out = (struct hub_retirement){ .closed = false };
	return leave(s, device, retire, &r, e);
}
