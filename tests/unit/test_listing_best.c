#include "tests/unit/records.h"

#include "base/mem.h"
#include "listings/listing.h"
#include "records/person.h"

static struct store *s;
static struct listing_view *view;

/* What is typed → names of the best, each without what follows its first blank. */
static void best_are(const char *typed, int most, const char *want)
{
	char ids[30][RECORD_ID_SIZE];
	struct person_rows rows;
	struct buf b = BUF_INIT;
	struct err e = ERR_INIT;
	int count;
	REQUIRE_OK(listing_best(view, typed, most, ids, &count, &e));
	REQUIRE_OK(person_rows_of(s, (const char (*)[RECORD_ID_SIZE])ids, count, &rows, &e));
	CHECK_INT(rows.count, count);
	for (int i = 0; i < rows.count; i++)
		buf_addf(&b, "%s%.*s", i > 0 ? " " : "", (int)strcspn(rows.row[i].name, " "), rows.row[i].name);
	if (!CHECK_STR(b.data, want))
		test_note("for “%s”", typed);
	buf_release(&b);
	person_rows_release(&rows);
}

static void test_order(void)
{
	best_are("кар", 9, "Карим Каримов Ҡарабаев Азатов Сакаров");	/* the name begins, a word of it does, the letters occur */
	best_are("кар", 2, "Карим Каримов");
	best_are("карим б", 9, "Каримов Азатов");			/* every word begins one: the first the name, or another */
	best_are("азат", 9, "Азатов Каримов");
	best_are("ГӘЛИӘ", 9, "Ғәлиә");
	best_are("нет такого", 9, "");
	best_are("", 9, "");
	best_are(" ", 9, "");
	best_are("к", 0, "");
}

static void test_telephones(void)
{
	best_are("935", 9, "Ҡарабаев Карим");			/* the number begins so; the digits occur */
	best_are("8935", 9, "Ҡарабаев Карим");
	best_are("8 935 000-84-00", 9, "Ҡарабаев");
}

/* Words of what a row refers to find nobody. */
static void test_own_texts(void)
{
	best_are("родник", 9, "");
	best_are("бураевский", 9, "");
	best_are("активист", 9, "");
	best_are("библиотекарь", 9, "Сакаров");
}

static int plain_count(const char *typed)
{
	struct filter f;
	struct err e = ERR_INIT;
	int count = 0;
	filter_init(&f, typed);
	sqlite3_stmt *st = store_prepare_once(s, "SELECT find FROM person WHERE deleted = 0", &e);
	while (st && store_step(s, st, &e) == 1)
		count += f.count > 0 && filter_matches(&f, store_text(st, 0));
	sqlite3_finalize(st);
	filter_release(&f);
	return count;
}

/* Against a plain look at every row, over random letters. */
static void test_random_words(void)
{
	static const char *const letters[] = { "а", "к", "р", "и", "м", " ", "б", "9", "3" };
	struct err e = ERR_INIT;
	for (int round = 0; round < 300; round++) {
		char typed[64] = "", ids[30][RECORD_ID_SIZE];
		int count;
		for (int n = (int)(test_random() % 5) + 1; n > 0; n--)
			strcat(typed, letters[test_random() % (sizeof letters / sizeof *letters)]);
		REQUIRE_OK(listing_best(view, typed, 30, ids, &count, &e));
		if (!CHECK_INT(count, plain_count(typed)))
			test_note("for “%s”", typed);
	}
}

static void test_rows_of(void)
{
	char ids[3][RECORD_ID_SIZE], id[RECORD_ID_SIZE];
	struct person_rows rows;
	struct err e = ERR_INIT;
	make(s, &person_type, id, "name", "Ушедший Пётр", NULL);
	REQUIRE_OK(record_resolve(s, &person_type, "Карим Анна", ids[0], &e) == 0 ? 0 : -1);
	snprintf(ids[1], RECORD_ID_SIZE, "%s", id);
	snprintf(ids[2], RECORD_ID_SIZE, "nobody-1");
	REQUIRE_OK(record_remove(s, &person_type, id, &e));
	REQUIRE_OK(person_rows_of(s, (const char (*)[RECORD_ID_SIZE])ids, 3, &rows, &e));
	CHECK_INT(rows.count, 1);
	CHECK_STR(rows.row[0].name, "Карим Анна");
	CHECK_STR(rows.row[0].organisation, "АНО «Родник»");
	person_rows_release(&rows);
	REQUIRE_OK(person_rows_of(s, NULL, 0, &rows, &e));
	CHECK_INT(rows.count, 0);
	person_rows_release(&rows);
}

static void fill(void)
{
	static const struct { const char *name, *phone, *post; } people[] = {
		{ "Каримов Азат Булатович", "", "" }, { "Карим Анна", "+79170009357", "" }, { "Азатов Карим Булатович", "", "" },
		{ "Сакаров Пётр", "", "библиотекарь" }, { "Ҡарабаев Урал", "+79350008400", "" }, { "Ғәлиә Һаҙыева", "", "" },
	};
	char id[RECORD_ID_SIZE], organisation[RECORD_ID_SIZE];
	make(s, &organisation_type, organisation, "name", "АНО «Родник»", NULL);
	for (size_t i = 0; i < sizeof people / sizeof *people; i++)
		make(s, &person_type, id, "name", people[i].name, "phone", people[i].phone, "post", people[i].post, "organisation", organisation, NULL);
}

int main(int argc, char **argv)
{
	static const struct test tests[] = {
		TEST(test_order), TEST(test_telephones), TEST(test_own_texts), TEST(test_random_words), TEST(test_rows_of), TEST_END
	};
	if (!(s = new_store()))
		return 1;
	fill();
	view = listing_open(s, &people_listing);
	int rc = test_main(argc, argv, tests);
	listing_close(view);
	store_close(s);
	return rc;
}
