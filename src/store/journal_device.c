/* Devices of the journal: their numbers, and the last sequence number and stamp that arrived of each. Kept as an array, by number. */
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "store/journal_private.h"

static uint64_t key_of(const char *tag)
{
	uint64_t key = 0;

	for (int i = 0; i < TAG_LENGTH; i++)
		key = key << 8 | (unsigned char)tag[i];
	return key;
}

static struct device *put(struct journal *j, int no)
{
	if (no >= j->device_count) {
		j->devices = mem_resize(j->devices, (size_t)no + 1, sizeof *j->devices);
		memset(j->devices + j->device_count, 0, sizeof *j->devices * (size_t)(no + 1 - j->device_count));
		j->device_count = no + 1;
	}
	return &j->devices[no];
}

int journal_load_devices(struct journal *j, struct err *e)
{
	sqlite3_stmt *st;
	int rc;

	if (sqlite3_prepare_v2(j->db, "SELECT no, tag, max_seq, max_hlc FROM device ORDER BY no", -1, &st, NULL) != SQLITE_OK)
		return journal_fail(j, e);
	j->device_count = 0;
	put(j, 0);
	while ((rc = sqlite3_step(st)) == SQLITE_ROW) {
		const char *tag = (const char *)sqlite3_column_text(st, 1);
		int no = sqlite3_column_int(st, 0);
		struct device *d;

		if (no < 1 || no > DEVICES_MAX || tag == NULL || !body_tag_valid(tag, strlen(tag))) {
			sqlite3_finalize(st);
			return err_set(e, ERR_DAMAGED, _("the store's table of devices is damaged"));
		}
		d = put(j, no);
		memcpy(d->tag, tag, sizeof d->tag);
		d->key = key_of(tag);
		d->max_seq = sqlite3_column_int64(st, 2);
		d->max_hlc = (uint64_t)sqlite3_column_int64(st, 3);
	}
	sqlite3_finalize(st);
	j->devices_read = j->now.devices;
	return rc == SQLITE_DONE ? 0 : journal_fail(j, e);
}

/* After a rollback the database is behind by what was not flushed: operations logged in this transaction before the savepoint. */
static int catch_up(struct journal *j, struct err *e)
{
	static const char sql[] = "SELECT max(seq), max(CASE WHEN " OPERATION_COUNTS
	    " THEN hlc ELSE 0 END) FROM oplog o WHERE dev = ? AND seq > ?";
	sqlite3_stmt *st;
	int rc = SQLITE_ROW;

	if (journal_load_devices(j, e) != 0)
		return -1;
	if (sqlite3_prepare_v2(j->db, sql, -1, &st, NULL) != SQLITE_OK)
		return journal_fail(j, e);
	for (int no = 1; no < j->device_count && rc == SQLITE_ROW; no++) {
		struct device *d = &j->devices[no];

		sqlite3_bind_int(st, 1, no);
		sqlite3_bind_int64(st, 2, d->max_seq);
		rc = sqlite3_step(st);
		if (rc == SQLITE_ROW && sqlite3_column_type(st, 0) != SQLITE_NULL) {
			d->max_seq = sqlite3_column_int64(st, 0);
			if ((uint64_t)sqlite3_column_int64(st, 1) > d->max_hlc)
				d->max_hlc = (uint64_t)sqlite3_column_int64(st, 1);
			d->dirty = true;
		}
		sqlite3_reset(st);
	}
	sqlite3_finalize(st);
	return rc == SQLITE_ROW ? 0 : journal_fail(j, e);
}

int journal_fresh_devices(struct journal *j, struct err *e)
{
	return j->devices_read == j->now.devices ? 0 : catch_up(j, e);
}

int journal_save_devices(struct journal *j, struct err *e)
{
	sqlite3_stmt *st = journal_sql(j, SQL_DEVICE_SAVE, e);

	if (st == NULL)
		return -1;
	for (int no = 1; no < j->device_count; no++) {
		struct device *d = &j->devices[no];

		if (!d->dirty)
			continue;
		sqlite3_bind_int(st, 1, no);
		sqlite3_bind_int64(st, 2, d->max_seq);
		sqlite3_bind_int64(st, 3, (int64_t)d->max_hlc);
		if (journal_run(j, st, e) != 0)
			return -1;
		d->dirty = false;
	}
	return 0;
}

int journal_find_device(const struct journal *j, const char *tag)
{
	uint64_t key = key_of(tag);

	for (int no = 1; no < j->device_count; no++)
		if (j->devices[no].key == key)
			return no;
	return -1;
}

int journal_device_n(struct journal *j, const char *tag, struct err *e)
{
	sqlite3_stmt *st;
	struct device *d;
	int no;

	if (journal_fresh_devices(j, e) != 0)
		return -1;
	no = journal_find_device(j, tag);
	if (no > 0)
		return no;
	if (j->device_count > DEVICES_MAX)
		return err_set(e, ERR_DAMAGED, _("the operations name more than %d devices"), DEVICES_MAX);
	if (journal_join(j, e) != 0 || (st = journal_sql(j, SQL_DEVICE_ADD, e)) == NULL)
		return -1;
	sqlite3_bind_text(st, 1, tag, TAG_LENGTH, SQLITE_STATIC);
	if (journal_run(j, st, e) != 0)
		return -1;
	no = (int)sqlite3_last_insert_rowid(j->db);
	d = put(j, no);
	memcpy(d->tag, tag, TAG_LENGTH);
	d->key = key_of(tag);
	j->devices_read = j->now.devices = ++j->version;
	return no;
}

int journal_device(struct journal *j, const char *tag, struct err *e)
{
	if (!body_tag_valid(tag, strlen(tag)))
		return err_set(e, ERR_DAMAGED, _("a device's tag is not eight characters 0-9 a-z"));
	return journal_device_n(j, tag, e);
}

const char *journal_device_tag(struct journal *j, int dev)
{
	if (journal_fresh_devices(j, NULL) != 0)
		return NULL;
	return dev > 0 && dev < j->device_count && j->devices[dev].key != 0 ? j->devices[dev].tag : NULL;
}

int journal_resolve(struct journal *j, struct body *b, struct err *e)
{
	for (int i = 0; i < b->seen_count; i++) {
		b->seen[i].dev = journal_device_n(j, b->tags[i], e);
		if (b->seen[i].dev < 0)
			return -1;
	}
	return 0;
}

int stamp_compare(const struct journal *j, struct stamp a, struct stamp b)
{
	uint64_t x = a.hlc, y = b.hlc;

	if (x == y) {
		x = j->devices[a.dev].key;
		y = j->devices[b.dev].key;
	}
	return x < y ? -1 : x > y;
}
