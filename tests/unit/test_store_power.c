/* The store and the current: a VFS underneath that remembers what was not synced yet. At some write or sync the current fails: each write since
 * the last sync of its file is then kept, lost, or torn by sectors of 512 bytes. Every commit that was acknowledged must be there. And the store
 * and a full disk: what failed is not there, what did not is, and work goes on when there is room again. */
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "crypto/kdf.h"
#include "crypto/secret.h"
#include "store/store_internal.h"
#include "tests/unit/test.h"
#include "tests/unit/test_files.h"

#define ROUNDS 120
#define SECTOR 512

static const struct migration steps[] = { { 1, "CREATE TABLE t(a INTEGER PRIMARY KEY, b TEXT)", NULL }, { 0, NULL, NULL } };
static const struct store_options plain = { .migrations = steps };
static const struct store_options failing = { .migrations = steps, .under = "power" };
static const struct store_key secret = { .passphrase = "the passphrase" };

/* -- the disk ---------------------------------------------------------------------------------------------------------- */

struct pending {
	struct pending *next;
	sqlite3_int64 offset;		/* of a write; the length of a truncation, whose data is NULL */
	size_t len;
	unsigned char *data;
};

/* One of the store's two files, by name: what is certainly on the disk, and what is under way. */
struct disk {
	char path[600];
	struct buf durable;
	struct pending *first, **end;
};

struct power_file {
	sqlite3_file base;
	struct disk *disk;
	sqlite3_file *under;
};

static struct disk disks[2];
static sqlite3_vfs power, *unix_vfs;
static int calls_left;			/* until the current fails; 0: it does not */
static int room_left = -1;		/* writes until the disk is full; below zero: it never is */
static int full_for;			/* writes that fail then */
static int *acknowledged;		/* shared with the parent */
static enum { KEPT, LOST, MIXED } fate;

static void set_length(struct buf *b, size_t len)
{
	static const char zero[SECTOR];

	while (b->len < len)
		buf_add(b, zero, len - b->len < SECTOR ? len - b->len : SECTOR);
	buf_cut(b, len);
}

static void put(struct buf *b, sqlite3_int64 offset, const unsigned char *data, size_t len)
{
	if (b->len < (size_t)offset + len)
		set_length(b, (size_t)offset + len);
	memcpy(b->data + offset, data, len);
}

static void settle(struct disk *d, bool cut)
{
	for (struct pending *p = d->first, *next; p != NULL; p = next) {
		int kept = !cut || fate == KEPT ? 0 : fate == LOST ? 1 : (int)(test_random() % 3);

		if (kept == 0 && p->data == NULL)
			set_length(&d->durable, (size_t)p->offset);
		else if (kept == 0)
			put(&d->durable, p->offset, p->data, p->len);
		for (size_t at = 0; kept == 2 && p->data != NULL && at < p->len; at += SECTOR)
			if (test_random() % 2 == 0)
				put(&d->durable, p->offset + (sqlite3_int64)at, p->data + at, p->len - at < SECTOR ? p->len - at : SECTOR);
		next = p->next;
		free(p->data);
		free(p);
	}
	d->first = NULL;
	d->end = &d->first;
}

/* What the disk has is put beside the store under other names, and the process is gone. */
static void fail_perhaps(void)
{
	if (calls_left == 0 || --calls_left > 0)
		return;
	for (int i = 0; i < 2; i++) {
		struct buf path = BUF_INIT;

		if (disks[i].path[0] == '\0')
			continue;
		settle(&disks[i], true);
		buf_addf(&path, "%s.cut", disks[i].path);
		file_put(path.data, disks[i].durable.data != NULL ? disks[i].durable.data : "", disks[i].durable.len);
		buf_release(&path);
	}
	_exit(0);
}

static void remember(struct disk *d, sqlite3_int64 offset, const void *data, size_t len)
{
	struct pending *p = mem_zero(1, sizeof *p);

	p->offset = offset;
	p->len = len;
	if (data != NULL)
		p->data = memcpy(mem_alloc(len), data, len);
	*d->end = p;
	d->end = &p->next;
	fail_perhaps();
}

/* -- the VFS ------------------------------------------------------------------------------------------------------------ */

static struct power_file *self(sqlite3_file *file)
{
	return (struct power_file *)file;
}

static int close_(sqlite3_file *file)
{
	settle(self(file)->disk, false);
	return self(file)->under->pMethods->xClose(self(file)->under);
}

static int read_(sqlite3_file *file, void *data, int len, sqlite3_int64 offset)
{
	return self(file)->under->pMethods->xRead(self(file)->under, data, len, offset);
}

/* A full disk takes a part of a write now and then. */
static bool is_full(sqlite3_file *file, const void *data, int len, sqlite3_int64 offset)
{
	if (room_left < 0 || room_left-- > 0 || full_for-- <= 0)
		return false;
	room_left = 0;
	if (full_for % 2 == 0)
		self(file)->under->pMethods->xWrite(self(file)->under, data, len / 2, offset);
	return true;
}

