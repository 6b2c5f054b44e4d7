#define _GNU_SOURCE		/* memmem */
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "crypto/secret.h"
#include "seal/vfs.h"
#include "tests/unit/test.h"
#include "tests/unit/test_files.h"

/* A sealed file with a connection that spills at once: eight pages of cache. */
struct sealed {
	struct vfs *v;
	sqlite3 *db;
};

static const unsigned char key[VFS_KEY_SIZE] = "the tests' key, 32 bytes of it..";

static int run(sqlite3 *db, const char *sql)
{
	return sqlite3_exec(db, sql, NULL, NULL, NULL);
}

static bool connect_to(struct sealed *s)
{
	return sqlite3_open_v2(vfs_path(s->v), &s->db, SQLITE_OPEN_READWRITE, vfs_name(s->v)) == SQLITE_OK
	    && run(s->db, "PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = 8; PRAGMA temp_store = FILE;"
	    "PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; SELECT count(*) FROM sqlite_schema") == SQLITE_OK;
}

static bool sealed_open(struct sealed *s, const char *path)
{
	struct err e = ERR_INIT;

	memset(s, 0, sizeof *s);
	if (vfs_open(path, NULL, false, &s->v, &e) == 0 && vfs_lock(s->v, &e) == 0 && vfs_register(s->v, key, &e) == 0
	    && connect_to(s))
		return true;
	return false;
}

static bool sealed_create(struct sealed *s, const char *path)
{
	static const unsigned char header[VFS_DATABASE];
	struct err e = ERR_INIT;

	char log[600];

	memset(s, 0, sizeof *s);
	unlink(path);
	snprintf(log, sizeof log, "%s-wal", path);
	unlink(log);			/* of a connection that could not close well */
	return vfs_open(path, NULL, true, &s->v, &e) == 0 && vfs_lock(s->v, &e) == 0
	    && vfs_raw_write(s->v, 0, header, sizeof header, &e) == 0 && vfs_register(s->v, key, &e) == 0
	    && vfs_format(s->v, &e) == 0 && connect_to(s);
}

static void sealed_close(struct sealed *s)
{
	CHECK_INT(sqlite3_close(s->db), SQLITE_OK);
	vfs_close(s->v);
}

/* One number out of a query; -1 when it fails. */
static int64_t number(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *st = NULL;
	int64_t n = -1;

	if (sqlite3_prepare_v2(db, sql, -1, &st, NULL) == SQLITE_OK && sqlite3_step(st) == SQLITE_ROW)
		n = sqlite3_column_int64(st, 0);
	sqlite3_finalize(st);
	return n;
}

static bool whole(sqlite3 *db)
{
	sqlite3_stmt *st = NULL;
	bool ok = sqlite3_prepare_v2(db, "PRAGMA integrity_check", -1, &st, NULL) == SQLITE_OK && sqlite3_step(st) == SQLITE_ROW
	    && strcmp((const char *)sqlite3_column_text(st, 0), "ok") == 0;

	sqlite3_finalize(st);
	return ok;
}

/* -- the same work on a sealed and on a plain database --------------------------------------------------------------------- */

static const char schema[] =
    "CREATE TABLE t(a INTEGER PRIMARY KEY, b BLOB, c TEXT); CREATE INDEX t_c ON t(c); CREATE TABLE u(x, y, PRIMARY KEY(x, y)) WITHOUT ROWID";

static const char *random_statement(char *sql, size_t size)
{
	unsigned n = (unsigned)(test_random() % 400), m = (unsigned)(test_random() % 3000);

	switch (test_random() % 8) {
	case 0:
	case 1:
		snprintf(sql, size, "INSERT OR REPLACE INTO t SELECT value, zeroblob(%u), 'c' || (value * %u %% 97)"
		    " FROM (WITH RECURSIVE r(value) AS (SELECT %u UNION ALL SELECT value + 1 FROM r LIMIT %u) SELECT * FROM r)", m, n, n, n / 4 + 1);
		break;
	case 2:
		snprintf(sql, size, "UPDATE t SET c = 'd%u' || a, b = zeroblob(%u) WHERE a %% 7 = %u", n, m / 2, n % 7);
		break;
	case 3:
		snprintf(sql, size, "DELETE FROM t WHERE a > %u AND a %% 3 = %u", n, n % 3);
		break;
	case 4:
		snprintf(sql, size, "INSERT OR IGNORE INTO u SELECT a %% %u, c FROM t", n + 1);
		break;
	case 5:
		snprintf(sql, size, "DELETE FROM u WHERE x < %u", n / 4);
		break;
	case 6:
		snprintf(sql, size, "UPDATE t SET b = CAST(c || a AS BLOB) || zeroblob(%u) WHERE a > %u", m, n);
		break;
	default:
		snprintf(sql, size, "INSERT INTO u VALUES(%u, %u)", n, m);	/* fails now and then */
		break;
	}
	return sql;
}

