/* The records that every store begins with and nobody inserted: the first programme, its targets as the grant names them, and the points by which
 * activity is counted. A coordinator edits them like any others. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "schema/schema.h"

#define INDICATOR(id_, key, title, kind, role, seminar_kind, target, position) \
	{ .since = 3, .table = "indicator", .id = "indicator-" id_, \
	    .values = { [1] = PROGRAMME_FIRST, [2] = key, [3] = title, [4] = kind, [5] = role, [6] = seminar_kind, [9] = target, [12] = position } }
#define POINTS(id_, measure, points, position) \
	{ .since = 3, .table = "award_rule", .id = "points-" id_, .values = { [1] = PROGRAMME_FIRST, [2] = measure, [3] = points, [4] = position } }

static const struct schema_builtin builtins[] = {
	{ .since = 1, .table = "programme", .id = PROGRAMME_FIRST, .values = { [1] = "Живая сеть НКО", [5] = "open" } },
	INDICATOR("experts", "experts", "Региональные эксперты-наставники", "people", "expert", NULL, "15", "1"),
	INDICATOR("consultants", "consultants", "Местные консультанты", "people", "consultant", NULL, "50", "2"),
	INDICATOR("seminars", "seminars", "Семинары местных консультантов", "seminars", NULL, "local", "50", "3"),
	INDICATOR("participants", "participants", "Участники семинаров местных консультантов", "reached", NULL, "local", "400", "4"),
	INDICATOR("information", "information", "Информационно-ознакомительные семинары", "seminars", NULL, "information", "3", "5"),
	POINTS("led", "seminars_led", "10", "1"),
	POINTS("mentored", "seminars_mentored", "5", "2"),
	POINTS("consultations", "consultations", "2", "3"),
	POINTS("reached", "people_reached", "1", "4"),
	POINTS("stories", "stories", "10", "5"),
	{ .table = NULL }
};

const struct schema_builtin *schema_builtin(const char *table, const char *id)
{
	for (const struct schema_builtin *b = builtins; b->table != NULL; b++)
		if (strcmp(table, b->table) == 0 && strcmp(id, b->id) == 0)
			return b;
	return NULL;
}

/* Names of tables and columns are the program's own. */
static sqlite3_stmt *prepare(sqlite3 *db, const struct table *t, const struct schema_builtin *b)
{
	struct buf sql = BUF_INIT;
	sqlite3_stmt *st = NULL;

	buf_addf(&sql, "INSERT INTO \"%s\"(id, origin_hlc, origin_dev", t->name);
	for (int i = 1; i < t->count; i++)
		if (b->values[i] != NULL)
			buf_addf(&sql, ", \"%s\"", t->columns[i].name);
	buf_adds(&sql, ") VALUES(?, 0, 0");
	for (int i = 1; i < t->count; i++)
		if (b->values[i] != NULL)
			buf_adds(&sql, ", ?");
	buf_addc(&sql, ')');
	sqlite3_prepare_v2(db, sql.data, -1, &st, NULL);
	buf_release(&sql);
	return st;
}

static int insert(sqlite3 *db, const struct schema_builtin *b)
{
	const struct table *t = table_find(b->table);
	sqlite3_stmt *st = prepare(db, t, b);
	int place = 1;

	if (st == NULL)
		return sqlite3_errcode(db);
	sqlite3_bind_text(st, place++, b->id, -1, SQLITE_STATIC);
	for (int i = 1; i < t->count; i++) {
		if (b->values[i] == NULL)
			continue;
		if (t->columns[i].kind == COLUMN_INTEGER)
			sqlite3_bind_int64(st, place++, strtoll(b->values[i], NULL, 10));
		else
			sqlite3_bind_text(st, place++, b->values[i], -1, SQLITE_STATIC);
	}
	sqlite3_step(st);
	return sqlite3_finalize(st);
}

static int count(sqlite3 *db, const char *table)
{
	sqlite3_stmt *st;
	int rc = sqlite3_prepare_v2(db, "INSERT INTO tally(name, value) VALUES(?, 1) ON CONFLICT(name) DO UPDATE SET value = value + 1", -1, &st, NULL);

	if (rc != SQLITE_OK)
		return rc;
	sqlite3_bind_text(st, 1, table, -1, SQLITE_STATIC);
	sqlite3_step(st);
	return sqlite3_finalize(st);
}

int schema_builtin_insert(sqlite3 *db, int version)
{
	int rc = SQLITE_OK;

	for (const struct schema_builtin *b = builtins; b->table != NULL && rc == SQLITE_OK; b++)
		if (b->since == version && (rc = insert(db, b)) == SQLITE_OK)
			rc = count(db, b->table);
	return rc;
}
