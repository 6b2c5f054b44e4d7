/* The attendance screen by keys alone: people come in a bunch, registration, consents, the paper that is typed a second time. What it costs is counted. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "records/consent.h"
#include "records/person.h"
#include "records/seminar.h"
#include "screens/attendance.h"
#include "screens/parts/draft.h"
#include "screens/places.h"
#include "tests/screens/drive.h"
#include "tests/unit/records.h"
#include "tests/unit/region.h"
#include "tests/unit/test.h"

#define KEYS_A_MINUTE 200	/* of a slow typist */
#define RANDOM_KEYS 3000

/* The sheet of a seminar, as if it had been opened from the list. */
static void open_sheet(struct loop *l, struct store *s, const char *seminar, int height, int width)
{
	loop_init(l, s, height, width, theme_glyphs("xterm"));
	loop_push(l, attendance_open(s, seminar));
	loop_draw(l);
}

static struct attendance_rows sheet(struct store *s, const char *seminar)
{
	struct attendance_rows rows;
	struct err e = ERR_INIT;

	memset(&rows, 0, sizeof rows);
	if (!CHECK(attendance_rows(s, seminar, &rows, &e) == 0))
		test_note("%s", e.text);
	return rows;
}

/* registered, waiting, present, absent; -1: any. */
static void counts_are(struct store *s, const char *seminar, int registered, int waiting, int present, int absent)
{
	struct attendance_rows rows = sheet(s, seminar);

	CHECK(registered < 0 || test_check_int(rows.registered, registered, __FILE__, __LINE__, "registered"));
	CHECK(waiting < 0 || test_check_int(rows.waiting, waiting, __FILE__, __LINE__, "waiting"));
	CHECK(present < 0 || test_check_int(rows.present, present, __FILE__, __LINE__, "present"));
	CHECK(absent < 0 || test_check_int(rows.absent, absent, __FILE__, __LINE__, "absent"));
	attendance_rows_release(&rows);
}

static bool is_present(struct store *s, const char *seminar, const char *person)
{
	struct attendance_rows rows = sheet(s, seminar);
	const struct attendance_row *row = attendance_rows_find(&rows, person);
	bool present = row != NULL && row->state == ATTENDANCE_PRESENT;

	attendance_rows_release(&rows);
	return present;
}

static void find_person(struct store *s, const char *name, char id[RECORD_ID_SIZE])
{
	struct err e = ERR_INIT;

	if (!CHECK(record_resolve(s, &person_type, name, id, &e) == 0))
		test_note("%s", e.text);
}

/* Not in the picture. Quiet, unlike !sees(). */
static bool hides(struct loop *l, const char *text)
{
	struct buf now = BUF_INIT;
	bool hidden;

	picture(l, &now);
	hidden = strstr(now.data, text) == NULL;
	if (!hidden)
		test_note("“%s” in\n%s", text, now.data);
	buf_release(&now);
	return hidden;
}

/* A register as of a district: several of each usual surname, of either sex, with other first names. */
static void fill_register(struct store *s)
{
	static const char *const surnames[] = { "Ахметов", "Валеев", "Галимов", "Сафин", "Рахматуллин", "Уразбаев", "Фаттахов", "Хасанов", "Иванов", "Яҡупов",
		"Щербаков", "Каримов", "Хабибуллин", "Мухаметов", "Байрамов" };
	static const char *const first[] = { "Артур", "Вадим", "Денис", "Марат", "Наиль", "Олег", "Урал", "Фанис" };
	char name[128], id[RECORD_ID_SIZE];

	for (size_t i = 0; i < sizeof surnames / sizeof surnames[0]; i++)
		for (size_t k = 0; k < sizeof first / sizeof first[0]; k++) {
			snprintf(name, sizeof name, "%s%s %s", surnames[i], k % 2 ? "а" : "", first[k]);
			make(s, &person_type, id, "name", name, "phone", "", NULL);
		}
}

