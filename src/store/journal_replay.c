/* Records made anew from their operations: after a refusal, after an upgrade, for the check; and taken out of the store. */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "store/journal_replay.h"
#include "store/provenance.h"

/* Copies of all texts go to the state: the next operation's body takes this one's place. */
static void keep_texts(struct state *s, struct body *b, int kind)
{
	for (int i = 0; kind == OPERATION_INSERT && i < b->value_count; i++)
		state_keep(s, &b->values[i]);
	for (int i = 0; kind == OPERATION_UPDATE && i < b->change_count; i++)
		state_keep(s, &b->changes[i].value);
}

static int replay_operation(struct journal *j, struct state *s, const struct operation *op, struct err *e)
{
	struct stamp at = { op->hlc, op->dev };

	if (op->kind != OPERATION_INSERT && op->kind != OPERATION_UPDATE)
		return 0;
	if (merge_parse(j, s->kind, op, &j->body, e) != 0)
		return -1;
	keep_texts(s, &j->body, op->kind);
	if (op->kind == OPERATION_INSERT)
		state_insert(s, at, j->body.values, j->body.value_count);
	else
		state_update(s, at, j->body.changes, j->body.change_count);
	return 0;
}

int journal_read_operation(struct journal *j, struct operation *op, struct err *e)
{
	sqlite3_stmt *st = journal_sql(j, SQL_OPERATION, e);

	if (st == NULL)
		return -1;
	sqlite3_bind_int(st, 1, op->dev);
	sqlite3_bind_int64(st, 2, op->seq);
	if (sqlite3_step(st) != SQLITE_ROW) {
		journal_fail(j, e);
		sqlite3_reset(st);
		return -1;
	}
	op->hlc = (uint64_t)sqlite3_column_int64(st, 0);
	op->tbl = sqlite3_column_int(st, 1);
	op->kind = sqlite3_column_int(st, 2);
	op->pk = (const char *)sqlite3_column_text(st, 3);
	op->pk_len = (size_t)sqlite3_column_bytes(st, 3);
	op->body = (const char *)sqlite3_column_text(st, 4);
	op->body_len = (size_t)sqlite3_column_bytes(st, 4);
	return 0;
}

int journal_replay_one(struct journal *j, struct state *s, int dev, int64_t seq, struct err *e)
{
	struct operation op = { .dev = dev, .seq = seq };
	int rc;

	if (journal_read_operation(j, &op, e) != 0)
		return -1;
	rc = replay_operation(j, s, &op, e);
	sqlite3_reset(journal_sql(j, SQL_OPERATION, NULL));
	return rc;
}

/* Operations of records in the order of the records, and of each by their stamps. The bodies are read one by one: what is sorted stays small. */
#define SELECT_OPERATIONS \
	"SELECT o.tbl, o.pk, o.dev, o.seq FROM oplog o CROSS JOIN device d ON d.no = o.dev " \
	"WHERE " OPERATION_COUNTS
#define ORDER_OPERATIONS " ORDER BY o.tbl, o.pk, o.hlc, d.tag"

sqlite3_stmt *journal_select_operations(struct journal *j, const char *where, struct err *e)
{
	struct buf sql = BUF_INIT;
	sqlite3_stmt *st = NULL;

	buf_addf(&sql, SELECT_OPERATIONS "%s" ORDER_OPERATIONS, where);
	if (sqlite3_prepare_v2(j->db, sql.data, -1, &st, NULL) != SQLITE_OK)
		journal_fail(j, e);
	buf_release(&sql);
	return st;
}

/* Rebuilds the record at the statement's row, and leaves the statement at the next record's. *rc is the last step's. */
static int rebuild_at(struct journal *j, sqlite3_stmt *st, int *rc, struct err *e)
{
	struct kind *k = dictionary_kind(j, sqlite3_column_int(st, 0));
	const char *text = (const char *)sqlite3_column_text(st, 1);
	size_t len = (size_t)sqlite3_column_bytes(st, 1);
	char pk[RECORD_ID_SIZE];
	bool more = true;

	if (k == NULL || k->known == NULL || text == NULL || len >= sizeof pk)
		return err_set(e, ERR_DAMAGED, _("the journal of the store is damaged"));
	memcpy(pk, text, len + 1);
	if (state_load(j->state, k, pk, len, e) != 0)
		return -1;
	state_forget(j->state);
	while (more) {
		if (journal_replay_one(j, j->state, sqlite3_column_int(st, 2), sqlite3_column_int64(st, 3), e) != 0)
			return -1;
		*rc = sqlite3_step(st);
		more = *rc == SQLITE_ROW && sqlite3_column_int(st, 0) == k->number &&
		    strcmp((const char *)sqlite3_column_text(st, 1), pk) == 0;
	}
	return state_save(j->state, false, e);
}

