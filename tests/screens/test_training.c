/* Training and thanks on the screens: a course from its list to the papers, as a coordinator goes through it. */
#include <stdlib.h>
#include <string.h>

#include "figures/activity.h"
#include "records/consent.h"
#include "records/course.h"
#include "screens/cards.h"
#include "screens/places.h"
#include "tests/screens/drive.h"
#include "tests/unit/records.h"

static struct region region;
static struct loop loop;
static char course[RECORD_ID_SIZE], first[RECORD_ID_SIZE], aigul[RECORD_ID_SIZE], salima[RECORD_ID_SIZE];

static bool begin(int height, int width)
{
	struct err e = ERR_INIT;

	region = drive_region();
	if (!CHECK(region.store != NULL))
		return false;
	CHECK_INT(record_resolve(region.store, &person_type, "Галимова Айгуль Рифовна", aigul, &e), 0);
	CHECK_INT(record_resolve(region.store, &person_type, "Ғәлиева Сәлимә Ғәбит ҡыҙы", salima, &e), 0);
	make(region.store, &course_type, course, "title", "Основы консультирования НКО", "hours", "72", "provider", "Учебный центр ГСЗН", NULL);
	make(region.store, &group_type, first, "course", course, "title", "Первая группа", "since", "2020-02-10", "until", "2020-02-14", "place", "Уфа", NULL);
	drive_open(&loop, region.store, height, width);
	return true;
}

static void end(void)
{
	drive_close(&loop);
	store_close(region.store);
}

static void enrol(void)
{
	const char *const both[] = { aigul, salima };
	struct err e = ERR_INIT;
	int added;

	REQUIRE_OK(course_enrol(region.store, course, both, 2, first, &added, &e));
}

static int64_t of_store(const char *sql)
{
	return query_number(region.store, sql);
}

static void test_list_and_page(void)
{
	if (!begin(30, 100))
		return;
	enrol();
	press(&loop, "2");
	CHECK(sees(&loop, "Основы консультирования НКО"));
	CHECK(sees(&loop, "Учебный центр ГСЗН"));
	press(&loop, "Enter");
	CHECK(sees(&loop, "Первая группа"));
	CHECK(sees(&loop, "10.02.2020 — 14.02.2020, Уфа"));
	CHECK(sees(&loop, "Галимова Айгуль Рифовна"));
	press(&loop, "Esc");
	press(&loop, "n");
	type(&loop, "Второй курс");
	press(&loop, "^S");
	CHECK(sees(&loop, "Второй курс"));
	CHECK_INT(of_store("SELECT count(*) FROM course"), 2);
	/* In forty columns, too. */
	loop_resize(&loop, 10, 40);
	CHECK(cards_show(&loop, &course_type, course));
	CHECK(sees(&loop, "Основы"));
	press(&loop, "PageDown");
	CHECK(sees(&loop, "Первая"));
	end();
}

/* From the course: whom, then the group. */
static void test_enrol(void)
{
	char id[RECORD_ID_SIZE];

	if (!begin(30, 100))
		return;
	make(region.store, &person_type, id, "name", "Абдуллин Азат Ринатович", "role", "consultant", NULL);
	make(region.store, &person_type, id, "name", "Аминева Алия Ринатовна", "role", "expert", NULL);
	CHECK(cards_show(&loop, &course_type, course));
	press(&loop, "a");
	type(&loop, "абдул");
	press(&loop, "Tab");
	for (int i = 0; i < 5; i++)
		press(&loop, "Backspace");
	type(&loop, "амин");
	press(&loop, "Tab Enter");
	CHECK(sees(&loop, "Первая группа"));
	press(&loop, "Enter");
	CHECK_INT(of_store("SELECT count(*) FROM enrolment WHERE course_group IS NOT NULL"), 2);
	CHECK(sees(&loop, "Абдуллин"));
	/* From the list of people, whoever it is. */
	press(&loop, "F2 a");
	CHECK(sees(&loop, "Основы консультирования НКО"));
	press(&loop, "Esc Esc Esc");
	CHECK(cards_show(&loop, &person_type, salima));
	press(&loop, "a Enter Enter");
	CHECK_INT(of_store("SELECT count(*) FROM enrolment"), 3);
	CHECK(sees(&loop, "Основы консультирования НКО"));		/* on the card */
	end();
}

