/* One of several: letters narrow, the best match first; marks; what comes back, and that it comes back once. */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "screens/parts/pick.h"
#include "tests/screens/drive.h"
#include "tests/unit/test.h"

struct answer { int calls, count; char values[200]; };

static unsigned answered(void *context, const char *const *values, int count)
{
	struct answer *a = context;

	a->calls++;
	a->count = count;
	a->values[0] = '\0';
	for (int i = 0; i < count; i++)
		snprintf(a->values + strlen(a->values), sizeof a->values - strlen(a->values), "%s ", values[i]);
	return DID_CHANGE;
}

static struct screen *stages(struct answer *a, const struct glyphs *glyphs, struct loop *l, int height, int width)
{
	static const char *const item[][3] = {
		{ "candidate", "кандидат", "" }, { "selected", "отбор пройден", "12" }, { "training", "на обучении", "3" }, { "trained", "обучение пройдено", "7" },
		{ "working", "ведёт семинары", "" }, { "finished", "завершил", "" }, { "left", "выбыл", "" },
	};
	struct screen *pick = pick_open("Этап", answered, a);

	memset(a, 0, sizeof *a);
	loop_init(l, NULL, height, width, glyphs);
	for (size_t i = 0; i < sizeof item / sizeof item[0]; i++)
		pick_add(pick, item[i][0], item[i][1], item[i][2]);
	pick_also(pick, "dropped out");
	return pick;
}

static void one(void)
{
	struct answer a;
	struct loop l;
	struct screen *pick = stages(&a, theme_glyphs("xterm"), &l, 24, 80);

	pick_start(pick, "training");
	loop_push(&l, pick);
	loop_draw(&l);
	CHECK(sees(&l, "┌─ Этап ─"));
	CHECK(sees(&l, "▸ на обучении"));
	CHECK_INT(l.canvas.cell[l.canvas.cursor_y * 80 + l.canvas.cursor_x].cp, 0x25b8);	/* the cursor stands on the marker */
	press(&l, "Up Up Up Down Enter");
	CHECK_STR(a.values, "selected ");
	CHECK_INT(a.calls, 1);
	loop_release(&l);
	CHECK_INT(a.calls, 1);
}

static void letters(void)
{
	struct answer a;
	struct loop l;

	loop_push(&l, stages(&a, theme_glyphs("xterm"), &l, 24, 80));
	loop_draw(&l);
	type(&l, "ОБ");						/* обучение begins so, на обучении has a word that does; отбор does not */
	CHECK(sees(&l, "▸ обучение пройдено"));
	CHECK(sees(&l, "на обучении"));
	CHECK(!sees(&l, "кандидат"));
	CHECK(l.canvas.cell[l.canvas.cursor_y * 80 + l.canvas.cursor_x - 1].cp == 0x411);	/* the cursor stands behind the letters */
	press(&l, "Down Enter");
	CHECK_STR(a.values, "training ");
	loop_release(&l);

	loop_push(&l, stages(&a, theme_glyphs("xterm"), &l, 24, 80));
	loop_draw(&l);
	type(&l, "пройд отб");					/* any words, in any order */
	CHECK(sees(&l, "▸ отбор пройден"));
	press(&l, "^U");
	CHECK(sees(&l, "кандидат"));
	type(&l, "out");					/* words that are not shown */
	CHECK(sees(&l, "▸ выбыл"));
	type(&l, "ъъ");
	CHECK(!sees(&l, "выбыл"));
	press(&l, "Enter");					/* there is nothing to take */
	CHECK_INT(a.calls, 0);
	press(&l, "Esc");
	CHECK_INT(a.calls, 1);
	CHECK_INT(a.count, 0);
	loop_release(&l);
}

static void several(void)
{
	struct answer a;
	struct loop l;
	struct screen *pick = stages(&a, theme_glyphs("xterm"), &l, 24, 80);

	loop_push(&l, pick);
	loop_draw(&l);
	press(&l, "Tab Enter");					/* only one is asked for: Tab marks nothing */
	CHECK_STR(a.values, "candidate ");
	loop_release(&l);

	pick = stages(&a, theme_glyphs("xterm"), &l, 24, 80);
	pick_several(pick);
	loop_push(&l, pick);
	loop_draw(&l);
	type(&l, "выб");
	press(&l, "Tab ^U");
	type(&l, "канд");
	press(&l, "Tab ^U");
	CHECK(sees(&l, "отмечено: 2"));
	CHECK(sees(&l, "*выбыл"));
	press(&l, "Down Enter");
	CHECK_STR(a.values, "candidate left ");			/* in the order of the items */
	loop_release(&l);

	pick = stages(&a, theme_glyphs("xterm"), &l, 24, 80);
	pick_several(pick);
	loop_push(&l, pick);
	loop_draw(&l);
	press(&l, "Down Enter");				/* nothing is marked: the one at the marker */
	CHECK_STR(a.values, "selected ");
	loop_release(&l);
}

/* Whatever the size and the terminal's signs. */
static void sizes(void)
{
	struct answer a;
	struct loop l;

	loop_push(&l, stages(&a, theme_glyphs("linux"), &l, 10, 40));
	loop_draw(&l);
	CHECK(sees(&l, "+- Этап -"));
	CHECK(sees(&l, "|"));
	CHECK(sees(&l, "> кандидат"));
	press(&l, "PageDown PageDown");
	CHECK(sees(&l, "> выбыл"));
	for (int height = 1; height < 14; height++) {
		for (int width = 1; width < 60; width += 7) {
			loop_resize(&l, height, width);
			loop_draw(&l);
			CHECK(l.canvas.cursor_y < height && l.canvas.cursor_x < width);
		}
	}
	loop_release(&l);
	CHECK_INT(a.calls, 1);					/* the program leaves: who asked is told */
}

static const struct test tests[] = {
	TEST(one),
	TEST(letters),
	TEST(several),
	TEST(sizes),
	TEST_END
};

int main(int argc, char **argv)
{
	if (!drive_start())
		return 1;
	return test_main(argc, argv, tests);
}
