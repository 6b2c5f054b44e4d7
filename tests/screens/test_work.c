/* What people do in the screens, by keys alone, and what is in the store afterwards. Nothing that is done with random keys breaks anything. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "records/attendance.h"
#include "records/person.h"
#include "records/seminar.h"
#include "screens/parts/draft.h"
#include "tests/screens/drive.h"
#include "tests/unit/records.h"
#include "tests/unit/test.h"


static int64_t count_people(struct store *s, const char *filter)
{
	return count_listed(s, &people_listing, -1, NULL, filter);
}

static bool kept_draft(struct store *s)
{
	struct draft d;
	bool there;

	draft_init(&d);
	there = draft_find(s, &d) == 1;
	draft_release(&d);
	return there;
}

/* Keys of a Russian keyboard all the way: т is n. */
static void new_person(void)
{
	struct region r = drive_region();
	struct loop l;

	REQUIRE(r.store != NULL);
	drive_open(&l, r.store, 24, 80);
	type(&l, "т");
	type(&l, "Ғәйфуллина Таңһылыу Рәшит ҡыҙы");
	press(&l, "Tab");
	type(&l, "8 917 123-45-67");
	press(&l, "Tab Tab");
	type(&l, "род");
	CHECK(sees(&l, "АНО «Родник»"));
	press(&l, "Enter");
	press(&l, "Tab");
	type(&l, "бураев");
	press(&l, "Enter");
	CHECK(sees(&l, "Бураевский район"));
	CHECK(sees(&l, "+7 917 123-45-67"));
	press(&l, "^S");
	CHECK(sees(&l, "Ғәйфуллина Таңһылыу"));		/* in the list, although she is no mentee */
	CHECK(sees(&l, "сохранено"));
	CHECK_INT(count_people(r.store, "гайфуллина родник бураевский"), 1);
	drive_close(&l);
	store_close(r.store);
}

static void new_organisation(void)
{
	struct region r = drive_region();
	struct loop l;

	REQUIRE(r.store != NULL);
	drive_open(&l, r.store, 24, 80);
	press(&l, "n");
	type(&l, "Юсупова Нәркәс");
	press(&l, "Tab Tab Tab");
	type(&l, "Клуб «Ватандаш»");
	press(&l, "Up Enter");				/* the last suggestion: enter it */
	CHECK(sees(&l, "будет внесена"));
	press(&l, "^S");
	CHECK_INT(count_people(r.store, "ватандаш"), 1);
	press(&l, "n");					/* the same name once more is not entered twice */
	type(&l, "Юсупов Урал");
	press(&l, "Tab Tab Tab");
	type(&l, "ватандаш");
	CHECK(sees(&l, "новая: внести"));
	press(&l, "Down Enter ^S");			/* one Down is not yet the offer */
	CHECK_INT(count_people(r.store, "ватандаш"), 2);
	press(&l, "n Tab Tab Tab");			/* another form of quotation marks is no other name */
	type(&l, "КЛУБ \"ВАТАНДАШ\"");
	CHECK(!sees(&l, "новая: внести"));
	press(&l, "Esc Esc y n");
	type(&l, "Юсупов Ирек");
	press(&l, "Tab Tab Tab");
	type(&l, "ватандаш");
	press(&l, "Down Down Enter");
	CHECK(sees(&l, "будет внесена"));
	press(&l, "Esc y");
	drive_close(&l);
	store_close(r.store);
}

