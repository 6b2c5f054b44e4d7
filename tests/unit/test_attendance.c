#include "tests/unit/records.h"

#include "base/clock.h"
#include "base/mem.h"
#include "records/attendance.h"
#include "records/person.h"
#include "records/seminar.h"

enum { PEOPLE = 6 };

static struct store *s;
static char seminar[RECORD_ID_SIZE], person[PEOPLE][RECORD_ID_SIZE];
static int64_t now;

/* A seminar with two seats and six people А … Е; every mark a second after the one before. */
static void begin(const char *capacity)
{
	static const char *const names[PEOPLE] = { "Е", "Д", "Г", "В", "Б", "А" };		/* against the order of names */
	now = 1581667200000;
	clock_set(now);
	make(s, &seminar_type, seminar, "title", "Как открыть НКО", "date", "2020-02-14", "capacity", capacity, NULL);
	for (int i = 0; i < PEOPLE; i++)
		make(s, &person_type, person[i], "name", names[i], "phone", "", NULL);
}

static void mark(int i, enum attendance_state state)
{
	struct err e = ERR_INIT;
	clock_set(now += 1000);
	REQUIRE_OK(attendance_mark(s, seminar, person[i], state, &e));
}

static void unmark(int i)
{
	struct err e = ERR_INIT;
	clock_set(now += 1000);
	REQUIRE_OK(attendance_remove(s, seminar, person[i], &e));
}

/* "1Е 2Д* 3Г?": number, name, * present, - absent, ? waiting. */
static void sheet_is(const char *want)
{
	struct attendance_rows rows;
	struct buf b = BUF_INIT;
	struct err e = ERR_INIT;
	REQUIRE_OK(attendance_rows(s, seminar, &rows, &e));
	for (int i = 0; i < rows.count; i++) {
		const struct attendance_row *row = &rows.row[i];
		const char *sign = row->waiting ? "?" : row->state == ATTENDANCE_PRESENT ? "*" : row->state == ATTENDANCE_ABSENT ? "-" : "";
		buf_addf(&b, "%s%d%s%s", i ? " " : "", row->number, row->name, sign);
	}
	CHECK_STR(b.data, want);
	buf_release(&b);
	attendance_rows_release(&rows);
}

static void counts_are(int registered, int waiting, int present, int absent)
{
	struct attendance_rows rows;
	struct err e = ERR_INIT;
	REQUIRE_OK(attendance_rows(s, seminar, &rows, &e));
	CHECK_INT(rows.registered, registered);
	CHECK_INT(rows.waiting, waiting);
	CHECK_INT(rows.present, present);
	CHECK_INT(rows.absent, absent);
	attendance_rows_release(&rows);
}

static void test_order(void)
{
	begin("2");
	sheet_is("");
	mark(1, ATTENDANCE_REGISTERED);
	mark(0, ATTENDANCE_REGISTERED);
	mark(3, ATTENDANCE_REGISTERED);
	mark(2, ATTENDANCE_REGISTERED);
	sheet_is("1Д 2Е 3В? 4Г?");
	counts_are(2, 2, 0, 0);
	mark(4, ATTENDANCE_PRESENT);			/* a walk-in: capacity limits registration, never who came */
	sheet_is("1Д 2Е 3Б* 4В? 5Г?");
	counts_are(3, 2, 1, 0);
	mark(1, ATTENDANCE_ABSENT);			/* a seat gets free: the first of the waiting list has it */
	sheet_is("1Д- 2Е 3В 4Б* 5Г?");
	counts_are(3, 1, 1, 1);
	mark(1, ATTENDANCE_REGISTERED);			/* again, and so behind the others */
	sheet_is("1Е 2В 3Б* 4Г? 5Д?");
	mark(2, ATTENDANCE_PRESENT);			/* who is present does not wait, and keeps the place */
	sheet_is("1Е 2В 3Г* 4Б* 5Д?");
	mark(0, ATTENDANCE_PRESENT);			/* a mark moves nobody */
	sheet_is("1Е* 2В 3Г* 4Б* 5Д?");
}

static void test_removed(void)
{
	begin("2");
	mark(0, ATTENDANCE_REGISTERED);
	mark(1, ATTENDANCE_REGISTERED);
	mark(2, ATTENDANCE_REGISTERED);
	unmark(0);
	sheet_is("1Д 2Г");
	mark(0, ATTENDANCE_REGISTERED);			/* put back, with a new place */
	sheet_is("1Д 2Г 3Е?");
	CHECK_INT(query_number(s, "SELECT count(*) FROM attendance WHERE deleted"), 0);
	struct err e = ERR_INIT;
	unmark(0);
	CHECK_INT(attendance_remove(s, seminar, person[0], &e), -1);
	CHECK_INT(e.code, ERR_REFUSED);
	mark(0, ATTENDANCE_PRESENT);
	sheet_is("1Д 2Г 3Е*");
}

