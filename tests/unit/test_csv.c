#include "documents/csv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/mem.h"
#include "base/text.h"
#include "tests/unit/records.h"
#include "records/attendance.h"
#include "records/seminar.h"

/* --- reading --- */

static struct csv_table table;

static void read_bytes(const char *data, size_t len, const char *charset)
{
	struct err e = ERR_INIT;
	if (!CHECK_INT(csv_read(data, len, charset, &table, &e), 0))
		test_note("%s", e.text);
}

static void read_ok(const char *text)
{
	read_bytes(text, strlen(text), NULL);
}

static void read_refused(const char *data, size_t len, const char *charset, const char *word)
{
	struct err e = ERR_INIT;
	CHECK_INT(csv_read(data, len, charset, &table, &e), -1);
	CHECK_INT(e.code, ERR_REFUSED);
	if (!CHECK(strstr(e.text, word) != NULL))
		test_note("%s", e.text);
	CHECK(table.row == NULL && table.count == 0);
}

/* "line:cell|cell" a row, joined by blanks. */
static void table_is(const char *want)
{
	struct buf b = BUF_INIT;
	for (int i = 0; i < table.count; i++) {
		buf_addf(&b, "%s%d:", i ? " " : "", table.row[i].line);
		for (int k = 0; k < table.row[i].count; k++)
			buf_addf(&b, "%s%s", k ? "|" : "", table.row[i].cell[k]);
	}
	CHECK_STR(b.data, want);
	buf_release(&b);
	csv_release(&table);
}

static void test_separators(void)
{
	read_ok("a;b;c\n1;2;3\n");
	table_is("1:a|b|c 2:1|2|3");
	read_ok("a,b,c\r\n1,2,3");
	table_is("1:a|b|c 2:1|2|3");
	read_ok("a\tb\tc\n1\t\t3\n\t2\t\n");
	table_is("1:a|b|c 2:1||3 3:|2|");
	read_ok("имя;адрес\nа;г. Уфа, ул. Ленина, д. 5\nб;с. Бураево, ул. Мира, д. 7\n");
	table_is("1:имя|адрес 2:а|г. Уфа, ул. Ленина, д. 5 3:б|с. Бураево, ул. Мира, д. 7");
	read_ok("Список, составлен 14.02, в библиотеке\nимя;телефон\nа;1\nб;2\n");
	table_is("1:Список, составлен 14.02, в библиотеке 2:имя|телефон 3:а|1 4:б|2");
	read_ok("одна\nколонка\n");
	table_is("1:одна 2:колонка");
	read_ok("sep=,\na;1,b\n2;3,4\n");
	table_is("2:a;1|b 3:2;3|4");
	read_ok("");
	table_is("");
	read_ok("\n\n");
	table_is("");
}

static void test_quotes(void)
{
	read_ok("a;\"b;c\";\"d\"\"e\"\n");
	table_is("1:a|b;c|d\"e");
	read_ok("\n\"две\nстроки\";x\r\n\r\n\"три\r\nих\r\nтут\";y\nконец;z\n");
	table_is("2:две\nстроки|x 5:три\nих\nтут|y 8:конец|z");
	read_ok("АНО \"Родник\";x\n1;2\n");
	table_is("1:АНО \"Родник\"|x 2:1|2");
	read_ok("a;b\rc;d\r");
	table_is("1:a|b 2:c|d");
	read_ok("  a  ; \"b\" ;\n");
	table_is("1:a|b|");
	read_refused("a;b\nc;\"d\ne;f\n", 12, NULL, "line 2");
}

static void test_charsets(void)
{
	static const char cp1251[] = "\xd4\xc8\xce;\xf2\xe5\xeb\n\xa8\xeb\xea\xe8\xed;1\n";
	static const char utf16[] = "\xff\xfe\x24\x04";
	read_bytes(cp1251, sizeof cp1251 - 1, NULL);
	table_is("1:ФИО|тел 2:Ёлкин|1");
	read_bytes(cp1251, sizeof cp1251 - 1, "windows-1251");
	table_is("1:ФИО|тел 2:Ёлкин|1");
	read_refused(cp1251, sizeof cp1251 - 1, "utf-8", "UTF-8");
	read_ok("\xef\xbb\xbfимя;ғ\n");
	table_is("1:имя|ғ");
	read_bytes("\xef\xbb\xbf", 3, "utf-8");
	table_is("");
	read_refused(utf16, sizeof utf16 - 1, NULL, "UTF-16");
	read_refused("a\0b", 3, NULL, "zero bytes");
	read_refused("\xef\xbb\xbf\xff", 4, NULL, "UTF-8");
	read_refused("a\x98", 2, NULL, "");
	read_refused("ФИО;тел\nИльин\xff;1\n", 28, NULL, "line 2 ");
	read_refused("a", 1, "koi8-r", "charset");
}

