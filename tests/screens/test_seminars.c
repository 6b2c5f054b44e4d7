/* Seminars on the screens: held again, who else leads one, plan and fact on the card, officials, papers on offer; contacts with administrations. */
#include <stdlib.h>
#include <string.h>

#include "records/attendance.h"
#include "records/consent.h"
#include "records/consultation.h"
#include "records/template.h"
#include "records/seminar.h"
#include "tests/screens/drive.h"
#include "tests/unit/records.h"
#include "tests/unit/test.h"

static struct region r;
static struct loop l;

static void prepare(void)
{
	r = drive_region();
	if (r.store == NULL)
		exit(1);
}

static void open_at(int height, const char *keys)
{
	drive_open(&l, r.store, height, 100);
	press(&l, keys);
}

static void begin(const char *keys)
{
	prepare();
	open_at(24, keys);
}

static void end(void)
{
	drive_close(&l);
	store_close(r.store);
}

static int64_t count(const char *sql)
{
	return query_number(r.store, sql);
}

/* 14.02.2020 «Как открыть НКО» is the second row. */
static void test_a_copy(void)
{
	int64_t before;

	begin("F3 Down");
	before = count("SELECT count(*) FROM seminar WHERE deleted = 0");
	press(&l, "c Esc c Enter Esc");			/* nothing is done before the day is said */
	CHECK_INT(count("SELECT count(*) FROM seminar WHERE deleted = 0"), before);
	press(&l, "c Enter ^U");
	type(&l, "31.2");
	press(&l, "Enter");
	CHECK_INT(count("SELECT count(*) FROM seminar WHERE deleted = 0"), before);
	press(&l, "^U");
	type(&l, "1.3");
	press(&l, "Enter");
	CHECK_INT(count("SELECT count(*) FROM seminar WHERE deleted = 0 AND date = '2020-03-01' AND status = 'planned'"), 1);
	CHECK(sees(&l, "01.03.2020"));				/* its card */
	CHECK(sees(&l, "Как открыть НКО"));
	press(&l, "Esc c Down Enter Enter");			/* with the list, a week later */
	CHECK_INT(count("SELECT count(*) FROM attendance a JOIN seminar s ON a.id > s.id || '/' AND a.id < s.id || '0'"
	    " WHERE s.date = '2020-02-21' AND a.state = 'registered'"), 4);
	end();
}

static void test_a_series(void)
{
	begin("F3 Down c Down Down Enter");
	press(&l, "^U");
	type(&l, "никогда");
	press(&l, "Enter ^U");
	type(&l, "7");
	press(&l, "Enter ^U");
	type(&l, "3");
	press(&l, "Enter");
	CHECK_INT(count("SELECT count(*) FROM seminar WHERE series = 'Как открыть НКО' AND deleted = 0"), 4);
	CHECK_INT(count("SELECT count(*) FROM seminar WHERE date = '2020-03-06'"), 1);
	end();
}

static void test_staff(void)
{
	begin("F3 Down Enter t Enter");				/* the form of somebody new */
	press(&l, "Tab");
	type(&l, "Иванов");
	press(&l, "Enter ^S");
	CHECK_INT(count("SELECT count(*) FROM seminar_staff WHERE deleted = 0 AND part = 'lead'"), 1);
	CHECK(sees(&l, "Иванов"));
	press(&l, "t Down Enter");
	CHECK_INT(count("SELECT count(*) FROM seminar_staff WHERE deleted = 0"), 0);
	CHECK(!sees(&l, "Иванов"));
	end();
}

static void test_plan_on_the_card(void)
{
	struct record seminar;
	struct err e = ERR_INIT;

	prepare();
	REQUIRE_OK(record_load(r.store, &seminar, &seminar_type, r.seminar, &e));
	REQUIRE_OK(record_set(r.store, &seminar, "planned_date", "2020-02-07", &e));
	REQUIRE_OK(record_set(r.store, &seminar, "sheet_place", "шкаф 3, папка 12", &e));
	REQUIRE_OK(record_save(r.store, &seminar, &e));
	record_release(&seminar);
	open_at(60, "F3 Down Enter");
	CHECK(sees(&l, "07.02.2020 → 14.02.2020"));
	CHECK(sees(&l, "шкаф 3, папка 12"));
	end();
}

