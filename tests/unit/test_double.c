/* Who may be one person with two cards: names in all spellings, what else has to agree, people who are different, and the list of all pairs. */
#include "tests/unit/records.h"

#include <stdlib.h>

#include "base/text.h"
#include "records/double.h"
#include "records/person_link.h"

static struct store *s;

static int differ(const char *a, const char *b)
{
	struct double_name x, y;
	double_name_read(&x, a);
	double_name_read(&y, b);
	int one = double_name_differ(&x, &y);
	CHECK_INT(double_name_differ(&y, &x), one);
	return one;
}

static const struct { const char *a, *b; int most; } alike[] = {
	{ "Галимова Айгуль Рустамовна", "Галимова Айгуль Рустамовна", 0 },
	{ "Галимова Айгуль Рустамовна", "ГАЛИМОВА АЙГУЛЬ РУСТАМОВНА", 0 },
	{ "Ғәлимова Айгөл Рөстәм ҡыҙы", "Галимова Айгуль Рустамовна", 1 },
	{ "Хәсәнова Гөлнара", "Хасанова Гульнара", 0 },
	{ "Соловьёва Алёна Фёдоровна", "Соловьева Алена Федоровна", 0 },
	{ "Галимова А. Р.", "Галимова Айгуль Рустамовна", 1 },
	{ "А. Р. Галимова", "Галимова А.Р.", 1 },
	{ "Галимова Айгуль", "Галимова Айгуль Рустамовна", 1 },
	{ "Галимова А.", "Галимова Айгуль Рустамовна", 2 },
	{ "Иванова-Петрова Ольга Сергеевна", "Петрова Ольга Сергеевна", 1 },
	{ "Галлимова Айгуль Рустамовна", "Галимова Айгуль Рустамовна", 1 },
	{ "Галмиова Айгуль Рустамовна", "Галимова Айгуль Рустамовна", 1 },
	{ "Ахмедов Ильдар Зуфарович", "Ахметов Ильдар Зуфарович", 1 },
	{ "Ахметов Ильдар Зуфарович", "Ахметов Ильдар Зуфарвич", 1 },
	{ "Смирнова Ольга Петровна", "Кузнецова Ольга Петровна", 3 },	/* she married */
	{ "Мамедов Али Гасан оглы", "Мамедов Али Гасанович", 1 },
};

static const struct { const char *a, *b; } different[] = {
	{ "Галимова Айгуль Рустамовна", "Галимова Гузель Рустамовна" },
	{ "Галимов И. Р.", "Галимова И. Р." },
	{ "Галимова А. Р.", "Галимова Г. Р." },
	{ "Галимова Айгуль Рустамовна", "Галимова Айгуль Ильдаровна" },
	{ "Ахметов Ильдар Зуфарович", "Ахметов Рустам Зуфарович" },
	{ "Валеева Зиля", "Галеева Айсылу" },
	{ "Ли Анна", "Ни Анна" },
	{ "Иванова О. П.", "Иванова Ульяна Петровна" },
	{ "Смирнова Ольга", "Кузнецова Ольга" },
	{ "", "Галимова Айгуль" },
	{ "...", "Галимова Айгуль" },
};

static void test_names(void)
{
	for (size_t i = 0; i < sizeof alike / sizeof *alike; i++) {
		int n = differ(alike[i].a, alike[i].b);
		if (!CHECK(n <= alike[i].most))
			test_note("%s, %s: %d", alike[i].a, alike[i].b, n);
	}
	for (size_t i = 0; i < sizeof different / sizeof *different; i++)
		if (!CHECK_INT(differ(different[i].a, different[i].b), DOUBLE_OTHER))
			test_note("%s, %s", different[i].a, different[i].b);
}

/* Names of bytes that are no text, and of any length. */
static void test_nonsense(void)
{
	char text[400];
	struct double_name n, other;
	struct buf begin = BUF_INIT;
	double_name_read(&other, "Галимова Айгуль Рустамовна");
	for (int i = 0; i < 20000; i++) {
		size_t len = (size_t)(test_random() % sizeof text);
		for (size_t k = 0; k < len; k++)
			text[k] = (char)(1 + test_random() % 255);
		text[len ? len - 1 : 0] = '\0';
		double_name_read(&n, text);
		buf_reset(&begin);
		double_name_begin(&n, &begin);
		CHECK(text_utf8_valid(begin.data, begin.len));
		CHECK(double_name_differ(&n, &other) >= 0 && double_name_differ(&n, &n) <= DOUBLE_OTHER);
	}
	buf_release(&begin);
}

/* --- with what else agrees --- */

