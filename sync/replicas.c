#include "sync/replicas.h"

#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/json.h"
#include "store/body.h"
#include "sync/anew.h"
#include "sync/feed.h"
#include "sync/rules.h"
#include "sync/upload.h"

#define AT_ONCE 2000		/* records in one bundle; those of one version stay together */
#define REASON_SIZE 2048

#define NEXT_VERSION "(SELECT coalesce(max(version), 0) + 1 FROM erasure_replica)"
#define IS_PERSON "tbl = (SELECT no FROM dict_table WHERE name = 'person')"

/* Parameters: 1 a tag, 2 and 3 numbers, where the statement has them. */
static sqlite3_stmt *prepare(struct store *s, const char *sql, const char *tag, int64_t one, int64_t two, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, sql, e);

	if (st == NULL)
		return NULL;
	store_bind_text(st, 1, tag);
	if (sqlite3_bind_parameter_count(st) > 1)
		sqlite3_bind_int64(st, 2, one);
	if (sqlite3_bind_parameter_count(st) > 2)
		sqlite3_bind_int64(st, 3, two);
	return st;
}

static int run(struct store *s, const char *sql, const char *tag, int64_t one, int64_t two, struct err *e)
{
	sqlite3_stmt *st = prepare(s, sql, tag, one, two, e);

	return st == NULL ? -1 : store_run(s, st, e);
}

/* 1 there is a row, 0, -1. */
static int ask(struct store *s, sqlite3_stmt *st, struct err *e)
{
	int found;

	if (st == NULL)
		return -1;
	found = store_step(s, st, e);
	sqlite3_reset(st);
	return found;
}

/* --- who was erased, and who has to hear of it --- */

static int note_all(struct store *s, const char *own, struct err *e)
{
	int64_t now = clock_wall_ms();

	if (run(s, "INSERT OR IGNORE INTO erasure_op(person, dev, seq, arrived) SELECT pk, dev, min(seq), ?2 FROM arrived"
	    " WHERE kind = 3 AND " IS_PERSON " GROUP BY pk ORDER BY pk", own, now, 0, e) != 0)
		return -1;
	/* The hub's own row comes last: while it is missing the erasure is new, and the devices of today are those that the act lists. */
	if (run(s, "INSERT OR IGNORE INTO erasure_replica(person, tag, label, owner, unreachable, version)"
	    " SELECT g.person, p.tag, p.label, p.person, p.unreachable, " NEXT_VERSION " FROM erasure_op g JOIN peer p ON p.state <> 'approved'"
	    " WHERE NOT EXISTS(SELECT 1 FROM erasure_replica r WHERE r.person = g.person AND r.tag = ?1)",
	    own, 0, 0, e) != 0)
		return -1;
	return run(s, "INSERT OR IGNORE INTO erasure_replica(person, tag, label, owner, version)"
	    " SELECT person, ?1, coalesce((SELECT value FROM setting WHERE key = 'hub'), ''), '', " NEXT_VERSION " FROM erasure_op", own, 0, 0, e);
}

int replicas_note(struct store *s, struct err *e)
{
	int some = ask(s, store_prepare(s, "SELECT 1 FROM arrived WHERE kind = 3 LIMIT 1", e), e);

	return some <= 0 ? some : note_all(s, store_identity(s)->pub.tag, e);
}