static int rebuild_all(struct journal *j, sqlite3_stmt *st, struct err *e)
{
	int rc = sqlite3_step(st);

	while (rc == SQLITE_ROW)
		if (rebuild_at(j, st, &rc, e) != 0)
			return -1;
	return rc == SQLITE_DONE ? 0 : journal_fail(j, e);
}

static int rebuild_selected(struct journal *j, sqlite3_stmt *st, struct err *e)
{
	enum journal_mode before;
	int rc;

	if (st == NULL)
		return -1;
	before = journal_set_mode(j, JOURNAL_MERGE);
	rc = rebuild_all(j, st, e);
	journal_set_mode(j, before);
	sqlite3_finalize(st);
	return rc;
}

int journal_rebuild_where(struct journal *j, const char *where, struct err *e)
{
	return rebuild_selected(j, journal_select_operations(j, where, e), e);
}

static int mark_refused(struct journal *j, int dev, int64_t seq, const char *reason, struct err *e)
{
	sqlite3_stmt *st = journal_sql(j, SQL_REFUSE, e);

	if (st == NULL)
		return -1;
	sqlite3_bind_int(st, 1, dev);
	sqlite3_bind_int64(st, 2, seq);
	sqlite3_bind_text(st, 3, reason, -1, SQLITE_STATIC);
	return journal_run(j, st, e);
}

/* What was kept before this program knew the table or the column may be anything; what does not fit is refused now, as it would have been
 * had it come today. */
static int refuse_unfit(struct journal *j, sqlite3_stmt *st, struct err *e)
{
	int rc;

	while ((rc = sqlite3_step(st)) == SQLITE_ROW) {
		struct operation op = { .dev = sqlite3_column_int(st, 2), .seq = sqlite3_column_int64(st, 3) };
		bool fits = true;

		if (journal_read_operation(j, &op, e) != 0)
			return -1;
		if (op.kind == OPERATION_INSERT || op.kind == OPERATION_UPDATE)
			fits = merge_read(dictionary_kind(j, op.tbl), &op, &j->body, NULL) == 0;
		sqlite3_reset(journal_sql(j, SQL_OPERATION, NULL));
		if (!fits && mark_refused(j, op.dev, op.seq, "form", e) != 0)
			return -1;
	}
	return rc == SQLITE_DONE ? 0 : journal_fail(j, e);
}

static int refuse_selected(struct journal *j, sqlite3_stmt *st, struct err *e)
{
	int rc = st == NULL ? -1 : refuse_unfit(j, st, e);

	sqlite3_finalize(st);
	return rc;
}

int journal_replay_tables(struct journal *j, const char *numbers, struct err *e)
{
	struct buf where = BUF_INIT;
	int rc = -1;

	buf_addf(&where, " AND o.tbl IN (%s)", numbers);
	if (journal_join(j, e) == 0 && refuse_selected(j, journal_select_operations(j, where.data, e), e) == 0 &&
	    erase_learned(j, e) == 0)
		rc = rebuild_selected(j, journal_select_operations(j, where.data, e), e);
	buf_release(&where);
	return rc;
}

/* A record without any operation left is not selected; so it is emptied first, and made again if there are some. */
static int empty(struct journal *j, struct kind *k, const char *pk, struct err *e)
{
	enum journal_mode before = journal_set_mode(j, JOURNAL_MERGE);
	int rc = -1;

	if (journal_join(j, e) == 0 && state_load(j->state, k, pk, strlen(pk), e) == 0) {
		state_forget(j->state);
		rc = state_save(j->state, false, e);
	}
	journal_set_mode(j, before);
	return rc;
}

static struct kind *known_kind(struct journal *j, int tbl, const char *pk, struct err *e)
{
	struct kind *k = dictionary_kind(j, tbl);

	if (k != NULL && k->known != NULL && body_id_valid(pk, strlen(pk)))
		return k;
	err_set(e, ERR_REFUSED, _("there is no record %s"), pk);
	return NULL;
}

