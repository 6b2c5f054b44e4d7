/* What the hub does with a device's bundle: every operation is judged, and taken or refused by itself. */
#include "sync/apply.h"

#include <string.h>

#include "base/i18n.h"
#include "store/merge.h"
#include "sync/closing.h"
#include "sync/feed.h"
#include "sync/hold.h"
#include "sync/outbox.h"
#include "sync/receipts.h"
#include "sync/replicas.h"
#include "sync/restored.h"
#include "sync/rights.h"

/* The furthest position that ever stood in a bundle to this device, in this enrolment or one before. */
static int find_sent(struct apply *a, struct err *e)
{
	sqlite3_stmt *st = store_prepare(a->s, "SELECT coalesce(max(last_op), 0) FROM outbox WHERE peer = ?1",
	    e);

	if (st == NULL)
		return -1;
	store_bind_text(st, 1, a->peer->pub.id);
	if (store_step(a->s, st, e) != 1)
		return -1;
	a->sent = sqlite3_column_int64(st, 0);
	sqlite3_reset(st);
	return 0;
}

static int begin(struct apply *a, struct err *e)
{
	const struct bundle_head *h = &a->head;

	if (h->first_op != a->peer->in_op + 1)
		return apply_wrong(e, _("its operations do not follow the last known ones"));
	if (h->last_op - h->first_op + 1 != h->ops)
		return apply_wrong(e, _("the number of operations differs from what its records say"));
	if (find_sent(a, e) != 0)
		return -1;
	a->stale = h->ack_seq > a->peer->out_seq && h->ack_seq < NUMBER_END;
	if (h->ack_seq > a->peer->out_seq || h->ack_pos > a->sent)
		return apply_wrong(e, _("it acknowledges what was never sent"));
	a->dev = journal_device(a->j, a->peer->pub.tag, e);
	if (a->dev < 0)
		return -1;
	a->seq = h->first_op;
	a->rights = rights_new(a->s, a->peer, a->dev, e);
	return a->rights == NULL ? -1 : hold_begin(a->hold, a->dev, e);
}

static int record(struct apply *a, const char *rec, const char *line, size_t len, struct err *e)
{
	if (strcmp(rec, "about") == 0)
		return closing_about_take(a, line, len, e) != 0 ? -1 : 1;
	if (strcmp(rec, "withdrawn") == 0)
		return withdrawn_take(a, line, len, e) != 0 ? -1 : 1;
	return 0;
}

static int run(struct apply *a, struct err *e)
{
	if (strcmp(a->tag, a->peer->pub.tag) != 0)
		return apply_wrong(e, _("it brings operations of another device"));
	if (a->seq != a->head.first_op + a->ops)
		return apply_wrong(e, _("a number of an operation is missing or comes twice"));
	if (a->pos > a->sent)
		return apply_wrong(e, _("it names a position that was never sent"));
	return 0;
}

/* Into the journal and the receipt, not into a row. */
static int put_by(struct apply *a, const struct operation *op, const char *reason, struct err *e)
{
	sqlite3_stmt *st;

	if (journal_keep_refused(a->j, op, reason, e) != 0)
		return -1;
	st = store_prepare(a->s, "INSERT INTO receipt_refused(peer, seq, op, reason) VALUES(?1, ?2, ?3, ?4)",
	    e);
	if (st == NULL)
		return -1;
	store_bind_text(st, 1, a->peer->pub.id);
	sqlite3_bind_int64(st, 2, a->meta->seq);
	sqlite3_bind_int64(st, 3, op->seq);
	store_bind_text(st, 4, reason);
	return store_run(a->s, st, e);
}

static int refuse(struct apply *a, const struct operation *op, const char *reason, struct err *e)
{
	a->refused++;
	return put_by(a, op, reason, e) != 0 ? -1 : rights_note_refused(a->rights, op, e);
}

/* Agreed to, it is merged without being looked at again: so it has the form of an operation now. */
static int put_off(struct apply *a, const struct operation *op, const struct rights_waits *w, struct err *e)
{
	a->waiting++;
	if (merge_check(a->j, op, e) != 0 || put_by(a, op, HOLD_WAITS, e) != 0 || rights_note_held(a->rights, op, w, e) != 0)
		return -1;
	for (int i = 0; i < w->count; i++)
		if (hold_keep(a->hold, op, w->question[i], i == w->asked, e) != 0)
			return -1;
	return 0;
}