/* Whose card was removed stands on no sheet and in no count. */
static void test_removed_card(void)
{
	struct seminar_counts counts;
	struct err e = ERR_INIT;
	begin("10");
	mark(0, ATTENDANCE_PRESENT);
	mark(1, ATTENDANCE_PRESENT);
	REQUIRE_OK(record_remove(s, &person_type, person[0], &e));
	sheet_is("1Д*");
	REQUIRE_OK(seminar_counts(s, seminar, &counts, &e));
	CHECK_INT(counts.registered, 1);
	CHECK_INT(counts.present, 1);
}

static void test_capacity(void)
{
	begin("");					/* no limit */
	for (int i = 0; i < PEOPLE; i++)
		mark(i, ATTENDANCE_REGISTERED);
	sheet_is("1Е 2Д 3Г 4В 5Б 6А");
	begin("0");
	mark(0, ATTENDANCE_REGISTERED);
	mark(1, ATTENDANCE_PRESENT);
	sheet_is("1Д* 2Е?");
	begin("10");
	for (int i = 0; i < PEOPLE; i++)
		mark(i, ATTENDANCE_REGISTERED);
	counts_are(6, 0, 0, 0);
}

/* The same mark twice writes nothing; one row whoever marks. */
static void test_marks(void)
{
	begin("10");
	mark(0, ATTENDANCE_PRESENT);
	int64_t seq = journal_last_seq(store_journal(s));
	mark(0, ATTENDANCE_PRESENT);
	CHECK_INT(journal_last_seq(store_journal(s)), seq);
	mark(0, ATTENDANCE_ABSENT);
	CHECK_INT(journal_last_seq(store_journal(s)), seq + 1);
	char id[2 * RECORD_ID_SIZE];
	snprintf(id, sizeof id, "%s/%s", seminar, person[0]);
	check_field(s, &attendance_type, id, "state", "absent");
	check_field(s, &attendance_type, id, "seminar", seminar);
	check_field(s, &attendance_type, id, "person", person[0]);
	check_field(s, &seminar_type, seminar, "status", "planned");
}

static void test_record(void)
{
	char id[RECORD_ID_SIZE], want[2 * RECORD_ID_SIZE];
	struct record r;
	struct err e = ERR_INIT;
	begin("10");
	make(s, &attendance_type, id, "seminar", seminar, "person", person[2], "note", "опоздает", NULL);
	snprintf(want, sizeof want, "%s/%s", seminar, person[2]);
	CHECK_STR(id, want);
	check_field(s, &attendance_type, id, "state", "registered");
	refused(s, &attendance_type, "already", "seminar", seminar, "person", person[2], NULL);
	REQUIRE_OK(record_load(s, &r, &attendance_type, id, &e));
	REQUIRE_OK(record_set(s, &r, "person", person[3], &e));
	CHECK_INT(record_save(s, &r, &e), -1);		/* a mark does not become another person's */
	CHECK_INT(e.code, ERR_REFUSED);
	record_release(&r);
	refused(s, &attendance_type, "person", "seminar", seminar, NULL);
	refused(s, &attendance_type, "person", "seminar", seminar, "person", "никто", NULL);
	refused(s, &attendance_type, "mark", "seminar", seminar, "person", person[1], "state", "где-то", NULL);
	CHECK_INT(attendance_mark(s, "zzzzzzzz-1", person[0], ATTENDANCE_PRESENT, &e), -1);
	CHECK_INT(attendance_mark(s, seminar, "zzzzzzzz-1", ATTENDANCE_PRESENT, &e), -1);
	struct attendance_rows rows;
	CHECK_INT(attendance_rows(s, "zzzzzzzz-1", &rows, &e), -1);
}

static void test_row(void)
{
	char organisation[RECORD_ID_SIZE], id[RECORD_ID_SIZE], sheet[RECORD_ID_SIZE];
	struct attendance_rows rows;
	struct err e = ERR_INIT;
	make(s, &organisation_type, organisation, "name", "СП «Бураевский»", NULL);
	make(s, &person_type, id, "name", "Ахметов Ильдар", "phone", "89170000001", "organisation", organisation, "post", "библиотекарь", NULL);
	make(s, &seminar_type, sheet, "title", "Один", "date", "2020-02-14", "unnamed", "4", "unnamed_basis", "счёт", NULL);
	REQUIRE_OK(attendance_mark(s, sheet, id, ATTENDANCE_PRESENT, &e));
	REQUIRE_OK(attendance_rows(s, sheet, &rows, &e));
	REQUIRE(rows.count == 1);
	CHECK_STR(rows.row[0].person, id);
	CHECK_STR(rows.row[0].name, "Ахметов Ильдар");
	CHECK_STR(rows.row[0].organisation, "СП «Бураевский»");
	CHECK_STR(rows.row[0].post, "библиотекарь");
	CHECK_STR(rows.row[0].phone, "+79170000001");
	CHECK_INT(rows.unnamed, 4);
	CHECK_INT(rows.capacity, 10);
	attendance_rows_release(&rows);
}

int main(int argc, char **argv)
{
	static const struct test tests[] = {
		TEST(test_order), TEST(test_removed), TEST(test_removed_card), TEST(test_capacity), TEST(test_marks), TEST(test_record), TEST(test_row), TEST_END
	};
	s = new_store();
	int rc = s ? test_main(argc, argv, tests) : 1;
	clock_set(0);
	store_close(s);
	return rc;
}