int journal_rebuild(struct journal *j, int tbl, const char *pk, struct err *e)
{
	struct kind *k = known_kind(j, tbl, pk, e);
	sqlite3_stmt *st;

	if (k == NULL || empty(j, k, pk, e) != 0 || (st = journal_select_operations(j, " AND o.tbl = ?1 AND o.pk = ?2", e)) == NULL)
		return -1;
	journal_bind_record(st, tbl, pk, strlen(pk));
	return rebuild_selected(j, st, e);
}

static int empty_listed(struct journal *j, sqlite3_stmt *st, struct err *e)
{
	int rc;

	while ((rc = sqlite3_step(st)) == SQLITE_ROW) {
		const char *pk = (const char *)sqlite3_column_text(st, 1);
		struct kind *k = known_kind(j, sqlite3_column_int(st, 0), pk, e);

		if (k == NULL || empty(j, k, pk, e) != 0)
			return -1;
	}
	return rc == SQLITE_DONE ? 0 : journal_fail(j, e);
}

static int empty_all(struct journal *j, struct err *e)
{
	sqlite3_stmt *st;
	int rc;

	if (sqlite3_prepare_v2(j->db, "SELECT tbl, pk FROM temp.wanted", -1, &st, NULL) != SQLITE_OK)
		return journal_fail(j, e);
	rc = empty_listed(j, st, e);
	sqlite3_finalize(st);
	return rc;
}

int journal_rebuild_wanted(struct journal *j, struct err *e)
{
	static const char where[] = " AND EXISTS(SELECT 1 FROM temp.wanted w WHERE w.tbl = o.tbl AND w.pk = o.pk)";

	return empty_all(j, e) == 0 ? rebuild_selected(j, journal_select_operations(j, where, e), e) : -1;
}

int journal_mark_refused(struct journal *j, int dev, int64_t seq, const char *reason, int *tbl, char pk[RECORD_ID_SIZE], struct err *e)
{
	sqlite3_stmt *st = journal_sql(j, SQL_OPERATION, e);
	int rc;

	if (st == NULL || journal_join(j, e) != 0)
		return -1;
	sqlite3_bind_int(st, 1, dev);
	sqlite3_bind_int64(st, 2, seq);
	rc = sqlite3_step(st);
	if (rc == SQLITE_ROW) {
		*tbl = sqlite3_column_int(st, 1);
		snprintf(pk, RECORD_ID_SIZE, "%s", (const char *)sqlite3_column_text(st, 3));
	} else if (rc != SQLITE_DONE) {
		journal_fail(j, e);
	}
	sqlite3_reset(st);
	if (rc == SQLITE_DONE)
		return err_set(e, ERR_REFUSED, _("operation %lld is not in the journal"), (long long)seq);
	if (rc != SQLITE_ROW || mark_refused(j, dev, seq, reason, e) != 0)
		return -1;
	return erase_judged(j, dev, seq, e);
}

int journal_refuse(struct journal *j, int dev, int64_t seq, const char *reason, struct err *e)
{
	char pk[RECORD_ID_SIZE];
	struct kind *k;
	int tbl;

	if (journal_mark_refused(j, dev, seq, reason, &tbl, pk, e) != 0)
		return -1;
	k = dictionary_kind(j, tbl);
	return k != NULL && k->known != NULL ? journal_rebuild(j, tbl, pk, e) : 0;
}

int journal_keep_refused(struct journal *j, const struct operation *op, const char *reason, struct err *e)
{
	uint64_t clock, greatest;

	if (journal_fresh_devices(j, e) != 0 || journal_join(j, e) != 0)
		return -1;
	if (op->dev < 1 || op->dev >= j->device_count || op->seq < 1 || op->hlc == 0 || op->hlc > INT64_MAX)
		return err_set(e, ERR_DAMAGED, _("operation %lld of the journal is not well-formed"), (long long)op->seq);
	clock = j->last_stamp;
	greatest = j->devices[op->dev].max_hlc;
	if (journal_log(j, op, e) != 0)
		return -1;
	/* A stamp may be what it was refused for: whoever followed it would carry all others along. */
	j->last_stamp = clock;
	j->devices[op->dev].max_hlc = greatest;
	if (j->now.erased > 0)
		j->now.erasing |= ERASING_REFUSED;
	return mark_refused(j, op->dev, op->seq, reason, e);
}

