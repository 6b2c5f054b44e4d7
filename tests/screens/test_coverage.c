/* The map of the municipalities: its three sizes, the marker that goes to every tile, the mouse, what it shows, and who has nothing yet. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "records/attendance.h"
#include "screens/coverage_view.h"
#include "screens/parts/pointer.h"
#include "screens/terminal/theme.h"
#include "tests/screens/drive.h"
#include "tests/unit/records.h"

static void open_map(struct loop *l, struct store *s, int height, int width)
{
	drive_open(l, s, height, width);
	press(l, "8");
	drive_draw(l);
}

/* The picture's cell at the terminal's cursor and the two letters behind it. */
static void letters_at_cursor(struct loop *l, struct buf *out)
{
	const struct canvas *c = &l->canvas;

	drive_draw(l);
	buf_reset(out);
	for (int i = 2; i < 4; i++)
		if (c->cursor_x + i < c->width)
			text_put(out, c->cell[c->cursor_y * c->width + c->cursor_x + i].cp);
}

static void at(struct loop *l, const char *letters)
{
	struct buf now = BUF_INIT;

	letters_at_cursor(l, &now);
	CHECK_STR(now.data, letters);
	buf_release(&now);
}

/* TEST_SHOW=1: to be looked at. */
static void show(struct loop *l)
{
	struct buf shown = BUF_INIT;

	if (getenv("TEST_SHOW") == NULL)
		return;
	picture(l, &shown);
	puts(shown.data);
	buf_release(&shown);
}

static void add_example(struct region *r)
{
	char id[RECORD_ID_SIZE], who[RECORD_ID_SIZE];
	struct err e = ERR_INIT;

	make(r->store, &seminar_type, id, "title", "Устав", "date", "2020-02-01", "municipality", "80701000", "unnamed", "40", "unnamed_basis", "счёт", NULL);
	make(r->store, &person_type, who, "name", "Гостев Пётр", NULL);
	REQUIRE_OK(attendance_mark(r->store, id, who, ATTENDANCE_PRESENT, &e));
	REQUIRE_OK(attendance_mark(r->store, r->seminar, who, ATTENDANCE_PRESENT, &e));
	make(r->store, &seminar_type, id, "title", "Отчёт", "date", "2020-01-20", "municipality", "80701000", "status", "held", NULL);
}

static void moves(void)
{
	struct region r = drive_region();
	struct loop l;

	add_example(&r);
	open_map(&l, r.store, 24, 80);
	at(&l, "БУ");			/* where the store's person works */
	CHECK(sees(&l, "Бураевский район"));
	press(&l, "Up");
	at(&l, "ЯН");
	press(&l, "Left Left");
	at(&l, "КК");
	press(&l, "Left Up");
	at(&l, "КК");
	press(&l, "j l");
	at(&l, "КТ");
	press(&l, "G");
	press(&l, "g");
	at(&l, "БУ");			/* the one with most */
	press(&l, "PageDown Home Enter");
	CHECK(sees(&l, "Кто здесь работает") && sees(&l, "80618000"));
	press(&l, "Esc");
	at(&l, "БУ");
	press(&l, "F2 8 Esc");
	CHECK(sees(&l, "Добрый день"));
	drive_close(&l);
	store_close(r.store);
}

/* From anywhere the arrows lead everywhere. */
static void everywhere(void)
{
	struct store *s = drive_store();
	struct coverage map;
	struct coverage_months months = { 0 };
	struct coverage_view v = { .at = -1 };
	bool seen[128] = { false };
	int queue[128], count = 1;
	struct err e = ERR_INIT;

	REQUIRE_OK(coverage_read(s, NULL, NULL, &map, &e));
	coverage_view_take(&v, &map, &months, "80701000");
	queue[0] = v.at;
	seen[v.at] = true;
	for (int i = 0; i < count; i++)
		for (int way = COVERAGE_UP; way <= COVERAGE_RIGHT; way++) {
			v.at = queue[i];
			coverage_view_move(&v, (enum coverage_way)way);
			if (!seen[v.at]) {
				seen[v.at] = true;
				queue[count++] = v.at;
			}
		}
	CHECK_INT(count, 63);
	coverage_view_release(&v);
	store_close(s);
}

