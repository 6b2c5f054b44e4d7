#include "tests/unit/region.h"

#include "base/date.h"
#include "sync/card.h"
#include "sync/request.h"
#include "sync/welcome.h"


static struct store *device;
static struct buf card, join, welcome;
static struct hub_approval how;

static const char *hub_fingerprint(void)
{
	return store_identity(region_hub)->pub.fingerprint;
}

static bool begin(void)
{
	struct err e = ERR_INIT;

	buf_init(&card);
	buf_init(&join);
	buf_init(&welcome);
	if (!CHECK(region_open()) || !CHECK((device = region_device("Хасанова Гөлнара", BURAEVO,
	    "consultant")) != NULL))
		return false;
	how = (struct hub_approval){ .fingerprint = store_identity(device)->pub.fingerprint,
	    .role = "consultant", .municipality = BURAEVO };
	return CHECK_INT(hub_card(region_hub, &card, &e), 0);
}

static void end(void)
{
	buf_release(&card);
	buf_release(&join);
	buf_release(&welcome);
	store_close(device);
	region_close();
}

static bool joined(void)
{
	struct err e = ERR_INIT;

	buf_reset(&join);
	return CHECK_INT(sync_join(device, card.data, card.len, hub_fingerprint(), &join, &e), 0);
}

static void expect(int got, const struct err *e, const char *words)
{
	CHECK_INT(got, -1);
	if (!CHECK(strstr(e->text, words) != NULL))
		test_note("\"%s\", not \"%s\"", e->text, words);
}

static void test_card(void)
{
	struct err e = ERR_INIT;
	struct card c;

	REQUIRE(begin());
	REQUIRE_OK(card_read(&c, card.data, card.len, &e));
	CHECK_STR(c.name, "Уфа");
	CHECK_STR(c.pub.id, store_identity(region_hub)->pub.id);
	CHECK(!c.demonstration);
	/* No byte of it may be missing; what may be changed is the name, which is not what makes it trusted. */
	for (size_t i = 0; i < card.len; i++)
		CHECK_INT(card_read(&c, card.data, i, &e), -1);
	for (size_t i = 0; i < card.len; i++) {
		card.data[i] ^= 1;
		if (card_read(&c, card.data, card.len, &e) == 0) {
			CHECK_STR(c.pub.fingerprint, hub_fingerprint());
			CHECK(strcmp(c.name, "Уфа") != 0);
		}
		card.data[i] ^= 1;
	}
	/* The fingerprint as typed, from paper or the telephone. */
	expect(sync_join(device, card.data, card.len, "12345 12345 12345 12345 12345 12345", &join, &e), &e,
	    "fingerprint");
	CHECK_INT(join.len, 0);
	CHECK_INT(region_count(device, "SELECT count(*) FROM peer"), 0);
	CHECK(joined());
	end();
}

static void test_welcome_is_taken_once(void)
{
	struct err e = ERR_INIT;
	struct sync_status status;

	REQUIRE(begin());
	expect(sync_welcome(device, "x", 1, &e), &e, "join");
	REQUIRE(joined());
	REQUIRE_OK(sync_status(device, &status, &e));
	CHECK(status.joined && !status.welcomed);
	REQUIRE_OK(hub_approve(region_hub, join.data, join.len, &how, &welcome, &e));
	for (size_t i = 0; i < welcome.len; i += 7) {
		welcome.data[i] ^= 2;
		CHECK_INT(sync_welcome(device, welcome.data, welcome.len, &e), -1);
		welcome.data[i] ^= 2;
	}
	REQUIRE_OK(sync_welcome(device, welcome.data, welcome.len, &e));
	expect(sync_welcome(device, welcome.data, welcome.len, &e), &e, "once");
	REQUIRE_OK(sync_status(device, &status, &e));
	CHECK(status.welcomed);
	CHECK_STR(status.hub_name, "Уфа");
	/* Both chains begin at the welcome. */
	CHECK_STR(region_value(device, "SELECT in_hash || out_hash FROM peer"), region_value(region_hub,
	    "SELECT in_hash || out_hash FROM peer"));
	CHECK_STR(region_value(region_hub, "SELECT state FROM peer"), "approved");
	region_sync(device);
	CHECK_INT(region_collect().bundles_taken, 1);
	CHECK_STR(region_value(region_hub, "SELECT state FROM peer"), "active");
	end();
}