int replicas_feed(struct store *s, const struct peer *p, int device, int64_t *pos, struct err *e)
{
	int64_t before = *pos;

	/* One that came later never held the data, unless its store was an old copy: it is told, and not listed. */
	if (run(s, "INSERT OR IGNORE INTO erasure_replica(person, tag, label, owner, listed) SELECT g.person, p.tag, p.label, p.person, 0"
	    " FROM erasure_op g JOIN peer p ON p.tag = ?1", p->pub.tag, 0, 0, e) != 0 ||
	    /* Whose work it was has done it. */
	    run(s, "UPDATE erasure_replica SET confirmed = g.arrived, version = " NEXT_VERSION " FROM erasure_op g WHERE g.person = erasure_replica.person"
		" AND g.dev = ?2 AND erasure_replica.tag = ?1 AND erasure_replica.confirmed = 0", p->pub.tag, device, 0, e) != 0 ||
	    run(s, "INSERT INTO feed(device, pos, kind, tbl, pk, dev, seq) SELECT ?2, ?3 + row_number() OVER (ORDER BY g.dev, g.seq), 4,"
		" (SELECT no FROM dict_table WHERE name = 'person'), g.person, g.dev, g.seq FROM erasure_op g JOIN erasure_replica r ON r.person = g.person"
		" AND r.tag = ?1 WHERE r.pos = 0 AND r.confirmed = 0", p->pub.tag, device, *pos, e) != 0)
		return -1;
	*pos += sqlite3_changes(store_db(s));
	if (*pos == before)
		return 0;
	return run(s, "UPDATE erasure_replica SET pos = f.pos FROM feed f WHERE f.device = ?2 AND f.pos > ?3 AND f.kind = 4"
	    " AND f.pk = erasure_replica.person AND erasure_replica.tag = ?1", p->pub.tag, device, before, e);
}

/* --- who has heard of it --- */

static int set_unreachable(struct store *s, const struct peer *p, const char *reason, struct err *e)
{
	static const char *const statements[] = { "UPDATE peer SET unreachable = ?2 WHERE tag = ?1",
	    "UPDATE erasure_replica SET unreachable = ?2, version = " NEXT_VERSION " WHERE tag = ?1 AND confirmed = 0" };

	for (size_t i = 0; i < sizeof statements / sizeof *statements; i++) {
		sqlite3_stmt *st = store_prepare(s, statements[i], e);

		if (st == NULL)
			return -1;
		store_bind_text(st, 1, p->pub.tag);
		store_bind_text(st, 2, reason);
		if (store_run(s, st, e) != 0)
			return -1;
	}
	return 0;
}

int replicas_unreachable(struct store *s, const struct peer *p, const char *reason, struct err *e)
{
	return set_unreachable(s, p, reason, e);
}

int replicas_heard(struct store *s, const struct peer *p, int64_t pos, struct err *e)
{
	int said = ask(s, prepare(s, "SELECT 1 FROM peer WHERE tag = ?1 AND unreachable IS NOT NULL",
	    p->pub.tag, 0, 0, e), e);

	if (said < 0 || (said == 1 && set_unreachable(s, p, NULL, e) != 0))
		return -1;
	return run(s, "UPDATE erasure_replica SET confirmed = ?3, unreachable = NULL, version = " NEXT_VERSION
	    " WHERE tag = ?1 AND confirmed = 0 AND pos > 0 AND pos <= ?2", p->pub.tag, pos, clock_wall_ms(), e);
}

int replicas_own(struct store *s, struct err *e)
{
	return run(s, "UPDATE erasure_replica SET confirmed = ?2, version = " NEXT_VERSION " FROM erasure_op g WHERE g.person = erasure_replica.person"
	    " AND erasure_replica.tag = ?1 AND erasure_replica.confirmed = 0"
	    " AND NOT EXISTS(SELECT 1 FROM outbox o WHERE o.file IS NOT NULL AND o.written < g.arrived)"
	    " AND NOT EXISTS(SELECT 1 FROM parked k WHERE k.arrived <= g.arrived)"
	    " AND NOT EXISTS(SELECT 1 FROM quarantine q WHERE q.file IS NOT NULL AND q.arrived <= g.arrived AND q.arrived > ?3)",
	    store_identity(s)->pub.tag, clock_wall_ms(), clock_wall_ms() - ANEW_AFTER_MS, e);
}

/* --- what coordinators are told --- */

int replicas_due(struct store *s, const struct peer *p, struct err *e)
{
	if (rule_role(p->role) != ROLE_COORDINATOR)
		return 0;
	return ask(s, prepare(s, "SELECT 1 FROM erasure_replica r JOIN peer q ON q.tag = ?1 WHERE r.listed = 1 AND r.version > q.replicas"
	    " LIMIT 1", p->pub.tag, 0, 0, e), e);
}