static int judge(const char *a, const char *b, const struct double_card *x, const struct double_card *y)
{
	struct double_name m, n;
	unsigned why;
	double_name_read(&m, a);
	double_name_read(&n, b);
	return double_judge(&m, x, &n, y, &why);
}

static void test_evidence(void)
{
	const struct double_card none = { "", "", "", "", "" }, place = { "", "", "", "", "80618000" }, work = { "", "", "", "o-1", "" };
	const struct double_card phone = { "", "+79170000001", "", "", "80618000" }, other = { "", "+79170000002", "", "", "80618000" };
	static const char full[] = "Галимова Айгуль Рустамовна";
	CHECK_INT(judge(full, full, &none, &none), 0);
	CHECK(judge(full, full, &place, &place) > 0);
	CHECK(judge(full, full, &phone, &other) > 0);				/* two telephones: the same name in one village is offered all the same */
	CHECK(judge("Галимова А. Р.", full, &place, &place) > 0);
	CHECK_INT(judge("Галимова А. Р.", full, &phone, &other), 0);
	CHECK(judge("Галимова А.", full, &work, &work) > 0);
	CHECK_INT(judge("Галимова А.", full, &place, &place), 0);
	CHECK(judge("Смирнова Ольга Петровна", "Кузнецова Ольга Петровна", &phone, &phone) > 0);
	CHECK_INT(judge("Смирнова Ольга Петровна", "Кузнецова Ольга Петровна", &work, &work), 0);
	CHECK(judge(full, full, &phone, &phone) > judge(full, full, &work, &work));
	CHECK(judge(full, full, &work, &work) > judge(full, full, &place, &place));
}

/* --- in a store --- */

static char aigul[RECORD_ID_SIZE], bashkir[RECORD_ID_SIZE], sister[RECORD_ID_SIZE], ildar[RECORD_ID_SIZE], slip[RECORD_ID_SIZE];

static void begin(void)
{
	s = new_store();
	REQUIRE(s != NULL);
	make(s, &person_type, aigul, "name", "Галимова Айгуль Рустамовна", "phone", "89170000001", "municipality", "80618000", NULL);
	make(s, &person_type, bashkir, "name", "Ғәлимова Айгөл Рөстәм ҡыҙы", "phone", "+7 917 000-00-01", NULL);
	make(s, &person_type, sister, "name", "Галимова Гузель Рустамовна", "phone", "89170000001", "municipality", "80618000", NULL);
	make(s, &person_type, ildar, "name", "Ахметов Ильдар Зуфарович", "municipality", "80618000", NULL);
	make(s, &person_type, slip, "name", "Ахмедов Ильдар Зуфарович", "municipality", "80618000", NULL);
}

static int found(const char *id, const char *name, const char *phone, const char *municipality, const char *first)
{
	struct double_found f[DOUBLES_FOUND];
	struct err e = ERR_INIT;
	int count = 0;
	if (double_find(s, id, &(struct double_card){ name, phone, "", "", municipality }, f, &count, &e) != 0)
		test_note("%s", e.text);
	if (first && (!CHECK(count > 0) || !CHECK_STR(f[0].id, first)))
		test_note("%s", name);
	double_found_release(f, count);
	return count;
}

static void test_find(void)
{
	begin();
	CHECK_INT(found("", "Галимова Айгуль Рустамовна", "", "", NULL), 0);		/* nothing agrees but the name */
	CHECK_INT(found("", "Галимова Айгуль Рустамовна", "+79170000001", "", aigul), 2);
	CHECK_INT(found("", "Галимова А. Р.", "", "80618000", aigul), 1);
	CHECK_INT(found("", "А. Р. Галимова", "", "80618000", aigul), 1);
	CHECK_INT(found("", "Галимова", "+79170000001", "", NULL), 3);			/* as it is typed */
	CHECK_INT(found("", "Галмиова Айгуль Рустамовна", "+79170000001", "", aigul), 2);
	CHECK_INT(found("", "Ахмедов Ильдар Зуфарович", "", "80618000", slip), 2);	/* one consonant more or less */
	CHECK_INT(found("", "Аххметов Ильдар Зуфарович", "", "80618000", ildar), 1);
	CHECK_INT(found("", "Кузнецов Пётр", "", "80618000", NULL), 0);
	CHECK_INT(found("", "", "+79170000001", "80618000", NULL), 0);
	CHECK_INT(found(ildar, "Ахметов Ильдар Зуфарович", "", "80618000", slip), 1);	/* not the card itself */
	store_close(s);
}