/* A day, the hours, everybody is marked; one was absent. */
static void test_hours(void)
{
	if (!begin(30, 100))
		return;
	enrol();
	CHECK(cards_show(&loop, &course_type, course));
	press(&loop, "t");
	CHECK(sees(&loop, "10.02.2020"));		/* the group's first day */
	press(&loop, "Enter");
	press(&loop, "Enter");				/* eight hours */
	type(&loop, "Галимова");
	press(&loop, "Tab Enter");			/* was absent */
	CHECK_INT(of_store("SELECT count(*) FROM study_day"), 1);
	CHECK_INT(of_store("SELECT sum(hours) FROM study_day"), 8);
	press(&loop, "t");
	CHECK(sees(&loop, "11.02.2020"));
	press(&loop, "^U");
	type(&loop, "вчера");
	press(&loop, "Enter ^U");
	type(&loop, "25");
	press(&loop, "Enter");
	CHECK_INT(of_store("SELECT count(*) FROM study_day"), 1);
	press(&loop, "^U");
	type(&loop, "6");
	press(&loop, "Enter Enter");
	CHECK_INT(of_store("SELECT sum(hours) FROM study_day"), 20);
	/* Esc at each step changes nothing. */
	press(&loop, "t Esc t Enter Esc t Enter Enter Esc");
	CHECK_INT(of_store("SELECT sum(hours) FROM study_day"), 20);
	CHECK(strcmp(loop.top->class->name, "page") == 0 || strcmp(loop.top->class->name, "course") == 0);
	end();
}

/* Numbers of documents one after the other: the next one is suggested. */
static void test_documents(void)
{
	if (!begin(30, 100))
		return;
	enrol();
	CHECK(cards_show(&loop, &course_type, course));
	press(&loop, "c Enter");
	type(&loop, "02-000099");
	press(&loop, "Enter");
	CHECK(sees(&loop, "02-000100"));
	press(&loop, "Enter");
	CHECK_INT(of_store("SELECT count(*) FROM enrolment WHERE state = 'completed' AND document_date = '2020-02-14'"), 2);
	CHECK_INT(of_store("SELECT count(*) FROM enrolment WHERE document = '02-000100'"), 1);
	CHECK(sees(&loop, "02-000100"));
	press(&loop, "c");				/* nobody is left */
	CHECK(strcmp(loop.top->class->name, "entry") != 0);
	/* Enter on somebody opens the enrolment's form; a person who is not there leads nowhere. */
	press(&loop, "P");
	CHECK(strcmp(loop.top->class->name, "pick") == 0);
	press(&loop, "Esc");
	end();
}

static void test_thanks(void)
{
	struct activity a;
	struct err e = ERR_INIT;
	char id[RECORD_ID_SIZE];

	if (!begin(40, 100))
		return;
	make(region.store, &seminar_type, id, "title", "Проведённый", "date", "2020-02-01", "lead", region.me, "status", "held", NULL);
	REQUIRE_OK(activity_compute(region.store, &a, &e));
	CHECK(a.count > 0 && a.row[0].points >= 10);
	activity_release(&a);
	press(&loop, "6");
	CHECK(sees(&loop, "1. Хасанова Гузель Рашитовна"));
	CHECK(sees(&loop, "× 10 ="));
	/* Enter on a rule edits it; the list follows. */
	act_on(&loop, "first");
	press(&loop, "Enter Tab ^U");
	type(&loop, "30");
	press(&loop, "^S");
	CHECK(sees(&loop, "× 30 ="));
	/* Nobody has consented: said at once, nothing is asked. */
	press(&loop, "P Enter Enter");
	CHECK(sees(&loop, "Хасанова"));
	CHECK_INT(of_store("SELECT count(*) FROM award"), 0);
	press(&loop, "Esc Esc");
	loop_resize(&loop, 10, 40);
	places_go(&loop, ACTION_AWARDS);
	CHECK(sees(&loop, "30"));
	end();
}

static const struct test tests_of_this[] = {
	TEST(test_list_and_page), TEST(test_enrol), TEST(test_hours), TEST(test_documents), TEST(test_thanks), TEST_END
};

int main(int argc, char **argv)
{
	return drive_start() ? test_main(argc, argv, tests_of_this) : 1;
}
