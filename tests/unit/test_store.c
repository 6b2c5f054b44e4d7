#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "crypto/kdf.h"
#include "crypto/secret.h"
#include "schema/migrate.h"
#include "store/store_internal.h"
#include "tests/unit/test.h"
#include "tests/unit/test_files.h"

static const struct migration steps[] = { { 1, "CREATE TABLE t(a INTEGER PRIMARY KEY, b TEXT UNIQUE)", NULL }, { 0, NULL, NULL } };
static const struct migration later[] = {
	{ 1, "CREATE TABLE t(a INTEGER PRIMARY KEY, b TEXT UNIQUE)", NULL }, { 2, "ALTER TABLE t ADD c", NULL }, { 0, NULL, NULL }
};
static const struct store_options tiny = { .migrations = steps };
static const struct store_options newer = { .migrations = later };

static const struct store_key secret = { .passphrase = "Ҡурай 2020" };

static struct store *create(const char *path)
{
	struct store *s = NULL;
	struct err e = ERR_INIT;

	unlink(path);
	if (!CHECK_INT(store_create_with(path, &secret, &tiny, &s, &e), 0))
		test_note("%s", e.text);
	return s;
}

static struct store *reopen(const char *path, struct err *e)
{
	struct store *s = NULL;

	store_open_with(path, &secret, &tiny, &s, e);
	return s;
}

static int insert(struct store *s, int a, const char *b, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, "INSERT INTO t(a, b) VALUES(?1, ?2)", e);

	if (st == NULL)
		return -1;
	sqlite3_bind_int(st, 1, a);
	store_bind_text(st, 2, b);
	return store_run(s, st, e);
}

static int count(struct store *s)
{
	struct err e = ERR_INIT;
	sqlite3_stmt *st = store_prepare(s, "SELECT count(*) FROM t", &e);
	int n = st != NULL && store_step(s, st, &e) == 1 ? sqlite3_column_int(st, 0) : -1;

	sqlite3_reset(st);
	return n;
}

static void test_create_open_close(void)
{
	struct err e = ERR_INIT;
	struct store *s = create(file_at("a"));
	char tag[DEVICE_TAG_SIZE];

	REQUIRE(s != NULL);
	memcpy(tag, store_identity(s)->pub.tag, sizeof tag);
	REQUIRE_OK(insert(s, 1, "one", &e));
	CHECK_STR(store_path(s) + strlen(store_path(s)) - 2, "/a");
	store_close(s);
	CHECK(store_wants_passphrase(file_at("a")));
	CHECK_INT(files_count(test_folder()), 1);
	REQUIRE((s = reopen(file_at("a"), &e)) != NULL);
	CHECK_STR(store_identity(s)->pub.tag, tag);
	CHECK_INT(count(s), 1);
	REQUIRE_OK(store_check(s, &e));
	store_close(s);
	REQUIRE_OK(store_open_with(file_at("a"), &secret, &newer, &s, &e));
	CHECK_INT(migrate_version(store_db(s), &e), 2);
	store_close(s);
	CHECK(reopen(file_at("a"), &e) == NULL);
	CHECK_INT(e.code, ERR_REFUSED);
	CHECK(strstr(e.text, "newer") != NULL);
	store_close(NULL);
}

static void test_wrong_passphrase(void)
{
	struct err e = ERR_INIT;
	struct store *s = create(file_at("a"));
	struct store_key wrong = { .passphrase = "ҡурай 2020" }, none = { NULL, NULL };

	store_close(s);
	CHECK_INT(store_open_with(file_at("a"), &wrong, &tiny, &s, &e), -1);
	CHECK_INT(e.code, ERR_PASSPHRASE);
	CHECK(strchr(e.text, '\n') == NULL);
	CHECK(s == NULL);
	CHECK_INT(store_open_with(file_at("a"), &none, &tiny, &s, &e), -1);
	CHECK_INT(e.code, ERR_PASSPHRASE);
	CHECK_INT(files_count(test_folder()), 1);
}