static void check_pairs(int count, const char *a, const char *b)
{
	struct doubles d;
	struct err e = ERR_INIT;
	int64_t read = 0;
	bool there = a == NULL;
	REQUIRE_OK(doubles_find(s, &d, &read, &e));
	CHECK_INT(d.total, count);
	for (int i = 0; i < d.count; i++)
		there = there || (strcmp(d.pair[i].a, a) == 0 && strcmp(d.pair[i].b, b) == 0);
	CHECK(there);
	for (int i = 1; i < d.count; i++)
		CHECK(d.pair[i - 1].score >= d.pair[i].score);
	CHECK(read > 0);
	doubles_release(&d);
}

static void test_list(void)
{
	struct err e = ERR_INIT;
	char third[RECORD_ID_SIZE];
	bool still;
	begin();
	check_pairs(2, aigul, bashkir);
	check_pairs(2, ildar, slip);
	/* Decided, this way and that, they are offered no more; taken back, they are again. */
	REQUIRE_OK(person_distinct(s, slip, ildar, &e));
	check_pairs(1, aigul, bashkir);
	CHECK_INT(found(ildar, "Ахметов Ильдар Зуфарович", "", "80618000", NULL), 0);
	REQUIRE_OK(person_join(s, bashkir, aigul, &e));
	check_pairs(0, NULL, NULL);
	/* Who is like any of two joined cards is offered with the shown one. */
	make(s, &person_type, third, "name", "Ғәлимова Айгөл Рөстәм ҡыҙы", "phone", "89170000001", NULL);
	check_pairs(1, aigul, third);
	CHECK_INT(found(third, "Ғәлимова Айгөл Рөстәм ҡыҙы", "+79170000001", "", aigul), 1);
	REQUIRE_OK(person_part(s, aigul, bashkir, &still, &e));
	CHECK(!still);
	check_pairs(3, aigul, bashkir);
	REQUIRE_OK(record_remove(s, &person_type, bashkir, &e));
	check_pairs(1, aigul, third);
	REQUIRE_OK(journal_check(store_journal(s), &e));
	store_close(s);
}

/* The list against a comparison of each with each, on random people with few names, places and telephones. */
static void test_random_list(void)
{
	static const char *const surnames[] = { "Галимова", "Галлимова", "Ахметова", "Ахмедова", "Ғәлимова", "Иванова", "Иванова-Петрова", "Хасанова" };
	static const char *const given[] = { "Айгуль", "Айгөл", "А.", "Гузель", "Ольга", "" };
	static const char *const fathers[] = { "Рустамовна", "Р.", "", "Ильдаровна" };
	static const char *const places[] = { "80618000", "80609000", "" };
	enum { PEOPLE = 160 };
	static char ids[PEOPLE][RECORD_ID_SIZE], names[PEOPLE][128], phones[PEOPLE][16], home[PEOPLE][16];
	struct err e = ERR_INIT;
	struct doubles d;
	int64_t want = 0;
	s = new_store();
	REQUIRE(s != NULL);
	REQUIRE_OK(store_begin(s, &e));
	for (int i = 0; i < PEOPLE; i++) {
		snprintf(names[i], sizeof names[i], "%s %s %s", surnames[test_random() % 8], given[test_random() % 6], fathers[test_random() % 4]);
		phones[i][0] = '\0';
		if (test_random() % 2)
			snprintf(phones[i], sizeof phones[i], "+791700000%02d", (int)(test_random() % 40));
		snprintf(home[i], sizeof home[i], "%s", places[test_random() % 3]);
		make(s, &person_type, ids[i], "name", names[i], "phone", phones[i], "municipality", home[i], NULL);
	}
	REQUIRE_OK(store_commit(s, &e));
	for (int i = 0; i < PEOPLE; i++)
		for (int k = i + 1; k < PEOPLE; k++)
			want += judge(names[i], names[k], &(struct double_card){ names[i], phones[i], "", "", home[i] },
			    &(struct double_card){ names[k], phones[k], "", "", home[k] }) > 0;
	REQUIRE_OK(doubles_find(s, &d, NULL, &e));
	/* Double surnames and brides meet by their telephones alone. */
	CHECK(d.total <= want && d.total * 10 >= want * 8);
	if (d.total * 10 < want * 8)
		test_note("%lld of %lld pairs", (long long)d.total, (long long)want);
	doubles_release(&d);
	store_close(s);
}

int main(int argc, char **argv)
{
	static const struct test tests[] = {
		TEST(test_names), TEST(test_nonsense), TEST(test_evidence), TEST(test_find), TEST(test_list), TEST(test_random_list), TEST_END
	};
	return test_main(argc, argv, tests);
}
