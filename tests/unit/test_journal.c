#include "tests/unit/replica.h"

#include "base/clock.h"

#define A "aaaaaaaa"
#define B "bbbbbbbb"

static struct replica a;

/* With the ids given out that the tests use. */
static bool begin(void)
{
	char id[RECORD_ID_SIZE];

	clock_set(1000);
	if (!CHECK(replica_open(&a, A)))
		return false;
	for (int i = 0; i < 9; i++)
		journal_new_id(a.j, id);
	return true;
}

static void end(void)
{
	struct err e = ERR_INIT;

	if (!CHECK(journal_check(a.j, &e) == 0))
		test_note("%s", e.text);
	replica_close(&a);
	clock_set(0);
}

static void test_insert(void)
{
	if (!begin())
		return;
	CHECK(replica_do(&a, "INSERT INTO organisation(id, name) VALUES('aaaaaaaa-1', 'АНО «Родник» \"x\" \\'); "
	    "INSERT INTO person(id, name, phone, note) VALUES('aaaaaaaa-2', 'Галимова', '', 'a' || char(10) || 'b')"));
	CHECK_STR(replica_rows(&a, "SELECT dev, seq, tbl, kind, pk, body FROM oplog"),
	    "1|1|2|0|aaaaaaaa-1|[0,\"АНО «Родник» \\\"x\\\" \\\\\"]\n"
	    "1|2|3|0|aaaaaaaa-2|[0,\"Галимова\",null,null,null,null,null,\"a\\nb\"]");
	CHECK_STR(replica_rows(&a, "SELECT count(*) FROM head"), "0");
	CHECK_INT(journal_count(a.j, "person"), 1);
	CHECK_INT(journal_count(a.j, "programme"), 1);
	CHECK_INT(journal_last_seq(a.j), 2);
	end();
}

static void test_update(void)
{
	if (!begin())
		return;
	CHECK(replica_do(&a, "INSERT INTO person(id, name) VALUES('aaaaaaaa-1', 'Галимова')"));
	CHECK(replica_do(&a, "UPDATE person SET name = 'Галимова', phone = '' WHERE id = 'aaaaaaaa-1'"));
	CHECK_INT(journal_last_seq(a.j), 1);
	CHECK(replica_do(&a, "UPDATE person SET phone = '1', post = 'x' WHERE id = 'aaaaaaaa-1'"));
	CHECK(replica_do(&a, "UPDATE person SET phone = NULL WHERE id = 'aaaaaaaa-1'"));
	CHECK_STR(replica_rows(&a, "SELECT body FROM oplog WHERE seq > 1"),
	    "[[3,\"1\",[[65536000,\"aaaaaaaa\"]]],[6,\"x\",[[65536000,\"aaaaaaaa\"]]]]\n"
	    "[[3,null,[[65536001,\"aaaaaaaa\"]]]]");
	CHECK_STR(replica_rows(&a, "SELECT col, hlc, value FROM head"), "3|65536002|~\n6|65536001|x");
	end();
}

static void test_delete(void)
{
	if (!begin())
		return;
	CHECK(replica_do(&a, "INSERT INTO person(id, name) VALUES('aaaaaaaa-1', 'Галимова'); UPDATE person SET phone = '1'"));
	CHECK(replica_do(&a, "UPDATE person SET deleted = 1"));
	CHECK_STR(replica_rows(&a, "SELECT body FROM oplog WHERE seq = 3"),
	    "[[1,1,[[65536000,\"aaaaaaaa\"],[65536001,\"aaaaaaaa\"]]]]");
	CHECK_INT(journal_count(a.j, "person"), 0);
	CHECK_STR(replica_try(&a, "UPDATE person SET phone = '2'"), "a record that is deleted cannot be changed");
	CHECK(replica_do(&a, "UPDATE person SET deleted = 0, phone = '2'"));
	CHECK_INT(journal_count(a.j, "person"), 1);
	CHECK_STR(replica_rows(&a, "SELECT body FROM oplog WHERE seq = 4"),
	    "[[1,0,[[65536002,\"aaaaaaaa\"]]],[3,\"2\",[[65536001,\"aaaaaaaa\"]]]]");
	end();
}

