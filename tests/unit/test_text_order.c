/* Case, folding for search, sorting, and what counts as the same. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "tests/unit/test.h"

static struct buf out = BUF_INIT;		/* what the function under test appended */

static void cases(void)
{
	static const char capitals[] = "ЁЖ ҒҘЖҖҠҢӨҪҮҺӘ ІЇ ABCÉŽ ß\xFF";

	buf_reset(&out);
	text_lower(capitals, sizeof capitals - 1, &out);
	CHECK_STR(out.data, "ёж ғҙжҗҡңөҫүһә ії abcéž ß\xFF");
	CHECK(text_char_upper(0x04D9) == 0x04D8 && text_char_upper('z') == 'Z'
		&& text_char_upper(0x0451) == 0x0401);
	CHECK(text_char_upper(0xFF) == 0x178 && text_char_lower(0x178) == 0xFF && text_char_upper(0xDF) == 0xDF);
	CHECK(text_char_lower(0x0130) == 0x0130 && text_char_lower(0xD7) == 0xD7 && text_char_upper(0xF7) == 0xF7);
	CHECK(text_char_lower(0x04C0) == 0x04CF && text_char_lower(0x04C1) == 0x04C2
		&& text_char_upper(0x04CF) == 0x04C0);
}

static void lower_and_upper_agree(void)
{
	for (uint32_t cp = 0; cp < 0x3000; cp++) {
		uint32_t low = text_char_lower(cp), up = text_char_upper(cp);
		char bytes[4];

		CHECK(text_encode(bytes, low) - bytes == text_encode(bytes, cp) - bytes);
		if (!CHECK(text_char_lower(low) == low && text_char_upper(up) == up
				&& (low == cp || text_char_upper(low) == cp)
				&& (up == cp || text_char_lower(up) == cp))) {
			test_note("  U+%04X", (unsigned)cp);
			return;
		}
	}
}

static const char *fold(const char *s)
{
	buf_reset(&out);
	text_fold(s, strlen(s), &out);
	return out.data;
}

static void folding(void)
{
	CHECK_STR(fold("Ғәлиә"), "галиа");
	CHECK_STR(fold("галия"), "галиа");
	CHECK_STR(fold("ЁЭӘЯӨҮЮҒҠҘҪҢҺҖ"), "ееааоуугкзснхж");
	CHECK_STR(fold("ёэәяөүюғҡҙҫңһҗ"), "ееааоуугкзснхж");
	CHECK_STR(fold("ООО «Родник» — №1, (Уфа)!"), "ооо родник 1 уфа");
	CHECK_STR(fold("A.b-C_d+E@f"), "a.b-c_d+e@f");
	CHECK_STR(fold("+7 (917) 000-00-01"), "+7 917 000-00-01");
	CHECK_STR(fold("  a \n\t b  "), "a b");
	CHECK_STR(fold(""), "");
	CHECK_STR(fold("«»"), "");
	CHECK_STR(fold("José Ångström Ӗмӗр Сергей"), "jose angstrom емер сергей");
	CHECK_STR(fold("Ÿ"), "y");
	CHECK_STR(fold("е\u0308ж а\u0301"), "еж а");
	CHECK_STR(fold("中文 😀"), "中文 😀");
	CHECK_STR(fold("a\xFF\xD0z"), "a z");
	buf_reset(&out);
	buf_adds(&out, "x");
	text_fold(" Я ", 4, &out);
	CHECK_STR(out.data, "xа");
}

static int compare_keys(const char *a, const char *b)
{
	struct buf x = BUF_INIT, y = BUF_INIT;
	int order;

	text_sort_key(a, strlen(a), &x);
	text_sort_key(b, strlen(b), &y);
	order = memcmp(x.data, y.data, (x.len < y.len ? x.len : y.len) + 1);
	buf_release(&x);
	buf_release(&y);
	return order < 0 ? -1 : order > 0;
}

/* Each of a list stands before the next. */
static void check_ascending(const char *const *list, size_t count)
{
	for (size_t i = 0; i + 1 < count; i++)
		if (!CHECK_INT(compare_keys(list[i], list[i + 1]), -1))
			test_note("  \"%s\" and \"%s\"", list[i], list[i + 1]);
}

#define ASCENDING(...) do { \
		static const char *const list_[] = { __VA_ARGS__ }; \
		check_ascending(list_, sizeof list_ / sizeof *list_); \
	} while (0)

static void alphabet(void)
{
	ASCENDING("", "0", "1", "9", "а", "б", "в", "г", "ғ", "д", "ҙ", "е", "ё", "ж", "җ", "з", "и", "й", "к",
		"ҡ", "л", "м", "н", "ң", "о", "ө",
		"п", "р", "с", "ҫ", "т", "у", "ү", "ф", "х", "һ", "ц", "ч", "ш", "щ", "ъ", "ы", "ь", "э", "ә",
		"ю", "я", "a", "b", "z", "Ω", "中", "😀");
}

static void names(void)
{
	ASCENDING("Галимов Ян", "Галимова Айгуль", "Галимова Айгуль Рустамовна", "Галимова Ә", "Галин",
		"Ғилманов", "Ғәлиә", "Давлетов",
		"Елкин", "Еремин", "Ёлкин", "Жуков", "Ҡадир", "Ләйсән", "Яхин", "Smith");
	ASCENDING("Иванов Яков", "Иванов-Алексеев", "Иванова");
	ASCENDING("АНО «Б»", "АНО Родник", "АНО «Ялкын»", "Анонимов");
	ASCENDING("Школа 2", "Школа 5", "Школа №9", "Школа А");
}

