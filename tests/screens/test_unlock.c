/* The first start and the passphrase: what can be typed wrongly there, and two people at one computer. */
#include "tests/screens/drive.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fsutil.h"
#include "base/language.h"
#include "base/preferences.h"
#include "crypto/kdf.h"
#include "screens/setup.h"
#include "screens/unlock.h"
#include "tests/unit/records.h"

static struct loop loop;

static void begin(int height, int width)
{
	loop_init(&loop, NULL, height, width, theme_glyphs("xterm"));
}

/* --- the set-up --- */

static struct { int calls; char name[200], municipality[64], role[32], passphrase[200], refuse[200]; } made;

static int create(void *context, const char *name, const char *municipality, const char *role, const char *passphrase, struct err *e)
{
	(void)context;
	made.calls++;
	snprintf(made.name, sizeof made.name, "%s", name);
	snprintf(made.municipality, sizeof made.municipality, "%s", municipality);
	snprintf(made.role, sizeof made.role, "%s", role);
	snprintf(made.passphrase, sizeof made.passphrase, "%s", passphrase);
	return made.refuse[0] != '\0' ? err_set(e, ERR_REFUSED, "%s", made.refuse) : 0;
}

static struct screens_setup options = { .create = create };
static bool created;

static void begin_setup(int height, int width)
{
	memset(&made, 0, sizeof made);
	options.join = created = false;
	begin(height, width);
	loop_push(&loop, setup_open(&options, &created));
	loop_draw(&loop);
}

static void test_setup(void)
{
	begin_setup(24, 80);
	CHECK(sees(&loop, "First start"));
	CHECK(sees(&loop, "Nobody can bring back"));
	press(&loop, "^S");
	CHECK(sees(&loop, "! this must not be empty"));
	CHECK_INT(made.calls, 0);
	type(&loop, "Хасанова Гузель Рашитовна");
	press(&loop, "Tab");
	type(&loop, "бураев");
	CHECK(sees(&loop, "Бураевский район"));			/* known to the program, before there is a store */
	press(&loop, "Tab");
	CHECK(sees(&loop, "consultant"));
	press(&loop, "Left");
	CHECK(sees(&loop, "expert"));
	press(&loop, "Tab");
	/* The letters that are typed, the length, the estimate; hidden until F2. */
	type(&loop, "пароль1");
	CHECK(sees(&loop, "*******"));
	CHECK(sees(&loop, "Russian letters"));
	CHECK(sees(&loop, "7 characters · too short"));
	press(&loop, "F2");
	CHECK(sees(&loop, "пароль1"));
	press(&loop, "F2");
	type(&loop, "23456");
	CHECK(sees(&loop, "12 characters · too easy to guess"));
	press(&loop, "Tab");
	type(&loop, "пароль123456");
	CHECK(sees(&loop, "the same"));
	press(&loop, "^S");
	CHECK(sees(&loop, "too easy to guess; take three or four words"));
	CHECK_INT(made.calls, 0);
	press(&loop, "^U");
	type(&loop, "тёплый снег над Таныпом");
	CHECK(sees(&loop, "23 characters · good"));
	press(&loop, "Tab ^U");
	type(&loop, "тёплый снег");
	CHECK(sees(&loop, "so far the same"));
	type(&loop, "ок");
	CHECK(sees(&loop, "this is not the same pa"));
	press(&loop, "^S");
	CHECK_INT(made.calls, 0);
	press(&loop, "^U");
	type(&loop, "тёплый снег над Таныпом");
	/* What the store refuses stands at its field, and nothing that was typed is gone. */
	snprintf(made.refuse, sizeof made.refuse, "municipality: there is no such");
	press(&loop, "^S");
	CHECK_INT(made.calls, 1);
	CHECK(sees(&loop, "there is no such"));
	CHECK(sees(&loop, "Хасанова Гузель Рашитовна"));
	CHECK(!created);
	made.refuse[0] = '\0';
	press(&loop, "^S");
	CHECK(created && loop.done && !options.join);
	CHECK_STR(made.name, "Хасанова Гузель Рашитовна");
	CHECK_STR(made.municipality, "80618000");
	CHECK_STR(made.role, "expert");
	CHECK_STR(made.passphrase, "тёплый снег над Таныпом");
	loop_release(&loop);
}

