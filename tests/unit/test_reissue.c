/* What the hub refused because the device's clock was ahead, given anew. */
#include "base/date.h"
#include "store/journal_clock.h"
#include "tests/unit/region.h"

#define NOW INT64_C(1581670800000)	/* 2020-02-14 09:00 UTC */

static struct store *a, *b;

static bool begin(void)
{
	struct store *both[2];

	clock_set(NOW);
	if (!CHECK(region_open()))
		return false;
	both[0] = a = region_member("Хасанова Гөлнара", BURAEVO, "consultant");
	both[1] = b = region_member("Орлова Вера", BELEBEY, "coordinator");
	if (!CHECK(a != NULL && b != NULL))
		return false;
	region_exchange(both, 2);
	region_exchange(both, 2);
	return true;
}

static void end(void)
{
	region_sound(a);
	region_sound(b);
	region_sound(region_hub);
	store_close(a);
	store_close(b);
	region_close();
	clock_set(0);
}

/* The computer says another time for one device alone. */
static struct sync_report sync_at(struct store *s, int64_t ms)
{
	struct sync_report report;

	clock_set(ms);
	report = region_sync(s);
	clock_set(NOW);
	return report;
}

static void say(struct store *s, int64_t ms)
{
	struct err e = ERR_INIT;

	REQUIRE_OK(store_begin(s, &e));
	CHECK_INT(journal_clock_set(store_journal(s), ms, &e), 0);
	REQUIRE_OK(store_commit(s, &e));
}

static struct sync_status status_of(struct store *s)
{
	struct sync_status status;
	struct err e = ERR_INIT;

	CHECK_INT(sync_status(s, &status, &e), 0);
	return status;
}

/* A week ahead: refused, waits for the date, given anew, accepted; what was typed meanwhile comes along, and stamps are in order again. */
static void test_clock_ahead(void)
{
	char person[RECORD_ID_SIZE], seminar[RECORD_ID_SIZE], late[RECORD_ID_SIZE];
	const int64_t ahead = NOW + 7 * DATE_DAY_MS;
	struct sync_report report;
	int64_t known;

	REQUIRE(begin());
	clock_set(ahead);
	make(a, &person_type, person, "name", "Ахметов Ильдар", "municipality", BURAEVO, NULL);
	make(a, &seminar_type, seminar, "title", "Гранты", "date", "2020-02-20", "municipality", BURAEVO, NULL);
	mark(a, seminar, person, ATTENDANCE_PRESENT);
	change(a, &person_type, person, "phone", "89170000002");
	change(a, &person_type, person, "phone", "89170000003");
	sync_at(a, ahead);
	CHECK(region_collect().operations_refused >= 5);
	CHECK(!region_holds(region_hub, "person", person));
	report = sync_at(a, ahead + DATE_HOUR_MS);
	CHECK(report.clock);
	CHECK(report.refused >= 5);
	CHECK_INT(report.bundles_written, 0);			/* more of the same would be refused */
	clock_set(ahead + 2 * DATE_HOUR_MS);
	CHECK_INT(journal_clock_doubt(store_journal(a), &known), CLOCK_REFUSED);
	make(a, &person_type, late, "name", "Поздний Пётр", "municipality", BURAEVO, NULL);	/* without the guard */
	clock_set(ahead + 3 * DATE_HOUR_MS);
	say(a, NOW);						/* the computer's clock stays wrong */
	report = region_sync(a);
	CHECK(report.operations_again >= 6);
	CHECK(!report.clock);
	clock_set(NOW);
	CHECK(region_holds(a, "person", person));
	CHECK_INT(region_count(a, "SELECT count(*) FROM not_accepted"), 0);
	CHECK_INT(region_count(a, "SELECT max(hlc) >> 16 > 1581670800000 + 86400000 FROM oplog WHERE dev = 1"
	    " AND seq NOT IN (SELECT seq FROM refused WHERE dev = 1)"), 0);
	region_sound(a);
	CHECK_INT(region_collect().operations_refused, 0);
	region_sync(a);
	CHECK_INT(status_of(a).refused, 0);
	CHECK_INT(status_of(a).sent + status_of(a).unsent, 0);
	CHECK(region_within(a, region_hub));
	CHECK_STR(region_value(region_hub, "SELECT phone FROM person WHERE name = 'Ахметов Ильдар'"), "+79170000003");
	CHECK_INT(region_count(region_hub, "SELECT count(*) FROM attendance WHERE state = 'present'"), 1);
	/* And later edits of the same records are taken too. */
	change(a, &person_type, person, "phone", "89170000004");
	mark(a, seminar, person, ATTENDANCE_ABSENT);
	region_sync(a);
	CHECK_INT(region_collect().operations_refused, 0);
	region_sync(b);
	CHECK(region_same(b, region_hub));
	end();
}