/* What a database holds, as one text: counts and sums over every column. */
static void summary(sqlite3 *db, char *out, size_t size)
{
	sqlite3_stmt *st = NULL;
	const char *sql = "SELECT (SELECT count(*) || '/' || total(a) || '/' || total(length(b)) || '/' || total(length(c)) || '/' || "
	    "coalesce(min(c), '') || '/' || coalesce(max(c), '') FROM t), (SELECT count(*) || '/' || total(x) || '/' || total(length(y)) FROM u),"
	    "(SELECT group_concat(substr(hex(b), 1, 12)) FROM (SELECT b FROM t ORDER BY c, a LIMIT 20))";

	snprintf(out, size, "cannot be read");
	if (sqlite3_prepare_v2(db, sql, -1, &st, NULL) == SQLITE_OK && sqlite3_step(st) == SQLITE_ROW)
		snprintf(out, size, "%s %s %s", sqlite3_column_text(st, 0), sqlite3_column_text(st, 1),
		    (const char *)sqlite3_column_text(st, 2));
	sqlite3_finalize(st);
}

static void check_same(sqlite3 *a, sqlite3 *b)
{
	char x[2000], y[2000];

	summary(a, x, sizeof x);
	summary(b, y, sizeof y);
	CHECK_STR(x, y);
}

/* false: the sealed one lost its transaction, which vfs_wal.c does to a commit that SQLite would lose. */
static bool both(sqlite3 *sealed, sqlite3 *plain, const char *sql)
{
	int rc = run(sealed, sql);

	if (rc == SQLITE_IOERR && sqlite3_get_autocommit(sealed))
		return false;
	CHECK_INT(rc, run(plain, sql));
	return true;
}

static bool some(sqlite3 *sealed, sqlite3 *plain, int statements)
{
	char sql[512];

	while (statements-- > 0)
		if (!both(sealed, plain, random_statement(sql, sizeof sql)))
			return false;
	return true;
}

/* Some statements, some of them in a savepoint that goes or stays. */
static void random_transaction(sqlite3 *sealed, sqlite3 *plain)
{
	both(sealed, plain, "BEGIN");
	if (!some(sealed, plain, (int)(test_random() % 6)) || !both(sealed, plain, "SAVEPOINT s")
	    || !some(sealed, plain, (int)(test_random() % 3)) || (test_random() % 3 == 0 && !both(sealed, plain, "ROLLBACK TO s"))
	    || !some(sealed, plain, 1) || !both(sealed, plain, test_random() % 4 != 0 ? "COMMIT" : "ROLLBACK"))
		run(plain, "ROLLBACK");
}

static void test_random_work_equals_plain(void)
{
	struct sealed s, copy;
	struct err e = ERR_INIT;
	sqlite3 *plain;

	REQUIRE(sealed_create(&s, file_at("a")));
	REQUIRE(sqlite3_open(":memory:", &plain) == SQLITE_OK);
	both(s.db, plain, schema);
	for (int i = 0; i < 60; i++) {
		random_transaction(s.db, plain);
		if (i % 20 == 7)
			run(s.db, "PRAGMA wal_checkpoint(TRUNCATE)");
		if (i == 40)
			CHECK_INT(run(s.db, "VACUUM"), SQLITE_OK);
		if (i % 6 == 0) {
			check_same(s.db, plain);
			store_copy(file_at("a"), file_at("b"));
			REQUIRE(sealed_open(&copy, file_at("b")));
			check_same(copy.db, plain);
			CHECK(whole(copy.db));
			sealed_close(&copy);
		}
	}
	check_same(s.db, plain);
	sealed_close(&s);
	CHECK(!fs_exists(file_at("a-wal")));
	REQUIRE(sealed_open(&s, file_at("a")));
	check_same(s.db, plain);
	CHECK(whole(s.db));
	REQUIRE_OK(vfs_check(s.v, &e));
	sealed_close(&s);
	sqlite3_close(plain);
}

