#include "sync/outbox.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "crypto/minisig.h"

/* Binds the first two parameters: the peer and its epoch. */
static sqlite3_stmt *prepare(struct store *s, const char *sql, const struct peer *p, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, sql, e);

	if (st == NULL)
		return NULL;
	store_bind_text(st, 1, p->pub.id);
	sqlite3_bind_int64(st, 2, p->epoch);
	return st;
}

int outbox_add(struct store *s, struct peer *p, const struct outbox_bundle *b, const struct buf *file,
    struct err *e)
{
	sqlite3_stmt *st = prepare(s,
	    "INSERT INTO outbox(peer, epoch, seq, hash, first_op, last_op, file, written, block, sum)"
	    " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)", p, e);
	struct minisig sig;

	if (st == NULL)
		return -1;
	sqlite3_bind_int64(st, 3, b->seq);
	store_bind_text(st, 4, b->hash);
	sqlite3_bind_int64(st, 5, b->first_op);
	sqlite3_bind_int64(st, 6, b->last_op);
	sqlite3_bind_blob64(st, 7, file->data, file->len, SQLITE_STATIC);
	sqlite3_bind_int64(st, 8, clock_wall_ms());
	if (minisig_read(&sig, file->data, file->len, e) != 0)
		return -1;
	sqlite3_bind_text(st, 9, file->data, (int)sig.block_len, SQLITE_STATIC);
	if (b->own)
		sqlite3_bind_int64(st, 10, b->sum);
	else
		sqlite3_bind_null(st, 10);
	if (store_run(s, st, e) != 0)
		return -1;
	p->out_seq = b->seq;
	p->out_op = b->last_op;
	snprintf(p->out_hash, sizeof p->out_hash, "%s", b->hash);
	return peer_save(s, p, e);
}

int outbox_find(struct store *s, const struct peer *p, int64_t seq, struct outbox_bundle *b, bool *kept,
    struct err *e)
{
	sqlite3_stmt *st = prepare(s,
	    "SELECT hash, first_op, last_op, file IS NOT NULL FROM outbox WHERE peer = ?1 AND epoch = ?2 AND seq = ?3", p, e);
	int found;

	if (st == NULL)
		return -1;
	sqlite3_bind_int64(st, 3, seq);
	found = store_step(s, st, e);
	if (found == 1) {
		b->seq = seq;
		snprintf(b->hash, sizeof b->hash, "%s", store_text(st, 0));
		b->first_op = sqlite3_column_int64(st, 1);
		b->last_op = sqlite3_column_int64(st, 2);
		*kept = sqlite3_column_int(st, 3) != 0;
	}
	sqlite3_reset(st);
	return found;
}

int outbox_is_done(struct store *s, const struct peer *p, const struct metadata *m, struct err *e)
{
	struct outbox_bundle b;
	bool kept = true;
	int found;

	if (m->kind != METADATA_BUNDLE || strcmp(m->from, store_identity(s)->pub.id) != 0 ||
	    strcmp(m->to, p->pub.id) != 0)
		return 0;
	if (m->epoch < p->epoch)
		return 1;
	found = outbox_find(s, p, m->seq, &b, &kept, e);
	return found == 1 ? !kept : found;
}

int outbox_confirm(struct store *s, const struct peer *p, int64_t seq, struct err *e)
{
	sqlite3_stmt *st = prepare(s,
	    "UPDATE outbox SET file = NULL, void = 0 WHERE peer = ?1 AND epoch = ?2 AND seq <= ?3 AND (file IS NOT NULL OR void = 1)",
	    p, e);

	if (st == NULL)
		return -1;
	sqlite3_bind_int64(st, 3, seq);
	return store_run(s, st, e);
}

int outbox_receipt(struct store *s, const struct peer *p, int64_t seq, int64_t accepted, int64_t refused,
    struct err *e)
{
	sqlite3_stmt *st = prepare(s,
	    "UPDATE outbox SET file = NULL, accepted = ?4, refused = ?5 WHERE peer = ?1 AND epoch = ?2 AND seq = ?3", p, e);

	if (st == NULL)
		return -1;
	sqlite3_bind_int64(st, 3, seq);
	sqlite3_bind_int64(st, 4, accepted);
	sqlite3_bind_int64(st, 5, refused);
	return store_run(s, st, e);
}

