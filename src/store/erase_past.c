/* What an erasure does to what is here already. There is no index by record along the journal, so these are walks along it, one for any number of records;
 * table temp.erasing holds the records whose past is to be emptied. */
#include <string.h>

#include "base/i18n.h"
#include "store/dictionary.h"
#include "store/erase.h"
#include "store/provenance.h"
#include "store/state.h"

#define ERASING(alias) " EXISTS(SELECT 1 FROM temp.erasing w WHERE w.tbl = " alias ".tbl AND w.pk = " alias ".pk)"

int erase_read(struct journal *j, int kind, const char *body, size_t len, struct err *e)
{
	return kind == OPERATION_INSERT ? body_read_insert(&j->body, body, len, e) : body_read_update(&j->body, body, len, e);
}

/* --- the search: which records are erased --- */

/* Numbers of tables that name people, or only of those whose records are parts of others. */
static void list_tables(struct journal *j, bool parts, struct buf *list)
{
	const char *comma = "";

	for (int i = 0; i < j->kind_count; i++) {
		struct kind *k = j->kinds[i];
		bool any = false;

		for (int p = 1; k->known != NULL && p < k->known->count; p++)
			any = any || (erase_sought(j, k, p) != 0 && (!parts || (k->known->columns[p].flags & COLUMN_PART) != 0));
		if (!any)
			continue;
		buf_addf(list, "%s%d", comma, k->number);
		comma = ",";
	}
}

/* tbl, pk, kind, body */
static int find(struct journal *j, sqlite3_stmt *st, void *context, struct err *e)
{
	struct kind *k = dictionary_kind(j, sqlite3_column_int(st, 0));
	const char *pk = (const char *)sqlite3_column_text(st, 1);
	size_t len = (size_t)sqlite3_column_bytes(st, 1);
	int kind = sqlite3_column_int(st, 2), marked;
	bool *again = context;

	if (k == NULL || k->known == NULL || pk == NULL)
		return 0;
	marked = erase_marked(j, k->number, pk, len, e);
	if (marked != 0)
		return marked < 0 ? -1 : 0;
	if (erase_read(j, kind, (const char *)sqlite3_column_text(st, 3), (size_t)sqlite3_column_bytes(st, 3), e) != 0)
		return -1;
	marked = erase_names(j, k, kind, &j->body, e);
	if (marked <= 0)
		return marked;
	*again = *again || erase_is_whole(k);
	return erase_mark(j, k, pk, len, true, e);
}

static int walk_names(struct journal *j, bool parts, bool *again, struct err *e)
{
	struct buf sql = BUF_INIT;
	int rc;

	*again = false;
	buf_adds(&sql, "SELECT o.tbl, o.pk, o.kind, o.body FROM oplog o WHERE o.kind IN (0, 1) AND o.tbl IN (");
	list_tables(j, parts, &sql);
	buf_adds(&sql, ")" " AND " OPERATION_COUNTS);
	rc = journal_rows(j, sql.data, 0, find, again, e);
	buf_release(&sql);
	return rc;
}

/* Parts of parts: until a walk finds no more. */
static int search(struct journal *j, struct err *e)
{
	bool again;
	int rc = walk_names(j, false, &again, e);

	while (rc == 0 && again)
		rc = walk_names(j, true, &again, e);
	return rc;
}

/* --- the past: bodies in the journal --- */

/* How much of a body is personal: nothing, some values (the text without them is in j->text), or all of it, for nobody can read it. */
enum remains { REMAINS_ALL, REMAINS_SOME, REMAINS_NOTHING };

static enum remains empty_body(struct journal *j, const struct kind *k, int kind, const char *body, size_t len)
{
	if (body == NULL || k == NULL || k->known == NULL || (kind != OPERATION_INSERT && kind != OPERATION_UPDATE))
		return REMAINS_ALL;
	if (erase_read(j, kind, body, len, NULL) != 0)
		return REMAINS_NOTHING;
	if (!erase_empty(k, kind, &j->body))
		return REMAINS_ALL;
	erase_write(kind, &j->body, &j->text);
	return REMAINS_SOME;
}

