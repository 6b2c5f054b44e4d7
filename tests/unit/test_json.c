#include "base/json.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "tests/unit/test.h"

/* Whether a text is one well-formed value. The text lies in memory of exactly its length, so that a sanitizer
 * sees a step too far. */
static bool accepts(const char *text, size_t len)
{
	char *copy = malloc(len > 0 ? len : 1);
	struct json j;
	bool ok;

	memcpy(copy, text, len);
	json_open(&j, copy, len);
	ok = json_skip(&j, NULL, NULL) == 0 && json_finish(&j) == 0;
	CHECK(ok == !j.failed && (ok || j.problem != NULL));
	json_close(&j);
	free(copy);
	return ok;
}

static void well_formed(void)
{
	static const char *const texts[] = {
		"null", "true", "false", "0", "-1", "9223372036854775807", "-9223372036854775808", "-0", "\"\"",
		"[]", "{}", " [ ] ", "\t{\r\n}\n",
		"[1,2]", "[[],{}]", "{\"a\":1,\"b\":[true,null]}", "{\"\":\"\"}",
		"[ 1 , \"x\" , { \"k\" : [ ] } ]",
		"\"Ғәлиә\"", "\"№ 😀 \xC2\xA0\"", "\"\\u0413\\u04D9\\ud83d\\ude00\\n\\t\\/\\\\\\\"\"",
		"\"\\u000a\\u0009\"", "\"\\uFEFF\\u202e\"",
		"{\"a\":{\"a\":{\"a\":[{}]}}}",
	};

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		if (!CHECK(accepts(texts[i], strlen(texts[i]))))
			test_note("  %s", texts[i]);
}

static void ill_formed(void)
{
	static const char *const texts[] = {
		"", " ", "nul", "nulll", "True", "tru", "falsy", "x", "[", "]", "{", "}", "[1", "[1,", "[1,]",
		"[,1]", "[1 2]", "[1]]", "[1}", "{]",
		"{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{,\"a\":1}", "{a:1}", "{1:1}", "{\"a\":1 \"b\":2}",
		"{\"a\"1}", "{\"a\":1", "{\"a\":1]",
		"{\"a\":1:2}", "{null:1}", "1 2", "1,", ",", ":", "[:]", "[1:2]", "01", "-01", "-", "+1", "1.0",
		"1e5", "1E5", "0.5", ".5", "0x1", "1a",
		"9223372036854775808", "-9223372036854775809", "99999999999999999999999999", "NaN", "Infinity",
		"--1",
		"\"", "\"a", "'a'", "\"\\\"", "\"\\", "\"\\u", "\"\\u12", "\"\\u123\"", "\"\\u12g4\"",
		"\"\\x41\"", "\"\\a\"", "\"\\U0041\"",
		"\"\\b\"", "\"\\f\"", "\"\\r\"", "\"\\u0000\"", "\"\\u001b\"", "\"\\u000d\"", "\"\\u007f\"",
		"\"\\u0080\"", "\"\\u009b\"",
		"\"\n\"", "\"\t\"", "\"\x1B[2J\"", "\"\x7F\"", "\"\xC2\x80\"", "\"\xC2\x9B\"", "\"\x80\"",
		"\"\xC3\"", "\"\xC3", "\"\xC0\xAF\"",
		"\"\xE0\x80\x80\"", "\"\xED\xA0\x80\"", "\"\xF4\x90\x80\x80\"", "\"\xF5\x80\x80\x80\"",
		"\"\xE2\x82\"", "\"\xF0\x9F\x98\"", "\"\xFF\"",
		"\"\\ud83d\"", "\"\\ude00\"", "\"\\ude00\\ud83d\"", "\"\\ud83d\\n\"", "\"\\ud83d\\u0041\"",
		"\"\\ud83dx\\ude00\"", "\"\\ud83d\\ud83d\"",
		"\xEF\xBB\xBF[]", "[]//", "/**/[]", "[1,\v2]", "[\xC2\xA0]", "{\"\x01\":1}", "{\"\\u0001\":1}", "[] x",
		"\"a\" \"b\"", "[tru]", "[nullnull]",
	};

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		if (!CHECK(!accepts(texts[i], strlen(texts[i]))))
			test_note("  %s", texts[i]);
	CHECK(!accepts("\"a\0b\"", 5));
	CHECK(!accepts("1\0", 2));
	CHECK(!accepts("[1,2\0]", 6));
}

