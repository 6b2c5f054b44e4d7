#include "tests/unit/records.h"

#include "base/mem.h"
#include "records/attendance.h"
#include "records/person.h"
#include "records/seminar.h"
#include "records/seminar_links.h"
#include "schema/schema.h"

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

static void set_one(const char *id, const char *field, const char *value)
{
	struct record r;
	struct err e = ERR_INIT;
	REQUIRE_OK(record_load(s, &r, &seminar_type, id, &e));
	REQUIRE_OK(record_set(s, &r, field, value, &e));
	REQUIRE_OK(record_save(s, &r, &e));
	record_release(&r);
}

static void test_plan_and_fact(void)
{
	char id[RECORD_ID_SIZE];
	make(s, &seminar_type, id, "title", "План", "date", "2020-02-14", "place", "библиотека", "capacity", "12", NULL);
	check_field(s, &seminar_type, id, "planned_date", "2020-02-14");
	check_field(s, &seminar_type, id, "planned_place", "библиотека");
	check_field(s, &seminar_type, id, "planned_number", "12");
	set_one(id, "date", "2020-02-21");
	set_one(id, "place", "школа");
	check_field(s, &seminar_type, id, "date", "2020-02-21");
	check_field(s, &seminar_type, id, "planned_date", "2020-02-14");
	check_field(s, &seminar_type, id, "planned_place", "библиотека");
	/* As a form says it: every field, empty ones too. */
	make(s, &seminar_type, id, "title", "Из формы", "date", "2020-02-15", "planned_date", "", "planned_place", "", NULL);
	check_field(s, &seminar_type, id, "planned_date", "2020-02-15");
	make(s, &seminar_type, id, "title", "Задним числом", "date", "2020-02-15", "status", "held", NULL);
	check_field(s, &seminar_type, id, "planned_date", "");
	make(s, &seminar_type, id, "title", "Перенесён до записи", "date", "2020-02-15", "planned_date", "2020-02-01", NULL);
	check_field(s, &seminar_type, id, "planned_date", "2020-02-01");
}

static void leads_are(const char *seminar, const char *want)
{
	struct buf out = BUF_INIT;
	struct err e = ERR_INIT;
	REQUIRE_OK(seminar_leads(s, seminar, &out, &e));
	CHECK_STR(out.data, want);
	buf_release(&out);
}

static void test_staff(void)
{
	char id[RECORD_ID_SIZE], a[RECORD_ID_SIZE], b[RECORD_ID_SIZE], c[RECORD_ID_SIZE];
	struct err e = ERR_INIT;
	make(s, &person_type, a, "name", "Ведущая А", NULL);
	make(s, &person_type, b, "name", "Ведущий Б", NULL);
	make(s, &person_type, c, "name", "Гость В", NULL);
	make(s, &seminar_type, id, "title", "Вдвоём", "date", "2020-02-14", "lead", a, NULL);
	leads_are(id, "Ведущая А");
	REQUIRE_OK(seminar_staff_set(s, id, b, "lead", &e));
	REQUIRE_OK(seminar_staff_set(s, id, a, "lead", &e));		/* is the lead already: once */
	REQUIRE_OK(seminar_staff_set(s, id, c, "guest", &e));
	leads_are(id, "Ведущая А, Ведущий Б");
	REQUIRE_OK(seminar_staff_set(s, id, b, "trainer", &e));
	leads_are(id, "Ведущая А");
	CHECK_INT(query_number(s, "SELECT count(*) FROM seminar_staff WHERE deleted = 0"), 3);
	REQUIRE_OK(seminar_staff_remove(s, id, b, &e));
	CHECK_INT(seminar_staff_remove(s, id, b, &e), -1);
	REQUIRE_OK(seminar_staff_set(s, id, b, "lead", &e));			/* comes back as the same row */
	leads_are(id, "Ведущая А, Ведущий Б");
	CHECK_INT(query_number(s, "SELECT count(*) FROM seminar_staff"), 3);
	CHECK_INT(seminar_staff_set(s, id, "zzzzzzzz-9", "lead", &e), -1);
	CHECK_INT(seminar_staff_set(s, id, c, "сторож", &e), -1);
}

static void sheet_is(const char *seminar, const char *want)
{
	struct attendance_rows rows;
	struct buf got = BUF_INIT;
	struct err e = ERR_INIT;
	REQUIRE_OK(attendance_rows(s, seminar, &rows, &e));
	for (int i = 0; i < rows.count; i++)
		buf_addf(&got, "%s%s %s", i > 0 ? ", " : "", rows.row[i].name, rows.row[i].state == ATTENDANCE_REGISTERED ? "+" : "!");
	CHECK_STR(got.data, want);
	buf_release(&got);
	attendance_rows_release(&rows);
}