static void test_officials(void)
{
	char id[RECORD_ID_SIZE], person[RECORD_ID_SIZE];
	struct err e = ERR_INIT;

	prepare();
	make(r.store, &seminar_type, id, "title", "Для администраций", "kind", "information", "date", "2020-12-30", NULL);
	make(r.store, &person_type, person, "name", "Специалистова Нина Львовна", "role", "official", "municipality", "80618000", NULL);
	REQUIRE_OK(attendance_mark(r.store, id, person, ATTENDANCE_PRESENT, &e));
	open_at(60, "F3 Home Enter");
	CHECK(sees(&l, "Для администраций"));
	CHECK(sees(&l, "Специалистова"));
	CHECK(sees(&l, "62"));
	end();
}

static void test_papers(void)
{
	begin("F3 Down P");
	CHECK(sees(&l, "▸"));
	press(&l, "Esc a F11");
	CHECK(sees(&l, "▸"));
	press(&l, "Esc Esc F2 P");
	CHECK(sees(&l, "участие"));
	press(&l, "Esc F6 P Esc");
	CHECK(sees(&l, "Консультации"));
	end();
}

static void test_administration(void)
{
	char person[RECORD_ID_SIZE];

	prepare();
	make(r.store, &person_type, person, "name", "Яяспециалистова Нина", "role", "official", "municipality", "80618000", NULL);
	open_at(24, "F2 Tab End");
	CHECK(sees(&l, "▸ Яя"));
	press(&l, "c ^S");
	CHECK_INT(count("SELECT count(*) FROM consultation WHERE kind = 'administration' AND municipality = '80618000'"), 1);
	end();
}

static void test_contacts_of_a_municipality(void)
{
	char id[RECORD_ID_SIZE];

	prepare();
	make(r.store, &consultation_type, id, "kind", "administration", "municipality", "80618000", "topic", "помещение для сети", NULL);
	open_at(60, "F6 Home Enter");
	CHECK(sees(&l, "помещение для сети"));
	press(&l, "Esc F7");
	type(&l, "/бураевск");
	press(&l, "Enter Enter");
	CHECK(sees(&l, "помещение для сети"));
	end();
}

/* From the page of a programme: the program's own text becomes a first version, that one a second; what was signed is not edited. */
static void test_texts(void)
{
	char id[RECORD_ID_SIZE];

	prepare();
	open_at(60, "9 Enter");
	for (int i = 0; i < 20 && !sees(&l, "▸ согласие: участие") && !sees(&l, "▸ consent: participation"); i++)
		press(&l, "Down");
	press(&l, "Enter ^S");
	CHECK_INT(count("SELECT count(*) FROM template WHERE kind = 'consent-participation' AND version = '1' AND body LIKE '%152-ФЗ%'"), 1);
	make(r.store, &consent_type, id, "person", r.me, NULL);
	check_field(r.store, &consent_type, id, "version", "1");
	drive_close(&l);
	open_at(60, "9 Enter");
	for (int i = 0; i < 20 && !sees(&l, "▸ согласие: участие") && !sees(&l, "▸ consent: participation"); i++)
		press(&l, "Down");
	press(&l, "Enter");
	CHECK(sees(&l, "152-ФЗ"));
	press(&l, "e Tab Tab");
	type(&l, "!");
	press(&l, "^S");
	CHECK_INT(count("SELECT count(*) FROM template WHERE title LIKE '%!'"), 0);
	end();
}

static const struct test tests_of_this[] = {
	TEST(test_a_copy), TEST(test_a_series), TEST(test_staff), TEST(test_plan_on_the_card), TEST(test_officials), TEST(test_papers), TEST(test_administration),
	TEST(test_contacts_of_a_municipality), TEST(test_texts),
	TEST_END
};

int main(int argc, char **argv)
{
	return drive_start() ? test_main(argc, argv, tests_of_this) : 1;
}
