/* A hub's store, its card, who waits and who belongs to it. */
#include "sync/hub_roster.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/text.h"
#include "sync/card.h"
#include "sync/closing.h"
#include "sync/hub.h"
#include "sync/replicas.h"
#include "sync/request.h"

#define REASON_MAX 1000

int hub_init(struct store *s, const char *name, struct err *e)
{
	struct buf clean = BUF_INIT;
	int result;

	if (text_check(name, strlen(name), false, e) != 0)
		return -1;
	text_clean(name, strlen(name), false, &clean);
	if (clean.len == 0 || clean.len >= LABEL_SIZE)
		result = err_set(e, ERR_REFUSED, _("name: a hub has one, of at most %d bytes"), LABEL_SIZE - 1);
	else
		result = store_set_setting(s, "hub", clean.data, e);
	buf_release(&clean);
	return result;
}

bool hub_is(struct store *s)
{
	char *name = store_setting(s, "hub");
	bool is = name != NULL;

	free(name);
	return is;
}

int hub_card(struct store *s, struct buf *out, struct err *e)
{
	struct card c = { .pub = store_identity(s)->pub };
	char *name = store_setting(s, "hub"), *demonstration = store_setting(s, "demonstration");

	if (name == NULL) {
		free(demonstration);
		return err_set(e, ERR_REFUSED, _("this store is not that of a hub"));
	}
	snprintf(c.name, sizeof c.name, "%s", name);
	c.demonstration = demonstration != NULL && *demonstration != '\0';
	card_write(&c, out);
	free(name);
	free(demonstration);
	return 0;
}

int64_t hub_roster_version(struct store *s)
{
	char *version = store_setting(s, "roster_version");
	int64_t number = version != NULL ? atoll(version) : 0;

	free(version);
	return number;
}

int roster_next_version(struct store *s, int64_t *version, struct err *e)
{
	char text[24];

	*version = hub_roster_version(s) + 1;
	snprintf(text, sizeof text, "%lld", (long long)*version);
	return store_set_setting(s, "roster_version", text, e);
}

int hub_pending_add(struct store *s, const char *join, size_t len, struct err *e)
{
	return request_add(s, join, len, e);
}

int hub_pending_each(struct store *s, hub_request_fn each, void *context, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s,
	    "SELECT file, arrived FROM request WHERE arrived >= ?1 ORDER BY arrived", e);
	int more;

	if (st == NULL)
		return -1;
	sqlite3_bind_int64(st, 1, clock_wall_ms() - REQUEST_LIFE_MS);
	while ((more = store_step(s, st, e)) == 1) {
		struct hub_request shown;
		struct join_request r;

		if (request_read(&r, sqlite3_column_blob(st, 0), (size_t)sqlite3_column_bytes(st, 0), e) != 0) {
			more = -1;
			break;
		}
		shown = (struct hub_request){ .device_id = r.pub.id, .tag = r.pub.tag, .label = r.label,
		    .fingerprint = r.pub.fingerprint,
			.age_ms = clock_wall_ms() - sqlite3_column_int64(st, 1) };
		if (each(context, &shown, e) != 0) {
			more = -1;
			break;
		}
	}
	sqlite3_reset(st);
	return more;
}

int roster_find(struct store *s, const char *typed, char id[DEVICE_ID_SIZE], struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, "SELECT id FROM peer WHERE tag = ?1 OR (length(?1) >= 4 AND substr(id, 1, length(?1)) = ?1) LIMIT 2", e);
	int found, count = 0;

	if (st == NULL)
		return -1;
	store_bind_text(st, 1, typed);
	while ((found = store_step(s, st, e)) == 1 && ++count == 1)
		snprintf(id, DEVICE_ID_SIZE, "%s", store_text(st, 0));
	if (found < 0)
		return -1;
	sqlite3_reset(st);
	if (count == 1)
		return 0;
	return err_set(e, ERR_REFUSED, count == 0 ? _("the roster has no device “%s”") : _("the roster has several devices that begin with “%s”"), typed);
}

/* A reason is printed in a document: one line of text. */
static int clean_reason(const char *reason, struct buf *out, struct err *e)
{
	if (text_check(reason, strlen(reason), false, e) != 0)
		return -1;
	text_clean(reason, strlen(reason), false, out);
	if (out->len == 0 || out->len >= REASON_MAX)
		return err_set(e, ERR_REFUSED, _("reason: say in a sentence, of at most %d bytes, why nothing is expected of the device"), REASON_MAX - 1);
	return 0;
}

static int set_unreachable(struct store *s, const char *id, const char *reason, struct err *e)
{
	struct peer p;

	if (peer_find(s, id, &p, e) != 1 || store_begin(s, e) != 0)
		return -1;
	if (replicas_unreachable(s, &p, reason, e) == 0)
		return store_commit(s, e);
	store_rollback(s);
	return -1;
}

