#include "sync/chain.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "crypto/minisig.h"
#include "store/provenance.h"
#include "sync/hub.h"
#include "sync/metadata.h"
#include "sync/peer.h"

/* One bundle of a chain, as the store keeps it. */
struct link {
	int64_t epoch, seq, first_op, last_op;
	char hash[HASH_HEX_SIZE];
	const char *block;		/* NULL: not kept */
	size_t block_len;
	bool numbered;			/* first_op and last_op are own operations */
};

struct chain {
	struct store *s;
	const struct peer *peer;
	bool own;			/* what left; else what arrived */
	struct chain_report *report;
	struct link before;		/* the last one; epoch 0: none yet */
};

static int wrong(const struct chain *c, int64_t seq, const char *what, struct err *e)
{
	if (c->own)
		return err_set(e, ERR_DAMAGED, _("the chain of this store's own bundles to %s is broken at number %lld: %s"), c->peer->pub.id,
		    (long long)seq, what);
	return err_set(e, ERR_DAMAGED, _("the chain of bundles from %s is broken at number %lld: %s"), c->peer->pub.id, (long long)seq, what);
}

/* --- one bundle --- */

static int check_line(const struct chain *c, const struct link *l, const struct metadata *m, struct err *e)
{
	const char *me = store_identity(c->s)->pub.id;

	if (m->kind != METADATA_BUNDLE || strcmp(m->from, c->own ? me : c->peer->pub.id) != 0 || (c->own && strcmp(m->to, c->peer->pub.id) != 0))
		return wrong(c, l->seq, _("its signed line is that of something else"), e);
	if (m->seq != l->seq || m->epoch != l->epoch)
		return wrong(c, l->seq, _("its signed line has another number"), e);
	if (c->before.epoch == l->epoch && strcmp(m->prev, c->before.hash) != 0)
		return wrong(c, l->seq, _("it was written after a bundle with another hash than the one before it"), e);
	return 0;
}

static int check_block(struct chain *c, const struct link *l, struct err *e)
{
	const struct public_identity *by = c->own ? &store_identity(c->s)->pub : &c->peer->pub;
	struct minisig sig;
	struct metadata m;

	if (minisig_read(&sig, l->block, l->block_len, NULL) != 0 || sig.block_len != l->block_len ||
	    metadata_read(&m, sig.trusted, sig.trusted_len, NULL) != 0)
		return wrong(c, l->seq, _("its signature lines are not well-formed"), e);
	if (c->own && strcmp(m.from, by->id) != 0) {
		c->report->foreign++;
		return 0;
	}
	if (minisig_verify_comment(&sig, by) != 0)
		return wrong(c, l->seq, _("the signature is not its sender's"), e);
	return check_line(c, l, &m, e);
}

static int check_place(const struct chain *c, const struct link *l, struct err *e)
{
	bool same = c->before.epoch == l->epoch;
	int64_t first = same ? c->before.seq + 1 : c->own && l->seq == 0 ? 0 : 1;

	if (l->seq != first)
		return wrong(c, first, _("it is missing"), e);
	if (strlen(l->hash) != HASH_HEX_SIZE - 1)
		return wrong(c, l->seq, _("its hash is none"), e);
	if (same && l->numbered && l->first_op != c->before.last_op + 1)
		return wrong(c, l->seq, _("its operations do not follow those of the one before"), e);
	return 0;
}

/* Number 0 of what left is the welcome file, which has no block of this kind. */
static int check_link(struct chain *c, const struct link *l, struct err *e)
{
	if (check_place(c, l, e) != 0 || (l->block != NULL && check_block(c, l, e) != 0))
		return -1;
	if (l->block == NULL)
		c->report->bare += l->seq > 0;
	else if (c->own)
		c->report->sent++;
	else
		c->report->received++;
	c->before = *l;
	return 0;
}

/* --- a chain --- */

/* The newest is what the store goes on from. */
static int check_end(const struct chain *c, struct err *e)
{
	const struct peer *p = c->peer;
	int64_t seq = c->own ? p->out_seq : p->in_seq;
	const char *hash = c->own ? p->out_hash : p->in_hash;

	if (seq == 0)
		return 0;
	if (c->before.epoch != p->epoch || c->before.seq < seq)
		return wrong(c, c->before.epoch != p->epoch ? 1 : c->before.seq + 1, _("it is missing"), e);
	if (c->before.seq > seq)
		return wrong(c, seq + 1, _("it comes after the newest"), e);
	return strcmp(c->before.hash, hash) == 0 ? 0 : wrong(c, seq, _("its hash is another than that of the newest bundle"), e);
}

static void read_link(sqlite3_stmt *st, struct link *l)
{
	*l = (struct link){ .epoch = sqlite3_column_int64(st, 0), .seq = sqlite3_column_int64(st, 1),
		.block = (const char *)sqlite3_column_text(st, 3), .block_len = (size_t)sqlite3_column_bytes(st, 3),
		.first_op = sqlite3_column_int64(st, 4), .last_op = sqlite3_column_int64(st, 5), .numbered = sqlite3_column_int(st, 6) != 0 };
	snprintf(l->hash, sizeof l->hash, "%s", store_text(st, 2));
}

static int check_chain(struct chain *c, const char *sql, struct err *e)
{
	sqlite3_stmt *st = store_prepare(c->s, sql, e);
	int more;

	if (st == NULL)
		return -1;
	store_bind_text(st, 1, c->peer->pub.id);
	while ((more = store_step(c->s, st, e)) == 1) {
		struct link l;

		read_link(st, &l);
		if (check_link(c, &l, e) != 0) {
			more = -1;
			break;
		}
	}
	sqlite3_reset(st);
	return more == 0 ? check_end(c, e) : -1;
}

struct all { struct store *s; struct chain_report *report; };

static int check_peer(void *context, struct peer *p, struct err *e)
{
	struct all *all = context;
	struct chain in = { .s = all->s, .peer = p, .report = all->report }, out = in;

	out.own = true;
	if (check_chain(&in, "SELECT epoch, seq, hash, block, 0, 0, 0 FROM bundle_in WHERE peer = ?1 ORDER BY epoch, seq", e) != 0)
		return -1;
	return check_chain(&out, "SELECT epoch, seq, hash, block, first_op, last_op, sum IS NOT NULL FROM outbox WHERE peer = ?1 ORDER BY epoch, seq", e);
}

/* A chain of somebody whom the store does not know has no keys to be followed with. */
static int check_strangers(struct store *s, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, "SELECT peer, seq FROM bundle_in WHERE peer NOT IN (SELECT id FROM peer) LIMIT 1", e);
	int found = st == NULL ? -1 : store_step(s, st, e);

	if (found == 1)
		err_set(e, ERR_DAMAGED, _("bundle %lld came from %s, whom this store does not know"), (long long)sqlite3_column_int64(st, 1),
		    store_text(st, 0));
	if (st != NULL)
		sqlite3_reset(st);
	return found == 0 ? 0 : -1;
}

int chain_check(struct store *s, struct chain_report *r, struct err *e)
{
	struct all all = { s, r };

	*r = (struct chain_report){ 0 };
	if (check_strangers(s, e) != 0 || peer_each(s, NULL, check_peer, &all, e) != 0)
		return -1;
	return provenance_check(store_journal(s), e);
}
