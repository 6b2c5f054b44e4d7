#include "sync/feed.h"

#include <stdio.h>
#include <stdlib.h>

#include "store/dictionary.h"
#include "sync/replicas.h"
#include "sync/rules.h"
#include "sync/scope.h"

/* Parameters of all statements below: 1 the device's number, 2 the last position given before the statement, 3
 * that before the round. */
static int run(struct store *s, const char *sql, int device, int64_t pos, int64_t before, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, sql, e);

	if (st == NULL)
		return -1;
	sqlite3_bind_int(st, 1, device);
	sqlite3_bind_int64(st, 2, pos);
	sqlite3_bind_int64(st, 3, before);
	return store_run(s, st, e);
}

/* What the device should hold against what it holds. A record of both tables changed its `own` alone. */
static int compare(struct store *s, int device, struct err *e)
{
	if (store_exec(s,
	    "CREATE TEMP TABLE IF NOT EXISTS fresh(tbl INTEGER, pk TEXT, own INTEGER, PRIMARY KEY(tbl, pk)) WITHOUT ROWID;"
	    "CREATE TEMP TABLE IF NOT EXISTS stale(tbl INTEGER, pk TEXT, PRIMARY KEY(tbl, pk)) WITHOUT ROWID;"
	    "CREATE TEMP TABLE IF NOT EXISTS made(tbl INTEGER, pk TEXT, PRIMARY KEY(tbl, pk)) WITHOUT ROWID;"
	    "DELETE FROM temp.fresh; DELETE FROM temp.stale; DELETE FROM temp.made", e) != 0)
		return -1;
	if (run(s, "INSERT INTO temp.fresh SELECT tbl, pk, own FROM temp.want"
	    " EXCEPT SELECT tbl, pk, own FROM scope WHERE device = ?1 AND gone IS NULL", device, 0, 0,
	    e) != 0 ||
	    run(s, "INSERT INTO temp.stale SELECT tbl, pk FROM (SELECT tbl, pk, own FROM scope WHERE device = ?1 AND gone IS NULL"
	    " EXCEPT SELECT tbl, pk, own FROM temp.want)", device, 0, 0, e) != 0)
		return -1;
	/* Records that the device itself has just made, and nobody else touched: it holds them, and need not be
	 * told. */
	return run(s, "INSERT INTO temp.made SELECT DISTINCT tbl, pk FROM arrived a WHERE dev = ?1 AND kind = 0"
	    " AND NOT EXISTS(SELECT 1 FROM scope c WHERE c.device = ?1 AND c.tbl = a.tbl AND c.pk = a.pk)"
	    " EXCEPT SELECT tbl, pk FROM arrived WHERE dev <> ?1", device, 0, 0, e);
}

/* Records that the device has just made while what they belong to was leaving it: it holds them, and should not. They leave like others. */
static int disown(struct store *s, int device, struct err *e)
{
	return run(s, "INSERT INTO scope SELECT DISTINCT ?1, a.tbl, a.pk, coalesce((SELECT max(c.gone) FROM scope c"
	    " WHERE c.device = ?1 AND c.tbl = a.tbl AND c.pk = a.pk), 0), NULL, 0 FROM arrived a WHERE a.dev = ?1 AND a.kind = 0"
	    " AND NOT EXISTS(SELECT 1 FROM temp.want w WHERE w.tbl = a.tbl AND w.pk = a.pk)"
	    " AND NOT EXISTS(SELECT 1 FROM scope c WHERE c.device = ?1 AND c.tbl = a.tbl AND c.pk = a.pk AND c.gone IS NULL)", device, 0, 0, e);
}

#define IN(table, alias) "EXISTS(SELECT 1 FROM temp." table " x WHERE x.tbl = " alias ".tbl AND x.pk = " alias ".pk)"
#define NOT_IN(table, alias) "NOT " IN(table, alias)