/* A letter typed in a field of one value that is filled already takes the place of that value; arrows and Backspace edit it. */
static void filled_fields(void)
{
	struct region r = drive_region();
	struct loop l;

	REQUIRE(r.store != NULL);
	drive_open(&l, r.store, 24, 80);
	press(&l, "e Tab Tab Tab");			/* Галимова: АНО «Родник», Белебеевский район */
	type(&l, "ихл");
	CHECK(!sees(&l, "Родник»ихл"));
	press(&l, "Enter Tab");
	type(&l, "бур");
	CHECK(sees(&l, "Бураевский район"));
	CHECK(!sees(&l, "нет муниципалитета"));		/* something fits yet */
	type(&l, "ъ");
	CHECK(sees(&l, "нет муниципалитета «буръ»"));
	press(&l, "Backspace Enter BackTab Backspace");
	type(&l, "н");
	CHECK(sees(&l, "Бураевский район"));
	press(&l, "Tab BackTab End");
	type(&l, "е");
	CHECK(sees(&l, "Бураевский районе"));
	press(&l, "Backspace Tab BackTab BackTab");
	type(&l, "!");					/* words go on */
	CHECK(sees(&l, "методист!"));
	press(&l, "^S");
	CHECK_INT(count_people(r.store, "галимова ихлас бураевский"), 1);
	press(&l, "F3 e Tab");
	type(&l, "1.4");
	CHECK(sees(&l, "= 01.04.2020"));
	drive_close(&l);
	store_close(r.store);
}

static void wrong_values(void)
{
	struct region r = drive_region();
	struct loop l;
	int64_t before;

	REQUIRE(r.store != NULL);
	drive_open(&l, r.store, 24, 80);
	before = count_people(r.store, NULL);
	press(&l, "n ^S");				/* a name is needed */
	CHECK(sees(&l, "!"));
	CHECK_INT(count_people(r.store, NULL), before);
	type(&l, "Кто-то");
	press(&l, "Tab");
	type(&l, "12");
	press(&l, "^S");
	CHECK_INT(count_people(r.store, NULL), before);
	press(&l, "^U Tab");
	type(&l, "нет собаки");
	press(&l, "^S");
	CHECK_INT(count_people(r.store, NULL), before);
	press(&l, "^U ^S");
	CHECK_INT(count_people(r.store, NULL), before + 1);
	press(&l, "F3 n");
	type(&l, "Семинар");
	press(&l, "Tab Tab");
	type(&l, "31.2");
	press(&l, "^S");
	CHECK(sees(&l, "Семинар · новая запись"));		/* 31 February: the form is still there */
	press(&l, "^U");
	type(&l, "+3");
	CHECK(sees(&l, "= 17.02.2020"));
	press(&l, "^S");
	CHECK(sees(&l, "17.02.2020 Семинар"));
	drive_close(&l);
	store_close(r.store);
}

static void leaving(void)
{
	struct region r = drive_region();
	struct loop l;

	REQUIRE(r.store != NULL);
	drive_open(&l, r.store, 24, 80);
	press(&l, "e Esc");				/* nothing changed: nothing is asked */
	CHECK(sees(&l, "Наставляемые"));
	press(&l, "e");
	type(&l, "х");
	press(&l, "Esc n");				/* no: go on typing */
	CHECK(sees(&l, "Галимова Айгуль Рифовнах"));
	press(&l, "Esc Esc");				/* back without deciding */
	CHECK(sees(&l, "Галимова Айгуль Рифовнах"));
	press(&l, "Esc y");
	CHECK(sees(&l, "Наставляемые"));
	CHECK_INT(count_people(r.store, "рифовнах"), 0);
	press(&l, "F10");
	CHECK(l.done);
	drive_close(&l);
	store_close(r.store);
}

static void removing(void)
{
	struct region r = drive_region();
	struct loop l;
	int64_t before;

	REQUIRE(r.store != NULL);
	drive_open(&l, r.store, 24, 80);
	before = count_people(r.store, NULL);
	press(&l, "Tab d");				/* what goes with a person: Ахметов */
	CHECK(sees(&l, "в листах: 1, посещений: 1"));
	press(&l, "n F3 Down d");
	CHECK(sees(&l, "В листе: 3, пришли: 2"));
	press(&l, "n Up d");				/* nothing goes with an empty one */
	CHECK(!sees(&l, "В листе"));
	press(&l, "n F2");
	press(&l, "Tab Space Space d n");
	CHECK_INT(count_people(r.store, NULL), before);
	press(&l, "d y");
	CHECK_INT(count_people(r.store, NULL), before - 2);
	press(&l, "d Esc");
	CHECK_INT(count_people(r.store, NULL), before - 2);
	press(&l, "d");					/* the program leaves with the question open */
	drive_close(&l);
	store_close(r.store);
}

