#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/unit/test.h"

static struct buf out = BUF_INIT;		/* what the function under test appended */

#define LITERAL(text) (text), sizeof (text) - 1

static bool decodes(const char *s, size_t len, uint32_t cp)
{
	uint32_t got;
	bool valid;

	return text_next(s, len, &got, &valid) == len && valid && got == cp;
}

static bool invalid(const char *s, size_t len)
{
	char *copy = malloc(len);
	bool valid = true, refused;
	uint32_t cp = 0;

	memcpy(copy, s, len);
	refused = text_next(copy, len, &cp, &valid) == 1 && !valid && cp == 0xFFFD;
	free(copy);
	return refused;
}

static void decoding(void)
{
	CHECK(decodes("a", 1, 'a') && decodes("\0", 1, 0) && decodes("я", 2, 0x044F) && decodes("№", 3, 0x2116)
		&& decodes("😀", 4, 0x1F600));
	CHECK(decodes("\xC2\x80", 2, 0x80) && decodes("\xDF\xBF", 2, 0x7FF) && decodes("\xE0\xA0\x80", 3, 0x800));
	CHECK(decodes("\xED\x9F\xBF", 3, 0xD7FF) && decodes("\xEE\x80\x80", 3, 0xE000)
		&& decodes("\xEF\xBF\xBF", 3, 0xFFFF));
	CHECK(decodes("\xF0\x90\x80\x80", 4, 0x10000) && decodes("\xF4\x8F\xBF\xBF", 4, 0x10FFFF));
	CHECK(invalid("\x80", 1) && invalid("\xBF", 1) && invalid("\xC0\x80", 2) && invalid("\xC1\xBF", 2)
		&& invalid("\xC3", 1));
	CHECK(invalid("\xC3\x41", 2) && invalid("\xE0\x9F\xBF", 3) && invalid("\xED\xA0\x80", 3)
		&& invalid("\xED\xBF\xBF", 3));
	CHECK(invalid("\xE2\x84", 2) && invalid("\xE2\x84\x41", 3) && invalid("\xF0\x8F\xBF\xBF", 4)
		&& invalid("\xF4\x90\x80\x80", 4));
	CHECK(invalid("\xF0\x9F\x98", 3) && invalid("\xF0\x9F\x98\x41", 4) && invalid("\xF5\x80\x80\x80", 4)
		&& invalid("\xFF", 1) && invalid("\xFE", 1));
	CHECK(text_utf8_valid("", 0) && text_utf8_valid("Ғәлиә", 10) && !text_utf8_valid("Ғәлиә", 9));
	CHECK_INT(text_length(LITERAL("Ғә😀\xFF" "a")), 5);
}

static void every_character_comes_back(void)
{
	uint32_t back;
	bool valid;

	for (uint32_t cp = 0; cp < 0x110000; cp += cp == 0xD7FF ? 0x801 : 1) {
		buf_reset(&out);
		text_put(&out, cp);
		if (text_next(out.data, out.len, &back, &valid) != out.len || !valid || back != cp) {
			CHECK_INT(back, cp);
			return;
		}
	}
}

static bool refused(const char *s, size_t len, bool multiline, const char *words)
{
	struct err e = ERR_INIT;

	if (!CHECK(text_check(s, len, multiline, &e) == -1 && e.code == ERR_REFUSED
			&& strstr(e.text, words) != NULL))
		test_note("  %s", e.text);
	return e.code == ERR_REFUSED;
}

static void checking(void)
{
	CHECK(text_check(LITERAL(""), false, NULL) == 0
		&& text_check(LITERAL("Ғәлиә №1 😀\xC2\xA0"), false, NULL) == 0);
	CHECK(text_check(LITERAL("a\n\tb"), true, NULL) == 0);
	refused(LITERAL("a\nb"), false, "line break");
	refused(LITERAL("a\tb"), false, "U+0009");
	refused(LITERAL("a\rb"), true, "U+000D");
	refused(LITERAL("Ға\x1B[2J"), true, "character 3 is a control character (U+001B)");
	refused(LITERAL("a\0b"), true, "U+0000");
	refused(LITERAL("\x7F"), true, "U+007F");
	refused(LITERAL("\xC2\x80"), true, "U+0080");
	refused(LITERAL("\xC2\x9F"), true, "U+009F");
	refused(LITERAL("яя\xD1"), true, "character 3 is not valid UTF-8");
	refused(LITERAL("\xED\xA0\x80"), true, "not valid UTF-8");
}