static void test_setup_by_enter(void)
{
	begin_setup(24, 80);
	type(&loop, "Иванов Пётр");
	press(&loop, "Enter");
	type(&loop, "уфа");
	press(&loop, "Enter Enter");
	type(&loop, "correct horse battery staple");
	CHECK(sees(&loop, "Latin letters"));
	press(&loop, "Enter");
	type(&loop, "correct horse battery staple");
	press(&loop, "Enter Right");
	CHECK(sees(&loop, "now, with its card"));
	press(&loop, "Enter");
	CHECK(created && options.join);
	CHECK_STR(made.municipality, "80701000");
	CHECK_STR(made.role, "consultant");
	loop_release(&loop);
}

static void test_setup_language(void)
{
	struct preferences p;
	struct err e = ERR_INIT;

	begin_setup(24, 80);
	CHECK(sees(&loop, "English"));
	type(&loop, "Иванов");
	press(&loop, "BackTab Left");
	CHECK(sees(&loop, "Русский"));
	CHECK(sees(&loop, "Муниципалитет"));
	CHECK(sees(&loop, "консультант"));
	CHECK(sees(&loop, "Иванов"));
	CHECK_INT(preferences_load(&p, NULL, &e), 0);
	CHECK_STR(p.value[PREFERENCE_LANGUAGE], "ru");
	press(&loop, "Right");
	CHECK(sees(&loop, "Municipality"));
	CHECK_INT(preferences_load(&p, NULL, &e), 0);
	CHECK_STR(p.value[PREFERENCE_LANGUAGE], "en");
	/* Leaving asks, since something was typed. */
	press(&loop, "Esc");
	CHECK(sees(&loop, "Nothing is set up yet"));
	press(&loop, "y");
	CHECK(loop.done && !created);
	loop_release(&loop);
	begin_setup(24, 80);
	press(&loop, "Esc");
	CHECK(loop.done);
	loop_release(&loop);
}

static void test_setup_sizes(void)
{
	static const struct { int height, width; } sizes[] = { { 10, 40 }, { 60, 200 }, { 5, 30 }, { 2, 10 }, { 1, 1 } };

	begin_setup(24, 80);
	type(&loop, "Иванов Пётр");
	press(&loop, "Tab");
	type(&loop, "бураев");
	press(&loop, "Tab Tab");
	type(&loop, "тёплый снег");
	for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
		loop_resize(&loop, sizes[i].height, sizes[i].width);
		press(&loop, "BackTab BackTab Tab Tab");
	}
	loop_resize(&loop, 10, 40);
	CHECK(sees(&loop, "11 characters · "));			/* below the fields: there is no room beside them */
	loop_release(&loop);
}

/* --- the passphrase --- */

static char folder[4096];
static struct { int calls; char path[4096]; } opened;
static struct stores stores;
static struct screens_unlock unlock = { .stores = &stores };
static struct unlock_end how;

static int open_it(void *context, const char *path, const char *passphrase, struct err *e)
{
	struct store_key key = { passphrase, NULL };
	struct store *s;

	(void)context;
	opened.calls++;
	if (store_open(path, &key, &s, e) != 0)
		return -1;
	snprintf(opened.path, sizeof opened.path, "%s", path);
	store_close(s);
	return 0;
}

static char *make_store(const char *name, const char *passphrase)
{
	struct store_key key = { passphrase, NULL };
	struct store *s = NULL;
	struct err e = ERR_INIT;
	char *path = stores_free_path(folder);

	if (!CHECK_INT(store_create(path, &key, &s, &e), 0))
		test_note("%s", e.text);
	store_close(s);
	CHECK_INT(stores_add(path, name, &e), 0);
	return path;
}

static void begin_unlock(int height, int width)
{
	memset(&opened, 0, sizeof opened);
	memset(&how, 0, sizeof how);
	stores_read(&stores, folder);
	unlock.open = open_it;
	begin(height, width);
	loop_push(&loop, unlock_open(&unlock, &how));
	unlock_begin(loop.top);
	loop_draw(&loop);
}

static void end_unlock(void)
{
	loop_release(&loop);
	stores_release(&stores);
}

static void begin_folder(void)
{
	static int number;
	struct err e = ERR_INIT;

	kdf_cost_for_tests((struct kdf_cost){ 1, 8 });
	snprintf(folder, sizeof folder, "%s/stores%d", test_folder(), ++number);
	CHECK_INT(fs_mkdirs(folder, 0700, &e), 0);
}