/* The clock was put right before the hub answered: nobody is asked. */
static void test_put_right_meanwhile(void)
{
	char person[RECORD_ID_SIZE];
	struct sync_report report;

	REQUIRE(begin());
	make(a, &person_type, person, "name", "Ахметов Ильдар", "municipality", BURAEVO, NULL);
	region_exchange(&a, 1);
	clock_set(NOW + 40 * DATE_DAY_MS);
	change(a, &person_type, person, "phone", "89170000002");
	region_sync(a);
	clock_set(NOW);
	change(a, &person_type, person, "post", "учитель");	/* its stamp follows the one that is ahead */
	CHECK(region_collect().operations_refused > 0);
	report = region_sync(a);
	CHECK_INT(report.operations_again, 2);
	CHECK_INT(region_collect().operations_refused, 0);
	region_sync(a);
	CHECK_STR(region_value(region_hub, "SELECT phone || post FROM person WHERE name = 'Ахметов Ильдар'"), "+79170000002учитель");
	end();
}

/* While a bundle is under way nothing is given anew: the hub may accept what stands in it. */
static void test_bundle_under_way(void)
{
	char person[RECORD_ID_SIZE];
	struct sync_report report;
	struct buf first = BUF_INIT;
	struct err e = ERR_INIT;

	REQUIRE(begin());
	clock_set(NOW + 26 * DATE_HOUR_MS);
	make(a, &person_type, person, "name", "Ахметов Ильдар", "municipality", BURAEVO, NULL);
	region_sync(a);
	change(a, &person_type, person, "phone", "89170000002");
	region_sync(a);
	clock_set(NOW);
	/* The second bundle is late. */
	REQUIRE_OK(fs_read(region_file("inbox", a, 3), 1 << 20, false, &first, &e));
	REQUIRE(unlink(region_file("inbox", a, 3)) == 0);
	CHECK(region_collect().operations_refused > 0);
	report = region_sync(a);
	CHECK(report.clock);
	CHECK_INT(report.operations_again, 0);
	clock_set(NOW + 6 * DATE_HOUR_MS);
	region_collect();
	region_sync(a);
	report = region_sync(a);
	CHECK(report.operations_again > 0 || status_of(a).refused == 0);
	for (int i = 0; i < 3; i++) {
		region_collect();
		region_sync(a);
	}
	CHECK_INT(status_of(a).refused, 0);
	CHECK_STR(region_value(region_hub, "SELECT phone FROM person WHERE name = 'Ахметов Ильдар'"), "+79170000002");
	CHECK(region_within(a, region_hub));
	buf_release(&first);
	end();
}

/* What was refused for another reason stays refused, and so does what rests on it. */
static void test_other_reasons_stay(void)
{
	char person[RECORD_ID_SIZE], elsewhere[RECORD_ID_SIZE];
	struct sync_report report;

	REQUIRE(begin());
	make(a, &seminar_type, elsewhere, "title", "Чужой", "date", "2020-03-01", "municipality", BELEBEY, NULL);
	clock_set(NOW + 9 * DATE_DAY_MS);
	make(a, &person_type, person, "name", "Ахметов Ильдар", "municipality", BURAEVO, NULL);
	clock_set(NOW);
	region_sync(a);
	region_collect();
	report = region_sync(a);
	CHECK(report.operations_again >= 1);
	region_collect();
	region_sync(a);
	CHECK(region_holds(region_hub, "person", person));
	CHECK_INT(status_of(a).refused, region_count(a, "SELECT count(*) FROM not_accepted"));
	end();
}

