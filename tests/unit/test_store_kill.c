/* The store and processes: killed at any moment, racing for one file, and what a thief of the disk would read. */
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "crypto/kdf.h"
#include "crypto/secret.h"
#include "store/store_internal.h"
#include "tests/unit/test.h"
#include "tests/unit/test_files.h"

#define ROUNDS 30
#define NEEDLE "Совершенно секретно"

static const struct migration steps[] = { { 1, "CREATE TABLE t(a INTEGER PRIMARY KEY, b TEXT); CREATE INDEX t_b ON t(b)", NULL }, { 0, NULL, NULL } };
static const struct store_options tiny = { .migrations = steps };
static const struct store_key secret = { .passphrase = "the passphrase" };

static int64_t number(struct store *s, const char *sql)
{
	sqlite3_stmt *st = store_prepare_once(s, sql, NULL);
	int64_t n = st != NULL && store_step(s, st, NULL) == 1 ? sqlite3_column_int64(st, 0) : -1;

	sqlite3_finalize(st);
	return n;
}

/* Row a of the table, with a few rows more above a million that make the transaction large now and then. */
static int write_row(struct store *s, int64_t a, struct err *e)
{
	sqlite3_stmt *st;

	if (store_begin(s, e) != 0)
		return -1;
	st = store_prepare(s, "INSERT INTO t VALUES(?1, printf('" NEEDLE " %d', ?1))", e);
	if (st != NULL)
		sqlite3_bind_int64(st, 1, a);
	if (st == NULL || store_run(s, st, e) != 0)
		bug("the insert failed");
	if (a % 5 == 0)
		store_exec(s, "WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r WHERE i < 200)"
		    "INSERT OR REPLACE INTO t SELECT 1000000 + i, hex(randomblob(100)) FROM r; UPDATE t SET b = b || 'x' WHERE a > 1000100", e);
	return store_commit(s, e);
}

/* The child: commits row after row, and acknowledges each after its commit. Never returns. */
static void commit_until_killed(const char *path, int acknowledge)
{
	struct err e = ERR_INIT;
	struct store *s = NULL;

	if (store_open_with(path, &secret, &tiny, &s, &e) != 0)
		_exit(10 + (int)e.code);
	/* Spills and overwrites within the log, and short logs, so that checkpoints are hit too. */
	store_exec(s, "PRAGMA cache_size = 8; PRAGMA cache_spill = 8; PRAGMA wal_autocheckpoint = 50", &e);
	for (int64_t a = number(s, "SELECT coalesce(max(a), 0) + 1 FROM t WHERE a < 1000000");; a++) {
		if (write_row(s, a, &e) != 0)
			_exit(9);
		if (write(acknowledge, &a, sizeof a) != sizeof a)
			_exit(8);
	}
}

/* Kills the child a random moment after some acknowledgements; returns the last. */
static int64_t kill_round(const char *path)
{
	int64_t a, last = -1;
	int pipe_of[2], status, wanted = 1 + (int)(test_random() % 8);
	pid_t child;

	fflush(stdout);
	if (pipe(pipe_of) != 0 || (child = fork()) < 0)
		return -1;
	if (child == 0)
		commit_until_killed(path, pipe_of[1]);
	close(pipe_of[1]);
	while (wanted-- > 0 && read(pipe_of[0], &a, sizeof a) == sizeof a)
		last = a;
	usleep((useconds_t)(test_random() % 4000));
	kill(child, SIGKILL);
	while (read(pipe_of[0], &a, sizeof a) == sizeof a)
		last = a;
	close(pipe_of[0]);
	if (waitpid(child, &status, 0) != child || !CHECK(WIFSIGNALED(status)))
		test_note("the child ended by itself with %d", WEXITSTATUS(status));
	return last;
}

