/* What sealing costs: CPU time of the sealed store against plain SQLite with the same settings, on the same work, in one run. Each figure is
 * the median of an odd number of rounds in which the two take turns; the ratios hold, the times are this machine's.
 *
 *     bench_store [folder] [rounds]
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "crypto/secret.h"
#include "store/store_internal.h"

#define ROUNDS_MAX 31
#define COMMITS 2000
#define ROWS 200000
#define READS 20000
#define OPENS 50
#define TEXT_SIZE 90

static const struct migration steps[] = {
	{ 1, "CREATE TABLE person(id INTEGER PRIMARY KEY, name TEXT, phone TEXT);"
	    "CREATE INDEX person_phone ON person(phone)", NULL },
	{ 0, NULL, NULL }
};
static const struct store_options options = { .migrations = steps };

/* One of the two: a connection, and how to open and close it. */
struct side {
	char path[512], key_file[512];
	bool sealed;
	struct store *store;
	unsigned char data_key[VFS_KEY_SIZE];
	sqlite3 *db;
};

static void die(const char *what)
{
	fprintf(stderr, "bench_store: %s\n", what);
	exit(1);
}

static void run(sqlite3 *db, const char *sql)
{
	if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
		die(sqlite3_errmsg(db));
}

static void open_database(struct side *side, const char *path, const char *vfs)
{
	if (sqlite3_open_v2(path, &side->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, vfs) != SQLITE_OK)
		die(sqlite3_errmsg(side->db));
	run(side->db, "PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -2048; PRAGMA temp_store = MEMORY;"
	    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA cache_spill = 65536;"
	    "PRAGMA wal_autocheckpoint = 1000; PRAGMA journal_size_limit = 4194304; SELECT count(*) FROM sqlite_schema");
}

static void open_side(struct side *side)
{
	struct store_key key = { .key_file = side->key_file };
	struct err e = ERR_INIT;

	if (!side->sealed) {
		open_database(side, side->path, "unix");
		return;
	}
	if (store_open_with(side->path, &key, &options, &side->store, &e) != 0)
		die(e.text);
	side->db = store_db(side->store);
}

static void close_side(struct side *side)
{
	if (side->sealed)
		store_close(side->store);
	else if (sqlite3_close(side->db) != SQLITE_OK)
		die("plain SQLite does not close");
}

static void create_side(struct side *side)
{
	struct store_key key = { .key_file = side->key_file };
	struct err e = ERR_INIT;

	unlink(side->path);
	unlink(side->key_file);
	if (side->sealed) {
		if (store_create_with(side->path, &key, &options, &side->store, &e) != 0)
			die(e.text);
		side->db = store_db(side->store);
		memcpy(side->data_key, side->store->data_key, VFS_KEY_SIZE);
	} else {
		open_database(side, side->path, "unix");
		run(side->db, steps[0].sql);
	}
}

/* -- the work: each returns what it counted, so that both sides can be compared ------------------------------------------ */

static uint64_t seed;

static uint32_t next_random(void)
{
	seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)(seed >> 33);
}

static sqlite3_stmt *prepare(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *st;

	if (sqlite3_prepare_v2(db, sql, -1, &st, NULL) != SQLITE_OK)
		die(sqlite3_errmsg(db));
	return st;
}

static void insert_one(sqlite3_stmt *st)
{
	char name[TEXT_SIZE + 1], phone[16];

	for (int i = 0; i < TEXT_SIZE; i++)
		name[i] = (char)('a' + next_random() % 26);
	snprintf(phone, sizeof phone, "+7917%07u", next_random() % 10000000);
	sqlite3_bind_text(st, 1, name, TEXT_SIZE, SQLITE_STATIC);
	sqlite3_bind_text(st, 2, phone, -1, SQLITE_STATIC);
	if (sqlite3_step(st) != SQLITE_DONE)
		die("an insert failed");
	sqlite3_reset(st);
}

static int64_t small_commits(struct side *side)
{
	sqlite3_stmt *st = prepare(side->db, "INSERT INTO person(name, phone) VALUES(?1, ?2)");

	for (int i = 0; i < COMMITS; i++)
		insert_one(st);
	sqlite3_finalize(st);
	return COMMITS;
}

static int64_t one_transaction(struct side *side)
{
	sqlite3_stmt *st = prepare(side->db, "INSERT INTO person(name, phone) VALUES(?1, ?2)");

	run(side->db, "BEGIN IMMEDIATE");
	for (int i = 0; i < ROWS; i++)
		insert_one(st);
	run(side->db, "COMMIT");
	sqlite3_finalize(st);
	return ROWS;
}

