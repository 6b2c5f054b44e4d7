/* The canvas: widths, clipping, hostile text, the difference of two frames; and lines that are typed into. */
#include <string.h>

#include "screens/terminal/canvas.h"
#include "screens/parts/line.h"
#include "tests/screens/difference.h"
#include "tests/unit/test.h"

static void check_row(const struct canvas *c, int y, const char *want)
{
	struct buf row = BUF_INIT;

	canvas_row(c, y, &row);
	CHECK_STR(row.data, want);
	buf_release(&row);
}

static void widths(void)
{
	struct canvas c;

	canvas_init(&c, 2, 10, theme_glyphs("xterm"));
	CHECK_INT(canvas_text(&c, 0, 0, 10, ROLE_TEXT, "Ғәлиә"), 5);
	check_row(&c, 0, "Ғәлиә");
	CHECK_INT(canvas_text(&c, 1, 0, 10, ROLE_TEXT, "и\xcc\x86о"), 2);	/* a combining mark takes no cell */
	check_row(&c, 1, "и\xcc\x86о");
	canvas_clear(&c);
	CHECK_INT(canvas_text(&c, 0, 0, 3, ROLE_TEXT, "漢字"), 2);		/* half a wide character is not drawn */
	check_row(&c, 0, "漢");
	canvas_text(&c, 0, 1, 1, ROLE_TEXT, "x");				/* nor left behind */
	check_row(&c, 0, " x");
	canvas_text(&c, 0, 0, 2, ROLE_TEXT, "漢");
	canvas_text(&c, 0, 0, 1, ROLE_TEXT, "y");
	check_row(&c, 0, "y");
	canvas_clear(&c);
	/* Joined emoji one by one; a joiner elsewhere is shown as what it is. */
	CHECK_INT(canvas_text(&c, 0, 0, 10, ROLE_TEXT, "👩\xe2\x80\x8d🏫x"), 5);
	check_row(&c, 0, "👩🏫x");
	CHECK_INT(canvas_text(&c, 1, 0, 10, ROLE_TEXT, "a\xe2\x80\x8d" "b"), 10);
	CHECK_INT(canvas_text(&c, 1, 0, 10, ROLE_TEXT, "\xe2\x80\x8d"), 8);
	canvas_release(&c);
}

static void clipping(void)
{
	struct canvas c;

	canvas_init(&c, 2, 8, theme_glyphs("xterm"));
	canvas_text(&c, 0, 5, 20, ROLE_TEXT, "abcdef");
	check_row(&c, 0, "     abc");
	canvas_text(&c, -1, 0, 5, ROLE_TEXT, "x");
	canvas_text(&c, 2, 0, 5, ROLE_TEXT, "x");
	canvas_text(&c, 0, 8, 5, ROLE_TEXT, "x");
	canvas_text(&c, 0, -3, 5, ROLE_TEXT, "x");
	check_row(&c, 0, "     abc");
	canvas_fit(&c, 1, 0, 5, ROLE_TEXT, "Галимова");
	check_row(&c, 1, "Гали…");
	canvas_fit(&c, 1, 0, 8, ROLE_TEXT, "Галимова");
	check_row(&c, 1, "Галимова");
	canvas_clear(&c);
	CHECK_INT(canvas_right(&c, 1, 2, 6, ROLE_TEXT, "123"), 5);
	check_row(&c, 1, "     123");
	canvas_cursor(&c, 99, -5);
	CHECK_INT(c.cursor_y, 1);
	CHECK_INT(c.cursor_x, 0);
	canvas_release(&c);
}

static void hostile_text(void)
{
	struct canvas c;

	canvas_init(&c, 1, 60, theme_glyphs("xterm"));
	canvas_text(&c, 0, 0, 60, ROLE_TEXT, "a\033[2Jb\nc\xe2\x80\xae" "d\xff\x7f");
	for (int x = 0; x < c.width; x++) {
		CHECK(c.cell[x].cp >= ' ' && c.cell[x].cp != 0x7f);
		CHECK(c.cell[x].cp != 0x202e);
	}
	canvas_release(&c);
}

