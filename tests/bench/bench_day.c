/* bench_day: the journal end to end in the sealed store, against plain SQLite in the same run: people entered, written as operations, merged.
 * usage: bench_day [PEOPLE]    CPU time; ratios hold, times do not. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "crypto/secret.h"
#include "store/dictionary.h"
#include "store/functions.h"
#include "store/journal.h"
#include "store/merge.h"
#include "schema/migrate.h"
#include "schema/schema.h"
#include "store/store.h"

static const char *const surnames[] = { "Ғәлиуллина", "Хасанова", "Ахметов", "Валеева", "Иванова", "Ҡотлобаев", "Сафина", "Петров", "Юлдашев", "Әминева" };
static const char *const names[] = { "Әлфиә", "Гүзәл", "Ильдар", "Зиля", "Мария", "Урал", "Рөстәм", "Пётр", "Азамат", "Һәҙиә" };
static const char *const fathers[] = { "Рафисовна", "Ринатовна", "Закирович", "Маратовна", "Ивановна", "Салаватович" };

static struct err e = ERR_INIT;

static void must(int rc)
{
	if (rc == 0)
		return;
	fprintf(stderr, "bench_day: %s\n", e.text);
	exit(1);
}

static const char insert_sql[] =
	"INSERT INTO person(id, name, phone, email, post, municipality, note) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";

static void bind_person(sqlite3_stmt *st, const char *id, int i, char text[4][200])
{
	snprintf(text[0], 200, "%s %s %s", surnames[i % 10], names[i / 10 % 10], fathers[i / 100 % 6]);
	snprintf(text[1], 200, "+7917%07d", i);
	snprintf(text[2], 200, "person%d@example.org", i);
	snprintf(text[3], 200, "806%05d", 18000);
	sqlite3_bind_text(st, 1, id, -1, SQLITE_STATIC);
	sqlite3_bind_text(st, 2, text[0], -1, SQLITE_STATIC);
	sqlite3_bind_text(st, 3, text[1], -1, SQLITE_STATIC);
	sqlite3_bind_text(st, 4, text[2], -1, SQLITE_STATIC);
	sqlite3_bind_text(st, 5, "библиотекарь", -1, SQLITE_STATIC);
	sqlite3_bind_text(st, 6, text[3], -1, SQLITE_STATIC);
	sqlite3_bind_text(st, 7, i % 3 == 0 ? "пришла по объявлению" : NULL, -1, SQLITE_STATIC);
}

static void insert_people(struct store *s, int people)
{
	char id[RECORD_ID_SIZE], text[4][200];
	sqlite3_stmt *st;
	int i;

	must(store_begin(s, &e));
	for (i = 0; i < people; i++) {
		st = store_prepare(s, insert_sql, &e);
		must(st == NULL ? -1 : 0);
		journal_new_id(store_journal(s), id);
		bind_person(st, id, i, text);
		must(store_run(s, st, &e));
	}
	must(store_commit(s, &e));
}

/* The same rows, indexes and generated columns in plain SQLite, without a journal and without sealing. */
static double plain(const char *folder, int people)
{
	char path[512], id[RECORD_ID_SIZE], text[4][200];
	sqlite3_stmt *st;
	sqlite3 *db;
	int64_t start;
	int i;

	snprintf(path, sizeof(path), "%s/plain.db", folder);
	unlink(path);
	if (sqlite3_open(path, &db) != SQLITE_OK)
		exit(1);
	must(functions_register(db, &e));
	sqlite3_exec(db, "PRAGMA page_size=4096; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-16384", NULL, NULL, NULL);
	must(migrate_run(db, migrations, &e));
	start = clock_cpu_us();
	sqlite3_exec(db, "BEGIN", NULL, NULL, NULL);
	sqlite3_prepare_v2(db, insert_sql, -1, &st, NULL);
	for (i = 0; i < people; i++) {
		snprintf(id, sizeof(id), "k3x9q2mv-%d", i + 1);
		bind_person(st, id, i, text);
		if (sqlite3_step(st) != SQLITE_DONE)
			exit(1);
		sqlite3_reset(st);
	}
	sqlite3_finalize(st);
	sqlite3_exec(db, "COMMIT", NULL, NULL, NULL);
	sqlite3_close(db);
	return (double)(clock_cpu_us() - start) / 1e6;
}

struct lines {
	struct buf text;
	uint64_t before;
	int64_t count;
};

