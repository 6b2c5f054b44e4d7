/* Thanks: the activity by points, its ranking and calculation; letters; how a letter speaks to a person. */
#include "tests/unit/records.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/mem.h"
#include "documents/letters.h"
#include "figures/activity.h"
#include "records/attendance.h"
#include "records/award.h"
#include "records/consent.h"
#include "records/greeting.h"

static struct store *s;
static char expert[RECORD_ID_SIZE], first[RECORD_ID_SIZE], second[RECORD_ID_SIZE], guest[3][RECORD_ID_SIZE];

static void begin(void)
{
	static const char *const names[] = { "Гость Первый", "Гость Второй", "Гость Третий" };
	clock_set(1581667200000);		/* 14 February 2020 */
	s = new_store();
	REQUIRE(s != NULL);
	make(s, &person_type, expert, "name", "Хасанова Гульнара Рашитовна", "role", "expert", NULL);
	make(s, &person_type, first, "name", "Галимова Айгуль Рифовна", "role", "consultant", NULL);
	make(s, &person_type, second, "name", "Ахметов Ильдар Зуфарович", "role", "consultant", NULL);
	for (int i = 0; i < 3; i++)
		make(s, &person_type, guest[i], "name", names[i], NULL);
}

static void end(void)
{
	store_close(s);
	clock_set(0);
}

static void seminar(const char *lead, const char *status, int guests, char id[RECORD_ID_SIZE])
{
	struct err e = ERR_INIT;
	make(s, &seminar_type, id, "title", "Семинар", "date", "2020-02-01", "lead", lead, "mentor", expert, "status", status, NULL);
	for (int i = 0; i < guests; i++)
		REQUIRE_OK(attendance_mark(s, id, guest[i], ATTENDANCE_PRESENT, &e));
}

static void staff(const char *at, const char *who, const char *part)
{
	struct err e = ERR_INIT;
	REQUIRE_OK(store_begin(s, &e));
	sqlite3_stmt *st = store_prepare(s, "INSERT INTO seminar_staff(id, deleted, seminar, person, part) VALUES(?1 || '/' || ?2, 0, ?1, ?2, ?3)", &e);
	store_bind_text(st, 1, at);
	store_bind_text(st, 2, who);
	store_bind_text(st, 3, part);
	REQUIRE_OK(store_run(s, st, &e));
	REQUIRE_OK(store_commit(s, &e));
}

static void compute(struct activity *a)
{
	struct err e = ERR_INIT;
	REQUIRE_OK(activity_compute(s, a, &e));
}

static int64_t counted(const struct activity *a, const char *who, const char *measure)
{
	const struct activity_row *row = activity_find(a, who);
	return row ? row->count[activity_measure(measure)] : -1;
}

static void test_measures(void)
{
	struct activity a;
	char id[RECORD_ID_SIZE], other[RECORD_ID_SIZE];
	begin();
	seminar(first, "held", 2, id);
	staff(id, second, "lead");			/* led it too */
	staff(id, first, "lead");			/* said twice, counted once */
	seminar(first, "planned", 3, id);		/* somebody came: it was held */
	seminar(second, "planned", 0, id);
	seminar(second, "cancelled", 0, id);
	make(s, &consultation_type, id, "mentor", expert, "mentee", first, NULL);
	make(s, &consultation_type, id, "mentor", expert, "mentee", second, NULL);
	make(s, &consultation_type, other, "mentor", expert, "mentee", second, NULL);
	struct err e = ERR_INIT;
	REQUIRE_OK(record_remove(s, &consultation_type, other, &e));
	make(s, &mentorship_type, id, "mentor", expert, "mentee", first, NULL);
	make(s, &mentorship_type, id, "mentor", expert, "mentee", first, NULL);
	compute(&a);
	CHECK_INT(a.count, 3);
	CHECK_INT(counted(&a, first, "seminars_led"), 2);
	CHECK_INT(counted(&a, second, "seminars_led"), 1);
	CHECK_INT(counted(&a, expert, "seminars_mentored"), 2);
	CHECK_INT(counted(&a, first, "people_reached"), 3);	/* once each */
	CHECK_INT(counted(&a, second, "people_reached"), 2);
	CHECK_INT(counted(&a, expert, "consultations"), 2);
	CHECK_INT(counted(&a, expert, "mentees"), 1);
	CHECK(activity_find(&a, guest[0]) == NULL);
	/* 10 a seminar led, 5 mentored, 2 a consultation, 1 a person reached. */
	CHECK_INT(activity_find(&a, first)->points, 23);
	CHECK_INT(activity_find(&a, second)->points, 12);
	CHECK_INT(activity_find(&a, expert)->points, 14);
	CHECK_STR(a.row[0].person, first);
	CHECK_INT(a.row[1].rank, 2);
	struct buf words = BUF_INIT;
	activity_calculation(&a, &a.row[0], &words);
	CHECK_STR(words.data, "seminars held: 2 × 10 = 20; people at the seminars: 3 × 1 = 3");
	buf_release(&words);
	activity_release(&a);
	end();
}

