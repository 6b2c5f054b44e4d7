#include <string.h>

#include "base/text.h"
#include "tests/unit/test.h"

static struct buf out = BUF_INIT;		/* what the function under test appended */
static struct err e = ERR_INIT;

static const char *phone(const char *s)
{
	buf_reset(&out);
	return text_phone(s, strlen(s), &out, &e) == 0 ? out.data : NULL;
}

static void telephones(void)
{
	static const struct { const char *typed, *kept; } cases[] = {
		{ "+79170000001", "+79170000001" }, { "89170000001", "+79170000001" },
		{ "79170000001", "+79170000001" },
		{ "9170000001", "+79170000001" }, { " 8 (917) 000-00-01 ", "+79170000001" },
		{ "+7 917 000‑00‑01", "+79170000001" },
		{ "8.917.000.00.01", "+79170000001" }, { "8 917\u00A0000 00 01", "+79170000001" },
		{ "(347) 250-00-01", "+73472500001" },
		{ "8–917–000–00–01", "+79170000001" }, { "(+7) 917 000 00 01", "+79170000001" },
		{ "89170000001.0", "+79170000001" },
		{ "89170000001,00", "+79170000001" }, { "+44 20 7946 0958", "+442079460958" },
		{ "+375 29 000 00 01", "+375290000001" },
		{ "+86 138 0000 0001", "+8613800000001" }, { "+8 917 000 00 01", "+79170000001" }, { "+1234567", "+1234567" },
		{ "+123456789012345", "+123456789012345" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		if (!CHECK_STR(phone(cases[i].typed), cases[i].kept))
			test_note("  %s: %s", cases[i].typed, e.text);
}

static void telephones_refused(void)
{
	static const struct { const char *typed, *words; } cases[] = {
		{ "", "no digits" }, { " - ", "no digits" }, { "+", "no digits" },
		{ "917000001", "of 9 digits" }, { "2-12-34", "of 5 digits" },
		{ "99170000001", "of 11 digits" }, { "+7917000000", "of 10 digits" },
		{ "+791700000011", "of 12 digits" },
		{ "+123456", "of 6 digits; from another country" },
		{ "+1234567890123456", "of 16 digits; from another country" },
		{ "00000000000000000000000000000000", "of 32 digits" }, { "8917000000a", "\"a\" is none" },
		{ "тел. 89170000001", "\"т\" is none" },
		{ "89170000001, 89170000002", "more than one telephone" },
		{ "89170000001;", "more than one telephone" },
		{ "89170000001/2", "more than one telephone" }, { "8+9170000001", "+ at the beginning" },
		{ "++79170000001", "+ at the beginning" },
		{ "8,91701E+10", "the spreadsheet shortened" }, { "8,91701E+10", "Number without decimals (or Text)" },
		{ "7.9E10", "shortened" }, { "8,91701е+10", "shortened" },
		{ "9E+09", "shortened" }, { "8917\x1B[2J", "\"\\x1B\" is none" },
		{ "8917\xFF", "\"\\xFF\" is none" }, { "8,91701E+", "more than one" },
		{ "89170000001.05", "of 13 digits" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		err_clear(&e);
		CHECK(phone(cases[i].typed) == NULL && e.code == ERR_REFUSED && out.len == 0);
		if (!CHECK(strstr(e.text, cases[i].words) != NULL))
			test_note("  %s: %s", cases[i].typed, e.text);
	}
}

static const char *pretty(const char *s)
{
	buf_reset(&out);
	text_phone_pretty(s, &out);
	return out.data;
}

static void telephones_shown(void)
{
	CHECK_STR(pretty("+79170000001"), "+7 917 000-00-01");
	CHECK_STR(pretty("+442079460958"), "+442079460958");
	CHECK_STR(pretty("+7917000000"), "+7917000000");
	CHECK_STR(pretty("+7917000000x"), "+7917000000x");
	CHECK_STR(pretty(""), "");
}

static const char *email(const char *s)
{
	buf_reset(&out);
	return text_email(s, strlen(s), &out, &e) == 0 ? out.data : NULL;
}

static void addresses(void)
{
	char longest[256];

	CHECK_STR(email("a@b.ru"), "a@b.ru");
	CHECK_STR(email(" Ivan.Petrov+x@MAIL.Example.RU\u00A0"), "Ivan.Petrov+x@mail.example.ru");
	CHECK_STR(email("почта@Пример.РФ"), "почта@пример.рф");
	memset(longest, 'a', sizeof longest);
	memcpy(longest + 249, "@b.ru", 6);
	CHECK_STR(email(longest), longest);
	memcpy(longest + 250, "@b.ru", 6);
	longest[249] = 'a';
	CHECK(email(longest) == NULL && strstr(e.text, "254") != NULL);
}

static void addresses_refused(void)
{
	static const char *const texts[] = {
		"", " ", "a", "@", "a@", "@b.ru", "a@b", "a@b@c.ru", "a b@c.ru", "a@b c.ru", "a@.ru", "a@ru.",
		"a@b..ru", "a@-b.ru", "a@b.ru,c@d.ru",
		"a@b.ru; c@d.ru", "<a@b.ru>", "Иванов <a@b.ru>", "mailto:a@b.ru", "a@b.ru\x1B[2J", "a\xFF@b.ru",
		"a@b\xD0.ru", "a\u202E@b.ru", "a@b\n.ru",
		"\"a\"@b.ru", "a@.", "a@..",
	};

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		err_clear(&e);
		if (!CHECK(email(texts[i]) == NULL && e.code == ERR_REFUSED && out.len == 0))
			test_note("  %s", texts[i]);
		CHECK(text_check(e.text, strlen(e.text), false, NULL) == 0);
	}
	buf_reset(&out);
	CHECK_INT(text_email("a\0@b.ru", 7, &out, &e), -1);
}

/* Whatever is accepted is accepted again, and stays as it is. */
static void kept_forms_are_stable(void)
{
	static const char alphabet[] = "0123456789+78 -().,E@a\xFF";
	struct buf once = BUF_INIT;
	char text[24];

	for (int i = 0; i < 200000; i++) {
		size_t len = test_random() % sizeof text;

		for (size_t k = 0; k < len; k++)
			text[k] = alphabet[test_random() % (k < 14 ? 10 : sizeof alphabet - 1)];
		buf_reset(&once);
		buf_reset(&out);
		if (text_phone(text, len, &once, NULL) != 0)
			continue;
		if (!CHECK(once.len >= 8 && once.len <= 16 && once.data[0] == '+'
				&& text_phone(once.data, once.len, &out, NULL) == 0)
				|| !CHECK_STR(out.data, once.data))
			break;
	}
	buf_release(&once);
}

static const struct test tests[] = {
	TEST(telephones), TEST(telephones_refused), TEST(telephones_shown), TEST(addresses),
	TEST(addresses_refused),
	TEST(kept_forms_are_stable), TEST_END
};

int main(int argc, char **argv)
{
	int result = test_main(argc, argv, tests);

	buf_release(&out);
	return result;
}