static int write_line(void *context, const struct operation *op, struct err *unused)
{
	struct lines *l = context;

	(void)unused;
	buf_addc(&l->text, '[');
	buf_addi(&l->text, (long long)(op->hlc - l->before));
	buf_addc(&l->text, ',');
	buf_addi(&l->text, op->tbl);
	buf_addc(&l->text, ',');
	buf_addi(&l->text, op->kind);
	buf_adds(&l->text, ",\"");
	buf_add(&l->text, op->pk, op->pk_len);
	buf_adds(&l->text, "\",");
	buf_add(&l->text, op->body, op->body_len);
	buf_adds(&l->text, "]\n");
	l->before = op->hlc;
	l->count++;
	return 0;
}

static void merge_lines(struct store *to, struct store *from, const struct lines *l)
{
	struct journal *j = store_journal(to);
	struct buf names_text = BUF_INIT, scratch = BUF_INIT;
	struct dictionary_map *map;
	struct operation op;
	enum merge_result result;
	const char *p = l->text.data, *end = p + l->text.len, *eol;
	uint64_t hlc = 0;
	int64_t dhlc, seq = 0;
	int dev;

	must(store_begin(to, &e));
	dictionary_write(store_journal(from), &names_text);
	map = dictionary_map_read(j, names_text.data, names_text.len, &e);
	must(map == NULL ? -1 : 0);
	dev = journal_device(j, journal_tag(store_journal(from)), &e);
	must(merge_begin(j, &e));
	merge_expect(j, l->count);		/* as for any bundle of some hundred operations and more */
	for (; p < end; p = eol + 1) {
		eol = memchr(p, '\n', (size_t)(end - p));
		must(dictionary_translate(map, p, (size_t)(eol - p), &op, &dhlc, &scratch, &e));
		hlc += (uint64_t)dhlc;
		op.dev = dev;
		op.seq = ++seq;
		op.hlc = hlc;
		must(merge_operation(j, &op, &result, &e));
	}
	must(store_commit(to, &e));
	dictionary_map_free(map);
	buf_release(&names_text);
	buf_release(&scratch);
}

static struct store *make_store(const char *path, const char *key_file)
{
	struct store_key key = { NULL, key_file };
	struct store *s;

	unlink(path);
	unlink(key_file);
	must(store_create(path, &key, &s, &e));
	store_grow_cache(s);
	return s;
}

static void measure(const char *folder, int people)
{
	char path[512], key[512];
	struct lines l = { BUF_INIT, 0, 0 };
	struct store *a, *b;
	double base, capture, writing, merging;
	int64_t t;

	base = plain(folder, people);
	snprintf(path, sizeof(path), "%s/a.ldb", folder);
	snprintf(key, sizeof(key), "%s/a.key", folder);
	a = make_store(path, key);
	t = clock_cpu_us();
	insert_people(a, people);
	capture = (double)(clock_cpu_us() - t) / 1e6;
	t = clock_cpu_us();
	must(journal_each(store_journal(a), 1, 1, people, write_line, &l, &e));
	writing = (double)(clock_cpu_us() - t) / 1e6;
	snprintf(path, sizeof(path), "%s/b.ldb", folder);
	snprintf(key, sizeof(key), "%s/b.key", folder);
	b = make_store(path, key);
	t = clock_cpu_us();
	merge_lines(b, a, &l);
	merging = (double)(clock_cpu_us() - t) / 1e6;
	printf("plain SQLite insert          %8.0f rows/s\n", people / base);
	printf("sealed store, capture        %8.0f rows/s        %.2f times plain\n", people / capture, capture / base);
	printf("sealed store, as lines       %8.0f operations/s\n", (double)l.count / writing);
	printf("sealed store, merge          %8.0f operations/s  %.2f times plain\n", (double)l.count / merging, merging / base);
	store_close(a);
	store_close(b);
	buf_release(&l.text);
}

int main(int argc, char **argv)
{
	char folder[] = "/tmp/livenet-bench.XXXXXX", command[600];

	sqlite3_config(SQLITE_CONFIG_STMTJRNL_SPILL, -1);	/* as the store does, which is not the first to start SQLite here */
	must(crypto_start(&e));
	if (mkdtemp(folder) == NULL)
		return 1;
	measure(folder, argc > 1 ? atoi(argv[1]) : 100000);
	snprintf(command, sizeof(command), "rm -rf %s", folder);
	return system(command) == 0 ? 0 : 1;
}
