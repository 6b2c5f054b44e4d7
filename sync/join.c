/* Enrolment as the device does it: the hub's card pinned by its fingerprint, a request out, its welcome in,
 * once. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "crypto/hash.h"
#include "crypto/secret.h"
#include "records/number.h"
#include "store/journal.h"
#include "sync/card.h"
#include "sync/closing.h"
#include "sync/hub.h"
#include "sync/outbox.h"
#include "sync/request.h"
#include "sync/sync.h"
#include "sync/welcome.h"

/* A setting into a field, cut at its size. */
static void setting_into(struct store *s, const char *key, char *out, size_t size)
{
	char *value = store_setting(s, key);

	snprintf(out, size, "%s", value != NULL ? value : "");
	free(value);
}

static bool is_demonstration(struct store *s)
{
	char *value = store_setting(s, "demonstration");
	bool yes = value != NULL && *value != '\0';

	free(value);
	return yes;
}

static int check_card(struct store *s, const struct card *c, const char *fingerprint, struct err *e)
{
	if (!fingerprint_matches(fingerprint, c->pub.fingerprint))
		return err_set(e, ERR_REFUSED,
		    _("the fingerprint is not that of this card: do not use the card, and ask the hub again"));
	if (is_demonstration(s) && !c->demonstration)
		return err_set(e, ERR_REFUSED, _("this is a demonstration and joins no real hub"));
	if (!is_demonstration(s) && c->demonstration)
		return err_set(e, ERR_REFUSED,
		    _("this card is that of a demonstration's hub, and real work does not join one"));
	return 0;
}

/* The hub that is pinned now, or the card's as a new one. A hub that never answered may be exchanged for
 * another. */
static int pin(struct store *s, const struct card *c, struct peer *p, struct err *e)
{
	int found = peer_hub(s, p, e);

	if (found < 0)
		return -1;
	if (found == 1 && strcmp(p->pub.id, c->pub.id) == 0)
		return 0;
	if (found == 1 && p->epoch > 0)
		return err_set(e, ERR_REFUSED, _("this store belongs to another hub already"));
	if (found == 1 && store_exec(s, "DELETE FROM peer", e) != 0)
		return -1;
	memset(p, 0, sizeof *p);
	p->pub = c->pub;
	strcpy(p->state, "pinned");
	return 0;
}

static int request_to(struct store *s, struct peer *hub, struct buf *out, struct err *e)
{
	const struct identity *me = store_identity(s);
	struct join_request r;
	struct peer p = *hub;

	/* While a request is not answered it is the same one, however often it is written. */
	if (*p.request == '\0') {
		unsigned char random[16];

		crypto_random(random, sizeof random);
		hash_hex(random, sizeof random, p.request);
	}
	if (peer_save(s, &p, e) != 0)
		return -1;
	memset(&r, 0, sizeof r);
	r.meta.kind = METADATA_JOIN;
	memcpy(r.meta.from, me->pub.id, sizeof r.meta.from);
	memcpy(r.meta.to, p.pub.id, sizeof r.meta.to);
	memcpy(r.meta.req, p.request, sizeof r.meta.req);
	metadata_now(r.meta.created);
	setting_into(s, "name", r.name, sizeof r.name);
	setting_into(s, "name", r.label, sizeof r.label);
	setting_into(s, "person", r.person, sizeof r.person);
	request_write(me, &r, out);
	return 0;
}

static int request_from(struct store *s, const struct card *c, struct buf *out, struct err *e)
{
	struct peer p;

	if (pin(s, c, &p, e) != 0)
		return -1;
	snprintf(p.label, sizeof p.label, "%s", c->name);
	return request_to(s, &p, out, e);
}

int sync_join_anew(struct store *s, struct buf *out, struct err *e)
{
	struct peer p;
	int found = hub_is(s) ? 0 : peer_hub(s, &p, e);

	if (found <= 0)
		return found < 0 ? -1 : err_set(e, ERR_REFUSED, _("this store has not joined a hub: begin with join"));
	if (store_begin(s, e) != 0)
		return -1;
	if (request_to(s, &p, out, e) != 0) {
		store_rollback(s);
		return -1;
	}
	return store_commit(s, e);
}

