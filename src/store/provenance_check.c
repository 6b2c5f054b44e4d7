/* The sums of the bundles against the operations that are here. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "store/journal_private.h"
#include "store/provenance.h"

struct arrived {
	int64_t no, sum, found, seq;
	bool summed;
	char peer[DEVICE_ID_SIZE];
};

struct check {
	struct journal *j;
	struct arrived *bundle;		/* by number */
	int count, room;
	bool older;			/* bundles were applied before their numbers were kept */
};

static const char *text(sqlite3_stmt *st, int i)
{
	const char *t = (const char *)sqlite3_column_text(st, i);

	return t != NULL ? t : "";
}

static int end(struct journal *j, sqlite3_stmt *st, int rc, struct err *e)
{
	if (rc != SQLITE_DONE && rc != SQLITE_ROW)
		journal_fail(j, e);
	sqlite3_finalize(st);
	return rc == SQLITE_DONE ? 0 : -1;
}

/* --- what arrived --- */

static int load_bundles(struct check *c, struct err *e)
{
	sqlite3_stmt *st = journal_prepare(c->j, "SELECT no, sum, seq, peer FROM bundle_in b WHERE no IS NOT NULL OR NOT EXISTS(SELECT 1 FROM bundle_in n"
	    " WHERE n.peer = b.peer AND n.epoch = b.epoch AND n.seq < b.seq AND n.no IS NOT NULL)"
	    /* The store has become another device, and what it did before keeps no bundle until the feed brings it (aside.h). */
	    " UNION ALL SELECT NULL, NULL, 0, '' FROM setting WHERE (key = 'anew' AND value = 'join') OR key = 'own_tag' ORDER BY no", e);
	int rc;

	if (st == NULL)
		return -1;
	while ((rc = sqlite3_step(st)) == SQLITE_ROW) {
		struct arrived *b;

		if (sqlite3_column_type(st, 0) == SQLITE_NULL) {
			c->older = true;
			continue;
		}
		if (c->count == c->room) {
			c->room = c->room > 0 ? c->room * 2 : 64;
			c->bundle = mem_resize(c->bundle, (size_t)c->room, sizeof *c->bundle);
		}
		b = &c->bundle[c->count++];
		*b = (struct arrived){ .no = sqlite3_column_int64(st, 0), .sum = sqlite3_column_int64(st, 1), .seq = sqlite3_column_int64(st, 2),
			.summed = sqlite3_column_type(st, 1) != SQLITE_NULL };
		strncpy(b->peer, text(st, 3), sizeof b->peer - 1);
	}
	return end(c->j, st, rc, e);
}

static int compare(const void *a, const void *b)
{
	const struct arrived *x = a, *y = b;

	return x->no < y->no ? -1 : x->no > y->no;
}

static int no_bundle(struct check *c, const struct operation *op, struct err *e)
{
	return err_set(e, ERR_DAMAGED, _("operation %lld of device %s stands in the journal, but in none of the bundles that arrived"),
	    (long long)op->seq, c->j->devices[op->dev].tag);
}

static int count_in(struct check *c, const struct operation *op, int64_t no, struct err *e)
{
	const struct arrived key = { .no = no };
	struct arrived *b = no > 0 && c->count > 0 ? bsearch(&key, c->bundle, (size_t)c->count, sizeof *c->bundle, compare) : NULL;

	if (b == NULL)
		return op->dev == 1 || (no == 0 && c->older) ? 0 : no_bundle(c, op, e);
	b->found = provenance_plus(b->found, provenance_sum(c->j, op));
	return 0;
}

/* Own operations without a bundle are not looked at here: they are what left. */
static int walk(struct check *c, struct err *e)
{
	sqlite3_stmt *st = journal_prepare(c->j, "SELECT dev, seq, hlc, tbl, kind, pk, body, bundle FROM oplog WHERE dev <> 1 OR bundle IS NOT NULL", e);
	int rc;

	if (st == NULL)
		return -1;
	while ((rc = sqlite3_step(st)) == SQLITE_ROW) {
		struct operation op = { .dev = sqlite3_column_int(st, 0), .seq = sqlite3_column_int64(st, 1), .hlc = (uint64_t)sqlite3_column_int64(st, 2),
			.tbl = sqlite3_column_int(st, 3), .kind = sqlite3_column_int(st, 4), .pk = text(st, 5), .pk_len = (size_t)sqlite3_column_bytes(st, 5),
			.body = (const char *)sqlite3_column_text(st, 6), .body_len = (size_t)sqlite3_column_bytes(st, 6) };

		if (op.dev < 1 || op.dev >= c->j->device_count) {
			err_set(e, ERR_DAMAGED, _("operation %lld of the journal is damaged"), (long long)op.seq);
			break;
		}
		if (count_in(c, &op, sqlite3_column_int64(st, 7), e) != 0)
			break;
	}
	return end(c->j, st, rc, e);
}

static int check_arrived(struct check *c, struct err *e)
{
	if (load_bundles(c, e) != 0 || walk(c, e) != 0)
		return -1;
	for (int i = 0; i < c->count; i++)
		if (c->bundle[i].summed && c->bundle[i].sum != c->bundle[i].found)
			return err_set(e, ERR_DAMAGED, _("operations of bundle %lld of %s are not what arrived in it: one was changed, added or removed"),
			    (long long)c->bundle[i].seq, c->bundle[i].peer);
	return 0;
}

/* --- what left --- */

static int check_sent(struct check *c, struct err *e)
{
	sqlite3_stmt *st = journal_prepare(c->j, "SELECT seq, first_op, last_op, sum FROM outbox WHERE sum IS NOT NULL ORDER BY epoch, seq", e);
	int rc;

	if (st == NULL)
		return -1;
	while ((rc = sqlite3_step(st)) == SQLITE_ROW) {
		int64_t sum = provenance_own_sum(c->j, sqlite3_column_int64(st, 1), sqlite3_column_int64(st, 2), e);

		if (sum >= 0 && sum != sqlite3_column_int64(st, 3))
			err_set(e, ERR_DAMAGED, _("operations of this store's own bundle %lld are not what left in it: one was changed, added or removed"),
			    (long long)sqlite3_column_int64(st, 0));
		if (sum != sqlite3_column_int64(st, 3))
			break;
	}
	return end(c->j, st, rc, e);
}

int provenance_check(struct journal *j, struct err *e)
{
	struct check c = { .j = j };
	int rc = journal_fresh_devices(j, e) == 0 && check_arrived(&c, e) == 0 ? check_sent(&c, e) : -1;

	free(c.bundle);
	return rc;
}