static int64_t random_reads(struct side *side)
{
	sqlite3_stmt *st = prepare(side->db, "SELECT length(name) FROM person WHERE id = ?1");
	int64_t sum = 0;

	for (int i = 0; i < READS; i++) {
		sqlite3_bind_int64(st, 1, 1 + next_random() % ROWS);
		if (sqlite3_step(st) == SQLITE_ROW)
			sum += sqlite3_column_int64(st, 0);
		sqlite3_reset(st);
	}
	sqlite3_finalize(st);
	return sum;
}

static int64_t full_scan(struct side *side)
{
	sqlite3_stmt *st = prepare(side->db, "SELECT sum(length(name)) FROM person");
	int64_t sum;

	if (sqlite3_step(st) != SQLITE_ROW)
		die("a scan failed");
	sum = sqlite3_column_int64(st, 0);
	sqlite3_finalize(st);
	return sum;
}

static int64_t open_and_close(struct side *side)
{
	for (int i = 0; i < OPENS; i++) {
		close_side(side);
		open_side(side);
	}
	return OPENS;
}

/* The pages alone: a connection on a file whose key is known. */
static int64_t open_with_raw_key(struct side *side)
{
	close_side(side);
	for (int i = 0; i < OPENS; i++) {
		struct vfs *v = NULL;

		if (!side->sealed) {
			open_database(side, side->path, "unix");
		} else {
			if (vfs_open(side->path, NULL, false, &v, NULL) != 0 || vfs_lock(v, NULL) != 0
			    || vfs_register(v, side->data_key, NULL) != 0)
				die("the sealed file does not open");
			open_database(side, vfs_path(v), vfs_name(v));
		}
		sqlite3_close(side->db);
		vfs_close(v);
	}
	open_side(side);
	return OPENS;
}

static int64_t large_cache(struct side *side)
{
	run(side->db, "PRAGMA cache_size = -100000");
	return full_scan(side);
}

/* In this order: each works on what the ones before it left. */
static const struct work { const char *name; int64_t (*run)(struct side *side); bool shown; } works[] = {
	{ "2,000 small commits", small_commits, true },
	{ "200,000 rows in one transaction", one_transaction, true },
	{ "open and close, raw key", open_with_raw_key, true },
	{ "open and close, whole store, key file", open_and_close, true },
	{ "random reads, 2 MiB cache", random_reads, true },
	{ "full scan, 2 MiB cache", full_scan, true },
	{ "a cache that holds all, filling it", large_cache, false },
	{ "random reads, all in the cache", random_reads, true },
	{ "full scan, all in the cache", full_scan, true },
};
#define WORKS (sizeof works / sizeof works[0])

static int compare(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static int64_t median(int64_t *values, int count)
{
	qsort(values, (size_t)count, sizeof *values, compare);
	return values[count / 2];
}

static void round_of(struct side *sides, int64_t times[WORKS][2][ROUNDS_MAX], int n)
{
	create_side(&sides[0]);
	create_side(&sides[1]);
	for (size_t w = 0; w < WORKS; w++) {
		int64_t counted[2];

		for (int k = 0; k < 2; k++) {
			int i = (k + n) % 2;	/* who goes first changes from round to round */
			int64_t start;

			seed = 1 + w;
			start = clock_cpu_us();
			counted[i] = works[w].run(&sides[i]);
			times[w][i][n] = clock_cpu_us() - start;
		}
		if (counted[0] != counted[1])
			die("the two do not agree");
	}
	close_side(&sides[0]);
	close_side(&sides[1]);
}

int main(int argc, char **argv)
{
	static int64_t times[WORKS][2][ROUNDS_MAX];
	const char *folder = argc > 1 ? argv[1] : "/tmp";
	int rounds = argc > 2 ? atoi(argv[2]) : 5;
	struct side sides[2] = { { .sealed = false }, { .sealed = true } };
	struct err e = ERR_INIT;

	if (rounds < 1 || rounds > ROUNDS_MAX || crypto_start(&e) != 0)
		die("usage: bench_store [folder] [rounds]");
	for (int i = 0; i < 2; i++) {
		snprintf(sides[i].path, sizeof sides[i].path, "%.400s/bench-%ld-%d.ldb", folder, (long)getpid(), i);
		snprintf(sides[i].key_file, sizeof sides[i].key_file, "%.400s/bench-%ld-%d.key", folder, (long)getpid(), i);
	}
	for (int n = 0; n < rounds; n++)
		round_of(sides, times, n);
	for (int i = 0; i < 2; i++) {
		unlink(sides[i].path);
		unlink(sides[i].key_file);
	}
	printf("%-38s %12s %12s %7s\n", "CPU time, median", "plain, ms", "sealed, ms", "ratio");
	for (size_t w = 0; w < WORKS; w++) {
		double plain = (double)median(times[w][0], rounds) / 1000, sealed = (double)median(times[w][1], rounds) / 1000;

		if (works[w].shown)
			printf("%-38s %12.2f %12.2f %7.2f\n", works[w].name, plain, sealed, plain > 0 ? sealed / plain : 0);
	}
	return 0;
}
