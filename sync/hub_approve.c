/* The hub says yes to a device: the operator has heard its fingerprint and typed it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "records/number.h"
#include "store/journal.h"
#include "sync/hub.h"
#include "sync/hub_numbers.h"
#include "sync/hub_roster.h"
#include "sync/outbox.h"
#include "sync/request.h"
#include "sync/restored.h"
#include "sync/rules.h"
#include "sync/welcome.h"

/* 1: a row; text parameter 1, and 2 where the statement has one. */
static int exists(struct store *s, const char *sql, const char *one, const char *two, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, sql, e);
	int found;

	if (st == NULL)
		return -1;
	store_bind_text(st, 1, one);
	store_bind_text(st, 2, two);
	found = store_step(s, st, e);
	sqlite3_reset(st);
	return found;
}

static int check_request(struct store *s, const struct join_request *r, const struct hub_approval *how,
    struct err *e)
{
	sqlite3_stmt *st;
	int64_t arrived = 0;

	if (strcmp(r->meta.to, store_identity(s)->pub.id) != 0)
		return err_set(e, ERR_REFUSED, _("this request to join is for another hub"));
	if (how->fingerprint == NULL || !fingerprint_matches(how->fingerprint, r->pub.fingerprint)) {
		if (request_drop(s, r->pub.id, e) != 0)
			return -1;
		return err_set(e, ERR_REFUSED,
		    _("the fingerprint is not that of this request: it was not made by the device that you heard of, and is dropped"));
	}
	st = store_prepare(s, "SELECT arrived FROM request WHERE device = ?1", e);
	if (st == NULL)
		return -1;
	store_bind_text(st, 1, r->pub.id);
	if (store_step(s, st, e) == 1)
		arrived = sqlite3_column_int64(st, 0);
	sqlite3_reset(st);
	if (arrived != 0 && arrived < clock_wall_ms() - REQUEST_LIFE_MS)
		return err_set(e, ERR_REFUSED,
		    _("this request to join is older than 60 days: the device has to ask again"));
	return 0;
}

static int check_place(struct store *s, const struct hub_approval *how, struct err *e)
{
	const char *municipality = how->municipality != NULL ? how->municipality : "";
	int role = how->role != NULL ? rule_role(how->role) : -1, found;

	if (role < 0)
		return err_set(e, ERR_REFUSED, _("role: one of coordinator, expert, consultant"));
	if (role == ROLE_CONSULTANT && *municipality == '\0')
		return err_set(e, ERR_REFUSED, _("municipality: a consultant works in one"));
	if (*municipality == '\0')
		return 0;
	found = exists(s, "SELECT 1 FROM municipality WHERE code = ?1 OR code = ?2", municipality, NULL, e);
	return found == 1 ? 0 : found < 0 ? -1 : err_set(e, ERR_REFUSED,
	    _("municipality: there is none with the code %s"), municipality);
}

/* The card of the person whose device this is. Without the operator's word only one that the device made
 * itself. */
static int find_person(struct store *s, const struct join_request *r, const struct hub_approval *how,
    const char **person, struct err *e)
{
	int found;

	if (how->person == NULL || *how->person == '\0') {
		*person = r->person;
		if (*r->person != '\0' && (strncmp(r->person, r->pub.tag, DEVICE_TAG_SIZE - 1) != 0 ||
		    r->person[DEVICE_TAG_SIZE - 1] != '-'))
			return err_set(e, ERR_REFUSED,
			    _("the request names the card %s, which this device did not make: if it is that person's device, which joins anew or is a second one, say so with --person %s"), r->person, r->person);
		return 0;
	}
	*person = how->person;
	found = exists(s, "SELECT 1 FROM person WHERE id = ?1 AND deleted = 0 AND ?2 IS NULL", how->person,
	    NULL, e);
	return found == 1 ? 0 : found < 0 ? -1 : err_set(e, ERR_REFUSED, _("person: there is no card %s"),
	    how->person);
}

