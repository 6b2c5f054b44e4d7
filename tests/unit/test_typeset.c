/* The lines that go to livenet-document, to the letter (a script in its place writes them down); and the documents of the real one, where it was built. */
#include "documents/typeset.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/clock.h"
#include "base/fsutil.h"
#include "tests/unit/test.h"

/* From here on that script is livenet-document. */
static void pretend(const char *script)
{
	static char path[1024];
	struct err e = ERR_INIT;
	struct buf text = BUF_INIT;

	snprintf(path, sizeof path, "%s/document", test_folder());
	buf_addf(&text, "#!/bin/sh\n%s\n", script);
	CHECK_INT(fs_write(path, text.data, text.len, 0700, &e), 0);
	setenv("LIVENET_DOCUMENT", path, 1);
	buf_release(&text);
}

/* The real one, beside the folder `tests`; false: it was not built. */
static bool real(void)
{
	const char *build = getenv("BUILD");
	char path[1024];

	snprintf(path, sizeof path, "%s/livenet-document", build != NULL ? build : ".");
	setenv("LIVENET_DOCUMENT", path, 1);
	if (!typeset_available())
		test_note("%s was not built", path);
	return typeset_available();
}

static const struct typeset_page page = { .title = "Лист", .foot = "Живая сеть" };

static void lines(void)
{
	static const struct typeset_column columns[] = { { "№", 0.5, TYPESET_NUMBER }, { "ФИО", 3, TYPESET_TEXT } };
	static const struct typeset_table table = { .name = "Участники", .columns = columns, .count = 2, .row_millimetres = 9 };
	static const char *const row[] = { "1", NULL }, *const total[] = { "", "Всего" };
	static const bool sum[] = { true, false };
	static const struct typeset_bar bars[] = { { "ноя", 2.5 } };
	static const struct typeset_tile tiles[] = { { 0, 1, "УФ", "Уфа", 0.5, 12 } };
	static const struct typeset_style style = { .align = TYPESET_CENTRE, .bold = true, .size = 12.5 };
	struct typeset *t;
	struct buf out = BUF_INIT;
	struct err e = ERR_INIT;

	pretend("exec cat");
	t = typeset_begin(TYPESET_PDF, &page);
	typeset_heading(t, 7, "За\nголовок \"\x01\xff");
	typeset_text(t, &style, "текст");
	typeset_text(t, NULL, "");
	typeset_field(t, "Дата", "");
	typeset_space(t, 7.25);
	typeset_table(t, &table);
	typeset_row(t, row);
	typeset_total(t, total, sum);
	typeset_table_end(t);
	typeset_signature(t, "Консультант", NULL);
	typeset_bars(t, "По месяцам", bars, 1);
	typeset_map(t, "Охват", tiles, 1);
	REQUIRE_OK(typeset_finish(t, &out, &e));
	CHECK_STR(out.data,
	    "{\"document\":\"pdf\",\"version\":1,\"title\":\"Лист\",\"foot\":\"Живая сеть\",\"language\":\"en\",\"of\":\"of\",\"contents\":\"Contents\","
	    "\"created\":\"2020-02-14T09:20:00Z\"}\n"
	    "{\"kind\":\"heading\",\"level\":3,\"text\":\"За\\nголовок \\\"\uFFFD\"}\n"
	    "{\"kind\":\"text\",\"text\":\"текст\",\"align\":\"centre\",\"bold\":1,\"size\":12500}\n"
	    "{\"kind\":\"text\",\"text\":\"\"}\n"
	    "{\"kind\":\"field\",\"label\":\"Дата\",\"text\":\"\"}\n"
	    "{\"kind\":\"space\",\"um\":7250}\n"
	    "{\"kind\":\"table\",\"name\":\"Участники\",\"columns\":[[\"№\",500,\"number\"],[\"ФИО\",3000,\"text\"]],\"row\":9000}\n"
	    "[\"1\",\"\"]\n"
	    "{\"kind\":\"total\",\"cells\":[\"\",\"Всего\"],\"sum\":[1,0]}\n"
	    "{\"kind\":\"table-end\"}\n"
	    "{\"kind\":\"signature\",\"post\":\"Консультант\",\"name\":\"\"}\n"
	    "{\"kind\":\"bars\",\"title\":\"По месяцам\",\"bars\":[[\"ноя\",2500]]}\n"
	    "{\"kind\":\"map\",\"title\":\"Охват\",\"tiles\":[[0,1,\"УФ\",\"Уфа\",500,12]]}\n"
	    "{\"kind\":\"end\"}\n");
	buf_release(&out);
}

