#include "sync/scope.h"

#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "store/dictionary.h"
#include "store/table.h"
#include "sync/rules.h"

/* Parameters of all statements below: 1 person, 2 municipality, 3 today, 4 the tag of a device, then the numbers of the tables in the order of table.h. */
#define PROGRAMME "?5"
#define ORGANISATION "?6"
#define PERSON "?7"
#define PARTICIPATION "?8"
#define MENTORSHIP "?9"
#define SEMINAR "?10"
#define ATTENDANCE "?11"
#define CONSULTATION "?12"
#define CONSENT "?4"
#define FIRST_TABLE 5
#define TAG 4

#define PUT "INSERT OR IGNORE INTO temp.want(tbl, pk, own) SELECT "
#define RUNNING "m.deleted = 0 AND (m.until IS NULL OR m.until = '' OR m.until >= ?3)"

static const char *const begin[] = {
	/* What is held by a right of the person comes first, so that its mark stays. */
	PUT PERSON ", id, 1 FROM person WHERE id = ?1",
	PUT MENTORSHIP ", id, 1 FROM mentorship WHERE mentor = ?1",
	PUT PERSON ", p.id, 1 FROM mentorship m JOIN person p ON p.id = m.mentee WHERE m.mentor = ?1 AND " RUNNING,
	PUT CONSULTATION ", id, 1 FROM consultation WHERE mentor = ?1",
	PUT CONSULTATION ", c.id, 0 FROM temp.want w JOIN consultation c ON c.mentee = w.pk WHERE w.tbl = " PERSON " AND w.own = 1",
	PUT PROGRAMME ", id, 0 FROM programme",
	PUT SEMINAR ", id, 0 FROM seminar WHERE lead = ?1 OR mentor = ?1",
	NULL
};

static const char *const consultant[] = {
	PUT PERSON ", id, 0 FROM person WHERE municipality = ?2",
	PUT ORGANISATION ", id, 0 FROM organisation WHERE municipality = ?2",
	PUT SEMINAR ", id, 0 FROM seminar WHERE municipality = ?2",
	NULL
};

static const char *const expert[] = {
	PUT SEMINAR ", id, 0 FROM seminar WHERE lead IN (SELECT pk FROM temp.want WHERE tbl = " PERSON " AND own = 1 AND pk <> ?1)",
	PUT CONSULTATION ", c.id, 0 FROM temp.want w JOIN consultation c ON c.mentor = w.pk WHERE w.tbl = " PERSON " AND w.own = 1",
	NULL
};

/* What follows from seminars and people, however they came in. The id of attendance begins with the seminar's. */
static const char *const follow[] = {
	PUT ATTENDANCE ", a.id, 0 FROM temp.want w JOIN attendance a ON a.id >= w.pk || '/' AND a.id < w.pk || '0' WHERE w.tbl = " SEMINAR,
	PUT PERSON ", p.id, 0 FROM temp.want w JOIN attendance a ON a.id = w.pk AND a.deleted = 0 JOIN person p ON p.id = a.person"
		" WHERE w.tbl = " ATTENDANCE,
	PUT PARTICIPATION ", t.id, 0 FROM temp.want w JOIN participation t ON t.person = w.pk WHERE w.tbl = " PERSON,
	PUT MENTORSHIP ", m.id, 0 FROM temp.want w JOIN mentorship m ON m.mentee = w.pk WHERE w.tbl = " PERSON,
	PUT CONSENT ", c.id, 0 FROM temp.want w JOIN consent c ON c.person = w.pk WHERE w.tbl = " PERSON,
	NULL
};

static const char *const everything[] = {
	PUT PROGRAMME ", id, 0 FROM programme", PUT ORGANISATION ", id, 0 FROM organisation",
	    PUT PERSON ", id, 0 FROM person",
	PUT PARTICIPATION ", id, 0 FROM participation", PUT MENTORSHIP ", id, 0 FROM mentorship",
	    PUT SEMINAR ", id, 0 FROM seminar",
	PUT ATTENDANCE ", id, 0 FROM attendance", PUT CONSULTATION ", id, 0 FROM consultation",
	    PUT CONSENT ", id, 0 FROM consent",
	NULL
};

/* Records created by a device: ids from "tag-" to before "tag." (the character after the hyphen). 4: tag. */
#define CREATED(number, table) PUT number ", id, 0 FROM " table " WHERE id >= ?4 || '-' AND id < ?4 || '.' AND instr(id, '/') = 0"
static const char *const created[] = {
	CREATED(ORGANISATION, "organisation"), CREATED(PERSON, "person"), CREATED(MENTORSHIP, "mentorship"),
	    CREATED(SEMINAR, "seminar"), CREATED(CONSULTATION, "consultation"), CREATED(CONSENT, "consent"), NULL
};

struct question { struct store *s; const struct peer *p; const char *tag; char today[DATE_SIZE]; };

static int put_all(const struct question *q, const char *const *statements, struct err *e)
{
	for (; *statements != NULL; statements++) {
		sqlite3_stmt *st = store_prepare(q->s, *statements, e);

		if (st == NULL)
			return -1;
		store_bind_text(st, 1, q->p->person);
		store_bind_text(st, 2, q->p->municipality);
		store_bind_text(st, 3, q->today);
		for (int i = 0; tables[i] != NULL; i++)
			sqlite3_bind_int(st, FIRST_TABLE + i, dictionary_table(store_journal(q->s),
			    tables[i]->name));
		if (q->tag != NULL)
			store_bind_text(st, TAG, q->tag);
		if (store_run(q->s, st, e) != 0)
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
		if (put_all(q, created, e) != 0) {
			more = -1;
			break;
		}
	}
	q->tag = NULL;
	sqlite3_reset(st);
	return more;
}

int scope_want(struct store *s, const struct peer *p, struct err *e)
{
	struct question q = { .s = s, .p = p };
	int role = rule_role(p->role);

	date_today(q.today);
	if (store_exec(s, "CREATE TEMP TABLE IF NOT EXISTS want(tbl INTEGER, pk TEXT, own INTEGER, PRIMARY KEY(tbl, pk)) WITHOUT ROWID;"
	    "DELETE FROM temp.want", e) != 0 || put_all(&q, begin, e) != 0)
		return -1;
	if (role == ROLE_COORDINATOR)
		return put_all(&q, everything, e);
	if (role == ROLE_CONSULTANT && *p->municipality != '\0' && put_all(&q, consultant, e) != 0)
		return -1;
	if (role == ROLE_EXPERT && put_all(&q, expert, e) != 0)
		return -1;
	return put_created(&q, e) != 0 ? -1 : put_all(&q, follow, e);
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

int scope_naming(struct store *s, struct err *e)
{
	if (store_exec(s, "CREATE TEMP TABLE IF NOT EXISTS naming(tbl INTEGER, pk TEXT, PRIMARY KEY(tbl, pk)) WITHOUT ROWID;"
	    "DELETE FROM temp.naming", e) != 0)
		return -1;
	for (int i = 0; tables[i] != NULL; i++)
		for (int c = 0; c < tables[i]->count; c++) {
			const char *to = tables[i]->columns[c].references;

			if (to != NULL && (strcmp(to, "person") == 0 || strcmp(to, "organisation") == 0) &&
			    put_named(s, tables[i], &tables[i]->columns[c], e) != 0)
				return -1;
		}
	return 0;
}
