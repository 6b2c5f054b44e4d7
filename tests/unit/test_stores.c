/* The list of stores on a computer, which anybody may have written, and how strong a passphrase is. */
#include "store/stores.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fsutil.h"
#include "crypto/strength.h"
#include "tests/unit/test.h"

static void put(const char *file, const char *text, size_t len)
{
	char path[4096];
	struct err e = ERR_INIT;

	snprintf(path, sizeof path, "%s/%s", test_folder(), file);
	if (!CHECK_INT(fs_write(path, text, len, 0600, &e), 0))
		test_note("%s", e.text);
}

static void is_entry(const struct stores *s, int i, const char *file, const char *name)
{
	REQUIRE(i < s->count);
	CHECK_STR(s->entry[i].file, file);
	CHECK_STR(s->entry[i].name, name);
}

static void test_list(void)
{
	struct stores s;
	struct err e = ERR_INIT;
	char path[4096], *next;

	stores_read(&s, "/nowhere/at/all");
	CHECK_INT(s.count, 0);
	stores_release(&s);
	next = stores_free_path(test_folder());
	snprintf(path, sizeof path, "%s/store.ldb", test_folder());
	CHECK_STR(next, path);
	free(next);
	put("store.ldb", "x", 1);
	put("store-2.ldb", "x", 1);
	put("hub.ldb", "x", 1);
	put("store-old.ldb", "x", 1);
	stores_read(&s, test_folder());
	CHECK_INT(s.count, 2);
	is_entry(&s, 0, "store-2.ldb", "store-2.ldb");
	is_entry(&s, 1, "store.ldb", "store.ldb");
	stores_release(&s);
	next = stores_free_path(test_folder());
	CHECK(strstr(next, "/store-3.ldb") != NULL);
	free(next);
	REQUIRE_OK(stores_add(path, "Хасанова Гузель Рашитовна", &e));
	stores_read(&s, test_folder());
	CHECK_INT(s.count, 2);
	is_entry(&s, 0, "store.ldb", "Хасанова Г. Р.");
	is_entry(&s, 1, "store-2.ldb", "store-2.ldb");
	stores_release(&s);
	snprintf(path, sizeof path, "%s/store-2.ldb", test_folder());
	REQUIRE_OK(stores_add(path, "Һаҙыева", &e));
	REQUIRE_OK(stores_add(path, "Һаҙыева  Зөлфиә Үзбәк ҡыҙы", &e));
	stores_read(&s, test_folder());
	CHECK_INT(s.count, 2);
	is_entry(&s, 0, "store.ldb", "Хасанова Г. Р.");
	is_entry(&s, 1, "store-2.ldb", "Һаҙыева З. Ү.");
	next = stores_path(&s, 1);
	CHECK_STR(next, path);
	free(next);
	stores_release(&s);
}

static void test_hostile(void)
{
	static const char text[] = "../store.ldb\tЧужой\n/etc/store.ldb\tЧужой\nstore.ldb\t\033[31mКрасный\nstore.ldb\tПерево\xE2\x80\xAEрот\nstore.ldb\n\n\t\n"
	    "store.ldb\t\nгде.ldb\tКто\nmissing.ldb\tНет\nstore.ldb\t\xff\xfe\nstore-2.ldb\tВторая\nstore-2.ldb\tЕщё раз\nhub.ldb\tХаб";
	struct stores s;
	char *long_line = malloc(70000);

	put("stores", text, sizeof text - 1);
	stores_read(&s, test_folder());
	CHECK_INT(s.count, 3);
	is_entry(&s, 0, "store-2.ldb", "Вторая");
	is_entry(&s, 1, "hub.ldb", "Хаб");
	is_entry(&s, 2, "store.ldb", "store.ldb");
	stores_release(&s);
	memset(long_line, 'a', 70000);
	put("stores", long_line, 70000);		/* larger than any list */
	stores_read(&s, test_folder());
	CHECK_INT(s.count, 2);
	stores_release(&s);
	put("stores", long_line, 60000);
	stores_read(&s, test_folder());
	CHECK_INT(s.count, 2);
	stores_release(&s);
	free(long_line);
	put("stores", "store.ldb\tА\0Б\n", 15);
	stores_read(&s, test_folder());
	CHECK_INT(s.count, 2);
	stores_release(&s);
}