/* Many times the cache in one transaction, pages changed over and over: spilled, written again, headers rewritten. */
static void test_spilled_transaction_survives_a_copy(void)
{
	struct sealed s, copy;

	REQUIRE(sealed_create(&s, file_at("a")));
	run(s.db, "PRAGMA wal_autocheckpoint = 0; CREATE TABLE t(a INTEGER PRIMARY KEY, b)");
	CHECK_INT(run(s.db, "BEGIN; WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r WHERE i < 3000)"
	    "INSERT INTO t SELECT i, 'first ' || i || zeroblob(300) FROM r"), SQLITE_OK);
	for (int i = 0; i < 5; i++)
		CHECK_INT(run(s.db, "UPDATE t SET b = 'later ' || a || zeroblob(299) WHERE a % 5 = 2"), SQLITE_OK);
	CHECK_INT(run(s.db, "COMMIT; INSERT INTO t VALUES(9999, 'last')"), SQLITE_OK);
	store_copy(file_at("a"), file_at("b"));
	REQUIRE(sealed_open(&copy, file_at("b")));
	CHECK_INT(number(copy.db, "SELECT count(*) FROM t"), 3001);
	CHECK_INT(number(copy.db, "SELECT count(*) FROM t WHERE b LIKE 'later%'"), 600);
	CHECK(whole(copy.db));
	sealed_close(&copy);
	sealed_close(&s);
}

/* SQLite 3.40 leaves such a commit without checksums: what it says is committed would be gone after a crash. Either it is refused, or
 * it is there. */
static void test_savepoint_after_spill_loses_nothing(void)
{
	struct sealed s, copy;
	bool committed;
	int64_t rows;

	REQUIRE(sealed_create(&s, file_at("a")));
	run(s.db, "PRAGMA wal_autocheckpoint = 0; CREATE TABLE t(a INTEGER PRIMARY KEY, b); CREATE TABLE u(a)");
	CHECK_INT(run(s.db, "INSERT INTO u VALUES(1); BEGIN; INSERT INTO u VALUES(2); SAVEPOINT s;"
	    "WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r WHERE i < 2000) INSERT INTO t SELECT i, zeroblob(300) FROM r"),
	    SQLITE_OK);
	for (int i = 0; i < 20; i++)
		CHECK_INT(run(s.db, "UPDATE t SET b = randomblob(301) WHERE a % 7 = 3"), SQLITE_OK);
	CHECK_INT(run(s.db, "ROLLBACK TO s; RELEASE s; INSERT INTO u VALUES(3)"), SQLITE_OK);
	committed = run(s.db, "COMMIT") == SQLITE_OK;
	if (!committed && !sqlite3_get_autocommit(s.db))
		run(s.db, "ROLLBACK");
	CHECK_INT(run(s.db, "INSERT INTO u VALUES(4)"), SQLITE_OK);
	rows = number(s.db, "SELECT count(*) FROM u");
	CHECK_INT(rows, committed ? 4 : 2);
	store_copy(file_at("a"), file_at("b"));
	REQUIRE(sealed_open(&copy, file_at("b")));
	CHECK_INT(number(copy.db, "SELECT count(*) FROM u"), rows);
	sealed_close(&copy);
	sealed_close(&s);
}

/* -- damage -------------------------------------------------------------------------------------------------------------- */

static void make_sample(struct sealed *s, const char *path)
{
	REQUIRE(sealed_create(s, path));
	run(s->db, "PRAGMA wal_autocheckpoint = 0; CREATE TABLE t(a INTEGER PRIMARY KEY, b); CREATE INDEX t_b ON t(b)");
	run(s->db, "WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r WHERE i < 400)"
	    "INSERT INTO t SELECT i, printf('%d-%0200d', i, i) FROM r; DELETE FROM t WHERE a > 300");
}