/* Eleven known ones, seven of them registered and four not, and one whom nobody knows, with telephone and post, among a register with many of the same
 * surnames. */
static void twelve_arrive(void)
{
	static const struct { const char *name, *typed; bool registered; } known[] = {
		{ "Ахметов Ильдар Закирович", "ахм", true }, { "Валеева Зиля Маратовна", "вале", true }, { "Сафин Тимур Ильгизович", "саф", true },
		{ "Галимова Айгуль Рифовна", "галим", true }, { "Рахматуллин Азат Наилевич", "рахм", true },
		{ "Уразбаева Ләйсән Әнүәр ҡыҙы", "ураз", true }, { "Яҡупов Ҫәйфулла Ыласын улы", "яку", true },
		{ "Фаттахова Лилия Ураловна", "фа ли", false }, { "Хасанова Гузель Рашитовна", "ха гу", false },
		{ "Һаҙыева Зөлфиә Үзбәк ҡыҙы", "хаз", false }, { "Иванов Пётр Сергеевич", "ив п", false },
	};
	enum { KNOWN = sizeof known / sizeof known[0] };
	static const char unknown[] = "Щукин Пётр Ильич", phone[] = "89170001234", post[] = "пчеловод";
	struct region r = drive_region();
	char id[KNOWN][RECORD_ID_SIZE];
	struct attendance_rows rows;
	struct loop l;
	struct err e = ERR_INIT;
	int all = 0, known_keys, text;

	REQUIRE(r.store != NULL);
	fill_register(r.store);
	for (int i = 0; i < KNOWN; i++) {
		find_person(r.store, known[i].name, id[i]);
		if (known[i].registered)
			CHECK_INT(attendance_mark(r.store, r.seminar, id[i], ATTENDANCE_REGISTERED, &e), 0);
	}
	open_sheet(&l, r.store, r.seminar, 24, 80);
	for (int i = 0; i < KNOWN; i++) {
		int keys = type(&l, known[i].typed) + 1;

		press(&l, "Enter");
		if (!CHECK(keys <= 6) || !CHECK(is_present(r.store, r.seminar, id[i])))
			test_note("%s by %d keys “%s”", known[i].name, keys, known[i].typed);
		all += keys;
	}
	test_note("keys a known person: %.1f in the mean", (double)all / KNOWN);
	CHECK(all <= 6 * KNOWN);
	known_keys = all;
	text = type(&l, unknown);
	all += text + 1;
	press(&l, "Enter Tab");
	all += 1 + type(&l, phone);
	press(&l, "Tab Tab");
	all += 2 + type(&l, post);
	press(&l, "^S");
	all += 1;
	CHECK(all - known_keys - text - (int)strlen(phone) - (int)(strlen(post) / 2) <= 40);	/* besides the text: Enter, three times Tab, ^S */
	CHECK(all <= 3 * KEYS_A_MINUTE);
	test_note("twelve people: %d keys, %d seconds", all, all * 60 / KEYS_A_MINUTE);
	rows = sheet(r.store, r.seminar);
	CHECK_INT(rows.present, 13);			/* Ғәлиева had come before; capacity limits nobody who came */
	CHECK_INT(rows.capacity, 10);
	attendance_rows_release(&rows);
	CHECK(sees(&l, "[x] Щукин Пётр Ильич"));	/* the search is empty, and the new one stands under the marker */
	CHECK(sees(&l, "▸  13"));
	drive_close(&l);
	store_close(r.store);
}