/* A name that came from elsewhere must not write a line of its own. */
static void test_hostile_name(void)
{
	struct stores s;
	struct err e = ERR_INIT;
	char path[4096];

	put("stores", "", 0);
	snprintf(path, sizeof path, "%s/store.ldb", test_folder());
	REQUIRE_OK(stores_add(path, "Ахметов\nhub.ldb\tЧужой", &e));
	REQUIRE_OK(stores_add(path, "\033[31mКрасный", &e));
	REQUIRE_OK(stores_add(path, "", &e));
	stores_read(&s, test_folder());
	CHECK_INT(s.count, 2);
	is_entry(&s, 0, "store-2.ldb", "store-2.ldb");
	is_entry(&s, 1, "store.ldb", "store.ldb");
	stores_release(&s);
}

static void weak(const char *passphrase, const char *known)
{
	int bits = strength_bits(passphrase, known);

	if (!CHECK(bits < STRENGTH_LEAST))
		test_note("“%s”: %d", passphrase, bits);
}

static void strong(const char *passphrase, int least)
{
	int bits = strength_bits(passphrase, "Хасанова Гузель Рашитовна Бураевский район");

	if (!CHECK(bits >= least))
		test_note("“%s”: %d", passphrase, bits);
}

static void test_strength(void)
{
	const char *me = "Хасанова Гузель Рашитовна Бураевский район";

	CHECK_INT(strength_bits("", NULL), 0);
	weak("12345678", me);
	weak("11111111111111111111", me);
	weak("абвгдеёжзийклмн", me);
	weak("йцукенгшщзхъ", me);
	weak("qwertyuiop", me);
	weak("пароль123", me);
	weak("Password1", me);
	weak("gfhjkm2020", me);
	weak("Хасанова1980", me);
	weak("ГузельГузельГузель", me);
	weak("бураевский", me);
	weak("абабабабабабаб", me);
	weak("14.02.1980", me);
	strong("Тёплый снег над Таныпом", STRENGTH_GOOD);
	strong("correct horse battery staple", STRENGTH_GOOD);
	strong("xK3!fQ8z", STRENGTH_LEAST);
	strong("река калитка девяносто войлок лампа", STRENGTH_HIGH);
	/* More is never worth less than nothing, whatever comes. */
	for (int i = 0; i < 300; i++) {
		char text[2000];
		size_t len = test_random() % sizeof text;

		for (size_t k = 0; k < len; k++)
			text[k] = (char)(1 + test_random() % 255);
		text[len > 0 ? len - 1 : 0] = '\0';
		CHECK(strength_bits(text, text) >= 0);
	}
}

static void test_forget(void)
{
	struct stores s;
	struct err e = ERR_INIT;
	char path[4096];

	put("store.ldb", "x", 1);
	put("store-2.ldb", "x", 1);
	put("stores", "store-2.ldb\tХасанова Г. Р.\nstore.ldb\tАхметов И. З.\n", strlen("store-2.ldb\tХасанова Г. Р.\nstore.ldb\tАхметов И. З.\n"));
	snprintf(path, sizeof path, "%s/store-2.ldb", test_folder());
	REQUIRE_OK(stores_forget(path, &e));
	stores_read(&s, test_folder());
	CHECK_INT(s.count, 2);
	is_entry(&s, 0, "store.ldb", "Ахметов И. З.");
	is_entry(&s, 1, "store-2.ldb", "store-2.ldb");		/* still to be opened, by nobody's name */
	stores_release(&s);
	REQUIRE_OK(stores_forget(path, &e));
	snprintf(path, sizeof path, "%s/none/store.ldb", test_folder());
	REQUIRE_OK(stores_forget(path, &e));
}

static const struct test tests[] = { TEST(test_list), TEST(test_hostile), TEST(test_hostile_name), TEST(test_strength), TEST(test_forget), TEST_END };

int main(int argc, char **argv)
{
	return test_main(argc, argv, tests);
}
