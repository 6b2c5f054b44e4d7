/* Places that are lists of records: sorted by every column both ways, narrowed by each quick filter, marked over a filter, and what Esc takes back. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "records/consultation.h"
#include "records/person.h"
#include "records/seminar.h"
#include "screens/parts/register.h"
#include "tests/screens/drive.h"
#include "tests/screens/difference.h"
#include "tests/unit/records.h"
#include "tests/unit/test.h"

#define FIRST_ROW 3

static void open_at(struct region *r, struct loop *l, const char *keys)
{
	*r = drive_region();
	if (r->store == NULL)
		exit(1);
	drive_open(l, r->store, 24, 80);
	press(l, keys);
}

static void end(struct region *r, struct loop *l)
{
	drive_close(l);
	store_close(r->store);
}

/* The first word of each row. */
static void words(struct loop *l, struct buf *out)
{
	struct buf row = BUF_INIT;

	loop_draw(l);
	for (int y = FIRST_ROW; y < l->canvas.height - 1; y++) {
		buf_reset(&row);
		canvas_row(&l->canvas, y, &row);
		if (row.len < 4)
			break;
		for (const char *p = row.data + strspn(row.data, " ▸*"); *p != '\0' && *p != ' '; p++)
			buf_addc(out, *p);
		buf_addc(out, ' ');
	}
	buf_release(&row);
}

static bool rows_are(struct loop *l, const char *want)
{
	struct buf got = BUF_INIT;
	bool same;

	words(l, &got);
	same = CHECK_STR(got.data, want);
	buf_release(&got);
	return same;
}

static bool begins(struct loop *l, const char *first)
{
	struct buf got = BUF_INIT;
	bool same;

	words(l, &got);
	same = strncmp(got.data, first, strlen(first)) == 0;
	if (!same)
		test_note("not “%s” but %s", first, got.data);
	buf_release(&got);
	return same;
}

static bool hides(struct loop *l, const char *text)
{
	struct buf now = BUF_INIT;
	bool hidden;

	picture(l, &now);
	hidden = strstr(now.data, text) == NULL;
	if (!hidden)
		test_note("“%s” is in\n%s", text, now.data);
	buf_release(&now);
	return hidden;
}

static void choose(struct loop *l, const char *key, const char *item)
{
	press(l, key);
	type(l, item);
	press(l, "Enter");
}

struct order { const char *title, *up, *down; };

/* Each column at 200 columns, where all are seen: the sign in the header, what comes first, and the same rows the other way. */
static void sort_all_ways(struct loop *l, const struct order *orders, int count)
{
	loop_resize(l, 24, 200);
	for (int i = 0; i < count; i++) {
		const char *title = _(orders[i].title);
		struct buf sign = BUF_INIT;

		for (int way = 0; way < 2; way++) {
			choose(l, "o", title);
			loop_draw(l);
			buf_reset(&sign);
			canvas_row(&l->canvas, FIRST_ROW - 1, &sign);
			if (strstr(sign.data, "↓") != NULL) {
				CHECK(begins(l, orders[i].down));
				CHECK(strstr(sign.data, "↑") == NULL);
			} else {
				CHECK(strstr(sign.data, "↑") != NULL);
				CHECK(begins(l, orders[i].up));
			}
			if (!CHECK(strstr(sign.data, title) != NULL))
				test_note("%s is not in %s", title, sign.data);
		}
		buf_release(&sign);
	}
}

static void sorted_people(void)
{
	static const struct order orders[] = {
		{ N_("Organisation"), "Галимова Фаттахова Хасанова Галиуллин Иванов Ахметов Сафин Валеева Ғәлиева Һаҙыева ", "Ғәлиева Һаҙыева Валеева " },
		{ N_("Municipality"), "Ҡотлогилдин Галимова Һаҙыева Ахметов ", "Иванов Галиуллин Ахметов " },
		{ N_("Role"), "Иванов Галимова Галиуллин ", "Яҡупов Ахметов " },
		{ N_("Stage"), "Галиуллин Ҡотлогилдин Галимова Иванов Хасанова Ахметов ", "Иванов Хасанова Галимова Ҡотлогилдин Галиуллин Ахметов " },
		{ N_("Last met"), "Галимова Ахметов Ғәлиева ", "Ахметов Ғәлиева Галимова Валеева " },
		{ N_("Phone"), "Хасанова Галимова ", "Яҡупов Фаттахова " },
		{ N_("Post"), "Яҡупов Ахметов ", "Ҡотлогилдин Сафин " },
		{ N_("Full name"), "Ахметов Валеева Галимова Галиуллин Ғәлиева Иванов Ҡотлогилдин ", "Яҡупов Һаҙыева Хасанова Фаттахова " },
	};
	struct region r;
	struct loop l;

	open_at(&r, &l, "F2 Tab");
	sort_all_ways(&l, orders, sizeof orders / sizeof orders[0]);
	end(&r, &l);
}

