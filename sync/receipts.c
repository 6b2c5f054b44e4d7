#include "sync/receipts.h"

#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "store/dictionary.h"
#include "store/journal_clock.h"
#include "sync/outbox.h"

#define REFUSED_A_RECORD 2000
#define REASON_MAX 32

int receipts_due(struct store *s, const struct peer *p, struct err *e)
{
	/* The receipt of a bundle that only acknowledges waits for a bundle that is written anyway. */
	sqlite3_stmt *st = store_prepare(s, "SELECT 1 FROM receipt_due d WHERE peer = ?1 AND told IS NULL AND (accepted > 0 OR EXISTS"
	    "(SELECT 1 FROM receipt_refused r WHERE r.peer = d.peer AND r.seq = d.seq)) UNION ALL"
	    " SELECT 1 FROM refusal_due WHERE peer = ?1 AND told IS NULL LIMIT 1", e);
	int due;

	if (st == NULL)
		return -1;
	store_bind_text(st, 1, p->pub.id);
	due = store_step(s, st, e);
	sqlite3_reset(st);
	return due;
}

static void open_record(struct buf *out, int64_t seq, const char *hash, int64_t accepted)
{
	buf_adds(out, "{\"rec\":\"receipt\",\"seq\":");
	buf_addi(out, seq);
	buf_addf(out, ",\"hash\":\"%s\",\"accepted\":", hash);
	buf_addi(out, accepted);
	buf_adds(out, ",\"refused\":[");
}

static int write_one(struct store *s, const struct peer *p, int64_t seq, const char *hash, int64_t accepted,
    struct buf *out, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s,
	    "SELECT op, reason FROM receipt_refused WHERE peer = ?1 AND seq = ?2 ORDER BY op", e);
	int more, count = 0;

	if (st == NULL)
		return -1;
	store_bind_text(st, 1, p->pub.id);
	sqlite3_bind_int64(st, 2, seq);
	open_record(out, seq, hash, accepted);
	while ((more = store_step(s, st, e)) == 1) {
		if (count == REFUSED_A_RECORD) {
			buf_adds(out, "]}\n");
			open_record(out, seq, hash, accepted);
			count = 0;
		}
		buf_adds(out, count++ > 0 ? ",[" : "[");
		buf_addi(out, sqlite3_column_int64(st, 0));
		buf_addc(out, ',');
		json_strings(out, store_text(st, 1));
		buf_addc(out, ']');
	}
	buf_adds(out, "]}\n");
	sqlite3_reset(st);
	return more;
}

/* Parameters: 1 the peer, 2 a number of a bundle, where the statement has it. */
static int run_each(struct store *s, const char *const *statements, size_t count, const struct peer *p, int64_t seq, struct err *e)
{
	for (size_t i = 0; i < count; i++) {
		sqlite3_stmt *st = store_prepare(s, statements[i], e);

		if (st == NULL)
			return -1;
		store_bind_text(st, 1, p->pub.id);
		if (sqlite3_bind_parameter_count(st) > 1)
			sqlite3_bind_int64(st, 2, seq);
		if (store_run(s, st, e) != 0)
			return -1;
	}
	return 0;
}

static int note_told(struct store *s, const struct peer *p, struct err *e)
{
	static const char *const note[] = {
		/* What was parked behind a refused bundle will come anew, with another past. */
		"DELETE FROM parked WHERE peer = ?1 AND seq > (SELECT min(seq) FROM refusal_due WHERE peer = ?1 AND told IS NULL)",
		"UPDATE receipt_due SET told = ?2 WHERE peer = ?1 AND told IS NULL",
		"UPDATE refusal_due SET told = ?2 WHERE peer = ?1 AND told IS NULL" };

	return run_each(s, note, sizeof note / sizeof *note, p, p->out_seq + 1, e);
}

int receipts_heard(struct store *s, const struct peer *p, int64_t seq, struct err *e)
{
	static const char *const forget[] = {
		"DELETE FROM receipt_refused WHERE peer = ?1 AND seq IN (SELECT seq FROM receipt_due WHERE peer = ?1 AND told <= ?2)",
		"DELETE FROM receipt_due WHERE peer = ?1 AND told <= ?2",
		"DELETE FROM refusal_due WHERE peer = ?1 AND told <= ?2" };

	return run_each(s, forget, sizeof forget / sizeof *forget, p, seq, e);
}

