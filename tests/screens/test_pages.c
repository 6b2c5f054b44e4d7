/* Cards, the home screen, history, conflicts, reports: what stands on a page, where its lines lead, and that the way back ends on the same line. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/date.h"
#include "base/fsutil.h"
#include "records/agenda.h"
#include "records/attendance.h"
#include "records/conflicts.h"
#include "records/consent.h"
#include "records/consultation.h"
#include "records/seminar.h"
#include "screens/cards.h"
#include "screens/clock.h"
#include "screens/parts/draft.h"
#include "screens/parts/page.h"
#include "screens/places.h"
#include "store/journal_clock.h"
#include "tests/screens/drive.h"
#include "tests/unit/stores.h"

static char salima[RECORD_ID_SIZE], aigul[RECORD_ID_SIZE];

static bool begin(struct region *r, struct loop *l, int height, int width)
{
	struct err e = ERR_INIT;

	*r = drive_region();
	if (!CHECK(r->store != NULL))
		return false;
	CHECK_INT(record_resolve(r->store, &person_type, "Ғәлиева Сәлимә Ғәбит ҡыҙы", salima, &e), 0);
	CHECK_INT(record_resolve(r->store, &person_type, "Галимова Айгуль Рифовна", aigul, &e), 0);
	drive_open(l, r->store, height, width);
	return true;
}

static void end(struct region *r, struct loop *l)
{
	drive_close(l);
	store_close(r->store);
}

/* The row where the terminal's cursor stands, as text. Stays until the next call. */
static const char *current(struct loop *l)
{
	static struct buf row = BUF_INIT;

	loop_draw(l);
	buf_reset(&row);
	canvas_row(&l->canvas, l->canvas.cursor_y, &row);
	return row.data;
}

static bool stands_on(struct loop *l, const char *text)
{
	bool there = strstr(current(l), text) != NULL;

	if (!there)
		test_note("the cursor is on “%s”", current(l));
	return there;
}

/* Down until the marker stands on a line with this text. */
static bool go_to(struct loop *l, const char *text)
{
	for (int i = 0; i < 100; i++) {
		if (strstr(current(l), text) != NULL)
			return true;
		press(l, "Down");
	}
	test_note("no line “%s”", text);
	return false;
}

static void consult(struct store *s, const char *mentor, const char *mentee, const char *topic, char id[RECORD_ID_SIZE])
{
	make(s, &consultation_type, id, "mentor", mentor, "mentee", mentee, "date", "2020-02-03", "form", "visit", "topic", topic,
	    "advice", "Начать с протокола общего собрания.\nПотом — устав.", "next_step", "Протокол собрания", "next_date", "2020-02-10", NULL);
}

static void person(void)
{
	struct region r;
	struct loop l;
	struct err e = ERR_INIT;
	char id[RECORD_ID_SIZE];

	if (!begin(&r, &l, 40, 100))
		return;
	consult(r.store, r.me, salima, "Устав ТОС", id);
	CHECK_INT(consent_sign(r.store, (const char *const []){ salima }, 1, CONSENT_PARTICIPATION, "2020-02-01", &e), 0);
	CHECK(cards_show(&l, &person_type, salima));
	CHECK(sees(&l, "Ғәлиева Сәлимә Ғәбит ҡыҙы"));
	CHECK(sees(&l, "+7 917 000-00-04"));
	CHECK(sees(&l, "ТОС «Дуҫлыҡ»"));
	CHECK(sees(&l, "Бураевский район"));
	CHECK(sees(&l, "01.02.2020"));			/* one consent is signed … */
	CHECK(sees(&l, "!"));				/* … and one is missing */
	CHECK(sees(&l, "Хасанова Гузель Рашитовна"));	/* the mentor */
	CHECK(sees(&l, "20.01.2020"));
	CHECK(sees(&l, "03.02.2020  Устав ТОС"));
	CHECK(sees(&l, "14.02.2020  Как открыть НКО"));
	CHECK(sees(&l, "14.02.2020 14:20"));		/* entered */
	end(&r, &l);
}