static void test_key_file(void)
{
	char path[600], other[600];
	struct store_key key = { .key_file = path }, both = { .passphrase = "x", .key_file = other }, wrong = { .key_file = other };
	struct err e = ERR_INIT;
	struct store *s;
	int before = files_count(test_folder());

	snprintf(path, sizeof path, "%s", file_at("a.key"));
	snprintf(other, sizeof other, "%s", file_at("b.key"));
	REQUIRE_OK(store_create_with(file_at("hub"), &key, &tiny, &s, &e));
	store_close(s);
	CHECK(!store_wants_passphrase(file_at("hub")));
	REQUIRE_OK(store_open_with(file_at("hub"), &key, &tiny, &s, &e));
	store_close(s);
	CHECK_INT(store_open_with(file_at("hub"), &secret, &tiny, &s, &e), -1);
	CHECK_INT(e.code, ERR_PASSPHRASE);

	REQUIRE_OK(store_create_with(file_at("both"), &both, &tiny, &s, &e));
	store_close(s);
	both.key_file = NULL;
	REQUIRE_OK(store_open_with(file_at("both"), &both, &tiny, &s, &e));
	store_close(s);
	REQUIRE_OK(store_open_with(file_at("both"), &wrong, &tiny, &s, &e));	/* its own, in truth */
	store_close(s);
	CHECK_INT(store_open_with(file_at("both"), &key, &tiny, &s, &e), -1);
	CHECK_INT(e.code, ERR_PASSPHRASE);
	key.key_file = "/nonexistent/key";
	CHECK_INT(store_open_with(file_at("both"), &key, &tiny, &s, &e), -1);
	CHECK_INT(e.code, ERR_REFUSED);

	/* The key file of another store is not written over, and no store is made without its own. */
	CHECK_INT(store_create_with(file_at("c"), &wrong, &tiny, &s, &e), -1);
	CHECK(!fs_exists(file_at("c")));
	CHECK_INT(files_count(test_folder()), before + 4);
	unlink(path);
	unlink(other);
	unlink(file_at("hub"));
	unlink(file_at("both"));
}

static void test_places(void)
{
	struct err e = ERR_INIT;
	struct store *s;

	CHECK(reopen("/nonexistent/folder/a", &e) == NULL);
	CHECK_INT(e.code, ERR_REFUSED);
	CHECK(strstr(e.text, "/nonexistent/folder") != NULL);
	CHECK(reopen(file_at("nothing"), &e) == NULL);
	CHECK_INT(e.code, ERR_REFUSED);
	CHECK(reopen(test_folder(), &e) == NULL);
	CHECK_INT(e.code, ERR_REFUSED);
	CHECK(reopen("", &e) == NULL);
	CHECK_INT(e.code, ERR_REFUSED);
	CHECK_INT(store_create_with("/nonexistent/folder/a", &secret, &tiny, &s, &e), -1);
	CHECK(strstr(e.text, "/nonexistent/folder") != NULL);
	file_put(file_at("text"), "a text file, longer than nothing at all", 39);
	CHECK(reopen(file_at("text"), &e) == NULL);
	CHECK_INT(e.code, ERR_REFUSED);
	CHECK_INT(store_create_with(file_at("text"), &secret, &tiny, &s, &e), -1);
	CHECK_INT(e.code, ERR_REFUSED);
	CHECK_INT(file_length(file_at("text")), 39);
	CHECK(symlink("nowhere", file_at("link")) == 0);
	CHECK_INT(store_create_with(file_at("link"), &secret, &tiny, &s, &e), -1);
	unlink(file_at("link"));
	unlink(file_at("text"));
	CHECK(!store_wants_passphrase(file_at("text")));
}

static int fail(sqlite3 *db, struct err *e)
{
	(void)db;
	return err_set(e, ERR_REFUSED, "this step fails");
}

static void test_failed_creation_leaves_nothing(void)
{
	static const struct migration broken[] = { { 1, "CREATE TABLE t(a)", fail }, { 0, NULL, NULL } };
	const struct store_options options = { .migrations = broken };
	char path[600];
	struct store_key key = { .passphrase = "x", .key_file = path }, empty = { .passphrase = "" }, none = { NULL, NULL };
	struct err e = ERR_INIT;
	struct store *s;
	int before;

	snprintf(path, sizeof path, "%s", file_at("n.key"));
	unlink(file_at("n"));
	before = files_count(test_folder());
	CHECK_INT(store_create_with(file_at("n"), &key, &options, &s, &e), -1);
	CHECK_STR(strstr(e.text, "this step fails"), "this step fails");
	CHECK(s == NULL);
	CHECK_INT(files_count(test_folder()), before);
	CHECK_INT(store_create_with(file_at("n"), &empty, &tiny, &s, &e), -1);
	CHECK_INT(store_create_with(file_at("n"), &none, &tiny, &s, &e), -1);
	key.key_file = "/nonexistent/key";
	CHECK_INT(store_create_with(file_at("n"), &key, &tiny, &s, &e), -1);
	CHECK_INT(files_count(test_folder()), before);
}

