/* Stores of earlier schemas, as their programs left them (tests/vectors/stores), under the program of today. */
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "records/consent.h"
#include "records/consultation.h"
#include "records/person.h"
#include "store/store_internal.h"
#include "tests/unit/records.h"
#include "tests/unit/test_files.h"

static struct store_key key;

/* A copy of the store that a program of schema 1 left, to be opened by `key`. */
static const char *copy_of_first(void)
{
	static char path[512], key_file[1024];
	const char *top = getenv("TEST_SOURCE_DIR");
	char from[1024], log[600];

	snprintf(from, sizeof from, "%s/tests/vectors/stores/1/device.ldb", top != NULL ? top : ".");
	snprintf(key_file, sizeof key_file, "%s/tests/vectors/stores/1/device.key", top != NULL ? top : ".");
	snprintf(path, sizeof path, "%s", file_at("first.ldb"));
	snprintf(log, sizeof log, "%s-wal", path);
	unlink(log);
	file_copy(from, path);
	key = (struct store_key){ .key_file = key_file };
	return path;
}

/* The program of schema 1, as far as its tables go. */
static int open_as_first(const char *path, struct store **s, struct err *e)
{
	static struct migration first[2];
	static struct store_options old;

	first[0] = migrations[0];
	old = (struct store_options){ .migrations = first, .functions = store_standard.functions };
	return store_open_with(path, &key, &old, s, e);
}

static bool text_is(struct store *s, const char *sql, const char *want)
{
	struct err e = ERR_INIT;
	sqlite3_stmt *st = store_prepare_once(s, sql, &e);
	bool is = CHECK(st != NULL && store_step(s, st, &e) == 1) && CHECK_STR(store_text(st, 0), want);

	sqlite3_finalize(st);
	return is;
}

/* Everything that was there, and what waited in the journal for a program that knows its tables. */
static void is_whole(struct store *s)
{
	struct err e = ERR_INIT;
	char *draft = store_setting(s, "draft");

	if (!CHECK_INT(store_check(s, &e), 0))
		test_note("%s", e.text);
	CHECK(draft != NULL && strstr(draft, "Недописанный Иван") != NULL);
	free(draft);
	CHECK_INT(query_number(s, "SELECT count(*) FROM person WHERE deleted = 0"), 5);
	CHECK_INT(query_number(s, "SELECT count(*) FROM seminar"), 2);
	CHECK_INT(query_number(s, "SELECT count(*) FROM attendance WHERE state = 'present'"), 2);
	text_is(s, "SELECT phone FROM person WHERE name LIKE 'Валеева%'", "+79170000002");
	text_is(s, "SELECT topic || '|' || advice || '|' || minutes || '|' || next_done FROM consultation", "Устав|Начать с цели|45|2020-03-01");
	CHECK_INT(query_number(s, "SELECT count(*) FROM consent c JOIN person p ON p.id = c.person WHERE c.purpose = 'participation'"), 2);
	CHECK_INT(journal_count(store_journal(s), "consultation"), 1);
	CHECK_INT(journal_count(store_journal(s), "consent"), 2);
	CHECK_INT(query_number(s, "SELECT count(*) FROM dict_table WHERE known = 0"), 0);
	CHECK_INT(query_number(s, "PRAGMA user_version"), schema_version);
}

static void test_first(void)
{
	struct err e = ERR_INIT;
	struct store *s = NULL;
	const char *path = copy_of_first();
	char id[RECORD_ID_SIZE], talk[RECORD_ID_SIZE];
	bool valid = false;

	REQUIRE_OK(open_as_first(path, &s, &e));
	CHECK_INT(query_number(s, "SELECT count(*) FROM sqlite_schema WHERE name = 'consultation'"), 0);
	CHECK_INT(query_number(s, "SELECT count(*) FROM dict_table WHERE known = 0 AND name IN ('consultation', 'consent')"), 2);
	store_close(s);
	if (!CHECK_INT(store_open(path, &key, &s, &e), 0)) {
		test_note("%s", e.text);
		return;
	}
	is_whole(s);
	/* And the work goes on, in old tables and new ones. */
	REQUIRE_OK(record_resolve(s, &person_type, "Щукин Пётр Ильич", id, &e));
	make(s, &consultation_type, talk, "mentee", id, "topic", "После обновления", NULL);
	REQUIRE_OK(consent_sign(s, (const char *const[]){ id }, 1, "participation", NULL, &e));
	REQUIRE_OK(consent_valid(s, id, "participation", &valid, &e));
	CHECK(valid);
	REQUIRE_OK(store_check(s, &e));
	store_close(s);
	/* A program of before says that it is too old, and leaves it alone. */
	CHECK_INT(open_as_first(path, &s, &e), -1);
	CHECK_INT(e.code, ERR_REFUSED);
	CHECK(strstr(e.text, "newer") != NULL);
	REQUIRE_OK(store_open(path, &key, &s, &e));
	check_field(s, &consultation_type, talk, "topic", "После обновления");
	store_close(s);
}