static void test_refusals(void)
{
	char *message = NULL;

	if (!begin())
		return;
	CHECK(replica_do(&a, "INSERT INTO person(id, name) VALUES('aaaaaaaa-1', 'x')"));
	CHECK(sqlite3_exec(a.db, "INSERT INTO person(id, name) VALUES('aaaaaaaa-2', 'x')", NULL, NULL, &message) != SQLITE_OK);
	CHECK_STR(message, "records are changed inside a transaction of the store only");
	sqlite3_free(message);
	CHECK_STR(replica_try(&a, "DELETE FROM person"), "a record is marked as deleted, its row stays");
	CHECK_STR(replica_try(&a, "INSERT OR REPLACE INTO person(id, name) VALUES('aaaaaaaa-1', 'y')"),
	    "a record is marked as deleted, its row stays");
	CHECK_STR(replica_try(&a, "UPDATE person SET id = 'aaaaaaaa-3'"), "a record keeps its id and its stamp");
	CHECK_STR(replica_try(&a, "UPDATE person SET origin_hlc = 5"), "a record keeps its id and its stamp");
	CHECK_STR(replica_try(&a, "INSERT INTO person(id, name, origin_hlc) VALUES('aaaaaaaa-4', 'x', 7)"),
	    "the stamp of a record is given by the journal alone");
	CHECK_STR(replica_try(&a, "INSERT INTO person(id) VALUES('A b')"), "“A b” is not an id of a record");
	CHECK_STR(replica_try(&a, "UPDATE person SET name = char(27)"), "person.name: a text holds a control character");
	CHECK_STR(replica_try(&a, "UPDATE person SET name = char(0x85)"), "person.name: a text holds a control character");
	CHECK_STR(replica_try(&a, "UPDATE person SET name = 'a' || char(10)"), "person.name: a text holds a control character");
	CHECK_STR(replica_try(&a, "UPDATE person SET name = CAST(x'ff' AS TEXT)"), "person.name: a text is not valid UTF-8");
	CHECK_STR(replica_try(&a, "UPDATE person SET note = printf('%.400001c', 'x')"), "person.note: a text is longer than 400,000 bytes");
	CHECK_STR(replica_try(&a, "UPDATE person SET deleted = 2"), "person.deleted cannot hold such a value");
	CHECK_STR(replica_try(&a, "INSERT INTO seminar(id, capacity) VALUES('aaaaaaaa-5', 'many')"),
	    "seminar.capacity cannot hold such a value");
	CHECK_INT(journal_last_seq(a.j), 1);
	CHECK_STR(replica_rows(&a, "SELECT id, name FROM person"), "aaaaaaaa-1|x");
	end();
}

/* Own numbers have no gaps, whatever is rolled back. */
static void test_rollback(void)
{
	if (!begin())
		return;
	CHECK(replica_do(&a, "INSERT INTO person(id, name) VALUES('aaaaaaaa-1', 'x')"));
	CHECK(replica_do(&a, "SAVEPOINT s; SAVEPOINT t; INSERT INTO person(id) VALUES('aaaaaaaa-2'); UPDATE person SET post = 'p';"
	    "ROLLBACK TO s; RELEASE s; INSERT INTO person(id) VALUES('aaaaaaaa-3');"
	    "SAVEPOINT s; INSERT INTO person(id) VALUES('aaaaaaaa-4'); ROLLBACK TO s;"
	    "INSERT INTO person(id) VALUES('aaaaaaaa-5'); RELEASE s"));
	CHECK_STR(replica_rows(&a, "SELECT seq, pk FROM oplog"), "1|aaaaaaaa-1\n2|aaaaaaaa-3\n3|aaaaaaaa-5");
	CHECK_INT(journal_count(a.j, "person"), 3);
	CHECK(*replica_try(&a, "INSERT INTO person(id) VALUES('aaaaaaaa-6'); SELECT nonsense") != '\0');
	CHECK_INT(journal_last_seq(a.j), 3);
	CHECK(replica_do(&a, "INSERT INTO person(id) VALUES('aaaaaaaa-7')"));
	CHECK_STR(replica_rows(&a, "SELECT max(seq), count(*) FROM oplog"), "4|4");
	CHECK_STR(replica_rows(&a, "SELECT value FROM counter WHERE name = 'seq'"), "4");
	end();
}

