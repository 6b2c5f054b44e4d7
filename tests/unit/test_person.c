#include "tests/unit/records.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/text.h"
#include "records/attendance.h"
#include "records/namesake.h"
#include "records/person.h"
#include "records/seminar.h"
#include "store/schema.h"

static struct store *s;

static void test_participation(void)
{
	char id[RECORD_ID_SIZE], next[RECORD_ID_SIZE];
	struct err e = ERR_INIT;
	struct record r;
	make(s, &person_type, id, "name", "Участник Без Роли", NULL);
	check_field(s, &person_type, id, "role", "activist");		/* so that everybody is counted */
	check_field(s, &person_type, id, "stage", "");
	make(s, &programme_type, next, "title", "Следующая", NULL);
	REQUIRE_OK(store_set_setting(s, "programme", next, &e));
	check_field(s, &person_type, id, "role", "");			/* the next programme starts with the register and no roles */
	REQUIRE_OK(record_load(s, &r, &person_type, id, &e));
	REQUIRE_OK(record_set(s, &r, "post", "учитель", &e));
	REQUIRE_OK(record_save(s, &r, &e));
	CHECK_INT(query_number(s, "SELECT count(*) FROM participation"), 1);
	REQUIRE_OK(record_set(s, &r, "role", "консультант", &e));
	REQUIRE_OK(record_save(s, &r, &e));
	record_release(&r);
	check_field(s, &person_type, id, "role", "consultant");
	REQUIRE_OK(store_set_setting(s, "programme", NULL, &e));
	check_field(s, &person_type, id, "role", "activist");
	CHECK_INT(query_number(s, "SELECT count(*) FROM participation"), 2);
}

static void same(const char *name, const char *phone, const char *municipality, const char *want)
{
	char id[RECORD_ID_SIZE];
	struct err e = ERR_INIT;
	REQUIRE_OK(person_same(s, name, phone, municipality, id, &e));
	if (!CHECK_STR(id, want))
		test_note("%s %s %s", name, phone, municipality);
}

static void test_same(void)
{
	char a[RECORD_ID_SIZE], b[RECORD_ID_SIZE], c[RECORD_ID_SIZE];
	make(s, &person_type, a, "name", "Фёдорова Елена Семёновна", "phone", "+79170000021", "municipality", "80618000", NULL);
	make(s, &person_type, b, "name", "Иванов И. И.", "municipality", "80618000", NULL);
	make(s, &person_type, c, "name", "Иванов И. И.", "phone", "+79170000022", "municipality", "80701000", NULL);
	same("Фёдорова Елена Семёновна", "+79170000021", "", a);
	same("Федорова Елена Семёновна", "+79170000021", "80701000", a);
	same("фёдорова елена семеновна", "+79170000021", "", a);
	same("ФЕДОРОВА ЕЛЕНА СЕМЕНОВНА", "+79170000021", "", a);
	same("Федорова Ёлена Семёновна", "+79170000021", "", a);
	same("Фёдорова Елена Семёновна", "+79170000099", "80618000", "");	/* another number: another person */
	same("Фёдорова Елена Семёновна", "", "80618000", a);
	same("Фёдорова Елена Семёновна", "", "80701000", "");
	same("Фёдорова Елена", "+79170000021", "", "");
	same("Фёдорова Елена Семёновна-Иванова", "+79170000021", "", "");
	same("Иванов И.И.", "", "80618000", b);
	same("Иванов И. И.", "+79170000022", "", c);
	same("Иванов И. И.", "+79170000033", "80618000", b);
	same("", "", "", "");
	same("…", "", "", "");
}

/* Against the plain definition, over names full of е and ё. */
static void test_same_random(void)
{
	static const char *const parts[] = { "Ерёмеев", "Еремеев", "Ерёмёев", "ЕРЕМЕЕВ", "Ёремеев", "Еремеева", "Ереме", "Семён", "Семен", "Сёмен", "Сем" };
	enum { COUNT = 60, PARTS = sizeof parts / sizeof *parts };
	struct store *whole = s;
	char name[COUNT][64], id[COUNT][RECORD_ID_SIZE], found[RECORD_ID_SIZE];
	struct err e = ERR_INIT;
	s = new_store();
	for (int i = 0; i < COUNT; i++) {
		snprintf(name[i], sizeof name[i], "%s %s", parts[test_random() % PARTS], parts[test_random() % PARTS]);
		make(s, &person_type, id[i], "name", name[i], NULL);
	}
	for (int i = 0; i < 200; i++) {
		char asked[64];
		bool expected = false;
		snprintf(asked, sizeof asked, "%s %s", parts[test_random() % PARTS], parts[test_random() % PARTS]);
		for (int k = 0; k < COUNT; k++)
			expected |= text_same(name[k], asked);
		REQUIRE_OK(person_same(s, asked, "", "", found, &e));
		if (!CHECK((*found != '\0') == expected))
			test_note("%s", asked);
	}
	store_close(s);
	s = whole;
}