/* -- the power goes -- */

static sqlite3_vfs dying, *unix_vfs;
static sqlite3_io_methods methods;
static int (*write_truly)(sqlite3_file *, const void *, int, sqlite3_int64);
static int writes_left, percent;	/* of the last write reach the disk */

static int write_(sqlite3_file *file, const void *data, int len, sqlite3_int64 offset)
{
	if (--writes_left > 0)
		return write_truly(file, data, len, offset);
	write_truly(file, data, len * percent / 100, offset);
	_exit(1);
}

static int open_(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out_flags)
{
	int rc = unix_vfs->xOpen(unix_vfs, name, file, flags, out_flags);

	(void)vfs;
	if (rc == SQLITE_OK) {
		methods = *file->pMethods;
		write_truly = methods.xWrite;
		methods.xWrite = write_;
		file->pMethods = &methods;
	}
	return rc;
}

/* 0: it was upgraded and closed before the writes were at an end; 1: it was cut off. */
static int upgrade_for(const char *path, int writes, int tear)
{
	struct store_options options = store_standard;
	struct err e = ERR_INIT;
	struct store *s;
	int status;
	pid_t child;

	fflush(stdout);
	child = fork();
	if (child == 0) {
		unix_vfs = sqlite3_vfs_find(NULL);
		dying = *unix_vfs;
		dying.zName = "dying";
		dying.pNext = NULL;
		dying.xOpen = open_;
		sqlite3_vfs_register(&dying, 0);
		options.under = "dying";
		writes_left = writes;
		percent = tear;
		if (store_open_with(path, &key, &options, &s, &e) != 0)
			_exit(2);
		store_close(s);
		_exit(0);
	}
	return waitpid(child, &status, 0) == child && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void test_interrupted_at_any_write(void)
{
	int cut = 1, old = 0, new = 0;

	/* A commit goes to the log in a few large writes: each is torn in several places. */
	for (int round = 0; cut == 1; round++) {
		int writes = 1 + round / 5, tear = (int)(test_random() % 101);
		const char *path = copy_of_first();
		struct err e = ERR_INIT;
		struct store *s = NULL;

		cut = upgrade_for(path, writes, tear);
		REQUIRE(cut == 0 || cut == 1);
		if (open_as_first(path, &s, &e) == 0) {
			old++;
			CHECK(cut == 1);
			CHECK_INT(query_number(s, "SELECT count(*) FROM sqlite_schema WHERE name LIKE 'cons%'"), 0);
			CHECK_INT(query_number(s, "SELECT count(*) FROM person"), 5);
			store_close(s);
		} else {
			new++;
			CHECK(strstr(e.text, "newer") != NULL);
		}
		if (!CHECK_INT(store_open(path, &key, &s, &e), 0)) {
			test_note("after %d writes, the last by %d per cent: %s", writes, tear, e.text);
			return;
		}
		is_whole(s);
		store_close(s);
	}
	if (!CHECK(old >= 5 && new >= 5))
		test_note("old %d, new %d", old, new);
}

static const struct test tests_of_this[] = { TEST(test_first), TEST(test_interrupted_at_any_write), TEST_END };

int main(int argc, char **argv)
{
	struct err e = ERR_INIT;

	if (crypto_start(&e) != 0)
		return 99;
	return test_main(argc, argv, tests_of_this);
}