/* One statement that fails half-way leaves nothing, and the transaction goes on. */
static void test_statement_fails(void)
{
	if (!begin())
		return;
	CHECK(replica_do(&a, "INSERT INTO person(id, name) VALUES('aaaaaaaa-1', 'x'), ('aaaaaaaa-2', 'y'), ('aaaaaaaa-3', 'z')"));
	sqlite3_exec(a.db, "BEGIN", NULL, NULL, NULL);
	CHECK(sqlite3_exec(a.db, "UPDATE person SET post = CASE WHEN name = 'z' THEN char(7) ELSE 'p' END", NULL, NULL, NULL) != SQLITE_OK);
	CHECK_INT(journal_last_seq(a.j), 3);
	CHECK_STR(replica_rows(&a, "SELECT post FROM person"), "~\n~\n~");
	CHECK(sqlite3_exec(a.db, "INSERT INTO person(id) VALUES('aaaaaaaa-4'), ('aaaaaaaa-1')", NULL, NULL, NULL) != SQLITE_OK);
	CHECK(sqlite3_exec(a.db, "INSERT OR IGNORE INTO person(id, name) VALUES('aaaaaaaa-4', 'x'), ('aaaaaaaa-5', char(1))",
	    NULL, NULL, NULL) != SQLITE_OK);
	CHECK(sqlite3_exec(a.db, "UPDATE person SET post = 'q' WHERE name = 'y'", NULL, NULL, NULL) == SQLITE_OK);
	CHECK(sqlite3_exec(a.db, "COMMIT", NULL, NULL, NULL) == SQLITE_OK);	/* without the store's call: the watch flushes */
	CHECK_STR(replica_rows(&a, "SELECT seq, pk FROM oplog WHERE seq > 3"), "4|aaaaaaaa-2");
	CHECK_INT(journal_count(a.j, "person"), 3);
	end();
}

static void test_reattach(void)
{
	struct err e = ERR_INIT;
	char id[RECORD_ID_SIZE], sql[200], drop[4000];
	uint64_t stamp;

	if (!begin())
		return;
	journal_new_id(a.j, id);
	CHECK_STR(id, "aaaaaaaa-10");
	snprintf(sql, sizeof sql, "INSERT INTO person(id) VALUES('%s')", id);
	CHECK(replica_do(&a, sql));
	stamp = journal_last_stamp(a.j);
	journal_detach(a.j);
	snprintf(drop, sizeof drop, "%s", replica_rows(&a,
	    "SELECT group_concat('DROP TRIGGER ' || name, ';') FROM sqlite_temp_schema WHERE type = 'trigger'"));
	CHECK(sqlite3_exec(a.db, drop, NULL, NULL, NULL) == SQLITE_OK);
	CHECK(journal_attach(a.db, B, &a.j, &e) != 0);
	CHECK_STR(e.text, "the journal belongs to device aaaaaaaa, not to bbbbbbbb");
	CHECK(replica_attach(&a, A));
	CHECK_INT(journal_last_seq(a.j), 1);
	CHECK(journal_last_stamp(a.j) >= stamp);
	journal_new_id(a.j, id);
	CHECK_STR(id, "aaaaaaaa-11");
	clock_set(10);		/* the wall clock went back */
	CHECK(replica_do(&a, "UPDATE person SET name = 'x'"));
	CHECK(journal_last_stamp(a.j) > stamp);
	end();
}

