#include "store/fold_private.h"

#include <string.h>

#include "base/i18n.h"
#include "store/journal_replay.h"
#include "store/provenance.h"

int fold_begin(struct journal *j, struct err *e)
{
	static const char sql[] =
	    "CREATE TEMP TABLE IF NOT EXISTS fold_waits(tbl INTEGER NOT NULL, pk TEXT NOT NULL, PRIMARY KEY(tbl, pk)) WITHOUT ROWID;"
	    "CREATE TEMP TABLE IF NOT EXISTS fold_done(tbl INTEGER NOT NULL, pk TEXT NOT NULL, PRIMARY KEY(tbl, pk)) WITHOUT ROWID;"
	    "CREATE TEMP TABLE IF NOT EXISTS folding(tbl INTEGER NOT NULL, pk TEXT NOT NULL, PRIMARY KEY(tbl, pk)) WITHOUT ROWID;"
	    "DELETE FROM temp.fold_waits; DELETE FROM temp.fold_done; DELETE FROM temp.folding;";

	return journal_exec(j, sql, e);
}

static int run(struct journal *j, const char *sql, int tbl, const char *pk, int dev, uint64_t hlc, struct err *e)
{
	sqlite3_stmt *st = journal_prepare(j, sql, e);
	int rc;

	if (st == NULL)
		return -1;
	journal_bind_record(st, tbl, pk, strlen(pk));
	if (sqlite3_bind_parameter_count(st) > 2) {
		sqlite3_bind_int(st, 3, dev);
		sqlite3_bind_int64(st, 4, (int64_t)hlc);
	}
	rc = journal_run(j, st, e);
	sqlite3_finalize(st);
	return rc;
}

/* --- the records of a slice --- */

struct slice {
	struct journal *j;
	struct fold *f;
	sqlite3_stmt *st;		/* tbl, pk of updates, in their order */
	int updates;			/* that were read */
	int tbl, count;			/* the record that is read, and its updates so far */
	char pk[RECORD_ID_SIZE];
	bool full;
};

/* One update alone supersedes nothing. */
static int end_record(struct slice *s, struct err *e)
{
	s->f->tbl = s->tbl;
	strcpy(s->f->pk, s->pk);
	return s->count < 2 && !s->full ? 0 : run(s->j, "INSERT OR IGNORE INTO temp.folding(tbl, pk) VALUES(?1, ?2)", s->tbl, s->pk, 0, 0, e);
}

static int take_update(struct slice *s, struct err *e)
{
	int tbl = sqlite3_column_int(s->st, 0);
	const char *pk = (const char *)sqlite3_column_text(s->st, 1);

	if (pk == NULL || strlen(pk) >= sizeof s->pk)
		return err_set(e, ERR_DAMAGED, _("the journal of the store is damaged"));
	s->updates++;
	if (s->count > 0 && tbl == s->tbl && strcmp(pk, s->pk) == 0) {
		s->count++;
		return 0;
	}
	if (s->count > 0 && end_record(s, e) != 0)
		return -1;
	s->tbl = tbl;
	strcpy(s->pk, pk);
	s->count = 1;
	return 0;
}

/* The last record of a full slice may go on behind it: it is the next slice's first, unless it fills this one alone. */
static int end_slice(struct slice *s, struct err *e)
{
	s->full = s->updates == s->f->most;
	if (s->count == 0 || (s->full && s->updates > s->count))
		return 0;
	return end_record(s, e);
}

/* Into temp.folding; 1: there is more behind it. SQLite keeps no more rows than the limit while it sorts. */
static int gather(struct journal *j, struct fold *f, struct err *e)
{
	struct slice s = { .j = j, .f = f };
	int rc;

	if (journal_exec(j, "DELETE FROM temp.folding", e) != 0)
		return -1;
	s.st = journal_prepare(j, "SELECT tbl, pk FROM oplog WHERE kind = 1 AND hlc < ?1 AND (tbl, pk) > (?2, ?3) ORDER BY tbl, pk LIMIT ?4", e);
	if (s.st == NULL)
		return -1;
	sqlite3_bind_int64(s.st, 1, (int64_t)((uint64_t)(f->before > 0 ? f->before : 0) << 16));
	sqlite3_bind_int(s.st, 2, f->tbl);
	sqlite3_bind_text(s.st, 3, f->pk, -1, SQLITE_TRANSIENT);
	sqlite3_bind_int(s.st, 4, f->most);
	while ((rc = sqlite3_step(s.st)) == SQLITE_ROW)
		if (take_update(&s, e) != 0)
			break;
	if (rc != SQLITE_ROW && rc != SQLITE_DONE)
		journal_fail(j, e);
	sqlite3_finalize(s.st);
	return rc != SQLITE_DONE || end_slice(&s, e) != 0 ? -1 : s.full;
}

