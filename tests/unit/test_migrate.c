#include <sqlite3.h>
#include <string.h>

#include "schema/migrate.h"
#include "tests/unit/test.h"

static int calls;

static int fill(sqlite3 *db, struct err *e)
{
	calls++;
	return sqlite3_exec(db, "INSERT INTO b VALUES('filled')", NULL, NULL, NULL) == SQLITE_OK ? 0 : err_set(e, ERR_REFUSED, "fill");
}

static int refuse(sqlite3 *db, struct err *e)
{
	sqlite3_exec(db, "INSERT INTO b VALUES('half')", NULL, NULL, NULL);
	return err_set(e, ERR_REFUSED, "no");
}

static const struct migration one[] = { { 1, "CREATE TABLE a(x)", NULL }, { 0, NULL, NULL } };
static const struct migration three[] = {
	{ 1, "CREATE TABLE a(x)", NULL }, { 2, "CREATE TABLE b(x); INSERT INTO a VALUES(2)", fill }, { 3, NULL, fill }, { 0, NULL, NULL }
};
static const struct migration broken[] = {
	{ 1, "CREATE TABLE a(x)", NULL }, { 2, "CREATE TABLE b(x)", NULL }, { 3, "CREATE TABLE c(x)", refuse }, { 0, NULL, NULL }
};
static const struct migration wrong_sql[] = { { 1, "CREATE TABLE a(x)", NULL }, { 2, "CREATE TABLE b(x); NONSENSE", NULL }, { 0, NULL, NULL } };

static int64_t number(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *st = NULL;
	int64_t n = -1;

	if (sqlite3_prepare_v2(db, sql, -1, &st, NULL) == SQLITE_OK && sqlite3_step(st) == SQLITE_ROW)
		n = sqlite3_column_int64(st, 0);
	sqlite3_finalize(st);
	return n;
}

static sqlite3 *empty(void)
{
	sqlite3 *db;

	sqlite3_open(":memory:", &db);
	return db;
}

static void test_from_nothing_and_on(void)
{
	struct err e = ERR_INIT;
	sqlite3 *db = empty();

	REQUIRE_OK(migrate_run(db, one, &e));
	CHECK_INT(migrate_version(db, &e), 1);
	CHECK_INT(number(db, "PRAGMA application_id"), STORE_APPLICATION_ID);
	calls = 0;
	REQUIRE_OK(migrate_run(db, three, &e));
	CHECK_INT(calls, 2);
	CHECK_INT(migrate_version(db, &e), 3);
	CHECK_INT(number(db, "SELECT count(*) FROM a"), 1);
	CHECK_INT(number(db, "SELECT count(*) FROM b"), 2);
	REQUIRE_OK(migrate_run(db, three, &e));
	CHECK_INT(calls, 2);
	sqlite3_close(db);
}

static void test_a_failing_step_leaves_no_trace(void)
{
	struct err e = ERR_INIT;
	sqlite3 *db = empty();

	CHECK_INT(migrate_run(db, broken, &e), -1);
	CHECK_STR(e.text, "no");
	CHECK_INT(migrate_version(db, &e), 2);
	CHECK_INT(number(db, "SELECT count(*) FROM b"), 0);
	CHECK_INT(number(db, "SELECT count(*) FROM sqlite_schema"), 2);
	CHECK(sqlite3_get_autocommit(db));
	sqlite3_close(db);

	db = empty();
	CHECK_INT(migrate_run(db, wrong_sql, &e), -1);
	CHECK(strstr(e.text, "NONSENSE") != NULL);
	CHECK_INT(migrate_version(db, &e), 1);
	CHECK_INT(number(db, "SELECT count(*) FROM sqlite_schema"), 1);
	sqlite3_close(db);
}

static void test_newer_and_foreign_are_refused(void)
{
	struct err e = ERR_INIT;
	sqlite3 *db = empty();
	int64_t before;

	REQUIRE_OK(migrate_run(db, three, &e));
	before = sqlite3_total_changes64(db);
	CHECK_INT(migrate_run(db, one, &e), -1);
	CHECK_INT(e.code, ERR_REFUSED);
	CHECK(strchr(e.text, '3') != NULL && strchr(e.text, '1') != NULL);
	CHECK_INT(migrate_version(db, &e), 3);
	CHECK_INT(sqlite3_total_changes64(db), before);
	sqlite3_exec(db, "PRAGMA application_id = 5", NULL, NULL, NULL);
	CHECK_INT(migrate_run(db, three, &e), -1);
	CHECK_INT(e.code, ERR_REFUSED);
	sqlite3_exec(db, "PRAGMA user_version = -7", NULL, NULL, NULL);
	CHECK_INT(migrate_run(db, three, &e), -1);
	sqlite3_close(db);
}

int main(int argc, char **argv)
{
	static const struct test tests[] = {
		TEST(test_from_nothing_and_on),
		TEST(test_a_failing_step_leaves_no_trace),
		TEST(test_newer_and_foreign_are_refused),
		TEST_END
	};

	return test_main(argc, argv, tests);
}
