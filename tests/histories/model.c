#include "tests/histories/model.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "store/journal.h"
#include "store/merge.h"
#include "schema/table.h"
#include "tests/histories/chance.h"
#include "tests/unit/test.h"

/* What is reckoned with: a database of its own, in which JSON is read by SQLite. */
static sqlite3 *db;

static void must(int rc)
{
	if (rc != SQLITE_OK && rc != SQLITE_DONE && rc != SQLITE_ROW) {
		test_note("the model: %s", sqlite3_errmsg(db));
		exit(99);
	}
}

static void run(const char *sql)
{
	must(sqlite3_exec(db, sql, NULL, NULL, NULL));
}

/* op: the operations of a replica. line: one row for each field that one of them writes. saw: the stamps that an edit of a field names. head: a line that no
 * edit of its field saw. Of the mark `deleted` (column 1) the stamps that it saw count for all fields. */
static const char schema[] =
	"CREATE TABLE op(tbl INT, pk TEXT, tag TEXT, seq INT, hlc INT, kind INT, body TEXT);"
	"CREATE TABLE field(tbl INT, place TEXT, no INT, name TEXT, personal INT, points TEXT, PRIMARY KEY(tbl, no)) WITHOUT ROWID;"
	"CREATE UNIQUE INDEX field_name ON field(place, name);"
	"CREATE TABLE row(tbl INT, pk TEXT, col INT, value);"
	"CREATE TABLE conflict(place TEXT, pk TEXT, name TEXT, hlc INT, tag TEXT, value);"
	"CREATE TABLE line(tbl INT, pk TEXT, col INT, hlc INT, tag TEXT, value, PRIMARY KEY(tbl, pk, col, hlc, tag)) WITHOUT ROWID;"
	"CREATE TABLE saw(tbl INT, pk TEXT, col INT, hlc INT, tag TEXT, PRIMARY KEY(tbl, pk, col, hlc, tag)) WITHOUT ROWID;"
	"CREATE TABLE head(tbl INT, pk TEXT, col INT, hlc INT, tag TEXT, value, PRIMARY KEY(tbl, pk, col, hlc, tag)) WITHOUT ROWID;"
	"CREATE TABLE shown(tbl INT, pk TEXT, col INT, value, PRIMARY KEY(tbl, pk, col)) WITHOUT ROWID;";

/* Rule by rule. */
static const char reckoning[] =
	"DELETE FROM line; DELETE FROM saw; DELETE FROM head; DELETE FROM shown;"
	"INSERT INTO line SELECT o.tbl, o.pk, f.no, o.hlc, o.tag, CASE f.no WHEN 1 THEN coalesce(o.body ->> ('$[' || (f.no - 1) || ']'), 0)"
	" ELSE nullif(o.body ->> ('$[' || (f.no - 1) || ']'), '') END FROM op o JOIN field f ON f.tbl = o.tbl WHERE o.kind = 0;"
	"INSERT INTO line SELECT o.tbl, o.pk, c.value ->> '$[0]', o.hlc, o.tag, nullif(c.value ->> '$[1]', '') FROM op o, json_each(o.body) c WHERE o.kind = 1;"
	"INSERT OR IGNORE INTO saw SELECT o.tbl, o.pk, c.value ->> '$[0]', s.value ->> '$[0]', s.value ->> '$[1]'"
	" FROM op o, json_each(o.body) c, json_each(c.value, '$[2]') s WHERE o.kind = 1;"
	"INSERT INTO head SELECT l.* FROM line l LEFT JOIN saw s USING(tbl, pk, col, hlc, tag) WHERE s.pk IS NULL;"
	/* Deleted by somebody who did not see all: what was not seen speaks for the record. */
	"INSERT OR REPLACE INTO head SELECT h.tbl, h.pk, 1, h.hlc, h.tag, 0 FROM head h WHERE h.col > 1"
	" AND EXISTS(SELECT 1 FROM head m WHERE m.tbl = h.tbl AND m.pk = h.pk AND m.col = 1 AND m.value = 1)"
	" AND NOT EXISTS(SELECT 1 FROM saw s WHERE s.tbl = h.tbl AND s.pk = h.pk AND s.col = 1 AND s.hlc = h.hlc AND s.tag = h.tag)"
	" AND NOT EXISTS(SELECT 1 FROM line m JOIN op o ON o.hlc = m.hlc AND o.tag = m.tag AND o.kind = 1"
	"  WHERE m.tbl = h.tbl AND m.pk = h.pk AND m.col = 1 AND m.hlc = h.hlc AND m.tag = h.tag);"
	"INSERT INTO shown SELECT tbl, pk, col, value FROM (SELECT h.*, row_number() OVER (PARTITION BY tbl, pk, col"
	" ORDER BY CASE col WHEN 1 THEN value ELSE 0 END, hlc DESC, tag DESC) n FROM head h) x WHERE n = 1"
	" AND EXISTS(SELECT 1 FROM op o WHERE o.tbl = x.tbl AND o.pk = x.pk AND o.kind = 0);";