/* --- one record --- */

static int add_operation(struct fold_record *r, const struct fold *f, int dev, int64_t seq, struct err *e)
{
	struct operation op = { .dev = dev, .seq = seq };
	int rc = journal_read_operation(r->j, &op, e);

	if (rc == 0) {
		if (op.kind == OPERATION_UPDATE)
			rc = merge_parse(r->j, r->kind, &op, &r->j->body, e);
		if (rc == 0)
			fold_record_add(r, f, &op, &r->j->body);
		sqlite3_reset(journal_sql(r->j, SQL_OPERATION, NULL));
	}
	return rc;
}

static bool is_lines(const struct kind *k, int col)
{
	return k->known->columns[k->places[col - 1]].kind == COLUMN_LONG_TEXT;
}

/* The same values, with all that the changes name now. */
static void write_body(const struct fold_record *r, const struct fold_op *o, const struct body *b, struct buf *out)
{
	buf_reset(out);
	for (int i = 0; i < b->change_count; i++) {
		const struct fold_change *c = &o->change[i];

		buf_addf(out, "%s[%d,", i == 0 ? "[" : ",", c->col);
		body_add_value(out, &b->changes[i].value, is_lines(r->kind, c->col));
		buf_adds(out, ",[");
		for (int n = 0; n < c->count; n++)
			buf_addf(out, "%s[%lld,\"%.*s\"]", n > 0 ? "," : "", (long long)c->seen[n].hlc, TAG_LENGTH, r->j->devices[c->seen[n].dev].tag);
		buf_adds(out, "]]");
	}
	buf_addc(out, ']');
}

static int rewrite(struct fold_record *r, const struct fold_op *o, struct err *e)
{
	struct operation op = { .dev = o->at.dev, .seq = o->seq };
	struct buf text = BUF_INIT;
	int rc = journal_read_operation(r->j, &op, e);

	if (rc == 0) {
		rc = merge_parse(r->j, r->kind, &op, &r->j->body, e);
		if (rc == 0)
			write_body(r, o, &r->j->body, &text);
		sqlite3_reset(journal_sql(r->j, SQL_OPERATION, NULL));
	}
	if (rc == 0)
		rc = journal_rewrite(r->j, op.dev, op.seq, text.data, text.len, e);
	buf_release(&text);
	return rc;
}

static int remove_one(struct fold_record *r, const char *pk, const struct fold_op *o, struct err *e)
{
	if (journal_remove(r->j, o->at.dev, o->seq, e) != 0)
		return -1;
	if (o->at.hlc > r->j->folded)
		r->j->folded = o->at.hlc;
	return run(r->j, "INSERT INTO folded(tbl, pk, dev, hlc) VALUES(?1, ?2, ?3, ?4)"
	    " ON CONFLICT(tbl, pk, dev) DO UPDATE SET hlc = max(hlc, ?4)", r->kind->number, pk, o->at.dev, o->at.hlc, e);
}

static int write_record(struct fold_record *r, const char *pk, struct err *e)
{
	for (int i = 0; i < r->count; i++)
		if (r->op[i].gone ? remove_one(r, pk, &r->op[i], e) != 0 : r->op[i].grown && rewrite(r, &r->op[i], e) != 0)
			return -1;
	return run(r->j, "INSERT OR IGNORE INTO temp.fold_done(tbl, pk) VALUES(?1, ?2)", r->kind->number, pk, 0, 0, e);
}

/* A conflict is shown with its history; a record that has not come whole is left alone. */
static int is_quiet(struct fold_record *r, const char *pk, struct err *e)
{
	if (state_load(r->j->state, r->kind, pk, strlen(pk), e) != 0)
		return -1;
	return r->j->state->exists && state_conflicts(r->j->state) == 0;
}