static const char *cleaned(const char *s, bool multiline)
{
	buf_reset(&out);
	text_clean(s, strlen(s), multiline, &out);
	return out.data;
}

static void cleaning(void)
{
	CHECK_STR(cleaned("  Галимова \t Айгуль\u00A0\u00A0Р. \r\n", false), "Галимова Айгуль Р.");
	CHECK_STR(cleaned("", false), "");
	CHECK_STR(cleaned(" \n\u2003 ", true), "");
	CHECK_STR(cleaned("a\nb", false), "a b");
	CHECK_STR(cleaned("\n a  b \r\n  c\n\n d\n", true), "a b\nc\n\nd");
	CHECK_STR(cleaned("Е\u0308лкин Сергеи\u0306 е\u0308И\u0306", false), "Ёлкин Сергей ёЙ");
	CHECK_STR(cleaned("а\u0301 е\u0301", false), "а\u0301 е\u0301");
	CHECK_STR(cleaned("a\xFF b\xD0", false), "a\xFF b\xD0");
	buf_adds(&out, " ");
	text_clean("  x", 3, false, &out);
	CHECK_STR(out.data, "a\xFF b\xD0 x");
}

static void cleaning_twice_changes_nothing(void)
{
	static const char *const parts[] = { " ", "\n", "\t", "\r", "\u00A0", "е", "\u0308", "и", "\u0306", "Ғ",
		"a", "\xFF", "\xD0" };
	char text[64];

	for (int i = 0; i < 50000; i++) {
		bool multiline = test_random() % 2;
		struct buf once = BUF_INIT;
		size_t len = 0;

		while (len < 40) {
			const char *part = parts[test_random() % (sizeof parts / sizeof *parts)];

			memcpy(text + len, part, strlen(part));
			len += strlen(part);
		}
		text_clean(text, len, multiline, &once);
		buf_reset(&out);
		text_clean(once.data, once.len, multiline, &out);
		if (!CHECK_MEM(out.data, out.len, once.data, once.len))
			i = 50000;
		buf_release(&once);
	}
}

static void widths(void)
{
	CHECK(text_char_width('a') == 1 && text_char_width(0x0493) == 1 && text_char_width(0x2116) == 1
		&& text_char_width(0x2588) == 1);
	CHECK(text_char_width(0x0301) == 0 && text_char_width(0x0306) == 0 && text_char_width(0x200B) == 0
		&& text_char_width(0xFE0F) == 0);
	CHECK(text_char_width(0x4E2D) == 2 && text_char_width(0xAC00) == 2 && text_char_width(0x1F600) == 2
		&& text_char_width(0xFF21) == 2);
	CHECK(text_char_width(0xAD) == 1 && text_char_width(0x0484) == 0 && text_char_width(0x10FFFF) == 1
		&& text_char_width(0xE0100) == 0);
	CHECK_INT(text_width(LITERAL("Ғәлиә")), 5);
	CHECK_INT(text_width(LITERAL("и\u0306中\xFF")), 4);
	CHECK_INT(text_width(LITERAL("")), 0);
}

static void fitting(void)
{
	CHECK_INT(text_fit("Ғәлиә", 10, 3), 6);
	CHECK_INT(text_fit("Ғәлиә", 10, 5), 10);
	CHECK_INT(text_fit("Ғәлиә", 10, 99), 10);
	CHECK_INT(text_fit("Ғәлиә", 10, 0), 0);
	CHECK_INT(text_fit("Ғәлиә", 10, -1), 0);
	CHECK_INT(text_fit("и\u0306и\u0306", 8, 1), 4);		/* the mark stays with its letter */
	CHECK_INT(text_fit("中中", 6, 3), 3);
	CHECK_INT(text_fit("\xFF\xFF\xFF", 3, 2), 2);
}