/* A held key, or one that is pressed twice, takes no mark back; F7 does, and a second look at the line. */
static void held_keys(void)
{
	struct region r = drive_region();
	struct loop l;
	char id[RECORD_ID_SIZE];

	REQUIRE(r.store != NULL);
	find_person(r.store, "Валеева Зиля Маратовна", id);
	open_sheet(&l, r.store, r.seminar, 24, 80);
	type(&l, "вал");
	press(&l, "Enter Enter Enter Enter");
	CHECK(is_present(r.store, r.seminar, id));
	CHECK(sees(&l, "F7"));
	press(&l, "Space Space");
	CHECK(is_present(r.store, r.seminar, id));
	press(&l, "F7");
	CHECK(!is_present(r.store, r.seminar, id));
	press(&l, "Space Space Space");			/* a Space with nothing typed marks too */
	CHECK(is_present(r.store, r.seminar, id));
	press(&l, "Up Down Enter");
	CHECK(!is_present(r.store, r.seminar, id));
	press(&l, "Enter Enter");
	CHECK(is_present(r.store, r.seminar, id));
	type(&l, "вал");				/* looked for and found marked, then once more */
	press(&l, "Enter Enter Enter");
	CHECK(is_present(r.store, r.seminar, id));
	type(&l, "Щукин");
	press(&l, "Enter ^S Enter Enter");		/* and so after a form */
	CHECK(sees(&l, "[x] Щукин"));
	type(&l, "вал з");				/* behind a letter Space is text */
	CHECK(sees(&l, "вал з"));
	press(&l, "Esc F8");
	CHECK(sees(&l, "?"));
	press(&l, "n");
	counts_are(r.store, r.seminar, -1, -1, 4, -1);
	press(&l, "F8 y");
	counts_are(r.store, r.seminar, -1, -1, 3, -1);
	drive_close(&l);
	store_close(r.store);
}

/* Letters of the Latin layout find too, and it is said how they were read; a name that nobody has is offered in either. */
static void other_layout(void)
{
	struct region r = drive_region();
	struct loop l;

	REQUIRE(r.store != NULL);
	open_sheet(&l, r.store, r.seminar, 24, 80);
	type(&l, "ufkbv");
	CHECK(sees(&l, "галим"));
	CHECK(sees(&l, "+  Галимова"));
	press(&l, "Enter");
	CHECK(sees(&l, "[x] Галимова"));
	type(&l, "[fcfy");				/* х lies on a bracket */
	CHECK(sees(&l, "хасан"));
	press(&l, "Esc");
	type(&l, "Oerby");
	CHECK(sees(&l, ": Щукин"));
	CHECK(sees(&l, ": Oerby"));
	press(&l, "Enter");
	CHECK(sees(&l, "Щукин"));
	press(&l, "^S");
	CHECK(sees(&l, "[x] Щукин"));
	type(&l, "8917");				/* digits are digits */
	CHECK(hides(&l, "read as") && hides(&l, "Latin"));
	drive_close(&l);
	store_close(r.store);
}

/* Who fits equally well: the whole surname before a longer one. */
static void whole_names_first(void)
{
	struct region r = drive_region();
	char id[2][RECORD_ID_SIZE];
	struct loop l;

	REQUIRE(r.store != NULL);
	make(r.store, &person_type, id[0], "name", "Лиана-Ли Анна", NULL);
	make(r.store, &person_type, id[1], "name", "Ли Тимур", NULL);
	open_sheet(&l, r.store, r.seminar, 24, 80);
	type(&l, "ли");
	press(&l, "Enter");
	CHECK(is_present(r.store, r.seminar, id[1]));
	CHECK(!is_present(r.store, r.seminar, id[0]));
	drive_close(&l);
	store_close(r.store);
}