/* The same request again: the same request file's number, the same welcome. */
static void test_same_again(void)
{
	struct buf first = BUF_INIT;
	struct err e = ERR_INIT;

	REQUIRE(begin());
	REQUIRE(joined());
	REQUIRE_OK(hub_approve(region_hub, join.data, join.len, &how, &first, &e));
	REQUIRE(joined());		/* written anew by a person who lost the file */
	how.role = "expert";
	how.municipality = NULL;
	REQUIRE_OK(hub_approve(region_hub, join.data, join.len, &how, &welcome, &e));
	CHECK_MEM(welcome.data, welcome.len, first.data, first.len);
	REQUIRE_OK(sync_welcome(device, first.data, first.len, &e));
	/* The changed entry travels in the hub's first bundle. */
	region_sync(device);
	CHECK_INT(region_collect().bundles_taken, 1);
	region_sync(device);
	CHECK_STR(region_value(device, "SELECT role FROM peer"), "expert");
	CHECK_STR(region_value(device, "SELECT value FROM setting WHERE key = 'role'"), "expert");
	buf_release(&first);
	end();
}

static void test_approval(void)
{
	struct hub_approval wrong;
	struct err e = ERR_INIT;

	REQUIRE(begin());
	REQUIRE(joined());
	REQUIRE_OK(hub_pending_add(region_hub, join.data, join.len, &e));
	CHECK_INT(region_count(region_hub, "SELECT count(*) FROM request"), 1);
	REQUIRE_OK(hub_pending_add(region_hub, join.data, join.len, &e));
	CHECK_INT(region_count(region_hub, "SELECT count(*) FROM request"), 1);
	wrong = how;
	wrong.role = "activist";
	expect(hub_approve(region_hub, join.data, join.len, &wrong, &welcome, &e), &e, "role");
	wrong = how;
	wrong.municipality = NULL;
	expect(hub_approve(region_hub, join.data, join.len, &wrong, &welcome, &e), &e, "municipality");
	wrong.municipality = "99999999";
	expect(hub_approve(region_hub, join.data, join.len, &wrong, &welcome, &e), &e, "municipality");
	wrong = how;
	wrong.person = "aaaaaaaa-1";
	expect(hub_approve(region_hub, join.data, join.len, &wrong, &welcome, &e), &e, "person");
	wrong = how;
	wrong.fingerprint = hub_fingerprint();
	expect(hub_approve(region_hub, join.data, join.len, &wrong, &welcome, &e), &e, "fingerprint");
	CHECK_INT(region_count(region_hub, "SELECT count(*) FROM request"), 0);
	CHECK_INT(welcome.len, 0);
	CHECK_INT(region_count(region_hub, "SELECT count(*) FROM peer"), 0);
	CHECK_INT(hub_roster_version(region_hub), 0);
	join.data[join.len - 3] ^= 1;
	CHECK_INT(hub_approve(region_hub, join.data, join.len, &how, &welcome, &e), -1);
	join.data[join.len - 3] ^= 1;
	REQUIRE_OK(hub_approve(region_hub, join.data, join.len, &how, &welcome, &e));
	CHECK_INT(hub_roster_version(region_hub), 1);
	end();
}

/* A request that names a card which its device did not make wants the operator's word. */
static void test_foreign_card(void)
{
	struct err e = ERR_INIT;
	char id[RECORD_ID_SIZE];

	REQUIRE(begin());
	make(region_hub, &person_type, id, "name", "Хасанова Гөлнара", NULL);
	REQUIRE_OK(store_set_setting(device, "person", id, &e));
	REQUIRE(joined());
	expect(hub_approve(region_hub, join.data, join.len, &how, &welcome, &e), &e, "--person");
	how.person = id;
	REQUIRE_OK(hub_approve(region_hub, join.data, join.len, &how, &welcome, &e));
	REQUIRE_OK(sync_welcome(device, welcome.data, welcome.len, &e));
	CHECK_STR(region_value(device, "SELECT person FROM peer"), id);
	/* The person's own card is in scope. */
	region_sync(device);
	region_collect();
	region_sync(device);
	CHECK(region_holds(device, "person", id));
	end();
}

static int count_request(void *context, const struct hub_request *r, struct err *e)
{
	(void)e;
	CHECK_STR(r->label, "Хасанова Гөлнара");
	CHECK_STR(r->fingerprint, store_identity(device)->pub.fingerprint);
	++*(int *)context;
	return 0;
}

static void test_pending(void)
{
	struct err e = ERR_INIT;
	int seen = 0;
	char path[4400];

	REQUIRE(begin());
	REQUIRE(joined());
	/* In the folder that is collected, where a person put it. */
	snprintf(path, sizeof path, "%s/a.join", region_dir);
	file_put(path, join.data, join.len);
	region_collect();
	CHECK(fs_exists(path));
	REQUIRE_OK(hub_pending_each(region_hub, count_request, &seen, &e));
	CHECK_INT(seen, 1);
	/* 60 days later it is gone. */
	clock_set(clock_wall_ms() + 61 * DATE_DAY_MS);
	seen = 0;
	REQUIRE_OK(hub_pending_each(region_hub, count_request, &seen, &e));
	CHECK_INT(seen, 0);
	expect(hub_approve(region_hub, join.data, join.len, &how, &welcome, &e), &e, "60 days");
	clock_set(0);
	end();
}