static void depth_is_limited(void)
{
	char text[200000];

	for (int d = 30; d <= 34; d++) {
		memset(text, '[', (size_t)d);
		memset(text + d, ']', (size_t)d);
		CHECK(accepts(text, 2 * (size_t)d) == (d <= 32));
	}
	memset(text, '[', sizeof text);
	CHECK(!accepts(text, sizeof text));
	for (size_t i = 0; i + 5 <= sizeof text; i += 5)
		memcpy(text + i, "{\"a\":", 5);
	CHECK(!accepts(text, sizeof text));
	CHECK(accepts("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[{\"a\":1}]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]", 69));
}

static void every_cut_is_noticed(void)
{
	static const char text[] = "{\"rec\":\"ops\",\"v\":[1,-20,null,\"Ғә\\u04d9\\ud83d\\ude00\",{\"k\":true}],\"x\":false}";

	CHECK(accepts(text, sizeof text - 1));
	for (size_t n = 0; n < sizeof text - 1; n++)
		CHECK(!accepts(text, n));
}

static bool is_string(struct json *j, const char *want)
{
	const char *s;
	size_t len;

	return CHECK(json_read_string(j, &s, &len) == 0) && CHECK_MEM(s, len, want, strlen(want));
}

static void an_operation_is_walked(void)
{
	static const char text[] = " [12,3,0,\"k3x9q2mv-12\",[\"Имя\",\"+79170000001\",null,5,\"a\\nb\"] ] ";
	struct json j;
	int64_t v;

	json_open(&j, text, sizeof text - 1);
	CHECK(json_peek(&j) == JSON_ARRAY && json_peek(&j) == JSON_ARRAY);
	CHECK_INT(json_enter(&j, JSON_ARRAY), 0);
	CHECK(json_read_int(&j, &v) == 0 && v == 12);
	CHECK(json_peek(&j) == JSON_INT && json_peek(&j) == JSON_INT);
	CHECK(json_read_int(&j, &v) == 0 && v == 3);
	CHECK(json_read_int(&j, &v) == 0 && v == 0);
	is_string(&j, "k3x9q2mv-12");
	CHECK_INT(json_enter(&j, JSON_ARRAY), 0);
	is_string(&j, "Имя");
	is_string(&j, "+79170000001");
	CHECK(json_peek(&j) == JSON_NULL && json_skip(&j, NULL, NULL) == 0);
	CHECK(json_read_int(&j, &v) == 0 && v == 5);
	is_string(&j, "a\nb");
	CHECK(json_peek(&j) == JSON_END && json_peek(&j) == JSON_END && !j.failed);
	CHECK_INT(json_leave(&j), 0);
	CHECK(json_peek(&j) == JSON_END && !j.failed);
	CHECK_INT(json_leave(&j), 0);
	CHECK(json_peek(&j) == JSON_END && !j.failed);
	CHECK_INT(json_finish(&j), 0);
	json_close(&j);
}

static void plain_strings_are_not_copied(void)
{
	static const char text[] = "[\"Ғәлиә\",\"\\u0041\"]";
	const char *s;
	struct json j;
	size_t len;

	json_open(&j, text, sizeof text - 1);
	CHECK_INT(json_enter(&j, JSON_ARRAY), 0);
	CHECK_INT(json_read_string(&j, &s, &len), 0);
	CHECK(s == text + 2 && j.scratch.cap == 0);
	is_string(&j, "A");
	json_close(&j);
}

