/* The gallery: every screen at the three sizes in both languages, one file a screen, with its looks in colours and without at the home size. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/fsutil.h"
#include "records/consent.h"
#include "screens/setup.h"
#include "screens/unlock.h"
#include "store/stores.h"
#include "tests/screens/drive.h"
#include "tests/screens/stages.h"
#include "tests/unit/stores.h"
#include "tests/unit/test.h"

/* Names of screens, and the keys that lead there from the first one; without keys: open_otherwise(). */
static const struct { const char *name, *keys; } screens[] = {
	{ "home", "0" },
	{ "people", "F2 Tab" },
	{ "people-filters", "F2 f" },
	{ "people-sort", "F2 o" },
	{ "person-page", "F2 Enter" },
	{ "person-form", "F2 e" },
	{ "person-history", "F2 H" },
	{ "seminars", "F3" },
	{ "seminar-page", "F3 Down Enter" },
	{ "seminar-form", "F3 Down e" },
	{ "attendance", "F3 Down a" },
	{ "attendance-consents", "F3 Down a F9 Enter" },
	{ "attendance-registration", "F3 Down a F3" },
	{ "verification", "F3 Down a F4" },
	{ "organisations", "F4" },
	{ "organisation-page", "F4 Enter" },
	{ "exchange", "F5" },
	{ "consultations", "F6" },
	{ "consultation-page", "F6 Enter" },
	{ "consultation-form", "F2 c" },
	{ "municipalities", "F7" },
	{ "municipality-page", "F7 Enter" },
	{ "reports", "F8" },
	{ "selection", "1" },
	{ "call-page", "1 Down Enter" },
	{ "application-page", "1 Down Enter G Enter" },
	{ "scoring", "1 Enter s" },
	{ "training", "2" },
	{ "course-page", "2 Enter" },
	{ "collection", "3 Tab Tab" },
	{ "story-page", "3 Tab Tab Enter" },
	{ "directory", "4" },
	{ "questions", "5 Tab" },
	{ "question-page", "5 Enter" },
	{ "thanks", "6" },
	{ "targets", "7" },
	{ "map", "8" },
	{ "programmes", "9" },
	{ "programme-page", "9 Enter" },
	{ "papers", "F3 Down P" },
	{ "seminar-again", "F3 Down c" },
	{ "staff", "F3 Down t" },
	{ "import-kinds", "F2 I" },
	{ "palette", "F2 F9" },
	{ "conflicts", "F11" },
	{ "conflict-person", "F11 Enter" },
	{ "settings", "F12" },
	{ "help", "F2 F1" },
	{ "help-attendance", "F3 Down a F1" },
	{ "help-form", "F2 e F1" },
	{ "import", NULL },
	{ "setup", NULL },
	{ "unlock", NULL },
	{ "passphrase", NULL },
};
enum { SCREENS = sizeof screens / sizeof *screens };

static const struct { int height, width; } sizes[] = { { 24, 80 }, { 10, 40 }, { 40, 120 } };
static const char *const languages[] = { "ru", "en" };

static void talk(struct store *s, const char *mentee, const char *date, const char *topic, const char *step, const char *next)
{
	struct record r;
	struct err e = ERR_INIT;

	REQUIRE_OK(record_new(s, &r, &consultation_type, &e));
	REQUIRE_OK(record_set(s, &r, "mentee", mentee, &e));
	REQUIRE_OK(record_set(s, &r, "date", date, &e));
	REQUIRE_OK(record_set(s, &r, "topic", topic, &e));
	REQUIRE_OK(record_set(s, &r, "minutes", "45", &e));
	REQUIRE_OK(record_set(s, &r, "advice", "Собрать троих учредителей, договориться о названии и переписать устав по образцу; с черновиком прийти ещё раз.", &e));
	REQUIRE_OK(record_set(s, &r, "next_step", step, &e));
	REQUIRE_OK(record_set(s, &r, "next_date", next, &e));
	REQUIRE_OK(record_save(s, &r, &e));
	record_release(&r);
}

static char other_tag[RECORD_ID_SIZE];

/* Another device changes the same telephone. */
static void edit_twice(struct store *s, const char *person, const char *another)
{
	struct store *other = drive_store();

	if (other == NULL)
		return;
	meet(s, other);
	edit(s, &person_type, person, "phone", "+79170000021");
	/* The clock stands still: of two stamps alike a random tag would decide, so the other device is always one ahead. */
	edit(other, &person_type, another, "post", "библиотекарь читального зала");
	edit(other, &person_type, person, "phone", "+79170000022");
	edit(other, &person_type, person, "post", "руководитель методического кабинета");
	meet(s, other);
	snprintf(other_tag, sizeof other_tag, "%s", journal_tag(store_journal(other)));
	store_close(other);
}