int receipts_again(struct store *s, const struct peer *p, int64_t seq, struct err *e)
{
	static const char *const again[] = { "UPDATE receipt_due SET told = NULL WHERE peer = ?1 AND told >= ?2",
		"UPDATE refusal_due SET told = NULL WHERE peer = ?1 AND told >= ?2" };

	return run_each(s, again, sizeof again / sizeof *again, p, seq, e);
}

static int write_refusals(struct store *s, const struct peer *p, struct buf *out, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, "SELECT seq, hash FROM refusal_due WHERE peer = ?1 AND told IS NULL ORDER BY seq",
	    e);
	int more;

	if (st == NULL)
		return -1;
	store_bind_text(st, 1, p->pub.id);
	while ((more = store_step(s, st, e)) == 1) {
		buf_adds(out, "{\"rec\":\"refusal\",\"seq\":");
		buf_addi(out, sqlite3_column_int64(st, 0));
		buf_addf(out, ",\"hash\":\"%s\"}\n", store_text(st, 1));
	}
	sqlite3_reset(st);
	return more;
}

int receipts_write(struct store *s, const struct peer *p, struct buf *out, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s,
	    "SELECT seq, hash, accepted FROM receipt_due WHERE peer = ?1 AND told IS NULL ORDER BY seq", e);
	int more;

	if (st == NULL)
		return -1;
	store_bind_text(st, 1, p->pub.id);
	while ((more = store_step(s, st, e)) == 1)
		if (write_one(s, p, sqlite3_column_int64(st, 0), store_text(st, 1), sqlite3_column_int64(st, 2),
		    out, e) != 0) {
			more = -1;
			break;
		}
	sqlite3_reset(st);
	return more != 0 || write_refusals(s, p, out, e) != 0 ? -1 : note_told(s, p, e);
}

int refusal_note(struct store *s, const struct peer *p, int64_t seq, const char *hash, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s,
	    "INSERT OR REPLACE INTO refusal_due(peer, seq, hash) VALUES(?1, ?2, ?3)", e);

	if (st == NULL)
		return -1;
	store_bind_text(st, 1, p->pub.id);
	sqlite3_bind_int64(st, 2, seq);
	store_bind_text(st, 3, hash);
	return store_run(s, st, e);
}

/* --- the device's side --- */

static int note_not_accepted(struct apply *a, int64_t seq, const char *reason, struct err *e)
{
	sqlite3_stmt *st = store_prepare(a->s,
	    "INSERT OR IGNORE INTO not_accepted(seq, tbl, pk, reason, kind, body)"
	    " SELECT o.seq, d.name, o.pk, ?2, o.kind, o.body FROM oplog o JOIN dict_table d ON d.no = o.tbl WHERE o.dev = 1 AND o.seq = ?1", e);

	if (st == NULL)
		return -1;
	sqlite3_bind_int64(st, 1, seq);
	store_bind_text(st, 2, reason);
	return store_run(a->s, st, e);
}

static int is_refused(struct apply *a, int64_t seq, struct err *e)
{
	sqlite3_stmt *st = store_prepare(a->s, "SELECT 1 FROM refused WHERE dev = 1 AND seq = ?1", e);
	int found;

	if (st == NULL)
		return -1;
	sqlite3_bind_int64(st, 1, seq);
	found = store_step(a->s, st, e);
	sqlite3_reset(st);
	return found;
}

/* Records are computed anew together, when the bundle is read. */
static int begin_anew(struct apply *a, struct err *e)
{
	if (!a->taken_back && journal_wanted_reset(a->j, e) != 0)
		return -1;
	a->taken_back = true;
	return 0;
}

static int take_back(struct apply *a, int64_t seq, const char *reason, struct err *e)
{
	char pk[RECORD_ID_SIZE];
	int tbl;

	int told = is_refused(a, seq, e);	/* a receipt may come twice; what was corrected or dropped meanwhile does not come back */

	if (told != 0)
		return told < 0 ? -1 : 0;
	if (note_not_accepted(a, seq, reason, e) != 0 || journal_mark_refused(a->j, 1, seq, reason, &tbl, pk,
	    e) != 0)
		return -1;
	return begin_anew(a, e) != 0 ? -1 : journal_wanted_add(a->j, tbl, pk, e);
}