static void test_ties_and_rules(void)
{
	struct activity a;
	struct record r;
	struct err e = ERR_INIT;
	char id[RECORD_ID_SIZE];
	begin();
	seminar(first, "held", 0, id);
	seminar(second, "held", 0, id);
	compute(&a);
	CHECK_STR(a.row[0].person, second);		/* by name: А before Г */
	CHECK_INT(a.row[0].rank, 1);
	CHECK_INT(a.row[1].rank, 1);
	CHECK(a.row[0].tied && a.row[1].tied);
	CHECK_INT(a.row[2].points, 10);			/* twice the mentor: three are even */
	CHECK_INT(a.row[2].rank, 1);
	activity_release(&a);
	REQUIRE_OK(record_load(s, &r, &award_rule_type, "points-led", &e));
	REQUIRE_OK(record_set(s, &r, "points", "30", &e));
	REQUIRE_OK(record_save(s, &r, &e));
	record_release(&r);
	refused(s, &award_rule_type, "edit", "measure", "seminars_led", "points", "1", NULL);
	make(s, &award_rule_type, id, "measure", "mentees", "points", "3", NULL);
	check_field(s, &award_rule_type, id, "position", "6");
	compute(&a);
	CHECK_INT(a.rules, 6);
	CHECK_INT(a.row[0].points, 30);
	CHECK_INT(a.row[2].rank, 3);
	CHECK(!a.row[2].tied);
	activity_release(&a);
	/* Rules that two devices made, or that a newer program knows. */
	REQUIRE_OK(store_begin(s, &e));
	REQUIRE_OK(store_exec(s, "INSERT INTO award_rule(id, deleted, programme, measure, points, position) VALUES"
	    "('aaaaaaaa-1', 0, 'first', 'seminars_led', 1000, 9), ('aaaaaaaa-2', 0, 'first', 'сердечность', 5, 1),"
	    " ('aaaaaaaa-3', 0, 'first', 'questions_answered', 9223372036854775807, 7)", &e));
	REQUIRE_OK(store_commit(s, &e));
	compute(&a);
	CHECK_INT(a.rules, 7);
	CHECK_INT(a.row[0].points, 30);
	activity_release(&a);
	end();
}

static void consent(const char *who)
{
	struct err e = ERR_INIT;
	REQUIRE_OK(consent_sign(s, &who, 1, CONSENT_PARTICIPATION, "2020-02-01", &e));
}

