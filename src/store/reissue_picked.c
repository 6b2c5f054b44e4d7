/* What the hub did not accept and a person picked: given anew, or dropped, and with it what rests on it. */
#include "store/reissue.h"

#include <string.h>

#include "base/i18n.h"
#include "store/journal_private.h"

/* Those of a former device (twin.h) have numbers below 0, the later the smaller, and are older than all others. */
static const char gather_sql[] =
	"CREATE TEMP TABLE IF NOT EXISTS picking(n INTEGER PRIMARY KEY, seq INTEGER, reason TEXT, hlc INTEGER, tbl INTEGER, kind INTEGER, pk TEXT, body TEXT);"
	"DELETE FROM temp.picking;"
	"INSERT INTO temp.picking(seq, reason, hlc, tbl, kind, pk, body) SELECT n.seq, n.reason, coalesce(o.hlc, 0), d.no, n.kind, n.pk, n.body"
	" FROM not_accepted n JOIN dict_table d ON d.name = n.tbl LEFT JOIN oplog o ON o.dev = 1 AND o.seq = n.seq WHERE n.kind IS NOT NULL"
	" ORDER BY n.seq > 0, abs(n.seq)";
static const char walk_sql[] = "SELECT p.seq, p.reason, p.hlc, p.tbl, p.kind, p.pk, p.body, EXISTS(SELECT 1 FROM temp.picked k WHERE k.seq = p.seq) FROM temp.picking p ORDER BY p.n";

struct picking {
	struct reissue *r;
	enum reissue_what what;
	int64_t count;
};

static int settle(struct journal *j, int64_t seq, bool given, struct err *e)
{
	static const char *const settles[] = { "DELETE FROM not_accepted WHERE seq = ?1", "UPDATE refused SET reason = 'anew' WHERE dev = 1 AND seq = ?1" };

	for (int i = 0; i < 1 + given; i++) {
		sqlite3_stmt *st;
		int rc;

		if (sqlite3_prepare_v2(j->db, settles[i], -1, &st, NULL) != SQLITE_OK)
			return journal_fail(j, e);
		sqlite3_bind_int64(st, 1, seq);
		rc = journal_run(j, st, e);
		sqlite3_finalize(st);
		if (rc != 0)
			return -1;
	}
	return 0;
}

/* Whose operation it was: of a former device only the ids of what it inserted tell. */
static void author_of(const struct journal *j, const struct operation *op, char tag[TAG_LENGTH + 1])
{
	bool former = op->seq < 0 && op->pk_len > TAG_LENGTH && op->pk[TAG_LENGTH] == '-' && body_tag_valid(op->pk, TAG_LENGTH);

	memcpy(tag, former ? op->pk : j->tag, TAG_LENGTH);
	tag[TAG_LENGTH] = '\0';
}

static int pick_one(struct journal *j, sqlite3_stmt *st, void *context, struct err *e)
{
	struct picking *p = context;
	struct operation op = {
		.seq = sqlite3_column_int64(st, 0), .hlc = (uint64_t)sqlite3_column_int64(st, 2), .tbl = sqlite3_column_int(st, 3),
		.kind = sqlite3_column_int(st, 4), .pk = (const char *)sqlite3_column_text(st, 5), .pk_len = (size_t)sqlite3_column_bytes(st, 5),
		.body = (const char *)sqlite3_column_text(st, 6), .body_len = (size_t)sqlite3_column_bytes(st, 6),
	};
	const char *reason = (const char *)sqlite3_column_text(st, 1);
	int picked = sqlite3_column_int(st, 7);
	char tag[TAG_LENGTH + 1];

	if (op.pk == NULL || reason == NULL)
		return err_set(e, ERR_DAMAGED, _("the journal of the store is damaged"));
	author_of(j, &op, tag);
	if (!picked && strcmp(reason, "depends") == 0)
		picked = reissue_rests(p->r, tag, &op, e);
	if (picked <= 0)
		return picked;
	p->count++;
	if ((p->what == REISSUE_GIVE ? reissue_write(p->r, tag, &op, op.seq < 0, e) : reissue_expect(p->r, tag, &op, e)) != 0)
		return -1;
	return settle(j, op.seq, p->what == REISSUE_GIVE, e);
}

int reissue_picked(struct journal *j, enum reissue_what what, int64_t *count, struct err *e)
{
	struct picking p = { .what = what };
	int rc;

	*count = 0;
	if (journal_join(j, e) != 0 || journal_exec(j, gather_sql, e) != 0 || (p.r = reissue_new(j, e)) == NULL)
		return -1;
	rc = journal_rows(j, walk_sql, 0, pick_one, &p, e);
	reissue_free(p.r);
	*count = p.count;
	return rc;
}