/* dev, seq; *context counts what was emptied. */
static int empty_logged(struct journal *j, sqlite3_stmt *row, void *context, struct err *e)
{
	sqlite3_stmt *st = journal_sql(j, SQL_OPERATION, e);
	int dev = sqlite3_column_int(row, 0);
	int64_t seq = sqlite3_column_int64(row, 1), *count = context;
	enum remains left;
	int rc;

	if (st == NULL)
		return -1;
	sqlite3_bind_int(st, 1, dev);
	sqlite3_bind_int64(st, 2, seq);
	rc = sqlite3_step(st);
	left = rc != SQLITE_ROW ? REMAINS_ALL : empty_body(j, dictionary_kind(j, sqlite3_column_int(st, 1)), sqlite3_column_int(st, 2),
	    (const char *)sqlite3_column_text(st, 4), (size_t)sqlite3_column_bytes(st, 4));
	if (rc != SQLITE_ROW)
		journal_fail(j, e);
	sqlite3_reset(st);
	*count += left != REMAINS_ALL;
	if (left == REMAINS_ALL)
		return rc == SQLITE_ROW ? 0 : -1;
	return left == REMAINS_SOME ? journal_rewrite(j, dev, seq, j->text.data, j->text.len, e) : journal_rewrite(j, dev, seq, NULL, 0, e);
}

/* Sorted by what no index has, so that the walk is over before the first body is changed. */
static int empty_past(struct journal *j, int64_t *count, struct err *e)
{
	if (journal_rows(j, "SELECT o.dev, o.seq FROM oplog o WHERE" ERASING("o") " ORDER BY o.hlc", 0, empty_logged, count, e) != 0)
		return -1;
	return journal_rebuild_where(j, " AND" ERASING("o"), e);
}

/* --- what was refused, is not accepted, or waits: few rows, which say nothing of anybody's record but are read by people --- */

#define ASIDE(table) \
	" UNION ALL SELECT d.no, a.pk, a.kind, a.body, 1, a.seq, '" table "' FROM " table " a JOIN dict_table d ON d.name = a.tbl WHERE a.kind IN (0, 1)"
static const char kept_apart[] =
	"SELECT o.tbl, o.pk, o.kind, o.body, o.dev, o.seq, 'oplog' FROM refused r CROSS JOIN oplog o ON o.dev = r.dev AND o.seq = r.seq WHERE o.kind IN (0, 1)"
	ASIDE("not_accepted") ASIDE("aside");

/* temp.erasing holds, from here on, the records of which such an operation names somebody erased. */
static int find_apart(struct journal *j, sqlite3_stmt *st, void *context, struct err *e)
{
	struct kind *k = dictionary_kind(j, sqlite3_column_int(st, 0));
	const char *body = (const char *)sqlite3_column_text(st, 3);
	int kind = sqlite3_column_int(st, 2), named;
	sqlite3_stmt *add;

	(void)context;
	if (k == NULL || k->known == NULL || body == NULL || erase_read(j, kind, body, (size_t)sqlite3_column_bytes(st, 3), NULL) != 0)
		return 0;
	named = erase_names(j, k, kind, &j->body, e);
	if (named <= 0)
		return named;
	add = journal_sql(j, SQL_ERASING_ADD, e);
	if (add == NULL)
		return -1;
	journal_bind_record(add, k->number, (const char *)sqlite3_column_text(st, 1), (size_t)sqlite3_column_bytes(st, 1));
	return journal_run(j, add, e);
}

static int is_erasing(struct journal *j, sqlite3_stmt *st, struct err *e)
{
	const char *pk = (const char *)sqlite3_column_text(st, 1);
	int marked = erase_marked(j, sqlite3_column_int(st, 0), pk, strlen(pk), e);
	sqlite3_stmt *q;

	if (marked != 0)
		return marked;
	if (sqlite3_prepare_v2(j->db, "SELECT 1 FROM temp.erasing WHERE tbl = ? AND pk = ?", -1, &q, NULL) != SQLITE_OK)
		return journal_fail(j, e);
	journal_bind_record(q, sqlite3_column_int(st, 0), pk, strlen(pk));
	marked = sqlite3_step(q) == SQLITE_ROW;
	sqlite3_finalize(q);
	return marked;
}