/* Everything there is, read with SQL: an error, or exactly what was written. */
static bool sample_right_or_refused(sqlite3 *db)
{
	int64_t n = number(db, "SELECT count(*) FROM t NOT INDEXED WHERE b = printf('%d-%0200d', a, a)");
	int64_t m = number(db, "SELECT count(*) FROM t INDEXED BY t_b WHERE b > ''");

	return (n == -1 || n == 300) && (m == -1 || m == 300);
}

static bool opens_and_checks(const char *path)
{
	struct err e = ERR_INIT;
	struct sealed s;
	bool good = sealed_open(&s, path);

	if (good) {
		CHECK(sample_right_or_refused(s.db));
		good = vfs_check(s.v, &e) == 0;
		if (!good) {
			CHECK_INT(e.code, ERR_DAMAGED);
			CHECK(strstr(e.text, path) != NULL);
		}
	}
	sqlite3_close(s.db);
	vfs_close(s.v);
	return good;
}

static void test_one_flipped_bit_in_every_page(void)
{
	static const struct { long from, len; } parts[] = { { 0, 100 }, { 100, 3956 }, { 4056, 24 }, { 4080, 16 } };
	struct sealed s;
	long pages;

	make_sample(&s, file_at("a"));
	sealed_close(&s);
	CHECK(opens_and_checks(file_at("a")));
	pages = (file_length(file_at("a")) - VFS_DATABASE) / VFS_PAGE;
	CHECK(pages > 40);
	for (long page = 0; page < pages; page++) {
		size_t part = (size_t)(test_random() % 4);
		long at = VFS_DATABASE + page * VFS_PAGE + parts[part].from + (long)(test_random() % (uint64_t)parts[part].len);
		int bit = (int)(test_random() % 8);

		file_flip(file_at("a"), at, bit);
		if (!CHECK(!opens_and_checks(file_at("a"))))
			test_note("page %ld, byte %ld, bit %d", page + 1, at, bit);
		file_flip(file_at("a"), at, bit);
	}
	CHECK(opens_and_checks(file_at("a")));
}

static void test_swapped_cut_and_lengthened(void)
{
	struct sealed s;
	struct buf b;
	long end;

	make_sample(&s, file_at("a"));
	sealed_close(&s);
	b = file_bytes(file_at("a"));
	end = (long)b.len;

	file_copy(file_at("a"), file_at("b"));
	file_change(file_at("b"), VFS_DATABASE + 5 * VFS_PAGE, b.data + VFS_DATABASE + 9 * VFS_PAGE, VFS_PAGE);
	file_change(file_at("b"), VFS_DATABASE + 9 * VFS_PAGE, b.data + VFS_DATABASE + 5 * VFS_PAGE, VFS_PAGE);
	CHECK(!opens_and_checks(file_at("b")));

	file_put(file_at("b"), b.data, (size_t)end - VFS_PAGE);
	CHECK(!opens_and_checks(file_at("b")));
	file_put(file_at("b"), b.data, (size_t)end - 1000);
	CHECK(!opens_and_checks(file_at("b")));
	file_copy(file_at("a"), file_at("b"));
	file_change(file_at("b"), end, "0123456789", 10);
	CHECK(!opens_and_checks(file_at("b")));
	file_change(file_at("b"), VFS_DATABASE + 7 * VFS_PAGE, (char[VFS_PAGE]){ 0 }, VFS_PAGE);
	CHECK(!opens_and_checks(file_at("b")));
	buf_release(&b);
}

/* Commit n writes row n and sets the counter: any earlier state can be told from a wrong one. */
static bool is_some_state(sqlite3 *db, int64_t last)
{
	int64_t n = number(db, "SELECT coalesce((SELECT n FROM counter), 0)");

	return n >= 0 && n <= last && number(db, "SELECT count(*) FROM t") == n
	    && number(db, "SELECT count(*) FROM t WHERE b = printf('%d-%0500d', a, a)") == n;
}

