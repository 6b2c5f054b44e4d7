/* Golden screens: what people see, compared with the pictures in tests/screens/golden. TEST_UPDATE=1 writes them anew: look at the difference. */
#include "tests/screens/drive.h"

#include "records/attendance.h"
#include "listings/listing.h"
#include "screens/screens.h"
#include "screens/setup.h"
#include "tests/unit/test.h"

static void people(void)
{
	struct region r = drive_region();
	struct loop l;

	REQUIRE(r.store != NULL);
	drive_open(&l, r.store, 24, 80);
	golden(&l, "people-mine");
	press(&l, "Tab Down Down Space Space");
	golden(&l, "people-all");
	press(&l, "Esc /");
	type(&l, "галие");
	golden(&l, "people-filter");
	press(&l, "Enter ?");
	golden(&l, "people-help");
	press(&l, "q Esc '");
	type(&l, "һаҙ");
	golden(&l, "people-jump");
	drive_close(&l);
	store_close(r.store);
}

static void person_card(void)
{
	struct region r = drive_region();
	struct loop l;

	REQUIRE(r.store != NULL);
	drive_open(&l, r.store, 24, 80);
	press(&l, "e");
	golden(&l, "person-form");
	press(&l, "Tab ^U");
	type(&l, "8,91701E+10");
	press(&l, "Tab");
	golden(&l, "person-wrong-phone");
	press(&l, "Tab Tab Tab ^U");
	type(&l, "бу");
	golden(&l, "person-municipality");
	press(&l, "Down Enter Esc");
	golden(&l, "person-leave");
	press(&l, "Esc Esc y n");
	golden(&l, "person-new");
	drive_close(&l);
	store_close(r.store);
}

static void seminars(void)
{
	struct region r = drive_region();
	struct loop l;

	REQUIRE(r.store != NULL);
	drive_open(&l, r.store, 24, 80);
	press(&l, "F3");
	golden(&l, "seminars");
	press(&l, "Down e");
	golden(&l, "seminar-form");
	press(&l, "Esc d");
	golden(&l, "seminar-remove");
	drive_close(&l);
	store_close(r.store);
}

static void attendance(void)
{
	struct region r = drive_region();
	struct loop l;

	REQUIRE(r.store != NULL);
	drive_open(&l, r.store, 24, 80);
	press(&l, "F3 Down a");
	golden(&l, "attendance");
	type(&l, "а");
	golden(&l, "attendance-find");
	press(&l, "Esc");
	type(&l, "Щукин Пётр");
	press(&l, "Enter");
	golden(&l, "attendance-walk-in");
	press(&l, "^S F5");
	golden(&l, "attendance-unnamed");
	drive_close(&l);
	store_close(r.store);
}

/* Ten places, all taken: who is registered after them waits; who comes all the same has come. */
static void waiting_list(void)
{
	struct region r = drive_region();
	struct listing_view *all;
	struct loop l;
	struct err e = ERR_INIT;

	REQUIRE(r.store != NULL);
	all = listing_open(r.store, &people_listing);
	REQUIRE_OK(listing_window(all, 0, 12, &e));
	for (int i = 0; i < 12; i++)
		CHECK_INT(attendance_mark(r.store, r.seminar, listing_id(all, i), i < 8 ? ATTENDANCE_PRESENT : ATTENDANCE_REGISTERED, &e), 0);
	listing_close(all);
	drive_open(&l, r.store, 24, 80);
	press(&l, "F3 Down a");
	golden(&l, "attendance-waiting");
	loop_resize(&l, 24, 120);
	golden(&l, "attendance-waiting-120");
	drive_close(&l);
	store_close(r.store);
}

static void exchange(void)
{
	struct region r = drive_region();
	struct loop l;

	REQUIRE(r.store != NULL);
	drive_open(&l, r.store, 24, 80);
	press(&l, "F5");
	type(&l, "/нет/такой/папки");
	golden(&l, "exchange-ask");
	press(&l, "Enter");
	golden(&l, "exchange-failed");
	drive_close(&l);
	store_close(r.store);
}

static void small_and_large(void)
{
	struct region r = drive_region();
	struct loop l;

	REQUIRE(r.store != NULL);
	drive_open(&l, r.store, 10, 40);
	press(&l, "Tab");
	golden(&l, "people-40x10");
	press(&l, "F3 Down ф");
	golden(&l, "attendance-40x10");
	press(&l, "F2");
	golden(&l, "attendance-walk-in-40x10");
	press(&l, "Esc");
	loop_resize(&l, 30, 120);
	golden(&l, "attendance-120x30");
	drive_close(&l);
	store_close(r.store);
}

static int no_store(void *context, const char *name, const char *municipality, const char *role, const char *passphrase, struct err *e)
{
	CHECK_STR(role, "consultant");
	(void)context;
	(void)name;
	(void)passphrase;
	CHECK_STR(municipality, "80618000");
	return err_set(e, ERR_REFUSED, "диск заполнен");
}

static void first_start(void)
{
	struct screens_setup options = { .create = no_store };
	bool created = false;
	struct loop l;

	loop_init(&l, NULL, 24, 80, theme_glyphs("linux"));
	loop_push(&l, setup_open(&options, &created));
	golden(&l, "setup-first");
	type(&l, "Хасанова Гузель Рашитовна");
	press(&l, "Enter");
	type(&l, "Бура");
	press(&l, "Enter Enter");
	type(&l, "весна");
	press(&l, "Enter");
	golden(&l, "setup");
	press(&l, "^S");
	golden(&l, "setup-short");
	type(&l, "весна осень 52 окна");
	press(&l, "Enter");
	type(&l, "весна осень 52 окна");
	press(&l, "^S");
	golden(&l, "setup-refused");
	CHECK(!created);
	drive_close(&l);
}

static const struct test tests[] = {
	TEST(people),
	TEST(person_card),
	TEST(seminars),
	TEST(attendance),
	TEST(waiting_list),
	TEST(exchange),
	TEST(small_and_large),
	TEST(first_start),
	TEST_END
};

int main(int argc, char **argv)
{
	if (!drive_start())
		return 1;
	return test_main(argc, argv, tests);
}
