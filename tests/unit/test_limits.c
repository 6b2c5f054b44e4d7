/* What a hostile device, or a stranger who may write to the folder, can cost: each limit of sync/limits.h that a hub keeps by itself. (Those of one bundle's
 * form, and of requests and parked bundles, are held where those are read: test_hostile, test_bundle, test_join.) */
#include <stdio.h>
#include <string.h>

#include "sync/limits.h"
#include "sync/quarantine.h"
#include "sync/quarantine_look.h"
#include "tests/unit/region.h"
#include "tests/unit/test.h"

#define MIB ((size_t)1 << 20)
#define DEVICE "00112233445566778899aabbccddeeff"

/* A refused file of so many bytes, unlike all others. */
static int refuse_bytes(size_t size, bool proved, struct err *e)
{
	static int number;
	struct quarantine_origin from = { .path = "stick/file", .sender = DEVICE, .seq = 1, .proved = proved };
	struct buf bytes = BUF_INIT;
	struct spool sp;
	int result;

	buf_reserve(&bytes, size);
	memset(bytes.data, 0, size);
	bytes.len = size;
	snprintf(bytes.data, size, "%d", ++number);
	result = spool_bytes(&sp, bytes.data, bytes.len, test_folder(), e);
	if (result == 0) {
		result = quarantine_add(region_hub, &sp, &from, "refused", e);
		spool_close(&sp);
	}
	buf_release(&bytes);
	return result;
}

static int64_t count(const char *sql)
{
	return region_count(region_hub, sql);
}

/* Who floods the quarantine pushes out his own, and nobody signs what a stranger claims. */
static void test_shares(void)
{
	struct err e = ERR_INIT;

	REQUIRE(region_open());
	CHECK_INT(refuse_bytes(MIB, true, &e), 0);
	for (int i = 0; i < QUARANTINE_SHARE_FILES + 30; i++)
		CHECK_INT(refuse_bytes(64, false, &e), 0);
	CHECK_INT(count("SELECT count(*) FROM quarantine WHERE NOT proved"), QUARANTINE_SHARE_FILES);
	CHECK_INT(count("SELECT min(id) FROM quarantine WHERE NOT proved"), 32);
	for (int i = 0; i < 20; i++)
		CHECK_INT(refuse_bytes(MIB, false, &e), 0);
	CHECK(count("SELECT sum(length(file)) FROM quarantine WHERE NOT proved") <= QUARANTINE_SHARE_BYTES);
	CHECK_INT(count("SELECT count(*) FROM quarantine WHERE NOT proved AND length(file) = 1048576"), 16);
	CHECK_INT(count("SELECT length(file) FROM quarantine WHERE proved"), MIB);
	/* One larger than the share is kept alone. */
	CHECK_INT(refuse_bytes(20 * MIB, false, &e), 0);
	CHECK_INT(count("SELECT sum(length(file)) FROM quarantine WHERE NOT proved"), 20 * MIB);
	CHECK_INT(count("SELECT length(file) FROM quarantine WHERE proved"), MIB);
	region_close();
}

/* Where there is no room the file is not to be removed: 1. */
static void test_no_room(void)
{
	struct err e = ERR_INIT;

	REQUIRE(region_open());
	CHECK_INT(refuse_bytes(60 * MIB, true, &e), 0);
	CHECK_INT(refuse_bytes(8 * MIB, false, &e), 1);
	CHECK_INT(refuse_bytes(2 * MIB, false, &e), 0);
	CHECK_INT(count("SELECT count(*) FROM quarantine WHERE length(file) IS NOT NULL"), 2);
	region_close();
}

/* With the reserve of the disk gone nothing is taken, nothing lost, and what waits for its turn waits on. */
static void test_reserve(void)
{
	struct store *a;
	struct hub_collected c;
	struct err e = ERR_INIT;
	char id[RECORD_ID_SIZE];

	REQUIRE(region_open());
	a = region_member("Хасанова Гузель", BURAEVO, "consultant");
	REQUIRE(a != NULL);
	make(a, &person_type, id, "name", "Ахметов Ильдар", "municipality", BURAEVO, NULL);
	CHECK_INT(limits_reserve(region_hub), RESERVE_MIB);
	CHECK(limits_set_reserve(region_hub, -1, &e) == -1 && e.code == ERR_REFUSED);
	err_clear(&e);
	REQUIRE_OK(limits_set_reserve(region_hub, 1 << 30, &e));
	CHECK(limits_room(region_hub, &e) == -1 && strstr(e.text, "reserve") != NULL);
	err_clear(&e);
	{
		struct sync_report r;

		REQUIRE_OK(sync_run(a, region_dir, &r, &e));
		REQUIRE_OK(hub_collect(region_hub, region_dir, &c, NULL, NULL, &e));
		CHECK_INT(c.bundles_unread, 1);
		CHECK_INT(c.bundles_taken, 0);
		CHECK_INT(count("SELECT count(*) FROM quarantine"), 0);
		REQUIRE_OK(limits_set_reserve(region_hub, 0, &e));
		REQUIRE_OK(hub_collect(region_hub, region_dir, &c, NULL, NULL, &e));
		CHECK_INT(c.bundles_unread, 0);
		CHECK_INT(c.bundles_taken, 1);
	}
	store_close(a);
	region_close();
}