static int write_(sqlite3_file *file, const void *data, int len, sqlite3_int64 offset)
{
	if (is_full(file, data, len, offset))
		return SQLITE_FULL;
	remember(self(file)->disk, offset, data, (size_t)len);
	return self(file)->under->pMethods->xWrite(self(file)->under, data, len, offset);
}

static int truncate_(sqlite3_file *file, sqlite3_int64 size)
{
	remember(self(file)->disk, size, NULL, 0);
	return self(file)->under->pMethods->xTruncate(self(file)->under, size);
}

static int sync_(sqlite3_file *file, int flags)
{
	(void)flags;
	fail_perhaps();
	settle(self(file)->disk, false);
	return SQLITE_OK;
}

static int size_(sqlite3_file *file, sqlite3_int64 *size)
{
	return self(file)->under->pMethods->xFileSize(self(file)->under, size);
}

static int lock_(sqlite3_file *file, int level)
{
	return self(file)->under->pMethods->xLock(self(file)->under, level);
}

static int unlock_(sqlite3_file *file, int level)
{
	return self(file)->under->pMethods->xUnlock(self(file)->under, level);
}

static int reserved_(sqlite3_file *file, int *held)
{
	return self(file)->under->pMethods->xCheckReservedLock(self(file)->under, held);
}

static int control_(sqlite3_file *file, int op, void *arg)
{
	return self(file)->under->pMethods->xFileControl(self(file)->under, op, arg);
}

static int sector_(sqlite3_file *file)
{
	(void)file;
	return SECTOR;
}

static int traits_(sqlite3_file *file)
{
	(void)file;
	return 0;
}

static const sqlite3_io_methods methods = {
	.iVersion = 1, .xClose = close_, .xRead = read_, .xWrite = write_, .xTruncate = truncate_, .xSync = sync_, .xFileSize = size_, .xLock = lock_,
	.xUnlock = unlock_, .xCheckReservedLock = reserved_, .xFileControl = control_, .xSectorSize = sector_, .xDeviceCharacteristics = traits_,
};

static int open_(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out_flags)
{
	struct power_file *f = self(file);
	struct disk *d = &disks[flags & SQLITE_OPEN_WAL ? 1 : 0];
	int rc;

	(void)vfs;
	f->under = (sqlite3_file *)(f + 1);
	f->base.pMethods = NULL;
	rc = unix_vfs->xOpen(unix_vfs, name, f->under, flags, out_flags);
	if (rc != SQLITE_OK)
		return rc;
	snprintf(d->path, sizeof d->path, "%s", name);
	buf_release(&d->durable);
	d->durable = file_bytes(name);
	d->first = NULL;
	d->end = &d->first;
	f->disk = d;
	f->base.pMethods = &methods;
	return SQLITE_OK;
}

static void register_power(void)
{
	unix_vfs = sqlite3_vfs_find(NULL);
	power = *unix_vfs;
	power.zName = "power";
	power.pNext = NULL;
	power.szOsFile = (int)sizeof(struct power_file) + unix_vfs->szOsFile;
	power.xOpen = open_;
	sqlite3_vfs_register(&power, 0);
}

/* -- the work ------------------------------------------------------------------------------------------------------------ */

static int64_t number(struct store *s, const char *sql)
{
	sqlite3_stmt *st = store_prepare_once(s, sql, NULL);
	int64_t n = st != NULL && store_step(s, st, NULL) == 1 ? sqlite3_column_int64(st, 0) : -1;

	sqlite3_finalize(st);
	return n;
}

static int write_row(struct store *s, int64_t a, struct err *e)
{
	sqlite3_stmt *st;

	if (store_begin(s, e) != 0 || store_begin(s, e) != 0)
		return -1;
	if (a % 4 == 0)
		store_exec(s, "UPDATE t SET b = b || 'y' WHERE a > 1000050; INSERT INTO t(b) VALUES(hex(randomblob(3000)))", e);
	store_rollback(s);
	st = store_prepare(s, "INSERT INTO t VALUES(?1, hex(randomblob(40)))", e);
	sqlite3_bind_int64(st, 1, a);
	if (store_run(s, st, e) != 0)
		return -1;
	if (a % 5 == 0)
		store_exec(s, "WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r WHERE i < 200)"
		    "INSERT OR REPLACE INTO t SELECT 1000000 + i, hex(randomblob(100)) FROM r; DELETE FROM t WHERE a % 7 = 3 AND a > 1000000", e);
	return store_commit(s, e);
}

static void commit_until_cut(const char *path)
{
	struct err e = ERR_INIT;
	struct store *s = NULL;

	register_power();
	if (store_open_with(path, &secret, &failing, &s, &e) != 0) {
		test_note("the child: %s", e.text);
		_exit(10);
	}
	store_exec(s, "PRAGMA cache_size = 8; PRAGMA wal_autocheckpoint = 20", &e);
	for (int a = *acknowledged + 1;; a++) {
		if (write_row(s, number(s, "SELECT coalesce(max(a), 0) + 1 FROM t WHERE a < 1000000"), &e) != 0) {
			test_note("the child: %s", e.text);
			_exit(11);
		}
		*acknowledged = a;
	}
}

