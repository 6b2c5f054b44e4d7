/* The mouse, the palette, the settings and the help, as a person meets them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fsutil.h"
#include "base/preferences.h"
#include "base/text.h"
#include "screens/terminal/keys_file.h"
#include "screens/parts/pointer.h"
#include "screens/settings.h"
#include "tests/screens/drive.h"
#include "tests/unit/test.h"

/* The row in which a text stands; -1. */
static int row_of(struct loop *l, const char *text)
{
	struct buf row = BUF_INIT;
	int found = -1;

	loop_draw(l);
	for (int y = 1; y < l->canvas.height && found < 0; y++) {
		buf_reset(&row);
		canvas_row(&l->canvas, y, &row);
		if (strstr(row.data, text) != NULL)
			found = y;
	}
	buf_release(&row);
	return found;
}

static int column_of(struct loop *l, const char *text)
{
	struct buf row = BUF_INIT;
	const char *at;
	int column = -1;

	loop_draw(l);
	canvas_row(&l->canvas, l->canvas.height - 1, &row);
	if ((at = strstr(row.data, text)) != NULL)
		column = text_width(row.data, (size_t)(at - row.data));
	buf_release(&row);
	return column;
}

static int cursor_row(struct loop *l)
{
	loop_draw(l);
	return l->canvas.cursor_y;
}

static void clicks(void)
{
	struct region r = drive_region();
	struct loop l;
	int y;

	REQUIRE(r.store != NULL);
	drive_open(&l, r.store, 24, 80);
	press(&l, "F3");
	y = row_of(&l, "Партнёры");
	REQUIRE(y > 0);
	loop_mouse(&l, y, 10, POINTER_CLICK);
	CHECK_INT(cursor_row(&l), y);
	loop_mouse(&l, 1, 3, POINTER_CLICK);			/* no row stands there: nothing moves */
	CHECK_INT(cursor_row(&l), y);
	loop_mouse(&l, 20, 3, POINTER_CLICK);
	CHECK_INT(cursor_row(&l), y);
	loop_mouse(&l, y, 500, POINTER_CLICK);
	loop_mouse(&l, -1, 0, POINTER_DOUBLE);
	CHECK_INT(cursor_row(&l), y);
	loop_mouse(&l, y, 10, POINTER_WHEEL_UP);
	CHECK(cursor_row(&l) < y);
	y = row_of(&l, "Как открыть");
	loop_mouse(&l, y, 10, POINTER_DOUBLE);
	CHECK((loop_where(&l) & IN_LIST) == 0);
	press(&l, "Esc");
	/* A key at the foot. */
	loop_mouse(&l, 23, column_of(&l, "клавиши"), POINTER_CLICK);
	CHECK_STR(l.top->class->name, "help");
	loop_mouse(&l, 23, column_of(&l, "Esc"), POINTER_CLICK);
	CHECK(strcmp(l.top->class->name, "help") != 0);
	/* While a search is typed a click goes to the rows. */
	press(&l, "F2 Tab /");
	type(&l, "гал");
	y = row_of(&l, "Галиуллин");
	loop_mouse(&l, y, 5, POINTER_CLICK);
	CHECK_INT(cursor_row(&l), y);
	CHECK((loop_where(&l) & IN_LIST) != 0);
	/* A question is not answered by a click beside it. */
	press(&l, "d");
	loop_mouse(&l, 5, 5, POINTER_DOUBLE);
	CHECK((loop_where(&l) & IN_ASK) != 0);
	loop_mouse(&l, 23, column_of(&l, "нет"), POINTER_CLICK);
	CHECK((loop_where(&l) & IN_ASK) == 0);
	drive_close(&l);
	store_close(r.store);
}

static void any_clicks(void)
{
	struct region r = drive_region();
	struct loop l;

	REQUIRE(r.store != NULL);
	drive_open(&l, r.store, 24, 80);
	for (int i = 0; i < 600 && !l.done && l.top != NULL; i++) {
		loop_draw(&l);
		loop_mouse(&l, (int)(test_random() % 26) - 1, (int)(test_random() % 82) - 1, (enum pointer)(test_random() % 4));
	}
	drive_close(&l);
	store_close(r.store);
}

static void palette(void)
{
	static const char *const words[] = { "наставнич", "mentee", "наставля" };
	struct region r = drive_region();
	struct loop l;

	REQUIRE(r.store != NULL);
	drive_open(&l, r.store, 24, 80);
	press(&l, "F2 Tab");
	/* By Russian and English words and by the stable name: the same action. */
	press(&l, "F9");
	type(&l, "new");
	CHECK(sees(&l, "n, Ins"));
	press(&l, "Enter");
	CHECK((loop_where(&l) & IN_FORM) != 0);
	press(&l, "Esc");
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		press(&l, "F9");
		type(&l, words[i]);
		loop_draw(&l);
		CHECK(sees(&l, " m "));
		press(&l, "Esc");
	}
	/* What cannot be done here is not there; what leads elsewhere is. */
	press(&l, ":");
	type(&l, "write-out");
	press(&l, "Enter");
	CHECK((loop_where(&l) & IN_PICK) != 0);
	press(&l, "Esc :");
	type(&l, "семинары");
	press(&l, "Enter");
	CHECK((loop_where(&l) & IN_SEMINARS) != 0);
	drive_close(&l);
	store_close(r.store);
}

