/* work: what the figures of the journal and of its peer are measured on: 100,000 people with 8 fields and 10,000 edits of a telephone, made before anything is
 * measured; a database with the settings of an import or a large sync: one transaction, WAL, synchronous=FULL, a cache of 16 MiB. CPU time throughout. */
#ifndef TESTS_BENCH_WORK_H
#define TESTS_BENCH_WORK_H

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/mem.h"
#include "schema/schema.h"

enum { PEOPLE = 100000, EDITS = 10000, SMALL = 1000, FEW = 100, ROUNDS_MAX = 15 };

struct person { char id[24], name[128], phone[16], email[32], organisation[24], post[64], municipality[9], note[96]; };

static struct person *people;

static inline _Noreturn void die(const char *what, const char *why)
{
	fprintf(stderr, "bench: %s: %s\n", what, why);
	exit(1);
}

static inline void exec(sqlite3 *db, const char *sql)
{
	if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
		die(sql, sqlite3_errmsg(db));
}

static inline sqlite3_stmt *prepare(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *st;

	if (sqlite3_prepare_v2(db, sql, -1, &st, NULL) != SQLITE_OK)
		die(sql, sqlite3_errmsg(db));
	return st;
}

static inline void step(sqlite3 *db, sqlite3_stmt *st)
{
	if (sqlite3_step(st) != SQLITE_DONE)
		die(sqlite3_sql(st), sqlite3_errmsg(db));
	sqlite3_reset(st);
}

static inline void remove_database(const char *path)
{
	static const char *const ends[] = { "", "-wal", "-shm" };
	char name[4096];

	for (int i = 0; i < 3; i++) {
		if ((size_t)snprintf(name, sizeof name, "%s%s", path, ends[i]) >= sizeof name)
			die(path, "too long a name");
		unlink(name);
	}
}

static inline sqlite3 *open_plain(const char *path)
{
	sqlite3 *db;

	remove_database(path);
	if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
		die(path, "open");
	exec(db, "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY;"
	    "PRAGMA secure_delete = ON; PRAGMA cache_size = -16384");
	return db;
}

/* Names as they are in the region: the same few surnames, given names and patronymics in ever other combinations. */
static inline void make_person(int i, struct person *p)
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

static inline void make_people(void)
{
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);		/* both as the store does */
	sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
	people = mem_zero(PEOPLE, sizeof *people);
	for (int i = 0; i < PEOPLE; i++)
		make_person(i, &people[i]);
}

#define INSERT_PERSON "INSERT INTO person(id, name, phone, email, organisation, post, municipality, note) VALUES(?, ?, ?, ?, ?, ?, ?, ?)"
#define EDIT_PERSON "UPDATE person SET phone = ? WHERE id = ?"

static inline void insert_person(sqlite3 *db, sqlite3_stmt *st, const struct person *p, const char *id)
{
	const char *const values[] = { id, p->name, p->phone, p->email, p->organisation, p->post, p->municipality, p->note[0] != '\0' ? p->note : NULL };

	for (int i = 0; i < 8; i++)
		sqlite3_bind_text(st, i + 1, values[i], -1, SQLITE_STATIC);
	step(db, st);
}

/* The i-th edit of `count` people; what is written is never what stands there. */
static inline void edit_person(sqlite3 *db, sqlite3_stmt *st, int i, int count, int round)
{
	char id[24], phone[16];

	snprintf(id, sizeof id, "aaaaaaaa-%d", 1 + (int)((int64_t)i * 7919 % count));
	snprintf(phone, sizeof phone, "+79%d%07d", 20 + round % 10, i);
	sqlite3_bind_text(st, 1, phone, -1, SQLITE_STATIC);
	sqlite3_bind_text(st, 2, id, -1, SQLITE_STATIC);
	step(db, st);
}

static inline double since(int64_t start)
{
	return (double)(clock_cpu_us() - start) / 1e6;
}

static inline int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

static inline double median(double *figures, int rounds)
{
	qsort(figures, (size_t)rounds, sizeof *figures, by_size);
	return figures[rounds / 2];
}

#endif
