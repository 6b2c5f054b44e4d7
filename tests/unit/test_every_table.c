/* Random changes of every table that travels, by devices of all roles, through a hub: also those that the hub refuses, and those by which records enter and leave
 * what a device holds (consents withdrawn, texts taken back, judges removed, calls and programmes closed). Whatever happened, at the end everybody holds what the
 * hub says that it holds, as the hub has it, and every journal is sound. */
#include "store/body.h"
#include "store/dictionary.h"
#include "tests/unit/region.h"

enum { DEVICES = 5, STEPS = 500 };

static struct store *device[DEVICES];
static int written, refused_here, refused_there;

static int below(int n)
{
	return (int)(test_random() % (uint64_t)n);
}

static const char *one_of(const char *const *words)
{
	int count = 0;

	while (words[count] != NULL)
		count++;
	return words[below(count)];
}

#define WORDS(...) one_of((const char *const[]){ __VA_ARGS__, NULL })

/* Some record of a table that the device holds; "" where it holds none. */
static void any_id(struct store *s, const char *table, char id[RECORD_ID_SIZE])
{
	char sql[256];

	snprintf(sql, sizeof sql, "SELECT count(*) FROM \"%s\"", table);
	int count = region_count(s, sql);
	*id = '\0';
	if (count == 0)
		return;
	snprintf(sql, sizeof sql, "SELECT id FROM \"%s\" ORDER BY id LIMIT 1 OFFSET %d", table, below(count));
	snprintf(id, RECORD_ID_SIZE, "%s", region_value(s, sql));
}

/* Words that decide what is held come often. */
static const char *word_for(const struct table *t, const char *column)
{
	if (strcmp(column, "state") == 0)
		return strcmp(t->name, "story") == 0 ? WORDS("draft", "accepted") : strcmp(t->name, "attendance") == 0 ? WORDS("registered", "present") : WORDS("open", "closed");
	if (strcmp(column, "kind") == 0)
		return strcmp(t->name, "story") == 0 ? WORDS("practice", "practice", "story") : "local";
	if (strcmp(column, "purpose") == 0)
		return WORDS("directory", "participation");
	if (strcmp(column, "role") == 0)
		return WORDS("consultant", "expert", "activist");
	if (strcmp(column, "municipality") == 0)
		return WORDS(BURAEVO, BELEBEY);
	if (strcmp(column, "successor") == 0)
		return BURAEVO;
	if (strcmp(column, "withdrawn") == 0 || strcmp(column, "until") == 0)
		return WORDS("", "", "2020-01-01");
	if (strcmp(column, "answered") == 0)
		return WORDS("", "2020-02-01");
	return WORDS("один", "два", "три", "");
}

static void add_value(struct store *s, const struct table *t, const struct column *c, struct buf *sql)
{
	char id[RECORD_ID_SIZE];

	if (c->kind == COLUMN_INTEGER) {
		buf_addi(sql, below(5));
		return;
	}
	if (c->references != NULL && strcmp(c->references, "municipality") != 0)
		any_id(s, c->references, id);
	else
		snprintf(id, sizeof id, "%s", word_for(t, c->name));
	if (*id != '\0')
		buf_addf(sql, "'%s'", id);
	else
		buf_adds(sql, "NULL");
}

/* The tables whose ids are made of others': by which columns. */
static const struct { const char *table, *columns[3]; } joined[] = {
	{ "participation", { "programme", "person" } }, { "attendance", { "seminar", "person" } }, { "seminar_staff", { "seminar", "person" } },
	{ "judge", { "call", "person" } }, { "enrolment", { "course", "person" } }, { "study_day", { "course", "person", "date" } },
	{ "score", { "application", "criterion", "judge" } },
};

static bool do_sql(struct store *s, const char *sql)
{
	struct err e = ERR_INIT;

	if (!CHECK_INT(store_begin(s, &e), 0))
		return false;
	if (store_exec(s, sql, &e) == 0 && store_commit(s, &e) == 0) {
		written++;
		return true;
	}
	store_rollback(s);
	refused_here++;
	return false;
}