int hub_unreachable(struct store *s, const char *device, const char *reason, struct err *e)
{
	struct buf clean = BUF_INIT;
	char id[DEVICE_ID_SIZE];
	int result = roster_find(s, device, id, e);

	if (result == 0 && reason != NULL)
		result = clean_reason(reason, &clean, e);
	if (result == 0)
		result = set_unreachable(s, id, reason != NULL ? clean.data : NULL, e);
	buf_release(&clean);
	return result;
}

struct roster_walk { struct store *s; hub_device_fn each; void *context; };

/* The name on the person's card; the label where there is no card yet. */
static int person_name(struct store *s, const struct peer *p, struct buf *out, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, "SELECT coalesce(name, '') FROM person WHERE id = ?1", e);
	int found;

	if (st == NULL)
		return -1;
	store_bind_text(st, 1, p->person);
	found = store_step(s, st, e);
	buf_adds(out, found == 1 ? store_text(st, 0) : p->label);
	sqlite3_reset(st);
	return found < 0 ? -1 : 0;
}

/* What stands of a device beside its chain. */
struct aside { struct buf unreachable, program, heir; int64_t revoked_after, destroyed; };

static void release_aside(struct aside *a)
{
	buf_release(&a->unreachable);
	buf_release(&a->program);
	buf_release(&a->heir);
}

static const char *or_null(const struct buf *b)
{
	return b->len > 0 ? b->data : NULL;
}

static int read_aside(struct store *s, const struct peer *p, struct aside *out, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, "SELECT unreachable, program, heir, iif(state = 'revoked', coalesce(revoked_after, in_seq), -1), coalesce(destroyed, 0)"
	    " FROM peer WHERE id = ?1", e);
	int found;

	if (st == NULL)
		return -1;
	store_bind_text(st, 1, p->pub.id);
	found = store_step(s, st, e);
	if (found == 1) {
		buf_adds(&out->unreachable, store_text(st, 0));
		buf_adds(&out->program, store_text(st, 1));
		buf_adds(&out->heir, store_text(st, 2));
		out->revoked_after = sqlite3_column_int64(st, 3);
		out->destroyed = sqlite3_column_int64(st, 4);
	}
	sqlite3_reset(st);
	return found < 0 ? -1 : 0;
}

static int show_device(void *context, struct peer *p, struct err *e)
{
	struct roster_walk *w = context;
	struct buf name = BUF_INIT;
	char state[16] = "";
	struct hub_device d = { .device_id = p->pub.id, .tag = p->pub.tag, .label = p->label, .role = p->role,
	    .municipality = p->municipality,
		.person = p->person, .state = state, .minisign = p->pub.minisign,
		    .recipient = p->pub.recipient, .last_seq = p->in_seq,
		.last_heard_ms = p->heard, .unacknowledged = p->feed_pos - p->done_op };
	struct aside a = { BUF_INIT, BUF_INIT, BUF_INIT, -1, 0 };
	int result = person_name(w->s, p, &name, e) != 0 || read_aside(w->s, p, &a, e) != 0 || closing_state(w->s, p, state, e) != 0 ? -1 : 0;

	d.person_name = name.data;
	d.unreachable = or_null(&a.unreachable);
	d.program = or_null(&a.program);
	d.heir = or_null(&a.heir);
	d.revoked_after = a.revoked_after;
	d.destroyed_ms = a.destroyed;
	if (result == 0)
		result = w->each(w->context, &d, e);
	buf_release(&name);
	release_aside(&a);
	return result;
}

struct others_walk { const struct peer *new; hub_device_fn each; void *context; };

static int show_other(void *context, const struct hub_device *d, struct err *e)
{
	struct others_walk *w = context;
	bool expected = d->unreachable == NULL && (strcmp(d->state, "active") == 0 || strcmp(d->state, "approved") == 0);

	if (!expected || strcmp(d->person, w->new->person) != 0 || strcmp(d->device_id, w->new->pub.id) == 0)
		return 0;
	return w->each(w->context, d, e);
}

int hub_others_each(struct store *s, const char *join, size_t len, hub_device_fn each, void *context, struct err *e)
{
	struct peer p;
	struct others_walk w = { &p, each, context };
	struct join_request r;
	int found;

	if (request_read(&r, join, len, e) != 0)
		return -1;
	found = peer_find(s, r.pub.id, &p, e);
	return found != 1 || p.person[0] == '\0' ? (found < 0 ? -1 : 0) : hub_roster_each(s, show_other, &w, e);
}

int hub_roster_each(struct store *s, hub_device_fn each, void *context, struct err *e)
{
	struct roster_walk w = { s, each, context };

	return peer_each(s, NULL, show_device, &w, e);
}