static void write_own(const char *name, const char *text)
{
	struct buf path = BUF_INIT;
	struct err e = ERR_INIT;
	char *folder;

	setenv("XDG_CONFIG_HOME", test_folder(), 1);
	preferences_path(name, &path);
	folder = fs_dirname(path.data);
	CHECK_INT(fs_mkdirs(folder, 0700, &e), 0);
	CHECK_INT(fs_write(path.data, text, strlen(text), 0600, &e), 0);
	free(folder);
	buf_release(&path);
}

static void settings(void)
{
	struct region r = drive_region();
	struct buf faults = BUF_INIT;
	struct preferences p;
	struct err e = ERR_INIT;
	struct loop l;

	REQUIRE(r.store != NULL);
	write_own("preferences", "mouse = maybe\n");
	write_own("keys", "new = F4\norganisations = none\nedit = F2\n");
	settings_apply(&faults);
	drive_open(&l, r.store, 24, 80);
	settings_tell(&l, &faults);
	loop_draw(&l);
	CHECK(strncmp(l.message.data, "! ", 2) == 0 && strstr(l.message.data, "preferences") != NULL && strstr(l.message.data, "maybe") != NULL);
	press(&l, "F12");
	CHECK(l.message.len == 0);
	CHECK((loop_where(&l) & IN_SETTINGS) != 0);
	CHECK(sees(&l, "Хасанова Гузель Рашитовна"));
	/* The faults of both files, until they are mended. */
	CHECK(row_of(&l, "maybe") > 0 && row_of(&l, "keys, ") > 0);
	write_own("keys", "new = F4\norganisations = none\n");
	press(&l, "F3 F12");
	CHECK(row_of(&l, "maybe") > 0 && row_of(&l, "keys, ") < 0);
	/* The first line is the language: it is changed at once. */
	press(&l, "Home Enter");
	CHECK((loop_where(&l) & IN_PICK) != 0);
	type(&l, "english");
	press(&l, "Enter");
	CHECK(sees(&l, "At this computer"));
	REQUIRE_OK(preferences_load(&p, NULL, &e));
	CHECK_STR(p.value[PREFERENCE_LANGUAGE], "en");
	press(&l, "Home Enter");
	type(&l, "русский");
	press(&l, "Enter");
	CHECK(row_of(&l, "At this computer") < 0);
	REQUIRE_OK(preferences_load(&p, NULL, &e));
	CHECK_STR(p.value[PREFERENCE_LANGUAGE], "ru");
	/* Esc changes nothing. */
	press(&l, "Home Enter Down Esc");
	REQUIRE_OK(preferences_load(&p, NULL, &e));
	CHECK_STR(p.value[PREFERENCE_LANGUAGE], "ru");
	/* One's own keys work, and the help shows them. */
	press(&l, "F2 ?");
	CHECK(sees(&l, "F4"));
	press(&l, "Esc F4");
	CHECK((loop_where(&l) & IN_FORM) != 0);
	drive_close(&l);
	store_close(r.store);
	keymap_reset();
	buf_release(&faults);
}

/* Every action of a place stands in its help with its keys, under a heading, however small the terminal. */
static void help(void)
{
	struct region r = drive_region();
	struct loop l;

	REQUIRE(r.store != NULL);
	keymap_reset();
	drive_open(&l, r.store, 10, 40);
	press(&l, "F2");
	for (int i = 1; i < ACTIONS; i++) {
		uint64_t where = loop_where(&l);
		struct buf keys = BUF_INIT;
		bool seen = false;

		if (!action_exists((enum action)i, where))
			continue;
		action_keys((enum action)i, where, 1, &keys);
		press(&l, "?");
		for (int page = 0; page < 20 && !seen; page++) {
			seen = row_of(&l, keys.data) > 0;
			press(&l, "PageDown");
		}
		if (!CHECK(seen))
			test_note("%s", actions[i].name);
		press(&l, "Esc");
		buf_release(&keys);
	}
	press(&l, "? End");
	CHECK_INT(l.canvas.cursor_x, 1);
	drive_close(&l);
	store_close(r.store);
}

static const struct test tests[] = {
	TEST(clicks),
	TEST(any_clicks),
	TEST(palette),
	TEST(settings),
	TEST(help),
	TEST_END
};

int main(int argc, char **argv)
{
	char none[4096];

	snprintf(none, sizeof none, "%s/none", test_folder());
	setenv("XDG_CONFIG_HOME", none, 1);
	if (!drive_start())
		return 1;
	return test_main(argc, argv, tests);
}