static void keys_and_values(void)
{
	static const char text[] = "{ \"a\" : 1 , \"\\u0431\" : [ ] , \"c\":\"d\" }";
	const char *s;
	struct json j;
	int64_t v;
	size_t len;

	json_open(&j, text, sizeof text - 1);
	CHECK_INT(json_enter(&j, JSON_OBJECT), 0);
	CHECK(json_read_key(&j, &s, &len) == 0 && len == 1 && *s == 'a');
	CHECK(json_peek(&j) == JSON_INT && json_read_int(&j, &v) == 0 && v == 1);
	CHECK(json_read_key(&j, &s, &len) == 0);
	CHECK_MEM(s, len, "б", 2);
	CHECK(json_enter(&j, JSON_ARRAY) == 0 && json_leave(&j) == 0);
	CHECK(json_read_key(&j, &s, &len) == 0 && len == 1 && *s == 'c');
	is_string(&j, "d");
	CHECK_INT(json_read_key(&j, &s, &len), 1);
	CHECK_INT(json_read_key(&j, &s, &len), 1);
	CHECK(json_peek(&j) == JSON_END && !j.failed);
	CHECK(json_leave(&j) == 0 && json_finish(&j) == 0);
	json_close(&j);
}

/* A wrong turn of the walk fails, and what failed stays failed. */
static void failures_stick(void)
{
	struct err e = ERR_INIT;
	const char *s;
	struct json j;
	int64_t v = 7;
	size_t len;

	json_open(&j, "[\"a\",1]", 7);
	CHECK_INT(json_enter(&j, JSON_OBJECT), -1);
	CHECK(json_enter(&j, JSON_ARRAY) == -1 && json_read_int(&j, &v) == -1
		&& json_read_string(&j, &s, &len) == -1);
	CHECK(json_read_key(&j, &s, &len) == -1 && json_skip(&j, &s, &len) == -1 && json_leave(&j) == -1
		&& json_finish(&j) == -1);
	CHECK(json_peek(&j) == JSON_END && j.failed);
	CHECK_INT(json_error(&j, ERR_DAMAGED, &e), -1);
	CHECK(e.code == ERR_DAMAGED);
	CHECK_STR(e.text, "byte 0: an object was expected");
	json_close(&j);

	json_open(&j, "[\"a\",1]", 7);
	/* something stands before the bracket */
	CHECK(json_enter(&j, JSON_ARRAY) == 0 && json_leave(&j) == -1);
	json_close(&j);
	json_open(&j, "[\"a\",1]", 7);
	CHECK(json_enter(&j, JSON_ARRAY) == 0 && json_read_int(&j, &v) == -1 && v == 7);
	json_close(&j);
	json_open(&j, "[]", 2);
	CHECK(json_enter(&j, JSON_ARRAY) == 0 && json_read_int(&j, &v) == -1);
	json_close(&j);
	json_open(&j, "[]", 2);
	CHECK(json_enter(&j, JSON_ARRAY) == 0 && json_skip(&j, NULL, NULL) == -1);
	json_close(&j);
	json_open(&j, "{\"a\":1}", 7);
	/* the key is not a value */
	CHECK(json_enter(&j, JSON_OBJECT) == 0 && json_read_string(&j, &s, &len) == -1);
	json_close(&j);
	json_open(&j, "{\"a\":1}", 7);
	CHECK(json_enter(&j, JSON_OBJECT) == 0 && json_read_key(&j, &s, &len) == 0 && json_leave(&j) == -1);
	json_close(&j);
	json_open(&j, "[1]", 3);
	CHECK(json_enter(&j, JSON_ARRAY) == 0 && json_read_key(&j, &s, &len) == -1);
	json_close(&j);
	json_open(&j, "[1]", 3);
	CHECK(json_enter(&j, JSON_ARRAY) == 0 && json_finish(&j) == -1);
	json_close(&j);
}

