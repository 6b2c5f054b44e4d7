/* Devices that leave, what the hub tells a device of its entry, and the code that a camera reads. */
#include "tests/unit/region.h"

#include "base/qr.h"
#include "records/handover.h"
#include "sync/closing.h"

static struct store *laptop;

static bool begin(void)
{
	if (!CHECK(region_open()))
		return false;
	laptop = region_member("Хасанова Гүзәл", BURAEVO, "consultant");
	if (!CHECK(laptop != NULL))
		return false;
	region_exchange(&laptop, 1);
	region_exchange(&laptop, 1);
	return true;
}

static void end(void)
{
	store_close(laptop);
	region_close();
}

static const char *tag(void)
{
	return store_identity(laptop)->pub.tag;
}

/* The version of the roster never goes back: such a bundle is refused whole. */
static void test_lower_version(void)
{
	struct err e = ERR_INIT;
	struct sync_report r;

	REQUIRE(begin());
	REQUIRE_OK(store_exec(region_hub, "UPDATE peer SET roster = 0, roster_told = -1, role = 'coordinator'", &e));
	region_collect();
	r = region_sync(laptop);
	CHECK_INT(r.bundles_refused, 1);
	CHECK(strstr(r.problem, "roster is older") != NULL);
	CHECK_STR(region_value(laptop, "SELECT role FROM peer"), "consultant");
	end();
}

static void test_entry_in_words(void)
{
	struct buf words = BUF_INIT;
	struct err e = ERR_INIT;

	REQUIRE(begin());
	REQUIRE_OK(sync_entry(laptop, true, &words, &e));
	CHECK_INT(words.len, 0);
	REQUIRE_OK(store_exec(region_hub, "UPDATE peer SET roster = roster + 1, role = 'expert', municipality = '" BELEBEY "', state = 'active'", &e));
	REQUIRE_OK(store_exec(region_hub, "UPDATE setting SET value = value + 1 WHERE key = 'roster_version'", &e));
	region_collect();
	region_sync(laptop);
	REQUIRE_OK(sync_entry(laptop, false, &words, &e));
	CHECK(strstr(words.data, "role; it is now: expert") != NULL);
	CHECK(strstr(words.data, "municipality; it is now: ") != NULL);
	buf_reset(&words);
	REQUIRE_OK(sync_entry(laptop, true, &words, &e));
	CHECK(words.len > 0);			/* until somebody has read it */
	buf_reset(&words);
	REQUIRE_OK(sync_entry(laptop, true, &words, &e));
	CHECK_INT(words.len, 0);
	buf_release(&words);
	end();
}

static int count_held(void *context, const struct hub_held *h, struct err *e)
{
	(void)e;
	*(int *)context += *h->name != '\0';
	return 0;
}

static int count_change(void *context, const struct hub_change *c, struct err *e)
{
	(void)e;
	*(int *)context += strcmp(c->table, "person") == 0;
	return 0;
}

/* Bundles that are on their way are told by their number alone. */
static void test_revoke(void)
{
	char person[RECORD_ID_SIZE];
	struct hub_collected got;
	struct err e = ERR_INIT;
	int held = 0, changes = 0;
	int64_t last;

	REQUIRE(begin());
	make(laptop, &person_type, person, "name", "Гостев", "municipality", BURAEVO, NULL);
	region_exchange(&laptop, 1);
	last = atoll(region_value(region_hub, "SELECT in_seq FROM peer"));
	change(laptop, &person_type, person, "post", "первая после");
	region_sync(laptop);
	change(laptop, &person_type, person, "post", "вторая после");
	region_sync(laptop);
	REQUIRE_OK(hub_revoke(region_hub, tag(), last + 1, &e));
	got = region_collect();
	CHECK_INT(got.bundles_taken, 1);
	CHECK_INT(got.bundles_refused, 1);
	CHECK(strstr(region_notes, "was revoked") != NULL);
	CHECK_STR(region_value(region_hub, "SELECT post FROM person WHERE name = 'Гостев'"), "первая после");
	/* Nobody's data go there any more. */
	make(region_hub, &person_type, person, "name", "Новый", "municipality", BURAEVO, NULL);
	region_collect();
	region_sync(laptop);
	CHECK(!region_holds(laptop, "person", person));
	CHECK_STR(region_value(laptop, "SELECT value FROM setting WHERE key = 'roster_state'"), "revoked");
	REQUIRE_OK(hub_held_each(region_hub, tag(), count_held, &held, &e));
	CHECK_INT(held, 2);			/* its own person's card, and the guest's */
	REQUIRE_OK(hub_changes_each(region_hub, tag(), last, count_change, &changes, &e));
	CHECK_INT(changes, 1);
	/* Once it is said that less is trusted, what was accepted stays all the same. */
	REQUIRE_OK(hub_revoke(region_hub, tag(), 0, &e));
	region_collect();
	CHECK_STR(region_value(region_hub, "SELECT post FROM person WHERE name = 'Гостев'"), "первая после");
	region_sound(region_hub);
	region_sound(laptop);
	end();
}