static int write_apart(struct journal *j, const char *table, int64_t seq, bool some, struct err *e)
{
	sqlite3_stmt *st;
	int rc;

	if (sqlite3_prepare_v2(j->db, strcmp(table, "aside") == 0 ? "UPDATE aside SET body = ?2 WHERE seq = ?1"
	    : "UPDATE not_accepted SET body = ?2 WHERE seq = ?1", -1, &st, NULL) != SQLITE_OK)
		return journal_fail(j, e);
	sqlite3_bind_int64(st, 1, seq);
	if (some)
		sqlite3_bind_text(st, 2, j->text.data, (int)j->text.len, SQLITE_STATIC);
	rc = journal_run(j, st, e);
	sqlite3_finalize(st);
	return rc;
}

static int empty_apart(struct journal *j, sqlite3_stmt *st, void *context, struct err *e)
{
	struct kind *k = dictionary_kind(j, sqlite3_column_int(st, 0));
	const char *body = (const char *)sqlite3_column_text(st, 3), *table = (const char *)sqlite3_column_text(st, 6);
	int64_t seq = sqlite3_column_int64(st, 5), *count = context;
	int erasing = is_erasing(j, st, e);
	enum remains left;

	if (erasing <= 0)
		return erasing;
	left = empty_body(j, k, sqlite3_column_int(st, 2), body, (size_t)sqlite3_column_bytes(st, 3));
	if (left == REMAINS_ALL)
		return 0;
	(*count)++;
	if (strcmp(table, "oplog") != 0)
		return write_apart(j, table, seq, left == REMAINS_SOME, e);
	return journal_rewrite(j, sqlite3_column_int(st, 4), seq, left == REMAINS_SOME ? j->text.data : NULL, left == REMAINS_SOME ? j->text.len : 0, e);
}

static int empty_kept_apart(struct journal *j, int64_t *count, struct err *e)
{
	if (journal_exec(j, "DELETE FROM temp.erasing", e) != 0 || journal_rows(j, kept_apart, 0, find_apart, NULL, e) != 0)
		return -1;
	return journal_rows(j, kept_apart, 0, empty_apart, count, e);
}

/* Names that the store wrote down apart from the record. */
static int forget_names(struct journal *j, int64_t *count, struct err *e)
{
	int person = dictionary_table(j, "person"), rc;
	struct buf sql = BUF_INIT;

	buf_addf(&sql, "DELETE FROM known_name WHERE tbl = 'person' AND id IN (SELECT pk FROM erased WHERE tbl = %d);"
	    "UPDATE device SET person_name = NULL WHERE person_name IS NOT NULL AND person IN (SELECT pk FROM erased WHERE tbl = %d)", person, person);
	rc = journal_exec(j, sql.data, e);
	*count += sqlite3_changes(j->db);
	buf_release(&sql);
	return rc;
}

/* --- all of it --- */

static int mark_again(struct journal *j, sqlite3_stmt *st, void *context, struct err *e)
{
	(void)context;
	return erase_person(j, dictionary_kind(j, sqlite3_column_int(st, 0)), (const char *)sqlite3_column_text(st, 1),
	    (size_t)sqlite3_column_bytes(st, 1), e);
}

/* The erased records from the journal alone. */
static int mark_anew(struct journal *j, struct err *e)
{
	if (journal_exec(j, "DELETE FROM erased", e) != 0 || erase_count(j, e) != 0)
		return -1;
	return journal_rows(j, "SELECT DISTINCT o.tbl, o.pk FROM oplog o WHERE o.kind = 3 AND o.tbl = ?1" " AND " OPERATION_COUNTS, dictionary_table(j, "person"),
	    mark_again, NULL, e);
}

static int flush(struct journal *j, struct err *e)
{
	int64_t count = 0;

	if ((j->now.erasing & ERASING_ANEW) != 0 && mark_anew(j, e) != 0)
		return -1;
	if ((j->now.erasing & (ERASING_SEARCH | ERASING_ANEW)) != 0 && j->now.erased > 0 && search(j, e) != 0)
		return -1;
	if ((j->now.erasing & ERASING_PAST) != 0 && empty_past(j, &count, e) != 0)
		return -1;
	if (j->now.erased > 0 && (empty_kept_apart(j, &count, e) != 0 || forget_names(j, &count, e) != 0))
		return -1;
	j->now.erasing = 0;
	if (journal_exec(j, "DELETE FROM temp.erasing", e) != 0)
		return -1;
	return count > 0 ? journal_exec(j, "INSERT OR REPLACE INTO setting(key, value) VALUES('scrub', '1')", e) : 0;
}