static int check_tag(struct store *s, const struct join_request *r, struct err *e)
{
	int found = exists(s, "SELECT 1 FROM peer WHERE tag = ?1 AND id <> ?2", r->pub.tag, r->pub.id, e);

	if (found < 0)
		return -1;
	if (found == 1 || strcmp(r->pub.tag, store_identity(s)->pub.tag) == 0 || strcmp(r->pub.tag, journal_tag(store_journal(s))) == 0)
		return err_set(e, ERR_REFUSED,
		    _("another device has the tag %s already: this one has to begin anew with other keys"),
		    r->pub.tag);
	return 0;
}

static int keep_welcome(struct store *s, const char *id, const struct buf *file, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, "UPDATE peer SET welcome = ?2, restored_line = NULL, revoked_after = NULL, heir = NULL, destroyed = NULL WHERE id = ?1", e);

	if (st == NULL)
		return -1;
	store_bind_text(st, 1, id);
	sqlite3_bind_blob64(st, 2, file->data, file->len, SQLITE_STATIC);
	return store_run(s, st, e);
}

static int give_kept(struct store *s, const char *id, struct buf *out, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, "SELECT welcome FROM peer WHERE id = ?1 AND welcome IS NOT NULL",
	    e);
	int found;

	if (st == NULL)
		return -1;
	store_bind_text(st, 1, id);
	found = store_step(s, st, e);
	if (found == 1)
		buf_add(out, sqlite3_column_blob(st, 0), (size_t)sqlite3_column_bytes(st, 0));
	sqlite3_reset(st);
	return found == 1 ? 0 : found < 0 ? -1 : err_set(e, ERR_DAMAGED,
	    _("the welcome that was given is missing"));
}

/* Forgets what was said in bundles of the enrolment before that never were confirmed; the feed tells it again. */
static int forget_unconfirmed(struct store *s, const struct peer *p, struct err *e)
{
	static const char *const forget[] = { "DELETE FROM receipt_due WHERE peer = ?1",
	    "DELETE FROM receipt_refused WHERE peer = ?1",
		"DELETE FROM refusal_due WHERE peer = ?1", "DELETE FROM parked WHERE peer = ?1",
		"DELETE FROM told WHERE device = (SELECT no FROM device WHERE tag = ?2)" };

	for (size_t i = 0; i < sizeof forget / sizeof *forget; i++) {
		sqlite3_stmt *st = store_prepare(s, forget[i], e);

		if (st == NULL)
			return -1;
		store_bind_text(st, 1, p->pub.id);
		store_bind_text(st, 2, p->pub.tag);
		if (store_run(s, st, e) != 0)
			return -1;
	}
	return outbox_clear(s, p, e);
}

/* A new epoch, and a welcome for it. */
static int enrol(struct store *s, struct peer *p, const struct join_request *r, struct buf *out, struct err *e)
{
	const struct identity *me = store_identity(s);
	unsigned char digest[HASH_SIZE];
	struct buf file = BUF_INIT;
	struct welcome w;
	char *name = store_setting(s, "hub");
	int result;

	memset(&w, 0, sizeof w);
	w.meta.kind = METADATA_WELCOME;
	w.meta.epoch = ++p->epoch;
	w.roster = p->roster;
	w.first_op = p->in_op + 1;
	memcpy(w.meta.from, me->pub.id, sizeof w.meta.from);
	memcpy(w.meta.to, r->pub.id, sizeof w.meta.to);
	memcpy(w.meta.req, r->meta.req, sizeof w.meta.req);
	metadata_now(w.meta.created);
	memcpy(w.role, p->role, sizeof w.role);
	memcpy(w.municipality, p->municipality, sizeof w.municipality);
	memcpy(w.person, p->person, sizeof w.person);
	snprintf(w.hub, sizeof w.hub, "%s", name != NULL ? name : "");
	free(name);
	result = welcome_write(me, &r->pub, &w, &file, e);
	hash_of(file.data, file.len, digest);
	hash_hex(digest, sizeof digest, p->in_hash);
	memcpy(p->out_hash, p->in_hash, sizeof p->out_hash);
	p->in_seq = p->out_seq = 0;
	p->out_op = p->done_op;
	p->roster_told = p->roster;
	memcpy(p->request, r->meta.req, sizeof p->request);
	strcpy(p->state, "approved");
	if (result == 0)
		result = peer_save(s, p, e) != 0 || keep_welcome(s, p->pub.id, &file, e) != 0 ? -1 : 0;
	buf_add(out, file.data, file.len);
	buf_release(&file);
	return result;
}