static int64_t count_mentees(struct store *s)
{
	return count_listed(s, &people_listing, PEOPLE_BY_MINE, "yes", NULL);
}

static void mentees(void)
{
	struct region r = drive_region();
	struct loop l;

	REQUIRE(r.store != NULL);
	drive_open(&l, r.store, 24, 80);
	press(&l, "/");
	type(&l, "сафин");
	CHECK(sees(&l, "среди всех: 1 (Tab)"));
	press(&l, "Tab Enter");
	type(&l, "ь");						/* m */
	CHECK(sees(&l, "Сафин Тимур Ильгизович: с сегодняшнего дня"));
	CHECK_INT(count_mentees(r.store), 6);
	press(&l, "m n");
	CHECK_INT(count_mentees(r.store), 6);
	press(&l, "m y");
	CHECK_INT(count_mentees(r.store), 5);			/* ended on the day when it began */
	press(&l, "Esc Tab m y");
	CHECK_INT(count_mentees(r.store), 4);
	press(&l, "/");
	type(&l, "никого такого");
	CHECK(sees(&l, "среди всех людей тоже"));
	press(&l, "Esc Tab '");
	type(&l, "хасанова");
	press(&l, "Enter m");					/* nobody is a mentee of one's own */
	CHECK(sees(&l, "!"));
	CHECK_INT(count_mentees(r.store), 4);
	drive_close(&l);
	store_close(r.store);
}

static struct attendance_rows sheet(struct region *r)
{
	struct attendance_rows rows;
	struct err e = ERR_INIT;

	memset(&rows, 0, sizeof rows);
	if (!CHECK(attendance_rows(r->store, r->seminar, &rows, &e) == 0))
		test_note("%s", e.text);
	return rows;
}

/* Twelve people arrive at once, one of them unknown: at most 6 keys for a known one, 40 besides the text for the new one. */
static void twelve_arrive(void)
{
	static const char *const known[] = { "валее", "ахм", "сафи", "галим", "рахм", "ураз", "фат", "хаса", "һаҙ", "яҡу", "ива" };
	struct region r = drive_region();
	struct attendance_rows rows;
	struct loop l;

	REQUIRE(r.store != NULL);
	drive_open(&l, r.store, 24, 80);
	press(&l, "F3 Down a");
	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
		int keys = type(&l, known[i]) + 1;

		press(&l, "Enter");
		if (!CHECK(keys <= 6))
			test_note("%d keys for %s", keys, known[i]);
	}
	rows = sheet(&r);
	CHECK_INT(rows.present, 12);			/* two had been marked before, Ахметов is one of them and stays */
	attendance_rows_release(&rows);
	type(&l, "Щукин Пётр Ильич");
	press(&l, "Enter ^S");
	rows = sheet(&r);
	CHECK_INT(rows.present, 13);			/* capacity never limits who came */
	CHECK_INT(rows.capacity, 10);
	attendance_rows_release(&rows);
	CHECK(sees(&l, "[x] Щукин Пётр Ильич"));
	CHECK_INT(count_people(r.store, "щукин"), 1);
	type(&l, "щук");				/* looked for again: marked already, not unmarked */
	press(&l, "Enter");
	rows = sheet(&r);
	CHECK_INT(rows.present, 13);
	attendance_rows_release(&rows);
	drive_close(&l);
	store_close(r.store);
}