/* What the operation waits for. A deletion that waits for what it rests on is one more for the guard, too, unless it is of a record that was asked about. */
static int find_waits(struct apply *a, const struct operation *op, struct rights_waits *w, struct err *e)
{
	const char *question;
	int asked;

	if (rights_waits_for(a->rights, op, w, e) != 0)
		return -1;
	if (!rights_deletes(a->rights, op))
		return 0;
	if ((question = hold_of(a->hold, op)) != NULL) {
		rights_waits_too(w, question);
		return 0;
	}
	asked = w->count > 0 ? rights_asked(a->rights, op, e) : 0;
	return asked != 0 ? asked < 0 ? -1 : 0 : hold_note(a->hold, op, w->count > 0, e);
}

static int arrive(struct apply *a, const struct operation *op, struct err *e)
{
	sqlite3_stmt *st = store_prepare(a->s,
	    "INSERT OR IGNORE INTO arrived(dev, seq, tbl, pk, kind) VALUES(?1, ?2, ?3, ?4, ?5)", e);

	if (st == NULL)
		return -1;
	sqlite3_bind_int(st, 1, op->dev);
	sqlite3_bind_int64(st, 2, op->seq);
	sqlite3_bind_int(st, 3, op->tbl);
	sqlite3_bind_text(st, 4, op->pk, (int)op->pk_len, SQLITE_STATIC);
	sqlite3_bind_int(st, 5, op->kind);
	return store_run(a->s, st, e);
}

static int operation(struct apply *a, const struct operation *op, struct err *e)
{
	enum merge_result result;
	struct rights_waits waits;
	const char *reason;
	char said[40];
	int withdrawn = withdrawn_reason(a, op->seq, said, e);

	if (withdrawn < 0 || rights_judge(a->rights, op, a->pos, &reason, e) != 0)
		return -1;
	if (withdrawn == 1)
		return refuse(a, op, said, e);
	if (reason != NULL)
		return refuse(a, op, reason, e);
	if (find_waits(a, op, &waits, e) != 0)
		return -1;
	if (waits.too_many)
		return refuse(a, op, "depends", e);
	if (waits.count > 0)
		return put_off(a, op, &waits, e);
	a->accepted++;
	if (op->hlc > a->newest)
		a->newest = op->hlc;
	if ((op->kind == OPERATION_ERASE ? apply_erase(a, op, e) : merge_operation(a->j, op, &result, e)) != 0)
		return -1;
	if (rights_note_accepted(a->rights, op, e) != 0)
		return -1;
	return arrive(a, op, e);
}

/* The device's word for how far it has read the feed. */
static int acknowledged(struct apply *a, struct err *e)
{
	if (outbox_confirm(a->s, a->peer, a->head.ack_seq, e) != 0 || receipts_heard(a->s, a->peer, a->head.ack_seq, e) != 0)
		return -1;
	/* A program that does not know erasures has kept what it read of them, and will act on it when it has become a newer one. */
	if (replicas_heard(a->s, a->peer, a->head.schema < ERASURE_SCHEMA ? 0 : a->head.ack_pos, e) != 0)
		return -1;
	if (a->head.ack_pos <= a->peer->done_op)
		return 0;
	a->peer->done_op = a->head.ack_pos;
	if (a->peer->out_op < a->head.ack_pos)
		a->peer->out_op = a->head.ack_pos;
	return feed_acknowledged(a->s, a->dev, a->head.ack_pos, e);
}

static int end(struct apply *a, struct err *e)
{
	sqlite3_stmt *st = store_prepare(a->s,
	    "INSERT INTO receipt_due(peer, seq, hash, accepted) VALUES(?1, ?2, ?3, ?4)", e);

	if (st == NULL)
		return -1;
	store_bind_text(st, 1, a->peer->pub.id);
	sqlite3_bind_int64(st, 2, a->meta->seq);
	store_bind_text(st, 3, a->hash);
	sqlite3_bind_int64(st, 4, a->accepted);
	if (store_run(a->s, st, e) != 0)
		return -1;
	if (hold_ask(a->hold, a->peer, a->head.first_op, a->head.last_op, e) != 0)
		return -1;
	a->peer->in_op = a->head.last_op;
	/* The first bundle proves that the device could open its welcome. */
	if (peer_in_state(a->peer, "approved"))
		strcpy(a->peer->state, "active");
	return acknowledged(a, e);
}

static void release(struct apply *a)
{
	rights_free(a->rights);
}

const struct apply_side apply_hub = {
	.begin = begin, .record = record, .run = run, .operation = operation, .end = end, .release = release
};