/* Besides the region of all tests: consultations, due and overdue, and some consents. */
static void add_to_region(struct store *s)
{
	static const char *const signers[] = { "Галимова Айгуль Рифовна", "Ахметов Ильдар Закирович" };
	char id[2][RECORD_ID_SIZE];
	struct err e = ERR_INIT;

	talk(s, "Галимова Айгуль Рифовна", "2020-02-01", "Устав и учредители", "Прислать черновик устава", "2020-02-10");
	talk(s, "Ғәлиева Сәлимә Ғәбит ҡыҙы", "2020-02-07", "ТОС: с чего начать", "Собрать жителей улицы", "2020-02-14");
	for (int i = 0; i < 2; i++)
		REQUIRE_OK(record_resolve(s, &person_type, signers[i], id[i], &e));
	edit_twice(s, id[0], id[1]);
	REQUIRE_OK(consent_sign(s, (const char *const[]){ id[0], id[1] }, 2, "participation", "2020-02-14", &e));
}

static int create(void *context, const char *name, const char *municipality, const char *role, const char *passphrase, struct err *e)
{
	(void)context, (void)name, (void)municipality, (void)role, (void)passphrase;
	return err_set(e, ERR_REFUSED, "-");
}

static int open_it(void *context, const char *path, const char *passphrase, struct err *e)
{
	(void)context, (void)path, (void)passphrase;
	return err_set(e, ERR_PASSPHRASE, "-");
}

static char here[] = "store.ldb", there[] = "store-2.ldb", guzel[] = "Хасанова Г. Р.", salima[] = "Ғәлиева С. Ғ.";
static char folder[] = ".";
static const struct stores stores = { .folder = folder, .entry = { { here, guzel }, { there, salima } }, .count = 2 };
static struct screens_setup setup = { .create = create };
static const struct screens_unlock whose = { .stores = &stores, .open = open_it }, own = { .path = here, .open = open_it };
static struct unlock_end ended;
static bool created;

/* Screens that no key leads to: before there is a store, and the one that wants a file. */
static void open_otherwise(struct loop *l, struct store *s, const char *name, int height, int width)
{
	if (strcmp(name, "import") == 0) {
		drive_open(l, s, height, width);
		press(l, "F2 I");
		type(l, "list.csv");
		press(l, "Enter");
		return;
	}
	loop_init(l, NULL, height, width, theme_glyphs("xterm"));
	if (strcmp(name, "setup") == 0) {
		loop_push(l, setup_open(&setup, &created));
		return;
	}
	loop_push(l, unlock_open(strcmp(name, "unlock") == 0 ? &whose : &own, &ended));
	unlock_begin(l->top);
	if (strcmp(name, "passphrase") == 0)
		type(l, "тёплый снег");
}

static void add_pictures(struct store *s, const char *name, const char *keys, const char *language, struct buf *out)
{
	speak(language);
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		struct loop l;

		if (keys != NULL) {
			drive_open(&l, s, sizes[i].height, sizes[i].width);
			press(&l, keys);
		} else {
			open_otherwise(&l, s, name, sizes[i].height, sizes[i].width);
		}
		buf_addf(out, "== %s %dx%d\n", language, sizes[i].width, sizes[i].height);
		picture(&l, out);
		if (i == 0 && strcmp(language, "ru") == 0) {
			buf_adds(out, "== looks, in colours / without\n");
			looks(&l, out);
		}
		drive_close(&l);
	}
	speak("ru");
}

/* Keys are others in every run: the other device's tag and the groups of five digits of a fingerprint become zeros. */
static void mask_keys(struct buf *text)
{
	for (char *p = text->data; p != NULL && (p = strstr(p, other_tag)) != NULL;)
		memset(p, '0', strlen(other_tag));
	for (char *p = text->data; p != NULL && *p != '\0';) {
		size_t digits = strspn(p, "0123456789");

		if (digits == 5)
			memset(p, '0', digits);
		p += digits > 0 ? digits : 1;
	}
}

static void all_screens(void)
{
	struct region r = drive_region();

	REQUIRE(r.store != NULL);
	add_to_region(r.store);
	stages_add(r.store, r.me);
	for (int i = 0; i < SCREENS; i++) {
		struct buf now = BUF_INIT;
		char name[100];

		snprintf(name, sizeof name, "gallery/%s", screens[i].name);
		for (size_t k = 0; k < sizeof languages / sizeof *languages; k++)
			add_pictures(r.store, screens[i].name, screens[i].keys, languages[k], &now);
		mask_keys(&now);
		golden_text(name, &now);
		buf_release(&now);
	}
	store_close(r.store);
}

static const struct test tests[] = {
	TEST(all_screens),
	TEST_END
};

int main(int argc, char **argv)
{
	static const char list[] = "ФИО;Телефон;Организация;Муниципалитет\nСафина Лилия Маратовна;+7 917 000-00-55;АНО «Родник»;Бураевский район\n"
	    "Һаҙыева Зөлфиә Үзбәк ҡыҙы;8,91701E+10;;\nГалимова Айгуль Рифовна;+7 917 000-00-02;;\nҠыҙрас Әлфиә Ишбулат ҡыҙы;8 917 000-00-56;ТОС «Дуҫлыҡ»;Белорецкий\n";
	struct err e = ERR_INIT;

	if (!drive_start() || chdir(test_folder()) != 0 || fs_write("list.csv", list, sizeof list - 1, 0600, &e) != 0)
		return 1;
	return test_main(argc, argv, tests);
}