enum { RULES = 16 };
static sqlite3_stmt *rule[RULES];

static void prepare_rules(void)
{
	const char *rest = reckoning;

	for (int i = 0; *rest != '\0'; i++)
		must(sqlite3_prepare_v2(db, rest, -1, &rule[i], &rest));
}

static void reckon(void)
{
	for (int i = 0; i < RULES && rule[i] != NULL; i++) {
		must(sqlite3_step(rule[i]));
		must(sqlite3_reset(rule[i]));
	}
}

static void open_model(void)
{
	if (db == NULL) {
		must(sqlite3_open(":memory:", &db));
		run(schema);
		prepare_rules();
	}
	run("DELETE FROM op; DELETE FROM row; DELETE FROM conflict");
}

/* Copies the rows of a query of a replica; what the columns are called is the same in all of them. */
static void load(struct store *s, const char *sql, const char *into)
{
	sqlite3_stmt *from = NULL, *to;
	int columns;

	if (sqlite3_prepare_v2(store_db(s), sql, -1, &from, NULL) != SQLITE_OK) {
		test_note("the model: %s: %s", sql, sqlite3_errmsg(store_db(s)));
		exit(99);
	}
	columns = sqlite3_column_count(from);
	must(sqlite3_prepare_v2(db, into, -1, &to, NULL));
	while (sqlite3_step(from) == SQLITE_ROW) {
		for (int i = 0; i < columns; i++)
			must(sqlite3_bind_value(to, i + 1, sqlite3_column_value(from, i)));
		must(sqlite3_step(to));
		sqlite3_reset(to);
	}
	sqlite3_finalize(from);
	sqlite3_finalize(to);
}

/* What the program's tables say of their columns. */
static void describe(void)
{
	for (int i = 0; tables[i] != NULL; i++)
		for (int c = 0; c < tables[i]->count; c++) {
			const struct column *k = &tables[i]->columns[c];
			char sql[256];

			snprintf(sql, sizeof sql, "UPDATE field SET personal = %d, points = '%s' WHERE place = '%s' AND name = '%s'", (k->flags & COLUMN_PERSONAL) != 0,
			    k->references != NULL ? k->references : "", tables[i]->name, k->name);
			run(sql);
		}
}

#define OPERATIONS \
	"SELECT o.tbl, o.pk, d.tag, o.seq, o.hlc, o.kind, o.body FROM oplog o JOIN device d ON d.no = o.dev" \
	" WHERE NOT EXISTS(SELECT 1 FROM refused r WHERE r.dev = o.dev AND r.seq = o.seq) AND o.kind IN (0, 1, 3)"