/* Every line leads where it says, and the way back ends on it. */
static void links(void)
{
	static const struct { const char *line, *there; } ways[] = {
		{ "ТОС «Дуҫлыҡ»", "Һаҙыева Зөлфиә" }, { "Бураевский район", "80618000" }, { "Хасанова", "Ҡотлогилдин" }, { "Устав ТОС", "Потом — устав." },
		{ "Как открыть НКО", "Валеева Зиля" },
	};
	struct region r;
	struct loop l;
	char id[RECORD_ID_SIZE];

	if (!begin(&r, &l, 40, 100))
		return;
	consult(r.store, r.me, salima, "Устав ТОС", id);
	CHECK(cards_show(&l, &person_type, salima));
	for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
		if (!CHECK(go_to(&l, ways[i].line)))
			continue;
		press(&l, "Enter");
		CHECK(sees(&l, ways[i].there));
		press(&l, i % 2 == 0 ? "Esc" : "q");
		CHECK(stands_on(&l, ways[i].line));
		CHECK(sees(&l, "+7 917 000-00-04"));
	}
	press(&l, "Enter Enter Home");			/* deeper, and by places back to the bottom */
	press(&l, "F3");
	CHECK(sees(&l, "Пишем первую"));
	press(&l, "q");
	CHECK((l.top->class->where(l.top) & IN_HOME) != 0);
	press(&l, "Esc");
	CHECK(!l.done);
	press(&l, "q");
	CHECK(l.done);
	end(&r, &l);
}

static void after_an_edit(void)
{
	struct region r;
	struct loop l;

	if (!begin(&r, &l, 24, 80))
		return;
	CHECK(cards_show(&l, &person_type, salima));
	CHECK(go_to(&l, "Как открыть НКО"));
	press(&l, "e Tab ^U");
	type(&l, "89179999999");
	press(&l, "^S");
	CHECK(stands_on(&l, "Как открыть НКО"));
	press(&l, "Home");
	CHECK(sees(&l, "+7 917 999-99-99"));
	press(&l, "H");
	CHECK(sees(&l, "+7 917 000-00-04 → +7 917 999-99-99"));
	press(&l, "Esc");
	CHECK(sees(&l, "+7 917 999-99-99"));
	end(&r, &l);
}

/* What another hand took away meanwhile, as an exchange does. */
static void removed(void)
{
	struct region r;
	struct loop l;
	struct err e = ERR_INIT;

	if (!begin(&r, &l, 24, 80))
		return;
	CHECK(cards_show(&l, &person_type, salima));
	CHECK(go_to(&l, "Как открыть НКО"));
	press(&l, "Enter");
	CHECK_INT(record_remove(r.store, &person_type, salima, &e), 0);
	press(&l, "^L Esc");				/* the seminar's card stays; the person's is gone */
	CHECK(l.message.len > 0 && l.warning);
	CHECK((l.top->class->where(l.top) & IN_PEOPLE) != 0);
	CHECK(!cards_show(&l, &person_type, salima));
	end(&r, &l);
}

static void seminar(void)
{
	struct region r;
	struct loop l;
	struct err e = ERR_INIT;

	if (!begin(&r, &l, 40, 100))
		return;
	CHECK_INT(consent_sign(r.store, (const char *const []){ salima }, 1, CONSENT_PARTICIPATION, NULL, &e), 0);
	CHECK(cards_show(&l, &seminar_type, r.seminar));
	CHECK(sees(&l, "14.02.2020"));
	CHECK(sees(&l, "Бураево, библиотека"));
	CHECK(sees(&l, "3"));
	CHECK(sees(&l, "Ахметов Ильдар Закирович"));
	CHECK(sees(&l, "Сафин Тимур"));			/* absent, and named all the same */
	CHECK(go_to(&l, "Ғәлиева"));
	press(&l, "a");
	CHECK((l.top->class->where(l.top) & IN_ATTENDANCE) != 0);
	press(&l, "Esc");
	CHECK(stands_on(&l, "Ғәлиева"));
	end(&r, &l);
}

static void organisation_and_municipality(void)
{
	struct region r;
	struct loop l;
	struct err e = ERR_INIT;
	char id[RECORD_ID_SIZE];

	if (!begin(&r, &l, 40, 100))
		return;
	CHECK_INT(record_resolve(r.store, &organisation_type, "АНО «Родник»", id, &e), 0);
	edit(r.store, &organisation_type, id, "municipality", "Бураевский район");
	CHECK(cards_show(&l, &organisation_type, id));
	CHECK(sees(&l, "Фаттахова Лилия Ураловна"));
	CHECK(sees(&l, "методист"));
	CHECK(sees(&l, "20.03.2020  Пишем первую заявку на грант"));
	CHECK(go_to(&l, "Бураевский район"));
	press(&l, "Enter");
	CHECK(sees(&l, "с Бураево"));
	CHECK(sees(&l, "Хасанова Гузель Рашитовна"));	/* a consultant … */
	CHECK(sees(&l, "Яҡупов Ҫәйфулла"));		/* … an official … */
	CHECK(!strstr(current(&l), "Уразбаева"));	/* … and the participants are counted */
	CHECK(stands_on(&l, "9"));
	press(&l, "Enter");
	CHECK(sees(&l, "Уразбаева Ләйсән"));
	press(&l, "q");
	CHECK(sees(&l, "с Бураево"));
	CHECK(!cards_show_municipality(&l, "99999999"));
	end(&r, &l);
}

