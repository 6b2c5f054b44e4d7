#include "base/date.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "tests/unit/test.h"

#define TODAY "2020-02-14"

static void valid_days(void)
{
	CHECK(date_valid("2020-02-29") && date_valid("2000-02-29") && date_valid("1900-01-01")
		&& date_valid("2199-12-31"));
	CHECK(!date_valid("2019-02-29") && !date_valid("1900-02-29") && !date_valid("2100-02-29"));
	CHECK(!date_valid("2020-02-30") && !date_valid("2020-04-31") && !date_valid("2020-13-01")
		&& !date_valid("2020-00-10"));
	CHECK(!date_valid("2020-01-00") && !date_valid("2020-01-32") && !date_valid("1899-12-31")
		&& !date_valid("2200-01-01"));
	CHECK(!date_valid("") && !date_valid(NULL) && !date_valid("2020-02-1") && !date_valid("2020-02-144"));
	CHECK(!date_valid("2020-2-14") && !date_valid("2020/02/14") && !date_valid("-020-02-14")
		&& !date_valid("2020-02-1x"));
}

static void days_count_on(void)
{
	char out[DATE_SIZE];
	int64_t first = date_to_days("1900-01-01"), last = date_to_days("2199-12-31");

	CHECK_INT(date_to_days("1970-01-01"), 0);
	CHECK_INT(date_to_days("1969-12-31"), -1);
	CHECK_INT(date_to_days("2000-03-01"), 11017);
	CHECK_INT(date_to_days("2020-02-14"), 18306);
	CHECK_INT(last - first + 1, 109573);		/* 300 years with 73 leap days */
	for (int64_t d = first; d <= last; d++) {
		date_from_days(d, out);
		if (!date_valid(out) || date_to_days(out) != d) {
			CHECK_STR(out, "a day that comes back");
			return;
		}
	}
}

static void shown(void)
{
	char out[DATE_SIZE];

	date_show("2020-02-14", out);
	CHECK_STR(out, "14.02.2020");
	date_show("", out);
	CHECK_STR(out, "");
	date_show(NULL, out);
	CHECK_STR(out, "");
	date_show("2020-02-31", out);
	CHECK_STR(out, "");
}

static void programme_time(void)
{
	static const char *const no_moment[] = { "", "2020-02-14", "2020-02-14T09:30:00", "2020-02-14T09:30:00Z ", "2020-02-30T09:30:00Z", "2020-02-14T24:30:00Z",
		"2020-02-14T09:60:00Z", "2020-02-14T09:30:60Z", "2020-02-14 09:30:00Z", "2020-02-14T 9:30:00Z", "2020-02-14T09:30:0\0Z" };
	char utc[DATE_UTC_SIZE], local[17], today[DATE_SIZE];
	int64_t ms;

	date_utc(INT64_C(1581672600000), utc);
	CHECK_STR(utc, "2020-02-14T09:30:00Z");
	date_local(INT64_C(1581672600000), local);
	CHECK_STR(local, "14.02.2020 14:30");
	date_utc(INT64_C(-1), utc);
	CHECK_STR(utc, "1969-12-31T23:59:59Z");
	date_utc(INT64_MAX, utc);
	CHECK_STR(utc, "2199-12-31T23:59:59Z");
	date_utc(INT64_MIN, utc);
	CHECK_STR(utc, "1900-01-01T00:00:00Z");
	CHECK_INT(date_read_utc("2020-02-14T09:30:07Z", &ms), true);
	CHECK_INT(ms, INT64_C(1581672607000));
	CHECK_INT(date_read_utc("1969-12-31T23:59:59Z", &ms), true);
	CHECK_INT(ms, -1000);
	for (size_t i = 0; i < sizeof no_moment / sizeof *no_moment; i++)
		CHECK_INT(date_read_utc(no_moment[i], &ms), false);
	date_local(INT64_MAX, local);
	CHECK_STR(local, "31.12.2199 23:59");
	clock_set(INT64_C(1581706799999));		/* 18:59:59.999 UTC, 23:59 here */
	date_today(today);
	CHECK_STR(today, "2020-02-14");
	clock_set(INT64_C(1581706800000));
	date_today(today);
	CHECK_STR(today, "2020-02-15");
	clock_set(0);
}