static void test_check_finds(void)
{
	static const char *const damage[] = {
		"UPDATE person SET name = 'other' WHERE id = 'aaaaaaaa-1'",
		"UPDATE person SET phone = '7' WHERE id = 'aaaaaaaa-2'",
		"DELETE FROM person WHERE id = 'aaaaaaaa-1'",
		"INSERT INTO person(id, name) VALUES('aaaaaaaa-9', 'z')",
		"UPDATE head SET value = '5'",
		"DELETE FROM head",
		"INSERT INTO head(tbl, pk, col, hlc, dev, value) VALUES(3, 'aaaaaaaa-1', 3, 1, 1, 'x')",
		"DELETE FROM seen",
		"UPDATE oplog SET seq = 90 WHERE seq = 1",
		"DELETE FROM oplog WHERE kind = 0",
		"UPDATE programme SET title = 'x'",
		"INSERT INTO head(tbl, pk, col, hlc, dev, value) VALUES(3, 'zzzzzzzz-1', 3, 1, 1, 'x')",
		"INSERT INTO head(tbl, pk, col, hlc, dev, value) VALUES(77, 'zzzzzzzz-1', 3, 1, 1, 'x')",
		"INSERT INTO seen(tbl, pk, col, hlc, dev) VALUES(3, 'zzzzzzzz-1', 1, 1, 1)",
		"INSERT INTO person(id, origin_hlc, origin_dev) VALUES('zzzzzzzz-1', 0, 0)",
		"INSERT INTO refused(dev, seq) VALUES(1, 90)",
		"UPDATE oplog SET seq = -1 WHERE seq = 1",
	};
	struct err e = ERR_INIT;

	for (size_t i = 0; i < sizeof damage / sizeof *damage; i++) {
		if (!begin())
			return;
		CHECK(replica_do(&a, "INSERT INTO person(id, name) VALUES('aaaaaaaa-1', 'x'), ('aaaaaaaa-2', 'y');"
		    "UPDATE person SET phone = '1' WHERE id = 'aaaaaaaa-2'; UPDATE person SET deleted = 1 WHERE id = 'aaaaaaaa-1';"
		    "UPDATE programme SET since = '2019-11-01'"));
		sqlite3_exec(a.db, "BEGIN", NULL, NULL, NULL);
		journal_set_mode(a.j, JOURNAL_EVICT);
		if (!CHECK(sqlite3_exec(a.db, damage[i], NULL, NULL, NULL) == SQLITE_OK))
			test_note("%s", sqlite3_errmsg(a.db));
		journal_set_mode(a.j, JOURNAL_LOCAL);
		if (!CHECK(journal_check(a.j, &e) != 0))
			test_note("not found: %s", damage[i]);
		CHECK_INT(e.code, ERR_DAMAGED);
		sqlite3_exec(a.db, "ROLLBACK", NULL, NULL, NULL);
		end();
	}
}

/* A built-in record that nobody has touched is as it came with the program. */
static void test_check_builtin(void)
{
	static const char *const damage[] = { "UPDATE programme SET title = 'x'", "UPDATE programme SET origin_dev = 1",
	    "INSERT INTO head(tbl, pk, col, hlc, dev, value) VALUES(1, 'first', 2, 1, 1, 'x')" };
	struct err e = ERR_INIT;

	for (size_t i = 0; i < sizeof damage / sizeof *damage; i++) {
		if (!begin())
			return;
		sqlite3_exec(a.db, "BEGIN", NULL, NULL, NULL);
		journal_set_mode(a.j, JOURNAL_EVICT);
		CHECK(sqlite3_exec(a.db, damage[i], NULL, NULL, NULL) == SQLITE_OK);
		journal_set_mode(a.j, JOURNAL_LOCAL);
		if (!CHECK(journal_check(a.j, &e) != 0))
			test_note("not found: %s", damage[i]);
		sqlite3_exec(a.db, "ROLLBACK", NULL, NULL, NULL);
		end();
	}
}

static bool reattach(void)
{
	char drop[4000];

	journal_detach(a.j);
	a.j = NULL;
	snprintf(drop, sizeof drop, "%s", replica_rows(&a,
	    "SELECT group_concat('DROP TRIGGER ' || name, ';') FROM sqlite_temp_schema WHERE type = 'trigger'"));
	return CHECK(sqlite3_exec(a.db, drop, NULL, NULL, NULL) == SQLITE_OK) && CHECK(replica_attach(&a, A));
}

/* A stamp may be what an operation is refused for; the clock must not follow it. */
static void test_refused_stamp(void)
{
	struct operation op = { .seq = 1, .hlc = (uint64_t)1 << 60, .tbl = 3, .kind = OPERATION_INSERT, .pk = "bbbbbbbb-1", .pk_len = 10,
	    .body = "[0,\"x\"]", .body_len = 7 };
	struct err e = ERR_INIT;

	if (!begin())
		return;
	sqlite3_exec(a.db, "BEGIN", NULL, NULL, NULL);
	op.dev = journal_device(a.j, B, &e);
	CHECK(journal_keep_refused(a.j, &op, "clock", &e) == 0);
	CHECK(journal_last_stamp(a.j) < op.hlc);
	CHECK(journal_before_commit(a.j, &e) == 0);
	sqlite3_exec(a.db, "COMMIT", NULL, NULL, NULL);
	CHECK(replica_do(&a, "INSERT INTO person(id) VALUES('aaaaaaaa-1')"));
	CHECK_STR(replica_rows(&a, "SELECT id, origin_hlc FROM person"), "aaaaaaaa-1|65536000");
	end();
}