static void test_too_many_wait(void)
{
	struct err e = ERR_INIT;
	struct join_request r;

	REQUIRE(begin());
	for (int i = 0; i <= REQUESTS_WAITING; i++) {
		struct identity *id = identity_new();
		struct buf file = BUF_INIT;

		memset(&r, 0, sizeof r);
		r.meta.kind = METADATA_JOIN;
		strcpy(r.meta.from, id->pub.id);
		strcpy(r.meta.to, store_identity(region_hub)->pub.id);
		strcpy(r.meta.req, "00112233445566778899aabbccddeeff");
		metadata_now(r.meta.created);
		strcpy(r.label, "девайс");
		request_write(id, &r, &file);
		CHECK_INT(hub_pending_add(region_hub, file.data, file.len, &e), i < REQUESTS_WAITING ? 0 : -1);
		buf_release(&file);
		identity_free(id);
	}
	CHECK_INT(region_count(region_hub, "SELECT count(*) FROM request"), REQUESTS_WAITING);
	end();
}

/* A demonstration and real work never meet. */
static void test_demonstration(void)
{
	struct err e = ERR_INIT;

	REQUIRE(begin());
	REQUIRE_OK(store_set_setting(device, "demonstration", "yes", &e));
	expect(sync_join(device, card.data, card.len, hub_fingerprint(), &join, &e), &e, "demonstration");
	REQUIRE_OK(store_set_setting(region_hub, "demonstration", "yes", &e));
	buf_reset(&card);
	REQUIRE_OK(hub_card(region_hub, &card, &e));
	CHECK(strstr(card.data, "demonstration yes\n") != NULL);
	REQUIRE(joined());
	REQUIRE_OK(store_set_setting(device, "demonstration", NULL, &e));
	expect(sync_join(device, card.data, card.len, hub_fingerprint(), &join, &e), &e, "demonstration");
	end();
}

/* Another hub's card once this store belongs to one; a hub that joins; a sync without a welcome. */
static void test_wrong_places(void)
{
	struct sync_report report;
	struct err e = ERR_INIT;
	struct store *first;

	REQUIRE(begin());
	expect(sync_run(device, region_dir, &report, &e), &e, "join");
	REQUIRE(joined());
	expect(sync_run(device, region_dir, &report, &e), &e, "welcome");
	REQUIRE_OK(hub_approve(region_hub, join.data, join.len, &how, &welcome, &e));
	REQUIRE_OK(sync_welcome(device, welcome.data, welcome.len, &e));
	CHECK_INT(sync_join(region_hub, card.data, card.len, hub_fingerprint(), &join, &e), -1);
	first = region_hub;
	REQUIRE(region_open());
	buf_reset(&card);
	REQUIRE_OK(hub_card(region_hub, &card, &e));
	expect(sync_join(device, card.data, card.len, hub_fingerprint(), &join, &e), &e, "another hub");
	expect(hub_approve(region_hub, join.data, join.len, &how, &welcome, &e), &e, "another hub");
	store_close(first);
	end();
}

/* A device that was suspended joins anew with the same store: a new epoch, nothing lost on either side. */
static void test_join_anew(void)
{
	struct err e = ERR_INIT;
	char person[RECORD_ID_SIZE];
	struct hub_collected got;

	REQUIRE(begin());
	REQUIRE_OK(region_enrol(device, "consultant", BURAEVO, &e));
	region_exchange(&device, 1);
	make(device, &person_type, person, "name", "Вәлиева Зилә", "municipality", BURAEVO, NULL);
	region_sync(device);
	REQUIRE_OK(store_exec(region_hub, "UPDATE peer SET state = 'suspended'", &e));
	got = region_collect();
	CHECK_INT(got.bundles_refused, 1);
	CHECK(strstr(region_notes, "suspended") != NULL);
	REQUIRE_OK(region_enrol(device, "consultant", BURAEVO, &e));
	CHECK_INT(region_count(device, "SELECT epoch FROM peer"), 2);
	make(region_hub, &person_type, person, "name", "От центра", "municipality", BURAEVO, NULL);
	region_exchange(&device, 1);
	region_exchange(&device, 1);
	CHECK_INT(region_count(region_hub, "SELECT count(*) FROM person WHERE name = 'Вәлиева Зилә'"), 1);
	CHECK_INT(region_count(device, "SELECT count(*) FROM person WHERE name = 'От центра'"), 1);
	CHECK(region_same(device, region_hub));
	end();
}

static const struct test tests_of_this[] = { TEST(test_card), TEST(test_welcome_is_taken_once),
    TEST(test_same_again), TEST(test_approval),
	TEST(test_foreign_card), TEST(test_pending), TEST(test_too_many_wait), TEST(test_demonstration),
	    TEST(test_wrong_places),
	TEST(test_join_anew), TEST_END };

int main(int argc, char **argv)
{
	return test_main(argc, argv, tests_of_this);
}
