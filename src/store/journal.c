#include "store/journal.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "store/journal_clock.h"
#include "store/merge.h"
#include "store/merge_indexes.h"
#include "store/provenance.h"
#include "store/state.h"
#include "store/undo_private.h"

uint64_t journal_next_stamp(struct journal *j)
{
	j->last_stamp = clock_next(j->last_stamp, journal_clock_stands(j) ? 0 : journal_now_ms(j));
	return j->last_stamp;
}

int journal_log(struct journal *j, const struct operation *op, struct err *e)
{
	sqlite3_stmt *st = journal_sql(j, SQL_LOG, e);
	struct device *d;

	if (st == NULL)
		return -1;
	sqlite3_bind_int(st, 1, op->dev);
	sqlite3_bind_int64(st, 2, op->seq);
	sqlite3_bind_int64(st, 3, (int64_t)op->hlc);
	sqlite3_bind_int(st, 4, op->tbl);
	sqlite3_bind_int(st, 5, op->kind);
	sqlite3_bind_text(st, 6, op->pk, (int)op->pk_len, SQLITE_STATIC);
	sqlite3_bind_text(st, 7, op->body, (int)op->body_len, SQLITE_STATIC);
	if (j->bundle > 0)
		sqlite3_bind_int64(st, 8, j->bundle);
	else
		sqlite3_bind_null(st, 8);
	if (journal_run(j, st, e) != 0)
		return -1;
	if (j->bundle > 0)
		j->bundle_sum = provenance_plus(j->bundle_sum, provenance_sum(j, op));
	d = &j->devices[op->dev];
	if (op->seq > d->max_seq)
		d->max_seq = op->seq;
	if (op->hlc > d->max_hlc)
		d->max_hlc = op->hlc;
	d->dirty = j->dirty = true;
	j->devices_read = j->now.devices = ++j->version;
	journal_saw_stamp(j, op->hlc);
	return 0;
}

static int save_number(struct journal *j, enum journal_sql which, const char *name, int64_t value, struct err *e)
{
	sqlite3_stmt *st = journal_sql(j, which, e);

	if (st == NULL)
		return -1;
	sqlite3_bind_text(st, 1, name, -1, SQLITE_STATIC);
	sqlite3_bind_int64(st, 2, value);
	return journal_run(j, st, e);
}

int journal_save_counter(struct journal *j, const char *name, int64_t value, struct err *e)
{
	return save_number(j, SQL_COUNTER_SAVE, name, value, e);
}

/* A commit of one change writes what it changed, not a row for each table. */
static int keep_number(struct journal *j, int which, const char *name, int64_t value, struct err *e)
{
	if (j->now.kept[which] == value)
		return 0;
	if (save_number(j, which < KEPT_CONFLICTS ? SQL_COUNTER_SAVE : SQL_TALLY_SAVE, name, value, e) != 0)
		return -1;
	j->now.kept[which] = value;
	return 0;
}

static void forget_kept(struct journal *j)
{
	for (int i = 0; i < KEPT_COUNT; i++)
		j->now.kept[i] = -1;
}

int journal_flush(struct journal *j, struct err *e)
{
	if (j->now.silent || j->now.away != 0)
		return err_set(e, ERR_REFUSED, _("the transaction cannot end in the middle of a merge"));
	if (j->now.erasing != 0)
		return err_set(e, ERR_REFUSED, _("the transaction cannot end in the middle of an erasure"));
	if (!j->dirty)
		return 0;
	if (journal_fresh_devices(j, e) != 0 || journal_save_devices(j, e) != 0 ||
	    keep_number(j, KEPT_SEQ, "seq", j->now.seq, e) != 0 ||
	    keep_number(j, KEPT_STAMP, "hlc", (int64_t)j->last_stamp, e) != 0 ||
	    keep_number(j, KEPT_RECORD, "record", j->last_id, e) != 0 ||
	    keep_number(j, KEPT_CONFLICTS, "conflict", j->now.conflicts, e) != 0 ||
	    keep_number(j, KEPT_ORPHANS, "orphan", j->now.orphans, e) != 0 ||
	    keep_number(j, KEPT_ERASED, "erased", j->now.erased, e) != 0)
		return -1;
	for (int i = 0; tables[i] != NULL; i++)
		if (keep_number(j, KEPT_VISIBLE + i, tables[i]->name, j->now.visible[i], e) != 0)
			return -1;
	j->dirty = false;
	return 0;
}