/* What was made for it and not fetched is withdrawn, and it can still read its last word. */
static void test_withdrawn(void)
{
	char person[RECORD_ID_SIZE];
	struct err e = ERR_INIT;

	REQUIRE(begin());
	make(region_hub, &person_type, person, "name", "Ещё не забран", "municipality", BURAEVO, NULL);
	region_collect();
	CHECK(region_count(region_hub, "SELECT count(*) FROM outbox WHERE file IS NOT NULL") > 0);
	REQUIRE_OK(hub_revoke(region_hub, tag(), -1, &e));
	CHECK_INT(region_count(region_hub, "SELECT count(*) FROM outbox WHERE file IS NOT NULL"), 0);
	region_collect();
	CHECK_INT(region_count(region_hub, "SELECT count(*) FROM outbox WHERE file IS NOT NULL"), 1);
	CHECK_INT(region_sync(laptop).bundles_refused, 0);
	CHECK(!region_holds(laptop, "person", person));
	CHECK_STR(region_value(laptop, "SELECT value FROM setting WHERE key = 'roster_state'"), "revoked");
	end();
}

/* A device's own word closes nothing that the hub did not ask for. */
static void test_word_alone(void)
{
	struct err e = ERR_INIT;

	REQUIRE(begin());
	REQUIRE_OK(store_set_setting(laptop, SETTING_ROSTER_STATE, "retiring", &e));
	REQUIRE_OK(store_set_setting(laptop, SETTING_DESTROYING, "1", &e));
	make(laptop, &person_type, (char[RECORD_ID_SIZE]){ "" }, "name", "Гостев", NULL);
	region_sync(laptop);
	region_collect();
	CHECK_STR(region_value(region_hub, "SELECT state FROM peer"), "active");
	CHECK_STR(region_value(region_hub, "SELECT destroyed IS NULL FROM peer"), "1");
	end();
}

static void test_handover(void)
{
	char from[RECORD_ID_SIZE], to[RECORD_ID_SIZE], mentee[RECORD_ID_SIZE], pair[RECORD_ID_SIZE], own[RECORD_ID_SIZE], ended[RECORD_ID_SIZE], seminar[RECORD_ID_SIZE];
	struct store *s = new_store();
	struct handover done;
	struct err e = ERR_INIT;

	REQUIRE(s != NULL);
	make(s, &person_type, from, "name", "Уходит", NULL);
	make(s, &person_type, to, "name", "Принимает", NULL);
	make(s, &person_type, mentee, "name", "Подопечный", NULL);
	make(s, &mentorship_type, pair, "mentor", from, "mentee", mentee, NULL);
	make(s, &mentorship_type, own, "mentor", from, "mentee", to, NULL);
	make(s, &mentorship_type, ended, "mentor", from, "mentee", mentee, "since", "2019-01-01", "until", "2019-02-01", NULL);
	make(s, &seminar_type, seminar, "title", "Будущий", "date", "2199-01-01", "lead", from, "mentor", to, NULL);
	make(s, &seminar_type, seminar, "title", "Был", "date", "2019-01-01", "lead", from, NULL);
	REQUIRE_OK(handover_count(s, from, &done, &e));
	CHECK_INT(done.mentorships, 2);
	CHECK_INT(done.seminars, 1);
	REQUIRE_OK(store_begin(s, &e));
	REQUIRE_OK(handover(s, from, from, &done, &e));
	CHECK_INT(done.mentorships + done.seminars, 0);
	REQUIRE_OK(handover(s, from, to, &done, &e));
	REQUIRE_OK(store_commit(s, &e));
	CHECK_INT(done.mentorships, 1);
	CHECK_INT(done.seminars, 1);
	CHECK_INT(done.left, 1);		/* nobody mentors himself */
	CHECK_INT(region_count(s, "SELECT count(*) FROM mentorship m JOIN person p ON p.id = m.mentor WHERE p.name = 'Принимает'"), 1);
	CHECK_STR(region_value(s, "SELECT p.name FROM seminar x JOIN person p ON p.id = x.lead WHERE x.title = 'Будущий'"), "Принимает");
	CHECK_STR(region_value(s, "SELECT p.name FROM seminar x JOIN person p ON p.id = x.lead WHERE x.title = 'Был'"), "Уходит");
	REQUIRE_OK(journal_check(store_journal(s), &e));
	store_close(s);
}

