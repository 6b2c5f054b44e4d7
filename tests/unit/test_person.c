#include "tests/unit/records.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/text.h"
#include "records/attendance.h"
#include "records/namesake.h"
#include "records/person.h"
#include "records/seminar.h"
#include "schema/schema.h"

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

/* Who reads all rows must not go through an index. */
static void test_plan(void)
{
	CHECK(!plan_says(person_type.sql.list, "SCAN person USING INDEX"));
	CHECK(!plan_says(person_type.sql.named, "INDEX"));
}

int main(int argc, char **argv)
{
	static const struct test tests[] = {
		TEST(test_participation), TEST(test_same), TEST(test_same_random), TEST(test_plan), TEST(test_visits), TEST_END
	};
	s = new_store();
	int rc = s ? test_main(argc, argv, tests) : 1;
	store_close(s);
	return rc;
}