static void test_one_flipped_bit_in_the_log(void)
{
	static const struct { long from, len; } parts[] = { { 0, 4 }, { 4, 4 }, { 8, 8 }, { 16, 8 }, { 24, 4056 }, { 4080, 24 }, { 4104, 16 } };
	struct sealed s, copy;
	char sql[200];
	long frames;

	REQUIRE(sealed_create(&s, file_at("a")));
	run(s.db, "PRAGMA wal_autocheckpoint = 0; CREATE TABLE t(a INTEGER PRIMARY KEY, b); CREATE TABLE counter(n);"
	    "INSERT INTO counter VALUES(0); PRAGMA wal_checkpoint(TRUNCATE)");
	for (int i = 1; i <= 30; i++) {
		snprintf(sql, sizeof sql, "BEGIN; INSERT INTO t VALUES(%d, printf('%%d-%%0500d', %d, %d));"
		    " UPDATE counter SET n = %d; COMMIT", i, i, i, i);
		CHECK_INT(run(s.db, sql), SQLITE_OK);
	}
	store_copy(file_at("a"), file_at("b"));
	sealed_close(&s);
	frames = (file_length(file_at("b-wal")) - 32) / 4120;
	CHECK(frames > 60);
	for (long i = 0; i < 150; i++) {
		size_t part = (size_t)(i % 7);
		long frame = (long)(test_random() % (uint64_t)frames);
		long at = i < 10 ? (long)(test_random() % 32)
		    : 32 + frame * 4120 + parts[part].from + (long)(test_random() % (uint64_t)parts[part].len);

		store_copy(file_at("b"), file_at("c"));
		file_flip(file_at("c-wal"), at, (int)(test_random() % 8));
		REQUIRE(sealed_open(&copy, file_at("c")));
		if (!CHECK(is_some_state(copy.db, 30)))
			test_note("log, byte %ld", at);
		CHECK(number(copy.db, "SELECT n FROM counter") < 30 || i < 10);
		sealed_close(&copy);
	}
}

/* Read while the store is open, where SQLite's checksums are not looked at any more: an older frame of the same page, size and salts. */
static void test_frame_put_in_the_place_of_another(void)
{
	struct sealed s;
	struct buf log;
	long last;

	REQUIRE(sealed_create(&s, file_at("a")));
	run(s.db, "PRAGMA wal_autocheckpoint = 0; CREATE TABLE t(a INTEGER PRIMARY KEY, b); INSERT INTO t VALUES(1, 0)");
	for (int i = 0; i < 5; i++)
		CHECK_INT(run(s.db, "UPDATE t SET b = b + 1"), SQLITE_OK);
	log = file_bytes(file_at("a-wal"));
	last = (long)log.len - 4120;
	CHECK_MEM(log.data + last, 16, log.data + last - 4120, 16);
	run(s.db, "PRAGMA shrink_memory");
	CHECK_INT(number(s.db, "SELECT b FROM t"), 5);
	file_change(file_at("a-wal"), last, log.data + last - 4120, 4120);
	run(s.db, "PRAGMA shrink_memory");
	/* The last frame is what the connection wrote and still has; reading others drives it out. */
	number(s.db, "SELECT count(*) FROM sqlite_schema");
	CHECK_INT(number(s.db, "SELECT b FROM t"), -1);
	CHECK_INT(sqlite3_extended_errcode(s.db), SQLITE_IOERR_DATA);
	sqlite3_close(s.db);
	vfs_close(s.v);
	buf_release(&log);
}

/* A power loss tore page 1 while the log went into the database: the page is still in the log. */
static void test_torn_first_page(void)
{
	struct sealed s, copy;

	make_sample(&s, file_at("a"));
	store_copy(file_at("a"), file_at("b"));
	sealed_close(&s);
	file_change(file_at("b"), VFS_DATABASE + 512, "torn, torn, torn", 16);
	store_copy(file_at("b"), file_at("c"));
	REQUIRE(sealed_open(&copy, file_at("c")));
	CHECK_INT(number(copy.db, "SELECT count(*) FROM t"), 300);
	CHECK(whole(copy.db));
	sealed_close(&copy);

	/* Without the stand-in it must fail, or this test tests nothing. */
	REQUIRE(vfs_open(file_at("b"), NULL, false, &copy.v, NULL) == 0 && vfs_lock(copy.v, NULL) == 0);
	REQUIRE(vfs_register(copy.v, key, NULL) == 0);
	vfs_without_stand_in(copy.v);
	CHECK(!connect_to(&copy));
	sealed_close(&copy);
}

/* -- what SQLite may and may not do ------------------------------------------------------------------------------------- */