static int want(struct journal *j, struct operation *op, struct err *e)
{
	int rc = journal_fresh_devices(j, e) == 0 ? journal_read_operation(j, op, e) : -1;

	if (rc == 0) {
		rc = journal_wanted_add(j, op->tbl, op->pk, e);
		sqlite3_reset(journal_sql(j, SQL_OPERATION, NULL));
	}
	return rc;
}

int journal_accept(struct journal *j, int dev, int64_t seq, struct err *e)
{
	struct operation op = { .dev = dev, .seq = seq };
	struct device *d;
	sqlite3_stmt *st;

	if (journal_join(j, e) != 0 || sqlite3_prepare_v2(j->db, "DELETE FROM refused WHERE dev = ? AND seq = ?", -1, &st, NULL) != SQLITE_OK)
		return journal_fail(j, e);
	sqlite3_bind_int(st, 1, dev);
	sqlite3_bind_int64(st, 2, seq);
	if (journal_run(j, st, e) != 0) {
		sqlite3_finalize(st);
		return -1;
	}
	sqlite3_finalize(st);
	if (sqlite3_changes(j->db) == 0)
		return 0;
	if (want(j, &op, e) != 0)
		return -1;
	d = &j->devices[dev];
	if (op.hlc > d->max_hlc) {
		d->max_hlc = op.hlc;
		d->dirty = j->dirty = true;
		j->devices_read = j->now.devices = ++j->version;
	}
	journal_saw_stamp(j, op.hlc);
	return erase_judged(j, dev, seq, e) == 0 ? 1 : -1;
}

/* Binds ?1 where there is one. */
static int run_bound(struct journal *j, const char *sql, int64_t one, struct err *e)
{
	sqlite3_stmt *st;
	int rc;

	if (sqlite3_prepare_v2(j->db, sql, -1, &st, NULL) != SQLITE_OK)
		return journal_fail(j, e);
	if (sqlite3_bind_parameter_count(st) > 0)
		sqlite3_bind_int64(st, 1, one);
	rc = journal_run(j, st, e);
	sqlite3_finalize(st);
	return rc;
}

/* Operations that stay may be what their record was erased by. */
static int count_erased(struct journal *j, bool some_stay, struct err *e)
{
	int64_t before = j->now.erased;

	if (erase_count(j, e) != 0)
		return -1;
	if (some_stay && j->now.erased != before)
		j->now.erasing |= ERASING_ANEW | ERASING_PAST;
	return 0;
}

/* The operations of the records in `wanted`, with all that is remembered of them; but whoever was erased stays erased, and own operations after `own` stay. */
static int drop_wanted(struct journal *j, int64_t own, struct err *e)
{
	static const char *const drop[] = {
		"DELETE FROM oplog AS o WHERE EXISTS(SELECT 1 FROM temp.wanted w WHERE w.tbl = o.tbl AND w.pk = o.pk) AND NOT " OPERATION_STAYS
		" AND NOT (o.dev = 1 AND o.seq > ?1)",
		"DELETE FROM refused WHERE NOT EXISTS(SELECT 1 FROM oplog o WHERE o.dev = refused.dev AND o.seq = refused.seq)",
		("DELETE FROM erased WHERE EXISTS(SELECT 1 FROM temp.wanted w WHERE w.tbl = erased.tbl AND w.pk = erased.pk)"
		" AND NOT EXISTS(SELECT 1 FROM dict_table d WHERE d.no = erased.tbl AND d.name = 'person')"),
		"DELETE FROM folded WHERE EXISTS(SELECT 1 FROM temp.wanted w WHERE w.tbl = folded.tbl AND w.pk = folded.pk)",
	};

	for (size_t i = 0; i < sizeof drop / sizeof *drop; i++)
		if (run_bound(j, drop[i], own, e) != 0)
			return -1;
	return j->now.erased > 0 ? count_erased(j, own < INT64_MAX, e) : 0;
}

int journal_evict_wanted(struct journal *j, struct err *e)
{
	return journal_forget_wanted(j, INT64_MAX, e);
}

int journal_forget_wanted(struct journal *j, int64_t own, struct err *e)
{
	return empty_all(j, e) == 0 && provenance_forget_wanted(j, own, e) == 0 ? drop_wanted(j, own, e) : -1;
}

int journal_evict(struct journal *j, int tbl, const char *pk, struct err *e)
{
	if (known_kind(j, tbl, pk, e) == NULL || journal_wanted_reset(j, e) != 0 || journal_wanted_add(j, tbl, pk, e) != 0)
		return -1;
	return journal_evict_wanted(j, e);
}