/* Operations of a column that came before this program knew it may hold anything. The store opens, and they are refused. */
static void test_learned_unfit(void)
{
	struct err e = ERR_INIT;

	if (!begin())
		return;
	CHECK(replica_do(&a, "INSERT INTO person(id, name) VALUES('aaaaaaaa-1', 'x')"));
	sqlite3_exec(a.db, "BEGIN", NULL, NULL, NULL);
	CHECK_INT(journal_device(a.j, B, &e), 2);
	sqlite3_exec(a.db, "COMMIT", NULL, NULL, NULL);
	CHECK(sqlite3_exec(a.db, "UPDATE dict_column SET known = 0 WHERE tbl = 3 AND no = 3; UPDATE device SET max_seq = 4, max_hlc = 65536009 WHERE no = 2;"
	    "UPDATE counter SET value = 65536009 WHERE name = 'hlc'; INSERT INTO oplog(dev, seq, hlc, tbl, kind, pk, body) VALUES(2, 1, 65536006, 3, 1, 'aaaaaaaa-1', '[[3,7,[]]]'),"
	    "(2, 2, 65536007, 3, 1, 'aaaaaaaa-1', '[[3,\"7\",[[65536000,\"aaaaaaaa\"]]]]'), (2, 3, 65536008, 3, 0, 'bbbbbbbb-1', '{}'),"
	    "(2, 4, 65536009, 3, 7, 'bbbbbbbb-2', '{}')", NULL, NULL, NULL) == SQLITE_OK);
	if (!reattach())
		return;
	CHECK_STR(replica_rows(&a, "SELECT seq, reason FROM refused"), "1|form\n3|form");
	CHECK_STR(replica_rows(&a, "SELECT id, phone FROM person"), "aaaaaaaa-1|7");
	end();
}

/* Bodies name devices that nobody has heard of; a store that believed them all would not open again. */
static void test_too_many_devices(void)
{
	struct err e = ERR_INIT;
	char tag[9];
	int n;

	if (!begin())
		return;
	sqlite3_exec(a.db, "BEGIN", NULL, NULL, NULL);
	for (n = 0; n < 20000; n++) {
		snprintf(tag, sizeof tag, "b%07d", n);
		if (journal_device(a.j, tag, &e) < 0)
			break;
	}
	CHECK_INT(n, 9999);
	CHECK_INT(e.code, ERR_DAMAGED);
	sqlite3_exec(a.db, "COMMIT", NULL, NULL, NULL);
	if (reattach())
		end();
}

static bool read_names(const char *first, const char *each, int count)
{
	struct buf text = BUF_INIT;
	struct dictionary_map *map;
	struct err e = ERR_INIT;
	bool good;

	buf_adds(&text, first);
	for (int i = 0; i < count; i++)
		buf_addf(&text, each, i == 0 && *first == '[' && first[1] == '\0' ? "" : ",", i);
	buf_adds(&text, first[1] == '\0' ? "]" : "]]");
	sqlite3_exec(a.db, "BEGIN", NULL, NULL, NULL);
	map = dictionary_map_read(a.j, text.data, text.len, &e);
	good = map != NULL && CHECK(journal_before_commit(a.j, &e) == 0);
	CHECK(good || e.code == ERR_DAMAGED);
	sqlite3_exec(a.db, good ? "COMMIT" : "ROLLBACK", NULL, NULL, NULL);
	dictionary_map_free(map);
	buf_release(&text);
	return good;
}

/* Names that bundles bring leave room for those that a later version of the program will bring. */
static void test_dictionary_keeps_room(void)
{
	if (!begin())
		return;
	CHECK(read_names("[", "%s[\"t%d\"]", 100));
	CHECK(!read_names("[", "%s[\"u%d\"]", 100));
	CHECK(read_names("[[\"person\"", "%s\"c%d\"", 150));
	CHECK(!read_names("[[\"person\"", "%s\"d%d\"", 30));
	CHECK(read_names("[", "%s[\"v%d\"]", 2));
	if (reattach())
		end();
}