int outbox_begin(struct store *s, const struct peer *p, struct err *e)
{
	sqlite3_stmt *st = prepare(s,
	    "INSERT OR REPLACE INTO outbox(peer, epoch, seq, hash, first_op, last_op) VALUES(?1, ?2, 0, ?3, ?4, ?4)", p, e);

	if (st == NULL)
		return -1;
	store_bind_text(st, 3, p->out_hash);
	sqlite3_bind_int64(st, 4, p->out_op);
	return store_run(s, st, e);
}

int outbox_rewind(struct store *s, struct peer *p, const struct outbox_bundle *b, struct err *e)
{
	struct outbox_bundle before;
	sqlite3_stmt *st;
	bool kept;
	int found = outbox_find(s, p, b->seq - 1, &before, &kept, e);

	if (found != 1)
		return found < 0 ? -1 : err_set(e, ERR_DAMAGED,
		    _("the bundle before number %lld is not known any more"), (long long)b->seq);
	st = prepare(s, "DELETE FROM outbox WHERE peer = ?1 AND epoch = ?2 AND seq >= ?3", p, e);
	if (st == NULL)
		return -1;
	sqlite3_bind_int64(st, 3, b->seq);
	p->out_seq = before.seq;
	p->out_op = before.last_op;
	snprintf(p->out_hash, sizeof p->out_hash, "%s", before.hash);
	return store_run(s, st, e);
}

int outbox_clear(struct store *s, const struct peer *p, struct err *e)
{
	sqlite3_stmt *st = prepare(s,
	    "UPDATE outbox SET file = NULL WHERE peer = ?1 AND epoch <= ?2 AND file IS NOT NULL", p, e);

	return st == NULL ? -1 : store_run(s, st, e);
}

int outbox_each(struct store *s, const struct peer *p, outbox_fn each, void *context, struct err *e)
{
	sqlite3_stmt *st = prepare(s,
	    "SELECT seq, file FROM outbox WHERE peer = ?1 AND epoch = ?2 AND file IS NOT NULL ORDER BY seq", p,
	    e);
	int more;

	if (st == NULL)
		return -1;
	while ((more = store_step(s, st, e)) == 1)
		if (each(context, sqlite3_column_int64(st, 0), sqlite3_column_blob(st, 1),
		    (size_t)sqlite3_column_bytes(st, 1), e) != 0) {
			more = -1;
			break;
		}
	sqlite3_reset(st);
	return more;
}

int outbox_next(struct store *s, const struct peer *p, int64_t after, struct outbox_bundle *b, int64_t *size, struct buf *file, struct err *e)
{
	sqlite3_stmt *st = prepare(s, "SELECT seq, hash, length(file), iif(?4, file, NULL), first_op, last_op FROM outbox"
	    " WHERE peer = ?1 AND epoch = ?2 AND seq > ?3 AND file IS NOT NULL ORDER BY seq LIMIT 1", p, e);
	int found;

	if (st == NULL)
		return -1;
	sqlite3_bind_int64(st, 3, after);
	sqlite3_bind_int(st, 4, file != NULL);
	found = store_step(s, st, e);
	if (found == 1) {
		*b = (struct outbox_bundle){ .seq = sqlite3_column_int64(st, 0), .first_op = sqlite3_column_int64(st, 4), .last_op = sqlite3_column_int64(st, 5) };
		snprintf(b->hash, sizeof b->hash, "%s", store_text(st, 1));
		*size = sqlite3_column_int64(st, 2);
		if (file != NULL)
			buf_add(file, sqlite3_column_blob(st, 3), (size_t)*size);
	}
	sqlite3_reset(st);
	return found;
}

int outbox_total(struct store *s, const struct peer *p, int *bundles, int64_t *bytes, struct err *e)
{
	sqlite3_stmt *st = prepare(s, "SELECT count(*), coalesce(sum(length(file)), 0) FROM outbox WHERE peer = ?1 AND epoch = ?2 AND file IS NOT NULL", p, e);

	if (st == NULL || store_step(s, st, e) != 1)
		return -1;
	*bundles = sqlite3_column_int(st, 0);
	*bytes = sqlite3_column_int64(st, 1);
	sqlite3_reset(st);
	return 0;
}