/* Before the day Enter puts on the sheet, past the places on the waiting list; on the day it marks. F3 changes between them. */
static void registration(void)
{
	struct region r = drive_region();
	char seminar[RECORD_ID_SIZE], id[RECORD_ID_SIZE];
	struct loop l;

	REQUIRE(r.store != NULL);
	make(r.store, &seminar_type, seminar, "title", "Завтрашний", "date", "2020-02-15", "capacity", "2", NULL);
	open_sheet(&l, r.store, seminar, 24, 80);
	CHECK(sees(&l, _("registration: Enter puts on the sheet")));
	type(&l, "галимо");
	press(&l, "Enter");
	type(&l, "саф");
	press(&l, "Enter");
	counts_are(r.store, seminar, 2, 0, 0, 0);
	type(&l, "хас");
	press(&l, "Enter");
	CHECK(sees(&l, _("waits")));
	CHECK(sees(&l, "№ 3") || sees(&l, "No. 3"));
	type(&l, "Щукин");
	press(&l, "Enter ^S");
	counts_are(r.store, seminar, 2, 2, 0, 0);
	press(&l, "Enter Space Enter");			/* who is on the sheet stays as registered */
	type(&l, "галимо");
	press(&l, "Enter");
	counts_are(r.store, seminar, 2, 2, 0, 0);
	press(&l, "F6");				/* gives the seat back: the first who waits has it */
	counts_are(r.store, seminar, 2, 1, 0, 1);
	press(&l, "Enter");				/* and comes again, at the end */
	counts_are(r.store, seminar, 2, 2, 0, 0);
	press(&l, "F3");
	CHECK(sees(&l, _("marks: Enter for who came")));
	find_person(r.store, "Щукин", id);
	type(&l, "щук");
	press(&l, "Enter");				/* who waited and came does not wait */
	CHECK(is_present(r.store, seminar, id));
	counts_are(r.store, seminar, 3, 1, 1, 0);
	press(&l, "F3");
	type(&l, "щук");
	press(&l, "Enter");				/* a registration takes no mark back */
	CHECK(is_present(r.store, seminar, id));
	drive_close(&l);
	open_sheet(&l, r.store, r.seminar, 24, 80);	/* today */
	CHECK(sees(&l, _("marks: Enter for who came")));
	drive_close(&l);
	store_close(r.store);
}

static void states_are(struct store *s, const char *seminar, const char *want)
{
	struct attendance_rows rows = sheet(s, seminar);
	struct buf b = BUF_INIT;

	for (int i = 0; i < rows.count; i++)
		buf_addf(&b, "%s%d %.*s%s", i > 0 ? "; " : "", rows.row[i].number, (int)strcspn(rows.row[i].name, " "), rows.row[i].name,
		    rows.row[i].waiting ? "?" : rows.row[i].state == ATTENDANCE_PRESENT ? "*" : "");
	CHECK_STR(b.data, want);
	buf_release(&b);
	attendance_rows_release(&rows);
}

static void second(int64_t *now)
{
	clock_set(*now += 1000);
}

/* Two consultants register for one seminar, each on a device of their own and without a line: after the exchange the list is one, in the order of
 * registration, whoever registered. */
static void waiting_over_replicas(void)
{
	static const char *const names[] = { "Ахметов Ильдар", "Булатов Салават", "Валеева Зиля", "Галимова Айгуль", "Даутова Лилия" };
	char id[5][RECORD_ID_SIZE], seminar[RECORD_ID_SIZE];
	struct store *d[2];
	int64_t now = 1581672000000;

	REQUIRE(region_open());
	second(&now);
	d[0] = region_member("Хасанова Гузель", BURAEVO, "consultant");
	d[1] = region_member("Иванов Пётр", BURAEVO, "consultant");
	REQUIRE(d[0] != NULL && d[1] != NULL);
	make(d[0], &seminar_type, seminar, "title", "Общий", "date", "2020-03-14", "capacity", "2", "municipality", BURAEVO, NULL);
	for (int i = 0; i < 5; i++)
		make(d[0], &person_type, id[i], "name", names[i], "municipality", BURAEVO, NULL);
	region_exchange(d, 2);
	region_exchange(d, 2);
	static const struct { int device, person; } registered[] = { { 0, 2 }, { 1, 4 }, { 0, 0 }, { 1, 1 }, { 0, 3 } };
	for (int i = 0; i < 5; i++) {
		struct loop l;

		second(&now);
		open_sheet(&l, d[registered[i].device], seminar, 24, 80);
		type(&l, names[registered[i].person]);
		press(&l, "Enter");
		drive_close(&l);
	}
	states_are(d[0], seminar, "1 Валеева; 2 Ахметов; 3 Галимова?");
	states_are(d[1], seminar, "1 Даутова; 2 Булатов");
	region_exchange(d, 2);
	region_exchange(d, 2);
	for (int i = 0; i < 2; i++)
		states_are(d[i], seminar, "1 Валеева; 2 Даутова; 3 Ахметов?; 4 Булатов?; 5 Галимова?");
	second(&now);
	mark(d[1], seminar, id[3], ATTENDANCE_PRESENT);
	second(&now);
	mark(d[0], seminar, id[2], ATTENDANCE_ABSENT);
	region_exchange(d, 2);
	region_exchange(d, 2);
	for (int i = 0; i < 2; i++)
		states_are(d[i], seminar, "1 Валеева; 2 Даутова; 3 Ахметов; 4 Галимова*; 5 Булатов?");
	clock_set(1581672000000);
	store_close(d[0]);
	store_close(d[1]);
	region_close();
}