static int fold_one(struct fold_record *r, struct fold *f, const char *pk, struct err *e)
{
	int quiet, gone;

	f->records++;
	if (r->unknown || (quiet = is_quiet(r, pk, e)) == 0)
		return 0;
	if (quiet < 0)
		return -1;
	gone = fold_record_run(r);
	f->folded += gone;
	return gone == 0 ? 0 : write_record(r, pk, e);
}

/* --- all of them --- */

/* Reads the record at the statement's row and leaves the statement at the next one's. The rows were sorted: changes of the journal do not disturb it. */
static int fold_at(struct fold_record *r, struct fold *f, sqlite3_stmt *st, int *rc, struct err *e)
{
	int tbl = sqlite3_column_int(st, 0);
	const char *text = (const char *)sqlite3_column_text(st, 1);
	char pk[RECORD_ID_SIZE];
	bool more = true;

	if (text == NULL || strlen(text) >= sizeof pk)
		return err_set(e, ERR_DAMAGED, _("the journal of the store is damaged"));
	strcpy(pk, text);
	fold_record_reset(r);
	r->kind = dictionary_kind(r->j, tbl);
	while (more) {
		if (r->kind != NULL && r->kind->known != NULL &&
		    add_operation(r, f, sqlite3_column_int(st, 2), sqlite3_column_int64(st, 3), e) != 0)
			return -1;
		*rc = sqlite3_step(st);
		more = *rc == SQLITE_ROW && sqlite3_column_int(st, 0) == tbl && strcmp((const char *)sqlite3_column_text(st, 1), pk) == 0;
	}
	return r->kind == NULL || r->kind->known == NULL ? 0 : fold_one(r, f, pk, e);
}

static int fold_gathered(struct journal *j, struct fold *f, struct err *e)
{
	sqlite3_stmt *st = journal_select_operations(j, " AND EXISTS(SELECT 1 FROM temp.folding w WHERE w.tbl = o.tbl AND w.pk = o.pk)"
	    " AND NOT EXISTS(SELECT 1 FROM temp.fold_waits w WHERE w.tbl = o.tbl AND w.pk = o.pk)", e);
	struct fold_record r = { .j = j };
	int rc, result = 0;

	if (st == NULL)
		return -1;
	rc = sqlite3_step(st);
	while (result == 0 && rc == SQLITE_ROW)
		result = fold_at(&r, f, st, &rc, e);
	if (result == 0 && rc != SQLITE_DONE)
		result = journal_fail(j, e);
	sqlite3_finalize(st);
	fold_record_release(&r);
	return result;
}

int fold_slice(struct journal *j, struct fold *f, struct err *e)
{
	int more;

	if (journal_join(j, e) != 0 || journal_fresh_devices(j, e) != 0)
		return -1;
	more = gather(j, f, e);
	if (more < 0 || fold_gathered(j, f, e) != 0 || journal_save_counter(j, "folded", (int64_t)j->folded, e) != 0)
		return -1;
	if (more == 0) {
		f->tbl = 0;
		f->pk[0] = '\0';
	}
	return more;
}

/* --- one that comes again --- */

static int look(struct journal *j, enum journal_sql which, const struct operation *op, int three, int64_t four, int five, struct err *e)
{
	sqlite3_stmt *st = journal_sql(j, which, e);
	int rc;

	if (st == NULL)
		return -1;
	journal_bind_record(st, op->tbl, op->pk, op->pk_len);
	sqlite3_bind_int(st, 3, three);
	sqlite3_bind_int64(st, 4, four);
	if (five > 0)
		sqlite3_bind_int(st, 5, five);
	rc = sqlite3_step(st);
	if (rc != SQLITE_ROW && rc != SQLITE_DONE)
		journal_fail(j, e);
	sqlite3_reset(st);
	return rc == SQLITE_ROW ? 1 : rc == SQLITE_DONE ? 0 : -1;
}

int fold_was(struct journal *j, const struct kind *k, const struct operation *op, const struct body *b, struct err *e)
{
	int was;

	if (op->kind != OPERATION_UPDATE || op->hlc > j->folded)
		return 0;
	was = look(j, SQL_IS_FOLDED, op, op->dev, (int64_t)op->hlc, 0, e);
	for (int i = 0; was == 1 && i < b->change_count; i++)
		if (b->changes[i].col == k->numbers[0])
			return look(j, SQL_IS_SEEN, op, k->numbers[0], (int64_t)op->hlc, op->dev, e);
	return was;
}
