/* Any key in any order, on any size of terminal: no crash, no leak (under the sanitizers), and what was there is there. The keys are those of
 * actions.def, so that a new screen's come by themselves. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/screens/drive.h"
#include "tests/unit/test.h"

#define KEYS 10000
#define SIZES_MOST_ROWS 60
#define SIZES_MOST_COLUMNS 200

/* Rows that are there, removed ones too: a key may mark one as removed, nothing takes one away. */
static int64_t rows(struct store *s)
{
	static const char sql[] = "SELECT (SELECT count(*) FROM person) + (SELECT count(*) FROM organisation) + (SELECT count(*) FROM seminar)"
	    " + (SELECT count(*) FROM attendance) + (SELECT count(*) FROM mentorship) + (SELECT count(*) FROM consultation) + (SELECT count(*) FROM consent)";
	struct err e = ERR_INIT;
	sqlite3_stmt *st = store_prepare_once(s, sql, &e);
	int64_t count = -1;

	if (st != NULL && store_step(s, st, &e) == 1)
		count = sqlite3_column_int64(st, 0);
	sqlite3_finalize(st);
	return count;
}

/* A key of a randomly chosen action, by its position in either layout. */
static void press_command(struct loop *l)
{
	const char *keys = actions[1 + test_random() % (ACTIONS - 1)].keys;
	int words = 1, chosen;
	char key[32];

	for (const char *p = keys; *p != '\0'; p++)
		words += *p == ' ';
	for (chosen = (int)(test_random() % (unsigned)words); chosen > 0; chosen--)
		keys += strcspn(keys, " ") + 1;
	snprintf(key, sizeof key, "%.*s", (int)strcspn(keys, " "), keys);
	/* Leaving is not the end of this test, but mostly a waste of it. */
	if (strcmp(key, "F10") == 0 && test_random() % 8 != 0)
		return;
	press(l, key);
}

static void type_something(struct loop *l)
{
	static const char *const texts[] = { "а", "г", "галим", "н", "т", "ф", "ә", "ҡы", "я", "Ы", "э", ".", ",", "/", "'", "n", "y", "1", "14.2", "+3", "сегодня",
		"+7917", "8 917 000-00-02", " ", "<", "и\xcc\x86", "漢字", "👩‍👩‍👧", "\xe2\x80\xae", "Стерлитамак", "“", "@example.org" };

	type(l, texts[test_random() % (sizeof texts / sizeof *texts)]);
}

static void random_keys(void)
{
	struct region r = drive_region();
	struct loop l;
	struct err e = ERR_INIT;
	int64_t before;

	REQUIRE(r.store != NULL);
	before = rows(r.store);
	CHECK(before > 0);
	drive_open(&l, r.store, 24, 80);
	for (int i = 0; i < KEYS; i++) {
		unsigned roll = (unsigned)(test_random() % 100);
		int64_t now;

		if (roll < 72)
			press_command(&l);
		else if (roll < 96)
			type_something(&l);
		else if (roll < 98)
			loop_resize(&l, 1 + (int)(test_random() % SIZES_MOST_ROWS), 1 + (int)(test_random() % SIZES_MOST_COLUMNS));
		else
			loop_keep(&l);
		loop_draw(&l);
		CHECK(l.canvas.cursor_y < l.canvas.height && l.canvas.cursor_x < l.canvas.width);
		now = rows(r.store);
		if (!CHECK(now >= before))
			break;
		before = now;
		if (l.done || test_random() % 700 == 0) {
			drive_close(&l);
			drive_open(&l, r.store, 24, 80);
		}
	}
	drive_close(&l);
	REQUIRE_OK(store_check(r.store, &e));
	store_close(r.store);
}

/* A window that is dragged about: every size between two keys, in the middle of a form, a sheet, a pick. */
static void resize_storm(void)
{
	static const char *const ways[] = { "F2", "F2 Enter", "F2 e", "F2 n", "F3", "F3 Down a", "F3 Down a F2", "F3 e", "F2 f", "F2 o", "F9", "F6", "F7 Enter", "F8", "F12",
		"F5", "F2 ?", "F2 Space d" };
	struct region r = drive_region();
	struct loop l;

	REQUIRE(r.store != NULL);
	for (size_t w = 0; w < sizeof ways / sizeof *ways; w++) {
		struct buf still = BUF_INIT, again = BUF_INIT;

		drive_open(&l, r.store, 24, 80);
		press(&l, ways[w]);
		picture(&l, &still);
		for (int i = 0; i < 60; i++) {
			loop_resize(&l, 1 + (int)(test_random() % SIZES_MOST_ROWS), 1 + (int)(test_random() % SIZES_MOST_COLUMNS));
			loop_draw(&l);
			CHECK(l.canvas.cursor_y < l.canvas.height && l.canvas.cursor_x < l.canvas.width);
		}
		loop_resize(&l, 24, 80);
		picture(&l, &again);
		if (!CHECK(strcmp(still.data, again.data) == 0))
			test_note("after %s:\n%s\nbecame\n%s", ways[w], still.data, again.data);
		buf_release(&still);
		buf_release(&again);
		drive_close(&l);
	}
	store_close(r.store);
}

static const struct test tests[] = {
	TEST(random_keys),
	TEST(resize_storm),
	TEST_END
};

int main(int argc, char **argv)
{
	/* A path that a random hand types leads nowhere else. */
	return drive_start() && chdir(test_folder()) == 0 ? test_main(argc, argv, tests) : 1;
}