/* An insert of a table with a joined id: the columns that make the id, filled. False: there is nothing to refer to. */
static bool join_id(struct store *s, size_t which, struct buf *names, struct buf *values)
{
	struct buf id = BUF_INIT, columns = BUF_INIT;
	bool whole = true;

	for (int i = 0; i < 3 && joined[which].columns[i] != NULL; i++) {
		const char *column = joined[which].columns[i];
		char part[RECORD_ID_SIZE] = "2020-02-01";

		if (strcmp(column, "date") != 0)
			any_id(s, strcmp(column, "judge") == 0 ? "person" : column, part);
		whole = whole && *part != '\0';
		buf_addf(&id, "%s%s", i > 0 ? "/" : "", part);
		buf_addf(names, ", \"%s\"", column);
		buf_addf(&columns, ", '%s'", part);
	}
	buf_addf(values, "'%s'%s", id.data, columns.data);
	buf_release(&id);
	buf_release(&columns);
	return whole;
}

static void insert_one(struct store *s, const struct table *t)
{
	struct buf names = BUF_INIT, values = BUF_INIT, sql = BUF_INIT;
	char id[RECORD_ID_SIZE];
	size_t which = 0;
	bool whole = true;

	buf_adds(&names, "id");
	while (which < sizeof joined / sizeof *joined && strcmp(joined[which].table, t->name) != 0)
		which++;
	if (which < sizeof joined / sizeof *joined) {
		whole = join_id(s, which, &names, &values);
	} else if (strcmp(t->name, "territory") == 0) {
		buf_adds(&values, WORDS("'" BURAEVO "'", "'" BELEBEY "'"));
	} else {
		journal_new_id(store_journal(s), id);
		buf_addf(&values, "'%s'", id);
	}
	for (int i = 1; i < t->count; i++) {
		char name[80];

		snprintf(name, sizeof name, ", \"%s\"", t->columns[i].name);
		if (strstr(names.data, name) != NULL)
			continue;
		buf_adds(&names, name);
		buf_adds(&values, ", ");
		add_value(s, t, &t->columns[i], &values);
	}
	buf_addf(&sql, "INSERT OR IGNORE INTO \"%s\"(%s) VALUES(%s)", t->name, names.data, values.data);
	if (whole)
		do_sql(s, sql.data);
	buf_release(&names);
	buf_release(&values);
	buf_release(&sql);
}

static void update_one(struct store *s, const struct table *t)
{
	struct buf sql = BUF_INIT;
	const struct column *c = &t->columns[below(4) == 0 ? 0 : 1 + below(t->count - 1)];
	char id[RECORD_ID_SIZE];

	any_id(s, t->name, id);
	buf_addf(&sql, "UPDATE \"%s\" SET \"%s\" = ", t->name, c->name);
	if (c == &t->columns[0])
		buf_addi(&sql, below(2));
	else
		add_value(s, t, c, &sql);
	buf_addf(&sql, " WHERE id = '%s'", id);
	if (*id != '\0')
		do_sql(s, sql.data);
	buf_release(&sql);
}

static void step(int table_count)
{
	struct store *s = device[below(3) == 0 ? 0 : below(DEVICES)];	/* the coordinator more often than others */
	const struct table *t = tables[below(table_count)];

	switch (below(12)) {
	case 0: case 1:
		region_sync(s);
		break;
	case 2:
		region_collect();
		break;
	case 3: case 4: case 5: case 6: case 7:
		insert_one(s, t);
		break;
	default:
		update_one(s, t);
		break;
	}
}

static int64_t rows_of(struct store *s)
{
	char sql[128];
	int64_t rows = 0;

	for (int i = 0; tables[i] != NULL; i++) {
		snprintf(sql, sizeof sql, "SELECT count(*) FROM \"%s\"", tables[i]->name);
		rows += region_count(s, sql);
	}
	return rows;
}

static void compare(void)
{
	CHECK(region_same(device[0], region_hub));
	for (int i = 0; i < DEVICES; i++) {
		char sql[512];

		CHECK(region_within(device[i], region_hub));
		CHECK_INT(region_count(device[i], "SELECT count(*) FROM leaving"), 0);
		snprintf(sql, sizeof sql, "SELECT count(*) FROM scope WHERE gone IS NULL AND device = (SELECT no FROM device WHERE tag = '%s')",
		    store_identity(device[i])->pub.tag);
		if (!CHECK_INT(rows_of(device[i]), region_count(region_hub, sql)))
			test_note("device %d", i);
		region_sound(device[i]);
	}
	region_sound(region_hub);
	CHECK_INT(journal_conflicts(store_journal(device[0])), journal_conflicts(store_journal(region_hub)));
}