static void test_killed_at_any_moment(void)
{
	struct err e = ERR_INIT;
	char path[600];
	struct store *s;

	snprintf(path, sizeof path, "%s", file_at("k"));
	REQUIRE_OK(store_create_with(path, &secret, &tiny, &s, &e));
	store_close(s);
	for (int i = 0; i < ROUNDS; i++) {
		int64_t last = kill_round(path), rows;

		CHECK(last > i);
		CHECK_INT(files_with(test_folder(), NEEDLE), 0);
		REQUIRE_OK(store_open_with(path, &secret, &tiny, &s, &e));
		rows = number(s, "SELECT count(*) FROM t WHERE a < 1000000 AND b = printf('" NEEDLE " %d', a)");
		CHECK(rows == last || rows == last + 1);
		CHECK_INT(number(s, "SELECT max(a) FROM t WHERE a < 1000000"), rows);
		if (i % 5 == 0)
			REQUIRE_OK(store_check(s, &e));
		store_close(s);
	}
}

/* One of two gets the store, the other is told who has it; whoever it is, both never. */
static void test_two_processes_race(void)
{
	struct err e = ERR_INIT;
	struct store *s;
	int pipe_of[2];
	char path[600];
	int taken = 0, in_use = 0;

	snprintf(path, sizeof path, "%s", file_at("r"));
	REQUIRE(pipe(pipe_of) == 0);
	REQUIRE_OK(store_create_with(path, &secret, &tiny, &s, &e));
	store_close(s);
	fflush(stdout);
	for (int i = 0; i < 6; i++) {
		if (fork() == 0) {
			char end, code = 0;

			close(pipe_of[1]);
			if (store_open_with(path, &secret, &tiny, &s, &e) != 0)
				code = (char)e.code;
			if (code == ERR_IN_USE && strstr(e.text, "process") == NULL)
				code = 99;	/* nobody named */
			(void)!read(pipe_of[0], &end, 1);	/* until the parent has heard all the others */
			_exit(code);
		}
	}
	close(pipe_of[0]);
	for (int i = 0; i < 6; i++) {
		int status = 0;

		if (i == 0)
			usleep(200000);		/* only so that most of them meet; none of the checks needs it */
		if (i == 0)
			close(pipe_of[1]);
		REQUIRE(wait(&status) > 0 && WIFEXITED(status));
		taken += WEXITSTATUS(status) == 0;
		in_use += WEXITSTATUS(status) == ERR_IN_USE;
		if (WEXITSTATUS(status) != 0 && WEXITSTATUS(status) != ERR_IN_USE)
			test_note("a child ended with %d", WEXITSTATUS(status));
	}
	CHECK(taken >= 1);
	CHECK_INT(taken + in_use, 6);
	REQUIRE_OK(store_open_with(path, &secret, &tiny, &s, &e));
	store_close(s);
}

/* Another process holds it for certain: the parent. */
static void test_the_child_is_told_who_holds(void)
{
	struct err e = ERR_INIT;
	struct store *s;
	pid_t child;
	int status = 0;

	REQUIRE_OK(store_create_with(file_at("h"), &secret, &tiny, &s, &e));
	fflush(stdout);
	child = fork();
	if (child == 0) {
		struct store *mine;
		char pid[32];
		int rc = store_open_with(file_at("h"), &secret, &tiny, &mine, &e);

		snprintf(pid, sizeof pid, "process %ld", (long)getppid());
		_exit(rc == -1 && e.code == ERR_IN_USE && strstr(e.text, pid) != NULL ? 0 : 1);
	}
	REQUIRE(waitpid(child, &status, 0) == child);
	CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	REQUIRE_OK(store_set_setting(s, "k", "v", &e));
	store_close(s);
}

/* Asking who holds a store never keeps anybody from taking it. */
static void test_asking_is_not_holding(void)
{
	char path[600];
	struct holder *h;
	struct err e = ERR_INIT;
	pid_t child, parent = getpid();
	int refused = 0;

	snprintf(path, sizeof path, "%s", file_at("asked"));
	fflush(stdout);
	child = fork();
	if (child == 0) {
		struct holder_name who;

		while (getppid() == parent)
			holder_who(path, &who);
		_exit(0);
	}
	for (int i = 0; i < 3000; i++) {
		if (holder_take(path, &h, &e) != 0)
			refused++;
		else
			holder_release(h);
	}
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	if (!CHECK_INT(refused, 0))
		test_note("%s", e.text);
}