static void test_planted_journal(void)
{
	static const unsigned char magic[512] = { 0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7, 0, 0, 0, 1 };
	struct sealed s;
	struct buf b;

	make_sample(&s, file_at("a"));
	sealed_close(&s);
	file_put(file_at("a-journal"), magic, sizeof magic);
	CHECK(opens_and_checks(file_at("a")));
	b = file_bytes(file_at("a-journal"));
	CHECK_MEM(b.data, b.len, magic, sizeof magic);
	buf_release(&b);
	unlink(file_at("a-journal"));
}

static void test_refusals(void)
{
	static const char *const refused[] = {
		"PRAGMA journal_mode = DELETE", "PRAGMA journal_mode = OFF", "PRAGMA journal_mode = MEMORY", "PRAGMA locking_mode = NORMAL",
		"PRAGMA temp_store = MEMORY", "PRAGMA temp_store = 0", "PRAGMA auto_vacuum = FULL", "PRAGMA secure_delete = OFF",
		"PRAGMA secure_delete = FAST", "PRAGMA mmap_size = 1000000"
	};
	struct sealed s;
	char sql[600];
	int files;

	make_sample(&s, file_at("a"));
	files = files_count(test_folder());
	for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++)
		if (!CHECK(run(s.db, refused[i]) != SQLITE_OK))
			test_note("%s", refused[i]);
	snprintf(sql, sizeof sql, "ATTACH '%s' AS other", file_at("other"));
	CHECK(run(s.db, sql) != SQLITE_OK);
	snprintf(sql, sizeof sql, "VACUUM INTO '%s'", file_at("other"));
	CHECK(run(s.db, sql) != SQLITE_OK);

	/* Sorting, temporary tables, a statement that fails halfway: no name of theirs is ever in the folder. */
	CHECK_INT(run(s.db, "CREATE TEMP TABLE z AS SELECT * FROM t, (SELECT 1 FROM t LIMIT 20); CREATE INDEX temp.z_b ON z(b)"), SQLITE_OK);
	CHECK(number(s.db, "SELECT count(*) FROM (SELECT * FROM z ORDER BY b DESC, a LIMIT 3000)") == 3000);
	CHECK_INT(run(s.db, "CREATE UNIQUE INDEX u ON t(a); UPDATE t SET a = CASE WHEN a = 300 THEN 1 ELSE a END"), SQLITE_CONSTRAINT);
	CHECK(sample_right_or_refused(s.db));
	CHECK_INT(files_count(test_folder()), files);
	sealed_close(&s);
}

#define NEEDLE "a needle in what is put aside"

/* The raw bytes of the open files of this process that have lost their names in the tests' folder. */
static size_t nameless(struct buf *out)
{
	size_t count = 0;

	for (int fd = 0; fd < 64; fd++) {
		char link[64], target[600], data[4096];
		ssize_t n;

		snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
		n = readlink(link, target, sizeof target - 1);
		target[n > 0 ? n : 0] = '\0';
		if (n <= 0 || strstr(target, "/.temporary-") == NULL)
			continue;
		count++;
		for (off_t at = 0; (n = pread(fd, data, sizeof data, at)) > 0; at += n)
			buf_add(out, data, (size_t)n);
	}
	return count;
}

/* A temporary table and a sort, both larger than the cache: equal to what memory would hold, and unreadable where they lie. */
static void test_what_is_put_aside_is_sealed(void)
{
	struct buf raw = BUF_INIT;
	struct sealed s;
	int files;

	make_sample(&s, file_at("a"));
	files = files_count(test_folder());
	CHECK_INT(run(s.db, "CREATE TEMP TABLE big(a INTEGER PRIMARY KEY, b); PRAGMA temp.cache_size = 8;"
	    "WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r WHERE i < 20000) INSERT INTO big SELECT i, '" NEEDLE " ' || (i * 7919 % 20011) FROM r;"
	    "DELETE FROM big WHERE a % 3 = 0; UPDATE big SET b = b || ' changed' WHERE a % 5 = 0"), SQLITE_OK);
	CHECK(nameless(&raw) > 0);
	CHECK(raw.len > 500000);
	CHECK(memmem(raw.data, raw.len, NEEDLE, strlen(NEEDLE)) == NULL);
	CHECK_INT(files_count(test_folder()), files);
	CHECK_INT(number(s.db, "SELECT count(*) FROM big"), 20000 - 6666);
	CHECK_INT(number(s.db, "SELECT count(*) FROM big WHERE b = '" NEEDLE " ' || (a * 7919 % 20011) || CASE WHEN a % 5 = 0 THEN ' changed' ELSE '' END"),
	    20000 - 6666);
	/* Three megabytes to sort: a piece is larger than the cache, so pieces are merged from the file. */
	CHECK_INT(number(s.db, "SELECT count(*) FROM (SELECT b, lag(b) OVER (ORDER BY b) AS before FROM (SELECT b || hex(zeroblob(100)) AS b FROM big))"
	    " WHERE before >= b"), 0);
	CHECK_INT(run(s.db, "BEGIN; DELETE FROM big WHERE a > 100; ROLLBACK"), SQLITE_OK);
	CHECK_INT(number(s.db, "SELECT count(*) FROM big"), 20000 - 6666);
	buf_release(&raw);
	sealed_close(&s);
	CHECK_INT(nameless(&raw), 0);
	buf_release(&raw);
}

