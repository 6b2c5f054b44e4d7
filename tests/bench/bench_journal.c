/* What the journal costs, without the sealed store: CPU time against a plain insert of the same rows in the same run, median of several rounds.
 *
 *     bench_journal [ROUNDS]
 *
 * "Alone" is a table without the indexes that the lists of the program are drawn by; "with indexes" has them, in the plain insert too. */
#include <zstd.h>

#include "store/dictionary.h"
#include "store/functions.h"
#include "store/journal.h"
#include "store/merge.h"
#include "schema/migrate.h"
#include "tests/bench/work.h"

enum measure { PLAIN, PLAIN_EDITS, CAPTURE, CAPTURE_EDITS, WRITE, MERGE, KNOWN, FEW_SMALL, FEW_LARGE, MEASURES };

static double figures[MEASURES][ROUNDS_MAX];	/* seconds of CPU time */
static bool indexes;

struct lines {
	struct buf text;
	uint64_t last;
	int64_t count;
};

struct replica {
	sqlite3 *db;
	struct journal *j;
};

static sqlite3 *open_database(const char *path)
{
	struct err e = ERR_INIT;
	sqlite3 *db = open_plain(path);

	if (functions_register(db, &e) != 0 || migrate_run(db, migrations, &e) != 0)
		die(path, e.text);
	if (!indexes)
		exec(db, "DROP INDEX person_sort; DROP INDEX person_municipality; DROP INDEX person_organisation; DROP INDEX person_double");
	return db;
}

static struct replica open_replica(const char *path, const char *tag)
{
	struct replica r = { open_database(path), NULL };
	struct err e = ERR_INIT;

	if (journal_attach(r.db, tag, &r.j, &e) != 0 || journal_before_begin(r.j, &e) != 0)
		die("attach", e.text);
	return r;
}

static void close_replica(struct replica *r, const char *path)
{
	journal_detach(r->j);
	sqlite3_close(r->db);
	remove_database(path);
}

static void commit(sqlite3 *db, struct journal *j)
{
	struct err e = ERR_INIT;

	if (j != NULL && journal_before_commit(j, &e) != 0)
		die("commit", e.text);
	exec(db, "COMMIT");
	if (j != NULL)
		journal_after_commit(j);
}

static double insert_people(sqlite3 *db, struct journal *j, int count)
{
	int64_t start = clock_cpu_us();
	sqlite3_stmt *st;

	exec(db, "BEGIN IMMEDIATE");
	st = prepare(db, INSERT_PERSON);
	for (int i = 0; i < count; i++) {
		char id[RECORD_ID_SIZE];

		if (j != NULL)
			journal_new_id(j, id);
		insert_person(db, st, &people[i], j != NULL ? id : people[i].id);
	}
	sqlite3_finalize(st);
	commit(db, j);
	return since(start);
}