static int enter(struct store *s, int device, int64_t *pos, int64_t before, struct err *e)
{
	if (run(s, "INSERT INTO feed(device, pos, kind, tbl, pk) SELECT ?1, ?2 + row_number() OVER (ORDER BY tbl, pk), 1, tbl, pk"
	    " FROM temp.fresh f WHERE " NOT_IN("stale", "f") " AND " NOT_IN("made", "f"), device, *pos, before,
	    e) != 0)
		return -1;
	*pos += sqlite3_changes(store_db(s));
	/* Made here: held since ever. */
	if (run(s, "INSERT INTO scope SELECT ?1, tbl, pk, 0, NULL, own FROM temp.fresh f"
	    " WHERE " IN("made", "f"), device, *pos, before, e) != 0)
		return -1;
	return run(s, "INSERT INTO scope SELECT ?1, f.tbl, f.pk, f.pos, NULL, r.own FROM feed f JOIN temp.fresh r USING(tbl, pk)"
	    " WHERE f.device = ?1 AND f.pos > ?3 AND f.kind = 1", device, *pos, before, e);
}

/* Of records that the device held before the round; what enters now comes with its history. */
static int operations(struct store *s, int device, int64_t *pos, int64_t before, struct err *e)
{
	if (run(s, "INSERT INTO feed SELECT ?1, ?2 + row_number() OVER (ORDER BY a.dev, a.seq), 0, a.tbl, a.pk, a.dev, a.seq FROM arrived a"
	    " JOIN scope c ON c.device = ?1 AND c.tbl = a.tbl AND c.pk = a.pk AND c.gone IS NULL"
	    " WHERE (a.dev <> ?1 OR a.again) AND a.kind <> 3 AND NOT (" IN("fresh", "a") " AND " NOT_IN("stale", "a") ")", device, *pos,
	    before, e) != 0)
		return -1;
	*pos += sqlite3_changes(store_db(s));
	return 0;
}

static int leave(struct store *s, int device, int64_t *pos, int64_t before, struct err *e)
{
	int64_t first = *pos;

	if (run(s, "INSERT INTO feed(device, pos, kind, tbl, pk) SELECT ?1, ?2 + row_number() OVER (ORDER BY tbl, pk), 2, tbl, pk"
	    " FROM temp.stale t WHERE " NOT_IN("fresh", "t"), device, *pos, before, e) != 0)
		return -1;
	*pos += sqlite3_changes(store_db(s));
	if (run(s, "UPDATE scope SET gone = f.pos FROM feed f WHERE f.device = ?1 AND f.pos > ?2 AND f.kind = 2"
	    " AND scope.device = ?1 AND scope.tbl = f.tbl AND scope.pk = f.pk AND scope.gone IS NULL", device,
	    first, before, e) != 0)
		return -1;
	/* Still held, by another right: from the next position on. */
	if (run(s, "UPDATE scope SET gone = ?2 + 1 FROM temp.stale t JOIN temp.fresh USING(tbl, pk)"
	    " WHERE scope.device = ?1 AND scope.tbl = t.tbl AND scope.pk = t.pk AND scope.gone IS NULL", device,
	    *pos, before, e) != 0)
		return -1;
	return run(s, "INSERT OR REPLACE INTO scope SELECT ?1, tbl, pk, ?2 + 1, NULL, own FROM temp.fresh JOIN temp.stale USING(tbl, pk)",
	    device, *pos, before, e);
}