static void test_reserved_bytes_are_not_sqlites(void)
{
	static unsigned char page[VFS_PAGE];
	struct sealed s;
	struct err e = ERR_INIT;
	sqlite3_file *file = NULL;
	sqlite3_int64 size = 0;

	make_sample(&s, file_at("a"));
	REQUIRE(sqlite3_file_control(s.db, "main", SQLITE_FCNTL_FILE_POINTER, &file) == SQLITE_OK);
	run(s.db, "PRAGMA wal_checkpoint(TRUNCATE)");
	REQUIRE(file->pMethods->xFileSize(file, &size) == SQLITE_OK);
	page[VFS_PAGE - 1] = 1;
	CHECK_INT(file->pMethods->xWrite(file, page, VFS_PAGE, size), SQLITE_IOERR_WRITE);
	page[VFS_PAGE - 1] = 0;
	CHECK_INT(file->pMethods->xWrite(file, page, 512, size), SQLITE_IOERR_WRITE);

	/* Growth past the end leaves no page that does not open. */
	CHECK_INT(file->pMethods->xWrite(file, page, VFS_PAGE, size + 30 * VFS_PAGE), SQLITE_OK);
	CHECK_INT(file->pMethods->xTruncate(file, size + 70 * VFS_PAGE), SQLITE_OK);
	CHECK_INT(file->pMethods->xSync(file, SQLITE_SYNC_NORMAL), SQLITE_OK);
	CHECK_INT(file_length(file_at("a")), VFS_DATABASE + size + 70 * VFS_PAGE);
	REQUIRE_OK(vfs_check(s.v, &e));
	CHECK_INT(file->pMethods->xTruncate(file, size), SQLITE_OK);
	CHECK(whole(s.db));
	sealed_close(&s);
}

static void test_wrong_key(void)
{
	unsigned char other[VFS_KEY_SIZE];
	struct sealed s;

	make_sample(&s, file_at("a"));
	sealed_close(&s);
	memcpy(other, key, sizeof other);
	other[31] ^= 1;
	REQUIRE(vfs_open(file_at("a"), NULL, false, &s.v, NULL) == 0 && vfs_lock(s.v, NULL) == 0 && vfs_register(s.v, other, NULL) == 0);
	CHECK(!connect_to(&s));
	CHECK_INT(sqlite3_extended_errcode(s.db), SQLITE_IOERR_DATA);
	sealed_close(&s);
}

int main(int argc, char **argv)
{
	static const struct test tests[] = {
		TEST(test_random_work_equals_plain),
		TEST(test_spilled_transaction_survives_a_copy),
		TEST(test_savepoint_after_spill_loses_nothing),
		TEST(test_one_flipped_bit_in_every_page),
		TEST(test_swapped_cut_and_lengthened),
		TEST(test_one_flipped_bit_in_the_log),
		TEST(test_frame_put_in_the_place_of_another),
		TEST(test_torn_first_page),
		TEST(test_planted_journal),
		TEST(test_refusals),
		TEST(test_what_is_put_aside_is_sealed),
		TEST(test_reserved_bytes_are_not_sqlites),
		TEST(test_wrong_key),
		TEST_END
	};
	struct err e = ERR_INIT;

	if (crypto_start(&e) != 0)
		return 99;
	return test_main(argc, argv, tests);
}