static int approve(struct store *s, const struct join_request *r, const struct hub_approval *how,
    struct buf *welcome, struct err *e)
{
	const char *person;
	bool forgotten = false;
	struct peer p;
	int found;

	if (check_place(s, how, e) != 0 || find_person(s, r, how, &person, e) != 0 || check_tag(s, r, e) != 0)
		return -1;
	found = peer_find(s, r->pub.id, &p, e);
	if (found < 0 || journal_device(store_journal(s), r->pub.tag, e) < 0)
		return -1;
	if (found == 0) {
		memset(&p, 0, sizeof p);
		p.pub = r->pub;
		forgotten = true;
	}
	snprintf(p.label, sizeof p.label, "%s", r->label);
	snprintf(p.role, sizeof p.role, "%s", how->role);
	snprintf(p.municipality, sizeof p.municipality, "%s",
	    how->municipality != NULL ? how->municipality : "");
	snprintf(p.person, sizeof p.person, "%s", person);
	if (roster_next_version(s, &p.roster, e) != 0 || request_drop(s, r->pub.id, e) != 0)
		return -1;
	/* The same request again is given the same welcome, since it may be in use already; a changed entry
	 * travels in the next bundle. */
	if (found == 1 && strcmp(p.request, r->meta.req) == 0) {
		if (!peer_in_state(&p, "approved") && !peer_in_state(&p, "active"))
			return err_set(e, ERR_REFUSED,
			    _("this device was suspended, retired or revoked: it has to ask anew"));
		return peer_save(s, &p, e) != 0 ? -1 : give_kept(s, r->pub.id, welcome, e);
	}
	if (found == 1 && peer_in_state(&p, "revoked"))
		return err_set(e, ERR_REFUSED, _("this device was revoked, and its keys may be in other hands: it has to begin anew with other keys"));
	if (found == 1 && (forget_unconfirmed(s, &p, e) != 0 || number_abandon(s, r->pub.tag, e) != 0))
		return -1;
	if (forgotten && restored_epoch(s, &p, e) != 0)
		return -1;
	if (hub_numbers_reserve(s, r->pub.tag, how->role, e) != 0 || enrol(s, &p, r, welcome, e) != 0)
		return -1;
	return forgotten ? restored_enrolled(s, &p, e) : 0;
}

/* The device in whose place the new one comes; not the new one itself. */
static int revoke_other(struct store *s, const struct join_request *r, const char *device, struct err *e)
{
	char id[DEVICE_ID_SIZE];

	if (device == NULL)
		return 0;
	if (roster_find(s, device, id, e) != 0)
		return -1;
	if (strcmp(id, r->pub.id) == 0)
		return err_set(e, ERR_REFUSED, _("revoke: that is the device which asks to join"));
	return hub_revoke(s, id, -1, e);
}

int hub_approve(struct store *s, const char *join, size_t len, const struct hub_approval *how,
    struct buf *welcome, struct err *e)
{
	struct join_request r;

	if (request_read(&r, join, len, e) != 0 || check_request(s, &r, how, e) != 0 || store_begin(s, e) != 0)
		return -1;
	if (revoke_other(s, &r, how->revoke, e) != 0 || approve(s, &r, how, welcome, e) != 0) {
		store_rollback(s);
		return -1;
	}
	return store_commit(s, e);
}
