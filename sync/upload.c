#include "sync/upload.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "crypto/secret.h"
#include "store/journal.h"
#include "store/provenance.h"
#include "sync/again.h"
#include "sync/bundle_head.h"
#include "sync/bundle_write.h"
#include "sync/closing.h"
#include "sync/op_lines.h"
#include "sync/outbox.h"
#include "sync/restored.h"
#include "sync/twin.h"

/* An idle device acknowledges when it has read so many bundles: until then the hub puts all of them there again. */
#define ACKNOWLEDGE_AFTER 8

/* The feed positions at which own operations were made, walked along with them. */
struct writing {
	struct store *s;
	struct op_lines lines;
	sqlite3_stmt *positions;
	int64_t pos, next_seq, next_pos;	/* next_seq: the first operation that was made at next_pos */
	bool full;
};

static int next_position(struct writing *w, struct err *e)
{
	int found = store_step(w->s, w->positions, e);

	w->next_seq = found == 1 ? sqlite3_column_int64(w->positions, 0) : INT64_MAX;
	w->next_pos = found == 1 ? sqlite3_column_int64(w->positions, 1) : 0;
	return found < 0 ? -1 : 0;
}

static int first_position(struct writing *w, int64_t first, struct err *e)
{
	w->positions = store_prepare(w->s, "SELECT seq, pos FROM position WHERE seq >="
	    " coalesce((SELECT max(seq) FROM position WHERE seq <= ?1), 0) ORDER BY seq", e);
	if (w->positions == NULL)
		return -1;
	sqlite3_bind_int64(w->positions, 1, first);
	return next_position(w, e);
}

/* Ends early, with -1 and `full`, when the bundle is large enough. */
static int write_operation(void *context, const struct operation *op, struct err *e)
{
	struct writing *w = context;

	while (op->seq >= w->next_seq) {
		w->pos = w->next_pos;
		if (next_position(w, e) != 0)
			return -1;
	}
	op_lines_add(&w->lines, op, journal_tag(store_journal(w->s)), w->pos);
	w->full = w->lines.count >= BUNDLE_OPERATIONS || w->lines.out->len >= BUNDLE_PLAIN;
	return w->full ? -1 : 0;
}

static int write_lines(struct store *s, int64_t first, struct buf *out, int64_t *count, struct err *e)
{
	struct journal *j = store_journal(s);
	struct writing w = { .s = s };
	int result;

	op_lines_begin(&w.lines, out);
	if (first_position(&w, first, e) != 0)
		return -1;
	result = journal_each_sent(j, 1, first, journal_last_seq(j), write_operation, &w, e);
	sqlite3_reset(w.positions);
	*count = w.lines.count;
	if (result != 0 && !w.full)
		return -1;
	if (w.lines.count > 0 && w.lines.next != first + w.lines.count)
		return err_set(e, ERR_DAMAGED, _("the journal of this store has a gap before operation %lld"),
		    (long long)w.lines.next);
	return 0;
}

static int seal_and_keep(struct store *s, struct peer *hub, int64_t count, const struct buf *lines,
    struct err *e)
{
	const struct identity *me = store_identity(s);
	struct bundle_head h = { .first_op = hub->out_op + 1, .last_op = hub->out_op + count, .ops = count,
	    .ack_seq = hub->in_seq,
		.ack_pos = hub->in_op };
	struct outbox_bundle kept = { .seq = hub->out_seq + 1, .first_op = h.first_op, .last_op = h.last_op };
	struct buf head = BUF_INIT, tail = BUF_INIT, file = BUF_INIT;
	struct bundle_part parts[3];
	int result;

	h.meta.kind = METADATA_BUNDLE;
	memcpy(h.meta.from, me->pub.id, sizeof h.meta.from);
	memcpy(h.meta.to, hub->pub.id, sizeof h.meta.to);
	h.meta.epoch = hub->epoch;
	h.meta.seq = kept.seq;
	memcpy(h.meta.prev, hub->out_hash, sizeof h.meta.prev);
	metadata_now(h.meta.created);
	bundle_head_write(&h, store_journal(s), &head);
	closing_about_write(s, h.last_op, &head);
	result = withdrawn_write(s, h.first_op, h.last_op, &head, e);
	buf_addf(&tail, "{\"rec\":\"end\",\"ops\":%lld}\n", (long long)count);
	parts[0] = (struct bundle_part){ head.data, head.len };
	parts[1] = (struct bundle_part){ lines->data, lines->len };
	parts[2] = (struct bundle_part){ tail.data, tail.len };
	if (result == 0)
		result = bundle_seal(me, &hub->pub, &h.meta, parts, 3, &file, kept.hash, e);
	hub->feed_pos = hub->in_seq;
	kept.own = true;
	kept.sum = result == 0 ? provenance_own_sum(store_journal(s), h.first_op, h.last_op, e) : -1;
	if (kept.sum < 0)
		result = -1;
	if (result == 0)
		result = outbox_add(s, hub, &kept, &file, e);
	buf_release(&head);
	buf_release(&tail);
	buf_release(&file);
	return result;
}

static bool acknowledges(struct store *s, const struct peer *hub)
{
	char *owed = store_setting(s, SETTING_ACKNOWLEDGE);
	bool is_owed = owed != NULL;

	free(owed);
	return is_owed || hub->in_seq - hub->feed_pos >= ACKNOWLEDGE_AFTER;
}

/* The first bundle of an enrolment proves that the welcome was opened: the hub sends nothing before. */
static bool opens(const struct peer *hub)
{
	return hub->out_seq == 0;
}

static int acknowledged(struct store *s, struct err *e)
{
	char *owed = store_setting(s, SETTING_ACKNOWLEDGE);
	int result = owed != NULL ? store_set_setting(s, SETTING_ACKNOWLEDGE, NULL, e) : 0;

	free(owed);
	return result;
}

static int make(struct store *s, struct peer *hub, int64_t *operations, struct err *e)
{
	struct buf lines = BUF_INIT;
	int result = twin_is(s) ? 0 : write_lines(s, hub->out_op + 1, &lines, operations, e);	/* else what was set aside would come after it */

	if (result == 0 && (*operations > 0 || acknowledges(s, hub) || opens(hub)))
		result = seal_and_keep(s, hub, *operations, &lines, e) != 0 || acknowledged(s, e) != 0 ? -1 : 1;
	secret_wipe(lines.data, lines.len);
	buf_release(&lines);
	return result;
}

int upload_next(struct store *s, struct peer *hub, int64_t *operations, struct err *e)
{
	struct peer before = *hub;
	int made;

	*operations = 0;
	if ((made = again_waits(s, e)) != 0)
		return made < 0 ? -1 : 0;
	if ((twin_is(s) || journal_last_seq(store_journal(s)) <= hub->out_op) && !acknowledges(s, hub) && !opens(hub))
		return 0;
	if (store_begin(s, e) != 0)
		return -1;
	made = make(s, hub, operations, e);
	if (made < 0)
		store_rollback(s);
	else if (store_commit(s, e) != 0)
		made = -1;
	if (made < 0)
		*hub = before;
	return made;
}