static void test_one_store(void)
{
	begin_folder();
	free(make_store("Хасанова Гузель Рашитовна", "раз"));
	begin_unlock(24, 80);
	CHECK(sees(&loop, "Хасанова Г. Р."));
	CHECK(sees(&loop, "another person"));			/* at the foot, with its key */
	type(&loop, "lda");
	CHECK(sees(&loop, "Latin letters"));
	press(&loop, "Enter");
	CHECK(sees(&loop, "that was not the passphrase"));
	CHECK(!loop.done && !how.opened);
	press(&loop, "Enter");					/* nothing is no try */
	CHECK_INT(opened.calls, 1);
	type(&loop, "два");
	press(&loop, "F2");
	CHECK(sees(&loop, "два"));
	press(&loop, "Enter");
	type(&loop, "раз");
	press(&loop, "Enter");
	CHECK(how.opened && loop.done);
	end_unlock();
	begin_unlock(10, 40);
	press(&loop, "F3");
	CHECK(how.other && !how.opened && loop.done);
	end_unlock();
	begin_unlock(24, 80);
	press(&loop, "Esc");
	CHECK(loop.done && !how.other && !how.opened && how.why.code == ERR_NONE);
	end_unlock();
}

static void test_two_stores(void)
{
	struct store_key key = { "два", NULL };
	struct store *held = NULL;
	struct err e = ERR_INIT;
	char *first, *second, file[4200];

	begin_folder();
	first = make_store("Хасанова Гузель Рашитовна", "раз");
	second = make_store("Ғәлиева Сәлимә", "два");
	snprintf(file, sizeof file, "%s/store-3.ldb", folder);
	CHECK_INT(fs_write(file, "no store at all", 15, 0600, &e), 0);
	begin_unlock(24, 80);
	CHECK(sees(&loop, "Who is at the keyboard?"));
	CHECK(sees(&loop, "Хасанова Г. Р."));
	CHECK(sees(&loop, "Ғәлиева С."));
	CHECK(sees(&loop, "store-3.ldb"));			/* whose it is nobody noted down */
	type(&loop, "гали");
	press(&loop, "Enter");
	CHECK(sees(&loop, "Passphrase:"));
	type(&loop, "раз");
	press(&loop, "Enter");
	CHECK(sees(&loop, "that was not the passphrase"));
	press(&loop, "Esc");					/* back to the choice */
	CHECK(sees(&loop, "Who is at the keyboard?"));
	press(&loop, "Enter");
	type(&loop, "два");
	press(&loop, "Enter");
	CHECK(how.opened);
	CHECK_STR(opened.path, second);
	end_unlock();
	/* What is no store says so, and another one can be chosen. */
	begin_unlock(24, 80);
	type(&loop, "store-3");
	press(&loop, "Enter");
	CHECK(sees(&loop, "! "));
	CHECK(sees(&loop, "Who is at the keyboard?"));
	/* A held one says who holds it. */
	CHECK_INT(store_open(second, &key, &held, &e), 0);
	type(&loop, "гали");
	press(&loop, "Enter");
	CHECK(sees(&loop, "in use"));
	store_close(held);
	press(&loop, "Enter");
	CHECK(!loop.done);
	loop_resize(&loop, 10, 40);
	loop_draw(&loop);
	end_unlock();						/* the program leaves in the middle of it */
	CHECK(!how.opened && !how.other);
	begin_unlock(24, 80);
	type(&loop, "store of their own");
	press(&loop, "Enter");
	CHECK(how.other && loop.done);
	end_unlock();
	begin_unlock(24, 80);
	press(&loop, "Esc");
	CHECK(loop.done && !how.other);
	end_unlock();
	free(first);
	free(second);
}

/* A store that was named: there is no other person. */
static void test_named(void)
{
	char *path;

	begin_folder();
	path = make_store("Хасанова", "раз");
	unlock.stores = NULL;
	unlock.path = path;
	begin_unlock(24, 80);
	press(&loop, "F3");
	CHECK(!loop.done);
	type(&loop, "раз");
	press(&loop, "Enter");
	CHECK(how.opened);
	CHECK_STR(opened.path, path);
	end_unlock();
	unlock.stores = &stores;
	free(path);
}

static const struct test tests[] = {
	TEST(test_setup), TEST(test_setup_by_enter), TEST(test_setup_language), TEST(test_setup_sizes), TEST(test_one_store), TEST(test_two_stores),
	TEST(test_named), TEST_END
};

int main(int argc, char **argv)
{
	struct err e = ERR_INIT;

	if (!drive_start() || crypto_start(&e) != 0)
		return 1;
	setenv("XDG_CONFIG_HOME", test_folder(), 1);
	language_choose("en");
	return test_main(argc, argv, tests);
}