static void run_once(void)
{
	static const struct { const char *name, *place, *role; } who[DEVICES] = {
		{ "Орлова Вера", BELEBEY, "coordinator" }, { "Хасанова Гөлнара", BURAEVO, "consultant" }, { "Ғәлиуллин Рәмил", BELEBEY, "expert" },
		{ "Сафин Тимур", BELEBEY, "consultant" }, { "Иванова Анна", BURAEVO, "expert" },
	};
	int table_count = 0;

	while (tables[table_count] != NULL)
		table_count++;
	REQUIRE(region_open());
	for (int i = 0; i < DEVICES; i++)
		REQUIRE((device[i] = region_member(who[i].name, who[i].place, who[i].role)) != NULL);
	region_exchange(device, DEVICES);
	region_exchange(device, DEVICES);
	for (int i = 0; i < STEPS; i++)
		step(table_count);
	for (int i = 0; i < 5; i++)
		region_exchange(device, DEVICES);
	compare();
	for (int i = 0; i < DEVICES; i++)
		refused_there += region_count(device[i], "SELECT count(*) FROM refused WHERE dev = 1");
	for (int i = 0; i < DEVICES; i++)
		store_close(device[i]);
	region_close();
}

static void test_every_table(void)
{
	for (int i = 0; i < 2; i++)
		run_once();
	test_note("%d changes, %d refused here, %d by the hub", written, refused_here, refused_there);
	CHECK(written > 200);
	CHECK(refused_there > 10);
}

/* The longest text, of which every byte is escaped; three of them in one record at odds with each other. All of it goes through the lines of bundles. */
static void test_longest_texts(void)
{
	static const struct { const char *role, *place; } who[] = { { "coordinator", BELEBEY }, { "consultant", BURAEVO } };
	struct buf text = BUF_INIT, sql = BUF_INIT;
	char id[RECORD_ID_SIZE];

	REQUIRE(region_open());
	for (int i = 0; i < 2; i++)
		REQUIRE((device[i] = region_member("Сафина Анна", who[i].place, who[i].role)) != NULL);
	region_exchange(device, 2);
	journal_new_id(store_journal(device[1]), id);
	for (int i = 0; i < BODY_TEXT_MAX; i++)
		buf_adds(&text, i % 3 == 0 ? "\"" : i % 3 == 1 ? "\\" : "\n");
	for (int i = 0; i < 3; i++) {
		struct store *s = device[i % 2];

		buf_reset(&sql);
		text.data[0] = (char)('a' + i);
		if (i == 0)
			buf_addf(&sql, "INSERT INTO story(id, programme, author, title, state, kind, body) VALUES('%s', 'first', '%s', 'т', 'draft', 'practice', '%s')",
			    id, region_value(device[1], "SELECT value FROM setting WHERE key = 'person'"), text.data);
		else
			buf_addf(&sql, "UPDATE story SET body = '%s' WHERE id = '%s'", text.data, id);
		CHECK(do_sql(i == 0 ? device[1] : s, sql.data));
		if (i == 0) {
			region_exchange(device, 2);
			region_exchange(device, 2);
			REQUIRE(region_holds(device[0], "story", id));
		}
	}
	for (int i = 0; i < 3; i++)
		region_exchange(device, 2);
	for (int i = 0; i < 2; i++) {
		CHECK_INT(journal_conflicts(store_journal(device[i])), 1);
		CHECK_INT(region_count(device[i], "SELECT length(body) FROM story"), BODY_TEXT_MAX);
		CHECK_STR(region_value(device[i], "SELECT substr(body, 1, 1) FROM story"), region_value(region_hub, "SELECT substr(body, 1, 1) FROM story"));
		region_sound(device[i]);
	}
	region_sound(region_hub);
	/* One byte more is refused where it is typed. */
	buf_reset(&sql);
	buf_addf(&sql, "UPDATE story SET body = '%sx' WHERE id = '%s'", text.data, id);
	CHECK(!do_sql(device[0], sql.data));
	/* What it says enters another device whole, with all that is at odds. */
	REQUIRE((device[2] = region_member("Иванов Пётр", BELEBEY, "coordinator")) != NULL);
	for (int i = 0; i < 3; i++)
		region_exchange(device, 3);
	CHECK_INT(journal_conflicts(store_journal(device[2])), 1);
	CHECK_INT(region_count(device[2], "SELECT length(body) FROM story"), BODY_TEXT_MAX);
	for (int i = 0; i < 3; i++)
		store_close(device[i]);
	region_close();
	buf_release(&text);
	buf_release(&sql);
}

static const struct test all_tests[] = { TEST(test_every_table), TEST(test_longest_texts), TEST_END };

int main(int argc, char **argv)
{
	return test_main(argc, argv, all_tests);
}