static bool has_consent(struct store *s, const char *person, const char *purpose)
{
	struct err e = ERR_INIT;
	bool valid = false;

	CHECK_INT(consent_valid(s, person, purpose, &valid, &e), 0);
	return valid;
}

/* Several at once: the purpose, who, the day. Who is absent is not asked about. */
static void consents(void)
{
	struct region r = drive_region();
	char id[4][RECORD_ID_SIZE];
	struct loop l;

	REQUIRE(r.store != NULL);
	find_person(r.store, "Ахметов Ильдар Закирович", id[0]);
	find_person(r.store, "Валеева Зиля Маратовна", id[1]);
	find_person(r.store, "Ғәлиева Сәлимә Ғәбит ҡыҙы", id[2]);
	find_person(r.store, "Сафин Тимур Ильгизович", id[3]);
	open_sheet(&l, r.store, r.seminar, 24, 80);
	CHECK(sees(&l, _("missing")));
	press(&l, "F9 Enter");				/* participation first */
	press(&l, "Tab");
	type(&l, "вал");
	press(&l, "Tab Enter");
	CHECK(sees(&l, "14.02.2020"));			/* today is on offer */
	press(&l, "^U");
	type(&l, "вчерашний день");
	press(&l, "Enter");
	CHECK(sees(&l, "!"));
	CHECK(!has_consent(r.store, id[0], "participation"));
	press(&l, "^U");
	type(&l, "13.2");
	press(&l, "Enter");
	CHECK(has_consent(r.store, id[0], "participation"));
	CHECK(has_consent(r.store, id[1], "participation"));
	CHECK(!has_consent(r.store, id[2], "participation"));
	CHECK_INT(query_number(r.store, "SELECT count(*) FROM consent WHERE date = '2020-02-13' AND purpose = 'participation'"), 2);
	CHECK(sees(&l, _("signed")));
	press(&l, "F9 Enter");
	CHECK(sees(&l, "Ғәлиева"));			/* the one who is left; neither who signed nor who was absent */
	press(&l, "Enter Enter");
	CHECK(has_consent(r.store, id[2], "participation"));
	press(&l, "F9 Enter");
	CHECK(sees(&l, _("everybody on the sheet has signed this consent")));
	press(&l, "F9 Down Enter PageDown Enter Enter");	/* publication: all of them */
	for (int i = 0; i < 3; i++)
		CHECK(has_consent(r.store, id[i], "publication"));
	CHECK(!has_consent(r.store, id[3], "publication"));
	press(&l, "F9");				/* left on the way, or ended by the program */
	press(&l, "Esc F9 Enter");
	drive_close(&l);
	store_close(r.store);
}

/* Ахметов and Ғәлиева are marked; on the paper: Ахметов, Валеева, Рахматуллин (on no sheet), Щукин (in no register), and five without a name. */
static void type_paper(struct loop *l)
{
	static const char *const names[] = { "ахм", "вал", "рахм", "Щукин Пётр" };

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		type(l, names[i]);
		press(l, "Enter");
	}
}

