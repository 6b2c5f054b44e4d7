/* The exchange as a place, the import with its preview, and long work under the eyes of a person. In English: the words are those of the code. */
#include "tests/screens/drive.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/fsutil.h"
#include "base/language.h"
#include "records/person.h"
#include "screens/exchange.h"
#include "screens/import.h"
#include "screens/parts/path.h"
#include "screens/parts/progress.h"
#include "sync/hub.h"
#include "tests/unit/records.h"

static struct region region;
static struct loop loop;

static void begin(int height, int width)
{
	region = drive_region();
	drive_open(&loop, region.store, height, width);
}

static void end(void)
{
	drive_close(&loop);
	store_close(region.store);
}

static const char *file_in(const char *name)
{
	static char paths[4][4096];
	static int next;
	char *path = paths[next++ % 4];

	snprintf(path, sizeof paths[0], "%s/%s", test_folder(), name);
	return path;
}

static void put(const char *path, const char *text, size_t len)
{
	struct err e = ERR_INIT;

	if (!CHECK_INT(fs_write(path, text, len, 0600, &e), 0))
		test_note("%s", e.text);
}

/* What stands in the entry at the foot is replaced. */
static void answer(const char *text)
{
	press(&loop, "^U");
	type(&loop, text);
	press(&loop, "Enter");
}

static bool does_not_see(const char *text)
{
	struct buf now = BUF_INIT;
	bool there;

	picture(&loop, &now);
	there = strstr(now.data, text) != NULL;
	if (there)
		test_note("“%s” is in\n%s", text, now.data);
	buf_release(&now);
	return !there;
}

/* --- paths --- */

static void completes(const char *typed, bool folders, const char *want, int count)
{
	struct buf out = BUF_INIT, names = BUF_INIT;

	CHECK_INT(path_complete(typed, folders, &out, &names), count);
	CHECK_STR(out.data, want);
	buf_release(&out);
	buf_release(&names);
}

static void test_paths(void)
{
	char folder[4096], was[4096];
	struct buf b = BUF_INIT;
	struct err e = ERR_INIT;

	CHECK(getcwd(was, sizeof was) != NULL);
	snprintf(folder, sizeof folder, "%s", file_in("paths"));
	REQUIRE_OK(fs_mkdirs(file_in("paths/списки"), 0700, &e));
	REQUIRE_OK(fs_mkdirs(file_in("paths/старое"), 0700, &e));
	put(file_in("paths/список.csv"), "", 0);
	put(file_in("paths/a\033[31m.csv"), "", 0);
	setenv("HOME", folder, 1);
	completes("~", false, "~/", 1);
	completes("~/с", false, "~/с", 3);
	completes("~/сп", false, "~/спис", 2);
	completes("~/ст", false, "~/старое/", 1);
	completes("~/сп", true, "~/списки/", 1);
	completes("~/a", false, "~/a", 0);			/* a name that no terminal should get */
	completes("~/нет", false, "~/нет", 0);
	completes("/media/stick/~/ст", false, "~/старое/", 1);
	completes("/nowhere/at/all", false, "/nowhere/at/all", 0);
	path_expand("  ~/список.csv ", &b);
	CHECK_STR(b.data, file_in("paths/список.csv"));
	buf_reset(&b);
	path_expand("'/tmp/a b'", &b);
	CHECK_STR(b.data, "/tmp/a b");
	buf_reset(&b);
	path_expand("~other/x", &b);
	CHECK_STR(b.data, "~other/x");
	buf_reset(&b);
	path_expand("~/списки//media/stick", &b);
	CHECK_STR(b.data, "/media/stick");
	buf_reset(&b);
	path_expand("/media/stick/~/список.csv", &b);
	CHECK_STR(b.data, file_in("paths/список.csv"));
	buf_reset(&b);
	path_shorten(file_in("paths/список.csv"), &b);
	CHECK_STR(b.data, "~/список.csv");
	buf_release(&b);
}

/* --- import --- */

