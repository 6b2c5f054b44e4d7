/* SQLite's session extension on the work of bench_journal: changes recorded, written as a changeset, applied in another database, applied again. It knows two
 * replicas and no history: who wrote what, and what an edit saw, is not in it. Its table has no derived columns and no indexes (it cannot record generated
 * ones); the plain insert beside it is into that table.
 *
 *     bench_session [ROUNDS] */
#define SQLITE_ENABLE_SESSION 1
#define SQLITE_ENABLE_PREUPDATE_HOOK 1
#include <zstd.h>

#include "tests/bench/work.h"

enum measure { PLAIN, CAPTURE, WRITE, APPLY, AGAIN, FEW_SMALL, FEW_LARGE, MEASURES };

static double figures[MEASURES][ROUNDS_MAX];
static double bytes;

static sqlite3 *open_table(const char *path)
{
	sqlite3 *db = open_plain(path);

	exec(db, "CREATE TABLE person(id TEXT PRIMARY KEY NOT NULL, deleted INTEGER NOT NULL DEFAULT 0, name TEXT, phone TEXT, email TEXT, organisation TEXT,"
	    " post TEXT, municipality TEXT, note TEXT) WITHOUT ROWID");
	return db;
}

static sqlite3_session *record(sqlite3 *db)
{
	sqlite3_session *s;

	if (sqlite3session_create(db, "main", &s) != SQLITE_OK || sqlite3session_attach(s, "person") != SQLITE_OK)
		die("session", sqlite3_errmsg(db));
	return s;
}

static void insert_people(sqlite3 *db, int count)
{
	sqlite3_stmt *st;

	exec(db, "BEGIN IMMEDIATE");
	st = prepare(db, INSERT_PERSON);
	for (int i = 0; i < count; i++)
		insert_person(db, st, &people[i], people[i].id);
	sqlite3_finalize(st);
	exec(db, "COMMIT");
}

static void edit_people(sqlite3 *db, int edits, int count, int round)
{
	sqlite3_stmt *st;

	exec(db, "BEGIN IMMEDIATE");
	st = prepare(db, EDIT_PERSON);
	for (int i = 0; i < edits; i++)
		edit_person(db, st, i, count, round);
	sqlite3_finalize(st);
	exec(db, "COMMIT");
}

struct changes { void *data; int size; };

static struct changes write_changes(sqlite3_session *s)
{
	struct changes c;

	if (sqlite3session_changeset(s, &c.size, &c.data) != SQLITE_OK)
		die("changeset", "");
	return c;
}

static int leave_out(void *context, int why, sqlite3_changeset_iter *at)
{
	(void)context, (void)why, (void)at;
	return SQLITE_CHANGESET_OMIT;
}

static double apply(sqlite3 *db, const struct changes *c)
{
	int64_t start = clock_cpu_us();

	if (sqlite3changeset_apply(db, c->size, c->data, NULL, leave_out, NULL) != SQLITE_OK)
		die("apply", sqlite3_errmsg(db));
	return since(start);
}

static double measure_few(sqlite3 *from, sqlite3 *to, int count, int round)
{
	sqlite3_session *s = record(from);
	struct changes c;
	int64_t start;
	double took;

	edit_people(from, FEW, count, round + 1);
	start = clock_cpu_us();
	c = write_changes(s);
	took = since(start) + apply(to, &c);
	sqlite3session_delete(s);
	sqlite3_free(c.data);
	return took;
}

static double size_of(const struct changes *c)
{
	size_t room = ZSTD_compressBound((size_t)c->size), size;
	void *out = mem_zero(1, room);

	size = ZSTD_compress(out, room, c->data, (size_t)c->size, 3);
	free(out);
	return (double)size;
}

/* Inserts and edits in a session each: in one, an edit of a row that it inserted would not be a change of its own. */
static void measure_all(sqlite3 *from, sqlite3 *to, int round)
{
	struct changes made, edited;
	int64_t start = clock_cpu_us();
	sqlite3_session *s = record(from);

	insert_people(from, PEOPLE);
	figures[CAPTURE][round] = since(start);
	start = clock_cpu_us();
	made = write_changes(s);
	sqlite3session_delete(s);
	figures[WRITE][round] = since(start);
	s = record(from);
	edit_people(from, EDITS, PEOPLE, round);
	start = clock_cpu_us();
	edited = write_changes(s);
	sqlite3session_delete(s);
	figures[WRITE][round] += since(start);
	figures[APPLY][round] = apply(to, &made) + apply(to, &edited);
	figures[AGAIN][round] = apply(to, &made) + apply(to, &edited);
	bytes = (size_of(&made) + size_of(&edited)) / (PEOPLE + EDITS);
	sqlite3_free(made.data);
	sqlite3_free(edited.data);
}

static void measure(const char *folder, int round)
{
	static const char *const names[] = { "plain", "from", "to" };
	char path[3][4096];
	sqlite3 *db[3];
	int64_t start;

	for (int small = 0; small < 2; small++) {
		for (int i = 0; i < 3; i++) {
			snprintf(path[i], sizeof path[i], "%s/%s.db", folder, names[i]);
			db[i] = open_table(path[i]);
		}
		if (small == 1) {
			insert_people(db[1], SMALL);
			insert_people(db[2], SMALL);
			figures[FEW_SMALL][round] = measure_few(db[1], db[2], SMALL, round);
		} else {
			start = clock_cpu_us();
			insert_people(db[0], PEOPLE);
			figures[PLAIN][round] = since(start);
			measure_all(db[1], db[2], round);
			figures[FEW_LARGE][round] = measure_few(db[1], db[2], PEOPLE, round);
		}
		for (int i = 0; i < 3; i++) {
			sqlite3_close(db[i]);
			remove_database(path[i]);
		}
	}
}

int main(int argc, char **argv)
{
	char folder[] = "/tmp/bench_session.XXXXXX";
	int rounds = argc > 1 ? atoi(argv[1]) : 5;
	double m[MEASURES], all = PEOPLE + EDITS;

	if (rounds < 1 || rounds > ROUNDS_MAX || mkdtemp(folder) == NULL)
		die("usage", "bench_session [ROUNDS, at most 15]");
	make_people();
	for (int i = 0; i < rounds; i++)
		measure(folder, i);
	for (int i = 0; i < MEASURES; i++)
		m[i] = median(figures[i], rounds);
	printf("-- SQLite's session extension, a table without derived columns and indexes\n");
	printf("plain insert          %9.0f rows/s\n", PEOPLE / m[PLAIN]);
	printf("capture               %9.0f rows/s    %.2f x a plain insert\n", PEOPLE / m[CAPTURE], m[CAPTURE] / m[PLAIN]);
	printf("write a changeset     %9.0f ops/s\n", all / m[WRITE]);
	printf("apply                 %9.0f ops/s\n", all / m[APPLY]);
	printf("apply once more       %9.0f ops/s\n", all / m[AGAIN]);
	printf("100 edits: written and applied  %.2f ms at %d people, %.2f ms at %d\n", 1e3 * m[FEW_SMALL], SMALL, 1e3 * m[FEW_LARGE], PEOPLE);
	printf("bytes an operation, zstd -3     %.1f\n", bytes);
	rmdir(folder);
	free(people);
	return 0;
}
