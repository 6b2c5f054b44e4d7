/* The device of a journal becomes another one: number 1 gets a tag of its own, and what stood under it belongs to the device that it was. */
#include <string.h>

#include "base/i18n.h"
#include "store/aside.h"
#include "store/journal_private.h"
#include "store/undo.h"

static int run(struct journal *j, const char *sql, int former, const char *tag, struct err *e)
{
	sqlite3_stmt *st;
	int rc;

	if (sqlite3_prepare_v2(j->db, sql, -1, &st, NULL) != SQLITE_OK)
		return journal_fail(j, e);
	if (sqlite3_bind_parameter_count(st) > 0)
		sqlite3_bind_int(st, 1, former);
	if (sqlite3_bind_parameter_count(st) > 1)
		sqlite3_bind_text(st, 2, tag, -1, SQLITE_STATIC);
	rc = journal_run(j, st, e);
	sqlite3_finalize(st);
	return rc;
}

static int move_rows(struct journal *j, int former, struct err *e)
{
	for (int i = 0; tables[i] != NULL; i++) {
		struct buf sql = BUF_INIT;
		int rc;

		buf_addf(&sql, "UPDATE \"%s\" SET origin_dev = ?1 WHERE origin_dev = 1", tables[i]->name);
		rc = run(j, sql.data, former, NULL, e);
		buf_release(&sql);
		if (rc != 0)
			return -1;
	}
	return 0;
}

static int move_journal(struct journal *j, int former, struct err *e)
{
	static const char *const moves[] = {
		"UPDATE oplog SET dev = ?1 WHERE dev = 1", "UPDATE refused SET dev = ?1 WHERE dev = 1", "UPDATE head SET dev = ?1 WHERE dev = 1",
		"UPDATE seen SET dev = ?1 WHERE dev = 1", "UPDATE folded SET dev = ?1 WHERE dev = 1",
	};

	for (size_t i = 0; i < sizeof moves / sizeof *moves; i++)
		if (run(j, moves[i], former, NULL, e) != 0)
			return -1;
	return 0;
}

/* The number of the device that this one was. */
static int add_former(struct journal *j, const char *tag, struct err *e)
{
	char old[TAG_LENGTH + 1];

	memcpy(old, j->tag, sizeof old);
	if (run(j, "UPDATE device SET tag = ?2, max_seq = 0, max_hlc = 0 WHERE no = 1 AND ?1 = 0", 0, tag, e) != 0 ||
	    run(j, "INSERT INTO device(tag, device_id, person, person_name, label, max_seq, max_hlc)"
		" SELECT ?2, device_id, person, person_name, label, ?1, ?1 FROM device WHERE no = 1", 0, old, e) != 0)
		return -1;
	return (int)sqlite3_last_insert_rowid(j->db);
}

int journal_renew(struct journal *j, const char *tag, struct err *e)
{
	enum journal_mode before;
	int64_t seq;
	uint64_t hlc;
	int former, rc;

	if (journal_join(j, e) != 0 || journal_before_begin(j, e) != 0 || journal_flush(j, e) != 0 || journal_fresh_devices(j, e) != 0)
		return -1;
	seq = j->devices[1].max_seq;
	hlc = j->devices[1].max_hlc;
	before = journal_set_mode(j, JOURNAL_MERGE);
	former = add_former(j, tag, e);
	rc = former > 1 && move_journal(j, former, e) == 0 && move_rows(j, former, e) == 0 ? 0 : -1;
	journal_set_mode(j, before);
	if (rc != 0 || journal_load_devices(j, e) != 0)
		return -1;
	j->devices[former].max_seq = seq;
	j->devices[former].max_hlc = hlc;
	j->devices[former].dirty = true;
	j->devices_read = j->now.devices = ++j->version;
	j->now.seq = 0;
	j->dirty = true;
	return 0;
}

void journal_take_tag(struct journal *j, const char *tag)
{
	memcpy(j->tag, tag, sizeof j->tag);
	undo_forget_all(j);		/* what was done is the former device's */
}