/* The beginning of a name goes before letters in the middle of one, whoever stands on the sheet; and of equal ones the sheet goes first. */
static void best_match(void)
{
	static const struct { const char *typed, *meant; } looked_for[] = {
		{ "лат", "Латыпова А. Р.: пришёл" },
		{ "була", "Булатов С. С.: пришёл" },
		{ "азат", "Каримов А. Б.: уже отмечен" },
		{ "карим б", "Каримов А. Б.: уже отмечен" },
		{ "латып", "Латыпова А. Р.: уже отмечен" },
		{ "935", "Латыпова А. Р.: уже отмечен" },
		{ "8935", "Латыпова А. Р.: уже отмечен" },
	};
	struct region r = drive_region();
	char id[3][RECORD_ID_SIZE];
	struct loop l;
	struct err e = ERR_INIT;

	REQUIRE(r.store != NULL);
	make(r.store, &person_type, id[0], "name", "Каримов Азат Булатович", "phone", "+79170009357", NULL);
	make(r.store, &person_type, id[1], "name", "Латыпова Алсу Рифовна", "phone", "+79350008400", NULL);
	make(r.store, &person_type, id[2], "name", "Булатов Салават Салаватович", NULL);
	CHECK_INT(attendance_mark(r.store, r.seminar, id[0], ATTENDANCE_PRESENT, &e), 0);
	drive_open(&l, r.store, 24, 80);
	press(&l, "F3 Down a");
	for (size_t i = 0; i < sizeof looked_for / sizeof looked_for[0]; i++) {
		type(&l, looked_for[i].typed);
		press(&l, "Enter");
		CHECK(sees(&l, looked_for[i].meant));
	}
	drive_close(&l);
	store_close(r.store);
}

static void marks(void)
{
	struct region r = drive_region();
	struct attendance_rows rows;
	struct loop l;

	REQUIRE(r.store != NULL);
	drive_open(&l, r.store, 24, 80);
	press(&l, "F3 Down a Space");			/* Ахметов had come: the mark is taken back */
	rows = sheet(&r);
	CHECK_INT(rows.present, 1);
	attendance_rows_release(&rows);
	press(&l, "Enter F6");
	rows = sheet(&r);
	CHECK_INT(rows.absent, 2);
	attendance_rows_release(&rows);
	press(&l, "F8 y");
	rows = sheet(&r);
	CHECK_INT(rows.count, 3);
	attendance_rows_release(&rows);
	press(&l, "F5");
	type(&l, "много");
	press(&l, "Enter");				/* no number: asked again */
	press(&l, "^U");
	type(&l, "25");
	press(&l, "Enter Enter");			/* what it rests on must be said */
	type(&l, "подсчёт в зале");
	press(&l, "Enter");
	CHECK(sees(&l, "без имени 25"));
	press(&l, "Esc");
	CHECK(sees(&l, "Семинары"));
	drive_close(&l);
	store_close(r.store);
}

/* The line drops: the form is kept; after that it is continued, and then discarded. */
static void drafts(void)
{
	struct region r = drive_region();
	struct loop l;

	REQUIRE(r.store != NULL);
	drive_open(&l, r.store, 24, 80);
	press(&l, "n");
	loop_keep(&l);
	CHECK(!kept_draft(r.store));			/* nothing is typed yet */
	type(&l, "Недописанный Иван");
	press(&l, "Tab Tab Tab");
	type(&l, "ихлас");
	press(&l, "Enter");
	loop_keep(&l);
	CHECK(kept_draft(r.store));
	drive_close(&l);

	drive_open(&l, r.store, 24, 80);
	CHECK(sees(&l, "14.02.2020 14:20"));
	CHECK(sees(&l, "Человек «Недописанный Иван»"));
	press(&l, "Esc");				/* later */
	CHECK(kept_draft(r.store));
	drive_close(&l);

	drive_open(&l, r.store, 24, 80);
	press(&l, "Enter");				/* decides nothing */
	CHECK(!sees(&l, "ФИО *"));
	press(&l, "д");
	CHECK(sees(&l, "Недописанный Иван"));
	CHECK(sees(&l, "РОО «Ихлас»"));
	press(&l, "^S");
	CHECK(!kept_draft(r.store));
	CHECK_INT(count_people(r.store, "недописанный ихлас"), 1);
	CHECK(sees(&l, "▸ Недописанный Иван"));
	press(&l, "F3 Down a F2");
	type(&l, "Пришедшая Анна");
	loop_keep(&l);
	drive_close(&l);

	drive_open(&l, r.store, 24, 80);
	CHECK(sees(&l, "Человек «Пришедшая Анна», в лист семинара"));
	press(&l, "y");
	CHECK(sees(&l, "Участники"));
	CHECK(sees(&l, "Пришедшая Анна"));
	press(&l, "Esc y");
	CHECK(!kept_draft(r.store));
	CHECK(sees(&l, "Участники"));
	press(&l, "F2");
	type(&l, "Ещё кто-то");
	loop_keep(&l);
	drive_close(&l);

	drive_open(&l, r.store, 24, 80);
	press(&l, "n");					/* discard */
	CHECK(!kept_draft(r.store));
	CHECK_INT(count_people(r.store, "пришедшая"), 0);
	press(&l, "F3 Down e Tab Tab");			/* another place for a seminar that has a title */
	type(&l, ", зал");
	loop_keep(&l);
	drive_close(&l);

	drive_open(&l, r.store, 24, 80);
	CHECK(sees(&l, "Семинар «Как открыть НКО»"));
	press(&l, "y ^S Esc");				/* back over its card */
	CHECK(sees(&l, "▸ 14.02.2020 Как открыть НКО"));
	drive_close(&l);
	store_close(r.store);
}