static void case_only_when_all_else_is_equal(void)
{
	CHECK_INT(compare_keys("галимова", "Галимова"), 1);
	CHECK_INT(compare_keys("ГАЛИМОВ", "Галимова"), -1);
	CHECK_INT(compare_keys("галимов ян", "Галимов Янбай"), -1);
	CHECK_INT(compare_keys("Галимов Ян", "ГАЛИМОВ ЯН"), -1);
	CHECK_INT(compare_keys("ГАЛИМОВ ян", "ГАЛИМОВ Ян"), 1);
	CHECK_INT(compare_keys("«Родник»", "  Родник "), 0);
	CHECK_INT(compare_keys("О'Нил", "О’Нил"), 0);
	CHECK_INT(compare_keys("Абв", "аБв") == 0 || compare_keys("аБв", "абВ") == 0, 0);
}

static void keys_are_short(void)
{
	buf_reset(&out);
	text_sort_key("Ғәлиәскәров-Ян Хәйретдин", strlen("Ғәлиәскәров-Ян Хәйретдин"), &out);
	CHECK_INT(out.len, 24);
	buf_reset(&out);
	text_sort_key("«», .", strlen("«», ."), &out);
	CHECK_STR(out.data, "");
	text_sort_key("Уфа", 6, &out);
	text_sort_key("", 0, &out);
	CHECK_INT(out.len, 3);
}

/* Any bytes give printable ASCII; equal letters give equal keys up to the case; the order is that of the small
 * letters first. */
static void hostile_keys(void)
{
	static const char *const parts[] = { "Ғ", "ғ", "А", "а", "Z", "z", " ", "-", "«", "7", "\xFF", "\xD0",
		"\xF0\x9F\x98\x80", "Ω", "\u0301", "\xE2\x80" };
	char text[80];
	struct buf low = BUF_INIT, low_key = BUF_INIT;

	for (int i = 0; i < 50000; i++) {
		size_t len = 0, most = test_random() % 70, shared;
		char *copy;

		while (len < most) {
			const char *part = parts[test_random() % (sizeof parts / sizeof *parts)];

			memcpy(text + len, part, strlen(part));
			len += strlen(part);
		}
		copy = malloc(len > 0 ? len : 1);
		memcpy(copy, text, len);
		buf_release(&out);
		text_sort_key(copy, len, &out);
		buf_reset(&low);
		buf_reset(&low_key);
		text_lower(copy, len, &low);
		text_sort_key(low.data, low.len, &low_key);
		free(copy);
		shared = strcspn(out.data, " ");
		if (!CHECK(strcspn(low_key.data, " ") == shared && memcmp(out.data, low_key.data, shared) == 0))
			break;
		for (size_t k = 0; k < out.len; k++)
			if (!CHECK(out.data[k] >= 0x20 && out.data[k] < 0x7F))
				i = 50000;
	}
	buf_release(&low);
	buf_release(&low_key);
}

static void folding_twice_changes_nothing(void)
{
	char text[40];
	struct buf once = BUF_INIT;

	for (int i = 0; i < 50000; i++) {
		size_t len = test_random() % sizeof text;

		for (size_t k = 0; k < len; k++)
			text[k] = (char)(test_random() % 2 ? 0xD0 + test_random() % 4 : test_random());
		buf_release(&once);
		buf_release(&out);
		text_fold(text, len, &once);
		text_fold(once.data, once.len, &out);
		if (!CHECK(once.len <= len) || !CHECK(text_utf8_valid(once.data, once.len))
				|| !CHECK_MEM(out.data, out.len, once.data, once.len))
			break;
	}
	buf_release(&once);
}

static void the_same_for_a_person(void)
{
	CHECK(text_same("Семёнов  Пётр", " семенов петр "));
	CHECK(text_same("ҒӘЛИӘ", "ғәлиә"));
	CHECK(text_same("Е\u0308лкин", "Елкин") && text_same("", " "));
	CHECK(!text_same("Ғәлиә", "Галия") && !text_same("Иванов", "Иванова") && !text_same("«Х»", "Х"));
}

static void one_script_a_word(void)
{
	static const struct { const char *typed, *want; } cases[] = {
		{ "Cидоpов Ceргей", "Сидоров Сергей" }, { "John Smith", "John Smith" }, { "IT-парк", "IT-парк" },
		{ "Уфa, COOH", "Уфа, COOH" }, { "Иванoв2z", "Иванов2z" }, { "Иванsон Ceн", "Иванsон Сен" }, { "", "" },
		{ "Ҡaдир", "Ҡадир" }, { "«Cад»", "«Сад»" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		buf_reset(&out);
		text_one_script(cases[i].typed, strlen(cases[i].typed), &out);
		CHECK_STR(out.data, cases[i].want);
	}
}

static const struct test tests[] = {
	TEST(cases), TEST(lower_and_upper_agree), TEST(folding), TEST(alphabet), TEST(names),
	TEST(case_only_when_all_else_is_equal),
	TEST(keys_are_short), TEST(hostile_keys), TEST(folding_twice_changes_nothing),
	TEST(the_same_for_a_person), TEST(one_script_a_word), TEST_END
};

int main(int argc, char **argv)
{
	int result = test_main(argc, argv, tests);

	buf_release(&out);
	return result;
}
