#include "tests/histories/change.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "store/erase.h"
#include "store/journal.h"
#include "schema/table.h"
#include "tests/histories/chance.h"
#include "tests/histories/world.h"

#define WORDS(...) chance_word((const char *const[]){ __VA_ARGS__, NULL })

/* Those in which most of the work is done come more often. */
static const struct table *some_table(void)
{
	return table_find(WORDS("person", "person", "person", "seminar", "seminar", "attendance", "attendance", "organisation", "consultation", "consent",
	    "mentorship", "participation", "story", "application", "call", "question", "person_link"));
}

/* By whose columns a joined id is made. */
static const struct { const char *table, *columns[2], *to[2]; } joined[] = {
	{ "attendance", { "seminar", "person" }, { "seminar", "person" } },
	{ "participation", { "programme", "person" }, { "programme", "person" } },
	{ "person_link", { "person", "other" }, { "person", "person" } },
};

/* Words that decide what is held come often; other texts are like no other, so that what is lost can be named. */
static void add_value(struct store *s, const struct table *t, const struct column *c, struct buf *sql)
{
	char id[RECORD_ID_SIZE];

	if (c->kind == COLUMN_INTEGER)
		buf_addi(sql, chance_below(5));
	else if (strcmp(c->name, "municipality") == 0)
		buf_addf(sql, "'%s'", WORDS(BURAEVO, BELEBEY));
	else if (c->references != NULL && world_any(s, c->references, "1", id))
		buf_addf(sql, "'%s'", id);
	else if (c->references != NULL || chance_in(12))
		buf_adds(sql, "NULL");
	else if (strcmp(c->name, "state") == 0)
		buf_addf(sql, "'%s'", strcmp(t->name, "attendance") == 0 ? WORDS("registered", "present", "absent") : WORDS("draft", "open", "closed", "accepted"));
	else if (strcmp(c->name, "role") == 0)
		buf_addf(sql, "'%s'", WORDS("activist", "consultant", "expert"));
	else if (strcmp(c->name, "until") == 0 || strcmp(c->name, "withdrawn") == 0)
		buf_adds(sql, WORDS("NULL", "NULL", "'2020-02-03'"));
	else if (strcmp(c->name, "verdict") == 0)
		buf_addf(sql, "'%s'", WORDS("same", "same", "different"));
	else if (strcmp(c->name, "purpose") == 0)
		buf_addf(sql, "'%s'", WORDS("directory", "participation"));
	else
		buf_addf(sql, "'в%d'", chance_in(7) ? 0 : chance_below(1000000000));
}

/* The id, and the columns that it is made of. False: there is nothing to refer to. */
static bool make_id(struct store *s, const struct table *t, struct buf *names, struct buf *values)
{
	char id[RECORD_ID_SIZE], part[2][RECORD_ID_SIZE];

	for (size_t i = 0; i < sizeof joined / sizeof *joined; i++) {
		if (strcmp(joined[i].table, t->name) != 0)
			continue;
		if (!world_any(s, joined[i].to[0], "1", part[0]) || !world_any(s, joined[i].to[1], "1", part[1]))
			return false;
		if (strcmp(t->name, "person_link") == 0 && strcmp(part[0], part[1]) >= 0)	/* the smaller one first; nobody is linked to itself */
			return false;
		buf_addf(names, ", \"%s\", \"%s\"", joined[i].columns[0], joined[i].columns[1]);
		buf_addf(values, "'%s/%s', '%s', '%s'", part[0], part[1], part[0], part[1]);
		return true;
	}
	journal_new_id(store_journal(s), id);
	buf_addf(values, "'%s'", id);
	return true;
}