static const char *escaped(const char *s, size_t len)
{
	buf_reset(&out);
	text_escape(s, len, &out);
	return out.data;
}

static void escaping(void)
{
	CHECK_STR(escaped(LITERAL("Ғәлиә «№» 😀 \\")), "Ғәлиә «№» 😀 \\");
	CHECK_STR(escaped(LITERAL("a\nb\tc\r\x1B[2J\0\x7F")), "a\\nb\\tc\\x0D\\x1B[2J\\x00\\x7F");
	CHECK_STR(escaped(LITERAL("\xC2\x9B\xC2\x85")), "\\u{009B}\\u{0085}");
	CHECK_STR(escaped(LITERAL("\u202A\u202E\u2066\u2069\u2028\u2029\u200B\u200D\u200F\uFEFF\u061C\u2060")),
		"\\u{202A}\\u{202E}\\u{2066}\\u{2069}\\u{2028}\\u{2029}\\u{200B}\\u{200D}\\u{200F}\\u{FEFF}\\u{061C}\\u{2060}");
	CHECK_STR(escaped(LITERAL("\xFF\xD0")), "\\xFF\\xD0");
	CHECK_STR(escaped(LITERAL("\xED\xA0\x80")), "\\xED\\xA0\\x80");
	buf_reset(&out);
	text_escape_tsv("a\\n\tb\n", 6, &out);
	CHECK_STR(out.data, "a\\\\n\\tb\\n");
}

static void what_is_escaped_is_safe(void)
{
	char text[64];
	uint32_t cp;
	bool valid;

	for (int i = 0; i < 50000; i++) {
		size_t len = test_random() % sizeof text;

		for (size_t k = 0; k < len; k++)
			text[k] = (char)(test_random() % 4 ? test_random() : 0xE2808000 >> 8 * (test_random() % 4));
		escaped(text, len);
		for (size_t k = 0; k < out.len;) {
			k += text_next(out.data + k, out.len - k, &cp, &valid);
			if (!CHECK(valid && !text_char_unsafe(cp)))
				return;
		}
	}
}

static void from_windows(void)
{
	struct err e = ERR_INIT;
	unsigned char all[256];
	size_t n = 0;

	buf_reset(&out);
	CHECK_INT(text_from_cp1251(LITERAL("\xC0\xDF\xE0\xFF\xA8\xB8\xB9\xAB\xBB\x97\x85\x41\xA0\xAD\x88\xBF"),
		&out, &e), 0);
	CHECK_STR(out.data, "АЯаяЁё№«»—…A\u00A0\u00AD€ї");
	CHECK_INT(text_from_cp1251(LITERAL("ab\x98"), &out, &e), -1);
	CHECK(e.code == ERR_REFUSED && strstr(e.text, "byte 3 ") != NULL);
	CHECK_STR(out.data, "АЯаяЁё№«»—…A\u00A0\u00AD€ї");
	for (int c = 0; c < 256; c++)
		if (c != 0x98)
			all[n++] = (unsigned char)c;
	buf_reset(&out);
	CHECK_INT(text_from_cp1251((char *)all, n, &out, &e), 0);
	CHECK(text_utf8_valid(out.data, out.len) && text_length(out.data, out.len) == 255);
}

static const struct test tests[] = {
	TEST(decoding), TEST(every_character_comes_back), TEST(checking), TEST(cleaning),
	TEST(cleaning_twice_changes_nothing), TEST(widths),
	TEST(fitting), TEST(escaping), TEST(what_is_escaped_is_safe), TEST(from_windows), TEST_END
};

int main(int argc, char **argv)
{
	int result = test_main(argc, argv, tests);

	buf_release(&out);
	return result;
}
