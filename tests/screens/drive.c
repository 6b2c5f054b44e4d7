#include "tests/screens/drive.h"

#include <libintl.h>
#include <limits.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/fsutil.h"
#include "base/language.h"
#include "base/mem.h"
#include "base/preferences.h"
#include "base/text.h"
#include "records/attendance.h"
#include "records/person.h"
#include "screens/places.h"
#include "tests/screens/difference.h"
#include "tests/unit/records.h"

#define NOON 1581672000000LL		/* 2020-02-14, 14:20 of programme time */

/* Absolute, so that a test may go to another folder. */
static const char *source_folder(void)
{
	static char folder[PATH_MAX];

	if (folder[0] == '\0') {
		const char *given = getenv("TEST_SOURCE_DIR");

		if (realpath(given != NULL ? given : ".", folder) == NULL)
			folder[0] = '\0';
	}
	return folder;
}

bool drive_start_at(const char *place)
{
	struct preferences p;
	struct err e = ERR_INIT;

	return CHECK(preferences_load(&p, NULL, &e) == 0 && preferences_set(&p, "start", place, &e) == 0);
}

bool drive_start(void)
{
	char folder[4096], command[12000];
	struct err e = ERR_INIT;

	/* Any UTF-8 locale: LANGUAGE chooses the words, so that none has to be generated. */
	if (setlocale(LC_ALL, "C.UTF-8") == NULL)
		return CHECK(!"the locale C.UTF-8");
	setenv("LANGUAGE", "ru", 1);
	/* What the screens write besides the store, and files named by a random hand, stay in the test's own folder. */
	setenv("HOME", test_folder(), 1);
	setenv("XDG_CONFIG_HOME", test_folder(), 1);
	setenv("XDG_DATA_HOME", test_folder(), 1);
	snprintf(folder, sizeof folder, "%s/locale/ru/LC_MESSAGES", test_folder());
	if (fs_mkdirs(folder, 0700, &e) != 0)
		return CHECK(!"a folder for the translations");
	snprintf(command, sizeof command, "msgfmt -o '%s/livenet.mo' '%s/po/ru.po'", folder, source_folder());
	if (system(command) != 0)
		return CHECK(!"msgfmt");
	snprintf(folder, sizeof folder, "%s/locale", test_folder());
	bindtextdomain("livenet", folder);
	bind_textdomain_codeset("livenet", "UTF-8");
	textdomain("livenet");
	clock_set(NOON);
	return drive_start_at("people");
}

static const struct { const char *name, *phone, *organisation, *post, *municipality, *role, *stage; bool mine; } people[] = {
	{ "Хасанова Гузель Рашитовна", "+79170000001", "АНО «Родник»", "руководитель", "80618000", "consultant", "working", false },
	{ "Галимова Айгуль Рифовна", "+79170000002", "АНО «Родник»", "методист", "80609000", "consultant", "trained", true },
	{ "Галиуллин Рустам Фанилевич", "+79170000003", "РОО «Ихлас»", "руководитель", "80745000", "consultant", "selected", true },
	{ "Ғәлиева Сәлимә Ғәбит ҡыҙы", "+79170000004", "ТОС «Дуҫлыҡ»", "председатель ТОС", "80618000", "activist", "", true },
	{ "Һаҙыева Зөлфиә Үзбәк ҡыҙы", "", "ТОС «Дуҫлыҡ»", "", "80611000", "activist", "", true },
	{ "Ҡотлогилдин Өмөт Ҡадир улы", "+79170000006", "", "учитель", "80606000", "consultant", "training", true },
	{ "Ахметов Ильдар Закирович", "+79170000007", "СП «Бураевский»", "библиотекарь", "80618000", "activist", "", false },
	{ "Валеева Зиля Маратовна", "", "ТОС «Дружба»", "", "80618000", "activist", "", false },
	{ "Иванов Пётр Сергеевич", "+79170000009", "РОО «Ихлас»", "бухгалтер", "80701000", "expert", "working", false },
	{ "Рахматуллин Азат Наилевич", "+79170000010", "", "волонтёр", "80618000", "activist", "", false },
	{ "Сафин Тимур Ильгизович", "+79170000011", "СП «Бураевский»", "учитель", "80618000", "activist", "", false },
	{ "Уразбаева Ләйсән Әнүәр ҡыҙы", "+79170000012", "", "", "80618000", "activist", "", false },
	{ "Фаттахова Лилия Ураловна", "+79170000013", "АНО «Родник»", "методист", "80618000", "activist", "", false },
	{ "Яҡупов Ҫәйфулла Ыласын улы", "+79170000014", "", "агроном", "80618000", "official", "", false },
};
enum { PEOPLE = sizeof people / sizeof people[0] };