static void sorted_seminars(void)
{
	static const struct order orders[] = {
		{ N_("Title"), "14.02.2020 12.12.2019 20.03.2020 25.01.2020 ", "25.01.2020 20.03.2020 12.12.2019 14.02.2020 " },
		{ N_("Place"), "14.02.2020 12.12.2019 20.03.2020 ", "25.01.2020 " },
		{ N_("Lead"), "12.12.2019 ", "20.03.2020 14.02.2020 25.01.2020 12.12.2019 " },
		{ N_("Status"), "20.03.2020 14.02.2020 25.01.2020 12.12.2019 ", "12.12.2019 25.01.2020 20.03.2020 " },
		{ N_("Municipality"), "", "" },
		{ N_("Came"), "", "14.02.2020 12.12.2019 " },
		{ N_("Date"), "12.12.2019 25.01.2020 14.02.2020 20.03.2020 ", "20.03.2020 14.02.2020 25.01.2020 12.12.2019 " },
	};
	struct region r;
	struct loop l;

	open_at(&r, &l, "F3");
	CHECK(begins(&l, "20.03.2020 14.02.2020 25.01.2020 12.12.2019 "));		/* newest first */
	sort_all_ways(&l, orders, sizeof orders / sizeof orders[0]);
	end(&r, &l);
}

static void sorted_others(void)
{
	static const struct order organisations[] = {
		{ N_("Municipality"), "", "" }, { N_("Phone"), "", "" }, { N_("People"), "ТОС ", "АНО " }, { N_("Name"), "АНО РОО СП ТОС ТОС ", "ТОС ТОС СП РОО АНО " },
	};
	static const struct order municipalities[] = {
		{ N_("Kind"), "", "" }, { N_("Centre"), "", "" }, { N_("Consult."), "", "" }, { N_("Seminars"), "", "Бураевский " }, { N_("People"), "", "Бураевский " },
		{ N_("Municipality"), "Абзелиловский Альшеевский ", "Янаульский " },
	};
	static const struct order consultations[] = {
		{ N_("Mentee"), "03.02.2020 12.02.2020 ", "12.02.2020 03.02.2020 " }, { N_("Mentor"), "", "" }, { N_("Topic"), "03.02.2020 ", "12.02.2020 " },
		{ N_("How"), "12.02.2020 ", "03.02.2020 " }, { N_("Due"), "12.02.2020 ", "12.02.2020 " }, { N_("Next step"), "12.02.2020 ", "12.02.2020 " },
		{ N_("Date"), "03.02.2020 12.02.2020 ", "12.02.2020 03.02.2020 " },
	};
	char id[RECORD_ID_SIZE], mentee[2][RECORD_ID_SIZE];
	struct err e = ERR_INIT;
	struct region r;
	struct loop l;

	open_at(&r, &l, "F4");
	sort_all_ways(&l, organisations, 4);
	loop_resize(&l, 24, 80);
	press(&l, "F7");
	sort_all_ways(&l, municipalities, 6);
	loop_resize(&l, 24, 80);
	CHECK_INT(record_resolve(r.store, &person_type, "Галимова Айгуль Рифовна", mentee[0], &e), 0);
	CHECK_INT(record_resolve(r.store, &person_type, "Һаҙыева Зөлфиә Үзбәк ҡыҙы", mentee[1], &e), 0);
	make(r.store, &consultation_type, id, "mentee", mentee[0], "date", "2020-02-03", "form", "phone", "topic", "Бюджет заявки", NULL);
	make(r.store, &consultation_type, id, "mentee", mentee[1], "date", "2020-02-12", "form", "visit", "topic", "Устав ТОС", "next_step", "Собрать подписи",
	    "next_date", "2020-02-20", NULL);
	press(&l, "F6");
	sort_all_ways(&l, consultations, 7);
	loop_resize(&l, 24, 80);
	press(&l, "Tab Tab");						/* what is still to be done */
	CHECK(begins(&l, "12.02.2020 "));
	CHECK(hides(&l, "03.02.2020"));
	end(&r, &l);
}

