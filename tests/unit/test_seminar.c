#include "tests/unit/records.h"

#include "base/mem.h"
#include "records/attendance.h"
#include "records/person.h"
#include "records/seminar.h"
#include "store/schema.h"

static struct store *s;

static void test_defaults(void)
{
	char id[RECORD_ID_SIZE], me[RECORD_ID_SIZE];
	struct err e = ERR_INIT;
	struct record r;
	make(s, &seminar_type, id, "title", "Как открыть НКО", "date", "14.02.2020", NULL);
	check_field(s, &seminar_type, id, "kind", "local");
	check_field(s, &seminar_type, id, "status", "planned");
	check_field(s, &seminar_type, id, "capacity", "10");
	check_field(s, &seminar_type, id, "programme", PROGRAMME_FIRST);
	check_field(s, &seminar_type, id, "municipality", "");
	check_field(s, &seminar_type, id, "lead", "");
	make(s, &person_type, me, "name", "Хасанова Гульнара", "role", "consultant", NULL);
	REQUIRE_OK(store_set_setting(s, "person", me, &e));
	REQUIRE_OK(store_set_setting(s, "municipality", "80618000", &e));
	make(s, &seminar_type, id, "title", "Второй", "date", "2020-02-15", NULL);
	check_field(s, &seminar_type, id, "municipality", "80618000");
	check_field(s, &seminar_type, id, "lead", me);
	make(s, &seminar_type, id, "title", "Третий", "date", "2020-02-16", "lead", "", "municipality", "г. Уфа", "capacity", "", NULL);
	check_field(s, &seminar_type, id, "lead", "");			/* emptied on purpose */
	check_field(s, &seminar_type, id, "municipality", "80701000");
	check_field(s, &seminar_type, id, "capacity", "");
	REQUIRE_OK(record_new(s, &r, &seminar_type, &e));		/* what a form shows */
	CHECK_STR(record_get(&r, "lead"), me);
	CHECK_STR(record_get(&r, "municipality"), "80618000");
	record_release(&r);
	REQUIRE_OK(record_load(s, &r, &person_type, me, &e));
	REQUIRE_OK(record_set(s, &r, "role", "эксперт", &e));
	REQUIRE_OK(record_save(s, &r, &e));
	record_release(&r);
	make(s, &seminar_type, id, "title", "Четвёртый", "date", "2020-02-17", NULL);
	check_field(s, &seminar_type, id, "lead", "");			/* an expert mentors, and does not lead */
}

static void test_rules(void)
{
	refused(s, &seminar_type, "title", "date", "2020-02-14", NULL);
	refused(s, &seminar_type, "date", "title", "Без даты", NULL);
	refused(s, &seminar_type, "date", "title", "x", "date", "30.02.2020", NULL);
	refused(s, &seminar_type, "municipality", "title", "x", "date", "2020-02-14", "municipality", "Атлантида", NULL);
	refused(s, &seminar_type, "unnamed", "title", "x", "date", "2020-02-14", "unnamed", "120", NULL);
	refused(s, &seminar_type, "unnamed", "title", "x", "date", "2020-02-14", "unnamed", "-1", NULL);
	refused(s, &seminar_type, "kind", "title", "x", "date", "2020-02-14", "kind", "большой", NULL);
	refused(s, &seminar_type, "lead", "title", "x", "date", "2020-02-14", "lead", "Никто Никтович", NULL);
	char id[RECORD_ID_SIZE];
	make(s, &seminar_type, id, "title", "x", "date", "2020-02-14", "unnamed", "120", "unnamed_basis", "счёт в зале", NULL);
	check_field(s, &seminar_type, id, "unnamed", "120");
}

static void test_row(void)
{
	char lead[RECORD_ID_SIZE], person[RECORD_ID_SIZE], id[RECORD_ID_SIZE], name[32];
	struct seminar_rows rows;
	struct err e = ERR_INIT;
	make(s, &person_type, lead, "name", "Хасанова Гульнара Рифовна", NULL);
	make(s, &seminar_type, id, "title", "Как открыть НКО", "date", "2020-02-14", "place", "библиотека", "municipality", "80618000",
	    "lead", lead, "unnamed", "7", "unnamed_basis", "счёт", NULL);
	for (int i = 0; i < 5; i++) {
		snprintf(name, sizeof name, "Участник %c", 'a' + i);
		make(s, &person_type, person, "name", name, NULL);
		REQUIRE_OK(attendance_mark(s, id, person, i < 2 ? ATTENDANCE_PRESENT : i == 2 ? ATTENDANCE_ABSENT : ATTENDANCE_REGISTERED, &e));
	}
	REQUIRE_OK(attendance_remove(s, id, person, &e));
	REQUIRE_OK(seminar_row(s, id, &rows, &e));
	CHECK_STR(rows.row[0].date, "2020-02-14");
	CHECK_STR(rows.row[0].place, "библиотека");
	CHECK_STR(rows.row[0].municipality, "Бураевский");
	CHECK_STR(rows.row[0].lead, "Хасанова Гульнара Рифовна");
	CHECK_STR(rows.row[0].kind, "local");
	CHECK_STR(rows.row[0].status, "planned");			/* marks do not change it; the report counts it as held */
	CHECK_INT(rows.row[0].capacity, 10);
	CHECK_INT(rows.row[0].registered, 3);
	CHECK_INT(rows.row[0].present, 2);
	CHECK_INT(rows.row[0].unnamed, 7);
	seminar_rows_release(&rows);
	CHECK_INT(seminar_row(s, "zzzzzzzz-1", &rows, &e), -1);
	CHECK_INT(e.code, ERR_REFUSED);
}

int main(int argc, char **argv)
{
	static const struct test tests[] = { TEST(test_defaults), TEST(test_rules), TEST(test_row), TEST_END };
	s = new_store();
	int rc = s ? test_main(argc, argv, tests) : 1;
	store_close(s);
	return rc;
}
