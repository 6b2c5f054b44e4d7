/* The hub's store was put back from its backup: a new epoch with every device. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/json.h"
#include "records/number.h"
#include "store/aside.h"
#include "sync/hub.h"
#include "sync/hub_numbers.h"
#include "sync/outbox.h"
#include "sync/restored.h"

#define SETTING_EPOCH "restored_epoch"
#define SECOND_2020 1577836800		/* a number of the epoch is one of seconds since then: two lives of one backup have different ones */

static int run_for(struct store *s, const char *sql, const struct peer *p, int64_t number, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, sql, e);

	if (st == NULL)
		return -1;
	store_bind_text(st, 1, p->pub.id);
	if (sqlite3_bind_parameter_count(st) > 1)
		sqlite3_bind_int64(st, 2, number);
	return store_run(s, st, e);
}

/* --- what each device is told --- */

static int add_refused(struct store *s, const struct peer *p, struct buf *out, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, "SELECT op, reason FROM receipt_refused WHERE peer = ?1 ORDER BY op", e);
	int more, count = 0;

	if (st == NULL)
		return -1;
	store_bind_text(st, 1, p->pub.id);
	while ((more = store_step(s, st, e)) == 1) {
		buf_adds(out, count++ > 0 ? ",[" : "[");
		buf_addi(out, sqlite3_column_int64(st, 0));
		buf_addc(out, ',');
		json_strings(out, store_text(st, 1));
		buf_addc(out, ']');
	}
	sqlite3_reset(st);
	return more;
}

/* The record, composed while the backup's numbers are known. */
static int note_record(struct store *s, const struct peer *p, struct err *e)
{
	struct buf line = BUF_INIT;
	sqlite3_stmt *st;
	int result;

	buf_addf(&line, "{\"rec\":\"restored\",\"epoch\":%lld,\"seq\":%lld,\"hash\":\"%s\",\"tag\":\"%s\",\"last\":%lld,\"refused\":[", (long long)p->epoch,
	    (long long)p->in_seq, p->in_hash, journal_tag(store_journal(s)), (long long)journal_last_seq(store_journal(s)));
	result = add_refused(s, p, &line, e);
	buf_adds(&line, "]}\n");
	st = result == 0 ? store_prepare(s, "UPDATE peer SET restored = ?2, restored_line = ?3 WHERE id = ?1", e) : NULL;
	if (st != NULL) {
		store_bind_text(st, 1, p->pub.id);
		sqlite3_bind_int64(st, 2, p->feed_pos);
		store_bind_text(st, 3, line.data);
		result = store_run(s, st, e);
	} else {
		result = -1;
	}
	buf_release(&line);
	return result;
}

/* Of the old epoch nothing is said any more; the records that the device holds, by what the backup knows, are told once more. */
static int begin_feed(struct store *s, struct peer *p, struct err *e)
{
	static const char *const forget[] = { "DELETE FROM receipt_due WHERE peer = ?1", "DELETE FROM receipt_refused WHERE peer = ?1",
		"DELETE FROM refusal_due WHERE peer = ?1", "DELETE FROM parked WHERE peer = ?1", "UPDATE peer SET replicas = 0 WHERE id = ?1",
		"UPDATE peer SET revoked_after = 0 WHERE id = ?1 AND state = 'revoked'",
#define NUMBER "(SELECT d.no FROM device d JOIN peer q ON q.tag = d.tag WHERE q.id = ?1)"
		"DELETE FROM told WHERE device = " NUMBER, "DELETE FROM named WHERE device = " NUMBER, "DELETE FROM feed WHERE device = " NUMBER,
		"UPDATE erasure_replica SET pos = 0 WHERE confirmed = 0 AND tag = (SELECT tag FROM peer WHERE id = ?1)",
		"INSERT INTO feed(device, pos, kind, tbl, pk) SELECT device, ?2 + row_number() OVER (ORDER BY tbl, pk), 1, tbl, pk FROM scope"
		" WHERE gone IS NULL AND device = " NUMBER };

	for (size_t i = 0; i < sizeof forget / sizeof *forget; i++)
		if (run_for(s, forget[i], p, p->feed_pos, e) != 0)
			return -1;
	p->out_op = p->done_op = p->feed_pos;
	p->feed_pos += sqlite3_changes(store_db(s));
	return outbox_clear(s, p, e);
}

struct all { struct store *s; int64_t epoch; int count; };

static int begin_one(void *context, struct peer *p, struct err *e)
{
	struct all *all = context;
	int64_t end;

	if (p->epoch == 0)
		return 0;
	if (note_record(all->s, p, e) != 0 || begin_feed(all->s, p, e) != 0)
		return -1;
	end = p->feed_pos;
	restored_peer(all->s, p, all->epoch);
	p->feed_pos = end;
	p->roster = hub_roster_version(all->s);
	p->roster_told = p->roster - 1;
	p->out_op = p->done_op;
	if (peer_in_state(p, "approved"))	/* it may have answered since the backup */
		strcpy(p->state, "active");
	all->count++;
	return outbox_begin(all->s, p, e) != 0 ? -1 : peer_save(all->s, p, e);
}

static int greatest(void *context, struct peer *p, struct err *e)
{
	struct all *all = context;

	(void)e;
	if (p->epoch >= all->epoch)
		all->epoch = p->epoch + 1;
	return 0;
}

/* --- the hub itself --- */