/* From what the disk has after the cut. The row under way may be there or not. */
static bool verify(const char *path, int *rows)
{
	struct err e = ERR_INIT;
	struct store *s;
	char copy[620];

	snprintf(copy, sizeof copy, "%s.look", path);
	file_copy(path, copy);
	strcat(copy, "-wal");
	unlink(copy);
	if (fs_exists(file_at("p-wal")))
		file_copy(file_at("p-wal"), copy);
	copy[strlen(copy) - 4] = '\0';
	if (!CHECK_INT(store_open_with(copy, &secret, &plain, &s, &e), 0) || !CHECK_INT(store_check(s, &e), 0)) {
		test_note("%s", e.text);
		return false;
	}
	*rows = (int)number(s, "SELECT count(*) FROM t WHERE a < 1000000");
	store_close(s);
	return CHECK(*rows == *acknowledged || *rows == *acknowledged + 1);
}

static bool cut_round(const char *path)
{
	char cut[620], wal[620];
	pid_t child;
	int status, rows;

	fate = (int)(test_random() % 4) == 0 ? KEPT : (int)(test_random() % 3) == 0 ? LOST : MIXED;
	calls_left = 1 + (int)(test_random() % (test_random() % 2 ? 12 : 200));
	fflush(stdout);
	child = fork();
	if (child == 0)
		commit_until_cut(path);
	if (!CHECK(waitpid(child, &status, 0) == child) || !CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0))
		return false;
	snprintf(cut, sizeof cut, "%s.cut", path);
	CHECK(rename(cut, path) == 0);
	snprintf(wal, sizeof wal, "%s-wal", path);
	snprintf(cut, sizeof cut, "%s-wal.cut", path);
	if (fs_exists(cut))
		CHECK(rename(cut, wal) == 0);
	if (!verify(path, &rows))
		return false;
	*acknowledged = rows;
	return true;
}

static void test_no_commit_is_lost(void)
{
	struct err e = ERR_INIT;
	struct store *s;
	char path[600];

	snprintf(path, sizeof path, "%s", file_at("p"));
	acknowledged = mmap(NULL, sizeof *acknowledged, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	REQUIRE(acknowledged != MAP_FAILED);
	*acknowledged = 0;
	REQUIRE_OK(store_create_with(path, &secret, &plain, &s, &e));
	store_close(s);
	for (int i = 0; i < ROUNDS; i++)
		if (!cut_round(path)) {
			test_note("round %d, %d rows", i, *acknowledged);
			break;
		}
	test_note("%d rows", *acknowledged);
	CHECK(*acknowledged > ROUNDS / 2);
}

/* Rows written while the disk is full at the n-th write and for some after it; how many were acknowledged. */
static int write_rows(struct store *s, int n, int64_t first)
{
	struct err e = ERR_INIT;
	int good = 0;

	room_left = n;
	full_for = 1 + n % 9;
	for (int i = 0; i < 8; i++) {
		if (write_row(s, first + i, &e) == 0)
			good++;
		else
			CHECK_INT(e.code, ERR_REFUSED);
		while (s->depth > 0)
			store_rollback(s);
	}
	room_left = -1;
	return good;
}

static void test_a_full_disk(void)
{
	struct err e = ERR_INIT;
	struct store *s;
	int64_t rows = 0;
	int refused = 0;

	calls_left = 0;
	register_power();
	REQUIRE_OK(store_create_with(file_at("f"), &secret, &plain, &s, &e));
	store_close(s);
	for (int n = 0; n < 60; n++) {
		int good;

		REQUIRE_OK(store_open_with(file_at("f"), &secret, &failing, &s, &e));
		store_exec(s, "PRAGMA wal_autocheckpoint = 10", &e);
		good = write_rows(s, n, 10 * n + 1);
		refused += 8 - good;
		REQUIRE_OK(write_row(s, 10 * n + 9, &e));
		rows += good + 1;
		if (n % 2 == 0) {
			REQUIRE_OK(store_check(s, &e));
			CHECK_INT(number(s, "SELECT count(*) FROM t WHERE a < 1000000"), rows);
		}
		store_close(s);
	}
	REQUIRE_OK(store_open_with(file_at("f"), &secret, &plain, &s, &e));
	REQUIRE_OK(store_check(s, &e));
	CHECK_INT(number(s, "SELECT count(*) FROM t WHERE a < 1000000"), rows);
	store_close(s);
	CHECK(refused > 10);
}

int main(int argc, char **argv)
{
	static const struct test tests[] = { TEST(test_no_commit_is_lost), TEST(test_a_full_disk), TEST_END };
	struct err e = ERR_INIT;

	if (crypto_start(&e) != 0)
		return 99;
	kdf_cost_for_tests((struct kdf_cost){ 1, 8 });
	return test_main(argc, argv, tests);
}