/* Every quick filter, alone and together; what narrows stands in the line of the search; Esc takes it back. */
static void quick_filters(void)
{
	struct region r;
	struct loop l;

	open_at(&r, &l, "F2 Tab");
	choose(&l, "f", _("stage"));
	type(&l, "на обуч");
	press(&l, "Enter");
	rows_are(&l, "Ҡотлогилдин ");
	CHECK(sees(&l, "на обучении"));
	CHECK(sees(&l, _("stage")));
	press(&l, "Esc");
	CHECK(begins(&l, "Ахметов Валеева "));
	choose(&l, "f", _("municipality"));
	type(&l, "бурай");						/* no such one: nothing is taken */
	press(&l, "Enter Esc");
	CHECK(begins(&l, "Ахметов Валеева "));
	choose(&l, "f", _("municipality"));
	type(&l, "город стерл");
	press(&l, "Enter");
	rows_are(&l, "Галиуллин ");
	choose(&l, "f", _("municipality"));
	press(&l, "Home ^U");
	type(&l, _("all"));
	press(&l, "Enter");
	CHECK(begins(&l, "Ахметов Валеева "));
	choose(&l, "f", _("role"));
	type(&l, "консуль");
	press(&l, "Enter");
	rows_are(&l, "Галимова Галиуллин Ҡотлогилдин Хасанова ");
	press(&l, "/");
	type(&l, "родник");
	rows_are(&l, "Галимова Хасанова ");
	press(&l, "Enter");
	choose(&l, "f", _("stage"));
	type(&l, "обучение пройдено");
	press(&l, "Enter");
	rows_are(&l, "Галимова ");
	CHECK(sees(&l, "родник"));
	CHECK(sees(&l, "обучение пройдено"));
	CHECK(sees(&l, "консультант"));
	CHECK(hides(&l, "человек"));					/* how many of how many: 1 of 14 */
	CHECK(sees(&l, "14"));
	choose(&l, "f", _("stage"));
	type(&l, "выбыл");
	press(&l, "Enter");
	CHECK(sees(&l, _("Nothing is found with this quick filter. Esc takes it back.")));
	press(&l, "Esc");
	CHECK(begins(&l, "Ахметов Валеева "));
	press(&l, "F3");
	choose(&l, "f", _("status"));
	type(&l, "провед");
	press(&l, "Enter");
	rows_are(&l, "25.01.2020 ");
	press(&l, "Esc Tab");
	CHECK(sees(&l, _("My seminars")));
	press(&l, "F4 f");						/* there is but one: its values at once */
	CHECK(sees(&l, "Абзелиловский"));
	end(&r, &l);
}

/* Marks are of people, not of rows: they stay under another filter; * takes all that are shown, and once more lets go of them alone. */
static void marks_over_filters(void)
{
	struct region r;
	struct loop l;

	open_at(&r, &l, "F2 Tab Space Space");
	CHECK(sees(&l, "отмечено: 2"));
	press(&l, "/");
	type(&l, "родник");
	press(&l, "Enter *");
	CHECK(sees(&l, "отмечено: 5"));
	CHECK(sees(&l, "*Галимова"));
	press(&l, "*");
	CHECK(sees(&l, "отмечено: 2"));
	press(&l, "* Down Space");					/* one of them is none of them any more */
	CHECK(sees(&l, "отмечено: 4"));
	press(&l, "*");
	CHECK(sees(&l, "отмечено: 5"));
	press(&l, "Esc");						/* the search goes first */
	CHECK(sees(&l, "отмечено: 5"));
	CHECK(sees(&l, "*Ахметов"));
	CHECK(sees(&l, "*Фаттахова"));
	CHECK(sees(&l, " Иванов"));
	choose(&l, "o", _("Phone"));
	CHECK(sees(&l, "*Фаттахова"));
	press(&l, "Esc");						/* then the marks */
	CHECK(hides(&l, "отмечено"));
	CHECK(hides(&l, "*"));
	CHECK(sees(&l, "Люди"));
	press(&l, "* *");
	CHECK(hides(&l, "*"));
	press(&l, "Esc");						/* then the place */
	CHECK(hides(&l, "Фаттахова"));
	end(&r, &l);
}