static const char list[] = "Список участников\n"
    "ФИО;Телефон;Должность;Район;Любимый цвет\n"
    "Новикова Анна Петровна;89170007001;учитель;Бураевский;\n"
    "Рахматуллин Азат Наилевич;;директор;Бураевский;синий\n"
    "Валеева Зиля Маратовна;89170007003;;Бураевский;\n"
    "Плохов \033[31mКрасный;;;;\n"
    "Телефонов Семён;12;;;\n";

static void test_import(void)
{
	int64_t before;

	begin(24, 80);
	before = journal_count(store_journal(region.store), "person");
	put(file_in("people.csv"), list, sizeof list - 1);
	press(&loop, "I");
	CHECK(sees(&loop, "List of people"));
	answer(file_in("nowhere.csv"));
	CHECK(sees(&loop, "nowhere.csv"));			/* and asks again */
	answer(test_folder());
	answer(file_in("peop"));
	press(&loop, "Tab Enter");
	CHECK(sees(&loop, "Import of people.csv"));
	CHECK(sees(&loop, "new: 1 · to fill in: 1 · known already: 1 · refused: 2"));
	CHECK(sees(&loop, "UTF-8 · columns not understood: Любимый цвет"));
	CHECK(sees(&loop, "Новикова Анна Петровна"));
	CHECK(sees(&loop, "fills in: Phone"));
	CHECK(sees(&loop, "stays as in the card: Post"));
	CHECK(sees(&loop, "! refused"));
	CHECK(does_not_see("\033"));
	press(&loop, "End Enter");
	CHECK(sees(&loop, "line 7: Телефонов Семён · ! refused · phone: "));
	press(&loop, "Tab");
	CHECK(sees(&loop, "the new ones"));
	CHECK(does_not_see("Телефонов"));
	press(&loop, "Tab Tab Tab");
	CHECK(sees(&loop, "the refused ones"));
	CHECK(does_not_see("Новикова"));
	press(&loop, "Tab");
	CHECK(sees(&loop, "all rows"));
	/* Esc leaves, and nothing happened. */
	press(&loop, "Esc");
	CHECK(sees(&loop, "nothing was changed"));
	CHECK_INT(journal_count(store_journal(region.store), "person"), before);
	press(&loop, "I");
	CHECK(sees(&loop, test_folder()));			/* where the last one lay */
	type(&loop, "people.csv");
	press(&loop, "Enter н");				/* the key in the place of y, in the Russian layout */
	CHECK(sees(&loop, "imported: new 1, filled in 1, known already 1, not taken 2"));
	CHECK_INT(journal_count(store_journal(region.store), "person"), before + 1);
	/* Once more: nothing is left to take. */
	press(&loop, "I");
	type(&loop, "people.csv");
	press(&loop, "Enter y");
	CHECK(sees(&loop, "nothing in this list to take"));
	end();
}

static void make_long(const char *path, int rows)
{
	struct buf text = BUF_INIT;

	buf_adds(&text, "ФИО;Телефон\n");
	for (int i = 0; i < rows; i++)
		buf_addf(&text, "Длиннов Пётр;8918%07d\n", i);
	put(path, text.data, text.len);
	buf_release(&text);
}

/* A window that is shown while work runs. */
static int looked, stop_after;
static char seen_words[4096];

static bool look(struct loop *l)
{
	struct buf row = BUF_INIT;

	canvas_row(&l->canvas, l->canvas.height - 1, &row);
	snprintf(seen_words, sizeof seen_words, "%s", row.data);
	buf_release(&row);
	return ++looked == stop_after;
}

