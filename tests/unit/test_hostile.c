/* Devices whose program is not this one: what they may send, and what becomes of it. */
#include "tests/unit/region.h"

#include "records/deletion_hold.h"
#include "records/person_link.h"

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

static int largest(struct store *s)
{
	return region_count(s, "SELECT max(n) FROM (SELECT count(*) AS n FROM joined GROUP BY shown)");
}

/* A chain of links, each by itself what anybody may do, would make one person of all cards, and every change of it a walk over all of them. */
static void test_chain_of_links(void)
{
	struct err e = ERR_INIT;
	char id[2 * RECORD_ID_SIZE];

	REQUIRE(begin());
	REQUIRE_OK(store_begin(field, &e));
	for (int i = 0; i + 1 < PEOPLE; i++)
		REQUIRE_OK(person_join(field, person[i], person[i + 1], &e));
	REQUIRE_OK(store_commit(field, &e));
	exchange();
	CHECK_INT(largest(region_hub), 50);
	CHECK_INT(region_count(field, "SELECT count(*) FROM not_accepted WHERE reason = 'joined'"), 1);
	CHECK_INT(largest(coordinator), 50);
	/* Nor by a link that is there and says something else so far. */
	make(coordinator, &person_link_type, id, "person", person[0], "other", person[55], "verdict", PERSON_DIFFERENT, NULL);
	exchange();
	change(field, &person_link_type, id, "verdict", PERSON_SAME);
	exchange();
	CHECK_INT(region_count(field, "SELECT count(*) FROM not_accepted WHERE reason = 'joined'"), 2);
	CHECK_INT(largest(region_hub), 50);
	CHECK_INT(largest(field), 50);
	/* Where the set is parted there is room again. */
	REQUIRE_OK(person_part(field, person[20], person[21], &(bool){ false }, &e));
	REQUIRE_OK(person_join(field, person[21], person[55], &e));
	exchange();
	CHECK_INT(largest(region_hub), PEOPLE - 21);
	CHECK_INT(region_count(region_hub, "SELECT count(DISTINCT shown) FROM joined"), 2);
	region_sound(field);
	end();
}

/* The order of the two is what makes one record of two devices' links, and what a link is found by. */
static void test_link_turned(void)
{
	struct err e = ERR_INIT;
	struct store *s;
	char sql[1024];

	REQUIRE(begin());
	s = field;
	REQUIRE_OK(store_begin(s, &e));
	snprintf(sql, sizeof sql, "INSERT INTO person_link(id, deleted, person, other, verdict) VALUES('%s/%s', 0, '%s', '%s', 'same'), ('%s/%s', 0, '%s', '%s', 'same')",
	    person[1], person[0], person[1], person[0], person[2], person[2], person[2], person[2]);
	REQUIRE_OK(store_exec(s, sql, &e));
	REQUIRE_OK(store_commit(s, &e));
	exchange();
	CHECK_INT(region_count(region_hub, "SELECT count(*) FROM person_link"), 0);
	CHECK_INT(region_count(field, "SELECT count(*) FROM not_accepted WHERE reason = 'form'"), 2);
	CHECK_INT(region_count(field, "SELECT count(*) FROM joined"), 0);
	region_sound(field);
	end();
}

static const struct test tests[] = { TEST(test_resting_on_what_waits), TEST(test_chain_of_links), TEST(test_link_turned), TEST_END };

int main(int argc, char **argv)
{
	return test_main(argc, argv, tests);
}
