/* Many deletions that wait: a line on a coordinator's first screen, the page with its two answers. In English: the words are those of the code. */
#include "tests/screens/drive.h"

#include <stdio.h>
#include <string.h>

#include "records/deletion_hold.h"
#include "screens/deletions.h"
#include "tests/unit/records.h"

static struct region region;
static struct loop loop;

/* A question about so many of the people who are there. */
static void ask(const char *id, const char *records, int64_t count)
{
	struct err e = ERR_INIT;

	REQUIRE_OK(store_begin(region.store, &e));
	REQUIRE_OK(deletion_hold_add(region.store, &(struct deletion_hold){ .gone = 7, .id = id, .device = "bbbbbbbb", .person = "", .label = "Ноутбук", .table = "person",
	    .count = count, .total = 100, .records = records, .date = "2020-02-14", .first_op = 1, .last_op = 40 }, &e));
	REQUIRE_OK(store_commit(region.store, &e));
}

static void shows(const char *text)
{
	struct buf now = BUF_INIT;

	if (!CHECK(sees(&loop, text))) {
		picture(&loop, &now);
		test_note("no “%s” in\n%s", text, now.data);
	}
	buf_release(&now);
}

static const char *decision(const char *id)
{
	static char text[32];
	struct record r;
	struct err e = ERR_INIT;

	snprintf(text, sizeof text, "?");
	if (CHECK_INT(record_load(region.store, &r, &deletion_hold_type, id, &e), 0)) {
		snprintf(text, sizeof text, "%s", record_get(&r, "decision"));
		record_release(&r);
	}
	return text;
}

static void test_decide(void)
{
	char records[3 * RECORD_ID_SIZE], person[2][RECORD_ID_SIZE];

	region = drive_region();
	for (int i = 0; i < 2; i++)
		make(region.store, &person_type, person[i], "name", i == 0 ? "Абдуллин Айрат" : "Баширова Венера", "municipality", "80618000", NULL);
	snprintf(records, sizeof records, "%s\n%s", person[0], person[1]);
	ask("aaaaaaaa-901", records, 30);
	ask("aaaaaaaa-902", records, 25);
	drive_open(&loop, region.store, 24, 80);
	shows("many deletions at once: to be decided: 2");
	loop_push(&loop, deletions_open(region.store));
	shows("Ноутбук");
	shows("25 of 100");
	shows("Абдуллин Айрат");
	press(&loop, "End");
	press(&loop, "Enter");
	shows("here and everywhere?");
	press(&loop, "n");
	CHECK_STR(decision("aaaaaaaa-901"), "");
	press(&loop, "Enter");
	press(&loop, "y");
	CHECK_STR(decision("aaaaaaaa-901"), "yes");
	CHECK_STR(decision("aaaaaaaa-902"), "");
	shows("Decided");
	drive_close(&loop);
	store_close(region.store);
}

/* More records than the page of the questions shows. */
static void test_all_records(void)
{
	char id[RECORD_ID_SIZE], name[40];
	struct buf records = BUF_INIT;

	region = drive_region();
	for (int i = 1; i <= 30; i++) {
		snprintf(name, sizeof name, "Человек Номер %02d", i);
		make(region.store, &person_type, id, "name", name, "municipality", "80618000", NULL);
		buf_addf(&records, "%s%s", i > 1 ? "\n" : "", id);
	}
	ask("aaaaaaaa-901", records.data, 40);
	drive_open(&loop, region.store, 40, 80);
	loop_push(&loop, deletions_open(region.store));
	shows("had removed 7 of them within the day before");
	shows("Человек Номер 12");
	CHECK(!sees(&loop, "Человек Номер 13"));
	shows("all 40 of them");
	for (int i = 0; i < 12; i++)
		press(&loop, "Down");
	press(&loop, "Enter");
	shows("Человек Номер 30");
	press(&loop, "q");
	shows("all 40 of them");
	drive_close(&loop);
	buf_release(&records);
	store_close(region.store);
}

static const struct test tests[] = { TEST(test_all_records),  TEST(test_decide), TEST_END };

int main(int argc, char **argv)
{
	if (!drive_start() || !drive_start_at("home"))
		return 1;
	speak("en");
	return test_main(argc, argv, tests);
}