/* Who does not answer the question about a draft and types into another form loses neither: one after the other is asked about. */
static void drafts_wait(void)
{
	struct region r = drive_region();
	struct loop l;

	REQUIRE(r.store != NULL);
	drive_open(&l, r.store, 24, 80);
	press(&l, "n");
	type(&l, "Первый Иван");
	loop_keep(&l);
	drive_close(&l);

	drive_open(&l, r.store, 24, 80);
	press(&l, "Esc n");
	type(&l, "Вторая Анна");
	loop_keep(&l);
	press(&l, "^S");
	CHECK_INT(count_people(r.store, "вторая анна"), 1);
	press(&l, "n");
	type(&l, "Третья Зиля");
	loop_keep(&l);
	drive_close(&l);

	drive_open(&l, r.store, 24, 80);
	CHECK(sees(&l, "Первый Иван"));
	press(&l, "n");
	CHECK(sees(&l, "Третья Зиля"));
	press(&l, "y");
	CHECK(sees(&l, "ФИО *"));
	CHECK(sees(&l, "Третья Зиля"));
	press(&l, "^S");
	CHECK(!kept_draft(r.store));
	CHECK_INT(count_people(r.store, "третья зиля"), 1);
	drive_close(&l);
	store_close(r.store);
}

/* A walk-in whom the register knows is not entered a second time. */
static void walk_in_known(void)
{
	struct region r = drive_region();
	struct attendance_rows rows;
	struct loop l;
	int64_t before;

	REQUIRE(r.store != NULL);
	drive_open(&l, r.store, 24, 80);
	before = count_people(r.store, NULL);
	press(&l, "F3 Down a F2");
	type(&l, "рахматуллин азат наилевич");
	press(&l, "Tab");
	type(&l, "89170000010");
	press(&l, "^S");
	CHECK_INT(count_people(r.store, NULL), before);
	rows = sheet(&r);
	CHECK_INT(rows.present, 3);
	attendance_rows_release(&rows);
	drive_close(&l);
	store_close(r.store);
}

