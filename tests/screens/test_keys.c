/* Keys: one table, no key twice in one place, the Russian layout by position. */
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "screens/keymap.h"
#include "tests/unit/test.h"

static void names(void)
{
	CHECK_INT(key_by_name("F12", 3), KEY_FUNCTION + 12);
	CHECK_INT(key_by_name("F13", 3), KEY_NONE);
	CHECK_INT(key_by_name("^S", 2), 0x13);
	CHECK_INT(key_by_name("PageDown", 8), KEY_PAGE_DOWN);
	CHECK_INT(key_by_name("ә", strlen("ә")), 0x4d9);
	CHECK_INT(key_by_name("Pagedown", 8), KEY_NONE);
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

static bool has_key(int i, uint32_t key)
{
	for (const char *p = actions[i].keys + strspn(actions[i].keys, " "); *p != '\0'; p += strspn(p, " ")) {
		size_t len = strcspn(p, " ");

		if (key_by_name(p, len) == key)
			return true;
		p += len;
	}
	return false;
}

/* The places that a screen can be at once: in each of these a key means one thing. */
static void no_key_twice(void)
{
	static const unsigned places[] = {
		IN_ROWS | IN_LIST | IN_MAIN | IN_PEOPLE | IN_EXAMPLE, IN_ROWS | IN_LIST | IN_MAIN | IN_SEMINARS | IN_EXAMPLE, IN_FILTER | IN_TEXT, IN_JUMP | IN_TEXT,
		IN_ASK, IN_ENTRY | IN_TEXT, IN_ENTRY | IN_TEXT | IN_SECRET, IN_FORM | IN_TEXT, IN_FORM | IN_TEXT | IN_SECRET, IN_HELP,
		IN_ROWS | IN_LIST | IN_MAIN | IN_ORGANISATIONS, IN_ROWS | IN_LIST | IN_MAIN | IN_CONSULTATIONS, IN_ROWS | IN_LIST | IN_MAIN | IN_MUNICIPALITIES,
		IN_ROWS | IN_PAGE | IN_MAIN | IN_HOME | IN_EXAMPLE, IN_ROWS | IN_PAGE | IN_MAIN | IN_REPORTS, IN_ROWS | IN_PAGE | IN_MAIN | IN_EXCHANGE,
		IN_ROWS | IN_PAGE | IN_MAIN | IN_CONFLICTS, IN_ROWS | IN_PAGE | IN_MAIN | IN_SETTINGS, IN_ROWS | IN_PAGE | IN_MAIN | IN_RECORD | IN_PERSON,
		IN_ROWS | IN_PAGE | IN_MAIN | IN_RECORD | IN_SEMINAR, IN_ROWS | IN_PAGE | IN_IMPORT, IN_PICK | IN_TEXT, IN_ATTENDANCE | IN_TEXT,
		IN_VERIFY | IN_TEXT,
	};

	for (size_t p = 0; p < sizeof places / sizeof places[0]; p++) {
		for (uint32_t key = 1; key <= KEY_FUNCTION + 12; key = key == 0x7e ? KEY_FIRST_NAMED : key + 1) {
			int takers = 0;

			for (int i = 1; i < ACTIONS; i++)
				takers += action_exists((enum action)i, places[p]) && has_key(i, key);
			if (!CHECK(takers <= 1))
				test_note("key %x in places %x", (unsigned)key, places[p]);
		}
	}
}

static void russian_layout(void)
{
	const unsigned people = IN_ROWS | IN_LIST | IN_MAIN | IN_PEOPLE, seminars = IN_ROWS | IN_LIST | IN_MAIN | IN_SEMINARS;

	CHECK_INT(keymap_find(0x444, seminars, HAS_RECORD), ACTION_SHEET);		/* ф is a */
	CHECK_INT(keymap_find(0x442, people, 0), ACTION_NEW);			/* т is n */
	CHECK_INT(keymap_find('.', people, 0), ACTION_FILTER);			/* . is / */
	CHECK_INT(keymap_find(',', people, 0), ACTION_HELP);			/* , is ? */
	CHECK_INT(keymap_find(0x44d, people, HAS_RECORD), ACTION_JUMP);		/* э is ' */
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
	TEST(russian_layout),
	TEST(texts_and_needs),
	TEST_END
};

int main(int argc, char **argv)
{
	return test_main(argc, argv, tests);
}