/* A search is taken back while it is typed, and after it; what was selected stays so. */
static void taken_back(void)
{
	struct region r;
	struct loop l;

	open_at(&r, &l, "F2 Tab /");
	type(&l, "сафин");
	rows_are(&l, "Сафин ");
	press(&l, "Esc");
	CHECK(sees(&l, "▸ Сафин"));
	CHECK(begins(&l, "Ахметов "));
	press(&l, "/");
	type(&l, "галие");
	press(&l, "Enter Esc");
	CHECK(sees(&l, "▸ Ғәлиева"));
	CHECK(begins(&l, "Ахметов "));
	press(&l, "'");
	type(&l, "фат");
	CHECK(sees(&l, "▸ Фаттахова"));
	press(&l, "Enter");
	choose(&l, "o", _("Organisation"));				/* letters are those of the column that is sorted by */
	press(&l, "'");
	type(&l, "тос");
	CHECK(sees(&l, "▸ Валеева"));
	press(&l, "Enter F7 '");
	type(&l, "янау");
	CHECK(sees(&l, "▸ Янаульский"));
	end(&r, &l);
}

/* After a save the record is seen, whatever the part and the search were. */
static void saved_is_seen(void)
{
	char id[RECORD_ID_SIZE];
	struct region r;
	struct loop l;

	open_at(&r, &l, "F2 /");
	type(&l, "галимова");
	press(&l, "Enter");
	make(r.store, &person_type, id, "name", "Абдуллин Урал Маратович", NULL);
	loop_saved(&l, &person_type, id);
	CHECK(sees(&l, "▸ Абдуллин"));
	CHECK(sees(&l, "Люди"));
	make(r.store, &organisation_type, id, "name", "Клуб «Ватандаш»", NULL);
	loop_saved(&l, &organisation_type, id);				/* no person: nothing moves */
	CHECK(sees(&l, "▸ Абдуллин"));
	press(&l, "F4");
	choose(&l, "f", "бураев");
	make(r.store, &organisation_type, id, "name", "Ҡурай клубы", NULL);
	loop_saved(&l, &organisation_type, id);
	CHECK(sees(&l, "▸ Ҡурай клубы"));
	CHECK(sees(&l, "АНО «Родник»"));
	end(&r, &l);
}

/* What stands in place of rows. */
static void nothing_there(void)
{
	struct store *s = drive_store();
	struct region r;
	struct loop l;

	REQUIRE(s != NULL);
	drive_open(&l, s, 24, 80);
	press(&l, "F2");
	CHECK(sees(&l, "Люди"));					/* without mentees: everybody */
	CHECK(sees(&l, _("Nobody yet. Press n to enter the first person, or I to take in a list.")));
	press(&l, "Tab");
	CHECK(sees(&l, "Люди"));
	CHECK(sees(&l, "наставляемых пока нет"));
	press(&l, "Space * e d t s p c m H Enter ' o Esc");		/* nothing to do it with */
	press(&l, "F3");
	CHECK(sees(&l, _("No seminars yet. Press n to enter the first one.")));
	press(&l, "Tab");
	CHECK(sees(&l, "Tab"));
	press(&l, "F4");
	CHECK(sees(&l, _("No organisations yet. Press n to enter the first one.")));
	press(&l, "F6 Tab Tab");
	CHECK(sees(&l, _("No next step is open. Tab shows all consultations.")));
	drive_close(&l);
	store_close(s);

	open_at(&r, &l, "F2 /");
	type(&l, "сафин");
	CHECK(sees(&l, "среди всех: 1 (Tab)"));
	type(&l, "ъ");
	CHECK(sees(&l, _("Nobody is found by these words, among all people neither.")));
	press(&l, "Esc");
	choose(&l, "f", _("role"));
	type(&l, "эксперт");
	press(&l, "Enter");						/* no mentee is one, somebody else is */
	CHECK(sees(&l, "среди всех: 1 (Tab)"));
	press(&l, "Tab");
	rows_are(&l, "Иванов ");
	end(&r, &l);
}

/* Municipalities are no records: nobody enters, edits, removes or marks one. */
static void no_records(void)
{
	struct region r;
	struct loop l;

	open_at(&r, &l, "F7");
	for (const char *key = "nedHtsp*"; *key != '\0'; key++)
		CHECK_INT(keymap_find((uint32_t)*key, l.top->class->where(l.top), l.top->class->has(l.top)), ACTION_NONE);
	CHECK_INT(keymap_find(' ', l.top->class->where(l.top), l.top->class->has(l.top)), ACTION_NONE);
	press(&l, "Enter");
	CHECK(sees(&l, "Абзелиловский"));
	CHECK(hides(&l, "Альшеевский"));				/* its page */
	end(&r, &l);
}