/* A change whose stamp was too far ahead, of a record that the hub refused for another reason and whose stamp is a little ahead: given anew it still follows
 * what it rests on, and the hub refuses it for that. */
static void test_rests_on_another_reason(void)
{
	char person[RECORD_ID_SIZE], elsewhere[RECORD_ID_SIZE];
	struct sync_report report;

	REQUIRE(begin());
	make(a, &person_type, person, "name", "Ахметов Ильдар", "municipality", BURAEVO, NULL);
	clock_set(NOW + 17 * DATE_HOUR_MS);
	make(a, &seminar_type, elsewhere, "title", "Чужой", "date", "2020-03-01", "municipality", BELEBEY, "lead", person, NULL);
	clock_set(NOW + 60 * DATE_HOUR_MS);
	change(a, &seminar_type, elsewhere, "title", "Чужой семинар");
	clock_set(NOW);
	region_sync(a);
	region_collect();
	CHECK_INT(region_count(region_hub, "SELECT count(*) FROM receipt_refused WHERE reason = 'scope'"), 1);
	CHECK_INT(region_count(region_hub, "SELECT count(*) FROM receipt_refused WHERE reason = 'clock'"), 1);
	report = region_sync(a);
	CHECK_INT(report.operations_again, 1);
	region_sound(a);
	region_collect();
	report = region_sync(a);
	CHECK(!report.clock);
	CHECK_INT(report.operations_again, 0);
	CHECK_INT(status_of(a).refused, 2);
	CHECK_INT(region_count(a, "SELECT count(*) FROM not_accepted WHERE reason = 'depends'"), 1);
	end();
}

/* What it rests on is too far ahead itself and not given anew: nobody will ever have that, so nothing names it any more. */
static void test_never_taken(void)
{
	char person[RECORD_ID_SIZE];
	struct err e = ERR_INIT;

	REQUIRE(begin());
	make(a, &person_type, person, "name", "Ахметов Ильдар", "municipality", BURAEVO, NULL);
	region_exchange(&a, 1);
	clock_set(NOW + 40 * DATE_DAY_MS);
	change(a, &person_type, person, "phone", "89170000002");
	change(a, &person_type, person, "phone", "89170000003");
	clock_set(NOW);
	region_sync(a);
	region_collect();
	clock_set(NOW + 40 * DATE_DAY_MS);
	region_sync(a);
	REQUIRE_OK(store_begin(a, &e));
	REQUIRE_OK(store_exec(a, "DELETE FROM not_accepted WHERE seq = (SELECT min(seq) FROM not_accepted)", &e));
	REQUIRE_OK(store_commit(a, &e));
	clock_set(NOW);
	CHECK_INT(region_sync(a).operations_again, 1);
	region_sound(a);
	CHECK_INT(region_collect().operations_refused, 0);
	region_sync(a);
	CHECK_STR(region_value(region_hub, "SELECT phone FROM person WHERE name = 'Ахметов Ильдар'"), "+79170000003");
	end();
}

/* A device that joins anew with nothing to send is active at once, and gets its feed. */
static void test_nothing_to_send(void)
{
	char person[RECORD_ID_SIZE];
	struct err e = ERR_INIT;

	REQUIRE(begin());
	CHECK_INT(region_enrol(a, "consultant", BURAEVO, &e), 0);
	make(b, &person_type, person, "name", "Ахметов Ильдар", "municipality", BURAEVO, NULL);
	region_sync(b);
	CHECK_INT(region_sync(a).bundles_written, 1);
	region_collect();
	region_sync(a);
	CHECK(region_holds(a, "person", person));
	CHECK_STR(region_value(region_hub, "SELECT count(*) FROM peer WHERE state = 'active'"), "2");
	CHECK_INT(region_sync(a).bundles_written, 0);
	end();
}

static const struct test tests_of_this[] = { TEST(test_clock_ahead), TEST(test_put_right_meanwhile), TEST(test_bundle_under_way), TEST(test_other_reasons_stay),
	TEST(test_rests_on_another_reason), TEST(test_never_taken), TEST(test_nothing_to_send), TEST_END };

int main(int argc, char **argv)
{
	return test_main(argc, argv, tests_of_this);
}