static void make_people(struct region *r, char id[PEOPLE][RECORD_ID_SIZE])
{
	char organisation[RECORD_ID_SIZE];
	struct err e = ERR_INIT;

	for (int i = 0; i < PEOPLE; i++) {
		organisation[0] = '\0';
		if (people[i].organisation[0] != '\0' && record_resolve(r->store, &organisation_type, people[i].organisation, organisation, &e) != 0)
			make(r->store, &organisation_type, organisation, "name", people[i].organisation, NULL);
		make(r->store, &person_type, id[i], "name", people[i].name, "phone", people[i].phone, "organisation", organisation,
		    "post", people[i].post, "municipality", people[i].municipality, "role", people[i].role, "stage", people[i].stage, NULL);
	}
	memcpy(r->me, id[0], sizeof r->me);
	CHECK_INT(store_set_setting(r->store, "person", r->me, &e), 0);
	for (int i = 0; i < PEOPLE; i++) {
		char mentorship[RECORD_ID_SIZE];

		if (people[i].mine)
			make(r->store, &mentorship_type, mentorship, "mentor", r->me, "mentee", id[i], "since", "2020-01-20", NULL);
	}
}

static void make_seminars(struct region *r, char id[PEOPLE][RECORD_ID_SIZE])
{
	static const struct { const char *title, *date, *place, *status; } more[] = {
		{ "Пишем первую заявку на грант", "2020-03-20", "Бураево, дом культуры", "planned" },
		{ "ТОС: права, деньги, первые шаги", "2020-01-25", "Кулаево, сельская библиотека", "held" },
		{ "Партнёры проекта: бизнес и администрация", "2019-12-12", "Бураево, библиотека", "cancelled" },
	};
	char seminar[RECORD_ID_SIZE];
	struct err e = ERR_INIT;

	make(r->store, &seminar_type, r->seminar, "title", "Как открыть НКО", "date", "2020-02-14", "place", "Бураево, библиотека",
	    "municipality", "80618000", "lead", r->me, "capacity", "10", NULL);
	for (size_t i = 0; i < sizeof more / sizeof more[0]; i++)
		make(r->store, &seminar_type, seminar, "title", more[i].title, "date", more[i].date, "place", more[i].place,
		    "status", more[i].status, "municipality", "80618000", "lead", i == 2 ? id[8] : r->me, NULL);
	CHECK_INT(attendance_mark(r->store, seminar, id[1], ATTENDANCE_PRESENT, &e), 0);
	CHECK_INT(attendance_mark(r->store, r->seminar, id[6], ATTENDANCE_PRESENT, &e), 0);
	CHECK_INT(attendance_mark(r->store, r->seminar, id[7], ATTENDANCE_REGISTERED, &e), 0);
	CHECK_INT(attendance_mark(r->store, r->seminar, id[3], ATTENDANCE_PRESENT, &e), 0);
	CHECK_INT(attendance_mark(r->store, r->seminar, id[10], ATTENDANCE_ABSENT, &e), 0);
}

struct store *drive_store(void)
{
	return new_store();
}

struct region drive_region(void)
{
	struct region r = { .store = new_store() };
	char id[PEOPLE][RECORD_ID_SIZE];

	if (r.store == NULL)
		return r;
	make_people(&r, id);
	make_seminars(&r, id);
	return r;
}

void drive_open(struct loop *l, struct store *s, int height, int width)
{
	loop_init(l, s, height, width, theme_glyphs("xterm"));
	places_begin(l);
	loop_draw(l);
}

void drive_close(struct loop *l)
{
	loop_release(l);
}

static void tell_difference(const struct canvas *moved, const struct canvas *anew, int y)
{
	struct buf rows = BUF_INIT;

	canvas_row(moved, y, &rows);
	buf_addc(&rows, '\n');
	canvas_row(anew, y, &rows);
	test_note("row %d of %d, as it was moved and as it is drawn:\n%s", y, anew->height, rows.data);
	buf_release(&rows);
}