static void home(void)
{
	struct region r;
	struct loop l;
	char id[RECORD_ID_SIZE];

	if (!begin(&r, &l, 24, 80))
		return;
	consult(r.store, r.me, aigul, "Отчёт", id);
	press(&l, "0");
	CHECK(sees(&l, "Гузель Рашитовна"));
	CHECK(sees(&l, "Протокол собрания"));		/* overdue */
	CHECK(sees(&l, "Как открыть НКО"));		/* today */
	CHECK(go_to(&l, "Протокол собрания"));
	press(&l, "Enter");
	CHECK(sees(&l, "Отчёт"));
	press(&l, "Esc");
	CHECK(stands_on(&l, "Протокол собрания"));
	edit(r.store, &consultation_type, id, "next_done", "сегодня");
	press(&l, "^L");
	CHECK(!strstr(current(&l), "Протокол собрания"));
	press(&l, "F2 0 q");
	CHECK(l.done);
	end(&r, &l);
}

/* Nothing yet: the first three steps, each of which leads there. */
static void first_steps(void)
{
	struct store *s = drive_store();
	struct loop l;

	REQUIRE(s != NULL);
	CHECK(drive_start_at("home"));
	drive_open(&l, s, 24, 80);
	CHECK((l.top->class->where(l.top) & IN_HOME) != 0);
	CHECK(sees(&l, "1."));
	CHECK(sees(&l, "3."));
	CHECK(go_to(&l, "2."));
	press(&l, "Enter");
	CHECK((l.top->class->where(l.top) & IN_SEMINARS) != 0);
	press(&l, "q");
	CHECK(stands_on(&l, "2."));
	drive_close(&l);
	CHECK(drive_start_at("people"));
	store_close(s);
}

/* What is proposed where the clock is in doubt is never what the computer wrongly says. */
static void clock_in_doubt(void)
{
	struct region r;
	struct loop l;
	struct err e = ERR_INIT;
	struct journal *j;
	int64_t known;
	char day[17];

	if (!begin(&r, &l, 24, 80))
		return;
	j = store_journal(r.store);
	known = journal_now_ms(j) + (int64_t)10 * 24 * 3600 * 1000;
	REQUIRE_OK(store_begin(r.store, &e));
	REQUIRE_OK(journal_clock_heard(j, known, &e));
	REQUIRE_OK(store_commit(r.store, &e));
	date_local(known, day);
	day[10] = 0;
	clock_watch(&l);
	drive_draw(&l);
	press(&l, "Enter");
	CHECK(sees(&l, day));
	CHECK_INT(journal_clock_doubt(j, &known), CLOCK_FINE);
	end(&r, &l);
}

/* What somebody else removed is told as removed. */
static void news_of_a_removal(void)
{
	struct region r;
	struct loop l;
	struct store *other = drive_store();
	struct err e = ERR_INIT;

	if (other == NULL || !begin(&r, &l, 24, 80))
		return;
	meet(r.store, other);
	REQUIRE_OK(agenda_seen(r.store, &e));
	REQUIRE_OK(record_remove(other, &person_type, salima, &e));
	meet(r.store, other);
	press(&l, "F2 0");
	CHECK(go_to(&l, "Ғәлиева Сәлимә"));
	CHECK(strstr(current(&l), "удалена ") != NULL);
	end(&r, &l);
	store_close(other);
}