static int insert_one(struct store *s, const struct table *t, struct err *e)
{
	struct buf names = BUF_INIT, values = BUF_INIT, sql = BUF_INIT;
	int result = 0;

	buf_adds(&names, "id");
	if (make_id(s, t, &names, &values)) {
		for (int i = 1; i < t->count; i++) {
			char name[80];

			snprintf(name, sizeof name, ", \"%s\"", t->columns[i].name);
			if (strstr(names.data, name) != NULL || chance_in(3))
				continue;
			buf_adds(&names, name);
			buf_adds(&values, ", ");
			add_value(s, t, &t->columns[i], &values);
		}
		buf_addf(&sql, "INSERT OR IGNORE INTO \"%s\"(%s) VALUES(%s)", t->name, names.data, values.data);
		result = store_exec(s, sql.data, e);
	}
	buf_release(&names);
	buf_release(&values);
	buf_release(&sql);
	return result;
}

static bool makes_id(const struct table *t, const char *column)
{
	for (size_t i = 0; i < sizeof joined / sizeof *joined; i++)
		if (strcmp(joined[i].table, t->name) == 0 && (strcmp(joined[i].columns[0], column) == 0 || strcmp(joined[i].columns[1], column) == 0))
			return true;
	return false;
}

/* Some fields; 0 when there is none to set. */
static int add_fields(struct store *s, const struct table *t, struct buf *sql)
{
	int fields = 0;

	for (int at = 1 + chance_below(t->count - 1), left = 1 + chance_below(3); left > 0 && at < t->count; left--, at += 1 + chance_below(2)) {
		if (makes_id(t, t->columns[at].name) && !chance_in(10))
			continue;
		buf_addf(sql, "%s\"%s\" = ", fields++ > 0 ? ", " : "", t->columns[at].name);
		add_value(s, t, &t->columns[at], sql);
	}
	return fields;
}

static int update_one(struct store *s, const struct table *t, struct err *e)
{
	struct buf sql = BUF_INIT;
	char id[RECORD_ID_SIZE], first[128];
	int result = 0;

	/* The first one is edited by everybody. */
	snprintf(first, sizeof first, "id = (SELECT min(id) FROM \"%s\" WHERE deleted = 0)", t->name);
	if (!world_any(s, t->name, chance_in(3) ? first : "deleted = 0", id))
		return 0;
	buf_addf(&sql, "UPDATE \"%s\" SET ", t->name);
	if (add_fields(s, t, &sql) > 0) {
		buf_addf(&sql, " WHERE id = '%s'", id);
		result = store_exec(s, sql.data, e);
	}
	buf_release(&sql);
	return result;
}

static int delete_one(struct store *s, const struct table *t, struct err *e)
{
	char id[RECORD_ID_SIZE], sql[256];

	if (!world_any(s, t->name, "1", id))
		return 0;
	snprintf(sql, sizeof sql, "UPDATE \"%s\" SET deleted = %d WHERE id = '%s'", t->name, !chance_in(4), id);
	return store_exec(s, sql, e);
}

int change_erase(struct store *s, struct err *e)
{
	char id[RECORD_ID_SIZE];

	return world_any(s, "person", "1", id) ? journal_erase(store_journal(s), "person", id, e) : 0;
}

int change_many(struct store *s, bool away, struct err *e)
{
	int result = 0;

	if (away)
		return store_exec(s, "UPDATE organisation SET deleted = 1 WHERE deleted = 0", e);
	for (int i = 0; i < 24 && result == 0; i++)
		result = insert_one(s, table_find("organisation"), e);
	return result;
}

int change_decide(struct store *s, struct err *e)
{
	return store_exec(s, chance_in(2) ? "UPDATE deletion_hold SET decision = 'yes', decided = '2020-02-05' WHERE decision IS NULL"
	    : "UPDATE deletion_hold SET decision = 'no', decided = '2020-02-05' WHERE decision IS NULL", e);
}

int change_one(struct store *s, struct err *e)
{
	const struct table *t = some_table();

	switch (chance_below(10)) {
	case 0: case 1: case 2: case 3:
		return insert_one(s, t, e);
	case 4:
		return delete_one(s, t, e);
	default:
		return update_one(s, t, e);
	}
}
