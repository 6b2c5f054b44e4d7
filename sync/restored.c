/* A hub that was put back from its backup, at the devices' end. */
#include "sync/restored.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "crypto/hash.h"
#include "records/number.h"
#include "store/body.h"
#include "store/provenance.h"
#include "sync/outbox.h"
#include "sync/receipts.h"

static int run(struct store *s, const char *sql, const char *text, int64_t one, int64_t two, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, sql, e);

	if (st == NULL)
		return -1;
	store_bind_text(st, 1, text);
	if (sqlite3_bind_parameter_count(st) > 1)
		sqlite3_bind_int64(st, 2, one);
	if (sqlite3_bind_parameter_count(st) > 2)
		sqlite3_bind_int64(st, 3, two);
	return store_run(s, st, e);
}

void restored_peer(struct store *s, struct peer *p, int64_t epoch)
{
	p->epoch = epoch;
	p->in_seq = p->out_seq = p->feed_pos = 0;
	p->out_op = journal_last_seq(store_journal(s));		/* what it may hold of us at most, until its first record says what it does */
	p->roster = 0;						/* its backup may be older than what it told us */
	memset(p->in_hash, '0', HASH_HEX_SIZE - 1);
	memset(p->out_hash, '0', HASH_HEX_SIZE - 1);
	p->in_hash[HASH_HEX_SIZE - 1] = p->out_hash[HASH_HEX_SIZE - 1] = '\0';
}

/* Eight characters of its id and the epoch. */
void restored_tag(const char *hub, int64_t epoch, char tag[DEVICE_TAG_SIZE])
{
	static const char crockford[] = "0123456789abcdefghjkmnpqrstvwxyz";
	unsigned char digest[HASH_SIZE];
	char text[100];

	snprintf(text, sizeof text, "hub-tag/1\n%s\n%lld\n", hub, (long long)epoch);
	hash_of(text, strlen(text), digest);
	for (int i = 0; i < DEVICE_TAG_SIZE - 1; i++)
		tag[i] = crockford[digest[i] & 31];
	tag[DEVICE_TAG_SIZE - 1] = '\0';
}

/* Own operations of records that left this device since are not here any more: in their place stands one without contents, which is withdrawn. */
static int fill_gaps(struct apply *a, int64_t after, struct err *e)
{
	static const char *const fills[] = {
		"CREATE TEMP TABLE IF NOT EXISTS gap(seq INTEGER PRIMARY KEY)", "DELETE FROM temp.gap",
		"WITH RECURSIVE n(seq) AS (SELECT ?2 + 1 WHERE ?1 = '' AND ?2 < ?3 UNION ALL SELECT seq + 1 FROM n WHERE seq < ?3)"
		" INSERT INTO temp.gap SELECT seq FROM n WHERE NOT EXISTS(SELECT 1 FROM oplog o WHERE o.dev = 1 AND o.seq = n.seq)",
		"INSERT INTO oplog(dev, seq, hlc, tbl, kind, pk, body) SELECT 1, g.seq, coalesce((SELECT hlc FROM oplog o WHERE o.dev = 1 AND o.seq < g.seq"
		" ORDER BY o.seq DESC LIMIT 1), 1), (SELECT no FROM dict_table WHERE name = 'person'), 1, 'gone', '[[1,null,[]]]' FROM temp.gap g",
		"INSERT OR REPLACE INTO refused(dev, seq, reason) SELECT 1, seq, 'gone' FROM temp.gap" };

	for (size_t i = 0; i < sizeof fills / sizeof *fills; i++)
		if (i == 2 ? run(a->s, fills[i], "", after, journal_last_seq(a->j), e) != 0 : store_exec(a->s, fills[i], e) != 0)
			return -1;
	return 0;
}

