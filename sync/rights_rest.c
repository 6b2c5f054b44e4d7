/* What an operation rests on: what was refused or waits, of any device of its author's person. An operation rests on those whose stamps it names as seen, and on
 * the insert of every record that it names. */
#include <stdio.h>
#include <string.h>

#include "sync/rights_private.h"

static int run_with(struct rights *r, const char *sql, int64_t a, struct err *e)
{
	sqlite3_stmt *st = store_prepare(r->s, sql, e);

	if (st == NULL)
		return -1;
	sqlite3_bind_int64(st, 1, a);
	return store_run(r->s, st, e);
}

/* What was refused of these devices before. A record whose insert by one of them was accepted is there, whatever became of another's. The tables are joined
 * in the order in which they stand: from the journal's side each of its inserts would be looked for in the whole of it. */
int rights_load_refused(struct rights *r, struct err *e)
{
	sqlite3_stmt *st;

	if (store_exec(r->s, "CREATE TEMP TABLE IF NOT EXISTS refused_stamp(dev INTEGER, hlc INTEGER, PRIMARY KEY(dev, hlc)) WITHOUT ROWID;"
	    "CREATE TEMP TABLE IF NOT EXISTS refused_record(tbl INTEGER, pk TEXT, PRIMARY KEY(tbl, pk)) WITHOUT ROWID;"
	    "CREATE TEMP TABLE IF NOT EXISTS held_stamp(dev INTEGER, hlc INTEGER, hold TEXT, PRIMARY KEY(dev, hlc, hold)) WITHOUT ROWID;"
	    "CREATE TEMP TABLE IF NOT EXISTS asked_record(tbl INTEGER, pk TEXT, PRIMARY KEY(tbl, pk)) WITHOUT ROWID;"
	    "DELETE FROM refused_stamp; DELETE FROM refused_record; DELETE FROM held_stamp; DELETE FROM asked_record;"
	    "INSERT INTO refused_stamp SELECT o.dev, o.hlc FROM same_person p JOIN refused r USING(dev) JOIN oplog o USING(dev, seq)"
	    " WHERE NOT EXISTS(SELECT 1 FROM held h WHERE h.dev = r.dev AND h.seq = r.seq);"
	    "INSERT INTO held_stamp SELECT o.dev, o.hlc, h.hold FROM same_person p JOIN held h USING(dev) JOIN oplog o USING(dev, seq)", e) != 0 ||
	    run_with(r, "INSERT OR IGNORE INTO asked_record SELECT o.tbl, o.pk FROM held h JOIN oplog o USING(dev, seq) WHERE h.dev = ?1 AND h.asked", r->device, e) != 0 ||
	    run_with(r, "INSERT OR IGNORE INTO refused_record SELECT o.tbl, o.pk FROM same_person p CROSS JOIN refused r USING(dev) CROSS JOIN oplog o USING(dev, seq)"
		" WHERE o.kind = 0 AND r.reason <> 'anew' AND (o.dev = ?1 OR NOT EXISTS(SELECT 1 FROM oplog x WHERE x.tbl = o.tbl AND x.pk = o.pk AND x.kind = 0"
		" AND NOT EXISTS(SELECT 1 FROM refused y WHERE y.dev = x.dev AND y.seq = x.seq)))", r->device, e) != 0)
		return -1;
	st = store_prepare(r->s, "SELECT EXISTS(SELECT 1 FROM temp.refused_stamp), EXISTS(SELECT 1 FROM temp.held_stamp)", e);
	if (st == NULL || store_step(r->s, st, e) != 1)
		return -1;
	r->any_refused = sqlite3_column_int(st, 0) != 0;
	r->any_held = sqlite3_column_int(st, 1) != 0;
	sqlite3_reset(st);
	return 0;
}

/* A stamp, of this device or another of the person's. */
static sqlite3_stmt *with_stamp(struct rights *r, const char *sql, int dev, uint64_t hlc, struct err *e)
{
	sqlite3_stmt *st = store_prepare(r->s, sql, e);

	if (st != NULL) {
		sqlite3_bind_int(st, 1, dev);
		sqlite3_bind_int64(st, 2, (int64_t)hlc);
	}
	return st;
}

static int run_with_record(struct rights *r, const char *sql, const struct operation *op, struct err *e)
{
	sqlite3_stmt *st = store_prepare(r->s, sql, e);

	if (st == NULL)
		return -1;
	sqlite3_bind_int(st, 1, op->tbl);
	sqlite3_bind_text(st, 2, op->pk, (int)op->pk_len, SQLITE_STATIC);
	return store_run(r->s, st, e);
}

int rights_note_refused(struct rights *r, const struct operation *op, struct err *e)
{
	sqlite3_stmt *st = with_stamp(r, "INSERT OR IGNORE INTO temp.refused_stamp VALUES(?1, ?2)", r->device, op->hlc, e);

	r->any_refused = true;
	if (st == NULL || store_run(r->s, st, e) != 0)
		return -1;
	return op->kind != OPERATION_INSERT ? 0 : run_with_record(r, "INSERT OR IGNORE INTO temp.refused_record VALUES(?1, ?2)", op, e);
}