/* A flood in one inbox is looked at round by round. */
static void test_files_of_a_round(void)
{
	struct hub_collected c;
	struct err e = ERR_INIT;
	char folder[4096 + 128], path[4096 + 256];

	REQUIRE(region_open());
	snprintf(folder, sizeof folder, "%s/%s/inbox/" DEVICE, region_dir, store_identity(region_hub)->pub.id);
	REQUIRE_OK(fs_mkdirs(folder, 0700, &e));
	for (int i = 0; i < ROUND_FILES + 5; i++) {
		FILE *f;

		snprintf(path, sizeof path, "%s/%d", folder, i);
		f = fopen(path, "w");
		REQUIRE(f != NULL && fputs("junk", f) >= 0 && fclose(f) == 0);
	}
	REQUIRE_OK(hub_collect(region_hub, region_dir, &c, NULL, NULL, &e));
	CHECK_INT(c.bundles_refused, ROUND_FILES);
	CHECK_INT(c.files_left, 5);
	REQUIRE_OK(hub_collect(region_hub, region_dir, &c, NULL, NULL, &e));
	CHECK_INT(c.bundles_refused, 5);
	CHECK_INT(c.files_left, 0);
	CHECK_INT(count("SELECT count(*) FROM quarantine"), 1);
	region_close();
}

/* A laptop in a cupboard: only a few bundles are kept for it, and when it comes back it has all. */
static void test_unheard(void)
{
	struct store *pair[2];
	struct err e = ERR_INIT;
	char id[RECORD_ID_SIZE];

	REQUIRE(region_open());
	pair[0] = region_member("Хасанова Гузель", BURAEVO, "consultant");
	pair[1] = region_member("Ахметов Ильдар", BURAEVO, "consultant");
	REQUIRE(pair[0] != NULL && pair[1] != NULL);
	region_exchange(pair, 2);
	region_exchange(pair, 2);
	/* It is as if nobody had heard of the second one for long. */
	REQUIRE_OK(store_exec(region_hub, "UPDATE peer SET heard = heard - 401 * 86400000 WHERE label LIKE 'Ахметов%'", &e));
	for (int i = 0; i < UNHEARD_BUNDLES + 5; i++) {
		make(pair[0], &person_type, id, "name", "Валеева Зиля", "municipality", BURAEVO, NULL);
		region_exchange(pair, 1);
	}
	CHECK_INT(count("SELECT count(*) FROM outbox o JOIN peer p ON p.id = o.peer WHERE p.label LIKE 'Ахметов%' AND o.file IS NOT NULL"), UNHEARD_BUNDLES);
	for (int i = 0; i < 3; i++)
		region_exchange(pair, 2);
	CHECK(region_holds(pair[1], "person", id));
	CHECK_INT(region_count(pair[1], "SELECT count(*) FROM person WHERE name = 'Валеева Зиля'"), UNHEARD_BUNDLES + 5);
	store_close(pair[0]);
	store_close(pair[1]);
	region_close();
}

/* A bundle whose sender was told writes another with its number: this one, taken late, would make that one a fork. */
static void test_answered(void)
{
	struct released r;
	struct err e = ERR_INIT;

	REQUIRE(region_open());
	CHECK_INT(refuse_bytes(64, true, &e), 0);
	REQUIRE_OK(store_exec(region_hub, "UPDATE quarantine SET answered = 1", &e));
	REQUIRE_OK(quarantine_release(region_hub, 1, &r, &e));
	CHECK_INT(r.outcome, RELEASE_REFUSED);
	CHECK_INT(count("SELECT count(*) FROM quarantine"), 1);
	REQUIRE_OK(quarantine_delete(region_hub, 1, &e));
	CHECK(quarantine_release(region_hub, 1, &r, &e) == -1 && e.code == ERR_REFUSED);
	region_close();
}

static int note_limit(void *context, const struct limit *l, struct err *e)
{
	int *seen = context;

	(void)e;
	CHECK(*l->name != '\0' && *l->reason != '\0' && l->value > 0);
	(*seen)++;
	return 0;
}

static void test_list(void)
{
	struct err e = ERR_INIT;
	int seen = 0;

	REQUIRE(region_open());
	REQUIRE_OK(limits_each(region_hub, note_limit, &seen, &e));
	CHECK(seen >= 15);
	region_close();
}

static const struct test tests[] = {
	TEST(test_shares), TEST(test_no_room), TEST(test_reserve), TEST(test_files_of_a_round), TEST(test_unheard), TEST(test_answered), TEST(test_list), TEST_END
};

int main(int argc, char **argv)
{
	return test_main(argc, argv, tests);
}
