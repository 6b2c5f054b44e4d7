/* Devices whose program is not this one: what they may send, and what becomes of it. */
#include "tests/unit/region.h"

#include "records/deletion_hold.h"

enum { PEOPLE = 60 };

static struct store *coordinator, *field;
static char person[PEOPLE][RECORD_ID_SIZE];

static void exchange(void)
{
	struct store *const all[] = { coordinator, field };

	for (int i = 0; i < 2; i++)
		region_exchange(all, 2);
}

static bool begin(void)
{
	struct err e = ERR_INIT;

	if (!CHECK(region_open()))
		return false;
	coordinator = region_member("Первый Координатор", BELEBEY, "coordinator");
	field = region_member("Хасанова Гузель", BURAEVO, "consultant");
	if (!CHECK(coordinator != NULL && field != NULL) || !CHECK_INT(store_begin(coordinator, &e), 0))
		return false;
	for (int i = 0; i < PEOPLE; i++) {
		char name[64];

		snprintf(name, sizeof name, "Человек Номер %03d", i);
		make(coordinator, &person_type, person[i], "name", name, "municipality", BURAEVO, NULL);
	}
	CHECK_INT(store_commit(coordinator, &e), 0);
	exchange();
	return true;
}

static void end(void)
{
	region_exchange(&coordinator, 1);
	CHECK(region_same(coordinator, region_hub));
	region_sound(coordinator);
	region_sound(region_hub);
	store_close(coordinator);
	store_close(field);
	region_close();
}

static void take_away(int from, int to)
{
	struct err e = ERR_INIT;

	for (int i = from; i < to; i++)
		if (!CHECK_INT(record_remove(field, &person_type, person[i], &e), 0))
			test_note("%s", e.text);
}

static int visible(struct store *s)
{
	return region_count(s, "SELECT count(*) FROM person WHERE deleted = 0 AND name LIKE 'Человек%'");
}

/* The last operation of the device gets this body, which its own program would not write. */
static void forge(const char *body)
{
	struct err e = ERR_INIT;
	sqlite3_stmt *st = store_prepare_once(field, "UPDATE oplog SET body = ?1 WHERE dev = 1 AND seq = (SELECT max(seq) FROM oplog WHERE dev = 1)", &e);

	REQUIRE(st != NULL);
	store_bind_text(st, 1, body);
	REQUIRE_OK(store_run(field, st, &e));
	sqlite3_finalize(st);
}

static void decide(bool agreed)
{
	struct err e = ERR_INIT;

	if (!CHECK_INT(deletion_hold_decide(coordinator, region_value(coordinator, "SELECT id FROM deletion_hold WHERE decision IS NULL"), agreed, &e), 0))
		test_note("%s", e.text);
}

/* What rests on a deletion that waits is not merged when it comes; so its form is looked at then, and not when a coordinator has agreed. */
static void resting(const char *format)
{
	char body[512];

	if (!begin())
		return;
	take_away(0, 30);
	exchange();
	CHECK_INT(visible(region_hub), PEOPLE);
	snprintf(body, sizeof body, format, region_value(field, "SELECT max(o.hlc) FROM refused r JOIN oplog o USING(dev, seq) WHERE r.dev = 1"),
	    store_identity(field)->pub.tag, store_identity(field)->pub.tag);
	change(field, &person_type, person[0], "phone", "+79170000001");
	forge(body);
	region_sync(field);
	CHECK_INT(region_collect().bundles_refused, 1);
	decide(true);
	region_sync(coordinator);
	region_collect();
	CHECK_INT(visible(region_hub), PEOPLE - 30);
	region_sync(coordinator);
	end();
}

static void test_resting_on_what_waits(void)
{
	resting("[[1,7,[[%s,\"%s\"]]]]");			/* a mark that is none */
	resting("[[2,7,[[%s,\"%s\"]]]]");			/* a number for a name */
	resting("[[3,\"x\",[[%s,\"%s\"],[9000000000000000000,\"%s\"]]]]");	/* it saw what is still to come */
}

static const struct test tests[] = { TEST(test_resting_on_what_waits), TEST_END };

int main(int argc, char **argv)
{
	return test_main(argc, argv, tests);
}
