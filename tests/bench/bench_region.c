/* bench_region: a store with many people for the benches of the screens and lists: every column of every row is full, as in the fullest region.
 * usage: bench_region FILE KEYFILE PEOPLE    an organisation for 25 people, a seminar for 100 with ten marks. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "crypto/secret.h"
#include "records/municipality.h"
#include "records/record.h"
#include "store/journal.h"
#include "schema/schema.h"
#include "store/store.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const char *const surnames[] = { "Ғәлиуллина", "Хасанова", "Ахметова", "Валеева", "Иванова", "Ҡотлобаева", "Сафина", "Петрова", "Юлдашева",
	"Әминева", "Рахматуллина", "Фаттахова", "Галимова", "Мухаметшина", "Байрамгулова", "Тимербулатова" };
static const char *const names[] = { "Әлфиә", "Гүзәл", "Айгуль", "Зиля", "Мария", "Лилия", "Рәмилә", "Светлана", "Альбина", "Һәҙиә", "Гульнара" };
static const char *const fathers[] = { "Рафисовна", "Ринатовна", "Закировна", "Маратовна", "Ивановна", "Салаватовна", "Фанилевна" };
static const char *const roles[] = { "activist", "activist", "activist", "consultant", "activist", "expert", "official" };
static const char *const stages[] = { "candidate", "selected", "training", "trained", "working", "selected", "trained" };

static struct err e = ERR_INIT;

static void must(bool ok)
{
	if (ok)
		return;
	fprintf(stderr, "bench_region: %s\n", e.text);
	exit(1);
}

/* Runs one insert; texts by their place, NULL ends them. */
static void insert(struct store *s, const char *sql, const char *const *texts)
{
	sqlite3_stmt *st = store_prepare(s, sql, &e);

	must(st != NULL);
	for (int i = 0; texts[i] != NULL; i++)
		store_bind_text(st, i + 1, texts[i]);
	must(store_run(s, st, &e) == 0);
}

static const char *municipality(int i)
{
	int count = 0;

	while (schema_municipalities[count].code != NULL)
		count++;
	return schema_municipalities[(i * 7) % count].code;
}

static void add_person(struct store *s, int i, char organisation[RECORD_ID_SIZE], char out[RECORD_ID_SIZE])
{
	char name[200], phone[40], email[60], part[RECORD_ID_SIZE + 16];

	journal_new_id(store_journal(s), out);
	snprintf(name, sizeof name, "%s %s %s", surnames[(size_t)i * 5 % COUNT(surnames)], names[(size_t)i / 3 % COUNT(names)],
	    fathers[(size_t)i / 11 % COUNT(fathers)]);
	snprintf(phone, sizeof phone, "+7917%07d", i * 37 % 10000000);
	snprintf(email, sizeof email, "person%d@example.org", i);
	if (i % 25 == 0) {
		char title[100];

		journal_new_id(store_journal(s), organisation);
		snprintf(title, sizeof title, "АНО «Родник надежды № %d»", i / 25 + 1);
		insert(s, "INSERT INTO organisation(id, name, municipality) VALUES (?1, ?2, ?3)", (const char *[]){ organisation, title, municipality(i), NULL });
	}
	insert(s, "INSERT INTO person(id, name, phone, email, organisation, post, municipality) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
	    (const char *[]){ out, name, phone, email, organisation, "библиотекарь", municipality(i), NULL });
	snprintf(part, sizeof part, PROGRAMME_FIRST "/%s", out);
	insert(s, "INSERT INTO participation(id, programme, person, role, stage) VALUES (?1, '" PROGRAMME_FIRST "', ?2, ?3, ?4)",
	    (const char *[]){ part, out, roles[(size_t)i % COUNT(roles)], stages[(size_t)i % COUNT(stages)], NULL });
}

static void add_seminar(struct store *s, int i, char people[10][RECORD_ID_SIZE])
{
	char id[RECORD_ID_SIZE], mark[2 * RECORD_ID_SIZE + 100], date[32];

	journal_new_id(store_journal(s), id);
	snprintf(date, sizeof date, "20%02d-%02d-%02d", 20 + i % 6, 1 + i % 12, 1 + i % 28);
	insert(s, "INSERT INTO seminar(id, programme, title, date, place, municipality, lead, status) VALUES (?1, '" PROGRAMME_FIRST "', ?2, ?3, ?4, ?5, ?6, 'held')",
	    (const char *[]){ id, "Как открыть НКО", date, "сельская библиотека", municipality(i), people[0], NULL });
	for (int k = 0; k < 10; k++) {
		snprintf(mark, sizeof mark, "%.63s/%.63s", id, people[k]);
		insert(s, "INSERT INTO attendance(id, seminar, person, state) VALUES (?1, ?2, ?3, 'present')", (const char *[]){ mark, id, people[k], NULL });
	}
}

int main(int argc, char **argv)
{
	char organisation[RECORD_ID_SIZE] = "", last[10][RECORD_ID_SIZE];
	struct store_key key = { NULL, NULL };
	struct store *s;

	if (argc != 4) {
		fprintf(stderr, "usage: bench_region FILE KEYFILE PEOPLE\n");
		return 2;
	}
	must(crypto_start(&e) == 0);
	unlink(argv[1]);
	unlink(argv[2]);
	key.key_file = argv[2];
	must(store_create(argv[1], &key, &s, &e) == 0);
	store_grow_cache(s);
	must(store_begin(s, &e) == 0);
	for (int i = 0; i < atoi(argv[3]); i++) {
		add_person(s, i, organisation, last[i % 10]);
		if (i % 100 == 99)
			add_seminar(s, i / 100, last);
		if (i % 20000 == 19999) {
			must(store_commit(s, &e) == 0);
			must(store_begin(s, &e) == 0);
		}
	}
	must(store_commit(s, &e) == 0);
	store_close(s);
	return 0;
}