/* --- the list --- */

static char me[RECORD_ID_SIZE], mentees[3][RECORD_ID_SIZE], organisation[RECORD_ID_SIZE];

static void make_region(void)
{
	struct err e = ERR_INIT;
	char id[RECORD_ID_SIZE];
	make(s, &organisation_type, organisation, "name", "АНО «Родник»", NULL);
	make(s, &person_type, me, "name", "Хасанова Гульнара", "role", "эксперт", NULL);
	REQUIRE_OK(store_set_setting(s, "person", me, &e));
	make(s, &person_type, mentees[0], "name", "Әхмәтов Илдар", "municipality", "80609000", "stage", "trained", NULL);
	make(s, &person_type, mentees[1], "name", "Галимова Айгуль", "organisation", organisation, "phone", "89170000001", "stage", "selected", NULL);
	make(s, &person_type, mentees[2], "name", "Ҡотлобаева Ғәлиә", "municipality", "г. Уфа", "stage", "trained", NULL);
	make(s, &person_type, id, "name", "Бывшая Подопечная", NULL);
	make(s, &mentorship_type, id, "mentor", me, "mentee", "Бывшая Подопечная", "until", "2020-01-31", NULL);
	make(s, &person_type, id, "name", "Посторонний Человек", "municipality", "80701000", NULL);
	make(s, &person_type, id, "name", "Удалённый Человек", NULL);
	REQUIRE_OK(record_remove(s, &person_type, id, &e));
	for (int i = 0; i < 3; i++)
		make(s, &mentorship_type, id, "mentor", me, "mentee", mentees[i], "since", "2019-12-01", "until", i == 0 ? "2020-06-30" : "", NULL);
	make(s, &mentorship_type, id, "mentor", me, "mentee", mentees[0], NULL);	/* twice: one row all the same */
}

static void test_visits(void)
{
	char person[RECORD_ID_SIZE], seminar[4][RECORD_ID_SIZE];
	struct person_visits visits;
	struct err e = ERR_INIT;
	make(s, &person_type, person, "name", "Частая Гостья", NULL);
	REQUIRE_OK(person_visits(s, person, &visits, &e));
	CHECK_INT(visits.sheets, 0);
	for (int i = 0; i < 4; i++) {
		make(s, &seminar_type, seminar[i], "title", "Семинар", "date", "2020-02-01", NULL);
		REQUIRE_OK(attendance_mark(s, seminar[i], person, i == 0 ? ATTENDANCE_REGISTERED : ATTENDANCE_PRESENT, &e));
	}
	REQUIRE_OK(record_remove(s, &seminar_type, seminar[2], &e));
	REQUIRE_OK(attendance_remove(s, seminar[3], person, &e));
	REQUIRE_OK(person_visits(s, person, &visits, &e));
	CHECK_INT(visits.sheets, 2);
	CHECK_INT(visits.came, 1);
	REQUIRE_OK(record_remove(s, &person_type, person, &e));
}

/* What begins with the word goes before what has it in the middle, though the alphabet has it otherwise. */
static void test_best_first(void)
{
	char id[RECORD_ID_SIZE];
	struct person_query q = { .show = PERSON_ALL, .filter = "жцан", .best_first = true };
	struct person_rows rows;
	struct err e = ERR_INIT;
	make(s, &person_type, id, "name", "Абружцан Пётр", NULL);
	make(s, &person_type, id, "name", "Белых Жцан", NULL);
	make(s, &person_type, id, "name", "Жцанова Вера", NULL);
	REQUIRE_OK(person_rows(s, &q, 0, 2, &rows, &e));
	REQUIRE(rows.count == 2);
	CHECK_STR(rows.row[0].name, "Жцанова Вера");
	CHECK_STR(rows.row[1].name, "Белых Жцан");
	person_rows_release(&rows);
}

static void list_is(const struct person_query *q, int64_t first, int count, const char *want)
{
	struct person_rows rows;
	struct buf names = BUF_INIT;
	struct err e = ERR_INIT;
	REQUIRE_OK(person_rows(s, q, first, count, &rows, &e));
	for (int i = 0; i < rows.count; i++)
		buf_addf(&names, "%s|", rows.row[i].name);
	CHECK_STR(names.data, want);
	buf_release(&names);
	person_rows_release(&rows);
}