/* A picture in which the marker moved is that which is drawn anew. */
void drive_draw(struct loop *l)
{
	struct canvas *c = &l->canvas, moved;
	size_t size;

	loop_draw(l);
	if (l->top == NULL || l->top->class->marker == NULL)
		return;
	moved = *c;
	size = (size_t)c->height * (size_t)c->width * sizeof *c->cell;
	moved.cell = memcpy(mem_alloc(size), c->cell, size);
	loop_draw(l);
	CHECK(moved.cursor_y == c->cursor_y && moved.cursor_x == c->cursor_x);
	for (int y = 0; y < c->height; y++) {
		int from = 0, to;

		if (!CHECK(!difference(&moved, c, y, &from, &to)))
			tell_difference(&moved, c, y);
	}
	free(moved.cell);
}

/* Every key is followed by a picture, as at a terminal where keys come slowly. */
static void key(struct loop *l, uint32_t code)
{
	loop_key(l, code);
	drive_draw(l);
}

void press(struct loop *l, const char *keys)
{
	while (*(keys += strspn(keys, " ")) != '\0') {
		size_t len = strcspn(keys, " ");

		key(l, key_by_name(keys, len));
		keys += len;
	}
}

int type(struct loop *l, const char *text)
{
	size_t left = strlen(text);
	int count = 0;

	for (; left > 0; count++) {
		uint32_t cp;
		size_t step = text_next(text, left, &cp, NULL);

		key(l, cp);
		text += step;
		left -= step;
	}
	return count;
}

void act_on(struct loop *l, const char *action)
{
	loop_do(l, action_by_name(action));
	drive_draw(l);
}

void picture(struct loop *l, struct buf *out)
{
	loop_draw(l);
	for (int y = 0; y < l->canvas.height; y++) {
		canvas_row(&l->canvas, y, out);
		buf_addc(out, '\n');
	}
	buf_addf(out, "-- %dx%d, cursor in row %d, column %d\n", l->canvas.width, l->canvas.height, l->canvas.cursor_y, l->canvas.cursor_x);
}

bool sees(struct loop *l, const char *text)
{
	struct buf now = BUF_INIT;
	bool there;

	picture(l, &now);
	there = strstr(now.data, text) != NULL;
	if (!there)
		test_note("no “%s” in\n%s", text, now.data);
	buf_release(&now);
	return there;
}

void speak(const char *language)
{
	language_choose(language);
}

static void add_look(const struct look *look, struct buf *out)
{
	static const char *const colours[] = { "black", "red", "green", "yellow", "blue", "magenta", "cyan", "white" };

	buf_adds(out, look->colour == THEME_DEFAULT ? "default" : colours[look->colour]);
	buf_adds(out, (look->attributes & THEME_BOLD) != 0 ? " bold" : "");
	buf_adds(out, (look->attributes & THEME_REVERSE) != 0 ? " reverse" : "");
	buf_adds(out, (look->attributes & THEME_UNDERLINE) != 0 ? " underlined" : "");
	buf_adds(out, (look->attributes & THEME_DIM) != 0 ? " dim" : "");
}

void looks(struct loop *l, struct buf *out)
{
	loop_draw(l);
	for (int y = 0; y < l->canvas.height; y++) {
		const struct cell *row = &l->canvas.cell[y * l->canvas.width];

		for (int x = 0, end; x < l->canvas.width; x = end) {
			for (end = x + 1; end < l->canvas.width && row[end].role == row[x].role; end++)
				;
			if (row[x].role == ROLE_TEXT)
				continue;
			buf_addf(out, "%2d: %d-%d  ", y, x, end - 1);
			add_look(&theme_looks(true)[row[x].role], out);
			buf_adds(out, " / ");
			add_look(&theme_looks(false)[row[x].role], out);
			buf_addc(out, '\n');
		}
	}
}

void golden_text(const char *name, const struct buf *now)
{
	char path[4096];
	struct buf want = BUF_INIT;
	struct err e = ERR_INIT;

	snprintf(path, sizeof path, "%s/tests/screens/golden/%s.txt", source_folder(), name);
	if (getenv("TEST_UPDATE") != NULL) {
		CHECK_INT(fs_write(path, now->data, now->len, 0644, &e), 0);
	} else if (CHECK(fs_read(path, 1000000, true, &want, &e) == 0)) {
		if (!CHECK(strcmp(now->data, want.data) == 0))
			test_note("%s: this is the picture now:\n%s", name, now->data);
	}
	buf_release(&want);
}

void golden(struct loop *l, const char *name)
{
	struct buf now = BUF_INIT;

	picture(l, &now);
	golden_text(name, &now);
	buf_release(&now);
}