static void test_copies(void)
{
	char id[RECORD_ID_SIZE], copy[RECORD_ID_SIZE], person[3][RECORD_ID_SIZE];
	static const char *const names[] = { "Яковлев", "Агапов", "Белов" };
	struct err e = ERR_INIT;
	make(s, &seminar_type, id, "title", "Снова", "kind", "information", "date", "2020-02-14", "place", "зал", "municipality", "80618000", "capacity", "20",
	    "status", "held", "unnamed", "5", "unnamed_basis", "счёт", "summary", "итог", "remarks", "хорошо", "sheet_number", "12", NULL);
	for (int i = 0; i < 3; i++) {
		make(s, &person_type, person[i], "name", names[i], NULL);
		REQUIRE_OK(attendance_mark(s, id, person[i], i == 1 ? ATTENDANCE_ABSENT : ATTENDANCE_PRESENT, &e));
	}
	REQUIRE_OK(seminar_staff_set(s, id, person[2], "trainer", &e));
	REQUIRE_OK(seminar_copy(s, id, "2020-03-01", true, copy, &e));
	check_field(s, &seminar_type, copy, "title", "Снова");
	check_field(s, &seminar_type, copy, "kind", "information");
	check_field(s, &seminar_type, copy, "date", "2020-03-01");
	check_field(s, &seminar_type, copy, "planned_date", "2020-03-01");
	check_field(s, &seminar_type, copy, "status", "planned");
	check_field(s, &seminar_type, copy, "capacity", "20");
	check_field(s, &seminar_type, copy, "unnamed", "0");
	check_field(s, &seminar_type, copy, "remarks", "");
	check_field(s, &seminar_type, copy, "sheet_number", "");
	check_field(s, &seminar_type, copy, "lead", "");
	sheet_is(copy, "Яковлев +, Агапов +, Белов +");
	CHECK_INT(query_number(s, "SELECT count(*) FROM seminar_staff WHERE part = 'trainer'"), 2);
	REQUIRE_OK(seminar_copy(s, id, "2020-03-02", false, copy, &e));
	sheet_is(copy, "");
	CHECK_INT(seminar_copy(s, "zzzzzzzz-9", "2020-03-02", false, copy, &e), -1);
	CHECK_INT(seminar_copy(s, id, "2020-02-30", false, copy, &e), -1);
}

static int count_id(void *context, const char *id, struct err *e)
{
	(void)id;
	(void)e;
	++*(int *)context;
	return 0;
}

static void test_series(void)
{
	char id[RECORD_ID_SIZE];
	int told = 0;
	struct err e = ERR_INIT;
	make(s, &seminar_type, id, "title", "Школа НКО", "date", "2020-02-24", NULL);
	REQUIRE_OK(seminar_repeat(s, id, 7, 3, false, count_id, &told, &e));
	CHECK_INT(told, 3);
	check_field(s, &seminar_type, id, "series", "Школа НКО");
	CHECK_INT(query_number(s, "SELECT count(*) FROM seminar WHERE series = 'Школа НКО'"), 4);
	CHECK_INT(query_number(s, "SELECT count(*) FROM seminar WHERE series = 'Школа НКО' AND date IN ('2020-03-02', '2020-03-09', '2020-03-16')"), 3);
	CHECK_INT(seminar_repeat(s, id, 0, 3, false, NULL, NULL, &e), -1);
	CHECK_INT(seminar_repeat(s, id, 7, SEMINAR_REPEAT_MAX + 1, false, NULL, NULL, &e), -1);
	/* Past the last year that a date may have: none of them. */
	make(s, &seminar_type, id, "title", "Далёкий", "date", "2199-12-01", NULL);
	CHECK_INT(seminar_repeat(s, id, 20, 3, false, NULL, NULL, &e), -1);
	CHECK_INT(query_number(s, "SELECT count(*) FROM seminar WHERE title = 'Далёкий' AND series IS NULL"), 1);
}

static void test_officials(void)
{
	char id[RECORD_ID_SIZE], person[RECORD_ID_SIZE];
	int before = 0, after = 0;
	struct err e = ERR_INIT;
	REQUIRE_OK(seminar_uninformed(s, NULL, NULL, &before, &e));
	make(s, &seminar_type, id, "title", "Для администраций", "kind", "information", "date", "2020-02-14", NULL);
	make(s, &person_type, person, "name", "Специалистова", "role", "official", "municipality", "80618000", NULL);
	REQUIRE_OK(attendance_mark(s, id, person, ATTENDANCE_REGISTERED, &e));
	REQUIRE_OK(seminar_uninformed(s, NULL, NULL, &after, &e));
	CHECK_INT(after, before);				/* registered is not there */
	REQUIRE_OK(attendance_mark(s, id, person, ATTENDANCE_PRESENT, &e));
	REQUIRE_OK(seminar_uninformed(s, NULL, NULL, &after, &e));
	CHECK_INT(before, 63);
	CHECK_INT(after, 62);
}

int main(int argc, char **argv)
{
	static const struct test tests[] = { TEST(test_defaults), TEST(test_rules), TEST(test_row), TEST(test_plan_and_fact), TEST(test_staff), TEST(test_copies),
		TEST(test_series), TEST(test_officials), TEST_END };
	s = new_store();
	int rc = s ? test_main(argc, argv, tests) : 1;
	store_close(s);
	return rc;
}
