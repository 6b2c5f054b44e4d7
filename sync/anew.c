#include "sync/anew.h"

#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/json.h"
#include "store/journal.h"
#include "sync/receipts.h"

/* --- the hub --- */

/* Parameters: 1 the peer, 2 its epoch, 3 a time or a number, where the statement has them. */
static sqlite3_stmt *prepare(struct store *s, const char *sql, const struct peer *p, int64_t number, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, sql, e);

	if (st == NULL)
		return NULL;
	store_bind_text(st, 1, p->pub.id);
	if (sqlite3_bind_parameter_count(st) > 1)
		sqlite3_bind_int64(st, 2, p->epoch);
	if (sqlite3_bind_parameter_count(st) > 2)
		sqlite3_bind_int64(st, 3, number);
	return st;
}

static int run(struct store *s, const char *sql, const struct peer *p, int64_t number, struct err *e)
{
	sqlite3_stmt *st = prepare(s, sql, p, number, e);

	return st == NULL ? -1 : store_run(s, st, e);
}

/* The first bundle that is not confirmed, where one of them must not lie any longer; 0: none must go. */
static int find_first(struct store *s, const struct peer *p, int64_t *first, struct err *e)
{
	sqlite3_stmt *st = prepare(s, "SELECT min(seq) FROM outbox o WHERE peer = ?1 AND epoch = ?2 AND file IS NOT NULL"
	    " AND EXISTS(SELECT 1 FROM outbox l JOIN peer q ON q.id = l.peer WHERE l.peer = ?1 AND l.epoch = ?2 AND l.file IS NOT NULL"
	    " AND (l.written <= ?3 OR q.unreachable IS NOT NULL) AND EXISTS(SELECT 1 FROM erasure_op g WHERE g.arrived > l.written))",
	    p, clock_wall_ms() - ANEW_AFTER_MS, e);

	if (st == NULL || store_step(s, st, e) != 1)
		return -1;
	*first = sqlite3_column_int64(st, 0);
	sqlite3_reset(st);
	return 0;
}

static int give_up(struct store *s, struct peer *p, int64_t first, struct err *e)
{
	if (run(s, "UPDATE outbox SET file = NULL, void = 1 WHERE peer = ?1 AND epoch = ?2 AND seq >= ?3 AND file IS NOT NULL", p, first, e) != 0 ||
	    receipts_again(s, p, first, e) != 0 ||
	    run(s, "DELETE FROM told WHERE device IN"
		" (SELECT d.no FROM device d JOIN peer q ON q.tag = d.tag WHERE q.id = ?1)", p, 0, e) != 0 ||
	    run(s, "UPDATE peer SET replicas = 0 WHERE id = ?1", p, 0, e) != 0)
		return -1;
	p->out_op = p->done_op;
	p->roster_told = 0;		/* so that there is something to tell */
	return peer_save(s, p, e);
}

int anew_give_up(struct store *s, struct peer *p, struct err *e)
{
	struct peer before = *p;
	int64_t first;

	if (find_first(s, p, &first, e) != 0)
		return -1;
	if (first == 0)
		return 0;
	if (store_begin(s, e) != 0)
		return -1;
	if (give_up(s, p, first, e) != 0)
		store_rollback(s);
	else if (store_commit(s, e) == 0)
		return 0;
	*p = before;
	return -1;
}

int anew_give_up_all(struct store *s, struct peer *p, struct err *e)
{
	return give_up(s, p, 0, e);
}

int anew_write(struct store *s, const struct peer *p, struct buf *out, struct err *e)
{
	sqlite3_stmt *st = prepare(s, "SELECT seq, hash FROM outbox o WHERE peer = ?1 AND epoch = ?2 AND void = 1 AND seq <= ?3"
	    " AND EXISTS(SELECT 1 FROM outbox l WHERE l.peer = ?1 AND l.epoch = ?2 AND l.seq = ?3 AND l.void = 1) ORDER BY seq", p, p->out_seq, e);
	int more, count = 0;

	if (st == NULL)
		return -1;
	while ((more = store_step(s, st, e)) == 1) {
		if (count++ == 0)
			buf_addf(out, "{\"rec\":\"anew\",\"optional\":true,\"first\":%lld,\"hashes\":[", (long long)sqlite3_column_int64(st, 0));
		else
			buf_addc(out, ',');
		json_strings(out, store_text(st, 1));
	}
	sqlite3_reset(st);
	if (count > 0)
		buf_adds(out, "]}\n");
	return more;
}

/* --- the device --- */

static int wrong(struct err *e)
{
	return apply_wrong(e, _("the bundles that it stands for are not those of this chain"));
}

static int set_hash(struct apply *a, int64_t seq, const char *hash, struct err *e)
{
	sqlite3_stmt *st = prepare(a->s, "INSERT INTO bundle_in(peer, epoch, seq, hash) VALUES(?1, ?2, ?3, ?4)", a->peer, seq, e);

	if (st == NULL)
		return -1;
	store_bind_text(st, 4, hash);
	return store_run(a->s, st, e);
}

/* A bundle that was taken must be the same; one that was not is never taken any more. */
static int take_hash(struct apply *a, int64_t seq, const char *hash, struct err *e)
{
	sqlite3_stmt *st;
	int found;

	if (seq > a->peer->in_seq)
		return set_hash(a, seq, hash, e);
	st = prepare(a->s, "SELECT 1 FROM bundle_in WHERE peer = ?1 AND epoch = ?2 AND seq = ?3 AND hash = ?4", a->peer, seq, e);
	if (st == NULL)
		return -1;
	store_bind_text(st, 4, hash);
	found = store_step(a->s, st, e);
	sqlite3_reset(st);
	return found == 1 ? 0 : found < 0 ? -1 : wrong(e);
}

static bool is_hash(const char *text, size_t len)
{
	return len == HASH_HEX_SIZE - 1 && strspn(text, "0123456789abcdef") >= len;
}

static int take_hashes(struct apply *a, struct json_span list, int64_t seq, struct err *e)
{
	char hash[HASH_HEX_SIZE] = "";
	const char *text;
	struct json j;
	size_t len;
	int result = 0;

	json_open(&j, list.p, list.len);
	if (json_enter(&j, JSON_ARRAY) != 0)
		result = wrong(e);
	while (result == 0 && json_peek(&j) != JSON_END) {
		if (json_read_string(&j, &text, &len) != 0 || !is_hash(text, len) || seq >= a->meta->seq) {
			result = wrong(e);
			break;
		}
		memcpy(hash, text, len);
		result = take_hash(a, seq++, hash, e);
	}
	json_close(&j);
	if (result == 0 && (seq != a->meta->seq || strcmp(hash, a->meta->prev) != 0))
		result = wrong(e);
	return result;
}

int anew_take(struct apply *a, const char *line, size_t len, struct err *e)
{
	static const char *const keys[] = { "rec", "optional", "first", "hashes", NULL };
	struct json_span v[4];
	int64_t first;

	if (apply_keys(line, len, keys, v, e) != 0)
		return -1;
	if (v[2].p == NULL || json_span_int(v[2], &first) != 0 || first < 1 || first > a->peer->in_seq + 1 || v[3].p == NULL)
		return wrong(e);
	a->ahead = false;
	return take_hashes(a, v[3], first, e);
}
