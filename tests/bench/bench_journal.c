/* What the journal costs, without the sealed store: CPU time against a plain insert of the same rows in the same run, median of several rounds.
 * Rows, page cache and settings are those of an import or a large sync: one transaction, WAL, synchronous=FULL, a cache of 16 MiB. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/mem.h"
#include "store/dictionary.h"
#include "store/functions.h"
#include "store/journal.h"
#include "store/merge.h"
#include "store/migrate.h"

#define PEOPLE 100000
#define EDITS 10000
#define ROUNDS_MAX 15

enum measure { PLAIN, CAPTURE, CAPTURE_EDITS, WRITE, MERGE, KNOWN, MEASURES };

static double figures[MEASURES][ROUNDS_MAX];	/* seconds of CPU time */

struct person { char id[24], name[128], phone[16], email[32], organisation[24], post[64], municipality[9], note[96]; };

static struct person *people;			/* made before anything is measured */

struct lines {
	struct buf text;
	uint64_t last;
	int64_t count;
};

static _Noreturn void die(const char *what, const char *why)
{
	fprintf(stderr, "bench_journal: %s: %s\n", what, why);
	exit(1);
}

static void exec(sqlite3 *db, const char *sql)
{
	if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
		die(sql, sqlite3_errmsg(db));
}

static void remove_database(const char *path)
{
	static const char *const ends[] = { "", "-wal", "-shm" };
	char name[4096];

	for (int i = 0; i < 3; i++) {
		snprintf(name, sizeof name, "%s%s", path, ends[i]);
		unlink(name);
	}
}

static sqlite3 *open_database(const char *path)
{
	struct err e = ERR_INIT;
	sqlite3 *db;

	remove_database(path);
	if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK || functions_register(db, &e) != 0)
		die(path, e.text);
	exec(db, "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY;"
	    "PRAGMA secure_delete = ON; PRAGMA cache_size = -16384");
	if (migrate_run(db, migrations, &e) != 0)
		die(path, e.text);
	return db;
}

/* Names as they are in the region: the same few surnames, given names and patronymics in ever other combinations. */
static void make_person(int i, struct person *p)
{
	static const char *const surnames[] = { "Галимов", "Ахметов", "Хасанов", "Юлдашев", "Иванов", "Ҡотлоғужин", "Мөхәмәтйәнов", "Шәрипов",
	    "Петров", "Валеев", "Сафин", "Буранбаев", "Ғәлиев" };
	static const char *const given[] = { "Айгуль", "Рустам", "Зиля", "Ильдар", "Гөлнара", "Николай", "Әлфиә", "Марат", "Ҙәйнәб", "Елена", "Азат" };
	static const char *const fathers[] = { "Рустамовна", "Фаритович", "Маратовна", "Ильдарович", "Ринатовна", "Иванович", "Сәлимйән ҡыҙы" };
	static const char *const posts[] = { "библиотекарь", "директор", "учитель", "председатель ТОС", "специалист администрации" };

	snprintf(p->id, sizeof p->id, "aaaaaaaa-%d", i + 1);
	snprintf(p->name, sizeof p->name, "%s %s %s", surnames[i * 7 % 13], given[i * 5 % 11], fathers[i * 3 % 7]);
	snprintf(p->phone, sizeof p->phone, "+7917%07d", i * 37 % 10000000);
	snprintf(p->email, sizeof p->email, "a%d@example.org", i);
	snprintf(p->organisation, sizeof p->organisation, "aaaaaaaa-%d", 1 + i % 500);
	snprintf(p->post, sizeof p->post, "%s", posts[i % 5]);
	snprintf(p->municipality, sizeof p->municipality, "%s", schema_municipalities[i % 63].code);
	if (i % 10 == 0)
		snprintf(p->note, sizeof p->note, "познакомились на семинаре №%d", i % 60);
}

static void bind_person(sqlite3_stmt *st, const struct person *p, const char *id)
{
	sqlite3_bind_text(st, 1, id, -1, SQLITE_STATIC);
	sqlite3_bind_text(st, 2, p->name, -1, SQLITE_STATIC);
	sqlite3_bind_text(st, 3, p->phone, -1, SQLITE_STATIC);
	sqlite3_bind_text(st, 4, p->email, -1, SQLITE_STATIC);
	sqlite3_bind_text(st, 5, p->organisation, -1, SQLITE_STATIC);
	sqlite3_bind_text(st, 6, p->post, -1, SQLITE_STATIC);
	sqlite3_bind_text(st, 7, p->municipality, -1, SQLITE_STATIC);
	sqlite3_bind_text(st, 8, p->note[0] != '\0' ? p->note : NULL, -1, SQLITE_STATIC);
}

