/* Folding between a hub and its devices: whoever was told stays told, whoever was away gets records anew, and the store stops growing. */
#include "tests/unit/region.h"

#include <sys/stat.h>

#include "store/fold.h"
#include "sync/chain.h"
#include "sync/fold_round.h"

#define DAY (24 * 3600 * (int64_t)1000)

static struct store *a, *b;
static int64_t now;

static bool begin(void)
{
	now = 1580000000000;
	clock_set(now);
	if (!CHECK(region_open()))
		return false;
	a = region_member("Хасанова Гөлнара", BURAEVO, "coordinator");
	b = region_member("Орлова Вера", BELEBEY, "coordinator");
	return CHECK(a != NULL && b != NULL);
}

static void checked(struct store *s)
{
	struct chain_report r;
	struct err e = ERR_INIT;

	region_sound(s);
	if (!CHECK_INT(chain_check(s, &r, &e), 0))
		test_note("%s", e.text);
}

static void end(void)
{
	checked(a);
	checked(b);
	checked(region_hub);
	store_close(a);
	store_close(b);
	region_close();
	clock_set(0);
}

static void pass(int days)
{
	clock_set(now += days * DAY);
}

static void all(void)
{
	struct store *both[] = { a, b };

	region_exchange(both, 2);
	region_exchange(both, 2);
}

static int64_t operations(struct store *s)
{
	return query_number(s, "SELECT count(*) FROM oplog");
}

static void set_phone(struct store *s, const char *id, int n)
{
	char phone[32];

	snprintf(phone, sizeof phone, "+7917%07d", n);
	change(s, &person_type, id, "phone", phone);
}

/* Both fold by themselves, and what they have is the same. */
static void test_all_fold(void)
{
	char id[RECORD_ID_SIZE];
	int64_t before;

	REQUIRE(begin());
	make(a, &person_type, id, "name", "Ахметов Ильдар", "phone", "+79170000000", NULL);
	for (int i = 1; i <= 10; i++) {
		all();
		pass(1);
		set_phone(i % 2 ? a : b, id, i);
	}
	all();
	before = operations(region_hub);
	CHECK_INT(operations(a), operations(b));
	pass(350);
	all();
	CHECK_INT(operations(region_hub), before);		/* not yet a year */
	pass(20);
	all();
	all();
	CHECK_INT(operations(region_hub), before - 9);
	CHECK_INT(operations(a), operations(b));
	CHECK(operations(a) <= before - 9);
	CHECK(region_same(a, region_hub));
	CHECK(region_same(b, region_hub));
	set_phone(b, id, 77);
	all();
	check_field(a, &person_type, id, "phone", "+79170000077");
	CHECK_INT(journal_conflicts(store_journal(region_hub)), 0);
	end();
}

/* A device that was away for two years, with an edit that it never sent and a value that is folded everywhere else. */
static void test_away(void)
{
	char id[RECORD_ID_SIZE];

	REQUIRE(begin());
	make(a, &person_type, id, "name", "Ахметов Ильдар", "phone", "+79170000000", NULL);
	all();
	set_phone(a, id, 1);
	all();
	set_phone(b, id, 2);
	change(b, &person_type, id, "post", "учитель");
	for (int i = 3; i < 6; i++) {
		pass(1);
		set_phone(a, id, i);
		region_sync(a);
		region_collect();
	}
	for (int i = 0; i < 24; i++) {
		pass(31);
		region_sync(a);
		region_collect();
	}
	CHECK(query_number(region_hub, "SELECT count(*) FROM folded") > 0);
	all();
	all();
	CHECK(region_same(a, region_hub));
	CHECK(region_same(b, region_hub));
	CHECK_INT(journal_conflicts(store_journal(a)), 1);	/* nobody knew of the other: as without any folding */
	CHECK_INT(journal_conflicts(store_journal(b)), 1);
	check_field(a, &person_type, id, "post", "учитель");
	set_phone(b, id, 9);
	all();
	CHECK_INT(journal_conflicts(store_journal(a)), 0);
	CHECK_INT(journal_conflicts(store_journal(region_hub)), 0);
	end();
}

/* What a device was told in a bundle that it has not read yet stays as it was told; one that is heard holds the folding up. */
static void test_held_up(void)
{
	struct err e = ERR_INIT;
	char id[RECORD_ID_SIZE];

	REQUIRE(begin());
	make(a, &person_type, id, "name", "Ахметов Ильдар", "phone", "+79170000000", NULL);
	all();
	for (int i = 1; i < 5; i++) {
		set_phone(a, id, i);
		pass(1);
		region_sync(a);
		region_collect();
	}
	/* b does not read that, but is heard of: a year later its old bundle lies in the folder once more, as from a stick. */
	for (int i = 0; i < 13; i++) {
		REQUIRE_OK(store_exec(region_hub, "UPDATE peer SET heard = heard + 32 * 86400000 WHERE tag <> '' AND label LIKE 'Орлова%'", &e));
		pass(31);
		region_sync(a);
		region_collect();
	}
	CHECK_INT(query_number(region_hub, "SELECT count(*) FROM folded"), 0);
	all();
	change(b, &person_type, id, "post", "методист");	/* with which b confirms */
	all();
	pass(8);
	all();
	CHECK(query_number(region_hub, "SELECT count(*) FROM folded") > 0);
	CHECK(region_same(b, region_hub));
	end();
}

/* Five years of the same work every month: after the second the hub's store grows by what is new alone. */
static void test_five_years(void)
{
	char id[20][RECORD_ID_SIZE];
	int64_t after[6], pages[6];

	REQUIRE(begin());
	for (int i = 0; i < 20; i++)
		make(a, &person_type, id[i], "name", "Ахметов Ильдар", "phone", "+79170000000", "municipality", BURAEVO, NULL);
	all();
	for (int year = 1; year <= 5; year++) {
		for (int month = 0; month < 12; month++) {
			for (int i = 0; i < 20; i++) {
				set_phone((i + month) % 2 ? a : b, id[i], year * 1000 + month * 20 + i);
				change(month % 2 ? a : b, &person_type, id[i], "note", month % 3 ? "перезвонить" : "не беспокоить");
			}
			all();
			pass(30);
		}
		after[year] = operations(region_hub);
		pages[year] = query_number(region_hub, "SELECT page_count - freelist_count FROM pragma_page_count(), pragma_freelist_count()");
		test_note("year %d: the hub has %lld operations in %lld pages, a device %lld operations", year, (long long)after[year],
		    (long long)pages[year], (long long)operations(a));
	}
	CHECK(after[5] <= after[2] + 40);
	CHECK(after[5] - after[4] < 40);
	CHECK(operations(a) <= after[5] + 40);
	end();
}

static const struct test tests[] = {
	TEST(test_all_fold),
	TEST(test_away),
	TEST(test_held_up),
	TEST(test_five_years),
	TEST_END
};

int main(int argc, char **argv)
{
	return test_main(argc, argv, tests);
}