int restored_begin(struct apply *a, struct err *e)
{
	struct peer *p = a->peer;
	int64_t end = a->head.first_op - 1;

	if (a->head.ack_seq != 0)
		return apply_wrong(e, _("it acknowledges a bundle of an exchange that begins with it"));
	a->stale = a->head.ack_pos > p->out_op;
	if (a->stale)
		return err_set(e, ERR_DAMAGED, _("the hub has changes of this store that it never sent: the store is an older copy, and has to join anew"));
	p->out_op = p->done_op = a->head.ack_pos;
	p->in_op = end;
	/* What was done until now was done before its new feed. */
	if (run(a->s, "UPDATE position SET pos = min(pos, ?2) WHERE ?1 = ''", "", end, 0, e) != 0 ||
	    run(a->s, "UPDATE outbox SET file = NULL WHERE peer = ?1 AND epoch < ?2", p->pub.id, p->epoch, 0, e) != 0 ||
	    /* They leave in other bundles now, and those have their sums. */
	    run(a->s, "UPDATE outbox SET sum = NULL, accepted = NULL, refused = NULL WHERE peer = ?1 AND epoch < ?2 AND last_op > ?3", p->pub.id, p->epoch, p->done_op, e) != 0 ||
	    fill_gaps(a, p->done_op, e) != 0 ||
	    run(a->s, "DELETE FROM parked WHERE peer = ?1 AND epoch < ?2", p->pub.id, p->epoch, 0, e) != 0 ||
	    run(a->s, "DELETE FROM leaving WHERE ?1 = ''", "", 0, 0, e) != 0 || number_begin_anew(a->s, p->epoch, e) != 0)
		return -1;
	return outbox_begin(a->s, p, e);
}

/* Whether this store wrote the bundle after which the hub's backup ends. An outbox that does not know its number any more says nothing. */
static int check_chain(struct apply *a, int64_t epoch, int64_t seq, struct json_span hash, struct err *e)
{
	sqlite3_stmt *st = store_prepare(a->s, "SELECT coalesce(max(hash) FILTER (WHERE seq = ?3), ''), max(seq) FROM outbox WHERE peer = ?1 AND epoch = ?2", e);
	int found;

	if (st == NULL)
		return -1;
	store_bind_text(st, 1, a->peer->pub.id);
	sqlite3_bind_int64(st, 2, epoch);
	sqlite3_bind_int64(st, 3, seq);
	found = store_step(a->s, st, e);
	if (found == 1 && sqlite3_column_type(st, 1) != SQLITE_NULL && sqlite3_column_int64(st, 1) < seq)
		a->stale = true;		/* the newest that it wrote in that epoch is older */
	else if (found == 1 && *store_text(st, 0) != '\0')
		a->stale = hash.len != HASH_HEX_SIZE + 1 || memcmp(hash.p + 1, store_text(st, 0), HASH_HEX_SIZE - 1) != 0;
	sqlite3_reset(st);
	if (a->stale)
		return err_set(e, ERR_DAMAGED, _("the hub knows of bundles that this store never wrote: the store is an older copy, or another copy of it is in use"));
	return found < 0 ? -1 : 0;
}

/* What the hub did under its former tag and has forgotten. */
static int void_lost(struct apply *a, const char *tag, int64_t last, struct err *e)
{
	int dev = journal_device(a->j, tag, e);
	sqlite3_stmt *st;
	int more;

	if (dev < 0 || dev == 1)
		return dev < 0 ? -1 : apply_wrong(e, _("a record has a field wrong"));
	if (store_exec(a->s, "CREATE TEMP TABLE IF NOT EXISTS lost(seq INTEGER PRIMARY KEY, tbl INTEGER, pk TEXT); DELETE FROM temp.lost", e) != 0 ||
	    run(a->s, "INSERT INTO temp.lost SELECT seq, tbl, pk FROM oplog WHERE ?1 = '' AND dev = ?2 AND seq > ?3", "", dev, last, e) != 0 ||
	    journal_wanted_reset(a->j, e) != 0 || store_exec(a->s, "INSERT INTO temp.wanted SELECT DISTINCT tbl, pk FROM temp.lost", e) != 0 ||
	    (st = store_prepare(a->s, "SELECT seq FROM temp.lost", e)) == NULL)
		return -1;
	while ((more = store_step(a->s, st, e)) == 1)
		if (journal_remove(a->j, dev, sqlite3_column_int64(st, 0), e) != 0) {
			more = -1;
			break;
		}
	sqlite3_reset(st);
	return more != 0 ? -1 : journal_rebuild_wanted(a->j, e);
}

