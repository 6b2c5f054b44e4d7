#include "tests/unit/records.h"

#include <stdlib.h>

#include "records/municipality.h"

static struct store *s;

static void finds(const char *typed, const char *want)
{
	char code[MUNICIPALITY_CODE_SIZE] = "";
	struct err e = ERR_INIT;
	if (!CHECK_INT(municipality_find(s, typed, code, &e), 0))
		test_note("“%s”: %s", typed, e.text);
	else if (!CHECK_STR(code, want))
		test_note("“%s”", typed);
}

static void refuses(const char *typed)
{
	char code[MUNICIPALITY_CODE_SIZE] = "";
	struct err e = ERR_INIT;
	if (!CHECK_INT(municipality_find(s, typed, code, &e), -1))
		test_note("“%s” is %s", typed, code);
	CHECK_INT(e.code, ERR_REFUSED);
}

/* Name without its last or first word, put between others. */
static void spelled(const char *code, const char *before, const char *name, size_t len, const char *after)
{
	struct buf b = BUF_INIT;
	buf_addf(&b, "%s%.*s%s", before, (int)len, name, after);
	finds(b.data, code);
	buf_release(&b);
}

static int number_seen, districts;

static int check_one(void *context, const char *code, const char *name, struct err *e)
{
	static const char district[] = " район", city[] = "город ";
	const char *end = strstr(name, district), *begin = strstr(name, city);
	(void)context;
	(void)e;
	number_seen++;
	finds(code, code);
	finds(name, code);
	CHECK(!end != !begin);
	if (end) {
		size_t len = (size_t)(end - name);
		districts++;
		spelled(code, "", name, len, "");
		spelled(code, "", name, len, " р-н");
		spelled(code, "", name, len, " р-он");
		spelled(code, "МР ", name, len, " район РБ");
		spelled(code, "муниципальный район ", name, len, " район Республики Башкортостан");
	} else if (begin) {
		const char *bare = begin + sizeof city - 1;
		spelled(code, "", bare, strlen(bare), "");
		spelled(code, "г. ", bare, strlen(bare), "");
		spelled(code, "г.", bare, strlen(bare), "");
		spelled(code, "ГО г. ", bare, strlen(bare), " РБ");
		spelled(code, "городской округ город ", bare, strlen(bare), "");
	}
	return 0;
}

static void test_all(void)
{
	struct err e = ERR_INIT;
	number_seen = districts = 0;
	REQUIRE_OK(municipality_each(s, check_one, NULL, &e));
	CHECK_INT(number_seen, 63);
	CHECK_INT(districts, 54);
}

static void test_spellings(void)
{
	finds("Стерлитамак", "80745000");
	finds("Стерлитамакский", "80649000");
	finds("Стерлитамакский р-н", "80649000");
	finds("Салават", "80739000");
	finds("Салаватский", "80647000");
	finds("УФА", "80701000");
	finds("уфимский район", "80652000");
	finds("ЗАТО Межгорье", "80707000");
	finds("Фёдоровский район", "80654000");
	finds("Бураевского района", "80618000");
	finds("  бураевский   Р-Н  ", "80618000");
	finds("Бирский район, г. Бирск", "80613000");
	finds("80618000000", "80618000");
	finds("Белорецкого района", "80611000");
	finds("г.о. Уфа", "80701000");
	finds("Администрация МР Бирский район", "80613000");
	finds("Бирский район г. Бирск", "80613000");
	finds("д. Гадельгареево, Бурзянский район", "80619000");
	finds("450000, РБ, г. Уфа, ул. Ленина, 1", "80701000");
	refuses("д. Гадельгареево, ул. Уфимская");
	refuses("район Бирск Уфа");
}

/* A place that is the seat of one district alone. */
static void test_centres(void)
{
	finds("г. Белебей", "80609000");
	finds("с. Бураево", "80618000");
	finds("Верхние Киги", "80636000");
	finds("рп Чишмы", "80657000");
	finds("Белорецк", "80611000");
	refuses("ГО Белебей");			/* a town, not a city okrug */
	refuses("с. Белебей");			/* a town, not a village */
}

static void test_refused(void)
{
	static const char *const none[] = { "", " ", "район", "г.", "80600000", "80618001", "8061800", "80618000001", "Атлантида", "Москва", "Бура",
		"Салават район", "Бураевский город", "уфимск", "Бирский Уфимский" };
	for (size_t i = 0; i < sizeof none / sizeof *none; i++)
		refuses(none[i]);
	struct err e = ERR_INIT;
	char code[MUNICIPALITY_CODE_SIZE], *long_text = malloc(5001);
	CHECK_INT(municipality_find(s, "Бураевск", code, &e), -1);
	CHECK(strstr(e.text, "Бураевский район") != NULL);
	memset(long_text, 'x', 5000);
	long_text[5000] = '\0';
	refuses(long_text);
	free(long_text);
}

static void named(const char *code, const char *name, const char *short_name)
{
	struct buf b = BUF_INIT;
	municipality_name(s, code, &b);
	CHECK_STR(b.data, name);
	buf_reset(&b);
	municipality_short_name(s, code, &b);
	CHECK_STR(b.data, short_name);
	buf_release(&b);
}

static void test_names(void)
{
	named("80618000", "Бураевский район", "Бураевский");
	named("80701000", "город Уфа", "г. Уфа");
	named("80707000", "ЗАТО город Межгорье", "г. Межгорье");
	named("", "", "");
	named("12345678", "12345678", "12345678");
}

int main(int argc, char **argv)
{
	static const struct test tests[] = {
		TEST(test_all), TEST(test_spellings), TEST(test_centres), TEST(test_refused), TEST(test_names), TEST_END
	};
	s = new_store();
	int rc = s ? test_main(argc, argv, tests) : 1;
	store_close(s);
	return rc;
}