static void figures(void)
{
	struct region r = drive_region();
	struct loop l;

	add_example(&r);
	open_map(&l, r.store, 24, 80);
	for (int f = 0; f < COVERAGE_FIGURES; f++) {
		struct buf shown = BUF_INIT;

		picture(&l, &shown);
		CHECK(strstr(shown.data, "из 63") != NULL || strstr(shown.data, "of 63") != NULL);
		buf_release(&shown);
		press(&l, "Tab");
		drive_draw(&l);
	}
	press(&l, "BackTab Tab n");
	CHECK(sees(&l, "Абзелиловский район"));
	type(&l, "сибай");
	press(&l, "Enter");
	CHECK(sees(&l, "80743000"));
	drive_close(&l);
	store_close(r.store);
}

static void pointed(void)
{
	struct region r = drive_region();
	struct loop l;
	int y, x;

	open_map(&l, r.store, 24, 80);
	y = l.canvas.cursor_y;
	x = l.canvas.cursor_x;
	loop_mouse(&l, y, x + 5 + 3, POINTER_CLICK);		/* the next tile */
	at(&l, "БЧ");
	loop_mouse(&l, y, x + 5 * 3 + 2, POINTER_CLICK);	/* none there */
	at(&l, "БЧ");
	loop_mouse(&l, y - 1, x + 2, POINTER_DOUBLE);
	CHECK(sees(&l, "Янаульский район") && sees(&l, "80659000"));
	press(&l, "Esc");
	drive_close(&l);
	/* Rows of the list are pointed at too. */
	open_map(&l, r.store, 10, 40);
	loop_mouse(&l, 4, 10, POINTER_CLICK);
	drive_draw(&l);
	CHECK_INT(l.canvas.cursor_y, 4);
	press(&l, "Down");
	drive_draw(&l);
	CHECK_INT(l.canvas.cursor_y, 5);
	press(&l, "G");
	drive_draw(&l);
	CHECK_INT(l.canvas.cursor_y, 8);
	drive_close(&l);
	store_close(r.store);
}

/* Where a terminal has few signs, shades are digits. */
static void few_signs(void)
{
	struct region r = drive_region();
	struct loop l;

	add_example(&r);
	open_map(&l, r.store, 24, 80);
	l.canvas.glyphs = theme_glyphs("vt100");
	loop_key(&l, KEY_ARROW_UP);
	CHECK(sees(&l, "4БУ4") && sees(&l, ".СИ."));
	drive_close(&l);
	store_close(r.store);
}

/* A map beside its numbers, larger tiles with the values in them, a list. */
static void sizes(void)
{
	struct region r = drive_region();
	struct loop l;
	add_example(&r);
	open_map(&l, r.store, 24, 80);
	CHECK(sees(&l, "█БУ█") && sees(&l, "01.2020"));
	CHECK(sees(&l, "Бураевский район"));
	show(&l);
	drive_close(&l);
	open_map(&l, r.store, 60, 200);
	CHECK(sees(&l, "█БУ███"));
	show(&l);
	drive_close(&l);
	open_map(&l, r.store, 10, 40);
	CHECK(sees(&l, "█БУ Бураевский"));
	show(&l);
	drive_close(&l);
	open_map(&l, r.store, 24, 50);		/* no room beside */
	CHECK(sees(&l, "█БУ█") && sees(&l, "Бураевский район"));
	show(&l);
	drive_close(&l);
	store_close(r.store);
}

int main(int argc, char **argv)
{
	static const struct test tests[] = {
		TEST(moves), TEST(everywhere), TEST(figures), TEST(pointed), TEST(few_signs), TEST(sizes), TEST_END
	};

	return drive_start() ? test_main(argc, argv, tests) : 1;
}
