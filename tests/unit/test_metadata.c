#include <string.h>

#include "base/clock.h"
#include "sync/metadata.h"
#include "tests/unit/test.h"

#define FROM "0123456789abcdef0123456789abcdef"
#define TO "fedcba9876543210fedcba9876543210"
#define PREV "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
#define BUNDLE "bundle/1 from=" FROM " to=" TO " epoch=1 seq=7 prev=" PREV " created=2020-02-14T09:30:00Z"
#define JOIN "join/1 from=" FROM " to=" TO " req=" TO " created=2020-02-14T09:30:00Z"
#define WELCOME "welcome/1 from=" FROM " to=" TO " req=" TO " epoch=12 created=2020-02-14T09:30:00Z"

static void test_round_trip(void)
{
	static const char *const lines[] = { BUNDLE, JOIN, WELCOME };

	for (int i = 0; i < 3; i++) {
		struct buf out = BUF_INIT;
		struct metadata m;
		struct err e = ERR_INIT;

		REQUIRE_OK(metadata_read(&m, lines[i], strlen(lines[i]), &e));
		CHECK_INT(m.kind, i);
		CHECK_STR(m.from, FROM);
		CHECK_STR(m.to, TO);
		CHECK_STR(m.created, "2020-02-14T09:30:00Z");
		metadata_write(&m, &out);
		CHECK_STR(out.data, lines[i]);
		buf_release(&out);
	}
}

static void test_fields(void)
{
	struct metadata m;
	struct err e = ERR_INIT;

	REQUIRE_OK(metadata_read(&m, BUNDLE, strlen(BUNDLE), &e));
	CHECK_INT(m.epoch, 1);
	CHECK_INT(m.seq, 7);
	CHECK_STR(m.prev, PREV);
	REQUIRE_OK(metadata_read(&m, WELCOME, strlen(WELCOME), &e));
	CHECK_INT(m.epoch, 12);
	CHECK_STR(m.req, TO);
}

static void test_wrong_spellings(void)
{
	static const char *const wrong[] = {
		"", "bundle/1", "bundle/2" " from=" FROM " to=" TO " epoch=1 seq=7 prev=" PREV " created=2020-02-14T09:30:00Z",
		" " BUNDLE, BUNDLE " ", BUNDLE "\n", BUNDLE "\r", BUNDLE " more=1",
		"bundle/1  from=" FROM " to=" TO " epoch=1 seq=7 prev=" PREV " created=2020-02-14T09:30:00Z",
		"bundle/1 to=" TO " from=" FROM " epoch=1 seq=7 prev=" PREV " created=2020-02-14T09:30:00Z",
		"bundle/1 from=" FROM "0 to=" TO " epoch=1 seq=7 prev=" PREV " created=2020-02-14T09:30:00Z",
		"bundle/1 from=0123456789ABCDEF0123456789abcdef to=" TO " epoch=1 seq=7 prev=" PREV " created=2020-02-14T09:30:00Z",
		"bundle/1 from=" FROM " to=" TO " epoch=0 seq=7 prev=" PREV " created=2020-02-14T09:30:00Z",
		"bundle/1 from=" FROM " to=" TO " epoch=1 seq=07 prev=" PREV " created=2020-02-14T09:30:00Z",
		"bundle/1 from=" FROM " to=" TO " epoch=1 seq= prev=" PREV " created=2020-02-14T09:30:00Z",
		"bundle/1 from=" FROM " to=" TO " epoch=1 seq=-7 prev=" PREV " created=2020-02-14T09:30:00Z",
		"bundle/1 from=" FROM " to=" TO " epoch=1 seq=+7 prev=" PREV " created=2020-02-14T09:30:00Z",
		"bundle/1 from=" FROM " to=" TO " epoch=1 seq=9999999999999999 prev=" PREV " created=2020-02-14T09:30:00Z",
		"bundle/1 from=" FROM " to=" TO " epoch=1 seq=7 created=2020-02-14T09:30:00Z",
		"bundle/1 from=" FROM " to=" TO " epoch=1 seq=7 prev=" PREV " created=2020-02-30T09:30:00Z",
		"bundle/1 from=" FROM " to=" TO " epoch=1 seq=7 prev=" PREV " created=2020-02-14T24:30:00Z",
		"bundle/1 from=" FROM " to=" TO " epoch=1 seq=7 prev=" PREV " created=2020-02-14T09:60:00Z",
		"bundle/1 from=" FROM " to=" TO " epoch=1 seq=7 prev=" PREV " created=2020-02-14 09:30:00Z",
		"bundle/1 from=" FROM " to=" TO " epoch=1 seq=7 prev=" PREV " created=2020-02-14T09:30:00",
		"join/1 from=" FROM " to=" TO " epoch=1 seq=7 prev=" PREV " created=2020-02-14T09:30:00Z",
		"bundle/1 from=" FROM " to=" TO " req=" TO " created=2020-02-14T09:30:00Z",
	};

	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct metadata m;
		struct err e = ERR_INIT;

		if (!CHECK_INT(metadata_read(&m, wrong[i], strlen(wrong[i]), &e), -1))
			test_note("accepted: %s", wrong[i]);
		CHECK_INT(e.code, ERR_DAMAGED);
	}
}

/* Every line one character shorter, and every character of it changed, is another line or none. */
static void test_every_character(void)
{
	struct metadata m;
	char line[] = BUNDLE;

	for (size_t len = 0; len < sizeof line - 1; len++)
		CHECK_INT(metadata_read(&m, line, len, NULL), -1);
	for (size_t i = 0; i < sizeof line - 1; i++) {
		struct buf out = BUF_INIT;

		line[i] ^= 1;
		if (metadata_read(&m, line, sizeof line - 1, NULL) == 0) {
			metadata_write(&m, &out);
			CHECK_STR(out.data, line);	/* what is read is what is written: one spelling */
		}
		line[i] ^= 1;
		buf_release(&out);
	}
}

static void test_made_now(void)
{
	char created[CREATED_SIZE];

	clock_set(1581672645123);
	metadata_now(created);
	clock_set(0);
	CHECK_STR(created, "2020-02-14T09:30:00Z");
}

static const struct test tests[] = { TEST(test_round_trip), TEST(test_fields), TEST(test_wrong_spellings), TEST(test_every_character),
	TEST(test_made_now), TEST_END };

int main(int argc, char **argv)
{
	return test_main(argc, argv, tests);
}