static void verification(void)
{
	struct region r = drive_region();
	char id[4][RECORD_ID_SIZE];
	struct loop l;

	REQUIRE(r.store != NULL);
	find_person(r.store, "Ахметов Ильдар Закирович", id[0]);
	find_person(r.store, "Валеева Зиля Маратовна", id[1]);
	find_person(r.store, "Ғәлиева Сәлимә Ғәбит ҡыҙы", id[2]);
	find_person(r.store, "Рахматуллин Азат Наилевич", id[3]);
	open_sheet(&l, r.store, r.seminar, 24, 80);
	press(&l, "F4");
	CHECK(hides(&l, "[x]"));			/* nothing of the marks is seen */
	CHECK(hides(&l, "Ахметов"));
	type(&l, "гали");
	CHECK(hides(&l, "[x]"));
	press(&l, "Esc");
	type_paper(&l);
	CHECK(sees(&l, "▸    4 Щукин Пётр"));
	CHECK(sees(&l, _("in no register")));
	type(&l, "ахметов");
	press(&l, "Enter Enter");			/* twice on paper is once */
	CHECK(sees(&l, "   4 Щукин"));
	CHECK(hides(&l, "   5 "));
	press(&l, "F4");
	type(&l, "пять");
	press(&l, "Enter");
	CHECK(sees(&l, "!"));
	press(&l, "^U");
	type(&l, "5");
	press(&l, "Enter");
	CHECK(sees(&l, "[ ] Валеева"));
	CHECK(sees(&l, "[ ] Рахматуллин"));
	CHECK(sees(&l, "[ ] Щукин"));
	CHECK(sees(&l, "[ ] Ғәлиева"));
	CHECK(hides(&l, "Ахметов"));
	counts_are(r.store, r.seminar, -1, -1, 2, 1);	/* nothing is changed yet */
	press(&l, "Enter Enter Enter");			/* a held key settles one */
	CHECK(is_present(r.store, r.seminar, id[1]));
	CHECK(!is_present(r.store, r.seminar, id[3]));
	CHECK(sees(&l, "[x] Валеева"));
	press(&l, "Down Enter Down Enter");
	CHECK(is_present(r.store, r.seminar, id[3]));
	CHECK(sees(&l, "Щукин Пётр"));			/* the form */
	press(&l, "^S");
	CHECK(sees(&l, "[x] Щукин"));
	press(&l, "Down Enter");
	CHECK(!is_present(r.store, r.seminar, id[2]));
	press(&l, "Down Enter");			/* the number: five stands there, and asks what it rests on */
	CHECK(sees(&l, "5"));
	press(&l, "Enter");
	type(&l, "лист регистрации");
	press(&l, "Enter");
	CHECK(hides(&l, "[ ]"));
	press(&l, "Esc");
	CHECK(sees(&l, _("the sheet and the paper agree")));
	check_field(r.store, &seminar_type, r.seminar, "unnamed", "5");
	counts_are(r.store, r.seminar, -1, -1, 4, 1);
	press(&l, "F4");				/* done with: nothing is asked */
	CHECK(hides(&l, "Валеева"));
	press(&l, "Esc");
	drive_close(&l);
	store_close(r.store);
}

static bool kept_paper(struct store *s, const char *seminar)
{
	struct draft d;
	bool there;

	draft_init(&d);
	there = draft_find_verification(s, seminar, &d);
	draft_release(&d);
	return there;
}