static void count_is(const struct person_query *q, int64_t want)
{
	int64_t n;
	struct err e = ERR_INIT;
	REQUIRE_OK(person_count(s, q, &n, &e));
	CHECK_INT(n, want);
}

static void place_is(const struct person_query *q, const char *letters, const char *id, int64_t want)
{
	int64_t n;
	struct err e = ERR_INIT;
	REQUIRE_OK(person_place(s, q, letters, id, &n, &e));
	CHECK_INT(n, want);
}

static void test_list(void)
{
	struct store *whole = s;
	s = new_store();
	clock_set(1581667200000);		/* 14 February 2020 */
	make_region();
	const struct person_query all = { .show = PERSON_ALL }, mine = { .show = PERSON_MINE };
	list_is(&all, 0, 100, "Бывшая Подопечная|Галимова Айгуль|Ҡотлобаева Ғәлиә|Посторонний Человек|Хасанова Гульнара|Әхмәтов Илдар|");
	list_is(&all, 1, 2, "Галимова Айгуль|Ҡотлобаева Ғәлиә|");
	list_is(&all, 6, 2, "");
	list_is(&all, 0, 0, "");
	count_is(&all, 6);
	list_is(&mine, 0, 100, "Галимова Айгуль|Ҡотлобаева Ғәлиә|Әхмәтов Илдар|");
	count_is(&mine, 3);
	const struct person_query trained = { .show = PERSON_MINE, .stage = "trained" };
	list_is(&trained, 0, 100, "Ҡотлобаева Ғәлиә|Әхмәтов Илдар|");
	count_is(&trained, 2);
	const struct person_query ufa = { .show = PERSON_ALL, .municipality = "80701000" };
	list_is(&ufa, 0, 100, "Ҡотлобаева Ғәлиә|Посторонний Человек|");
	const struct person_query ufa_trained = { .show = PERSON_ALL, .municipality = "80701000", .stage = "trained", .filter = "галия" };
	list_is(&ufa_trained, 0, 100, "Ҡотлобаева Ғәлиә|");
	place_is(&all, "г", NULL, 1);
	place_is(&all, "хас", NULL, 4);
	place_is(&all, "к", NULL, 2);		/* Ҡ */
	place_is(&all, "удал", NULL, -1);
	place_is(&all, NULL, me, 4);
	place_is(&mine, NULL, me, -1);
	place_is(&mine, NULL, mentees[0], 2);
	clock_set(1593648000000);		/* 2 July 2020: one mentorship of the first ended, the other has no end */
	count_is(&mine, 3);
	clock_set(0);
	store_close(s);
	s = whole;
}

static void filter_finds(const char *filter, const char *want)
{
	const struct person_query q = { .show = PERSON_ALL, .filter = filter };
	list_is(&q, 0, 100, want);
}

static void test_list_filter(void)
{
	struct store *whole = s;
	s = new_store();
	make_region();
	filter_finds("галия", "Ҡотлобаева Ғәлиә|");
	filter_finds("гал", "Галимова Айгуль|Ҡотлобаева Ғәлиә|");
	filter_finds("гал айг", "Галимова Айгуль|");
	filter_finds("родник", "Галимова Айгуль|");
	filter_finds("8 917 000-00-01", "Галимова Айгуль|");
	filter_finds("000-00-01", "Галимова Айгуль|");
	filter_finds("уфа", "Ҡотлобаева Ғәлиә|Посторонний Человек|");
	filter_finds("белебеев", "Әхмәтов Илдар|");
	filter_finds("' OR 1 --", "");
	filter_finds("%", "Бывшая Подопечная|Галимова Айгуль|Ҡотлобаева Ғәлиә|Посторонний Человек|Хасанова Гульнара|Әхмәтов Илдар|");
	store_close(s);
	s = whole;
}