static void test_limits(void)
{
	struct buf b = BUF_INIT;
	for (int i = 0; i < 250; i++)
		buf_addc(&b, ';');
	buf_adds(&b, "\n");
	read_bytes(b.data, b.len, NULL);			/* empty cells at the end of a wide sheet do no harm */
	CHECK_INT(table.count, 1);
	CHECK_INT(table.row[0].count, 200);
	csv_release(&table);
	buf_cut(&b, b.len - 1);
	buf_adds(&b, "x\n");
	read_refused(b.data, b.len, NULL, "200");
	buf_reset(&b);
	for (int i = 0; i <= 1000000; i++)
		buf_adds(&b, "x\n");
	read_refused(b.data, b.len, NULL, "1000000");
	/* Separators alone: each is a cell, and there are as many as there are bytes. */
	buf_reset(&b);
	for (int i = 0; i <= 10000000 / 200; i++) {
		for (int k = 0; k < 199; k++)
			buf_addc(&b, ';');
		buf_addc(&b, '\n');
	}
	read_refused(b.data, b.len, NULL, "10000000 cells");
	buf_release(&b);
}

/* Nothing that bytes can be makes it fail but with words; every cell of what is taken is valid UTF-8. */
static void test_random_bytes(void)
{
	static const char alphabet[] = ";,\t\"\"\"\n\n\rab '\xd0\x90\xc0\xff";
	for (int round = 0; round < 3000; round++) {
		char data[64];
		struct err e = ERR_INIT;
		size_t len = test_random() % sizeof data;
		for (size_t i = 0; i < len; i++)
			data[i] = alphabet[test_random() % (sizeof alphabet - 1)];
		if (csv_read(data, len, NULL, &table, &e) != 0) {
			CHECK(*e.text && e.code == ERR_REFUSED);
			continue;
		}
		for (int i = 0, line = 0; i < table.count; i++) {
			CHECK(table.row[i].count > 0 && table.row[i].line > line);
			line = table.row[i].line;
			for (int k = 0; k < table.row[i].count; k++)
				CHECK(text_utf8_valid(table.row[i].cell[k], strlen(table.row[i].cell[k])));
		}
		csv_release(&table);
	}
}

/* --- writing --- */

static struct store *s;

static void test_export_csv(void)
{
	char id[RECORD_ID_SIZE];
	struct buf out = BUF_INIT, want = BUF_INIT;
	struct err e = ERR_INIT;
	make(s, &organisation_type, id, "name", "=cmd|' /C calc'!A0", "phone", "89170000001", "municipality", "г. Уфа",
	    "note", "первая; \"вторая\"\n-третья", NULL);
	REQUIRE_OK(export_csv(s, &organisation_type, NULL, &out, &e));
	buf_addf(&want, "\xef\xbb\xbfid;Name;Municipality;Phone;Email;Note\r\n%s;'=cmd|' /C calc'!A0;город Уфа;'+79170000001;;"
	    "\"первая; \"\"вторая\"\"\n-третья\"\r\n", id);
	CHECK_STR(out.data, want.data);
	/* What was written is read back as the same cells. */
	REQUIRE_OK(csv_read(out.data, out.len, NULL, &table, &e));
	CHECK_INT(table.count, 2);
	CHECK_INT(table.row[1].count, 6);
	CHECK_STR(table.row[1].cell[5], "первая; \"вторая\"\n-третья");
	csv_release(&table);
	buf_release(&out);
	buf_release(&want);
}

static void test_neutral(void)
{
	static const char *const names[] = { "=1+1", "+1", "-1а", "@SUM(A1)", "\"=1\"" };
	char id[RECORD_ID_SIZE];
	struct buf out = BUF_INIT;
	struct err e = ERR_INIT;
	struct store *whole = s;
	s = new_store();
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		make(s, &organisation_type, id, "name", names[i], NULL);
	REQUIRE_OK(export_csv(s, &organisation_type, NULL, &out, &e));
	CHECK(strpbrk(out.data, "=+@") != NULL);
	for (const char *p = out.data; (p = strchr(p, ';')) != NULL; p++)
		CHECK(strchr("=+-@", p[1]) == NULL || p[1] == '\0');
	buf_release(&out);
	store_close(s);
	s = whole;
}