static double insert_people(sqlite3 *db, struct journal *j)
{
	int64_t start = clock_cpu_us();
	struct err e = ERR_INIT;
	sqlite3_stmt *st;

	exec(db, "BEGIN IMMEDIATE");
	if (sqlite3_prepare_v2(db, "INSERT INTO person(id, name, phone, email, organisation, post, municipality, note) VALUES(?, ?, ?, ?, ?, ?, ?, ?)",
	    -1, &st, NULL) != SQLITE_OK)
		die("prepare", sqlite3_errmsg(db));
	for (int i = 0; i < PEOPLE; i++) {
		char id[RECORD_ID_SIZE];

		if (j != NULL)
			journal_new_id(j, id);
		bind_person(st, &people[i], j != NULL ? id : people[i].id);
		if (sqlite3_step(st) != SQLITE_DONE)
			die("insert", sqlite3_errmsg(db));
		sqlite3_reset(st);
	}
	sqlite3_finalize(st);
	if (j != NULL && journal_before_commit(j, &e) != 0)
		die("commit", e.text);
	exec(db, "COMMIT");
	return (double)(clock_cpu_us() - start) / 1e6;
}

static double edit_people(sqlite3 *db, struct journal *j)
{
	int64_t start = clock_cpu_us();
	struct err e = ERR_INIT;
	sqlite3_stmt *st;

	exec(db, "BEGIN IMMEDIATE");
	if (sqlite3_prepare_v2(db, "UPDATE person SET phone = ? WHERE id = ?", -1, &st, NULL) != SQLITE_OK)
		die("prepare", sqlite3_errmsg(db));
	for (int i = 0; i < EDITS; i++) {
		char id[RECORD_ID_SIZE], phone[16];

		snprintf(id, sizeof id, "aaaaaaaa-%d", 1 + (int)((int64_t)i * 7919 % PEOPLE));
		snprintf(phone, sizeof phone, "+7927%07d", i);
		sqlite3_bind_text(st, 1, phone, -1, SQLITE_STATIC);
		sqlite3_bind_text(st, 2, id, -1, SQLITE_STATIC);
		if (sqlite3_step(st) != SQLITE_DONE)
			die("update", sqlite3_errmsg(db));
		sqlite3_reset(st);
	}
	sqlite3_finalize(st);
	if (journal_before_commit(j, &e) != 0)
		die("commit", e.text);
	exec(db, "COMMIT");
	return (double)(clock_cpu_us() - start) / 1e6;
}

static int add_line(void *context, const struct operation *op, struct err *e)
{
	struct lines *l = context;
	struct buf *out = &l->text;

	(void)e;
	buf_addc(out, '[');
	buf_addi(out, (long long)(op->hlc - l->last));
	buf_addc(out, ',');
	buf_addi(out, op->tbl);
	buf_addc(out, ',');
	buf_addi(out, op->kind);
	buf_add(out, ",\"", 2);
	buf_add(out, op->pk, op->pk_len);
	buf_add(out, "\",", 2);
	buf_add(out, op->body, op->body_len);
	buf_add(out, "]\n", 2);
	l->last = op->hlc;
	l->count++;
	return 0;
}

static double write_lines(struct journal *j, struct lines *l)
{
	int64_t start = clock_cpu_us();
	struct err e = ERR_INIT;

	buf_reset(&l->text);
	l->last = 0;
	l->count = 0;
	if (journal_each(j, 1, 1, INT64_MAX, add_line, l, &e) != 0)
		die("write", e.text);
	return (double)(clock_cpu_us() - start) / 1e6;
}

static double merge_lines(sqlite3 *db, struct journal *j, struct dictionary_map *map, const struct lines *l, enum merge_result want)
{
	int64_t start = clock_cpu_us(), dhlc;
	struct operation op = { .dev = 0 };
	struct buf scratch = BUF_INIT;
	struct err e = ERR_INIT;
	enum merge_result result;

	exec(db, "BEGIN IMMEDIATE");
	op.dev = journal_device(j, "aaaaaaaa", &e);
	if (merge_begin(j, &e) != 0)
		die("merge", e.text);
	for (const char *p = l->text.data, *end = p + l->text.len; p < end;) {
		const char *lf = memchr(p, '\n', (size_t)(end - p));

		if (dictionary_translate(map, p, (size_t)(lf - p), &op, &dhlc, &scratch, &e) != 0)
			die("translate", e.text);
		op.seq++;
		op.hlc += (uint64_t)dhlc;
		if (merge_operation(j, &op, &result, &e) != 0)
			die("merge", e.text);
		if (result != want)
			die("merge", "not as expected");
		p = lf + 1;
	}
	if (journal_before_commit(j, &e) != 0)
		die("commit", e.text);
	exec(db, "COMMIT");
	buf_release(&scratch);
	return (double)(clock_cpu_us() - start) / 1e6;
}

