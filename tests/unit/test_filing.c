/* Filed reports: what is kept, that it is verified, and what is said to have changed since. */
#include "tests/unit/records.h"

#include "crypto/hash.h"
#include "records/attendance.h"
#include "figures/filing.h"
#include "records/person.h"

static struct store *s;
static char person[3][RECORD_ID_SIZE], seminar[2][RECORD_ID_SIZE];

static void begin(void)
{
	struct err e = ERR_INIT;
	s = new_store();
	make(s, &person_type, person[0], "name", "Ахметов", "role", "consultant", "municipality", "80618000", NULL);
	make(s, &person_type, person[1], "name", "Валеева", NULL);
	make(s, &person_type, person[2], "name", "Галимова", NULL);
	make(s, &seminar_type, seminar[0], "title", "Раз", "date", "2020-02-14", "unnamed", "100", "unnamed_basis", "счёт", NULL);
	make(s, &seminar_type, seminar[1], "title", "Два", "date", "2020-03-14", "status", "held", NULL);
	REQUIRE_OK(store_set_setting(s, "person", person[0], &e));
	REQUIRE_OK(attendance_mark(s, seminar[0], person[0], ATTENDANCE_PRESENT, &e));
	REQUIRE_OK(attendance_mark(s, seminar[0], person[1], ATTENDANCE_PRESENT, &e));
}

static int dump(void *context, const struct filing_difference *d, struct err *e)
{
	(void)e;
	buf_addf(context, "%s %lld→%lld\n", d->figure, (long long)d->before, (long long)d->after);
	for (int i = 0; i < d->count; i++)
		buf_addf(context, "  %c %s %lld→%lld by %s%s\n", "+-~"[d->change[i].kind], d->change[i].name, (long long)d->change[i].before, (long long)d->change[i].after,
		    d->change[i].by, d->change[i].ms > 0 ? "" : " never");
	return 0;
}

static const char *changed(const char *id, bool gated)
{
	static struct buf out = BUF_INIT;
	struct err e = ERR_INIT;
	struct filing f;
	buf_reset(&out);
	if (filing_read(s, id, &f, &e) != 0) {
		test_note("%s", e.text);
		return "not read";
	}
	CHECK(filing_compare(s, &f, gated, dump, &out, &e) == 0);
	filing_release(&f);
	return out.data;
}

static const struct filing_figure *figure(const struct filing *f, const char *name)
{
	for (int i = 0; i < f->figures; i++)
		if (strcmp(f->figure[i].name, name) == 0)
			return &f->figure[i];
	return NULL;
}

static void test_kept(void)
{
	char id[RECORD_ID_SIZE], other[RECORD_ID_SIZE], hex[HASH_HEX_SIZE];
	unsigned char hash[HASH_SIZE];
	struct buf text = BUF_INIT;
	struct err e = ERR_INIT;
	struct filing f;
	begin();
	REQUIRE_OK(filing_make(s, "Отчёт за квартал", "01.01.2020", "2020-03-31", id, &e));
	REQUIRE_OK(filing_read(s, id, &f, &e));
	CHECK_STR(f.head.since, "2020-01-01");
	CHECK_INT(figure(&f, "visits")->value, 2);
	CHECK_INT(figure(&f, "unnamed")->value, 100);
	CHECK_INT(figure(&f, "seminars_held")->count, 2);
	CHECK(figure(&f, "reached")->count == 2 && strcmp(figure(&f, "reached")->line[0].id, person[0]) == 0);
	CHECK_INT(f.indicators, 5);
	/* The hash is over the text that the manual describes. */
	filing_canonical(&f, &text);
	CHECK(strncmp(text.data, "livenet report 1\nprogramme first\nname Отчёт за квартал\nsince 2020-01-01\nuntil 2020-03-31\ndate ", 120) == 0 || text.len > 120);
	hash_of(text.data, text.len, hash);
	hash_hex(hash, sizeof hash, hex);
	CHECK_STR(f.head.hash, hex);
	CHECK(strstr(text.data, "Ахметов") == NULL);
	filing_release(&f);
	buf_release(&text);
	CHECK(filing_make(s, "отчет за КВАРТАЛ", NULL, NULL, other, &e) != 0 && e.code == ERR_REFUSED);
	CHECK(filing_make(s, "", NULL, NULL, other, &e) != 0);
	CHECK(filing_make(s, "Другой", "2020-03-01", "2020-02-01", other, &e) != 0);
	REQUIRE_OK(filing_find(s, "Отчёт за квартал", other, &e));
	CHECK_STR(other, id);
	CHECK_STR(changed(id, false), "");
	store_close(s);
}