/* The text of a holder that crashed is never read as the new one's: its file goes. */
static void test_stale_holder(void)
{
	static const char text[] = "livenet\n4194000\n\n1000\n";
	char path[600], name[620];
	struct stat before, after;
	struct holder_name who;
	struct holder *h;
	struct err e = ERR_INIT;
	int fd;

	snprintf(path, sizeof path, "%s", file_at("stale"));
	snprintf(name, sizeof name, "%s-holder", path);
	file_put(name, text, sizeof text - 1);
	fd = open(name, O_RDONLY);		/* so that its inode is not given out again */
	REQUIRE(fd >= 0 && fstat(fd, &before) == 0);
	CHECK_INT(holder_who(path, &who), 0);
	REQUIRE_OK(holder_take(path, &h, &e));
	CHECK(stat(name, &after) == 0 && after.st_ino != before.st_ino);
	CHECK_INT(holder_who(path, &who), 1);
	CHECK_INT(who.pid, getpid());
	holder_release(h);
	close(fd);
	CHECK(stat(name, &after) != 0);
}

/* Bits of entropy a byte, of the part of a file that is sealed. */
static bool looks_random(const char *path, size_t from)
{
	struct buf b = file_bytes(path);
	long histogram[256] = { 0 };
	double expected = (double)(b.len - from) / 256, chi = 0;

	for (size_t i = from; i < b.len; i++)
		histogram[(unsigned char)b.data[i]]++;
	for (int i = 0; i < 256; i++)
		chi += ((double)histogram[i] - expected) * ((double)histogram[i] - expected) / expected;
	buf_release(&b);
	return chi < 400;	/* 255 on average, 400 once in 10^8 */
}

static void test_nothing_readable_on_the_disk(void)
{
	static const char *const words[] = { NEEDLE, "the passphrase", "CREATE TABLE", "SQLite format", "sqlite_", "значение настройки" };
	struct err e = ERR_INIT;
	struct store *s;

	for (int stage = 0; stage < 4; stage++) {
		if (stage == 0) {
			REQUIRE_OK(store_create_with(file_at("n"), &secret, &tiny, &s, &e));
			for (int64_t a = 1; a <= 40; a++)
				CHECK_INT(write_row(s, a, &e), 0);
			REQUIRE_OK(store_set_setting(s, "значение настройки", "значение настройки", &e));
			CHECK(file_length(file_at("n-wal")) > 0);
		} else if (stage == 1) {
			REQUIRE_OK(store_begin(s, &e));
			REQUIRE_OK(store_exec(s, "PRAGMA cache_size = 8; PRAGMA cache_spill = 8", &e));
			REQUIRE_OK(store_exec(s, "WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r WHERE i < 3000)"
			    "INSERT INTO t SELECT 2000000 + i, '" NEEDLE "' FROM r; CREATE TEMP TABLE z AS SELECT * FROM t ORDER BY b", &e));
		} else if (stage == 2) {
			REQUIRE_OK(store_commit(s, &e));
			REQUIRE_OK(store_exec(s, "VACUUM", &e));
		} else {
			store_close(s);
			CHECK(looks_random(file_at("n"), VFS_DATABASE));
		}
		for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
			if (!CHECK_INT(files_with(test_folder(), words[i]), 0))
				test_note("stage %d: %s", stage, words[i]);
	}
	/* The search itself finds what is there. */
	file_put(file_at("plain"), "abc " NEEDLE, 4 + strlen(NEEDLE));
	CHECK_INT(files_with(test_folder(), NEEDLE), 1);
	unlink(file_at("plain"));
}

int main(int argc, char **argv)
{
	static const struct test tests[] = {
		TEST(test_killed_at_any_moment),
		TEST(test_two_processes_race),
		TEST(test_the_child_is_told_who_holds),
		TEST(test_asking_is_not_holding),
		TEST(test_stale_holder),
		TEST(test_nothing_readable_on_the_disk),
		TEST_END
	};
	struct err e = ERR_INIT;

	if (crypto_start(&e) != 0)
		return 99;
	kdf_cost_for_tests((struct kdf_cost){ 1, 8 });
	return test_main(argc, argv, tests);
}
