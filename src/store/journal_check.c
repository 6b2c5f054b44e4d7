/* The journal against the rows: every record is played again from its operations and compared with what the database has of it. */
#include <string.h>

#include "base/i18n.h"
#include "store/journal_replay.h"
#include "schema/schema.h"

struct check {
	struct journal *journal;
	struct state *stored;			/* beside the journal's own, which is played into */
	int64_t rows[KNOWN_TABLES_MAX], visible[KNOWN_TABLES_MAX];
	int64_t orphans, conflicts, heads, seen;
};

static int damaged(struct err *e, const char *what)
{
	return err_set(e, ERR_DAMAGED, _("the journal and the records do not agree: %s"), what);
}

static int compare(struct check *c, struct err *e)
{
	struct state *played = c->journal->state, *stored = c->stored;
	const char *difference;

	if (state_load(stored, played->kind, played->pk, played->pk_len, e) != 0)
		return -1;
	difference = state_difference(played, stored);
	if (difference != NULL)
		return err_set(e, ERR_DAMAGED, _("the journal and the records do not agree: %s %s, %s"), played->kind->name, played->pk,
		    difference);
	c->rows[played->kind->place] += stored->exists;
	c->visible[played->kind->place] += stored->stored.visible;
	c->orphans += stored->stored.orphan;
	c->conflicts += stored->stored.conflicts;
	for (int i = 0; i < stored->head_count; i++)
		c->heads += stored->heads[i].stored;
	c->seen += stored->seen_count;
	return 0;
}

/* Plays the record at the statement's row and leaves the statement at the next one's. */
static int play(struct check *c, sqlite3_stmt *st, int *rc, struct err *e)
{
	struct journal *j = c->journal;
	int tbl = sqlite3_column_int(st, 0);
	struct kind *k = dictionary_kind(j, tbl);
	const char *text = (const char *)sqlite3_column_text(st, 1);
	bool known = k != NULL && k->known != NULL, more = true;
	size_t len = (size_t)sqlite3_column_bytes(st, 1);
	char pk[RECORD_ID_SIZE];

	if (text == NULL || len >= sizeof pk)
		return damaged(e, _("an id in the journal is too long"));
	memcpy(pk, text, len + 1);
	if (known) {
		state_begin(j->state, k, pk, len);
		state_forget(j->state);
	}
	while (more) {
		if (known && journal_replay_one(j, j->state, sqlite3_column_int(st, 2), sqlite3_column_int64(st, 3), e) != 0)
			return -1;
		*rc = sqlite3_step(st);
		more = *rc == SQLITE_ROW && sqlite3_column_int(st, 0) == tbl && strcmp((const char *)sqlite3_column_text(st, 1), pk) == 0;
	}
	return known ? compare(c, e) : 0;
}

static int check_records(struct check *c, struct err *e)
{
	sqlite3_stmt *st = journal_select_operations(c->journal, "", e);
	int rc;

	if (st == NULL)
		return -1;
	rc = sqlite3_step(st);
	while (rc == SQLITE_ROW)
		if (play(c, st, &rc, e) != 0) {
			sqlite3_finalize(st);
			return -1;
		}
	sqlite3_finalize(st);
	return rc == SQLITE_DONE ? 0 : journal_fail(c->journal, e);
}

/* The row at the statement is a built-in record that no operation touched: it is as it came, or there is no such. */
static int check_untouched(struct check *c, struct kind *k, sqlite3_stmt *st, struct err *e)
{
	const char *text = (const char *)sqlite3_column_text(st, 0);
	char pk[RECORD_ID_SIZE];

	if (text == NULL || strlen(text) >= sizeof pk || schema_builtin(k->name, text) == NULL)
		return damaged(e, _("a row that no operation made"));
	strcpy(pk, text);
	state_begin(c->journal->state, k, pk, strlen(pk));
	state_forget(c->journal->state);
	return compare(c, e);
}

static int check_builtins(struct check *c, struct kind *k, struct err *e)
{
	struct journal *j = c->journal;
	struct buf sql = BUF_INIT;
	sqlite3_stmt *st = NULL;
	int rc;

	buf_addf(&sql, "SELECT id FROM main.\"%s\" t WHERE origin_hlc = 0 AND NOT EXISTS(SELECT 1 FROM oplog o"
	    " WHERE o.tbl = %d AND o.pk = t.id AND " OPERATION_COUNTS ")",
	    k->name, k->number);
	rc = sqlite3_prepare_v2(j->db, sql.data, -1, &st, NULL);
	buf_release(&sql);
	if (rc != SQLITE_OK)
		return journal_fail(j, e);
	while ((rc = sqlite3_step(st)) == SQLITE_ROW)
		if (check_untouched(c, k, st, e) != 0)
			break;
	if (rc != SQLITE_DONE && rc != SQLITE_ROW)
		journal_fail(j, e);
	sqlite3_finalize(st);
	return rc == SQLITE_DONE ? 0 : -1;
}