static int names(struct store *s, int device, int64_t *pos, int64_t before, struct err *e)
{
	struct journal *j = store_journal(s);
	int64_t first = *pos;
	sqlite3_stmt *st;

	if (scope_naming(s, e) != 0)
		return -1;
	st = store_prepare(s, "INSERT INTO feed(device, pos, kind, tbl, pk) SELECT ?1, ?2 + row_number() OVER (ORDER BY n.tbl, n.pk), 3, n.tbl, n.pk"
	    " FROM temp.naming n LEFT JOIN person p ON n.tbl = ?4 AND p.id = n.pk LEFT JOIN organisation o ON n.tbl = ?5 AND o.id = n.pk"
	    " LEFT JOIN named d ON d.device = ?1 AND d.tbl = n.tbl AND d.pk = n.pk"
	    " WHERE coalesce(p.name, o.name) IS NOT NULL AND d.name IS NOT coalesce(p.name, o.name)", e);
	if (st == NULL)
		return -1;
	sqlite3_bind_int(st, 1, device);
	sqlite3_bind_int64(st, 2, *pos);
	sqlite3_bind_int(st, 4, dictionary_table(j, "person"));
	sqlite3_bind_int(st, 5, dictionary_table(j, "organisation"));
	if (store_run(s, st, e) != 0)
		return -1;
	*pos += sqlite3_changes(store_db(s));
	st = store_prepare(s, "INSERT OR REPLACE INTO named SELECT ?1, f.tbl, f.pk, coalesce(p.name, o.name), f.pos FROM feed f"
	    " LEFT JOIN person p ON f.tbl = ?4 AND p.id = f.pk LEFT JOIN organisation o ON f.tbl = ?5 AND o.id = f.pk"
	    " WHERE f.device = ?1 AND f.pos > ?2 AND f.kind = 3", e);
	if (st == NULL)
		return -1;
	(void)before;
	sqlite3_bind_int(st, 1, device);
	sqlite3_bind_int64(st, 2, first);
	sqlite3_bind_int(st, 4, dictionary_table(j, "person"));
	sqlite3_bind_int(st, 5, dictionary_table(j, "organisation"));
	return store_run(s, st, e);
}

/* Records that enter come first, so that operations which name them find them; then operations; then what
 * leaves. */
static int update_one(void *context, struct peer *p, struct err *e)
{
	struct store *s = context;
	int device = journal_device(store_journal(s), p->pub.tag, e);
	int64_t pos = p->feed_pos;

	if (device < 0 || scope_want(s, p, e) != 0 || disown(s, device, e) != 0 || compare(s, device, e) != 0 || enter(s, device, &pos,
	    p->feed_pos, e) != 0 ||
	    operations(s, device, &pos, p->feed_pos, e) != 0 || replicas_feed(s, p, device, &pos, e) != 0 || leave(s, device, &pos, p->feed_pos, e) != 0)
		return -1;
	if (rule_role(p->role) != ROLE_COORDINATOR && names(s, device, &pos, p->feed_pos, e) != 0)
		return -1;
	if (pos == p->feed_pos)
		return 0;
	p->feed_pos = pos;
	return peer_save(s, p, e);
}

/* The hub's own operations came with no bundle. */
static int own_arrived(struct store *s, struct err *e)
{
	char *last = store_setting(s, "feed_own"), now[24];
	sqlite3_stmt *st = store_prepare(s,
	    "INSERT OR IGNORE INTO arrived(dev, seq, tbl, pk, kind) SELECT dev, seq, tbl, pk, kind FROM oplog WHERE dev = 1 AND seq > ?1", e);
	int64_t seq = journal_last_seq(store_journal(s));
	int result = -1;

	snprintf(now, sizeof now, "%lld", (long long)seq);
	if (st != NULL) {
		sqlite3_bind_int64(st, 1, last != NULL ? atoll(last) : 0);
		result = store_run(s, st, e);
	}
	free(last);
	return result == 0 ? store_set_setting(s, "feed_own", now, e) : -1;
}

int feed_update(struct store *s, struct err *e)
{
	if (own_arrived(s, e) != 0 || replicas_note(s, e) != 0 || peer_each(s, "active", update_one, s, e) != 0)
		return -1;
	return store_exec(s, "DELETE FROM arrived", e);
}

int feed_acknowledged(struct store *s, int device, int64_t pos, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, "DELETE FROM feed WHERE device = ?1 AND pos <= ?2", e);

	if (st == NULL)
		return -1;
	sqlite3_bind_int(st, 1, device);
	sqlite3_bind_int64(st, 2, pos);
	return store_run(s, st, e);
}