static void test_stale_temporary_and_modes(void)
{
	struct err e = ERR_INIT;
	mode_t before = umask(0);
	struct store *s;
	struct stat st;

	file_put(file_at("m-new"), "left by a crash", 15);
	file_put(file_at("m-new-wal"), "left by a crash", 15);
	file_put(file_at("m-holder"), "left\n1\n\n5\n", 10);
	s = create(file_at("m"));
	REQUIRE(s != NULL);
	REQUIRE_OK(insert(s, 1, "x", &e));
	for (int i = 0; i < 3; i++) {
		static const char *const names[] = { "m", "m-wal", "m-holder" };

		if (CHECK(stat(file_at(names[i]), &st) == 0))
			CHECK_INT(st.st_mode & 0777, 0600);
	}
	CHECK(!fs_exists(file_at("m-new")) && !fs_exists(file_at("m-new-wal")));
	store_close(s);
	umask(before);
	CHECK(!fs_exists(file_at("m-wal")) && !fs_exists(file_at("m-holder")));
}

/* As if the machine went down between the two names: the store is made anew with a new key. */
static void test_left_over_key_file(void)
{
	char path[600];
	struct store_key key = { .key_file = path };
	struct err e = ERR_INIT;
	struct store *s;

	snprintf(path, sizeof path, "%s", file_at("l.key"));
	REQUIRE_OK(store_create_with(file_at("l"), &key, &tiny, &s, &e));
	store_close(s);
	REQUIRE(rename(file_at("l"), file_at("l-new")) == 0);
	REQUIRE_OK(store_create_with(file_at("l"), &key, &tiny, &s, &e));
	store_close(s);
	REQUIRE_OK(store_open_with(file_at("l"), &key, &tiny, &s, &e));
	store_close(s);
	CHECK(!fs_exists(file_at("l-new")));

	/* The key of a store that has its name is nobody's to remove, whatever else lies about. */
	file_put(file_at("o-new"), "something", 9);
	CHECK_INT(store_create_with(file_at("o"), &key, &tiny, &s, &e), -1);
	CHECK(fs_exists(path));
	unlink(file_at("o-new"));
	unlink(file_at("l"));
	unlink(path);
}

static void test_transactions_nest(void)
{
	struct err e = ERR_INIT;
	struct store *s = create(file_at("a"));

	REQUIRE(s != NULL);
	REQUIRE_OK(store_begin(s, &e));
	REQUIRE_OK(insert(s, 1, "one", &e));
	REQUIRE_OK(store_begin(s, &e));
	REQUIRE_OK(insert(s, 2, "two", &e));
	REQUIRE_OK(store_begin(s, &e));
	REQUIRE_OK(insert(s, 3, "three", &e));
	store_rollback(s);
	CHECK_INT(count(s), 2);
	CHECK_INT(insert(s, 9, "two", &e), -1);		/* a refused row leaves the transaction as it was */
	CHECK_INT(e.code, ERR_REFUSED);
	CHECK(strstr(e.text, "UNIQUE") != NULL);
	REQUIRE_OK(store_commit(s, &e));
	REQUIRE_OK(store_begin(s, &e));
	REQUIRE_OK(insert(s, 4, "four", &e));
	store_rollback(s);
	REQUIRE_OK(store_commit(s, &e));
	CHECK_INT(count(s), 2);
	REQUIRE_OK(store_begin(s, &e));
	REQUIRE_OK(insert(s, 5, "five", &e));
	store_close(s);					/* rolls back what is open */
	REQUIRE((s = reopen(file_at("a"), &e)) != NULL);
	CHECK_INT(count(s), 2);
	store_close(s);
}

/* SQLite ends the whole transaction by itself: nothing after that may slip in outside of it. */
static void test_lost_transaction(void)
{
	struct err e = ERR_INIT;
	struct store *s = create(file_at("a"));

	REQUIRE(s != NULL);
	REQUIRE_OK(store_begin(s, &e));
	REQUIRE_OK(store_begin(s, &e));
	REQUIRE_OK(insert(s, 1, "one", &e));
	CHECK_INT(store_exec(s, "INSERT OR ROLLBACK INTO t VALUES(1, 'again')", &e), -1);
	CHECK_INT(insert(s, 2, "two", &e), -1);
	CHECK_INT(store_exec(s, "INSERT INTO t VALUES(3, 'three')", &e), -1);
	CHECK_INT(store_begin(s, &e), -1);
	CHECK_INT(store_commit(s, &e), -1);		/* the inner one */
	CHECK_INT(e.code, ERR_REFUSED);
	CHECK_INT(store_commit(s, &e), -1);
	CHECK_INT(count(s), 0);
	REQUIRE_OK(store_begin(s, &e));
	REQUIRE_OK(insert(s, 1, "one", &e));
	REQUIRE_OK(store_commit(s, &e));
	CHECK_INT(count(s), 1);
	store_close(s);
}