int receipt_arrived(struct apply *a, const struct operation *op, struct err *e)
{
	static const char *const counts_again[] = { "DELETE FROM not_accepted WHERE seq = ?1",
	    "UPDATE outbox SET accepted = accepted + 1, refused = refused - 1 WHERE ?1 BETWEEN first_op AND last_op AND refused > 0" };
	int refused = is_refused(a, op->seq, e);

	if (refused <= 0)
		return refused;
	for (size_t i = 0; i < sizeof counts_again / sizeof *counts_again; i++) {
		sqlite3_stmt *st = store_prepare(a->s, counts_again[i], e);

		if (st == NULL)
			return -1;
		sqlite3_bind_int64(st, 1, op->seq);
		if (store_run(a->s, st, e) != 0)
			return -1;
	}
	return begin_anew(a, e) != 0 || journal_accept(a->j, op->dev, op->seq, e) < 0 ? -1 : 0;
}

/* One [number,"reason"]. */
static int take_refused(struct apply *a, struct json *j, const struct outbox_bundle *b, struct err *e)
{
	char reason[REASON_MAX + 1];
	const char *word;
	size_t len;
	int64_t seq;

	if (json_enter(j, JSON_ARRAY) != 0 || json_read_int(j, &seq) != 0 || json_read_string(j, &word,
	    &len) != 0 || len == 0 ||
	    len > REASON_MAX || seq < b->first_op || seq > b->last_op)
		return apply_wrong(e, _("a receipt names an operation that the bundle did not hold"));
	memcpy(reason, word, len);
	reason[len] = '\0';
	if (json_leave(j) != 0)
		return apply_wrong(e, _("a receipt is not well-formed"));
	if (strcmp(reason, "clock") == 0 && journal_clock_refused(a->j, true, e) != 0)
		return -1;
	return take_back(a, seq, reason, e);
}

static int take_list(struct apply *a, struct json_span list, const struct outbox_bundle *b, struct err *e)
{
	struct json j;
	int result = 0;

	json_open(&j, list.p, list.len);
	if (json_enter(&j, JSON_ARRAY) != 0)
		result = apply_wrong(e, _("a receipt is not well-formed"));
	while (result == 0 && json_peek(&j) != JSON_END)
		result = take_refused(a, &j, b, e);
	json_close(&j);
	return result;
}

int receipt_take_refused(struct apply *a, struct json_span list, int64_t last, struct err *e)
{
	const struct outbox_bundle all = { .first_op = 1, .last_op = last };

	return take_list(a, list, &all, e);
}

int receipt_take(struct apply *a, const char *line, size_t len, struct err *e)
{
	static const char *const keys[] = { "rec", "seq", "hash", "accepted", "refused", NULL };
	struct json_span v[5];
	struct outbox_bundle b;
	int64_t seq, accepted;
	bool kept;
	int found;

	if (apply_keys(line, len, keys, v, e) != 0)
		return -1;
	if (v[1].p == NULL || json_span_int(v[1], &seq) != 0 || v[2].p == NULL || v[3].p == NULL ||
	    json_span_int(v[3], &accepted) != 0 ||
	    v[4].p == NULL)
		return apply_wrong(e, _("a receipt is not well-formed"));
	found = outbox_find(a->s, a->peer, seq, &b, &kept, e);
	if (found < 0)
		return -1;
	if (found == 0 || v[2].len != strlen(b.hash) + 2 || memcmp(v[2].p + 1, b.hash, strlen(b.hash)) != 0 ||
	    accepted < 0 || accepted > b.last_op - b.first_op + 1)
		return apply_wrong(e, _("a receipt is for a bundle that this device did not write"));
	if (b.last_op > a->peer->done_op)
		a->peer->done_op = b.last_op;
	if (outbox_receipt(a->s, a->peer, seq, accepted, b.last_op - b.first_op + 1 - accepted, e) != 0)
		return -1;
	return take_list(a, v[4], &b, e);
}

int refusal_take(struct apply *a, const char *line, size_t len, struct err *e)
{
	static const char *const keys[] = { "rec", "seq", "hash", NULL };
	struct json_span v[3];
	struct outbox_bundle b;
	int64_t seq;
	bool kept;
	int found;

	if (apply_keys(line, len, keys, v, e) != 0)
		return -1;
	if (v[1].p == NULL || json_span_int(v[1], &seq) != 0 || v[2].p == NULL)
		return apply_wrong(e, _("a refusal is not well-formed"));
	found = outbox_find(a->s, a->peer, seq, &b, &kept, e);
	if (found < 0)
		return -1;
	if (found == 0 || !kept || v[2].len != strlen(b.hash) + 2 || memcmp(v[2].p + 1, b.hash,
	    strlen(b.hash)) != 0)
		return 0;
	a->peer->feed_pos = 0;		/* what it acknowledged was not heard either */
	return outbox_rewind(a->s, a->peer, &b, e);
}