static void test_row(void)
{
	struct store *whole = s;
	char early[RECORD_ID_SIZE], late[RECORD_ID_SIZE];
	struct err e = ERR_INIT;
	struct person_rows rows;
	s = new_store();
	make_region();
	make(s, &seminar_type, early, "title", "Первый", "date", "2020-01-10", NULL);
	make(s, &seminar_type, late, "title", "Второй", "date", "2020-02-03", NULL);
	REQUIRE_OK(attendance_mark(s, early, mentees[1], ATTENDANCE_PRESENT, &e));
	REQUIRE_OK(attendance_mark(s, late, mentees[1], ATTENDANCE_ABSENT, &e));
	const struct person_query q = { .show = PERSON_MINE };
	REQUIRE_OK(person_rows(s, &q, 0, 1, &rows, &e));
	CHECK_INT(rows.count, 1);
	CHECK_STR(rows.row[0].id, mentees[1]);
	CHECK_STR(rows.row[0].organisation, "АНО «Родник»");
	CHECK_STR(rows.row[0].municipality, "");
	CHECK_STR(rows.row[0].role, "activist");
	CHECK_STR(rows.row[0].stage, "selected");
	CHECK_STR(rows.row[0].phone, "+79170000001");
	CHECK_STR(rows.row[0].last_met, "2020-01-10");		/* absent at the later one */
	person_rows_release(&rows);
	store_close(s);
	s = whole;
}

/* Windows of any place and size, put together, are the list in order; a row's place is where the window shows it. */
static void test_windows(void)
{
	static const char letters[] = "абвгғдҙеёжзийкҡлмнңоөпрсҫтуүфхһцчшщъыьэәюя";
	enum { COUNT = 300, LETTERS = (sizeof letters - 1) / 2 };
	const struct person_query q = { .show = PERSON_ALL };
	struct store *whole = s;
	struct err e = ERR_INIT;
	char id[RECORD_ID_SIZE], before[512] = "";
	int64_t total;
	s = new_store();
	REQUIRE_OK(store_begin(s, &e));
	for (int i = 0; i < COUNT; i++) {
		char name[64] = "";
		for (int k = 0; k < 4; k++)
			strncat(name, letters + 2 * (test_random() % LETTERS), 2);
		make(s, &person_type, id, "name", name, NULL);
		if (i % 10 == 0)
			REQUIRE_OK(record_remove(s, &person_type, id, &e));
	}
	REQUIRE_OK(store_commit(s, &e));
	REQUIRE_OK(person_count(s, &q, &total, &e));
	CHECK_INT(total, COUNT - COUNT / 10);
	for (int64_t first = 0; first < total; ) {
		struct person_rows rows;
		int size = 1 + (int)(test_random() % 40);
		REQUIRE_OK(person_rows(s, &q, first, size, &rows, &e));
		REQUIRE(rows.count == (total - first < size ? total - first : size));
		for (int i = 0; i < rows.count; i++) {
			struct buf key = BUF_INIT;
			int64_t place;
			text_sort_key(rows.row[i].name, strlen(rows.row[i].name), &key);
			CHECK(strcmp(before, key.data) <= 0);
			snprintf(before, sizeof before, "%s", key.data);
			buf_release(&key);
			REQUIRE_OK(person_place(s, &q, NULL, rows.row[i].id, &place, &e));
			CHECK_INT(place, first + i);
		}
		first += rows.count;
		person_rows_release(&rows);
	}
	store_close(s);
	s = whole;
}

/* How SQLite goes about a statement. */
static bool plan_says(const char *sql, const char *words)
{
	sqlite3_stmt *st;
	struct buf explained = BUF_INIT;
	bool said = false;
	buf_addf(&explained, "EXPLAIN QUERY PLAN %s", sql);
	CHECK_INT(sqlite3_prepare_v2(store_db(s), explained.data, -1, &st, NULL), SQLITE_OK);
	while (sqlite3_step(st) == SQLITE_ROW)
		said |= strstr((const char *)sqlite3_column_text(st, 3), words) != NULL;
	sqlite3_finalize(st);
	buf_release(&explained);
	return said;
}

/* Who only skips must not read rows, and who reads all rows must not go through an index. */
static void test_plan(void)
{
	static const char window[] = "SELECT p.id FROM person p INDEXED BY person_sort WHERE p.deleted = 0 LIMIT 1 OFFSET 90000";
	CHECK(plan_says(window, "COVERING INDEX person_sort"));
	CHECK(!plan_says(window, "TEMP B-TREE"));
	CHECK(!plan_says(person_type.sql.list, "SCAN person USING INDEX"));
	CHECK(!plan_says(person_type.sql.named, "INDEX"));
}

int main(int argc, char **argv)
{
	static const struct test tests[] = {
		TEST(test_participation), TEST(test_same), TEST(test_same_random), TEST(test_list), TEST(test_list_filter), TEST(test_row),
		TEST(test_windows), TEST(test_plan), TEST(test_visits), TEST(test_best_first), TEST_END
	};
	s = new_store();
	int rc = s ? test_main(argc, argv, tests) : 1;
	store_close(s);
	return rc;
}
