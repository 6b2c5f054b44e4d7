/* Keys: one table, no key twice in one place, the Russian layout by position. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fsutil.h"
#include "base/mem.h"
#include "base/preferences.h"
#include "base/text.h"
#include "screens/terminal/keymap.h"
#include "screens/terminal/keys_file.h"
#include "tests/unit/test.h"

static void names(void)
{
	CHECK_INT(key_by_name("F12", 3), KEY_FUNCTION + 12);
	CHECK_INT(key_by_name("F13", 3), KEY_NONE);
	CHECK_INT(key_by_name("^S", 2), 0x13);
	CHECK_INT(key_by_name("PageDown", 8), KEY_PAGE_DOWN);
	CHECK_INT(key_by_name("ә", strlen("ә")), 0x4d9);
	CHECK_INT(key_by_name("Pagedown", 8), KEY_NONE);
	CHECK_INT(key_by_name("PgDn", 4), KEY_PAGE_DOWN);
	CHECK_INT(key_by_name("Ctrl-s", 6), 0x13);
	for (int i = 1; i < ACTIONS; i++) {
		CHECK_INT(action_by_name(actions[i].name), i);		/* stable names are unique */
		CHECK(actions[i].where != 0);
		CHECK(actions[i].help[0] != '\0');
		for (const char *p = actions[i].keys + strspn(actions[i].keys, " "); *p != '\0'; p += strspn(p, " ")) {
			size_t len = strcspn(p, " ");

			if (!CHECK(key_by_name(p, len) != KEY_NONE))
				test_note("%s: no key is called so: %.*s", actions[i].name, (int)len, p);
			p += len;
		}
	}
	CHECK_INT(action_by_name("no such action"), ACTION_NONE);
}

/* In each place that a screen can be a key means one thing. */
static void no_key_twice(void)
{
	for (const struct place *p = keymap_places; p->name != NULL; p++) {
		for (uint32_t key = 1; key <= KEY_FUNCTION + 12; key = key == 0x7e ? KEY_FIRST_NAMED : key + 1) {
			int takers = 0;

			for (int i = 1; i < ACTIONS; i++)
				takers += action_exists((enum action)i, p->where) && keymap_has((enum action)i, key);
			if (!CHECK(takers <= 1))
				test_note("key %x in %s", (unsigned)key, p->name);
		}
	}
	for (int i = 1; i < ACTIONS; i++) {
		bool somewhere = false;

		for (const struct place *p = keymap_places; p->name != NULL; p++)
			somewhere = somewhere || action_exists((enum action)i, p->where);
		if (!CHECK(somewhere || (actions[i].where & IN_PARAGRAPHS) != 0))
			test_note("%s is in none of the places", actions[i].name);
	}
}

/* --- a person's own keys --- */

static int load(const char *text, struct buf *faults)
{
	struct buf path = BUF_INIT;
	struct err e = ERR_INIT;
	char *folder;

	setenv("XDG_CONFIG_HOME", test_folder(), 1);
	CHECK(preferences_path("keys", &path));
	folder = fs_dirname(path.data);
	CHECK_INT(fs_mkdirs(folder, 0700, &e), 0);
	CHECK_INT(fs_write(path.data, text, strlen(text), 0600, &e), 0);
	free(folder);
	buf_release(&path);
	buf_reset(faults);
	return keys_file_load(faults);
}

static const unsigned people = IN_ROWS | IN_LIST | IN_MAIN | IN_PEOPLE, seminars = IN_ROWS | IN_LIST | IN_MAIN | IN_SEMINARS;