static void test_statements_settings_version(void)
{
	struct err e = ERR_INIT;
	struct store *s = create(file_at("a"));
	sqlite3_stmt *a, *b;
	uint64_t version;
	char *value;

	REQUIRE(s != NULL);
	version = store_version(s);
	a = store_prepare(s, "SELECT ?1, ?2", &e);
	store_bind_text(a, 1, "x");
	store_bind_text(a, 2, NULL);
	CHECK_INT(store_step(s, a, &e), 1);
	CHECK_STR(store_text(a, 0), "x");
	CHECK_STR(store_text(a, 1), "");
	CHECK_INT(store_step(s, a, &e), 0);
	for (int i = 0; i < 3; i++) {
		b = store_prepare(s, "SELECT 1 + 1 WHERE ?1 IS NULL", &e);
		CHECK_INT(store_step(s, b, &e), 1);
	}
	CHECK(a != b);
	CHECK(store_prepare(s, "SELECT nonsense FROM t", &e) == NULL);
	CHECK(strstr(e.text, "nonsense") != NULL);
	CHECK(store_prepare(s, "SELECT \"text\"", &e) == NULL);
	CHECK_INT(store_version(s), version);

	CHECK(store_setting(s, "k") == NULL);
	REQUIRE_OK(store_set_setting(s, "k", "значение", &e));
	value = store_setting(s, "k");
	CHECK_STR(value, "значение");
	free(value);
	CHECK(store_version(s) != version);
	version = store_version(s);
	REQUIRE_OK(store_begin(s, &e));
	REQUIRE_OK(store_set_setting(s, "k", NULL, &e));
	store_rollback(s);
	CHECK_INT(store_version(s), version);
	REQUIRE_OK(store_begin(s, &e));
	REQUIRE_OK(store_set_setting(s, "k", NULL, &e));
	CHECK_INT(store_version(s), version);
	REQUIRE_OK(store_commit(s, &e));
	CHECK(store_version(s) != version);
	CHECK(store_setting(s, "k") == NULL);
	store_close(s);
}

static void fill(struct store *s, int rows)
{
	struct err e = ERR_INIT;
	char text[128];

	store_begin(s, &e);
	for (int i = 0; i < rows; i++) {
		snprintf(text, sizeof text, "Совершенно секретно, запись номер %d", i);
		CHECK_INT(insert(s, i, text, &e), 0);
	}
	CHECK_INT(store_commit(s, &e), 0);
}

/* The command of the person who doubts: a changed byte is found wherever it is, also on pages that hold nothing any more. */
static void test_check_finds_a_flipped_bit(void)
{
	struct err e = ERR_INIT;
	struct store *s = create(file_at("a"));
	long length;

	REQUIRE(s != NULL);
	fill(s, 2000);
	REQUIRE_OK(store_exec(s, "DELETE FROM t WHERE a > 500", &e));
	REQUIRE_OK(store_check(s, &e));
	fill(s, 0);
	store_close(s);
	length = file_length(file_at("a"));
	for (long page = VFS_DATABASE; page < length; page += VFS_PAGE) {
		long at = page + (long)(test_random() % VFS_PAGE);
		int bit = (int)(test_random() % 8);

		file_flip(file_at("a"), at, bit);
		err_clear(&e);
		s = reopen(file_at("a"), &e);
		if (s != NULL)
			CHECK_INT(store_check(s, &e), -1);
		CHECK_INT(e.code, ERR_DAMAGED);
		CHECK(strstr(e.text, file_at("a")) != NULL);
		store_close(s);
		file_flip(file_at("a"), at, bit);
	}
	REQUIRE((s = reopen(file_at("a"), &e)) != NULL);
	REQUIRE_OK(store_check(s, &e));
	/* And while it is open: the header, and a page that the cache still holds. */
	file_flip(file_at("a"), VFS_DATABASE + 2 * VFS_PAGE + 77, 3);
	CHECK_INT(store_check(s, &e), -1);
	CHECK_INT(e.code, ERR_DAMAGED);
	store_close(s);
}