static void load_operations(struct store *s, const char *where)
{
	static bool named;
	char sql[512];

	snprintf(sql, sizeof sql, OPERATIONS " %s", where);
	load(s, sql, "INSERT INTO op VALUES(?, ?, ?, ?, ?, ?, ?)");
	if (!named)
		load(s, "SELECT c.tbl, t.name, c.no, c.name FROM dict_column c JOIN dict_table t ON t.no = c.tbl", "INSERT INTO field(tbl, place, no, name) VALUES(?, ?, ?, ?)");
	if (!named)
		describe();
	named = true;
}

/* Lines of a query of the model, said; how many. */
static int say(const char *what, const char *sql)
{
	sqlite3_stmt *st;
	int rows = 0;

	must(sqlite3_prepare_v2(db, sql, -1, &st, NULL));
	while (sqlite3_step(st) == SQLITE_ROW && rows++ < 10) {
		char line[400];
		int used = 0;

		for (int i = 0; i < sqlite3_column_count(st) && used < (int)sizeof line; i++) {
			const char *text = (const char *)sqlite3_column_text(st, i);

			used += snprintf(line + used, sizeof line - (size_t)used, "%s%s", i > 0 ? "|" : "", text != NULL ? text : "~");
		}
		test_note("%s: %s", what, line);
	}
	sqlite3_finalize(st);
	return rows;
}

/* --- what was written */

void model_release(struct model *m)
{
	for (size_t i = 0; i < m->count; i++) {
		free(m->written[i].table);
		free(m->written[i].pk);
		free(m->written[i].body);
	}
	free(m->written);
	*m = (struct model){ NULL, 0 };
}

static char *copy(const unsigned char *text)
{
	return mem_dup(text != NULL ? (const char *)text : "");
}

/* The edits of one operation against the heads of all that the author held before it. */
static bool saw_all(struct store *s, const struct written *o)
{
	char where[256], sql[1200];

	open_model();
	snprintf(where, sizeof where, "AND o.pk = '%s' AND NOT (o.dev = 1 AND o.seq >= %lld)", o->pk, (long long)o->seq);
	load_operations(s, where);
	reckon();
	snprintf(where, sizeof where, "AND o.dev = 1 AND o.seq = %lld", (long long)o->seq);
	load_operations(s, where);
	/* Of the mark more is named than it has heads. */
	snprintf(sql, sizeof sql, "SELECT h.pk, h.col, h.hlc, h.tag, 'not seen' FROM op o, json_each(o.body) c JOIN head h ON h.tbl = o.tbl AND h.pk = o.pk"
	    " AND h.col = c.value ->> '$[0]' WHERE o.seq = %lld AND o.tag = '%s' AND o.kind = 1"
	    " AND NOT EXISTS(SELECT 1 FROM json_each(c.value, '$[2]') s WHERE s.value ->> '$[0]' = h.hlc AND s.value ->> '$[1]' = h.tag)"
	    " UNION ALL SELECT o.pk, c.value ->> '$[0]', s.value ->> '$[0]', s.value ->> '$[1]', 'no head' FROM op o, json_each(o.body) c,"
	    " json_each(c.value, '$[2]') s WHERE o.seq = %lld AND o.tag = '%s' AND o.kind = 1 AND c.value ->> '$[0]' > 1 AND NOT EXISTS"
	    "(SELECT 1 FROM head h WHERE h.tbl = o.tbl AND h.pk = o.pk AND h.col = c.value ->> '$[0]' AND h.hlc = s.value ->> '$[0]' AND h.tag = s.value ->> '$[1]')",
	    (long long)o->seq, o->tag, (long long)o->seq, o->tag);
	return say("an edit and what its author saw", sql) == 0;
}