static void conflict(void)
{
	struct region r;
	struct loop l;
	struct store *other = drive_store();

	if (other == NULL || !begin(&r, &l, 24, 80))
		return;
	meet(r.store, other);
	edit(r.store, &person_type, salima, "phone", "+79170000021");
	edit(other, &person_type, salima, "phone", "+79170000022");
	edit(r.store, &person_type, aigul, "post", "бухгалтер");
	edit(other, &person_type, aigul, "post", "юрист");
	meet(r.store, other);
	press(&l, "0 !");
	CHECK(sees(&l, "Ғәлиева Сәлимә Ғәбит ҡыҙы"));
	CHECK(sees(&l, "+7 917 000-00-21"));
	CHECK(sees(&l, "+7 917 000-00-22"));
	CHECK(go_to(&l, "+7 917 000-00-21"));
	press(&l, "Enter n");
	CHECK(sees(&l, "+7 917 000-00-22"));		/* nothing is settled without a yes */
	press(&l, "Enter y");
	check_field(r.store, &person_type, salima, "phone", "+79170000021");
	CHECK(!strstr(current(&l), "+7 917"));
	press(&l, "Home");
	CHECK(go_to(&l, "юрист"));
	press(&l, "Down");
	if (strstr(current(&l), "бухгалтер") != NULL)
		press(&l, "Down");
	press(&l, "Enter ^U");
	type(&l, "экономист");
	press(&l, "Enter");
	check_field(r.store, &person_type, aigul, "post", "экономист");
	CHECK_INT(journal_conflicts(store_journal(r.store)), 0);
	meet(r.store, other);
	CHECK_INT(journal_conflicts(store_journal(other)), 0);
	check_field(other, &person_type, salima, "phone", "+79170000021");
	end(&r, &l);
	store_close(other);
}

/* Asks for the report as plain text; it names people, which is asked about; then the file's name. */
static void write_as_text(struct loop *l, const char *path)
{
	press(l, "w");
	type(l, "text");
	press(l, "Enter y ^U");
	type(l, path);
	press(l, "Enter");
}

static void reports(void)
{
	struct region r;
	struct loop l;
	struct buf text = BUF_INIT;
	struct err e = ERR_INIT;
	char path[4096];

	if (!begin(&r, &l, 40, 100))
		return;
	press(&l, "F8");
	CHECK(sees(&l, "Посещений"));
	snprintf(path, sizeof path, "%s/report.txt", test_folder());
	write_as_text(&l, path);
	CHECK_INT(fs_read(path, 100000, true, &text, &e), 0);
	CHECK(strstr(text.data, "Живая сеть НКО\n") != NULL && strstr(text.data, "Живая сеть НКО\n") < strchr(text.data, '\n') && strstr(text.data, "14.02.2020") != NULL);
	CHECK(go_to(&l, "Посещений"));
	press(&l, "Enter");
	CHECK((l.top->class->where(l.top) & IN_PAGE) != 0);
	CHECK(sees(&l, "Как открыть НКО"));
	press(&l, "Esc");
	CHECK(stands_on(&l, "Посещений"));
	buf_release(&text);
	end(&r, &l);
}

static int looked;

static bool stop_now(struct loop *l)
{
	struct buf row = BUF_INIT;
	bool told;

	canvas_row(&l->canvas, l->canvas.height - 1, &row);
	told = strstr(row.data, "Esc") != NULL;
	looked += told;
	buf_release(&row);
	return told;
}

/* Counting that takes long is seen and can be ended; what was there stays in reach. */
static void long_count(void)
{
	static const char *const places[] = { "F8", "7" };
	char id[RECORD_ID_SIZE];
	struct region r;
	struct loop l;

	for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
		if (!begin(&r, &l, 24, 80))
			return;
		/* Enough statements that SQLite calls back. */
		for (int n = 0; n < 400; n++)
			make(r.store, &person_type, id, "name", "Сафина Лилия", "role", "activist", NULL);
		looked = 0;
		l.eager = true;
		l.meanwhile = stop_now;
		press(&l, places[i]);
		CHECK(looked > 0);
		CHECK(l.warning);
		l.eager = false;
		press(&l, "Esc Esc");
		CHECK(!l.done);
		press(&l, places[i]);
		CHECK(i == 1 || sees(&l, "Семинаров проведено"));
		end(&r, &l);
	}
}

/* A report is filed, something changes, and the page of the filed one says what, and who did it. */
static void filed_reports(void)
{
	struct region r;
	struct loop l;

	if (!begin(&r, &l, 40, 100))
		return;
	press(&l, "F8 End Enter");
	type(&l, "Первый");
	press(&l, "Enter Home");
	CHECK(go_to(&l, "Первый"));
	press(&l, "Enter");
	CHECK(sees(&l, "Первый"));
	CHECK(!sees(&l, "бухгалтер"));
	press(&l, "Esc End Enter");
	type(&l, "первый");
	press(&l, "Enter");
	CHECK(l.warning);				/* a name is given once */
	press(&l, "Esc Home");
	edit(r.store, &person_type, aigul, "role", "official");
	CHECK(go_to(&l, "Первый"));
	press(&l, "Enter");
	CHECK(sees(&l, "+ Галимова Айгуль"));
	end(&r, &l);
}