int sync_join(struct store *s, const char *card, size_t card_len, const char *fingerprint, struct buf *out,
    struct err *e)
{
	struct card c;

	if (hub_is(s))
		return err_set(e, ERR_REFUSED, _("a hub does not join another hub"));
	if (card_read(&c, card, card_len, e) != 0 || check_card(s, &c, fingerprint, e) != 0)
		return -1;
	if (store_begin(s, e) != 0)
		return -1;
	if (request_from(s, &c, out, e) != 0) {
		store_rollback(s);
		return -1;
	}
	return store_commit(s, e);
}

/* The hub has receipts of this device out and knows nothing of it: it was put back from a backup (restored.h). Its feed begins at its beginning. */
static int begin_forgotten(struct store *s, struct peer *p, struct err *e)
{
	p->in_op = 0;
	return store_exec(s, "UPDATE position SET pos = 0; DELETE FROM leaving; DELETE FROM parked", e);
}

/* The chains begin anew, and the work goes on where the hub's knowledge of this device ends. */
static int enrol(struct store *s, struct peer *p, const struct welcome *w, const char *hash, struct err *e)
{
	if (outbox_clear(s, p, e) != 0 || (w->first_op == 1 && p->done_op > 0 && begin_forgotten(s, p, e) != 0))
		return -1;
	p->epoch = w->meta.epoch;
	p->in_seq = p->out_seq = p->feed_pos = 0;
	memcpy(p->in_hash, hash, HASH_HEX_SIZE);
	memcpy(p->out_hash, hash, HASH_HEX_SIZE);
	p->out_op = p->done_op = w->first_op - 1;
	p->roster = w->roster;
	*p->request = '\0';
	strcpy(p->state, "active");
	memcpy(p->label, w->hub, sizeof p->label);
	memcpy(p->role, w->role, sizeof p->role);
	memcpy(p->municipality, w->municipality, sizeof p->municipality);
	memcpy(p->person, w->person, sizeof p->person);
	if (store_set_setting(s, SETTING_ROSTER_STATE, NULL, e) != 0 || store_set_setting(s, "role", w->role, e) != 0 ||
	    (*w->municipality != '\0' && store_set_setting(s, "municipality", w->municipality, e) != 0) ||
	    (*w->person != '\0' && store_set_setting(s, "person", w->person, e) != 0))
		return -1;
	if (p->epoch > 1 && number_begin_anew(s, p->epoch, e) != 0)
		return -1;
	return outbox_begin(s, p, e) != 0 ? -1 : peer_save(s, p, e);
}

int sync_welcome(struct store *s, const char *data, size_t len, struct err *e)
{
	char hash[HASH_HEX_SIZE];
	struct welcome w;
	struct peer p;
	int found = hub_is(s) ? 0 : peer_hub(s, &p, e);

	if (found < 0)
		return -1;
	if (found == 0)
		return err_set(e, ERR_REFUSED, _("this store has not asked to join a hub: begin with join"));
	if (welcome_read(&w, store_identity(s), &p.pub, data, len, hash, e) != 0)
		return -1;
	if (*p.request == '\0')
		return err_set(e, ERR_REFUSED,
		    _("this store was welcomed already, and a welcome is taken once"));
	if (strcmp(w.meta.req, p.request) != 0 || w.meta.epoch <= p.epoch)
		return err_set(e, ERR_REFUSED,
		    _("this welcome answers another request than the one that this store sent"));
	if (w.first_op - 1 > journal_last_seq(store_journal(s)))
		return err_set(e, ERR_REFUSED,
		    _("the hub knows more changes of this store than the store itself: the store is an older copy"));
	if (store_begin(s, e) != 0)
		return -1;
	if (enrol(s, &p, &w, hash, e) != 0) {
		store_rollback(s);
		return -1;
	}
	return store_commit(s, e);
}