static void test_settle(void)
{
	struct err e = ERR_INIT;

	if (!begin())
		return;
	CHECK(replica_do(&a, "INSERT INTO person(id, name) VALUES('aaaaaaaa-1', 'x')"));
	sqlite3_exec(a.db, "BEGIN", NULL, NULL, NULL);
	CHECK(journal_settle(a.j, "person", "aaaaaaaa-1", "name", &e) == 0);
	CHECK(journal_settle(a.j, "person", "aaaaaaaa-2", "name", &e) != 0);
	CHECK(journal_settle(a.j, "person", "aaaaaaaa-1", "nothing", &e) != 0);
	sqlite3_exec(a.db, "COMMIT", NULL, NULL, NULL);
	CHECK_STR(replica_rows(&a, "SELECT body FROM oplog WHERE seq = 2"), "[[2,\"x\",[[65536000,\"aaaaaaaa\"]]]]");
	end();
}

static int note_seq(void *context, const struct operation *op, struct err *e)
{
	(void)e;
	buf_addf(context, "%d:%lld ", op->dev, (long long)op->seq);
	return 0;
}

static void test_each(void)
{
	struct buf got = BUF_INIT;
	struct err e = ERR_INIT;

	if (!begin())
		return;
	for (int i = 0; i < 6; i++) {
		char sql[100];

		snprintf(sql, sizeof sql, "INSERT INTO person(id) VALUES('aaaaaaaa-%d')", i);
		CHECK(replica_do(&a, sql));
	}
	CHECK(replica_do(&a, "UPDATE person SET name = 'x' WHERE id IN ('aaaaaaaa-1', 'aaaaaaaa-4')"));
	sqlite3_exec(a.db, "BEGIN", NULL, NULL, NULL);
	CHECK(journal_refuse(a.j, 1, 8, "no", &e) == 0);
	CHECK(journal_refuse(a.j, 1, 3, "no", &e) == 0);
	CHECK(journal_refuse(a.j, 1, 99, "no", &e) != 0);
	CHECK_STR(replica_rows(&a, "SELECT id, name FROM person"), "aaaaaaaa-0|~\naaaaaaaa-1|x\naaaaaaaa-3|~\naaaaaaaa-4|~\naaaaaaaa-5|~");
	CHECK(journal_each(a.j, 1, 2, 7, note_seq, &got, &e) == 0);
	CHECK_STR(got.data, "1:2 1:4 1:5 1:6 1:7 ");
	buf_reset(&got);
	CHECK(journal_wanted_reset(a.j, &e) == 0 && journal_wanted_add(a.j, 3, "aaaaaaaa-4", &e) == 0 &&
	    journal_wanted_add(a.j, 3, "aaaaaaaa-1", &e) == 0 && journal_each_wanted(a.j, note_seq, &got, &e) == 0);
	CHECK_STR(got.data, "1:2 1:5 1:7 ");
	CHECK(journal_rebuild_wanted(a.j, &e) == 0);
	CHECK(journal_evict(a.j, 3, "aaaaaaaa-0", &e) == 0);
	CHECK(journal_wanted_reset(a.j, &e) == 0 && journal_wanted_add(a.j, 3, "aaaaaaaa-4", &e) == 0 && journal_wanted_add(a.j, 3, "aaaaaaaa-1", &e) == 0);
	CHECK(journal_evict_wanted(a.j, &e) == 0);
	CHECK_STR(replica_rows(&a, "SELECT id FROM person"), "aaaaaaaa-3\naaaaaaaa-5");
	CHECK_STR(replica_rows(&a, "SELECT seq FROM oplog"), "3\n4\n6");
	CHECK_INT(journal_count(a.j, "person"), 2);
	sqlite3_exec(a.db, "COMMIT", NULL, NULL, NULL);
	buf_release(&got);
	end();
}

static const struct test all_tests[] = {
	TEST(test_insert), TEST(test_update), TEST(test_delete), TEST(test_refusals), TEST(test_rollback), TEST(test_statement_fails),
	TEST(test_reattach), TEST(test_check_finds), TEST(test_check_builtin), TEST(test_refused_stamp),
	TEST(test_learned_unfit), TEST(test_too_many_devices), TEST(test_dictionary_keeps_room), TEST(test_settle), TEST(test_each), TEST_END
};

int main(int argc, char **argv)
{
	return test_main(argc, argv, all_tests);
}