/* What is left of another store under this name does not open with this one's key: its log ends before it begins. */
static void test_log_of_another_store(void)
{
	struct err e = ERR_INIT;
	struct store *s = create(file_at("other"));

	REQUIRE(s != NULL);
	fill(s, 500);
	store_copy(file_at("other"), file_at("copy"));
	store_close(s);
	REQUIRE((s = create(file_at("a"))) != NULL);
	fill(s, 10);
	store_close(s);
	file_copy(file_at("copy-wal"), file_at("a-wal"));
	REQUIRE((s = reopen(file_at("a"), &e)) != NULL);
	CHECK_INT(count(s), 10);
	REQUIRE_OK(insert(s, 99, "x", &e));
	REQUIRE_OK(store_check(s, &e));
	store_close(s);
	unlink(file_at("a"));
	file_copy(file_at("copy-wal"), file_at("a-wal"));
	REQUIRE((s = create(file_at("a"))) != NULL);
	CHECK_INT(count(s), 0);
	store_close(s);
	CHECK_INT(file_length(file_at("a-wal")), -1);
	unlink(file_at("copy-wal"));
	unlink(file_at("copy"));
	unlink(file_at("other"));
}

static void test_both_headers_bad(void)
{
	struct err e = ERR_INIT;
	struct store *s = create(file_at("a"));

	store_close(s);
	file_flip(file_at("a"), 100, 1);
	REQUIRE((s = reopen(file_at("a"), &e)) != NULL);
	CHECK_INT(store_check(s, &e), -1);		/* it is mended, and said once */
	CHECK_INT(e.code, ERR_DAMAGED);
	store_close(s);
	REQUIRE((s = reopen(file_at("a"), &e)) != NULL);
	REQUIRE_OK(store_check(s, &e));
	store_close(s);
	file_flip(file_at("a"), 100, 1);
	file_flip(file_at("a"), HEADER_SIZE + 3000, 1);
	CHECK(reopen(file_at("a"), &e) == NULL);
	CHECK_INT(e.code, ERR_DAMAGED);
}

static void test_second_open_names_the_holder(void)
{
	struct err e = ERR_INIT;
	struct store *s = create(file_at("a"));
	struct holder_name who;
	char pid[32];

	REQUIRE(s != NULL);
	CHECK(reopen(file_at("a"), &e) == NULL);
	CHECK_INT(e.code, ERR_IN_USE);
	snprintf(pid, sizeof pid, "%ld", (long)getpid());
	CHECK(strstr(e.text, pid) != NULL);
	CHECK_INT(holder_who(store_path(s), &who), 1);
	CHECK_INT(who.pid, getpid());
	CHECK(who.program[0] != '\0' && who.since_ms > 0);
	/* What somebody wrote there in jest reaches no terminal. */
	REQUIRE(truncate(file_at("a-holder"), 0) == 0);
	file_change(file_at("a-holder"), 0, "a\033[2J\n1\n\n5\n", 12);
	CHECK(reopen(file_at("a"), &e) == NULL);
	CHECK_INT(e.code, ERR_IN_USE);
	CHECK(strchr(e.text, '\033') == NULL);
	/* Looking whether a passphrase is wanted must not drop the lock. */
	CHECK(store_wants_passphrase(file_at("a")));
	unlink(file_at("a-holder"));
	CHECK(reopen(file_at("a"), &e) == NULL);
	CHECK_INT(e.code, ERR_IN_USE);
	store_close(s);
	CHECK_INT(holder_who(file_at("a"), &who), 0);
}

int main(int argc, char **argv)
{
	static const struct test tests[] = {
		TEST(test_create_open_close),
		TEST(test_wrong_passphrase),
		TEST(test_key_file),
		TEST(test_places),
		TEST(test_failed_creation_leaves_nothing),
		TEST(test_stale_temporary_and_modes),
		TEST(test_left_over_key_file),
		TEST(test_transactions_nest),
		TEST(test_lost_transaction),
		TEST(test_statements_settings_version),
		TEST(test_check_finds_a_flipped_bit),
		TEST(test_log_of_another_store),
		TEST(test_both_headers_bad),
		TEST(test_second_open_names_the_holder),
		TEST_END
	};
	struct err e = ERR_INIT;

	if (crypto_start(&e) != 0)
		return 99;
	kdf_cost_for_tests((struct kdf_cost){ 1, 8 });
	return test_main(argc, argv, tests);
}