/* More than is kept at once goes down while it is added, and comes back whole. */
static void much(void)
{
	struct typeset *t;
	struct buf out = BUF_INIT;
	struct err e = ERR_INIT;

	pretend("exec cat");
	t = typeset_begin(TYPESET_HTML, &page);
	for (int i = 0; i < 20000; i++)
		typeset_text(t, NULL, "Ғәлиәкбәрова Таңһылыу Рәшит ҡыҙы, библиотекарь");
	REQUIRE_OK(typeset_finish(t, &out, &e));
	CHECK(out.len > 2000000);
	CHECK(strcmp(out.data + out.len - 15, "{\"kind\":\"end\"}\n") == 0);
	buf_release(&out);
}

static void failures(void)
{
	struct typeset *t;
	struct buf out = BUF_INIT;
	struct err e = ERR_INIT;

	pretend("echo 'livenet-document: line 2: not so' >&2; exit 1");
	t = typeset_begin(TYPESET_PDF, &page);
	for (int i = 0; i < 5000; i++)			/* it is gone long before the end */
		typeset_text(t, NULL, "a paragraph of some length, again and again");
	CHECK_INT(typeset_finish(t, &out, &e), -1);
	CHECK_STR(e.text, "line 2: not so");
	pretend("cat > /dev/null");
	CHECK_INT(typeset_finish(typeset_begin(TYPESET_PDF, &page), &out, &e), -1);
	CHECK_STR(e.text, "livenet-document made no whole file");
	setenv("LIVENET_DOCUMENT", "/nowhere/livenet-document", 1);
	CHECK(!typeset_available());
	t = typeset_begin(TYPESET_PDF, &page);
	for (int i = 0; i < 5000; i++)
		typeset_text(t, NULL, "a paragraph of some length, again and again");
	CHECK_INT(typeset_finish(t, &out, &e), -1);
	CHECK_INT(e.code, ERR_REFUSED);
	CHECK(strstr(e.text, "/nowhere/livenet-document") != NULL && strstr(e.text, "libxlsxwriter-dev") != NULL);
	CHECK_INT((int64_t)out.len, 0);
	pretend("exec cat");
	t = typeset_begin(TYPESET_PDF, &page);
	for (int i = 0; i < 5000; i++)
		typeset_text(t, NULL, "a paragraph of some length, again and again");
	typeset_abandon(t);
	typeset_abandon(NULL);
	buf_release(&out);
}

/* Every kind goes through each format. */
static void documents(void)
{
	static const char *const begins[] = { "%PDF-", "PK\x03\x04", "<!DOCTYPE html>" };
	static const struct typeset_column columns[] = { { "a", 1, TYPESET_TEXT } };
	static const struct typeset_table table = { .columns = columns, .count = 1 };
	static const char *const row[] = { "x" };

	if (!real())
		return;
	for (int format = TYPESET_PDF; format <= TYPESET_HTML; format++) {
		struct typeset *t = typeset_begin((enum typeset_format)format, &page);
		struct buf out = BUF_INIT;
		struct err e = ERR_INIT;

		typeset_frame(t);
		typeset_contents(t);
		typeset_heading(t, 1, "One");
		typeset_markdown(t, "# Story\n\n1. *one* **two** `three` <b>x</b> ![p](http://x/y.png) <http://example.org>\n\n> said\n\n---\n\n    code\n");
		typeset_list_item(t, "item");
		typeset_qr(t, "k3x9q2mv-12", 20);
		typeset_keep(t);
		typeset_text(t, NULL, "kept");
		typeset_kept(t);
		typeset_table(t, &table);
		typeset_row(t, row);
		typeset_table_end(t);
		typeset_break(t);
		typeset_half(t);
		typeset_signature(t, "post", "name");
		typeset_half(t);
		typeset_signature(t, "post", "");
		REQUIRE_OK(typeset_finish(t, &out, &e));
		CHECK(strncmp(out.data, begins[format], strlen(begins[format])) == 0);
		buf_release(&out);
	}
}

static const struct test tests[] = { TEST(lines), TEST(much), TEST(failures), TEST(documents), TEST_END };

int main(int argc, char **argv)
{
	clock_set(1581672000000);		/* 2020-02-14 09:20 UTC */
	unsetenv("SOURCE_DATE_EPOCH");
	return test_main(argc, argv, tests);
}