static double edit_people(sqlite3 *db, struct journal *j, int edits, int count, int round)
{
	int64_t start = clock_cpu_us();
	sqlite3_stmt *st;

	exec(db, "BEGIN IMMEDIATE");
	st = prepare(db, EDIT_PERSON);
	for (int i = 0; i < edits; i++)
		edit_person(db, st, i, count, round);
	sqlite3_finalize(st);
	commit(db, j);
	return since(start);
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

static double write_lines(struct journal *j, int64_t from, struct lines *l)
{
	int64_t start = clock_cpu_us();
	struct err e = ERR_INIT;

	buf_reset(&l->text);
	l->last = 0;
	l->count = 0;
	if (journal_each(j, 1, from, INT64_MAX, add_line, l, &e) != 0)
		die("write", e.text);
	return since(start);
}

static double merge_lines(struct replica *r, struct dictionary_map *map, const struct lines *l, int64_t from, enum merge_result want)
{
	int64_t start = clock_cpu_us(), dhlc;
	struct operation op = { .seq = from - 1 };
	struct buf scratch = BUF_INIT;
	struct err e = ERR_INIT;
	enum merge_result result;

	exec(r->db, "BEGIN IMMEDIATE");
	op.dev = journal_device(r->j, "aaaaaaaa", &e);
	if (l->count >= MERGE_MANY) {
		if (merge_begin(r->j, &e) != 0)
			die("merge", e.text);
		merge_expect(r->j, l->count);
	}
	for (const char *p = l->text.data, *end = p + l->text.len; p < end;) {
		const char *lf = memchr(p, '\n', (size_t)(end - p));

		if (dictionary_translate(map, p, (size_t)(lf - p), &op, &dhlc, &scratch, &e) != 0)
			die("translate", e.text);
		op.seq++;
		op.hlc += (uint64_t)dhlc;
		if (merge_operation(r->j, &op, &result, &e) != 0)
			die("merge", e.text);
		if (result != want)
			die("merge", "not as expected");
		p = lf + 1;
	}
	commit(r->db, r->j);
	buf_release(&scratch);
	return since(start);
}

static struct dictionary_map *map_of(struct journal *from, struct journal *to)
{
	struct buf names = BUF_INIT;
	struct err e = ERR_INIT;
	struct dictionary_map *map;

	dictionary_write(from, &names);
	map = dictionary_map_read(to, names.data, names.len, &e);
	if (map == NULL)
		die("dictionary", e.text);
	buf_release(&names);
	return map;
}

static const char *path_of(const char *folder, const char *name)
{
	static char paths[4][4096];
	static int next;
	char *p = paths[next++ % 4];

	snprintf(p, sizeof paths[0], "%s/%s.db", folder, name);
	return p;
}

static void measure_plain(const char *folder, int round)
{
	const char *path = path_of(folder, "plain");
	sqlite3 *db = open_database(path);

	figures[PLAIN][round] = insert_people(db, NULL, PEOPLE);
	figures[PLAIN_EDITS][round] = edit_people(db, NULL, EDITS, PEOPLE, round);
	sqlite3_close(db);
	remove_database(path);
}

/* A hundred edits more: written, and merged with what the other holds. */
static double measure_few(struct replica *a, struct replica *b, struct dictionary_map *map, int count, int round)
{
	struct lines l = { BUF_INIT, 0, 0 };
	int64_t from = journal_last_seq(a->j) + 1;
	double took;

	edit_people(a->db, a->j, FEW, count, round + 1);
	took = write_lines(a->j, from, &l);
	took += merge_lines(b, map, &l, from, MERGE_APPLIED);
	buf_release(&l.text);
	return took;
}

static void measure_large(const char *folder, int round, struct lines *l)
{
	const char *one = path_of(folder, "writer"), *other = path_of(folder, "reader");
	struct replica a = open_replica(one, "aaaaaaaa"), b = open_replica(other, "bbbbbbbb");
	struct dictionary_map *map = map_of(a.j, b.j);
	struct err e = ERR_INIT;

	figures[CAPTURE][round] = insert_people(a.db, a.j, PEOPLE);
	figures[CAPTURE_EDITS][round] = edit_people(a.db, a.j, EDITS, PEOPLE, round);
	figures[WRITE][round] = write_lines(a.j, 1, l);
	figures[MERGE][round] = merge_lines(&b, map, l, 1, MERGE_APPLIED);
	figures[KNOWN][round] = merge_lines(&b, map, l, 1, MERGE_KNOWN);
	figures[FEW_LARGE][round] = measure_few(&a, &b, map, PEOPLE, round);
	if (round == 0 && (journal_check(b.j, &e) != 0 || journal_count(b.j, "person") != PEOPLE))
		die("check", e.text);
	dictionary_map_free(map);
	close_replica(&a, one);
	close_replica(&b, other);
}

static void measure_small(const char *folder, int round)
{
	const char *one = path_of(folder, "writer"), *other = path_of(folder, "reader");
	struct replica a = open_replica(one, "aaaaaaaa"), b = open_replica(other, "bbbbbbbb");
	struct dictionary_map *map = map_of(a.j, b.j);
	struct lines l = { BUF_INIT, 0, 0 };

	insert_people(a.db, a.j, SMALL);
	write_lines(a.j, 1, &l);
	merge_lines(&b, map, &l, 1, MERGE_APPLIED);
	figures[FEW_SMALL][round] = measure_few(&a, &b, map, SMALL, round);
	buf_release(&l.text);
	dictionary_map_free(map);
	close_replica(&a, one);
	close_replica(&b, other);
}

/* Bytes an operation, as the payload of a bundle: zstd at the level that bundles are written with. */
static double bytes_each(const struct lines *l)
{
	size_t room = ZSTD_compressBound(l->text.len), size;
	void *out = mem_zero(1, room);

	size = ZSTD_compress(out, room, l->text.data, l->text.len, 3);
	free(out);
	return (double)size / (double)l->count;
}

static void report(const struct lines *l, int rounds)
{
	double m[MEASURES], all = PEOPLE + EDITS;

	for (int i = 0; i < MEASURES; i++)
		m[i] = median(figures[i], rounds);
	printf("plain insert          %9.0f rows/s\n", PEOPLE / m[PLAIN]);
	printf("capture               %9.0f rows/s    %.2f x a plain insert   (at most 3.50)\n", PEOPLE / m[CAPTURE], m[CAPTURE] / m[PLAIN]);
	printf("capture of edits      %9.0f edits/s   %.2f x a plain edit\n", EDITS / m[CAPTURE_EDITS], m[CAPTURE_EDITS] / m[PLAIN_EDITS]);
	printf("write bundle lines    %9.0f ops/s     (at least 1000000)\n", all / m[WRITE]);
	printf("merge                 %9.0f ops/s     %.2f x plain   (at least 120000)\n", all / m[MERGE], m[MERGE] / (m[PLAIN] + m[PLAIN_EDITS]));
	printf("merge what is known   %9.0f ops/s     (at least 700000)\n", all / m[KNOWN]);
	printf("100 edits: written and merged   %.2f ms at %d people, %.2f ms at %d   (at most 4)\n", 1e3 * m[FEW_SMALL], SMALL, 1e3 * m[FEW_LARGE], PEOPLE);
	printf("bytes an operation, zstd -3     %.1f   (at most 68)\n", bytes_each(l));
}

int main(int argc, char **argv)
{
	struct lines l = { BUF_INIT, 0, 0 };
	char folder[] = "/tmp/bench_journal.XXXXXX";
	int rounds = argc > 1 ? atoi(argv[1]) : 5;

	if (rounds < 1 || rounds > ROUNDS_MAX || mkdtemp(folder) == NULL)
		die("usage", "bench_journal [ROUNDS, at most 15]");
	make_people();
	for (int with = 0; with < 2; with++) {
		indexes = with == 1;
		printf(indexes ? "-- with the indexes of the lists\n" : "-- alone\n");
		for (int i = 0; i < rounds; i++) {
			measure_plain(folder, i);
			measure_large(folder, i, &l);
			measure_small(folder, i);
		}
		report(&l, rounds);
	}
	rmdir(folder);
	buf_release(&l.text);
	free(people);
	return 0;
}