static void differences(void)
{
	struct canvas a, b;
	int from = 0, to = 0;

	canvas_init(&a, 1, 12, theme_glyphs("xterm"));
	canvas_init(&b, 1, 12, theme_glyphs("xterm"));
	CHECK(!difference(&a, &b, 0, &from, &to));
	canvas_text(&b, 0, 3, 5, ROLE_TEXT, "аб");
	canvas_text(&b, 0, 9, 2, ROLE_TEXT, "漢");
	from = 0;
	CHECK(difference(&a, &b, 0, &from, &to));
	CHECK_INT(from, 3);
	CHECK_INT(to, 5);
	from = to;
	CHECK(difference(&a, &b, 0, &from, &to));
	CHECK_INT(from, 9);
	CHECK_INT(to, 11);
	from = to;
	CHECK(!difference(&a, &b, 0, &from, &to));
	canvas_text(&a, 0, 3, 5, ROLE_TITLE, "аб");		/* the same letters in another role */
	from = 0;
	CHECK(difference(&a, &b, 0, &from, &to));
	CHECK_INT(from, 3);
	canvas_release(&a);
	canvas_release(&b);
}

static void put(struct line *l, const char *text)
{
	line_set(l, "");
	for (const char *p = text; *p != '\0'; p++)
		line_insert(l, (unsigned char)*p);
}

static void typing(void)
{
	struct line l;

	line_init(&l, 6, false);
	CHECK(line_insert(&l, 0x418) && line_insert(&l, 0x306) && line_insert(&l, 'a'));
	CHECK_STR(l.text.data, "И\xcc\x86" "a");
	line_act(&l, ACTION_LEFT);
	line_act(&l, ACTION_LEFT);			/* over the letter and its mark at once */
	CHECK_INT(l.at, 0);
	line_act(&l, ACTION_ERASE_NEXT);
	CHECK_STR(l.text.data, "a");
	CHECK(!line_insert(&l, 0x1b));
	CHECK(!line_insert(&l, 0x202e));
	put(&l, "abcdefgh");
	CHECK_STR(l.text.data, "abcdef");		/* six and no more */
	line_release(&l);
	line_init(&l, 0, false);
	put(&l, "one two");
	line_act(&l, ACTION_ERASE_WORD);
	CHECK_STR(l.text.data, "one ");
	line_act(&l, ACTION_START);
	line_act(&l, ACTION_ERASE);
	CHECK_STR(l.text.data, "one ");
	line_act(&l, ACTION_RIGHT);
	line_act(&l, ACTION_ERASE);
	CHECK_STR(l.text.data, "ne ");
	line_act(&l, ACTION_ERASE_ALL);
	CHECK_INT(l.text.len, 0);
	line_release(&l);
	line_init(&l, 0, true);
	for (int i = 0; i < 2 * LINE_SECRET_SIZE; i++)
		line_insert(&l, 'x');
	CHECK(l.text.len < LINE_SECRET_SIZE);
	line_release(&l);
}

static void wrapping(void)
{
	struct line l;
	int row;

	line_init(&l, 0, false);
	line_set(&l, "one two three\n\nfour");
	CHECK_INT(line_rows(&l, 8, &row), 4);		/* "one two ", "three", "", "four" */
	CHECK_INT(row, 3);
	CHECK(line_row(&l, 8, -1));
	CHECK_INT(l.at, 14);
	CHECK(line_row(&l, 8, -1) && line_row(&l, 8, -1));
	CHECK(!line_row(&l, 8, -1));
	CHECK_INT(l.at, 0);
	line_set(&l, "verylongwordwithoutblanks");
	CHECK_INT(line_rows(&l, 10, &row), 3);
	CHECK_INT(row, 2);
	line_set(&l, "");
	CHECK_INT(line_rows(&l, 10, &row), 1);
	line_release(&l);
}

static const struct test tests[] = {
	TEST(widths),
	TEST(clipping),
	TEST(hostile_text),
	TEST(differences),
	TEST(typing),
	TEST(wrapping),
	TEST_END
};

int main(int argc, char **argv)
{
	return test_main(argc, argv, tests);
}