static void span_is(struct json_span span, const char *want)
{
	if (!CHECK(span.p != NULL))
		return;
	CHECK_MEM(span.p, span.len, want, strlen(want));
}

static void test_export_json(void)
{
	char lead[RECORD_ID_SIZE], id[RECORD_ID_SIZE], quoted[RECORD_ID_SIZE + 2];
	static const char *const keys[] = { "id", "title", "date", "municipality", "municipality_code", "lead", "lead_id", "capacity", "unnamed",
		"registered", "present", "status", NULL };
	struct json_span v[12];
	struct buf out = BUF_INIT;
	struct json j;
	struct err e = ERR_INIT;
	make(s, &person_type, lead, "name", "Хасанова \"Гуля\"", NULL);
	make(s, &seminar_type, id, "title", "Обратная \\ черта", "date", "2020-02-14", "lead", lead, "municipality", "80618000", "capacity", "", NULL);
	REQUIRE_OK(attendance_mark(s, id, lead, ATTENDANCE_PRESENT, &e));
	REQUIRE_OK(export_json(s, &seminar_type, NULL, NULL, &out, &e));
	json_open(&j, out.data, out.len);
	CHECK_INT(json_enter(&j, JSON_ARRAY), 0);
	CHECK_INT(json_object(&j, keys, v, true), 0);
	CHECK_INT(json_leave(&j), 0);
	CHECK_INT(json_finish(&j), 0);
	snprintf(quoted, sizeof quoted, "\"%s\"", id);
	span_is(v[0], quoted);
	span_is(v[1], "\"Обратная \\\\ черта\"");
	span_is(v[2], "\"2020-02-14\"");
	span_is(v[3], "\"Бураевский район\"");
	span_is(v[4], "\"80618000\"");
	span_is(v[5], "\"Хасанова \\\"Гуля\\\"\"");
	snprintf(quoted, sizeof quoted, "\"%s\"", lead);
	span_is(v[6], quoted);
	span_is(v[7], "null");
	span_is(v[8], "0");
	span_is(v[9], "1");
	span_is(v[10], "1");
	span_is(v[11], "\"planned\"");
	json_close(&j);
	buf_reset(&out);
	REQUIRE_OK(export_json(s, &programme_type, "никакой", NULL, &out, &e));
	CHECK_STR(out.data, "[]\n");
	buf_release(&out);
}

/* What is written is read back, whatever apostrophes and signs of formulas it begins with; and nothing that a spreadsheet gets begins like a formula. */
static void test_apostrophes(void)
{
	static const char *const pieces[] = { "'", "'", "=", "+", "-", "@", "\t", "Родник", "1", " ", ";", "\"", "\n" };
	enum { PIECES = sizeof pieces / sizeof *pieces };
	for (int round = 0; round < 20000; round++) {
		struct buf text = BUF_INIT, file = BUF_INIT;
		struct csv_table t;
		struct err e = ERR_INIT;
		for (uint64_t n = 1 + test_random() % 5; n > 0; n--)
			buf_adds(&text, pieces[test_random() % PIECES]);
		buf_adds(&file, "x;x\nx;");
		csv_add_cell(&file, text.data);
		buf_adds(&file, "\n");
		REQUIRE_OK(csv_read(file.data, file.len, NULL, &t, &e));
		const char *cell = t.row[1].cell[1];
		REQUIRE(!*cell || !strchr("=+-@\t", *cell));
		REQUIRE(strcmp(csv_is_guarded(cell) ? cell + 1 : cell, text.data) == 0);
		csv_release(&t);
		buf_release(&text);
		buf_release(&file);
	}
	CHECK(csv_is_guarded("'=1+1") && csv_is_guarded("'007") && csv_is_guarded("''=1"));
	CHECK(!csv_is_guarded("'Родник'") && !csv_is_guarded("''Родник''") && !csv_is_guarded("'") && !csv_is_guarded("x'y") && !csv_is_guarded(""));
}

int main(int argc, char **argv)
{
	static const struct test tests[] = {
		TEST(test_separators), TEST(test_quotes), TEST(test_charsets), TEST(test_limits), TEST(test_random_bytes),
		TEST(test_export_csv), TEST(test_neutral), TEST(test_export_json), TEST(test_apostrophes), TEST_END
	};
	s = new_store();
	int rc = s ? test_main(argc, argv, tests) : 1;
	store_close(s);
	return rc;
}