static void parsed(void)
{
	static const struct { const char *text, *want; } cases[] = {
		{ "2020-02-14", "2020-02-14" }, { "14.02.2020", "2020-02-14" }, { "14.2.20", "2020-02-14" },
		{ "4.3.1999", "1999-03-04" },
		{ "14.2.70", "1970-02-14" }, { "14.2.69", "2069-02-14" }, { "14.2", "2020-02-14" },
		{ "14.2.", "2020-02-14" },
		{ "29.02", "2020-02-29" }, { "  1.3  ", "2020-03-01" }, { "\t31.12\r\n", "2020-12-31" },
		{ "today", TODAY }, { "Сегодня", TODAY }, { "ЗАВТРА", "2020-02-15" }, { "вчера", "2020-02-13" },
		{ "tomorrow", "2020-02-15" }, { "Yesterday", "2020-02-13" },
		{ "+3", "2020-02-17" }, { "-3", "2020-02-11" }, { "+16", "2020-03-01" }, { "+0", TODAY },
		{ "-45", "2019-12-31" },
	};
	struct err e = ERR_INIT;
	char out[DATE_SIZE];

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		strcpy(out, "unset");
		if (!CHECK(date_parse(cases[i].text, TODAY, out, &e) == 0))
			test_note("%s: %s", cases[i].text, e.text);
		CHECK_STR(out, cases[i].want);
	}
}

static void refused_with_words(void)
{
	static const struct { const char *text, *words; } cases[] = {
		{ "31.02.2020", "there is no 31 February" }, { "30.02.2020", "there is no 30 February" },
		{ "2020-02-31", "there is no 31 February" }, { "31.04.2020", "there is no 31 April" },
		{ "31.6", "there is no 31 June" },
		{ "45.01.2020", "there is no 45 January" }, { "0.01.2020", "there is no 0 January" },
		{ "29.02.2019", "there is no 29 February in 2019" },
		{ "29.2.1900", "there is no 29 February in 1900" },
		{ "14.13.2020", "there is no month 13" }, { "2020-00-14", "there is no month 0" },
		{ "02.14.2020", "there is no month 14" },
		{ "14.02.1899", "the year 1899 is out of range: from 1900 to 2199" },
		{ "2200-01-01", "the year 2200 is out of range: from 1900 to 2199" },
		{ "", "the date is missing" }, { " \t ", "the date is missing" },
		{ "+99999", "99999 days is too far: at most 36500" },
		{ "скоро", "\"скоро\" is not a date; write it like 14.02.2020" },
		{ "14.02.202", "\"14.02.202\" is not a date" },
		{ "14.02.2020.", "\"14.02.2020.\" is not" }, { "14", "\"14\" is not" },
		{ "14.", "\"14.\" is not" }, { ".2.2020", "\".2.2020\" is not" },
		{ "114.2.2020", "is not a date" }, { "14-02-2020", "is not a date" },
		{ "2020-2-14", "is not a date" }, { "+", "is not a date" },
		{ "+3x", "is not a date" }, { "+1234567", "is not a date" },
		{ "1\x1B[2J.2", "\"1\\x1B[2J.2\" is not a date" },
		{ "\xFF\xFE", "\"\\xFF\\xFE\" is not a date" },
		{ "00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000",
		"is not a date" },
	};
	struct err e = ERR_INIT;
	char out[DATE_SIZE];

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		err_clear(&e);
		strcpy(out, "unset");
		CHECK_INT(date_parse(cases[i].text, TODAY, out, &e), -1);
		CHECK_INT(e.code, ERR_REFUSED);
		CHECK_STR(out, "unset");
		if (!CHECK(strstr(e.text, cases[i].words) != NULL))
			test_note("%s: %s", cases[i].text, e.text);
	}
	CHECK_INT(date_parse("+36500", "2199-01-01", out, &e), -1);
	CHECK(strstr(e.text, "out of range") != NULL);
}

static void hostile_texts(void)
{
	static const char alphabet[] = "0123456789.-+ сегодня\xFF\x80tz";
	char text[40], out[DATE_SIZE];

	for (int i = 0; i < 100000; i++) {
		size_t len = test_random() % (sizeof text - 1);

		for (size_t k = 0; k < len; k++)
			text[k] = alphabet[test_random() % (sizeof alphabet - 1)];
		text[len] = '\0';
		if (date_parse(text, TODAY, out, NULL) == 0 && !CHECK(date_valid(out)))
			return;
	}
}

static const struct test tests[] = {
	TEST(valid_days), TEST(days_count_on), TEST(shown), TEST(programme_time), TEST(parsed),
	TEST(refused_with_words),
	TEST(hostile_texts), TEST_END
};

int main(int argc, char **argv)
{
	return test_main(argc, argv, tests);
}