static void test_changes(void)
{
	char id[RECORD_ID_SIZE];
	struct buf want = BUF_INIT;
	struct record r;
	struct err e = ERR_INIT;
	begin();
	REQUIRE_OK(filing_make(s, "Год", NULL, "2020-12-31", id, &e));
	REQUIRE_OK(attendance_mark(s, seminar[1], person[0], ATTENDANCE_PRESENT, &e));
	REQUIRE_OK(attendance_mark(s, seminar[1], person[2], ATTENDANCE_PRESENT, &e));
	REQUIRE_OK(attendance_mark(s, seminar[0], person[1], ATTENDANCE_ABSENT, &e));
	REQUIRE_OK(record_load(s, &r, &seminar_type, seminar[0], &e));
	REQUIRE_OK(record_set(s, &r, "unnamed", "120", &e));
	REQUIRE_OK(record_save(s, &r, &e));
	record_release(&r);
	CHECK_STR(changed(id, false),
	    "reached 2→2\n  - Валеева 1→0 by Ахметов\n  + Галимова 0→1 by Ахметов\n"
	    "unnamed 100→120\n  ~ Раз 100→120 by Ахметов\n"
	    "visits 2→3\n  - Валеева · Раз 1→0 by Ахметов\n  + Ахметов · Два 0→1 by Ахметов\n  + Галимова · Два 0→1 by Ахметов\n");
	/* Outside its period nothing has changed. */
	make(s, &seminar_type, seminar[1], "title", "Три", "date", "2021-03-14", "status", "held", NULL);
	CHECK(strstr(changed(id, false), "seminars_held") == NULL);
	/* What leaves the store names nobody without a consent. */
	CHECK(strstr(changed(id, true), "Валеева") == NULL && strstr(changed(id, true), "Ахметов") == NULL);
	CHECK(strstr(changed(id, true), person[2]) != NULL);
	buf_release(&want);
	store_close(s);
}

/* A list that somebody changed, or that is not all here, is not taken for what was filed. */
static void test_verified(void)
{
	static const char *const harms[] = {
		"UPDATE filing_part SET body = replace(body, ' 1', ' 2') WHERE figure = 'visits'", "UPDATE filing_part SET deleted = 1 WHERE figure = 'reached'",
		"UPDATE filing SET summary = replace(summary, '\"visits\":2', '\"visits\":3')", "UPDATE filing SET name = 'Иначе'", "UPDATE filing SET summary = '{'",
		"UPDATE filing_part SET body = 'x' WHERE figure = 'visits'", "UPDATE filing_part SET figure = 'nonsense' WHERE figure = 'visits'",
		"UPDATE filing SET summary = '{\"figures\":{},\"indicators\":[]}'", "UPDATE filing SET until = '2021-01-01'",
	};
	for (size_t i = 0; i < sizeof harms / sizeof *harms; i++) {
		char id[RECORD_ID_SIZE];
		struct err e = ERR_INIT;
		struct filing f;
		begin();
		REQUIRE_OK(filing_make(s, "Год", NULL, NULL, id, &e));
		REQUIRE_OK(store_begin(s, &e));
		REQUIRE_OK(store_exec(s, harms[i], &e));
		REQUIRE_OK(store_commit(s, &e));
		if (!CHECK(filing_read(s, id, &f, &e) != 0 && e.code == ERR_DAMAGED))
			test_note("%s", harms[i]);
		store_close(s);
	}
}

/* Lists longer than a part. */
static void test_parts(void)
{
	enum { MANY = 1500 };
	char id[RECORD_ID_SIZE], who[RECORD_ID_SIZE];
	struct err e = ERR_INIT;
	struct filing f;
	sqlite3_stmt *st;
	begin();
	REQUIRE_OK(store_begin(s, &e));
	for (int i = 0; i < MANY; i++) {
		make(s, &person_type, who, "name", "Человек", NULL);
		REQUIRE_OK(attendance_mark(s, seminar[i % 2], who, ATTENDANCE_PRESENT, &e));
	}
	REQUIRE_OK(store_commit(s, &e));
	REQUIRE_OK(filing_make(s, "Много", NULL, NULL, id, &e));
	REQUIRE((st = store_prepare_once(s, "SELECT count(*), max(length(CAST(body AS BLOB))) FROM filing_part WHERE figure = 'visits'", &e)) != NULL);
	CHECK(store_step(s, st, &e) == 1);
	CHECK(sqlite3_column_int(st, 0) > 1 && sqlite3_column_int(st, 1) <= 32768);
	sqlite3_finalize(st);
	REQUIRE_OK(filing_read(s, id, &f, &e));
	CHECK_INT(figure(&f, "visits")->count, MANY + 2);
	filing_release(&f);
	CHECK_STR(changed(id, false), "");
	store_close(s);
}

int main(int argc, char **argv)
{
	static const struct test tests[] = { TEST(test_kept), TEST(test_changes), TEST(test_verified), TEST(test_parts), TEST_END };
	return test_main(argc, argv, tests);
}
