#include "tests/unit/records.h"

#include "base/clock.h"
#include "records/attendance.h"
#include "records/consent.h"
#include "records/person.h"
#include "records/seminar.h"

enum { PEOPLE = 3 };

static struct store *s;
static char person[PEOPLE][RECORD_ID_SIZE];

static void begin(void)
{
	static const char *const names[PEOPLE] = { "Валеева Зиля", "Ахметов Ильдар", "Щукин Пётр" };
	clock_set(1581667200000);		/* 14 February 2020 */
	s = new_store();
	REQUIRE(s != NULL);
	for (int i = 0; i < PEOPLE; i++)
		make(s, &person_type, person[i], "name", names[i], NULL);
}

static void end(void)
{
	store_close(s);
	clock_set(0);
}

static bool valid(int i, const char *purpose)
{
	struct err e = ERR_INIT;
	bool is = false;
	CHECK_INT(consent_valid(s, person[i], purpose, &is, &e), 0);
	return is;
}

static int sign(int from, int count, const char *purpose, const char *date, struct err *e)
{
	const char *ids[PEOPLE];
	for (int i = 0; i < count; i++)
		ids[i] = person[from + i];
	return consent_sign(s, ids, count, purpose, date, e);
}

static void test_a_record(void)
{
	char id[RECORD_ID_SIZE];
	struct buf name = BUF_INIT;
	struct err e = ERR_INIT;
	begin();
	CHECK(!valid(0, "participation"));
	make(s, &consent_type, id, "person", "валеева зиля", NULL);
	check_field(s, &consent_type, id, "date", "2020-02-14");
	check_field(s, &consent_type, id, "purpose", "participation");
	check_field(s, &consent_type, id, "form", "paper");
	check_field(s, &consent_type, id, "programme", "first");
	CHECK(valid(0, "participation") && !valid(0, "publication") && !valid(1, "participation"));
	record_name(s, &consent_type, id, &name);
	CHECK_STR(name.data, "Валеева Зиля");
	buf_release(&name);
	refused(s, &consent_type, "withdrawn", "person", person[1], "withdrawn", "13.02.2020", NULL);
	refused(s, &consent_type, "date", "person", person[1], "date", "15.02.2020", NULL);		/* tomorrow */
	refused(s, &consent_type, "withdrawn", "person", person[1], "withdrawn", "15.02.2020", NULL);
	refused(s, &consent_type, "person", NULL);
	refused(s, &consent_type, "purpose", "person", person[1], "purpose", "вообще", NULL);
	CHECK_INT(journal_count(store_journal(s), "consent"), 1);
	REQUIRE_OK(record_remove(s, &consent_type, id, &e));
	CHECK(!valid(0, "participation"));
	REQUIRE_OK(journal_check(store_journal(s), &e));
	end();
}

static void test_several_sign(void)
{
	struct err e = ERR_INIT;
	char id[RECORD_ID_SIZE];
	struct record r;
	begin();
	make(s, &consent_type, id, "person", person[1], "date", "2020-01-01", NULL);
	REQUIRE_OK(sign(0, PEOPLE, "участие", "12.02.2020", &e));
	for (int i = 0; i < PEOPLE; i++)
		CHECK(valid(i, "participation"));
	CHECK_INT(query_number(s, "SELECT count(*) FROM consent"), PEOPLE);		/* who has one keeps it */
	CHECK_INT(query_number(s, "SELECT count(*) FROM consent WHERE date = '2020-02-12'"), PEOPLE - 1);
	REQUIRE_OK(sign(0, PEOPLE, "participation", "", &e));
	CHECK_INT(query_number(s, "SELECT count(*) FROM consent"), PEOPLE);
	/* Withdrawn, then signed anew: another document. */
	REQUIRE_OK(record_load(s, &r, &consent_type, id, &e));
	REQUIRE_OK(record_set(s, &r, "withdrawn", "14.02.2020", &e));
	REQUIRE_OK(record_save(s, &r, &e));
	record_release(&r);
	CHECK(!valid(1, "participation"));
	REQUIRE_OK(sign(1, 1, "participation", NULL, &e));
	CHECK(valid(1, "participation"));
	CHECK_INT(query_number(s, "SELECT count(*) FROM consent WHERE date = '2020-02-14'"), 1);
	/* One who is named twice signs once. */
	const char *const twice[] = { person[2], person[2] };
	REQUIRE_OK(consent_sign(s, twice, 2, "publication", NULL, &e));
	CHECK_INT(query_number(s, "SELECT count(*) FROM consent WHERE purpose = 'publication'"), 1);
	end();
}

static void test_all_or_none(void)
{
	struct err e = ERR_INIT;
	begin();
	const char *const ids[] = { person[0], "zzzzzzzz-9" };
	CHECK_INT(consent_sign(s, ids, 2, "participation", NULL, &e), -1);
	CHECK_INT(e.code, ERR_REFUSED);
	CHECK_INT(sign(0, 2, "вообще", NULL, &e), -1);
	CHECK_INT(sign(0, 2, "participation", "31.02.2020", &e), -1);
	CHECK_INT(query_number(s, "SELECT count(*) FROM consent"), 0);
	CHECK(!valid(0, "participation"));
	REQUIRE_OK(sign(0, 0, "participation", NULL, &e));
	end();
}

static void sheet_is(const char *seminar, const char *want)
{
	struct attendance_rows rows;
	struct err e = ERR_INIT;
	char got[PEOPLE + 1] = "";
	REQUIRE_OK(attendance_rows(s, seminar, &rows, &e));
	for (int i = 0; i < rows.count && i < PEOPLE; i++)
		got[i] = rows.row[i].consent ? '+' : '-';
	CHECK_STR(got, want);
	attendance_rows_release(&rows);
}

static void test_the_sheet(void)
{
	struct err e = ERR_INIT;
	char seminar[RECORD_ID_SIZE], id[RECORD_ID_SIZE];
	begin();
	make(s, &seminar_type, seminar, "title", "Как открыть НКО", "date", "2020-02-14", NULL);
	for (int i = 0; i < PEOPLE; i++)
		REQUIRE_OK(attendance_mark(s, seminar, person[i], ATTENDANCE_PRESENT, &e));
	sheet_is(seminar, "---");
	make(s, &consent_type, id, "person", person[0], "purpose", "publication", NULL);
	make(s, &consent_type, id, "person", person[1], "withdrawn", "14.02.2020", NULL);
	sheet_is(seminar, "---");
	REQUIRE_OK(sign(1, 2, "participation", NULL, &e));
	sheet_is(seminar, "-++");
	end();
}

static const struct test tests_of_this[] = {
	TEST(test_a_record), TEST(test_several_sign), TEST(test_all_or_none), TEST(test_the_sheet), TEST_END
};

int main(int argc, char **argv)
{
	return test_main(argc, argv, tests_of_this);
}
