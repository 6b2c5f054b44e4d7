/* Answers that came: the stamp of the edit that wrote one is past the last operation that was seen of its device. */
#include "records/agenda_private.h"

#include <stdio.h>

#include "records/joined.h"
#include "store/dictionary.h"

/* The greatest stamp that was seen of a device. Its numbers have gaps here, and its stamps go up with them. */
static int seen_stamp(struct store *s, struct seen *seen, int dev, int64_t *hlc, struct err *e)
{
	const char *tag = journal_device_tag(store_journal(s), dev);
	sqlite3_stmt *st = store_prepare(s, "SELECT hlc FROM oplog WHERE dev = ?1 AND seq <= ?2 ORDER BY seq DESC LIMIT 1", e);
	if (!st)
		return -1;
	*hlc = 0;
	sqlite3_bind_int(st, 1, dev);
	sqlite3_bind_int64(st, 2, agenda_seen_of(seen, tag ? tag : ""));
	int rc = store_step(s, st, e);
	if (rc == 1)
		*hlc = sqlite3_column_int64(st, 0);
	if (rc >= 0)
		sqlite3_reset(st);
	return rc < 0 ? -1 : 0;
}

static int each_answer(struct store *s, struct seen *seen, sqlite3_stmt *st, int most, agenda_answer_fn each, void *context, int64_t *total, struct err *e)
{
	int64_t last;
	int rc;
	while ((rc = store_step(s, st, e)) == 1) {
		if (seen_stamp(s, seen, sqlite3_column_int(st, 2), &last, e) != 0)
			return -1;
		if (sqlite3_column_int64(st, 3) > last && ++*total <= most && each(context, store_text(st, 0), store_text(st, 1), e) != 0)
			return -1;
	}
	return rc;
}

int agenda_answers(struct store *s, const char *person, int most, agenda_answer_fn each, void *context, int64_t *total, struct err *e)
{
	struct journal *j = store_journal(s);
	struct seen seen;
	int table = dictionary_table(j, "question"), rc = 0;
	agenda_seen_load(s, &seen);
	sqlite3_stmt *st = !seen.text ? NULL : store_prepare(s, "SELECT q.id, q.answered, h.dev, max(h.hlc) FROM question q"
	    " JOIN head h ON h.tbl = ?2 AND h.pk = q.id AND h.col = ?3 AND h.dev <> 1"
	    " WHERE q.author IN " JOINED_IDS("?1") " AND q.answered IS NOT NULL AND q.deleted = 0 GROUP BY q.id ORDER BY 4 DESC, 1", e);
	if (st) {
		store_bind_text(st, 1, person);
		sqlite3_bind_int(st, 2, table);
		sqlite3_bind_int(st, 3, dictionary_column(j, table, "answer"));
		rc = each_answer(s, &seen, st, most, each, context, total, e);
		sqlite3_reset(st);
	} else if (seen.text) {
		rc = -1;
	}
	agenda_seen_release(&seen);
	return rc;
}