/* The targets: what is behind one, and another number for it. */
static void targets(void)
{
	struct region r;
	struct loop l;

	if (!begin(&r, &l, 24, 80))
		return;
	press(&l, "7");
	CHECK(sees(&l, "Местные консультанты"));
	CHECK(sees(&l, "400"));
	press(&l, "Down Enter");
	CHECK((l.top->class->where(l.top) & IN_INDICATORS) == 0);
	press(&l, "Esc");
	CHECK(stands_on(&l, "Местные консультанты"));
	check_field(r.store, &indicator_type, "indicator-consultants", "target", "50");
	press(&l, "e Down Down Down ^U");
	type(&l, "60");
	press(&l, "^S");
	check_field(r.store, &indicator_type, "indicator-consultants", "target", "60");
	CHECK(stands_on(&l, "Местные консультанты"));
	end(&r, &l);
}

/* A card that one removed and another edited; and a place, which is a reference: its name is what is typed. */
static void removed_and_edited(void)
{
	struct region r;
	struct loop l;
	struct err e = ERR_INIT;
	struct store *other = drive_store();

	if (other == NULL || !begin(&r, &l, 24, 80))
		return;
	meet(r.store, other);
	CHECK_INT(record_remove(r.store, &person_type, salima, &e), 0);
	edit(other, &person_type, salima, "post", "юрист");
	edit(r.store, &person_type, aigul, "municipality", "Бураевский район");
	edit(other, &person_type, aigul, "municipality", "город Уфа");
	meet(r.store, other);
	press(&l, "!");
	CHECK(sees(&l, "Ғәлиева"));
	CHECK(go_to(&l, "город Уфа") || go_to(&l, "Бураевский район"));
	press(&l, "Home");
	for (int i = 0; i < 20 && (strstr(current(&l), "14:20") != NULL || strstr(current(&l), "карточка") != NULL); i++)
		press(&l, "Down");
	press(&l, "Enter");				/* another value */
	CHECK(sees(&l, "район") || sees(&l, "Уфа"));
	press(&l, "^U");
	type(&l, "нет такого");
	press(&l, "Enter");
	CHECK((l.top->class->where(l.top) & IN_FORM) != 0);	/* what is wrong is said, and the form stays */
	CHECK_INT(journal_conflicts(store_journal(r.store)), 2);
	press(&l, "^U");
	type(&l, "Белорецкий район");
	press(&l, "Enter");
	check_field(r.store, &person_type, aigul, "municipality", "80611000");
	CHECK_INT(journal_conflicts(store_journal(r.store)), 1);
	press(&l, "Home Enter y");
	CHECK_INT(journal_conflicts(store_journal(r.store)), 0);
	end(&r, &l);
	store_close(other);
}

/* A consultation that was begun from a card knows with whom when it is brought back. */
static void draft(void)
{
	struct region r;
	struct loop l;

	if (!begin(&r, &l, 24, 80))
		return;
	CHECK(cards_show(&l, &person_type, salima));
	press(&l, "c");
	CHECK(sees(&l, "Ғәлиева Сәлимә Ғәбит ҡыҙы"));
	press(&l, "Esc");				/* nothing was typed: no question */
	CHECK(sees(&l, "+7 917 000-00-04"));
	press(&l, "c Tab");
	type(&l, "13.2");
	loop_keep(&l);
	drive_close(&l);
	drive_open(&l, r.store, 24, 80);
	press(&l, "y");
	CHECK(sees(&l, "Ғәлиева Сәлимә Ғәбит ҡыҙы"));
	CHECK(sees(&l, "13.2"));
	press(&l, "^S");
	CHECK((l.top->class->where(l.top) & IN_CONSULTATIONS) != 0);
	CHECK(sees(&l, "13.02"));
	end(&r, &l);
}

/* --- pages that only a test has --- */

static int fill_hostile(struct page *p, struct err *e)
{
	(void)e;
	page_heading(p, "\x1b[31mчужое");
	page_field(p, "поле\r", "а\x1b]0;окно\x07" "б\nвторая строка");
	page_link(p, "имя\xe2\x80\xae" "оборот", "\x9b" "2J", &person_type, salima);
	page_text(p, ROLE_TEXT, "\xff\xfe не текст");
	return 0;
}

