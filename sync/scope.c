#include "sync/scope.h"

#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "store/dictionary.h"
#include "schema/table.h"
#include "sync/rules.h"
#include "sync/scope_statements.h"

struct question { struct store *s; const struct peer *p; const char *tag; char today[DATE_SIZE]; };

/* By name: see scope_statements.h. */
static void bind(const struct question *q, sqlite3_stmt *st)
{
	for (int i = 1; i <= sqlite3_bind_parameter_count(st); i++) {
		const char *name = sqlite3_bind_parameter_name(st, i);

		bug_if(name == NULL);
		if (*name == '@')
			sqlite3_bind_int(st, i, dictionary_table(store_journal(q->s), name + 1));
		else if (strcmp(name, ":me") == 0)
			store_bind_text(st, i, q->p->person);
		else if (strcmp(name, ":place") == 0)
			store_bind_text(st, i, q->p->municipality);
		else if (strcmp(name, ":today") == 0)
			store_bind_text(st, i, q->today);
		else
			store_bind_text(st, i, q->tag);
	}
}

static int put_all(const struct question *q, const char *const *statements, struct err *e)
{
	for (; *statements != NULL; statements++) {
		sqlite3_stmt *st = store_prepare(q->s, *statements, e);

		if (st == NULL)
			return -1;
		bind(q, st);
		if (store_run(q->s, st, e) != 0)
			return -1;
	}
	return 0;
}

/* Of every table that travels; their names are the program's own. */
static int put_everything(struct store *s, struct err *e)
{
	for (int i = 0; tables[i] != NULL; i++) {
		struct buf sql = BUF_INIT;
		sqlite3_stmt *st;

		int result;

		buf_addf(&sql, SCOPE_PUT "?1, id, 0 FROM \"%s\"", tables[i]->name);
		st = store_prepare_once(s, sql.data, e);
		buf_release(&sql);
		if (st == NULL)
			return -1;
		sqlite3_bind_int(st, 1, dictionary_table(store_journal(s), tables[i]->name));
		result = store_step(s, st, e);
		sqlite3_finalize(st);
		if (result < 0)
			return -1;
	}
	return 0;
}

/* For each device of the person: what it created. */
static int put_created(struct question *q, struct err *e)
{
	sqlite3_stmt *st = store_prepare(q->s,
	    "SELECT tag FROM peer WHERE id = ?1 OR (person <> '' AND person = ?2)", e);
	int more;

	if (st == NULL)
		return -1;
	store_bind_text(st, 1, q->p->pub.id);
	store_bind_text(st, 2, q->p->person);
	while ((more = store_step(q->s, st, e)) == 1) {
		q->tag = store_text(st, 0);
		if (put_all(q, scope_created, e) != 0) {
			more = -1;
			break;
		}
	}
	q->tag = q->p->pub.tag;
	sqlite3_reset(st);
	return more;
}

int scope_want(struct store *s, const struct peer *p, struct err *e)
{
	struct question q = { .s = s, .p = p, .tag = p->pub.tag };
	int role = rule_role(p->role);

	date_today(q.today);
	if (store_exec(s, "CREATE TEMP TABLE IF NOT EXISTS want(tbl INTEGER, pk TEXT, own INTEGER, PRIMARY KEY(tbl, pk)) WITHOUT ROWID;"
	    "DELETE FROM temp.want", e) != 0)
		return -1;
	if (*p->person != '\0' && (put_all(&q, scope_own, e) != 0 || put_all(&q, scope_judge, e) != 0))
		return -1;
	if (role == ROLE_COORDINATOR)
		return put_everything(s, e);
	if (put_all(&q, scope_everybody, e) != 0)
		return -1;
	if (role == ROLE_CONSULTANT && *p->municipality != '\0' && put_all(&q, scope_consultant, e) != 0)
		return -1;
	if (role == ROLE_EXPERT && put_all(&q, scope_expert, e) != 0)
		return -1;
	return put_created(&q, e) != 0 ? -1 : put_all(&q, scope_follow, e);
}

/* Nothing of a table that is not wanted names anybody; of most tables a device wants little. */
static int wants_some(struct store *s, const struct table *t, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, "SELECT 1 FROM temp.want WHERE tbl = ?1 LIMIT 1", e);
	int found;

	if (st == NULL)
		return -1;
	sqlite3_bind_int(st, 1, dictionary_table(store_journal(s), t->name));
	found = store_step(s, st, e);
	sqlite3_reset(st);
	return found;
}

/* The column's targets; names of tables and columns are the program's own. */
static int put_named(struct store *s, const struct table *t, const struct column *c, struct err *e)
{
	struct journal *j = store_journal(s);
	struct buf sql = BUF_INIT;
	sqlite3_stmt *st;
	int result;

	buf_addf(&sql, "INSERT OR IGNORE INTO temp.naming SELECT ?2, t.\"%s\" FROM temp.want w JOIN \"%s\" t ON t.id = w.pk WHERE w.tbl = ?1"
	    " AND t.\"%s\" <> '' AND NOT EXISTS(SELECT 1 FROM temp.want h WHERE h.tbl = ?2 AND h.pk = t.\"%s\")",
	    c->name, t->name, c->name, c->name);
	st = store_prepare_once(s, sql.data, e);
	buf_release(&sql);
	if (st == NULL)
		return -1;
	sqlite3_bind_int(st, 1, dictionary_table(j, t->name));
	sqlite3_bind_int(st, 2, dictionary_table(j, c->references));
	result = store_step(s, st, e);
	sqlite3_finalize(st);
	return result;
}

static int put_names_of(struct store *s, const struct table *t, struct err *e)
{
	for (int c = 0; c < t->count; c++) {
		const char *to = t->columns[c].references;

		if (to != NULL && (strcmp(to, "person") == 0 || strcmp(to, "organisation") == 0) && put_named(s, t, &t->columns[c], e) != 0)
			return -1;
	}
	return 0;
}

int scope_naming(struct store *s, struct err *e)
{
	if (store_exec(s, "CREATE TEMP TABLE IF NOT EXISTS naming(tbl INTEGER, pk TEXT, PRIMARY KEY(tbl, pk)) WITHOUT ROWID;"
	    "DELETE FROM temp.naming", e) != 0)
		return -1;
	for (int i = 0; tables[i] != NULL; i++) {
		int wanted = wants_some(s, tables[i], e);

		if (wanted < 0 || (wanted > 0 && put_names_of(s, tables[i], e) != 0))
			return -1;
	}
	return 0;
}
