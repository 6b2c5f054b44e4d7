#include "tests/unit/region.h"

/* One device: what it makes arrives, its receipt comes back, and nothing moves any more. */
static void test_first_exchange(void)
{
	struct store *a;
	struct sync_report report;
	struct hub_collected got;
	struct sync_status status;
	struct err e = ERR_INIT;
	char seminar[RECORD_ID_SIZE], person[RECORD_ID_SIZE];

	REQUIRE(region_open());
	REQUIRE((a = region_member("Хасанова Гөлнара", BURAEVO, "consultant")) != NULL);
	make(a, &seminar_type, seminar, "title", "Как открыть НКО", "date", "2020-02-14", "municipality", BURAEVO, NULL);
	make(a, &person_type, person, "name", "Ахметов Ильдар", NULL);
	mark(a, seminar, person, ATTENDANCE_PRESENT);
	REQUIRE_OK(sync_status(a, &status, &e));
	CHECK(status.joined && status.welcomed);
	CHECK_INT(status.unsent, journal_last_seq(store_journal(a)));
	report = region_sync(a);
	CHECK_INT(report.bundles_written, 1);
	CHECK_INT(report.operations_sent, journal_last_seq(store_journal(a)));
	got = region_collect();
	CHECK_INT(got.bundles_taken, 1);
	CHECK_INT(got.operations_refused, 0);
	CHECK_INT(got.bundles_refused, 0);
	CHECK_INT(got.bundles_written, 1);
	CHECK(!fs_exists(region_file("inbox", a, 1)));
	CHECK(region_same(a, region_hub));
	report = region_sync(a);
	CHECK_INT(report.bundles_read, 1);
	CHECK_INT(report.accepted, journal_last_seq(store_journal(a)));
	CHECK_INT(report.refused, 0);
	CHECK_INT(report.operations_received, 0);
	REQUIRE_OK(sync_status(a, &status, &e));
	CHECK_INT(status.unsent + status.sent, 0);
	CHECK_INT(status.accepted, journal_last_seq(store_journal(a)));
	/* A bundle that only acknowledges is no reason to write one. */
	report = region_sync(a);
	CHECK_INT(report.bundles_written + report.bundles_read, 0);
	region_sound(a);
	region_sound(region_hub);
	store_close(a);
	region_close();
}

static const struct test tests_of_this[] = { TEST(test_first_exchange), TEST_END };

int main(int argc, char **argv)
{
	return test_main(argc, argv, tests_of_this);
}
