/* A merge of many rows: the indexes of the big tables go, and come back as they were, whatever becomes of the transaction. */
#include "tests/unit/replica.h"

#include "schema/schema.h"
#include "store/merge_indexes.h"

#define A "aaaaaaaa"

enum { ROWS = 6000 };

static struct replica a, b;

static bool begin(void)
{
	return replica_open(&a, A) && replica_open(&b, "bbbbbbbb") &&
	    CHECK(replica_do(&a, "WITH RECURSIVE n(i) AS (VALUES(1) UNION ALL SELECT i + 1 FROM n WHERE i < 6000) INSERT INTO person(id, name, municipality, organisation)"
		" SELECT 'aaaaaaaa-' || i, 'Галимова ' || (i % 700), '80618000', 'aaaaaaaa-' || (i % 50) FROM n; UPDATE person SET name = 'Последняя' WHERE id = 'aaaaaaaa-6000'"));
}

static void end(void)
{
	struct err e = ERR_INIT;

	if (!CHECK(journal_check(b.j, &e) == 0))
		test_note("%s", e.text);
	CHECK_STR(replica_rows(&b, "PRAGMA integrity_check"), "ok");
	replica_close(&a);
	replica_close(&b);
}

static const char indexes_sql[] = "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'person' ORDER BY name";

struct bringing { struct carry carry; int64_t stop; bool away; };

static int bring_one(void *context, const struct operation *op, struct err *e)
{
	struct bringing *g = context;

	g->away = g->away || b.j->now.away != 0;
	return op->seq > g->stop ? 0 : replica_carry(&g->carry, op, e);
}

/* Up to operation `stop`, in an open transaction; whether the indexes were away in between. */
static bool bring(int64_t stop, int64_t expected)
{
	struct err e = ERR_INIT;
	struct buf dictionary = BUF_INIT;
	struct bringing g = { .carry = { .to = &b }, .stop = stop };

	dictionary_write(a.j, &dictionary);
	g.carry.map = dictionary_map_read(b.j, dictionary.data, dictionary.len, &e);
	g.carry.dev = journal_device(b.j, A, &e);
	CHECK(merge_begin(b.j, &e) == 0);
	merge_expect(b.j, expected);
	if (!CHECK(journal_each(a.j, 1, 1, INT64_MAX, bring_one, &g, &e) == 0))
		test_note("%s", e.text);
	dictionary_map_free(g.carry.map);
	buf_release(&dictionary);
	return g.away;
}

static void test_back_again(void)
{
	struct err e = ERR_INIT;
	struct buf before = BUF_INIT;

	REQUIRE(begin());
	buf_adds(&before, replica_rows(&b, indexes_sql));
	CHECK(strstr(before.data, "person_sort") != NULL);
	for (int rolled = 0; rolled < 2; rolled++) {
		sqlite3_exec(b.db, "BEGIN", NULL, NULL, NULL);
		CHECK(bring(ROWS / 2, ROWS + 1));
		CHECK(strstr(replica_rows(&b, indexes_sql), "person_sort") == NULL);
		CHECK_INT(journal_flush(b.j, &e), -1);			/* not without them */
		sqlite3_exec(b.db, "ROLLBACK", NULL, NULL, NULL);
		if (rolled == 0)
			journal_after_rollback(b.j);
		CHECK_STR(replica_rows(&b, indexes_sql), before.data);
		CHECK_INT(journal_count(b.j, "person"), 0);
	}
	sqlite3_exec(b.db, "BEGIN; SAVEPOINT s", NULL, NULL, NULL);
	CHECK(bring(ROWS / 2, ROWS + 1));
	sqlite3_exec(b.db, "ROLLBACK TO s", NULL, NULL, NULL);
	CHECK_STR(replica_rows(&b, indexes_sql), before.data);
	CHECK(bring(ROWS + 1, ROWS + 1));
	CHECK(merge_end(b.j, &e) == 0);
	CHECK_STR(replica_rows(&b, indexes_sql), before.data);
	CHECK(journal_before_commit(b.j, &e) == 0);
	CHECK(sqlite3_exec(b.db, "COMMIT", NULL, NULL, NULL) == SQLITE_OK);
	CHECK_STR(replica_rows(&b, "SELECT count(*), count(DISTINCT name) FROM person INDEXED BY person_sort WHERE sort >= '' AND deleted = 0"), "6000|701");
	buf_release(&before);
	end();
}