/* What is typed of the paper outlives a dropped line, waits where it was left, and does not push a card's draft out. */
static void verification_kept(void)
{
	struct region r = drive_region();
	struct loop l;

	REQUIRE(r.store != NULL);
	open_sheet(&l, r.store, r.seminar, 24, 80);
	press(&l, "F4");
	loop_keep(&l);
	CHECK(!kept_paper(r.store, r.seminar));		/* nothing is typed yet */
	type_paper(&l);
	loop_keep(&l);
	CHECK(kept_paper(r.store, r.seminar));
	drive_close(&l);

	loop_init(&l, r.store, 24, 80, theme_glyphs("xterm"));
	places_begin(&l);				/* the line dropped: asked about at once */
	loop_draw(&l);
	CHECK(sees(&l, "Как открыть НКО"));
	press(&l, "y");
	CHECK(sees(&l, "  4 Щукин Пётр"));
	CHECK(sees(&l, _("in no register")));
	press(&l, "Delete");
	CHECK(hides(&l, "Ахметов"));
	press(&l, "Esc");				/* left in order */
	CHECK(kept_paper(r.store, r.seminar));
	CHECK(sees(&l, "[x] Ахметов"));
	press(&l, "F2");
	type(&l, "Недописанный");
	loop_keep(&l);
	CHECK(kept_paper(r.store, r.seminar));
	press(&l, "Esc y F4");				/* asked about at the seminar */
	CHECK(sees(&l, "14.02.2020"));
	press(&l, "Esc F4 y");
	CHECK(sees(&l, "  3 Щукин Пётр"));
	press(&l, "F4 Enter");				/* nobody counted: no difference in number */
	CHECK(sees(&l, "[ ] Щукин"));
	CHECK(sees(&l, "[ ] Ахметов"));
	press(&l, "F4");				/* back to typing */
	type(&l, "ахм");
	press(&l, "Enter F4 Enter");
	CHECK(hides(&l, "Ахметов"));
	press(&l, "Esc");				/* differences are left: it is kept */
	CHECK(kept_paper(r.store, r.seminar));
	drive_close(&l);

	loop_init(&l, r.store, 24, 80, theme_glyphs("xterm"));
	places_begin(&l);
	loop_draw(&l);
	CHECK(!l.top->class->overlay);			/* and not asked about at the start */
	drive_close(&l);
	open_sheet(&l, r.store, r.seminar, 24, 80);
	press(&l, "F4 n");				/* discard: begun anew */
	CHECK(!kept_paper(r.store, r.seminar));
	CHECK(hides(&l, "Щукин"));
	drive_close(&l);
	store_close(r.store);
}

/* Everything has its words in the smallest and in a large terminal, at every step. */
static void sizes(void)
{
	static const struct { int height, width; } size[] = { { 10, 40 }, { 24, 80 }, { 40, 120 }, { 60, 200 } };
	static const char *const steps[] = { "Esc", "F3", "F3", "F9", "Esc", "F4", "F4", "Enter", "Down", "F4", "Esc", "F5", "Esc", "F2", "Esc" };
	struct region r = drive_region();
	struct loop l;
	struct err e = ERR_INIT;
	char id[RECORD_ID_SIZE];

	REQUIRE(r.store != NULL);
	find_person(r.store, "Рахматуллин Азат Наилевич", id);
	CHECK_INT(attendance_mark(r.store, r.seminar, id, ATTENDANCE_REGISTERED, &e), 0);
	for (size_t i = 0; i < sizeof size / sizeof size[0]; i++) {
		open_sheet(&l, r.store, r.seminar, size[i].height, size[i].width);
		CHECK(sees(&l, "[x] Ахметов"));
		CHECK(size[i].width < 80 || sees(&l, _("Consent")));
		CHECK(size[i].width < 100 || sees(&l, "█"));
		type(&l, "ufkbv");
		CHECK(sees(&l, "галим"));
		for (size_t k = 0; k < sizeof steps / sizeof steps[0]; k++) {
			press(&l, steps[k]);
			CHECK(l.canvas.cursor_y < size[i].height && l.canvas.cursor_x < size[i].width);
		}
		drive_close(&l);
	}
	store_close(r.store);
}

/* Two hundred on the sheet: a letter and a mark ask the store a few times, not once a row. */
static int statements;

static int count_statement(unsigned what, void *context, void *statement, void *more)
{
	(void)what;
	(void)context;
	(void)statement;
	(void)more;
	statements++;
	return 0;
}