/* A step costs two cells of the gutter, and the terminal's cursor stands there. */
static void a_step(void)
{
	struct canvas before;
	struct region r;
	struct loop l;
	int changed = 0;

	open_at(&r, &l, "F2 Tab Down");
	canvas_init(&before, 24, 80, l.canvas.glyphs);
	memcpy(before.cell, l.canvas.cell, 24 * 80 * sizeof *before.cell);
	press(&l, "Down");
	for (int y = 0; y < 24; y++)
		for (int from = 0, to; difference(&before, &l.canvas, y, &from, &to); from = to) {
			CHECK_INT(from, 1);
			CHECK_INT(to, 2);
			changed++;
		}
	CHECK_INT(changed, 2);
	CHECK_INT(l.canvas.cursor_x, 1);
	CHECK_INT(l.canvas.cursor_y, FIRST_ROW + 2);
	canvas_release(&before);
	end(&r, &l);
}

static void sizes(void)
{
	static const char *const places[] = { "F2", "F3", "F4", "F6", "F7" };
	struct region r;
	struct loop l;

	open_at(&r, &l, "F2 Tab");
	loop_resize(&l, 10, 40);
	CHECK(sees(&l, "▸ Ахметов Ильдар З."));
	CHECK(sees(&l, "Поиск:"));
	press(&l, "/");
	type(&l, "галимова");
	CHECK(sees(&l, "Поиск: галимова"));
	press(&l, "Enter");
	choose(&l, "f", _("stage"));
	type(&l, "обучение пройдено");
	press(&l, "Enter");
	CHECK(sees(&l, "галимова"));
	CHECK(sees(&l, "обучение"));					/* what narrows is seen, also where it has to be cut */
	press(&l, "Space");
	CHECK(sees(&l, "отмечено: 1"));
	CHECK(sees(&l, "обуч"));
	press(&l, "Esc o");
	CHECK(sees(&l, _("letters find")));
	press(&l, "Esc");
	for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
		loop_resize(&l, 24, 80);
		press(&l, places[i]);
		for (int height = 1; height < 30; height += 3) {
			for (int width = 1; width < 210; width += 11) {
				loop_resize(&l, height, width);
				press(&l, "Down f");
				press(&l, "Esc o Esc");
				CHECK(l.canvas.cursor_y < height && l.canvas.cursor_x < width);
			}
		}
	}
	end(&r, &l);
}

/* Where the rows stay, a few cells are drawn and not the picture; what it looks like then is compared at every key (drive.c). */
static void marker_moves(void)
{
	enum { FEW = 10 };
	static const char *const keys[] = { "Down", "Down", "Up", "End", "Home" };
	struct region r;
	struct loop l;

	open_at(&r, &l, "F2 Tab");
	loop_resize(&l, 60, 80);
	loop_draw(&l);
	for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
		uint64_t before = l.canvas.strokes;

		loop_key(&l, key_by_name(keys[i], strlen(keys[i])));
		loop_draw(&l);
		CHECK(l.canvas.strokes > before && l.canvas.strokes < before + FEW);
	}
	loop_message(&l, "%s", "something happened");
	loop_key(&l, key_by_name("Down", 4));
	loop_draw(&l);
	CHECK(!sees(&l, "something happened"));
	/* In a window of ten rows they move as well. */
	loop_resize(&l, 10, 80);
	for (int i = 0; i < 100; i++)
		press(&l, test_random() % 2 != 0 ? "Down" : test_random() % 3 != 0 ? "Up" : test_random() % 2 != 0 ? "PageDown" : "Space");
	end(&r, &l);
}

static const struct test tests[] = {
	TEST(sorted_people),
	TEST(sorted_seminars),
	TEST(sorted_others),
	TEST(quick_filters),
	TEST(marks_over_filters),
	TEST(taken_back),
	TEST(saved_is_seen),
	TEST(nothing_there),
	TEST(no_records),
	TEST(a_step),
	TEST(marker_moves),
	TEST(sizes),
	TEST_END
};

int main(int argc, char **argv)
{
	if (!drive_start())
		return 1;
	return test_main(argc, argv, tests);
}