bool model_note(struct model *m, const struct world *w, int device, int64_t after)
{
	struct store *s = w->device[device].s;
	const char *tag = journal_tag(store_journal(s));
	size_t first = m->count;
	sqlite3_stmt *st;
	struct err e = ERR_INIT;
	bool good = true;

	st = store_prepare(s, "SELECT o.seq, t.name, o.pk, o.body, o.hlc FROM oplog o JOIN dict_table t ON t.no = o.tbl WHERE o.dev = 1 AND o.seq > ?1 ORDER BY o.seq", &e);
	if (st == NULL)
		return world_fail(w, &e);
	sqlite3_bind_int64(st, 1, after);
	while (store_step(s, st, &e) == 1) {
		struct written *o;

		m->written = mem_resize(m->written, m->count + 1, sizeof *m->written);
		o = &m->written[m->count++];
		*o = (struct written){ .device = device, .seq = sqlite3_column_int64(st, 0), .table = copy(sqlite3_column_text(st, 1)),
		    .pk = copy(sqlite3_column_text(st, 2)), .body = copy(sqlite3_column_text(st, 3)),
		    .hlc = (uint64_t)sqlite3_column_int64(st, 4) };
		snprintf(o->tag, sizeof o->tag, "%s", tag);
	}
	sqlite3_reset(st);
	/* Each asks the whole journal: some are enough where there are many histories. */
	for (size_t i = first; i < m->count && good; i += 1 + (size_t)chance_below(4))
		good = strcmp(m->written[i].table, "programme") == 0 || saw_all(s, &m->written[i]);
	return good || CHECK(!"an edit names what its author saw");
}

void model_lose(struct model *m, int device, size_t from)
{
	for (size_t i = from; i < m->count; i++)
		m->written[i].lost = m->written[i].lost || m->written[i].device == device;
}

bool model_old(const struct world *w, uint64_t hlc)
{
	const int64_t kept = 160 * 24 * 3600 * INT64_C(1000);	/* history is kept for 365 days, but a clock may be 200 ahead */

	return (int64_t)(hlc >> 16) < w->now - kept;
}

/* --- a replica against its operations */

static int tell_conflict(void *context, const struct conflict *c, struct err *e)
{
	sqlite3_stmt *to = context;

	(void)e;
	for (int i = 0; i < c->count; i++) {
		sqlite3_bind_text(to, 1, c->table, -1, SQLITE_STATIC);
		sqlite3_bind_text(to, 2, c->id, -1, SQLITE_STATIC);
		sqlite3_bind_text(to, 3, c->column, -1, SQLITE_STATIC);
		sqlite3_bind_int64(to, 4, (sqlite3_int64)c->heads[i].hlc);
		sqlite3_bind_text(to, 5, c->heads[i].tag, -1, SQLITE_STATIC);
		sqlite3_bind_text(to, 6, c->heads[i].value, -1, SQLITE_STATIC);
		must(sqlite3_step(to));
		sqlite3_reset(to);
	}
	return 0;
}

/* The built-in records of these did not come from an insert. */
#define BUILT_IN "('programme', 'indicator', 'award_rule', 'template', 'criterion')"

/* The text stays where it is: the store prepares it once. */
static const char *query_of(int table)
{
	static struct buf query[TABLES_MOST];
	struct buf *sql = &query[table];

	if (sql->len > 0)
		return sql->data;
	buf_init(sql);
	buf_adds(sql, "SELECT id");
	for (int c = 0; c < tables[table]->count; c++)
		buf_addf(sql, ", nullif(\"%s\", '')", tables[table]->columns[c].name);
	buf_addf(sql, " FROM \"%s\"", tables[table]->name);
	return sql->data;
}

static void load_table(struct store *s, int table, sqlite3_stmt *to)
{
	const struct table *t = tables[table];
	struct err e = ERR_INIT;
	sqlite3_stmt *from = store_prepare(s, query_of(table), &e);

	if (from == NULL)
		exit(99);
	while (sqlite3_step(from) == SQLITE_ROW)
		for (int c = 0; c < t->count; c++) {
			must(sqlite3_bind_text(to, 1, t->name, -1, SQLITE_STATIC));
			must(sqlite3_bind_text(to, 2, t->columns[c].name, -1, SQLITE_STATIC));
			must(sqlite3_bind_value(to, 3, sqlite3_column_value(from, 0)));
			must(sqlite3_bind_value(to, 4, sqlite3_column_value(from, c + 1)));
			must(sqlite3_step(to));
			sqlite3_reset(to);
		}
	sqlite3_reset(from);
}