static void large_sheet(void)
{
	struct region r = drive_region();
	char id[RECORD_ID_SIZE], name[64];
	struct loop l;
	struct err e = ERR_INIT;

	REQUIRE(r.store != NULL);
	REQUIRE_OK(store_begin(r.store, &e));
	for (int i = 0; i < 200; i++) {
		snprintf(name, sizeof name, "Слушатель %03d", i);
		make(r.store, &person_type, id, "name", name, "phone", "", NULL);
		REQUIRE_OK(attendance_mark(r.store, r.seminar, id, ATTENDANCE_REGISTERED, &e));
	}
	REQUIRE_OK(store_commit(r.store, &e));
	open_sheet(&l, r.store, r.seminar, 24, 80);
	sqlite3_trace_v2(store_db(r.store), SQLITE_TRACE_STMT, count_statement, NULL);
	statements = 0;
	type(&l, "с");
	test_note("statements for a letter: %d", statements);
	CHECK(statements < 60);
	type(&l, "луш 150");
	statements = 0;
	press(&l, "Enter");
	test_note("statements for a mark: %d", statements);
	CHECK(statements < 150);
	CHECK(sees(&l, "[x] Слушатель 150"));
	sqlite3_trace_v2(store_db(r.store), 0, NULL, NULL);
	drive_close(&l);
	store_close(r.store);
}

/* Any key, in any order and size, on the sheet and on the paper: no crash, and everybody who was there is there. */
static void random_keys(void)
{
	static const char *const names[] = { "Up", "Down", "PageUp", "PageDown", "Delete", "Backspace", "Enter", "Esc", "Tab", "Space", "F1", "F2", "F3", "F4",
		"F5", "F6", "F7", "F8", "F9", "^S", "^U", "^W", "^L", "Enter", "Down", "y", "n", "F4", "F4" };
	static const char *const letters[] = { "а", "г", "л", "в", "ах", "ҡ", "Щук", "ufk", "[", "1", "5", "917", " ", "я", "漢", "и\xcc\x86" };
	struct region r = drive_region();
	struct loop l;
	struct err e = ERR_INIT;
	int64_t before, after;

	REQUIRE(r.store != NULL);
	before = count_listed(r.store, &people_listing, -1, NULL, NULL);
	open_sheet(&l, r.store, r.seminar, 24, 80);
	for (int i = 0; i < RANDOM_KEYS; i++) {
		unsigned roll = (unsigned)(test_random() % 100);

		if (roll < 60)
			press(&l, names[test_random() % (sizeof names / sizeof names[0])]);
		else if (roll < 96)
			type(&l, letters[test_random() % (sizeof letters / sizeof letters[0])]);
		else if (roll < 98)
			loop_resize(&l, 1 + (int)(test_random() % 50), 1 + (int)(test_random() % 150));
		else if (roll < 99)
			loop_keep(&l);
		else
			loop_idle(&l);
		if (l.top != NULL)
			loop_draw(&l);
		CHECK(l.canvas.cursor_y < l.canvas.height && l.canvas.cursor_x < l.canvas.width);
		if (l.done || test_random() % 500 == 0) {
			drive_close(&l);
			open_sheet(&l, r.store, r.seminar, 24, 80);
		}
	}
	drive_close(&l);
	after = count_listed(r.store, &people_listing, -1, NULL, NULL);
	CHECK(after >= before);
	REQUIRE_OK(store_check(r.store, &e));
	store_close(r.store);
}

static const struct test tests[] = {
	TEST(twelve_arrive), TEST(held_keys), TEST(other_layout), TEST(whole_names_first), TEST(registration), TEST(waiting_over_replicas),
	TEST(consents), TEST(verification), TEST(verification_kept), TEST(sizes), TEST(large_sheet), TEST(random_keys), TEST_END
};

int main(int argc, char **argv)
{
	if (!drive_start())
		return 1;
	return test_main(argc, argv, tests);
}