int rights_note_held(struct rights *r, const struct operation *op, const struct rights_waits *w, struct err *e)
{
	r->any_held = true;
	for (int i = 0; i < w->count; i++) {
		sqlite3_stmt *st = with_stamp(r, "INSERT OR IGNORE INTO temp.held_stamp VALUES(?1, ?2, ?3)", r->device, op->hlc, e);

		if (st == NULL)
			return -1;
		store_bind_text(st, 3, w->question[i]);
		if (store_run(r->s, st, e) != 0)
			return -1;
	}
	return w->asked < 0 ? 0 : run_with_record(r, "INSERT OR IGNORE INTO temp.asked_record VALUES(?1, ?2)", op, e);
}

int rights_asked(struct rights *r, const struct operation *op, struct err *e)
{
	sqlite3_stmt *st = store_prepare(r->s, "SELECT 1 FROM temp.asked_record WHERE tbl = ?1 AND pk = ?2", e);
	int asked;

	if (st == NULL)
		return -1;
	sqlite3_bind_int(st, 1, op->tbl);
	sqlite3_bind_text(st, 2, op->pk, (int)op->pk_len, SQLITE_STATIC);
	asked = store_step(r->s, st, e);
	sqlite3_reset(st);
	return asked;
}

static int waits_add(struct rights_waits *w, const char *question)
{
	for (int i = 0; i < w->count; i++)
		if (strcmp(w->question[i], question) == 0)
			return i;
	if (w->count == RIGHTS_QUESTIONS) {
		w->too_many = true;
		return -1;
	}
	snprintf(w->question[w->count], sizeof w->question[0], "%s", question);
	return w->count++;
}

void rights_waits_too(struct rights_waits *w, const char *question)
{
	w->asked = waits_add(w, question);
}

/* The number of one of the person's devices; 0: another's. What was refused of others nobody hears of. */
static int device_of(const struct rights *r, const char *tag)
{
	for (int i = 0; i < r->device_count; i++)
		if (memcmp(r->devices[i].tag, tag, DEVICE_TAG_SIZE - 1) == 0)
			return r->devices[i].no;
	return 0;
}

static int add_of_stamp(struct rights *r, int dev, uint64_t hlc, struct rights_waits *w, struct err *e)
{
	sqlite3_stmt *st = with_stamp(r, "SELECT hold FROM temp.held_stamp WHERE dev = ?1 AND hlc = ?2", dev, hlc, e);
	int more;

	if (st == NULL)
		return -1;
	while ((more = store_step(r->s, st, e)) == 1)
		waits_add(w, store_text(st, 0));
	sqlite3_reset(st);
	return more;
}

int rights_waits_for(struct rights *r, const struct operation *op, struct rights_waits *w, struct err *e)
{
	const struct body *b = &r->fields.body;
	int dev;

	w->count = 0;
	w->too_many = false;
	w->asked = -1;
	for (int i = 0; !w->too_many && r->any_held && op->kind == OPERATION_UPDATE && i < b->seen_count; i++)
		if ((dev = device_of(r, b->tags[i])) > 0 && add_of_stamp(r, dev, b->seen[i].hlc, w, e) != 0)
			return -1;
	return 0;
}

/* Its insert comes anew with another stamp: what names the record rests on nothing refused any more. */
int rights_note_accepted(struct rights *r, const struct operation *op, struct err *e)
{
	sqlite3_stmt *st;

	if (!r->any_refused || op->kind != OPERATION_INSERT)
		return 0;
	st = store_prepare(r->s, "UPDATE refused SET reason = 'anew' WHERE dev IN (SELECT dev FROM temp.same_person) AND EXISTS(SELECT 1 FROM temp.refused_record t WHERE t.tbl = ?1 AND t.pk = ?2)"
	    " AND EXISTS(SELECT 1 FROM oplog o WHERE o.dev = refused.dev AND o.seq = refused.seq AND o.kind = 0 AND o.tbl = ?1 AND o.pk = ?2)", e);
	if (st == NULL)
		return -1;
	sqlite3_bind_int(st, 1, op->tbl);
	sqlite3_bind_text(st, 2, op->pk, (int)op->pk_len, SQLITE_STATIC);
	if (store_run(r->s, st, e) != 0)
		return -1;
	return run_with_record(r, "DELETE FROM temp.refused_record WHERE tbl = ?1 AND pk = ?2", op, e);
}

static bool stamp_refused(struct rights *r, int dev, uint64_t hlc)
{
	return rights_ask(r, with_stamp(r, "SELECT 1 FROM temp.refused_stamp WHERE dev = ?1 AND hlc = ?2", dev, hlc, r->e));
}

bool rights_record_refused(struct rights *r, int tbl, const char *pk, size_t len)
{
	sqlite3_stmt *st = store_prepare(r->s, "SELECT 1 FROM temp.refused_record WHERE tbl = ?1 AND pk = ?2",
	    r->e);

	if (st != NULL) {
		sqlite3_bind_int(st, 1, tbl);
		sqlite3_bind_text(st, 2, pk, (int)len, SQLITE_STATIC);
	}
	return rights_ask(r, st);
}

bool rights_rests_on_refused(struct rights *r, const struct operation *op)
{
	const struct body *b = &r->fields.body;
	int dev;

	if (op->kind != OPERATION_INSERT && rights_record_refused(r, op->tbl, op->pk, op->pk_len))
		return true;
	for (int i = 0; op->kind == OPERATION_UPDATE && i < b->seen_count; i++)
		if ((dev = device_of(r, b->tags[i])) > 0 && stamp_refused(r, dev, b->seen[i].hlc))
			return true;
	return false;
}