static void test_long_import(void)
{
	int64_t before;

	for (int width = 40; width <= 120; width += 40) {
		begin(width == 40 ? 10 : 24, width);
		before = journal_count(store_journal(region.store), "person");
		make_long(file_in("long.csv"), 3000);
		loop.eager = true;
		loop.meanwhile = look;
		looked = 0;
		stop_after = 3;
		/* The trying is interrupted: the question stays. */
		press(&loop, "I");
		answer(file_in("long.csv"));
		CHECK(strstr(seen_words, "Esc") != NULL);
		CHECK(strstr(seen_words, "Reading the list") != NULL);
		CHECK(sees(&loop, "interrupted"));
		/* It is left alone; then the import itself is interrupted. */
		stop_after = 0;
		press(&loop, "Enter");
		CHECK(sees(&loop, "3000"));
		press(&loop, "End");
		CHECK(sees(&loop, width > 40 ? "3001" : "Длиннов"));	/* the last line of the file */
		press(&loop, "PageUp Home Down");
		stop_after = looked + 20;
		press(&loop, "^S");
		CHECK(sees(&loop, "nothing was changed"));
		CHECK_INT(journal_count(store_journal(region.store), "person"), before);
		stop_after = 0;
		press(&loop, "^S");
		CHECK(sees(&loop, "imported: new 3000"));
		CHECK_INT(journal_count(store_journal(region.store), "person"), before + 3000);
		end();
	}
}

/* --- exchange --- */

static struct store *hub;
static char stick[4096];

static void make_hub(void)
{
	static int number;
	struct buf card = BUF_INIT;
	struct err e = ERR_INIT;

	hub = drive_store();
	snprintf(stick, sizeof stick, "%s/stick%d", test_folder(), ++number);
	CHECK_INT(fs_mkdirs(stick, 0700, &e), 0);
	CHECK_INT(hub_init(hub, "Уфа", &e), 0);
	CHECK_INT(hub_card(hub, &card, &e), 0);
	put(file_in("hub.card"), card.data, card.len);
	buf_release(&card);
}

static void approve(void)
{
	struct hub_approval how = { .fingerprint = store_identity(region.store)->pub.fingerprint, .role = "consultant", .municipality = "80618000" };
	struct buf join = BUF_INIT, welcome = BUF_INIT;
	struct err e = ERR_INIT;

	if (!CHECK(fs_read(file_in("me.join"), 1 << 20, true, &join, &e) == 0 && hub_approve(hub, join.data, join.len, &how, &welcome, &e) == 0))
		test_note("%s", e.text);
	put(file_in("me.welcome"), welcome.data, welcome.len);
	buf_release(&join);
	buf_release(&welcome);
}

static void join_by_keys(void)
{
	press(&loop, "Enter");					/* on «Join a hub» */
	CHECK(sees(&loop, "The hub's card"));
	answer(file_in("no.card"));
	CHECK(sees(&loop, "no.card"));
	answer(file_in("hub.card"));
	CHECK(sees(&loop, "fingerprint, as you hear it"));
	answer("12345 12345 12345 12345 12345 12345");
	CHECK(sees(&loop, "the fingerprint is not that of this card"));
	answer(store_identity(hub)->pub.fingerprint);
	CHECK(sees(&loop, "Write the request to"));
	put(file_in("other.csv"), "ФИО\n", 7);
	answer(file_in("other.csv"));
	CHECK(sees(&loop, "another file has this name"));
	answer(test_folder());
	CHECK(sees(&loop, "is a folder"));
	answer(file_in("me.join"));
	CHECK(sees(&loop, "me.join; send it to the hub"));
	CHECK(fs_exists(file_in("me.join")));
}