static void spans_of_raw_text(void)
{
	static const char text[] = "[1, {\"a\": [2, \"]\"]} ,\"x\"]";
	const char *raw;
	struct json j;
	int64_t v;
	size_t len;

	json_open(&j, text, sizeof text - 1);
	CHECK(json_enter(&j, JSON_ARRAY) == 0 && json_read_int(&j, &v) == 0);
	CHECK_INT(json_skip(&j, &raw, &len), 0);
	CHECK_MEM(raw, len, "{\"a\": [2, \"]\"]}", 15);
	CHECK_INT(json_skip(&j, &raw, &len), 0);
	CHECK_MEM(raw, len, "\"x\"", 3);
	CHECK(json_leave(&j) == 0 && json_finish(&j) == 0);
	json_close(&j);
}

static const char *const keys[] = { "rec", "seq", "dev", NULL };

static int read_object(const char *text, bool others, struct json_span values[3])
{
	struct json j;
	int result;

	json_open(&j, text, strlen(text));
	result = json_object(&j, keys, values, others);
	if (result == 0)
		result = json_finish(&j);
	json_close(&j);
	return result;
}

static void objects_with_known_keys(void)
{
	struct json_span v[3];
	struct buf b = BUF_INIT, many = BUF_INIT;
	int64_t n = 0;

	CHECK_INT(read_object("{\"seq\": 12 ,\"rec\":\"\\u043ep\\ns\"}", false, v), 0);
	CHECK(json_span_int(v[1], &n) == 0 && n == 12);
	CHECK_INT(json_span_string(v[0], &b), 0);
	CHECK_STR(b.data, "оp\ns");
	CHECK(v[2].p == NULL && json_span_int(v[2], &n) == -1 && json_span_string(v[2], &b) == -1);
	CHECK(json_span_int(v[0], &n) == -1 && json_span_string(v[1], &b) == -1);
	CHECK_INT(read_object("{}", false, v), 0);
	CHECK_INT(read_object("{\"seq\":1,\"seq\":1}", false, v), -1);
	CHECK_INT(read_object("{\"seq\":1,\"s\\u0065q\":1}", true, v), -1);
	CHECK_INT(read_object("{\"seq\":1,\"new\":{}}", false, v), -1);
	CHECK_INT(read_object("{\"seq\":1,\"new\":{}}", true, v), 0);
	CHECK_INT(read_object("{\"new\":1,\"seq\":1,\"n\\u0065w\":2}", true, v), -1);
	CHECK_INT(read_object("{\"new\":[}", true, v), -1);
	CHECK_INT(read_object("[]", true, v), -1);
	CHECK_INT(read_object("{\"seq\":1", true, v), -1);
	for (int count = JSON_OTHERS_MAX; count <= JSON_OTHERS_MAX + 1; count++) {
		buf_reset(&many);
		buf_addc(&many, '{');
		for (int i = 0; i < count; i++) {
			json_key(&many, i % 2 ? "odd" : "even");
			buf_cut(&many, many.len - 2);
			buf_addf(&many, "%d\":0", i);
		}
		buf_addc(&many, '}');
		CHECK_INT(read_object(many.data, true, v), count <= JSON_OTHERS_MAX ? 0 : -1);
	}
	buf_release(&b);
	buf_release(&many);
}

static void written(void)
{
	struct buf b = BUF_INIT;

	buf_addc(&b, '{');
	json_key(&b, "name");
	json_strings(&b, "Ғәлиә \"Х\\Ы\"\n\t");
	json_key(&b, "n");
	json_int(&b, INT64_MIN);
	json_key(&b, "list");
	buf_adds(&b, "[");
	json_strings(&b, NULL);
	buf_adds(&b, "]");
	json_key(&b, "o");
	buf_adds(&b, "{");
	json_key(&b, "k");
	buf_adds(&b, "true}}");
	CHECK_STR(b.data, "{\"name\":\"Ғәлиә \\\"Х\\\\Ы\\\"\\n\\t\",\"n\":-9223372036854775808,\"list\":[null],\"o\":{\"k\":true}}");
	CHECK(accepts(b.data, b.len));
	buf_reset(&b);
	json_strings(&b, "\x1B[2J\x7F\xC2\x9B\u202E\u2066\u200B\u2028\uFEFF\u061C\u00A0—№");
	CHECK_STR(b.data, "\"\\u001b[2J\\u007f\\u009b\\u202e\\u2066\\u200b\\u2028\\ufeff\\u061c\u00A0—№\"");
	buf_reset(&b);
	json_string(&b, "", 0);
	CHECK_STR(b.data, "\"\"");
	buf_release(&b);
}