int erase_flush(struct journal *j, struct err *e)
{
	if (j->now.erasing == 0)
		return 0;
	return journal_join(j, e) == 0 && journal_fresh_devices(j, e) == 0 && journal_exec(j, ERASING_TABLE, e) == 0 ? flush(j, e) : -1;
}

/* A program that knew no erasures read of them and confirmed none: the hub wants to hear that they are done now (sync/upload.h). */
static int confirm_late(struct journal *j, struct err *e)
{
	return j->now.erased > 0 ? journal_exec(j, "INSERT OR REPLACE INTO setting(key, value) VALUES('acknowledge', '1')", e) : 0;
}

int erase_learned(struct journal *j, struct err *e)
{
	bool first = j->now.erased < 0;

	if (j->now.erased == 0)
		return 0;
	if (journal_exec(j, ERASING_TABLE, e) != 0)
		return -1;
	if (first)
		j->now.erasing |= ERASING_ANEW;
	else if (journal_exec(j, "INSERT OR IGNORE INTO temp.erasing SELECT tbl, pk FROM erased", e) != 0)
		return -1;
	else
		j->now.erasing |= ERASING_SEARCH | ERASING_PAST;
	return erase_flush(j, e) != 0 ? -1 : first ? confirm_late(j, e) : 0;
}

/* Of the declaration of what is personal, what names people and what is a part of what: FNV-1a, kept as a counter. */
static int64_t declared(void)
{
	uint64_t sum = UINT64_C(0xcbf29ce484222325);

	for (int i = 0; tables[i] != NULL; i++)
		for (int c = 0; c < tables[i]->count; c++) {
			const struct column *column = &tables[i]->columns[c];
			const char *words[] = { tables[i]->name, column->name, column->references != NULL ? column->references : "" };

			if ((column->flags & (COLUMN_PERSONAL | COLUMN_PART)) == 0 && column->kind != COLUMN_REFERENCE)
				continue;
			for (int w = 0; w < 3; w++)
				for (const char *p = words[w]; ; p++) {
					sum = (sum ^ (unsigned char)*p) * UINT64_C(0x100000001b3);
					if (*p == '\0')
						break;
				}
			sum = (sum ^ (column->flags & (COLUMN_PERSONAL | COLUMN_PART))) * UINT64_C(0x100000001b3);
		}
	return (int64_t)(sum >> 1);
}

/* A column that became personal was read and kept by the programs of before: erased records are emptied of it now, as of one that is learned. */
int erase_declared(struct journal *j, struct err *e)
{
	int64_t now = declared(), before = 0;

	if (journal_number(j, "SELECT coalesce((SELECT value FROM counter WHERE name = 'personal'), 0)", NULL, &before, e) != 0)
		return -1;
	if (before == now)
		return 0;
	return (j->now.erased > 0 && erase_learned(j, e) != 0) ? -1 : journal_save_counter(j, "personal", now, e);
}

/* dev, seq of one operation: its record may not be an erased one any more. */
int erase_judged(struct journal *j, int dev, int64_t seq, struct err *e)
{
	sqlite3_stmt *st;
	struct kind *k;
	int kind, named = 0;

	if (j->now.erased == 0)
		return 0;
	st = journal_sql(j, SQL_OPERATION, e);
	if (st == NULL)
		return -1;
	sqlite3_bind_int(st, 1, dev);
	sqlite3_bind_int64(st, 2, seq);
	if (sqlite3_step(st) == SQLITE_ROW) {
		k = dictionary_kind(j, sqlite3_column_int(st, 1));
		kind = sqlite3_column_int(st, 2);
		if (kind == OPERATION_ERASE)
			named = 1;
		else if (k != NULL && k->known != NULL && (kind == OPERATION_INSERT || kind == OPERATION_UPDATE) &&
		    erase_read(j, kind, (const char *)sqlite3_column_text(st, 4), (size_t)sqlite3_column_bytes(st, 4), NULL) == 0)
			named = erase_names(j, k, kind, &j->body, e);
	}
	sqlite3_reset(st);
	j->now.erasing |= ERASING_REFUSED | (named > 0 ? ERASING_ANEW : 0);
	return named < 0 ? -1 : 0;
}