static void write_one(sqlite3_stmt *st, struct buf *out)
{
	static const char *const keys[] = { "person", "tag", "label", "owner" };

	buf_adds(out, "{\"rec\":\"replica\",\"optional\":true");
	for (int i = 0; i < 4; i++) {
		json_key(out, keys[i]);
		json_strings(out, store_text(st, i));
	}
	json_key(out, "confirmed");
	json_int(out, sqlite3_column_int64(st, 4));
	json_key(out, "unreachable");
	json_strings(out, (const char *)sqlite3_column_text(st, 5));
	buf_adds(out, "}\n");
}

int replicas_write(struct store *s, const struct peer *p, struct buf *out, struct err *e)
{
	int due = replicas_due(s, p, e), more;
	int64_t version = 0;
	sqlite3_stmt *st;

	if (due <= 0)
		return due;
	st = prepare(s, "SELECT person, tag, label, owner, confirmed, unreachable, version FROM erasure_replica WHERE listed = 1"
	    " AND version > (SELECT replicas FROM peer WHERE tag = ?1) AND version <= (SELECT max(version) FROM (SELECT version FROM erasure_replica"
	    " WHERE listed = 1 AND version > (SELECT replicas FROM peer WHERE tag = ?1) ORDER BY version LIMIT ?2))"
	    " ORDER BY version, person, tag", p->pub.tag, AT_ONCE, 0, e);
	if (st == NULL)
		return -1;
	while ((more = store_step(s, st, e)) == 1) {
		write_one(st, out);
		version = sqlite3_column_int64(st, 6);
	}
	sqlite3_reset(st);
	return more != 0 ? -1 : run(s, "UPDATE peer SET replicas = ?2 WHERE tag = ?1", p->pub.tag, version, 0, e);
}

/* --- the device's side --- */

static bool text_of(struct json_span v, struct buf *out)
{
	return v.p != NULL && json_span_string(v, out) == 0 && out->len < REASON_SIZE && memchr(out->data, '\0', out->len) == NULL;
}

static bool is_null(struct json_span v)
{
	return v.p != NULL && v.len == 4 && memcmp(v.p, "null", 4) == 0;
}

static int keep(struct apply *a, const struct buf *text, int64_t confirmed, bool unreachable, struct err *e)
{
	sqlite3_stmt *st = store_prepare(a->s, "INSERT OR REPLACE INTO erasure_replica(person, tag, label, owner, confirmed, unreachable)"
	    " VALUES(?1, ?2, ?3, ?4, ?5, ?6)", e);

	if (st == NULL)
		return -1;
	for (int i = 0; i < 4; i++)
		store_bind_text(st, i + 1, text[i].data);
	sqlite3_bind_int64(st, 5, confirmed);
	store_bind_text(st, 6, unreachable ? text[4].data : NULL);
	return store_run(a->s, st, e);
}

int replica_take(struct apply *a, const char *line, size_t len, struct err *e)
{
	static const char *const keys[] = { "rec", "optional", "person", "tag", "label", "owner", "confirmed", "unreachable", NULL };
	struct json_span v[8];
	struct buf text[5] = { BUF_INIT, BUF_INIT, BUF_INIT, BUF_INIT, BUF_INIT };
	int64_t confirmed = 0;
	bool good, unreachable;
	int result;

	if (apply_keys(line, len, keys, v, e) != 0)
		return -1;
	unreachable = !is_null(v[7]);
	good = v[6].p != NULL && json_span_int(v[6], &confirmed) == 0 && confirmed >= 0 && (!unreachable || text_of(v[7], &text[4]));
	for (int i = 0; i < 4 && good; i++)
		good = text_of(v[2 + i], &text[i]);
	good = good && body_id_valid(text[0].data, text[0].len) && body_tag_valid(text[1].data, text[1].len) &&
	    text[1].len == DEVICE_TAG_SIZE - 1 && text[3].len < RECORD_ID_SIZE;
	result = good ? keep(a, text, confirmed, unreachable, e) : apply_wrong(e, _("a record has a field wrong"));
	/* The hub has mail for this device, too, from before: it wants to hear that it was read. */
	if (result == 0 && confirmed == 0 && strcmp(text[1].data, a->peer->pub.tag) == 0)
		result = store_set_setting(a->s, SETTING_ACKNOWLEDGE, "1", e);
	for (int i = 0; i < 5; i++)
		buf_release(&text[i]);
	return result;
}
