#include "sync/feed_bundle.h"

#include <string.h>

#include "base/json.h"
#include "crypto/secret.h"
#include "store/journal.h"
#include "sync/anew.h"
#include "sync/bundle_head.h"
#include "sync/bundle_write.h"
#include "sync/closing.h"
#include "sync/feed_stretch.h"
#include "sync/outbox.h"
#include "sync/receipts.h"
#include "sync/replicas.h"
#include "sync/restored.h"
#include "sync/twin.h"

/* The device's own entry: {"rec":"roster",…}. */
static int write_roster(struct store *s, const struct peer *p, struct buf *out, struct err *e)
{
	char state[16];
	const struct { const char *key, *text; } texts[] = { { "role", p->role }, { "municipality",
	    p->municipality }, { "person", p->person },
		{ "state", state } };

	if (closing_state(s, p, state, e) != 0)
		return -1;
	buf_adds(out, "{\"rec\":\"roster\",\"version\":");
	buf_addi(out, p->roster);
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		json_key(out, texts[i].key);
		json_strings(out, texts[i].text);
	}
	buf_adds(out, "}\n");
	return 0;
}

static int seal_and_keep(struct store *s, struct peer *p, int64_t last, int64_t count, const struct buf *body,
    struct err *e)
{
	const struct identity *me = store_identity(s);
	struct bundle_head h = { .first_op = p->out_op + 1, .last_op = last, .ops = count, .ack_seq = p->in_seq,
	    .ack_pos = p->in_op };
	struct outbox_bundle kept = { .seq = p->out_seq + 1, .first_op = h.first_op, .last_op = last };
	struct buf head = BUF_INIT, tail = BUF_INIT, file = BUF_INIT;
	struct bundle_part parts[3];
	int result;

	h.meta.kind = METADATA_BUNDLE;
	memcpy(h.meta.from, me->pub.id, sizeof h.meta.from);
	memcpy(h.meta.to, p->pub.id, sizeof h.meta.to);
	h.meta.epoch = p->epoch;
	h.meta.seq = kept.seq;
	memcpy(h.meta.prev, p->out_hash, sizeof h.meta.prev);
	metadata_now(h.meta.created);
	bundle_head_write(&h, store_journal(s), &head);
	buf_addf(&tail, "{\"rec\":\"end\",\"ops\":%lld}\n", (long long)count);
	parts[0] = (struct bundle_part){ head.data, head.len };
	parts[1] = (struct bundle_part){ body->data, body->len };
	parts[2] = (struct bundle_part){ tail.data, tail.len };
	result = bundle_seal(me, &p->pub, &h.meta, parts, 3, &file, kept.hash, e);
	p->roster_told = p->roster;
	if (result == 0)
		result = outbox_add(s, p, &kept, &file, e);
	buf_release(&head);
	buf_release(&tail);
	buf_release(&file);
	return result;
}

/* A device that leaves gets no records any more, and a revoked one no word but its entry. */
static int make(struct store *s, struct peer *p, struct err *e)
{
	bool fed = peer_in_state(p, "active");
	struct buf body = BUF_INIT;
	int64_t last = p->out_op, count = 0;
	int result;

	result = anew_write(s, p, &body, e);
	twin_write_chain(p, &body);
	if (result == 0)
		result = restored_write(s, p, &body, e);
	if (result == 0)
		result = write_roster(s, p, &body, e);
	if (result == 0 && !peer_in_state(p, "revoked"))
		result = receipts_write(s, p, &body, e);
	if (result == 0 && fed)
		result = replicas_write(s, p, &body, e);
	if (result == 0 && fed)
		result = feed_stretch_write(s, p, &body, &last, &count, e);
	if (result == 0)
		result = seal_and_keep(s, p, last, count, &body, e);
	secret_wipe(body.data, body.len);
	buf_release(&body);
	return result;
}

int feed_bundle_next(struct store *s, struct peer *p, struct err *e)
{
	struct peer before = *p;
	bool fed = peer_in_state(p, "active"), told = fed || peer_in_state(p, "retired");
	int due = p->roster > p->roster_told || (fed && p->feed_pos > p->out_op) ? 1 : told ? receipts_due(s, p, e) : 0;

	if (due == 0 && fed)
		due = replicas_due(s, p, e);
	if (due != 1)
		return due;
	if (store_begin(s, e) != 0)
		return -1;
	if (make(s, p, e) != 0)
		store_rollback(s);
	else if (store_commit(s, e) == 0)
		return 1;
	*p = before;
	return -1;
}