static int take_tag(struct store *s, int64_t epoch, char tag[DEVICE_TAG_SIZE], struct err *e)
{
	char number[24];

	restored_tag(store_identity(s)->pub.id, epoch, tag);
	snprintf(number, sizeof number, "%lld", (long long)epoch);
	if (journal_renew(store_journal(s), tag, e) != 0 || store_set_setting(s, STORE_SETTING_TAG, tag, e) != 0 ||
	    store_set_setting(s, SETTING_EPOCH, number, e) != 0 || store_set_setting(s, "feed_own", "0", e) != 0)
		return -1;
	/* What it did itself and put into no feed yet stands under its former number now; all records are told again, so that nothing is missing of them. */
	return store_exec(s, "DELETE FROM arrived WHERE dev = 1", e);
}

static int restore(struct store *s, struct all *all, char tag[DEVICE_TAG_SIZE], struct err *e)
{
	if (peer_each(s, NULL, greatest, all, e) != 0 || peer_each(s, NULL, begin_one, all, e) != 0)
		return -1;
	return take_tag(s, all->epoch, tag, e);
}

/* Numbers that it reserved since the backup are not known: nobody goes on with a block of before. */
static int renew_numbers(void *context, struct peer *p, struct err *e)
{
	struct store *s = context;

	return number_abandon(s, p->pub.tag, e) != 0 ? -1 : hub_numbers_reserve(s, p->pub.tag, p->role, e);
}

int hub_restored(struct store *s, int *devices, struct err *e)
{
	struct all all = { .s = s, .epoch = clock_wall_ms() / 1000 - SECOND_2020 };
	char tag[DEVICE_TAG_SIZE];

	if (!hub_is(s))
		return err_set(e, ERR_REFUSED, _("this store is not a hub's"));
	if (store_begin(s, e) != 0)
		return -1;
	if (restore(s, &all, tag, e) != 0) {
		store_rollback(s);
		return -1;
	}
	if (store_commit(s, e) != 0)
		return -1;
	journal_take_tag(store_journal(s), tag);
	*devices = all.count;
	if (store_begin(s, e) != 0)
		return -1;
	if (peer_each(s, "active", renew_numbers, s, e) != 0) {
		store_rollback(s);
		return -1;
	}
	return store_commit(s, e);
}

/* --- afterwards --- */

int restored_write(struct store *s, const struct peer *p, struct buf *out, struct err *e)
{
	sqlite3_stmt *st = p->in_seq == 0 ? store_prepare(s, "SELECT restored_line FROM peer WHERE id = ?1 AND restored_line IS NOT NULL", e) : NULL;
	int found;

	if (st == NULL)
		return p->in_seq == 0 ? -1 : 0;
	store_bind_text(st, 1, p->pub.id);
	found = store_step(s, st, e);
	if (found == 1)
		buf_adds(out, store_text(st, 0));
	sqlite3_reset(st);
	return found < 0 ? -1 : 0;
}

int restored_position(struct store *s, const struct peer *p, int64_t *pos, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, "SELECT coalesce(restored, -1) FROM peer WHERE id = ?1", e);
	int found;

	*pos = -1;
	if (st == NULL)
		return -1;
	store_bind_text(st, 1, p->pub.id);
	found = store_step(s, st, e);
	if (found == 1)
		*pos = sqlite3_column_int64(st, 0);
	sqlite3_reset(st);
	return found < 0 ? -1 : 0;
}

int restored_epoch(struct store *s, struct peer *p, struct err *e)
{
	char *epoch = store_setting(s, SETTING_EPOCH);

	(void)e;
	if (epoch != NULL && p->epoch < atoll(epoch))
		p->epoch = atoll(epoch);
	free(epoch);
	return 0;
}

/* What it did before it reads its new feed, it did at position 0. */
int restored_enrolled(struct store *s, const struct peer *p, struct err *e)
{
	char *epoch = store_setting(s, SETTING_EPOCH);
	int result = epoch != NULL ? run_for(s, "UPDATE peer SET restored = 0 WHERE id = ?1", p, 0, e) : 0;

	free(epoch);
	return result;
}

/* --- what a device withdraws --- */

int withdrawn_take(struct apply *a, const char *line, size_t len, struct err *e)
{
	static const char *const keys[] = { "rec", "ops", NULL };
	sqlite3_stmt *st;
	struct json_span v[2];

	if (apply_keys(line, len, keys, v, e) != 0)
		return -1;
	if (v[1].p == NULL || v[1].len < 2 || v[1].p[0] != '[')
		return apply_wrong(e, _("a record has a field wrong"));
	if (!a->withdrawn && store_exec(a->s, "CREATE TEMP TABLE IF NOT EXISTS withdrawn(seq INTEGER PRIMARY KEY, reason TEXT); DELETE FROM temp.withdrawn", e) != 0)
		return -1;
	a->withdrawn = true;
	/* The line is JSON already, by the strict reader. */
	st = store_prepare(a->s, "INSERT OR IGNORE INTO temp.withdrawn SELECT value ->> 0, value ->> 1 FROM json_each(?1)"
	    " WHERE json_type(value, '$[0]') = 'integer' AND json_type(value, '$[1]') = 'text' AND length(value ->> 1) BETWEEN 1 AND 32"
	    " AND value ->> 1 NOT GLOB '*[^a-z]*'", e);
	if (st == NULL)
		return -1;
	sqlite3_bind_text(st, 1, v[1].p, (int)v[1].len, SQLITE_STATIC);
	return store_run(a->s, st, e);
}

int withdrawn_reason(struct apply *a, int64_t seq, char reason[40], struct err *e)
{
	sqlite3_stmt *st;
	int found;

	if (!a->withdrawn)
		return 0;
	st = store_prepare(a->s, "SELECT reason FROM temp.withdrawn WHERE seq = ?1", e);
	if (st == NULL)
		return -1;
	sqlite3_bind_int64(st, 1, seq);
	found = store_step(a->s, st, e);
	if (found == 1)
		snprintf(reason, 40, "%s", store_text(st, 0));
	sqlite3_reset(st);
	return found;
}