/* Few to come, or somebody reads the table: they stay, and all is merged. */
static void test_stay(void)
{
	struct err e = ERR_INIT;
	sqlite3_stmt *st;

	REQUIRE(begin());
	sqlite3_exec(b.db, "BEGIN", NULL, NULL, NULL);
	CHECK(!bring(2000, 2000));
	CHECK(merge_end(b.j, &e) == 0);
	CHECK(sqlite3_prepare_v2(b.db, "SELECT id FROM person ORDER BY sort", -1, &st, NULL) == SQLITE_OK && sqlite3_step(st) == SQLITE_ROW);
	CHECK(!bring(ROWS + 1, 100000));
	sqlite3_finalize(st);
	CHECK(journal_before_commit(b.j, &e) == 0);
	CHECK(sqlite3_exec(b.db, "COMMIT", NULL, NULL, NULL) == SQLITE_OK);
	CHECK_INT(journal_count(b.j, "person"), ROWS);
	end();
}

static const char shown_sql[] = "SELECT id, shown FROM joined ORDER BY id";

/* Joined cards that arrive after their link: their set is shown under a card that is here, though the trigger that sees to it is away. */
static void test_joined_cards(void)
{
	struct err e = ERR_INIT;

	REQUIRE(replica_open(&a, A) && replica_open(&b, "bbbbbbbb"));
	REQUIRE(replica_do(&a, "INSERT INTO person_link(id, person, other, verdict) VALUES('aaaaaaaa-1/aaaaaaaa-2', 'aaaaaaaa-1', 'aaaaaaaa-2', 'same');"
	    "INSERT INTO person(id, name) VALUES('aaaaaaaa-2', 'Галимова'), ('aaaaaaaa-1', 'Галимова А.'), ('aaaaaaaa-3', 'Другая')"));
	sqlite3_exec(b.db, "BEGIN", NULL, NULL, NULL);
	bring(1, 4);
	CHECK_STR(replica_rows(&b, shown_sql), "aaaaaaaa-1|aaaaaaaa-1\naaaaaaaa-2|aaaaaaaa-1");
	CHECK_STR(replica_rows(&b, "SELECT count(*) FROM sqlite_schema WHERE name = 'joined_insert'"), "0");
	bring(2, 4);
	CHECK_STR(replica_rows(&b, shown_sql), "aaaaaaaa-1|aaaaaaaa-2\naaaaaaaa-2|aaaaaaaa-2");
	sqlite3_exec(b.db, "ROLLBACK", NULL, NULL, NULL);
	journal_after_rollback(b.j);
	CHECK_STR(replica_rows(&b, "SELECT count(*) FROM sqlite_schema WHERE name = 'joined_insert'"), "1");
	sqlite3_exec(b.db, "BEGIN", NULL, NULL, NULL);
	bring(4, 4);
	CHECK_STR(replica_rows(&b, shown_sql), "aaaaaaaa-1|aaaaaaaa-1\naaaaaaaa-2|aaaaaaaa-1");
	CHECK(journal_before_commit(b.j, &e) == 0 && sqlite3_exec(b.db, "COMMIT", NULL, NULL, NULL) == SQLITE_OK);
	journal_after_commit(b.j);
	CHECK_STR(replica_rows(&b, "SELECT count(*) FROM sqlite_schema WHERE name = 'joined_insert'"), "1");
	CHECK_STR(replica_rows(&b, schema_joined_differ), "0");
	end();
}

static const struct test tests[] = { TEST(test_back_again), TEST(test_stay), TEST(test_joined_cards), TEST_END };

int main(int argc, char **argv)
{
	return test_main(argc, argv, tests);
}