int journal_before_commit(struct journal *j, struct err *e)
{
	return merge_end(j, e) == 0 ? journal_flush(j, e) : -1;
}

/* Both are told by SQLite itself (journal_watch.c); what is left is the mode, should a merge have been cut short. */
void journal_after_commit(struct journal *j)
{
	j->mode = JOURNAL_LOCAL;
	undo_committed(j);
}

static void load_clock(struct journal *j);

void journal_after_rollback(struct journal *j)
{
	j->mode = JOURNAL_LOCAL;
	j->bulk.left = 0;
	memset(&j->bulk.inserted, 0, sizeof j->bulk.inserted);
	forget_kept(j);		/* what was written in a transaction that changed no record */
	j->dirty = true;	/* the record counter went on in memory */
	load_clock(j);
}

static void set_number(struct journal *j, const char *name, int64_t value)
{
	if (strcmp(name, "seq") == 0)
		j->now.seq = j->now.kept[KEPT_SEQ] = value;
	else if (strcmp(name, "hlc") == 0)
		j->last_stamp = (uint64_t)(j->now.kept[KEPT_STAMP] = value);
	else if (strcmp(name, "record") == 0)
		j->last_id = j->now.kept[KEPT_RECORD] = value;
	else if (strcmp(name, "folded") == 0)
		j->folded = (uint64_t)value;
	else
		journal_clock_load(j, name, value);
}

static void set_tally(struct journal *j, const char *name, int64_t value)
{
	if (strcmp(name, "conflict") == 0)
		j->now.conflicts = j->now.kept[KEPT_CONFLICTS] = value;
	else if (strcmp(name, "orphan") == 0)
		j->now.orphans = j->now.kept[KEPT_ORPHANS] = value;
	else if (strcmp(name, "erased") == 0)
		j->now.erased = j->now.kept[KEPT_ERASED] = value;
	for (int i = 0; tables[i] != NULL; i++)
		if (strcmp(tables[i]->name, name) == 0)
			j->now.visible[i] = j->now.kept[KEPT_VISIBLE + i] = value;
}

static int load_numbers(struct journal *j, const char *sql, void (*set)(struct journal *, const char *, int64_t), struct err *e)
{
	sqlite3_stmt *st;
	int rc;

	if (sqlite3_prepare_v2(j->db, sql, -1, &st, NULL) != SQLITE_OK)
		return journal_fail(j, e);
	while ((rc = sqlite3_step(st)) == SQLITE_ROW)
		set(j, (const char *)sqlite3_column_text(st, 0), sqlite3_column_int64(st, 1));
	sqlite3_finalize(st);
	return rc == SQLITE_DONE ? 0 : journal_fail(j, e);
}

/* As it was before: what was rolled back may be a bundle that was refused in its last line, and nobody's clock follows one. When that cannot be read, the store
 * cannot be written either. */
static void load_clock(struct journal *j)
{
	struct wall was = j->wall;

	j->wall = (struct wall){ 0 };
	if (load_numbers(j, "SELECT name, value FROM counter WHERE name = 'hlc' OR name LIKE 'clock-%'", set_number, NULL) != 0)
		j->wall = was;
}

static int load_counters(struct journal *j, struct err *e)
{
	forget_kept(j);
	return load_numbers(j, "SELECT name, value FROM counter", set_number, e) == 0 &&
	    load_numbers(j, "SELECT name, value FROM tally", set_tally, e) == 0 ? 0 : -1;
}

/* Device 1 is this store. */
static int own_device(struct journal *j, struct err *e)
{
	if (j->device_count > 1 && strcmp(j->devices[1].tag, j->tag) != 0)
		return err_set(e, ERR_DAMAGED, _("the journal belongs to device %s, not to %s"), j->devices[1].tag, j->tag);
	if (j->device_count > 1)
		return 0;
	return journal_device_n(j, j->tag, e) == 1 ? 0 : err_set(e, ERR_DAMAGED, _("the store's table of devices is damaged"));
}