/* Who is written in and known already: what the card did not have is filled in, what it has otherwise is shown and not lost. */
static void walk_in_tells_more(void)
{
	struct region r = drive_region();
	char zilya[RECORD_ID_SIZE];
	struct record card;
	struct loop l;
	struct err e = ERR_INIT;

	REQUIRE(r.store != NULL);
	REQUIRE_OK(record_resolve(r.store, &person_type, "Валеева Зиля Маратовна", zilya, &e));
	drive_open(&l, r.store, 24, 80);
	press(&l, "F3 Down a F2");
	type(&l, "валеева зиля маратовна");
	press(&l, "Tab");
	type(&l, "8 917 000 00 77");
	press(&l, "^S");
	CHECK(sees(&l, "уже был"));
	REQUIRE_OK(record_load(r.store, &card, &person_type, zilya, &e));
	CHECK_STR(record_get(&card, "phone"), "+79170000077");
	CHECK_STR(record_get(&card, "name"), "Валеева Зиля Маратовна");
	record_release(&card);
	press(&l, "F2");
	type(&l, "Валеева Зиля Маратовна");
	press(&l, "Tab");
	type(&l, "8 917 000 00 77");
	press(&l, "Tab ^U");
	type(&l, "РОО «Ихлас»");
	press(&l, "Enter ^S");
	CHECK(sees(&l, "^S"));
	CHECK(sees(&l, "РОО «Ихлас»"));
	press(&l, "^S");
	REQUIRE_OK(record_load(r.store, &card, &person_type, zilya, &e));
	CHECK(strcmp(record_get(&card, "organisation"), "") != 0);
	CHECK_STR(record_get(&card, "phone"), "+79170000077");
	record_release(&card);
	CHECK(sees(&l, "Участники"));
	drive_close(&l);
	store_close(r.store);
}

static void demonstration(void)
{
	struct region r = drive_region();
	struct loop l;
	bool begin = false;

	REQUIRE(r.store != NULL);
	drive_open(&l, r.store, 24, 80);
	l.demonstration = true;
	l.begin_own = &begin;
	CHECK(sees(&l, "ПРИМЕР"));
	press(&l, "F3");
	CHECK(sees(&l, "ПРИМЕР"));
	press(&l, "Enter");
	CHECK(sees(&l, "ПРИМЕР"));
	press(&l, "Esc a");
	CHECK(sees(&l, "ПРИМЕР"));
	loop_resize(&l, 10, 40);
	CHECK(sees(&l, "ПРИМЕР"));
	press(&l, "Esc B");
	CHECK(begin && l.done);
	drive_close(&l);
	store_close(r.store);
}

/* What is longer than a line is wrapped, not cut; a small terminal too shows the whole of it. */
static void long_messages(void)
{
	struct region r = drive_region();
	struct loop l;

	REQUIRE(r.store != NULL);
	drive_open(&l, r.store, 10, 40);
	loop_message(&l, "%s", "одно два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать");
	CHECK(sees(&l, "одно два три"));
	CHECK(sees(&l, "двенадцать"));
	CHECK(sees(&l, "Поиск"));
	press(&l, "F3 Down d");
	CHECK(sees(&l, "Удалить"));
	CHECK(sees(&l, "да  n"));
	CHECK(!sees(&l, "…?"));
	drive_close(&l);
	store_close(r.store);
}

/* A form that was scrolled in a small terminal is whole again in a large one. */
static void form_scrolls_back(void)
{
	struct region r = drive_region();
	struct loop l;

	REQUIRE(r.store != NULL);
	drive_open(&l, r.store, 24, 80);
	press(&l, "F3 Enter BackTab");
	CHECK(sees(&l, "Название"));
	loop_resize(&l, 10, 40);
	CHECK(!sees(&l, "Название"));
	loop_resize(&l, 24, 80);
	CHECK(sees(&l, "Название"));
	drive_close(&l);
	store_close(r.store);
}

static const struct test tests[] = {
	TEST(new_person),
	TEST(new_organisation),
	TEST(filled_fields),
	TEST(wrong_values),
	TEST(leaving),
	TEST(removing),
	TEST(mentees),
	TEST(twelve_arrive),
	TEST(best_match),
	TEST(marks),
	TEST(drafts),
	TEST(drafts_wait),
	TEST(walk_in_known),
	TEST(walk_in_tells_more),
	TEST(demonstration),
	TEST(long_messages),
	TEST(form_scrolls_back),
	TEST_END
};

int main(int argc, char **argv)
{
	if (!drive_start())
		return 1;
	return test_main(argc, argv, tests);
}