static void own_keys(void)
{
	struct buf faults = BUF_INIT, shown = BUF_INIT;

	CHECK_INT(load("# mine\n\nnew = e Insert\nedit = n\nmark-all = none\nsort=ф\n  filter = = Ctrl-f  \nsave = ^S F10\npage-down = PgDn", &faults), 0);
	CHECK_STR(faults.data, "");
	CHECK_INT(keymap_find('e', people, HAS_RECORD), ACTION_NEW);
	CHECK_INT(keymap_find(KEY_INSERT, people, HAS_RECORD), ACTION_NEW);
	CHECK_INT(keymap_find('n', people, HAS_RECORD), ACTION_EDIT);
	CHECK_INT(keymap_find('*', people, HAS_RECORD), ACTION_NONE);
	CHECK_INT(keymap_find('=', people, HAS_RECORD), ACTION_FILTER);
	CHECK_INT(keymap_find('/', people, HAS_RECORD), ACTION_NONE);
	CHECK_INT(keymap_find(KEY_FUNCTION + 10, IN_FORM | IN_TEXT, 0), ACTION_SAVE);
	/* A Cyrillic letter means itself first, and the key in its position only where nobody has it. */
	CHECK_INT(keymap_find(0x444, seminars, HAS_RECORD), ACTION_SORT);
	CHECK_INT(keymap_find('a', seminars, HAS_RECORD), ACTION_SHEET);
	CHECK_INT(keymap_find(0x443, people, HAS_RECORD), ACTION_NEW);		/* у is e */
	action_keys(ACTION_NEW, people, 4, &shown);
	CHECK_STR(shown.data, "e, Ins");
	/* Without the file all is as before. */
	CHECK_INT(load("", &faults), 0);
	CHECK_INT(keymap_find('n', people, HAS_RECORD), ACTION_NEW);
	buf_release(&faults);
	buf_release(&shown);
}

static void check_fault(const char *text, int line, const char *words)
{
	struct buf faults = BUF_INIT;
	char number[32];

	snprintf(number, sizeof number, "keys, line %d: ", line);
	if (!CHECK_INT(load(text, &faults), 1) || !CHECK(strstr(faults.data, number) != NULL) || !CHECK(strstr(faults.data, words) != NULL))
		test_note("%s: %s", text, faults.data);
	buf_release(&faults);
}

static void faults_in_keys(void)
{
	struct buf faults = BUF_INIT;

	check_fault("new = x\nnews = n\n", 2, "news");
	check_fault("new = Enterr", 1, "Enterr");
	check_fault("new", 1, "comment");
	check_fault("new =", 1, "none");
	check_fault("new = x\nnew = y", 2, "line 1");
	check_fault("new = e", 1, "edit");			/* that is edit's key, in the same lists */
	check_fault("new = x\nedit = x", 2, "new");		/* of two lines the later one is wrong */
	check_fault("save = s", 1, "characters are text");
	check_fault("new = ^Z", 1, "terminal");
	check_fault("new = \xe2\x80\xae", 1, "no key");
	check_fault("new = \xff", 1, "UTF-8");
	check_fault("help = none", 1, "help");
	check_fault("help = x", 1, "help");			/* in a form x is text */
	check_fault("cancel = none", 1, "no way out");
	check_fault("close = none", 1, "no way out");
	check_fault("new = A B C D E F L K J", 1, "8");
	CHECK_INT(keymap_find('n', people, 0), ACTION_NEW);
	CHECK_INT(load("back = none\nquit = none", &faults), 0);	/* exit is left */
	CHECK_INT(load("back = none\nquit = none\nexit = none", &faults), 1);
	CHECK_INT(keymap_find(KEY_FUNCTION + 10, people, 0), ACTION_EXIT);
	CHECK_INT(keymap_find('q', people, 0), ACTION_NONE);
	/* What is taken back gives its key back: then the other line is wrong too, and nothing means two things. */
	CHECK_INT(load("new = e\nedit = Home", &faults), 2);
	no_key_twice();
	/* In the order of the file, and as a message can show it. */
	CHECK_INT(load("new = e\n\033[2Jx = y\nsave = s\n", &faults), 3);
	CHECK(strchr(faults.data, '\033') == NULL);
	CHECK(strstr(faults.data, "line 1") < strstr(faults.data, "line 2") && strstr(faults.data, "line 2") < strstr(faults.data, "line 3"));
	buf_release(&faults);
	keymap_reset();
}

/* Whatever the file says, a key means one thing and there is a way out. */
static void any_keys(void)
{
	struct buf text = BUF_INIT, faults = BUF_INIT;

	for (int round = 0; round < 60; round++) {
		buf_reset(&text);
		for (int lines = (int)(test_random() % 30); lines > 0; lines--) {
			enum action to = (enum action)(1 + test_random() % (ACTIONS - 1)), from = (enum action)(1 + test_random() % (ACTIONS - 1));

			buf_addf(&text, "%s = %s\n", actions[to].name, test_random() % 4 == 0 ? "none" : actions[from].keys);
		}
		load(text.data, &faults);
		no_key_twice();
		CHECK(keymap_has(ACTION_HELP, KEY_FUNCTION + 1) || strlen(keymap_keys(ACTION_HELP)) > 0);
		CHECK(strlen(keymap_keys(ACTION_CANCEL)) > 0 && strlen(keymap_keys(ACTION_CLOSE)) > 0 && strlen(keymap_keys(ACTION_LEAVE)) > 0);
	}
	keymap_reset();
	buf_release(&text);
	buf_release(&faults);
}