static void round_of_writer(const char *folder, int round, struct lines *l, struct buf *dictionary)
{
	struct err e = ERR_INIT;
	struct journal *j;
	char path[4096];
	sqlite3 *db;

	snprintf(path, sizeof path, "%s/plain.db", folder);
	db = open_database(path);
	figures[PLAIN][round] = insert_people(db, NULL);
	sqlite3_close(db);
	remove_database(path);
	snprintf(path, sizeof path, "%s/writer.db", folder);
	db = open_database(path);
	if (journal_attach(db, "aaaaaaaa", &j, &e) != 0 || journal_before_begin(j, &e) != 0)
		die("attach", e.text);
	figures[CAPTURE][round] = insert_people(db, j);
	figures[CAPTURE_EDITS][round] = edit_people(db, j);
	figures[WRITE][round] = write_lines(j, l);
	buf_reset(dictionary);
	dictionary_write(j, dictionary);
	journal_detach(j);
	sqlite3_close(db);
	remove_database(path);
}

static void round_of_reader(const char *folder, int round, const struct lines *l, const struct buf *dictionary)
{
	struct dictionary_map *map;
	struct err e = ERR_INIT;
	struct journal *j;
	char path[4096];
	sqlite3 *db;

	snprintf(path, sizeof path, "%s/reader.db", folder);
	db = open_database(path);
	if (journal_attach(db, "bbbbbbbb", &j, &e) != 0 || journal_before_begin(j, &e) != 0 ||
	    (map = dictionary_map_read(j, dictionary->data, dictionary->len, &e)) == NULL)
		die("attach", e.text);
	figures[MERGE][round] = merge_lines(db, j, map, l, MERGE_APPLIED);
	figures[KNOWN][round] = merge_lines(db, j, map, l, MERGE_KNOWN);
	if (round == 0 && (journal_check(j, &e) != 0 || journal_count(j, "person") != PEOPLE))
		die("check", e.text);
	dictionary_map_free(map);
	journal_detach(j);
	sqlite3_close(db);
	remove_database(path);
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

static double median(enum measure m, int rounds)
{
	qsort(figures[m], (size_t)rounds, sizeof **figures, compare);
	return figures[m][rounds / 2];
}

static void report(int rounds)
{
	double plain = median(PLAIN, rounds), capture = median(CAPTURE, rounds), all = PEOPLE + EDITS;

	printf("plain insert          %9.0f rows/s\n", PEOPLE / plain);
	printf("capture               %9.0f rows/s    %.2f of a plain insert   (at least 100000, at most 3.50)\n", PEOPLE / capture, capture / plain);
	printf("capture of edits      %9.0f edits/s\n", EDITS / median(CAPTURE_EDITS, rounds));
	printf("write bundle lines    %9.0f ops/s     (at least 1000000)\n", all / median(WRITE, rounds));
	printf("merge                 %9.0f ops/s     (at least 120000)\n", all / median(MERGE, rounds));
	printf("merge what is known   %9.0f ops/s     (at least 700000)\n", all / median(KNOWN, rounds));
}

int main(int argc, char **argv)
{
	struct lines l = { BUF_INIT, 0, 0 };
	struct buf dictionary = BUF_INIT;
	char folder[] = "/tmp/bench_journal.XXXXXX";
	int rounds = argc > 1 ? atoi(argv[1]) : 5;

	if (rounds < 1 || rounds > ROUNDS_MAX || mkdtemp(folder) == NULL)
		die("usage", "bench_journal [ROUNDS, at most 15]");
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);		/* both as the store does */
	sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
	people = mem_zero(PEOPLE, sizeof *people);
	for (int i = 0; i < PEOPLE; i++)
		make_person(i, &people[i]);
	for (int i = 0; i < rounds; i++) {
		round_of_writer(folder, i, &l, &dictionary);
		round_of_reader(folder, i, &l, &dictionary);
	}
	rmdir(folder);
	report(rounds);
	buf_release(&l.text);
	buf_release(&dictionary);
	free(people);
	return 0;
}