static void load_rows(struct store *s)
{
	sqlite3_stmt *to;

	must(sqlite3_prepare_v2(db, "INSERT INTO row SELECT tbl, ?3, no, ?4 FROM field WHERE place = ?1 AND name = ?2 AND place NOT IN " BUILT_IN, -1, &to, NULL));
	for (int i = 0; tables[i] != NULL; i++)
		load_table(s, i, to);
	sqlite3_finalize(to);
}

static void load_conflicts(struct store *s)
{
	struct err e = ERR_INIT;
	sqlite3_stmt *to;

	must(sqlite3_prepare_v2(db, "INSERT INTO conflict VALUES(?, ?, ?, ?, ?, ?)", -1, &to, NULL));
	if (conflict_each(store_journal(s), tell_conflict, to, &e) != 0)
		test_note("%s", e.text);
	sqlite3_finalize(to);
	run("DELETE FROM conflict WHERE place IN " BUILT_IN);
}

/* All heads of a field of which two differ, of a record that is not deleted; of an attendance's state the later wins. */
#define AT_ODDS \
	"SELECT f.place, h.pk, f.name, h.hlc, h.tag, CAST(h.value AS TEXT) FROM head h JOIN field f ON f.tbl = h.tbl AND f.no = h.col" \
	" JOIN shown d ON d.tbl = h.tbl AND d.pk = h.pk AND d.col = 1 AND d.value = 0 WHERE NOT (f.place = 'attendance' AND f.name = 'state')" \
	" AND EXISTS(SELECT 1 FROM head o WHERE o.tbl = h.tbl AND o.pk = h.pk AND o.col = h.col AND o.value IS NOT h.value)"
#define TOLD "SELECT place, pk, name, hlc, tag, CAST(value AS TEXT) FROM conflict"

/* Of a person whom somebody erased, and of all that ever named one, nothing personal is left. */
#define REMAINS \
	"WITH gone(pk) AS (SELECT o.pk FROM op o JOIN field f ON f.tbl = o.tbl AND f.no = 1 WHERE o.kind = 3 AND f.place = 'person')" \
	" SELECT f.place, l.pk, f.name, l.tag, l.hlc, l.value FROM line l JOIN field f ON f.tbl = l.tbl AND f.no = l.col WHERE f.personal AND l.value IS NOT NULL" \
	" AND ((f.place = 'person' AND l.pk IN (SELECT pk FROM gone)) OR EXISTS(SELECT 1 FROM line n JOIN field g ON g.tbl = n.tbl AND g.no = n.col" \
	" WHERE n.tbl = l.tbl AND n.pk = l.pk AND g.points = 'person' AND n.value IN (SELECT pk FROM gone)))"

bool model_agrees(struct store *s, const char *who)
{
	int wrong;

	open_model();
	load_operations(s, "");
	run("DELETE FROM op WHERE tbl IN (SELECT tbl FROM field WHERE place IN " BUILT_IN ")");
	load_rows(s);
	load_conflicts(s);
	reckon();
	wrong = say("not in the row", "SELECT * FROM shown EXCEPT SELECT * FROM row");
	wrong += say("in the row alone", "SELECT * FROM row EXCEPT SELECT * FROM shown");
	wrong += say("a conflict that is not told", AT_ODDS " EXCEPT " TOLD);
	wrong += say("a conflict that is none", TOLD " EXCEPT " AT_ODDS);
	wrong += say("personal data of who was erased", REMAINS);
	if (wrong > 0)
		test_note("of %s", who);
	return CHECK(wrong == 0);
}