static void kinds(void)
{
	CHECK_STR(action_kind(ACTION_UP), "Moving about");
	CHECK_STR(action_kind(ACTION_LAST), "Moving about");
	CHECK_STR(action_kind(ACTION_OPEN), "Lists and cards");
	CHECK_STR(action_kind(ACTION_HOME), "To the other places");
	CHECK_STR(action_kind(ACTION_SETTINGS), "To the other places");
	CHECK_STR(action_kind(ACTION_EXIT), "The program");
}

static void russian_layout(void)
{
	CHECK_INT(keymap_find(0x444, seminars, HAS_RECORD), ACTION_SHEET);		/* ф is a */
	CHECK_INT(keymap_find(0x442, people, 0), ACTION_NEW);			/* т is n */
	CHECK_INT(keymap_find('.', people, 0), ACTION_FILTER);			/* . is / */
	CHECK_INT(keymap_find(',', people, 0), ACTION_HELP);			/* , is ? */
	CHECK_INT(keymap_find(0x44d, people, HAS_ROW), ACTION_JUMP);		/* э is ' */
	CHECK_INT(keymap_find(0x42b, people, 0), ACTION_SYNC);			/* Ы is S */
	CHECK_INT(keymap_find(0x439, people, 0), ACTION_QUIT);			/* й is q */
	CHECK_INT(keymap_find(0x43d, IN_ASK, 0), ACTION_NO);			/* in an answer «н» is «нет», though it lies on y */
	CHECK_INT(keymap_find(0x434, IN_ASK, 0), ACTION_YES);			/* and «д» is «да» */
	CHECK_INT(keymap_find(KEY_RETURN, IN_ASK, 0), ACTION_NONE);
	CHECK_INT(keymap_find(0x442, IN_ASK, 0), ACTION_NO);			/* т is n */
	/* Every letter that is a command anywhere has a Russian one in its place. */
	for (uint32_t cp = 0x400; cp < 0x460; cp++)
		if (key_latin(cp) != cp)
			CHECK(key_latin(cp) < 0x80);
	for (int c = 'a'; c <= 'z'; c++) {
		bool found = false;

		for (uint32_t cp = 0x430; cp < 0x460; cp++)
			found = found || key_latin(cp) == (uint32_t)c;
		CHECK(found);
	}
}

static void texts_and_needs(void)
{
	CHECK_INT(keymap_find('n', IN_FORM | IN_TEXT, 0), ACTION_NONE);		/* letters are text there */
	CHECK_INT(keymap_find(0x442, IN_ATTENDANCE | IN_TEXT, HAS_ROW), ACTION_NONE);
	CHECK_INT(keymap_find(' ', IN_ATTENDANCE | IN_TEXT, HAS_ROW), ACTION_NONE);
	CHECK_INT(keymap_find(KEY_RETURN, IN_ROWS, 0), ACTION_NONE);		/* there is no row */
	CHECK_INT(keymap_find(KEY_RETURN, IN_ROWS, HAS_ROW), ACTION_OPEN);
	CHECK_INT(keymap_find(KEY_FUNCTION + 6, IN_ATTENDANCE | IN_TEXT, HAS_ROW), ACTION_NONE);
	CHECK_INT(keymap_find(KEY_FUNCTION + 2, IN_ATTENDANCE | IN_TEXT, 0), ACTION_WALK_IN);
	CHECK_INT(keymap_find(KEY_FUNCTION + 2, IN_ROWS | IN_LIST | IN_MAIN | IN_SEMINARS, 0), ACTION_PEOPLE);
	CHECK_INT(keymap_find(KEY_FUNCTION + 2, IN_ROWS | IN_LIST | IN_MAIN | IN_PEOPLE, 0), ACTION_NONE);
}

static const struct test tests[] = {
	TEST(names),
	TEST(no_key_twice),
	TEST(own_keys),
	TEST(faults_in_keys),
	TEST(any_keys),
	TEST(kinds),
	TEST(russian_layout),
	TEST(texts_and_needs),
	TEST_END
};

int main(int argc, char **argv)
{
	return test_main(argc, argv, tests);
}