static void test_destroy(void)
{
	struct store *s = new_store();
	struct buf after = BUF_INIT;
	char path[4096], copy[4200];
	struct err e = ERR_INIT;

	REQUIRE(s != NULL);
	snprintf(path, sizeof path, "%s", store_path(s));
	snprintf(copy, sizeof copy, "%s.hard", path);
	store_close(s);
	REQUIRE(link(path, copy) == 0);
	REQUIRE_OK(store_destroy(path, &e));
	CHECK(!fs_exists(path));
	/* What a disk keeps of the file has no key slots. */
	REQUIRE_OK(fs_read_file(copy, 1 << 24, &after, &e));
	CHECK(after.len > 8192 && memcmp(after.data, "livenet store", 13) != 0 && memcmp(after.data + 4096, "livenet store", 13) != 0);
	CHECK_INT(store_destroy(path, &e), -1);
	buf_release(&after);
}

/* A picture that decoders read, kept; tests/cli/enrolment.sh has a decoder read others. */
static void test_code(void)
{
	static const char *const rows[] = {
		"                                 ",
		"                                 ",
		"    █▀▀▀▀▀█ ▄▄▄  █▄▄  █▀▀▀▀▀█    ",
		"    █ ███ █  █▀▀█  ▄▀ █ ███ █    ",
		"    █ ▀▀▀ █ ▀▄█▄▄▀█   █ ▀▀▀ █    ",
		"    ▀▀▀▀▀▀▀ ▀ ▀▄▀▄▀ █ ▀▀▀▀▀▀▀    ",
		"    ▀▄█▄█ ▀▄   ▀█▄▀▄▀▄ ▄▀  ▀▄    ",
		"     ██▀▀█▀▀ ▀▀▀▄▀ ▀▀█▀▀▀▄▀ █    ",
		"     ▀ ▀█ ▀▄█▀ ▄██  ▀ ▀▄█▀█▄█    ",
		"    ▀▄▀▀█▄▀▀▀▀█▀█  ▄▀▄ █▀█▄█     ",
		"    ▀ ▀▀  ▀ █▀▄█▀ █▀█▀▀▀█▄▀ ▀    ",
		"    █▀▀▀▀▀█   ▀▄▀█ ██ ▀ █▄▀      ",
		"    █ ███ █ ▀█▀▄█ ▀ ███▀██  ▀    ",
		"    █ ▀▀▀ █ ▀▀  ▀▀█ ▀█▀ ██▀▄█    ",
		"    ▀▀▀▀▀▀▀ ▀▀▀   ▀▀▀ ▀▀▀▀▀ ▀    ",
		"                                 ",
		"                                 ",
	};
	struct qr q, other;

	REQUIRE(qr_encode(&q, "60952 06698 76145 97334 23889 71459"));
	for (int i = 0; i < QR_ROWS; i++) {
		struct buf row = BUF_INIT;

		qr_row(&q, i, &row);
		CHECK_STR(row.data, rows[i]);
		buf_release(&row);
	}
	REQUIRE(qr_encode(&other, ""));
	CHECK(memcmp(&q, &other, sizeof q) != 0);
	CHECK(qr_encode(&q, "01234567890123456789012345678901234567"));
	CHECK(!qr_encode(&q, "012345678901234567890123456789012345678"));
	CHECK(!qr_encode(&q, "small"));
	CHECK(!qr_encode(&q, "ПРИВЕТ"));
}

static const struct test tests_of_this[] = { TEST(test_lower_version), TEST(test_entry_in_words), TEST(test_revoke), TEST(test_withdrawn), TEST(test_word_alone),
	TEST(test_handover), TEST(test_destroy), TEST(test_code), TEST_END };

int main(int argc, char **argv)
{
	return test_main(argc, argv, tests_of_this);
}