static void test_letters(void)
{
	struct letters l;
	struct buf words = BUF_INIT;
	struct err e = ERR_INIT;
	char id[RECORD_ID_SIZE], *number;
	begin();
	seminar(first, "held", 1, id);
	seminar(second, "held", 0, id);
	CHECK_INT(letters_choose(s, NULL, 0, 1, &l, &e), -1);		/* nobody signed */
	consent(first);
	consent(expert);
	REQUIRE_OK(letters_choose(s, NULL, 0, 1, &l, &e));
	CHECK_INT(l.count, 2);
	CHECK_INT(l.without_count, 1);
	letters_tell_without(&l, &words);
	CHECK_STR(words.data, "1 person without a consent to taking part is left out: Ахметов Ильдар Зуфарович");
	CHECK_STR(l.row[0].number, "");
	CHECK_INT(query_number(s, "SELECT count(*) FROM award"), 0);
	REQUIRE_OK(letters_issue(s, &l, &e));
	CHECK_STR(l.row[0].person, first);
	CHECK(l.row[0].issued && l.row[1].issued);
	CHECK_INT(l.row[0].points, 11);
	number = mem_dup(l.row[0].number);
	letters_release(&l);
	/* More activity later: the letter stays what it was. */
	seminar(first, "held", 2, id);
	REQUIRE_OK(letters_choose(s, (const char *const[]){ first, first }, 2, 0, &l, &e));
	CHECK_INT(l.count, 1);
	CHECK_INT(l.row[0].points, 22);
	REQUIRE_OK(letters_issue(s, &l, &e));
	CHECK(!l.row[0].issued);
	CHECK_STR(l.row[0].number, number);
	CHECK_INT(l.row[0].points, 11);
	CHECK_INT(query_number(s, "SELECT count(*) FROM award"), 2);
	letters_release(&l);
	CHECK_INT(letters_choose(s, NULL, 0, 1000, &l, &e), -1);
	/* Somebody who is neither expert nor consultant can be thanked by name. */
	consent(guest[0]);
	REQUIRE_OK(letters_choose(s, (const char *const[]){ guest[0] }, 1, 0, &l, &e));
	CHECK_INT(l.row[0].points, 0);
	letters_release(&l);
	buf_release(&words);
	free(number);
	end();
}

static void test_greeting(void)
{
	static const struct { const char *name, *want; } names[] = {
		{ "Хасанова Гульнара Рашитовна", "Уважаемая Гульнара Рашитовна!" },
		{ "Ахметов Ильдар Зуфарович", "Уважаемый Ильдар Зуфарович!" },
		{ "Кузьмин Пётр Ильич", "Уважаемый Пётр Ильич!" },
		{ "Кузьмина Анна Ильинична", "Уважаемая Анна Ильинична!" },
		{ "Ғәлиева Сәлимә Ғәбит ҡыҙы", "Уважаемая Сәлимә Ғәбит ҡыҙы!" },
		{ "Вәлиев Рәшит Әхмәт улы", "Уважаемый Рәшит Әхмәт улы!" },
		{ "Мамедов Ариф Гасан оглы", "Уважаемый Ариф Гасан оглы!" },
		{ "Валеева Зиля Маратҡыҙы", "Уважаемая Зиля Маратҡыҙы!" },
		{ "Валеева Зиля", "Уважаемая Валеева Зиля!" },
		{ "Вәлиев Айнур", "Уважаемый Вәлиев Айнур!" },
		{ "Грин Эмма", "Уважаемый(ая) Грин Эмма!" },
		{ "Ковалёва Айгуль", "Уважаемая Ковалёва Айгуль!" },
		{ "Шмидт Эрика", "Уважаемый(ая) Шмидт Эрика!" },
		{ "Ким", "Уважаемый(ая) Ким!" },
		{ "Сент Экзюпери Антуан", "Уважаемый(ая) Сент Экзюпери Антуан!" },
		{ "", "Уважаемый(ая) !" },
		{ "  Хасанова   Гульнара  РАШИТОВНА ", "Уважаемая Гульнара РАШИТОВНА!" },
	};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		struct buf out = BUF_INIT;
		greeting(names[i].name, &out);
		CHECK_STR(out.data, names[i].want);
		buf_release(&out);
	}
}

static const struct test tests_of_this[] = {
	TEST(test_measures), TEST(test_ties_and_rules), TEST(test_letters), TEST(test_greeting), TEST_END
};

int main(int argc, char **argv)
{
	return test_main(argc, argv, tests_of_this);
}
