#include "tests/unit/records.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/mem.h"
#include "records/person.h"
#include "records/seminar.h"

static struct store *s;

static const struct field *field_of(const struct record_type *t, const char *name)
{
	return &t->fields[record_field(t, name)];
}

static void parses(const struct field *f, const char *typed, const char *kept)
{
	struct buf out = BUF_INIT;
	struct err e = ERR_INIT;
	if (!CHECK_INT(field_parse(s, f, typed, &out, &e), 0))
		test_note("%s: %s", typed, e.text);
	CHECK_STR(out.data, kept);
	buf_release(&out);
}

static void refuses(const struct field *f, const char *typed, const char *named)
{
	struct buf out = BUF_INIT;
	struct err e = ERR_INIT;
	buf_adds(&out, "before");
	CHECK_INT(field_parse(s, f, typed, &out, &e), -1);
	CHECK_INT(e.code, ERR_REFUSED);
	CHECK_STR(out.data, "before");
	if (!CHECK(strncmp(e.text, named, strlen(named)) == 0))
		test_note("“%s” does not begin with “%s”", e.text, named);
	buf_release(&out);
}

static void test_text(void)
{
	const struct field *name = field_of(&person_type, "name"), *note = field_of(&person_type, "note");
	parses(name, "  Ғәлиә   Ҡотлобаева ", "Ғәлиә Ҡотлобаева");
	parses(note, "первая строка\n вторая\tстрока\n\nчетвёртая", "первая строка\nвторая строка\n\nчетвёртая");
	refuses(name, "две\nстроки", "full name: ");
	refuses(name, "звонок\a", "full name: ");
	refuses(name, "\x1b[31mкрасный", "full name: ");
	refuses(name, "c1 \xc2\x9b" "31m", "full name: ");
	refuses(name, "обрыв \xd0", "full name: ");
	refuses(note, "\xff", "note: ");
	refuses(name, "", "full name: ");
	refuses(name, " \t ", "full name: ");
	parses(field_of(&person_type, "post"), "", "");
}

static void test_length(void)
{
	const struct field *name = field_of(&person_type, "name");
	char text[500] = "";
	for (int i = 0; i < 200; i++)
		strcat(text, "я");
	parses(name, text, text);
	strcat(text, "я");
	refuses(name, text, "full name: ");
}

static void test_date(void)
{
	const struct field *date = field_of(&seminar_type, "date");
	parses(date, "2020-02-14", "2020-02-14");
	parses(date, "14.02.2020", "2020-02-14");
	refuses(date, "31.02.2020", "date: ");
	refuses(date, "2020-13-01", "date: ");
	refuses(date, "вчерась", "date: ");
	refuses(date, "", "date: ");
	clock_set(1581667200000);		/* 2020-02-14 08:00 UTC */
	parses(date, "сегодня", "2020-02-14");
	clock_set(0);
}

static void test_number(void)
{
	const struct field *capacity = field_of(&seminar_type, "capacity");
	parses(capacity, "0", "0");
	parses(capacity, "0012", "12");
	parses(capacity, "1000000", "1000000");
	refuses(capacity, "1000001", "capacity: ");
	refuses(capacity, "99999999999999999999999999", "capacity: ");
	refuses(capacity, "-1", "capacity: ");
	refuses(capacity, "10.5", "capacity: ");
	refuses(capacity, "десять", "capacity: ");
}

static void test_contacts(void)
{
	const struct field *phone = field_of(&person_type, "phone"), *email = field_of(&person_type, "email");
	parses(phone, "8 (917) 000-00-01", "+79170000001");
	refuses(phone, "8,91701E+10", "phone: ");
	refuses(phone, "12", "phone: ");
	parses(email, "Ivanova@EXAMPLE.org", "Ivanova@example.org");
	refuses(email, "ivanova", "email: ");
}

static void test_choice(void)
{
	const struct field *role = field_of(&person_type, "role"), *stage = field_of(&person_type, "stage");
	parses(role, "consultant", "consultant");
	parses(role, "Консультант", "consultant");
	parses(role, "местный  консультант", "consultant");
	parses(role, "Региональный эксперт-наставник", "expert");
	parses(role, "НАСТАВНИК", "expert");
	parses(role, "участник", "activist");
	parses(role, "специалист администрации", "official");
	parses(role, "координатор", "coordinator");
	parses(stage, "обучение пройдено", "trained");
	parses(stage, "ведет семинары", "working");
	parses(stage, "", "");
	refuses(role, "директор", "role: ");
	refuses(role, "consult", "role: ");
}

static void test_municipality(void)
{
	const struct field *m = field_of(&person_type, "municipality");
	parses(m, "80618000", "80618000");
	parses(m, "Бураевский р-н", "80618000");
	refuses(m, "80600000", "municipality: ");
	refuses(m, "Атлантида", "municipality: ");
}

static void test_reference(void)
{
	const struct field *lead = field_of(&seminar_type, "lead");
	char id[RECORD_ID_SIZE];
	make(s, &person_type, id, "name", "Хасанова Гульнара Рифовна", NULL);
	parses(lead, id, id);
	parses(lead, "хасанова гульнара рифовна", id);
	refuses(lead, "Хасанова", "lead: ");
	refuses(lead, "nobody-1", "lead: ");
}

static void shows(const struct field *f, const char *value, const char *want)
{
	struct buf out = BUF_INIT;
	field_show(s, f, value, &out);
	CHECK_STR(out.data, want);
	buf_release(&out);
}

static void test_show(void)
{
	shows(field_of(&seminar_type, "date"), "2020-02-14", "14.02.2020");
	shows(field_of(&seminar_type, "date"), "", "");
	shows(field_of(&person_type, "phone"), "+79170000001", "+7 917 000-00-01");
	shows(field_of(&person_type, "role"), "activist", "activist");
	shows(field_of(&person_type, "role"), "of-the-future", "of-the-future");
	shows(field_of(&person_type, "municipality"), "80701000", "город Уфа");
	shows(field_of(&person_type, "municipality"), "99999999", "99999999");
	shows(field_of(&seminar_type, "lead"), "zzzzzzzz-9", "zzzzzzzz-9");
}

static void filter_is(const char *typed, int count, const char *first)
{
	struct filter f;
	filter_init(&f, typed);
	CHECK_INT(f.count, count);
	if (count > 0)
		CHECK_STR(f.word[0], first);
	filter_release(&f);
}

static void test_filter(void)
{
	filter_is(NULL, 0, "");
	filter_is("  ", 0, "");
	filter_is("Айгөл Уфа", 2, "айгол");
	filter_is("8 (917) 000-00-01", 1, "+79170000001");
	filter_is("000-00-01", 1, "0000001");
	filter_is("8917", 1, "917");
	filter_is("2020-02-14", 1, "2020-02-14");
	filter_is("а б в г д е ж з и к", FILTER_WORDS, "а");
	struct filter f;
	filter_init(&f, "айгуль уфа");
	CHECK(filter_matches(&f, "ахметова айгуль город уфа"));
	CHECK(!filter_matches(&f, "ахметова айгуль"));
	filter_release(&f);
}

int main(int argc, char **argv)
{
	static const struct test tests[] = {
		TEST(test_text), TEST(test_length), TEST(test_date), TEST(test_number), TEST(test_contacts), TEST(test_choice),
		TEST(test_municipality), TEST(test_reference), TEST(test_show), TEST(test_filter), TEST_END
	};
	s = new_store();
	int rc = s ? test_main(argc, argv, tests) : 1;
	store_close(s);
	return rc;
}