static int begin(struct journal *j, struct err *e)
{
	if (sqlite3_exec(j->db, "PRAGMA recursive_triggers = ON", NULL, NULL, NULL) != SQLITE_OK ||
	    sqlite3_exec(j->db, "SAVEPOINT journal_attach", NULL, NULL, NULL) != SQLITE_OK)
		return journal_fail(j, e);
	if (journal_watch_register(j, e) == 0 && journal_load_devices(j, e) == 0 && load_counters(j, e) == 0 &&
	    dictionary_load(j, e) == 0 && own_device(j, e) == 0 && dictionary_learn(j, e) == 0 &&
	    (j->now.erased >= 0 || erase_learned(j, e) == 0) && erase_declared(j, e) == 0 && journal_capture_register(j, e) == 0 && journal_flush(j, e) == 0) {
		if (sqlite3_exec(j->db, "RELEASE journal_attach", NULL, NULL, NULL) == SQLITE_OK)
			return 0;
		journal_fail(j, e);
	}
	sqlite3_exec(j->db, "ROLLBACK TO journal_attach; RELEASE journal_attach", NULL, NULL, NULL);
	return -1;
}

int journal_attach(sqlite3 *db, const char *tag, struct journal **out, struct err *e)
{
	struct journal *j;

	if (!body_tag_valid(tag, strlen(tag)))
		return err_set(e, ERR_DAMAGED, _("a device's tag is not eight characters 0-9 a-z"));
	j = mem_zero(1, sizeof *j);
	j->db = db;
	memcpy(j->tag, tag, sizeof j->tag);
	body_init(&j->body);
	buf_init(&j->text);
	j->state = state_new(j);
	j->now.erased = -1;
	if (begin(j, e) != 0) {
		journal_detach(j);
		return -1;
	}
	*out = j;
	return 0;
}

void journal_detach(struct journal *j)
{
	if (j == NULL)
		return;
	if (j->joined)		/* SQLite would tell a journal that is gone */
		sqlite3_exec(j->db, "ROLLBACK", NULL, NULL, NULL);
	for (int i = 0; i < SQL_COUNT; i++)
		sqlite3_finalize(j->statements[i]);
	dictionary_release(j);
	undo_release(j);
	state_free(j->state);
	indexes_release(j);
	body_release(&j->body);
	buf_release(&j->text);
	free(j->devices);
	free(j->points);
	free(j->erased_bits);
	free(j);
}

enum journal_mode journal_set_mode(struct journal *j, enum journal_mode mode)
{
	enum journal_mode before = j->mode;

	j->mode = mode;
	return before;
}

void journal_new_id(struct journal *j, char out[RECORD_ID_SIZE])
{
	char digits[24], *p = digits + sizeof digits;

	j->dirty = true;
	for (int64_t n = ++j->last_id; n > 0; n /= 10)
		*--p = (char)('0' + n % 10);
	memcpy(out, j->tag, TAG_LENGTH);
	out[TAG_LENGTH] = '-';
	memcpy(out + TAG_LENGTH + 1, p, (size_t)(digits + sizeof digits - p));
	out[TAG_LENGTH + 1 + (digits + sizeof digits - p)] = '\0';
}

const char *journal_tag(const struct journal *j)
{
	return j->tag;
}

int64_t journal_last_seq(const struct journal *j)
{
	return j->now.seq;
}

uint64_t journal_last_stamp(const struct journal *j)
{
	return j->last_stamp;
}

void journal_saw_stamp(struct journal *j, uint64_t hlc)
{
	if (hlc > j->last_stamp) {
		j->last_stamp = hlc;
		j->dirty = true;
	}
}

int64_t journal_count(struct journal *j, const char *table)
{
	for (int i = 0; tables[i] != NULL; i++)
		if (strcmp(tables[i]->name, table) == 0)
			return j->now.visible[i];
	return 0;
}

int64_t journal_conflicts(struct journal *j)
{
	return j->now.conflicts;
}