/* Every row was met while the operations were played, but for built-in records that nobody touched; refused operations touched nothing. */
static int check_rows(struct check *c, struct kind *k, struct err *e)
{
	struct buf sql = BUF_INIT;
	int64_t all;
	int rc;

	buf_addf(&sql, "SELECT count(*) FROM main.\"%s\"", k->name);
	rc = journal_number(c->journal, sql.data, NULL, &all, e);
	buf_release(&sql);
	if (rc == 0 && all > c->rows[k->place])
		rc = check_builtins(c, k, e);
	if (rc != 0)
		return -1;
	if (all != c->rows[k->place])
		return err_set(e, ERR_DAMAGED, _("the journal and the records do not agree: %s has %lld rows, the journal %lld"), k->name,
		    (long long)all, (long long)c->rows[k->place]);
	if (c->journal->now.visible[k->place] != c->visible[k->place])
		return err_set(e, ERR_DAMAGED, _("the journal and the records do not agree: the tally of %s is %lld, there are %lld"), k->name,
		    (long long)c->journal->now.visible[k->place], (long long)c->visible[k->place]);
	return 0;
}

/* Heads, stamps and refusals of what the journal does not have. */
static int check_leftovers(struct check *c, struct err *e)
{
	int64_t heads, seen, refused;

	if (journal_number(c->journal, "SELECT count(*) FROM head", NULL, &heads, e) != 0 ||
	    journal_number(c->journal, "SELECT count(*) FROM seen", NULL, &seen, e) != 0 ||
	    journal_number(c->journal, "SELECT count(*) FROM refused r WHERE NOT EXISTS(SELECT 1 FROM oplog o WHERE o.dev = r.dev"
	    " AND o.seq = r.seq)", NULL, &refused, e) != 0)
		return -1;
	if (heads != c->heads || seen != c->seen)
		return damaged(e, _("heads of a record that has no operations"));
	return refused == 0 ? 0 : damaged(e, _("an operation that is refused is not there"));
}

static int check_tallies(struct check *c, struct err *e)
{
	for (int i = 0; i < c->journal->kind_count; i++)
		if (c->journal->kinds[i]->known != NULL && check_rows(c, c->journal->kinds[i], e) != 0)
			return -1;
	if (c->journal->now.conflicts != c->conflicts)
		return damaged(e, _("the tally of conflicts"));
	if (c->journal->now.orphans != c->orphans)
		return damaged(e, _("the tally of records that have not arrived"));
	return check_leftovers(c, e);
}

/* The clock goes past every stamp that was taken; a refused one may be ahead of it. */
static int check_devices(struct journal *j, struct err *e)
{
	static const char sql[] = "SELECT o.dev, max(o.seq), max(o.hlc), max(CASE WHEN r.seq IS NULL THEN o.hlc END), min(o.seq), min(o.hlc)"
	    " FROM oplog o LEFT JOIN refused r ON r.dev = o.dev AND r.seq = o.seq GROUP BY o.dev";
	sqlite3_stmt *st;
	int rc;

	if (journal_fresh_devices(j, e) != 0)
		return -1;
	if (sqlite3_prepare_v2(j->db, sql, -1, &st, NULL) != SQLITE_OK)
		return journal_fail(j, e);
	while ((rc = sqlite3_step(st)) == SQLITE_ROW) {
		int dev = sqlite3_column_int(st, 0);

		if (dev < 1 || dev >= j->device_count || sqlite3_column_int64(st, 1) > j->devices[dev].max_seq ||
		    (uint64_t)sqlite3_column_int64(st, 3) > j->devices[dev].max_hlc ||
		    (uint64_t)sqlite3_column_int64(st, 3) > j->last_stamp || sqlite3_column_int64(st, 4) < 1 ||
		    sqlite3_column_int64(st, 5) < 1 || (dev == 1 && sqlite3_column_int64(st, 1) > j->now.seq))
			break;
	}
	sqlite3_finalize(st);
	return rc == SQLITE_DONE ? 0 : rc == SQLITE_ROW ? damaged(e, _("a counter is behind")) : journal_fail(j, e);
}

/* Ids of this device: tag-1, tag-2 … */
static int check_ids(struct journal *j, struct err *e)
{
	static const char sql[] = "SELECT coalesce(max(CAST(substr(pk, 10) AS INTEGER)), 0) FROM oplog"
	    " WHERE dev = 1 AND kind = 0 AND substr(pk, 1, 9) = ?1 || '-' AND instr(pk, '/') = 0";
	int64_t last;

	if (journal_number(j, sql, j->tag, &last, e) != 0)
		return -1;
	return last <= j->last_id ? 0 : damaged(e, _("the counter of records is behind"));
}

/* Which cards are one person: kept by triggers, and here counted again from the links. */
static int check_joined(struct journal *j, struct err *e)
{
	int64_t differ;

	if (journal_number(j, schema_joined_differ, NULL, &differ, e) != 0)
		return -1;
	return differ == 0 ? 0 : damaged(e, _("which cards are joined"));
}

int journal_check(struct journal *j, struct err *e)
{
	struct check c = { .journal = j, .stored = state_new(j) };
	int rc = check_devices(j, e) == 0 && check_ids(j, e) == 0 && check_records(&c, e) == 0 && erase_check(j, e) == 0 && check_joined(j, e) == 0 && check_tallies(&c, e) == 0 ? 0 : -1;

	state_free(c.stored);
	return rc;
}
