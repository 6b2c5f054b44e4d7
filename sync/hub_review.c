/* What a device did, and whose data it held: for who reviews a loss. */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "store/dictionary.h"
#include "store/journal.h"
#include "sync/hub.h"
#include "sync/hub_roster.h"
#include "sync/op_fields.h"
#include "sync/peer.h"

int hub_review_begin(struct store *s, const char *device, int64_t *after_seq, char id[33], struct err *e)
{
	sqlite3_stmt *st;
	int found;

	if (roster_find(s, device, id, e) != 0)
		return -1;
	if (*after_seq >= 0)
		return 0;
	st = store_prepare(s, "SELECT iif(state = 'revoked' AND revoked_after < in_seq, revoked_after, 0) FROM peer WHERE id = ?1", e);
	if (st == NULL)
		return -1;
	store_bind_text(st, 1, id);
	found = store_step(s, st, e);
	*after_seq = found == 1 ? sqlite3_column_int64(st, 0) : 0;
	sqlite3_reset(st);
	return found < 0 ? -1 : 0;
}

/* --- changes --- */

/* Names of the fields that an edit sets, as its body names them by number. */
static void name_fields(struct op_fields *f, struct journal *j, const struct operation *op, struct buf *out)
{
	const struct table *t = dictionary_known(j, op->tbl);

	if (op->kind != OPERATION_UPDATE || t == NULL || op->body == NULL || op_fields_read(f, j, t, op, NULL) != 0)
		return;
	for (int i = 0; i < t->count; i++)
		if (f->set[i])
			buf_addf(out, "%s%s", out->len > 0 ? " " : "", t->columns[i].name);
}

static const char *kind_word(int kind)
{
	return kind == OPERATION_INSERT ? "insert" : kind == OPERATION_ERASE ? "erase" : "update";
}

static int tell_change(struct journal *j, struct op_fields *f, sqlite3_stmt *st, hub_change_fn each, void *context, struct err *e)
{
	struct operation op = { .seq = sqlite3_column_int64(st, 0), .tbl = sqlite3_column_int(st, 3), .kind = sqlite3_column_int(st, 5),
		.pk = store_text(st, 4), .pk_len = (size_t)sqlite3_column_bytes(st, 4), .body = (const char *)sqlite3_column_text(st, 6),
		.body_len = (size_t)sqlite3_column_bytes(st, 6) };
	struct buf fields = BUF_INIT;
	struct hub_change c;
	int result;

	name_fields(f, j, &op, &fields);
	c = (struct hub_change){ .seq = op.seq, .ms = clock_ms((uint64_t)sqlite3_column_int64(st, 1)), .bundle = sqlite3_column_int64(st, 2),
		.table = store_text(st, 8), .id = op.pk, .kind = kind_word(op.kind), .fields = fields.len > 0 ? fields.data : "", .refused = store_text(st, 7) };
	result = each(context, &c, e);
	buf_release(&fields);
	return result;
}

int hub_changes_each(struct store *s, const char *device, int64_t after_seq, hub_change_fn each, void *context, struct err *e)
{
	char id[DEVICE_ID_SIZE];
	struct op_fields f;
	sqlite3_stmt *st;
	int more;

	if (hub_review_begin(s, device, &after_seq, id, e) != 0)
		return -1;
	st = store_prepare(s, "SELECT o.seq, o.hlc, b.seq, o.tbl, o.pk, o.kind, o.body, coalesce(r.reason, ''), d.name FROM peer p"
	    " JOIN bundle_in b ON b.peer = p.id AND b.epoch = p.epoch AND b.seq > ?2 JOIN device v ON v.tag = p.tag"
	    " JOIN oplog o ON o.dev = v.no AND o.bundle = b.no LEFT JOIN refused r ON r.dev = o.dev AND r.seq = o.seq"
	    " JOIN dict_table d ON d.no = o.tbl WHERE p.id = ?1 ORDER BY o.seq", e);
	if (st == NULL)
		return -1;
	store_bind_text(st, 1, id);
	sqlite3_bind_int64(st, 2, after_seq);
	op_fields_init(&f);
	while ((more = store_step(s, st, e)) == 1)
		if (tell_change(store_journal(s), &f, st, each, context, e) != 0) {
			more = -1;
			break;
		}
	op_fields_release(&f);
	sqlite3_reset(st);
	return more;
}

/* --- people --- */

/* Of what was put into its feed only that counts which stood in a bundle that was made. A person whom the device itself entered was there before any feed. */
int hub_held_each(struct store *s, const char *device, hub_held_fn each, void *context, struct err *e)
{
	char id[DEVICE_ID_SIZE];
	sqlite3_stmt *st;
	int more;

	if (roster_find(s, device, id, e) != 0)
		return -1;
	st = store_prepare(s, "WITH me AS (SELECT p.id, p.tag, v.no, (SELECT coalesce(max(last_op), 0) FROM outbox WHERE peer = p.id) AS sent"
	    " FROM peer p JOIN device v ON v.tag = p.tag WHERE p.id = ?1),"
	    " kept(pk, how) AS (SELECT s.pk, iif(s.gone IS NULL OR s.gone > me.sent, 0, 1) FROM scope s JOIN me ON s.device = me.no"
	    "  WHERE s.tbl = ?2 AND s.entered <= me.sent"
	    " UNION ALL SELECT q.id, 0 FROM person q, me WHERE q.id > me.tag || '-' AND q.id < me.tag || '.'"
	    " UNION ALL SELECT n.pk, 2 FROM named n JOIN me ON n.device = me.no WHERE n.tbl = ?2 AND n.pos <= me.sent)"
	    " SELECT k.pk, coalesce(q.name, ''), coalesce(q.municipality, ''), coalesce(q.phone, ''), coalesce(q.email, ''), min(k.how)"
	    " FROM kept k LEFT JOIN person q ON q.id = k.pk WHERE NOT EXISTS(SELECT 1 FROM erased x WHERE x.tbl = ?2 AND x.pk = k.pk)"
	    " GROUP BY k.pk ORDER BY q.name, k.pk", e);
	if (st == NULL)
		return -1;
	store_bind_text(st, 1, id);
	sqlite3_bind_int(st, 2, dictionary_table(store_journal(s), "person"));
	while ((more = store_step(s, st, e)) == 1) {
		static const char *const how[] = { "held", "earlier", "name" };
		const struct hub_held h = { .id = store_text(st, 0), .name = store_text(st, 1), .municipality = store_text(st, 2), .phone = store_text(st, 3),
			.email = store_text(st, 4), .how = how[sqlite3_column_int(st, 5)] };

		if (each(context, &h, e) != 0) {
			more = -1;
			break;
		}
	}
	sqlite3_reset(st);
	return more;
}