/* This backup was put back before, and the life that began then is forgotten whole. */
static int void_life(struct apply *a, int64_t known, struct err *e)
{
	sqlite3_stmt *st = store_prepare(a->s, "SELECT coalesce(max(epoch), 0) FROM outbox WHERE peer = ?1 AND epoch < ?2", e);
	char tag[DEVICE_TAG_SIZE];
	int64_t epoch;

	if (st == NULL)
		return -1;
	store_bind_text(st, 1, a->peer->pub.id);
	sqlite3_bind_int64(st, 2, a->peer->epoch);
	if (store_step(a->s, st, e) != 1)
		return -1;
	epoch = sqlite3_column_int64(st, 0);
	sqlite3_reset(st);
	if (epoch == known || epoch == 0)
		return 0;
	restored_tag(a->peer->pub.id, epoch, tag);
	return void_lost(a, tag, 0, e);
}

int restored_take(struct apply *a, const char *line, size_t len, struct err *e)
{
	static const char *const keys[] = { "rec", "epoch", "seq", "hash", "tag", "last", "refused", NULL };
	struct json_span v[7];
	int64_t epoch, seq, last;
	char tag[DEVICE_TAG_SIZE];

	if (apply_keys(line, len, keys, v, e) != 0)
		return -1;
	for (int i = 1; i < 7; i++)
		if (v[i].p == NULL)
			return apply_wrong(e, _("a record has a field wrong"));
	if (json_span_int(v[1], &epoch) != 0 || json_span_int(v[2], &seq) != 0 || json_span_int(v[5], &last) != 0 || v[4].len != DEVICE_TAG_SIZE + 1 ||
	    !body_tag_valid(v[4].p + 1, DEVICE_TAG_SIZE - 1))
		return apply_wrong(e, _("a record has a field wrong"));
	if (!a->restored)
		return 0;		/* told once more */
	memcpy(tag, v[4].p + 1, DEVICE_TAG_SIZE - 1);
	tag[DEVICE_TAG_SIZE - 1] = '\0';
	if (check_chain(a, epoch, seq, v[3], e) != 0 || void_lost(a, tag, last, e) != 0 || void_life(a, epoch, e) != 0)
		return -1;
	return receipt_take_refused(a, v[6], a->peer->done_op, e);
}

int withdrawn_write(struct store *s, int64_t first, int64_t last, struct buf *out, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, "SELECT seq, reason FROM refused WHERE dev = 1 AND seq BETWEEN ?1 AND ?2 AND reason <> 'held' ORDER BY seq", e);
	int more, count = 0;

	if (st == NULL)
		return -1;
	sqlite3_bind_int64(st, 1, first);
	sqlite3_bind_int64(st, 2, last);
	while ((more = store_step(s, st, e)) == 1) {
		if (count % 2000 == 0)
			buf_adds(out, count > 0 ? "]}\n{\"rec\":\"withdrawn\",\"ops\":[[" : "{\"rec\":\"withdrawn\",\"ops\":[[");
		else
			buf_adds(out, ",[");
		buf_addi(out, sqlite3_column_int64(st, 0));
		buf_addc(out, ',');
		json_strings(out, store_text(st, 1));
		buf_addc(out, ']');
		count++;
	}
	if (count > 0)
		buf_adds(out, "]}\n");
	sqlite3_reset(st);
	return more;
}