static void test_exchange(void)
{
	struct hub_collected got;
	struct err e = ERR_INIT;

	begin(40, 100);
	make_hub();
	press(&loop, "F5");
	CHECK(sees(&loop, "not joined yet"));
	CHECK(sees(&loop, store_identity(region.store)->pub.fingerprint));
	press(&loop, "F5");
	CHECK(sees(&loop, "join a hub first"));
	join_by_keys();
	CHECK(sees(&loop, "has not welcomed this device yet"));
	press(&loop, "F5");
	CHECK(sees(&loop, "take its welcome first"));
	approve();
	act_on(&loop, "first");
	press(&loop, "Down Enter");
	CHECK(sees(&loop, "The hub's welcome"));
	answer(file_in("hub.card"));				/* which is none */
	CHECK(sees(&loop, "! "));
	answer(file_in("me.welcome"));
	CHECK(sees(&loop, "has welcomed this device"));
	/* The first exchange asks for the folder; a stick that is not in is said to be so. */
	press(&loop, "F5");
	CHECK(sees(&loop, "Folder of the exchange"));
	answer(file_in("not in"));
	CHECK(sees(&loop, "is the stick or the shared folder there"));
	answer(stick);
	CHECK(sees(&loop, "exchange done · sent: "));
	CHECK(sees(&loop, "all sent"));
	CHECK(sees(&loop, "This exchange"));
	CHECK_INT(hub_collect(hub, stick, &got, NULL, NULL, &e), 0);
	/* From another place: F5 shows the place, F5 again exchanges at once. */
	press(&loop, "F2 F5");
	CHECK(sees(&loop, "Last exchange"));
	press(&loop, "F5");
	CHECK(sees(&loop, "exchange done"));
	CHECK(sees(&loop, "accepted by the hub"));
	/* The stick is pulled: it is asked for, with the last one offered. */
	CHECK_INT(rename(stick, file_in("pulled")), 0);
	press(&loop, "F5");
	CHECK(sees(&loop, "Folder of the exchange"));
	CHECK(sees(&loop, "is the stick"));
	CHECK_INT(rename(file_in("pulled"), stick), 0);
	press(&loop, "Enter");
	CHECK(sees(&loop, "exchange done"));
	store_close(hub);
	end();
}

/* What the hub does not accept stands there with its reason and leads to its record; an exchange is interrupted and goes on. */
static void test_refused(void)
{
	char id[RECORD_ID_SIZE];
	struct hub_collected got;
	struct err e = ERR_INIT;
	int64_t unsent;

	begin(40, 100);
	make_hub();
	make(region.store, &programme_type, id, "title", "Чужая программа", NULL);	/* before there is a hub to say who coordinates */
	press(&loop, "F5");
	join_by_keys();
	approve();
	act_on(&loop, "first");
	press(&loop, "Down Enter");
	answer(file_in("me.welcome"));
	press(&loop, "F5");
	answer(stick);
	CHECK_INT(hub_collect(hub, stick, &got, NULL, NULL, &e), 0);
	CHECK(got.operations_refused > 0);
	press(&loop, "F5");
	CHECK(sees(&loop, "Not accepted by the hub"));
	CHECK(sees(&loop, "this role may not"));
	act_on(&loop, "last");
	press(&loop, "Enter");				/* the record was taken back: what was done to it */
	CHECK(sees(&loop, "Чужая программа"));
	press(&loop, "Esc");
	for (int i = 0; i < 400; i++) {
		char name[40];

		snprintf(name, sizeof name, "Отправленный %d", i);
		make(region.store, &person_type, id, "name", name, "municipality", "80618000", NULL);
	}
	loop.eager = true;
	loop.meanwhile = look;
	looked = 0;
	stop_after = 2;
	unsent = loop.status.unsent;
	press(&loop, "F5");
	CHECK(sees(&loop, "interrupted: what came whole is kept"));
	CHECK(strstr(seen_words, "Exchange with the hub") != NULL);
	stop_after = 0;
	press(&loop, "F5");
	CHECK(sees(&loop, "exchange done"));
	CHECK(unsent == 0 && loop.status.unsent == 0);
	CHECK_INT(hub_collect(hub, stick, &got, NULL, NULL, &e), 0);
	CHECK_INT(got.bundles_refused, 0);
	CHECK_INT(journal_check(store_journal(region.store), &e), 0);
	store_close(hub);
	end();
}

/* The page in every size, with everything on it. */
static void test_sizes(void)
{
	static const struct { int height, width; } sizes[] = { { 10, 40 }, { 24, 80 }, { 60, 200 }, { 3, 20 }, { 1, 1 } };

	begin(24, 80);
	press(&loop, "F5");
	for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
		loop_resize(&loop, sizes[i].height, sizes[i].width);
		press(&loop, "Down End PageUp Home");
	}
	end();
}

static const struct test tests[] = {
	TEST(test_paths), TEST(test_import), TEST(test_long_import), TEST(test_exchange), TEST(test_refused), TEST(test_sizes), TEST_END
};

int main(int argc, char **argv)
{
	if (!drive_start())
		return 1;
	language_choose("en");
	return test_main(argc, argv, tests);
}
