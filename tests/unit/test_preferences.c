/* Preferences: a file that people edit by hand, and that the program edits too. */
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <string.h>

#include "base/fsutil.h"
#include "base/preferences.h"
#include "tests/unit/test.h"

static char *folder(const char *name)
{
	char *path = fs_join(test_folder(), name);

	setenv("XDG_CONFIG_HOME", path, 1);
	return path;
}

static void write_preferences(const char *text)
{
	struct buf path = BUF_INIT;
	struct err e = ERR_INIT;
	char *parent;

	CHECK(preferences_path("preferences", &path));
	parent = fs_dirname(path.data);
	REQUIRE_OK(fs_mkdirs(parent, 0700, &e));
	REQUIRE_OK(fs_write(path.data, text, strlen(text), 0600, &e));
	free(parent);
	buf_release(&path);
}

static void check_file(const char *want)
{
	struct buf path = BUF_INIT, text = BUF_INIT;
	struct err e = ERR_INIT;

	preferences_path("preferences", &path);
	REQUIRE_OK(fs_read(path.data, 65536, true, &text, &e));
	CHECK_STR(text.data, want);
	buf_release(&path);
	buf_release(&text);
}

static void defaults(void)
{
	struct buf problems = BUF_INIT;
	struct err e = ERR_INIT;
	struct preferences p;

	free(folder("none"));
	REQUIRE_OK(preferences_load(&p, &problems, &e));
	for (int i = 0; i < PREFERENCES; i++)
		CHECK_STR(p.value[i], preference_infos[i].values[0]);
	CHECK_INT(problems.len, 0);
	for (int i = 0; i < PREFERENCES; i++) {
		int values = 0, labels = 0;

		while (preference_infos[i].values[values] != NULL)
			values++;
		while (preference_infos[i].labels[labels] != NULL)
			labels++;
		CHECK_INT(values, labels);
	}
}

static void set_and_read(void)
{
	struct err e = ERR_INIT;
	struct preferences p;

	free(folder("set"));
	REQUIRE_OK(preferences_load(&p, NULL, &e));
	REQUIRE_OK(preferences_set(&p, "theme", "contrast", &e));
	CHECK_STR(p.value[PREFERENCE_THEME], "contrast");
	REQUIRE_OK(preferences_set(&p, "language", "ru", &e));
	REQUIRE_OK(preferences_load(&p, NULL, &e));
	CHECK_STR(p.value[PREFERENCE_THEME], "contrast");
	CHECK_STR(p.value[PREFERENCE_LANGUAGE], "ru");
	CHECK_INT(preferences_set(&p, "theme", "purple", &e), -1);
	CHECK_INT(e.code, ERR_USAGE);
	CHECK(strstr(e.text, "monochrome") != NULL);
	CHECK_INT(preferences_set(&p, "thema", "contrast", &e), -1);
	CHECK_INT(e.code, ERR_USAGE);
	CHECK_STR(p.value[PREFERENCE_THEME], "contrast");
}

/* What a person wrote there stays where it is. */
static void hand_written(void)
{
	struct buf problems = BUF_INIT;
	struct err e = ERR_INIT;
	struct preferences p;

	free(folder("hand"));
	write_preferences("# mine\n\n  theme=monochrome \r\ncolour = red\nstart = garden\nmouse\nmouse = off\ntheme = colours");
	REQUIRE_OK(preferences_load(&p, &problems, &e));
	CHECK_STR(p.value[PREFERENCE_THEME], "colours");
	CHECK_STR(p.value[PREFERENCE_START], "home");
	CHECK_STR(p.value[PREFERENCE_MOUSE], "off");
	CHECK(strstr(problems.data, "line 4") != NULL && strstr(problems.data, "line 5") != NULL && strstr(problems.data, "line 6") != NULL);
	CHECK(strstr(problems.data, "line 3") == NULL && strstr(problems.data, "line 7") == NULL);
	REQUIRE_OK(preferences_set(&p, "theme", "contrast", &e));
	check_file("# mine\n\ntheme = contrast\ncolour = red\nstart = garden\nmouse\nmouse = off\n");
	buf_release(&problems);
}

static void unreadable(void)
{
	char *path = folder("unreadable");
	struct buf file = BUF_INIT;
	struct err e = ERR_INIT;
	struct preferences p;

	preferences_path("preferences", &file);
	REQUIRE_OK(fs_mkdirs(file.data, 0700, &e));
	CHECK_INT(preferences_load(&p, NULL, &e), -1);
	CHECK_STR(p.value[PREFERENCE_MOUSE], "on");
	CHECK_INT(preferences_set(&p, "mouse", "off", &e), -1);
	CHECK_STR(p.value[PREFERENCE_MOUSE], "on");
	free(path);
	buf_release(&file);
}

/* Nothing is waited for: neither a pipe nor what has no end. */
static void no_file(void)
{
	char *path = folder("pipe"), *parent;
	struct buf file = BUF_INIT;
	struct err e = ERR_INIT;
	struct preferences p;

	preferences_path("preferences", &file);
	parent = fs_dirname(file.data);
	REQUIRE_OK(fs_mkdirs(parent, 0700, &e));
	CHECK_INT(mkfifo(file.data, 0600), 0);
	CHECK_INT(preferences_load(&p, NULL, &e), -1);
	CHECK_INT(preferences_set(&p, "mouse", "off", &e), -1);
	unlink(file.data);
	CHECK_INT(symlink("/dev/zero", file.data), 0);
	CHECK_INT(preferences_load(&p, NULL, &e), -1);
	CHECK_STR(p.value[PREFERENCE_MOUSE], "on");
	free(parent);
	free(path);
	buf_release(&file);
}

static void nowhere(void)
{
	struct buf path = BUF_INIT;
	struct err e = ERR_INIT;
	struct preferences p;

	setenv("XDG_CONFIG_HOME", "", 1);
	setenv("HOME", "", 1);
	CHECK(!preferences_path("keys", &path));
	REQUIRE_OK(preferences_load(&p, NULL, &e));
	CHECK_INT(preferences_set(&p, "mouse", "off", &e), -1);
	setenv("HOME", "/h", 1);
	setenv("XDG_CONFIG_HOME", "relative", 1);
	CHECK(preferences_path("keys", &path));
	CHECK_STR(path.data, "/h/.config/livenet/keys");
	buf_release(&path);
}

static const struct test tests[] = {
	TEST(defaults),
	TEST(set_and_read),
	TEST(hand_written),
	TEST(unreadable),
	TEST(no_file),
	TEST(nowhere),
	TEST_END
};

int main(int argc, char **argv)
{
	return test_main(argc, argv, tests);
}