static void title_hostile(struct page *p, struct title *t)
{
	(void)p;
	buf_adds(&t->place, "\x1b[2J");
}

static const struct page_class hostile_class = { .name = "hostile", .where = IN_MAIN, .fill = fill_hostile, .title = title_hostile };

static void hostile(void)
{
	struct region r;
	struct loop l;
	struct buf seen = BUF_INIT;

	if (!begin(&r, &l, 24, 80))
		return;
	loop_push(&l, page_open(r.store, &hostile_class, NULL));
	picture(&l, &seen);
	for (size_t i = 0; i < seen.len; i++)
		CHECK(seen.data[i] == '\n' || (unsigned char)seen.data[i] >= ' ');
	CHECK(strstr(seen.data, "\xe2\x80\xae") == NULL && strstr(seen.data, "\xc2\x9b") == NULL);
	CHECK(sees(&l, "\\x1B[31mчужое"));
	CHECK(sees(&l, "вторая строка"));
	press(&l, "Enter");
	CHECK(sees(&l, "Ғәлиева Сәлимә Ғәбит ҡыҙы"));
	buf_release(&seen);
	end(&r, &l);
}

static int fill_text(struct page *p, struct err *e)
{
	char line[100];

	(void)e;
	page_heading(p, "Длинный текст");
	for (int i = 1; i <= 60; i++) {
		snprintf(line, sizeof line, "строка %d, и больше в ней ничего не сказано", i);
		page_text(p, ROLE_TEXT, line);
	}
	return 0;
}

static const struct page_class text_class = { .name = "text", .where = IN_MAIN, .fill = fill_text, .title = title_hostile };

/* No line leads anywhere: it is scrolled. */
static void scrolling(void)
{
	struct region r;
	struct loop l;

	if (!begin(&r, &l, 10, 40))
		return;
	loop_push(&l, page_open(r.store, &text_class, NULL));
	CHECK(sees(&l, "строка 1,"));
	press(&l, "Down Down Down Down");
	CHECK(!strstr(current(&l), "строка 1,"));
	CHECK(sees(&l, "строка 5"));
	press(&l, "End");
	CHECK(sees(&l, "строка 60"));
	press(&l, "Up PageUp PageDown Down");
	CHECK(sees(&l, "строка 60"));
	press(&l, "Enter");				/* nothing to open */
	loop_resize(&l, 60, 120);
	CHECK(sees(&l, "строка 60"));
	loop_resize(&l, 5, 12);
	press(&l, "Home Down PageDown End Up");
	loop_resize(&l, 10, 40);
	press(&l, "Home");
	CHECK(sees(&l, "строка 1,"));
	end(&r, &l);
}

/* Every card can be read to its end where the terminal is small. */
static void small(void)
{
	struct region r;
	struct loop l;
	char id[RECORD_ID_SIZE];

	if (!begin(&r, &l, 10, 40))
		return;
	consult(r.store, r.me, salima, "Устав территориального общественного самоуправления и первые взносы его участников", id);
	CHECK(cards_show(&l, &person_type, salima));
	CHECK(sees(&l, "+7 917 000-00-04"));
	press(&l, "End");
	CHECK(sees(&l, "14:20"));
	press(&l, "Home");
	CHECK(sees(&l, "+7 917 000-00-04"));
	CHECK(go_to(&l, "Устав"));
	CHECK(sees(&l, "взносы"));
	press(&l, "Enter");
	CHECK(sees(&l, "Ғәлиева"));
	press(&l, "PageDown PageDown PageDown End");
	press(&l, "Esc F8 End Home 0 End Home F11 F7 q");
	end(&r, &l);
}

static const struct test tests[] = {
	TEST(person),
	TEST(links),
	TEST(after_an_edit),
	TEST(removed),
	TEST(seminar),
	TEST(organisation_and_municipality),
	TEST(home),
	TEST(first_steps),
	TEST(conflict),
	TEST(news_of_a_removal),
	TEST(clock_in_doubt),
	TEST(removed_and_edited),
	TEST(reports), TEST(long_count), TEST(filed_reports), TEST(targets),
	TEST(draft),
	TEST(hostile),
	TEST(scrolling),
	TEST(small),
	TEST_END
};

int main(int argc, char **argv)
{
	if (!drive_start())
		return 1;
	return test_main(argc, argv, tests);
}