/* A character that text fields may hold. */
static uint32_t random_char(void)
{
	static const uint32_t tops[] = { 0x80, 0x800, 0x10000, 0x110000 };
	uint32_t cp;

	do
		cp = (uint32_t)(test_random() % tops[test_random() % 4]);
	while ((cp < 0x20 && cp != '\n' && cp != '\t') || (cp >= 0x7F && cp < 0xA0)
			|| (cp >= 0xD800 && cp < 0xE000));
	return cp;
}

static void what_is_written_is_read(void)
{
	struct buf text = BUF_INIT, out = BUF_INIT;

	for (int round = 0; round < 20000; round++) {
		size_t count = test_random() % 30, len;
		const char *s;
		struct json j;

		buf_reset(&text);
		buf_reset(&out);
		for (size_t i = 0; i < count; i++)
			text_put(&text, random_char());
		json_string(&out, text.data, text.len);
		json_open(&j, out.data, out.len);
		if (!CHECK(json_read_string(&j, &s, &len) == 0 && json_finish(&j) == 0)
				|| !CHECK_MEM(s, len, text.data, text.len))
			round = 20000;
		json_close(&j);
	}
	buf_release(&text);
	buf_release(&out);
}

static void all_numbers(void)
{
	struct buf b = BUF_INIT;

	for (int i = 0; i < 50000; i++) {
		int64_t n = (int64_t)(test_random() >> (test_random() % 64)), back = 0;

		n = test_random() % 2 ? n : -(n & INT64_MAX);
		buf_reset(&b);
		json_int(&b, n);
		if (!CHECK(json_span_int((struct json_span){ b.data, b.len }, &back) == 0 && back == n))
			break;
	}
	buf_release(&b);
}

/* Well-formed texts with bytes changed: never a crash, and what is still accepted holds no control character. */
static void mutations(void)
{
	static const char seed[] = "{\"rec\":\"ops\",\"dev\":\"k3x9q2mv\",\"ops\":[[12,3,0,\"k-1\",[\"Имя\\u0301\\ud83d\\ude00\",null,-5]],true]}";
	static const char alphabet[] = "{}[],:\"\\u0dn1-e. \x80\xC2\xED\xF4\x1B";
	char text[sizeof seed + 4];

	for (int i = 0; i < 200000; i++) {
		size_t len = sizeof seed - 1;

		memcpy(text, seed, len);
		for (uint64_t k = 1 + test_random() % 3; k > 0; k--) {
			size_t at = test_random() % len;

			switch (test_random() % 3) {
			case 0:
				text[at] = alphabet[test_random() % (sizeof alphabet - 1)];
				break;
			case 1:
				memmove(text + at, text + at + 1, len - at - 1);
				len--;
				break;
			default:
				memmove(text + at + 1, text + at, len - at);
				text[at] = (char)test_random();
				len++;
			}
		}
		if (!accepts(text, len))
			continue;
		for (size_t at = 0; at < len; at++)
			/* white space of JSON, not of text */
			text[at] = text[at] == '\r' ? ' ' : text[at];
		if (!CHECK(text_utf8_valid(text, len) && text_check(text, len, true, NULL) == 0))
			return;
	}
}

static const struct test tests[] = {
	TEST(well_formed), TEST(ill_formed), TEST(depth_is_limited), TEST(every_cut_is_noticed),
	TEST(an_operation_is_walked),
	TEST(plain_strings_are_not_copied), TEST(keys_and_values), TEST(failures_stick), TEST(spans_of_raw_text),
	TEST(objects_with_known_keys), TEST(written), TEST(what_is_written_is_read), TEST(all_numbers),
	TEST(mutations), TEST_END
};

int main(int argc, char **argv)
{
	return test_main(argc, argv, tests);
}
