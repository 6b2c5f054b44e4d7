/* Every action can be reached by keys from the first screen, and the help of each place names every key that does something there. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fsutil.h"
#include "base/i18n.h"
#include "base/text.h"
#include "tests/screens/drive.h"
#include "tests/screens/stages.h"
#include "tests/unit/test.h"

/* The ways into every place that there is, from the first screen; the last one names a list to import. */
static const char *const ways[] = {
	"", "F2", "F2 /", "F2 '", "F2 Enter", "F2 e", "F2 e End Tab Tab Tab Tab Tab Tab Tab Tab", "F2 d", "F2 f", "F2 o", "F9", "F3", "F3 Enter", "F3 Down a", "F3 Down a F4",
	"F4", "F6", "F7", "F8", "F11", "F12", "F5", "F2 ?", "1", "1 Enter", "1 Enter Enter",
	"2", "2 Enter", "2 Enter n", "6", "7", "7 Enter", "8", "8 n", "9", "9 Enter", "3", "3 Enter", "4", "4 Tab Enter", "5", "5 Enter", "5 Enter r",
	"F2 I", "F2 I",
};
enum { WAYS = sizeof ways / sizeof *ways };

static uint64_t places(const struct loop *l)
{
	return l->top->class->where(l->top);
}

/* The region with what has places of its own besides. */
static struct region region(void)
{
	struct region r = drive_region();

	if (r.store != NULL)
		stages_add(r.store, r.me);
	return r;
}

static void every_action(void)
{
	struct region r = region();
	bool begin = false;
	bool reached[ACTIONS] = { false };

	REQUIRE(r.store != NULL);
	for (int w = 0; w < WAYS; w++) {
		struct loop l;

		drive_open(&l, r.store, 24, 80);
		l.begin_own = &begin;
		press(&l, ways[w]);
		if (w == WAYS - 1) {
			type(&l, "list.csv");
			press(&l, "Enter");
		}
		for (int i = 1; i < ACTIONS; i++)
			if (action_exists((enum action)i, places(&l) | ((places(&l) & IN_MAIN) != 0 ? IN_EXAMPLE : 0)))
				reached[i] = true;
		drive_close(&l);
	}
	for (int i = 1; i < ACTIONS; i++)
		/* A passphrase is asked for before there is a store. */
		if (!reached[i] && i != ACTION_SHOW && i != ACTION_OTHER_PERSON && !CHECK(reached[i]))
			test_note("no way leads to %s", actions[i].name);
	store_close(r.store);
}

/* Scrolls through the help and gathers all that it shows. */
static void read_help(struct loop *l, struct buf *out)
{
	press(l, "F1");
	for (int page = 0; page < 12; page++) {
		picture(l, out);
		press(l, "PageDown");
	}
	press(l, "Esc");
}

static bool has(const char *text, const char *part)
{
	return strstr(text, part) != NULL;
}

static void every_key_in_the_help(void)
{
	struct region r = region();

	REQUIRE(r.store != NULL);
	for (int w = 0; w < WAYS; w++) {
		struct buf help = BUF_INIT;
		uint64_t here;
		struct loop l;

		drive_open(&l, r.store, 30, 160);
		press(&l, ways[w]);
		here = places(&l);
		if (action_exists(ACTION_HELP, here)) {
			read_help(&l, &help);
			for (int i = 1; i < ACTIONS; i++) {
				struct buf keys = BUF_INIT;

				if (!action_exists((enum action)i, here))
					continue;
				action_keys((enum action)i, here, 1, &keys);
				if (!CHECK(has(help.data, _(actions[i].help)) && (keys.len == 0 || has(help.data, keys.data))))
					test_note("after “%s” the help does not name %s", ways[w], actions[i].name);
				buf_release(&keys);
			}
		}
		buf_release(&help);
		drive_close(&l);
	}
	store_close(r.store);
}

static const struct test tests[] = {
	TEST(every_action),
	TEST(every_key_in_the_help),
	TEST_END
};

int main(int argc, char **argv)
{
	static const char list[] = "ФИО;Телефон\nСафина Лилия Маратовна;+7 917 000-00-55\n";
	struct err e = ERR_INIT;

	if (!drive_start() || chdir(test_folder()) != 0 || fs_write("list.csv", list, sizeof list - 1, 0600, &e) != 0)
		return 1;
	return test_main(argc, argv, tests);
}
