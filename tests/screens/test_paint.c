/* Painting: whatever two pictures follow each other, the terminal shows the second one. The terminal is a small one of the test's own. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "screens/terminal/paint.h"
#include "tests/unit/test.h"

#define HEIGHT 12
#define WIDTH 40

/* --- a terminal --- */

struct vt_cell { uint32_t cp, mark; struct look look; };

static struct vt {
	struct vt_cell cell[HEIGHT][WIDTH];
	int y, x, top, bottom;
	bool pending;			/* a character stands in the last column */
	bool narrow_emoji;		/* does not know that emoji are wide */
	struct look look;
} vt;

static const struct vt_cell empty = { ' ', 0, { THEME_DEFAULT, 0 } };

static void vt_clear(void)
{
	for (int i = 0; i < HEIGHT * WIDTH; i++)
		vt.cell[i / WIDTH][i % WIDTH] = empty;
	vt.y = vt.x = 0;
	vt.pending = false;
}

static void vt_reset(bool narrow_emoji)
{
	memset(&vt, 0, sizeof vt);
	vt.bottom = HEIGHT - 1;
	vt.look.colour = THEME_DEFAULT;
	vt.narrow_emoji = narrow_emoji;
	vt_clear();
}

static void vt_scroll(int by)
{
	size_t row = sizeof vt.cell[0], rows = (size_t)(vt.bottom - vt.top);

	memmove(vt.cell[by > 0 ? vt.top : vt.top + 1], vt.cell[by > 0 ? vt.top + 1 : vt.top], rows * row);
	for (int x = 0; x < WIDTH; x++)
		vt.cell[by > 0 ? vt.bottom : vt.top][x] = empty;
}

static void vt_line_feed(void)
{
	if (vt.y == vt.bottom)
		vt_scroll(1);
	else if (vt.y < HEIGHT - 1)
		vt.y++;
}

static void vt_character(uint32_t cp)
{
	int wide = text_char_width(cp);

	if (wide == 2 && vt.narrow_emoji)
		wide = 1;
	if (wide == 0) {
		int x = vt.pending ? vt.x : vt.x - 1;

		if (x > 0 && vt.cell[vt.y][x].cp == 0)
			x--;
		vt.cell[vt.y][x].mark = cp;
		return;
	}
	if (vt.pending) {
		vt.x = 0;
		vt.pending = false;
		vt_line_feed();
	}
	/* Half of a wide character does not stay. */
	if (vt.cell[vt.y][vt.x].cp == 0 && vt.x > 0)
		vt.cell[vt.y][vt.x - 1] = empty;
	if (vt.x + wide < WIDTH && vt.cell[vt.y][vt.x + wide].cp == 0)
		vt.cell[vt.y][vt.x + wide] = empty;
	vt.cell[vt.y][vt.x] = (struct vt_cell){ cp, 0, vt.look };
	if (wide == 2 && vt.x + 1 < WIDTH)
		vt.cell[vt.y][vt.x + 1] = (struct vt_cell){ 0, 0, vt.look };
	vt.x += wide;
	if (vt.x >= WIDTH) {
		vt.x = WIDTH - 1;
		vt.pending = true;
	}
}

static void vt_attribute(int number)
{
	switch (number) {
	case 0: vt.look = (struct look){ THEME_DEFAULT, 0 }; break;
	case 1: vt.look.attributes |= THEME_BOLD; break;
	case 2: vt.look.attributes |= THEME_DIM; break;
	case 4: vt.look.attributes |= THEME_UNDERLINE; break;
	case 7: vt.look.attributes |= THEME_REVERSE; break;
	case 40 + THEME_WHITE: vt.look.attributes |= THEME_PAPER; break;
	default: vt.look.colour = (int8_t)(number - 30); break;
	}
}

static void vt_command(char command, int a, int b)
{
	vt.pending = false;
	switch (command) {
	case 'H':
		vt.y = (a > 0 ? a : 1) - 1;
		vt.x = (b > 0 ? b : 1) - 1;
		break;
	case 'C': vt.x += a; break;
	case 'D': vt.x -= a; break;
	case 'G': vt.x = a - 1; break;
	case 'K':
		for (int x = vt.x; x < WIDTH; x++)
			vt.cell[vt.y][x] = empty;
		break;
	case 'J': vt_clear(); break;
	case 'm': vt_attribute(a); break;
	case 'r':
		vt.top = a > 0 ? a - 1 : 0;
		vt.bottom = b > 0 ? b - 1 : HEIGHT - 1;
		vt.y = vt.x = 0;
		break;
	default: CHECK(!"a command that the terminal knows"); break;
	}
	CHECK(vt.x >= 0 && vt.x < WIDTH && vt.y >= 0 && vt.y < HEIGHT);
}

static void vt_write(const struct buf *bytes)
{
	for (size_t i = 0; i < bytes->len;) {
		int a = 0, b = 0, used = 0;
		char command;
		uint32_t cp;

		if (sscanf(bytes->data + i, "\033[%d;%d%c%n", &a, &b, &command, &used) == 3 || (used = 0, b = 0, sscanf(bytes->data + i, "\033[%d%c%n", &a, &command, &used) == 2) ||
		    (used = 0, a = 0, sscanf(bytes->data + i, "\033[%c%n", &command, &used) == 1)) {
			vt_command(command, a, b);
			i += (size_t)used;
		} else if (bytes->data[i] == '\033' && bytes->data[i + 1] == 'M') {
			CHECK_INT(vt.y, vt.top);
			vt_scroll(-1);
			i += 2;
		} else if (bytes->data[i] == '\n') {
			vt_line_feed();
			i++;
		} else if (bytes->data[i] == '\r') {
			vt.x = 0;
			vt.pending = false;
			i++;
		} else {
			i += text_next(bytes->data + i, bytes->len - i, &cp, NULL);
			vt_character(cp);
		}
	}
}

static void put(enum paint_code code, int a, int b, struct buf *out)
{
	switch (code) {
	case PAINT_TO: buf_addf(out, "\033[%d;%dH", a + 1, b + 1); break;
	case PAINT_RIGHT: buf_addf(out, "\033[%dC", a); break;
	case PAINT_LEFT: buf_addf(out, "\033[%dD", a); break;
	case PAINT_COLUMN: buf_addf(out, "\033[%dG", a + 1); break;
	case PAINT_ERASE: buf_adds(out, "\033[K"); break;
	case PAINT_REGION: buf_addf(out, b < 0 ? "\033[r" : "\033[%d;%dr", a + 1, b + 1); break;
	case PAINT_UP: while (a-- > 0) buf_adds(out, "\n"); break;
	case PAINT_DOWN: while (a-- > 0) buf_adds(out, "\033M"); break;
	case PAINT_CLEAR: buf_adds(out, "\033[J"); break;
	case PAINT_PLAIN: buf_adds(out, "\033[m"); break;
	case PAINT_BOLD: buf_adds(out, "\033[1m"); break;
	case PAINT_DIM: buf_adds(out, "\033[2m"); break;
	case PAINT_UNDERLINE: buf_adds(out, "\033[4m"); break;
	case PAINT_REVERSE: buf_adds(out, "\033[7m"); break;
	case PAINT_COLOUR: buf_addf(out, "\033[%dm", 30 + a); break;
	case PAINT_PAPER: buf_addf(out, "\033[%dm", 40 + a); break;
	case PAINT_CODES: break;
	}
}

static struct paint_abilities all_abilities(void)
{
	struct paint_abilities can = { .line_feed = true, .wraps_late = true, .put = put };

	for (int i = 0; i < PAINT_CODES; i++)
		can.has[i] = true;
	return can;
}

/* --- comparing --- */

/* True when the terminal shows the canvas; `but_wide`: cells of wide characters are not looked at. */
static bool shows(const struct canvas *c, const struct look *looks, bool but_wide)
{
	for (int y = 0; y < HEIGHT; y++) {
		for (int x = 0; x < WIDTH; x++) {
			const struct cell *cell = &c->cell[y * WIDTH + x];
			const struct vt_cell *got = &vt.cell[y][x];
			bool wide = cell->cp == 0 || (x + 1 < WIDTH && cell[1].cp == 0), seen = cell->cp != ' ' || cell->mark[0] != 0 ||
			    (looks[cell->role].attributes & (THEME_REVERSE | THEME_UNDERLINE)) != 0;

			if (but_wide && wide)
				continue;
			if (got->cp != cell->cp || (seen && (got->look.colour != looks[cell->role].colour || got->look.attributes != looks[cell->role].attributes)) ||
			    (!seen && (got->look.attributes & (THEME_REVERSE | THEME_UNDERLINE)) != 0) || (cell->mark[0] != got->mark)) {
				test_note("row %d column %d: %x instead of %x", y, x, (unsigned)got->cp, (unsigned)cell->cp);
				return false;
			}
		}
	}
	return true;
}

static void random_text(struct canvas *c, int y)
{
	static const char *const words[] = {
		"Галимова", "Ғәлиә", "и\xcc\x86", "漢字", "😀", "abc", "г. Уфа", "—", "№ 5", "  ", "      ", "▸", "x", "Һаҙыева Зөлфиә", "👩", "é",
	};

	for (int x = (int)(test_random() % 10); x < WIDTH; x += (int)(test_random() % 12))
		x += canvas_text(c, y, x, WIDTH, (enum role)(test_random() % ROLES), words[test_random() % (sizeof words / sizeof words[0])]);
}

/* The next picture: some rows anew, some moved, a marker. */
static void change(struct canvas *c)
{
	size_t row = sizeof c->cell[0] * WIDTH;
	int by = 1 + (int)(test_random() % 4), top = (int)(test_random() % 3);

	switch (test_random() % 6) {
	case 0:
		canvas_clear(c);
		for (int y = 0; y < HEIGHT; y++)
			random_text(c, y);
		break;
	case 1:
		memmove(&c->cell[top * WIDTH], &c->cell[(top + by) * WIDTH], row * (size_t)(HEIGHT - top - by));
		for (int y = HEIGHT - by; y < HEIGHT; y++)
			random_text(c, y);
		break;
	case 2:
		memmove(&c->cell[(top + by) * WIDTH], &c->cell[top * WIDTH], row * (size_t)(HEIGHT - top - by));
		break;
	case 3:
		canvas_fill(c, (int)(test_random() % HEIGHT), (int)(test_random() % WIDTH), WIDTH, ROLE_TEXT, ' ');
		break;
	case 4:
		canvas_text(c, (int)(test_random() % HEIGHT), 1, 1, ROLE_SELECTED, "▸");
		break;
	default:
		random_text(c, (int)(test_random() % HEIGHT));
		break;
	}
	canvas_cursor(c, (int)(test_random() % HEIGHT), (int)(test_random() % WIDTH));
}

static void pictures(const struct paint_abilities *can, const struct look *looks, bool narrow)
{
	struct buf out = BUF_INIT;
	struct painter p;
	struct canvas c;

	vt_reset(narrow);
	canvas_init(&c, HEIGHT, WIDTH, NULL);
	painter_init(&p, can, looks, HEIGHT, WIDTH);
	for (int i = 0; i < 300; i++) {
		change(&c);
		buf_reset(&out);
		painter_paint(&p, &c, test_random() % 50 == 0, &out);
		vt_write(&out);
		if (!CHECK(shows(&c, looks, narrow)) || !CHECK_INT(vt.y, c.cursor_y) || !CHECK_INT(vt.x, c.cursor_x))
			break;
		CHECK(vt.look.colour == THEME_DEFAULT && vt.look.attributes == 0);
		buf_reset(&out);
		painter_paint(&p, &c, false, &out);
		CHECK_INT(out.len, 0);
	}
	painter_release(&p);
	canvas_release(&c);
	buf_release(&out);
}

static void any_pictures(void)
{
	struct paint_abilities can = all_abilities();

	pictures(&can, theme_looks(true), false);
	pictures(&can, theme_looks(false), false);
	pictures(&can, theme_chosen("contrast", true), false);
}

/* Without what an old terminal lacks. */
static void poor_terminals(void)
{
	for (int i = 0; i < 24; i++) {
		struct paint_abilities can = all_abilities();

		for (int code = PAINT_RIGHT; code <= PAINT_DOWN; code++)
			can.has[code] = test_random() % 2 == 0;
		can.line_feed = test_random() % 2 == 0;
		pictures(&can, theme_looks(true), false);
	}
}

static void put_but_clear(enum paint_code code, int a, int b, struct buf *out)
{
	if (code != PAINT_CLEAR)
		put(code, a, b, out);
}

/* It shows what somebody else left there, and cannot clear it. */
static void no_clearing(void)
{
	struct paint_abilities can = all_abilities();
	struct buf out = BUF_INIT;
	struct painter p;
	struct canvas c;

	can.has[PAINT_CLEAR] = false;
	can.put = put_but_clear;
	for (int i = 0; i < 2; i++) {
		can.has[PAINT_ERASE] = i == 0;
		vt_reset(false);
		for (int x = 0; x < HEIGHT * WIDTH; x++)
			vt.cell[x / WIDTH][x % WIDTH].cp = '#';
		vt.y = 5;
		canvas_init(&c, HEIGHT, WIDTH, NULL);
		painter_init(&p, &can, theme_looks(true), HEIGHT, WIDTH);
		random_text(&c, 3);
		random_text(&c, HEIGHT - 1);
		buf_reset(&out);
		painter_paint(&p, &c, true, &out);
		vt_write(&out);
		CHECK(shows(&c, theme_looks(true), false));
		painter_release(&p);
		canvas_release(&c);
	}
	buf_release(&out);
}

/* A terminal that takes emoji for one column: what stands beside them is right all the same. */
static void disagreement(void)
{
	struct paint_abilities can = all_abilities();
	struct buf out = BUF_INIT;
	struct painter p;
	struct canvas c;

	vt_reset(true);
	canvas_init(&c, HEIGHT, WIDTH, NULL);
	painter_init(&p, &can, theme_looks(true), HEIGHT, WIDTH);
	canvas_text(&c, 1, 3, WIDTH, ROLE_TEXT, "Галимова 😀 Айгуль 漢 Уфа");
	painter_paint(&p, &c, false, &out);
	vt_write(&out);
	CHECK(shows(&c, theme_looks(true), true));
	painter_release(&p);
	canvas_release(&c);
	buf_release(&out);
}

static size_t cost(struct painter *p, const struct canvas *c)
{
	struct buf out = BUF_INIT;
	size_t bytes;

	painter_paint(p, c, false, &out);
	vt_write(&out);
	CHECK(shows(c, p->looks, false));
	bytes = out.len;
	buf_release(&out);
	return bytes;
}

/* What moves least costs least. */
static void costs(void)
{
	struct paint_abilities can = all_abilities();
	struct painter p;
	struct canvas c;

	vt_reset(false);
	canvas_init(&c, HEIGHT, WIDTH, NULL);
	painter_init(&p, &can, theme_looks(true), HEIGHT, WIDTH);
	for (int y = 1; y < HEIGHT - 1; y++) {
		char name[64];

		snprintf(name, sizeof name, "%d Галимова %d  %d", y * 7919, y * 104729, y * 1299709);
		canvas_text(&c, y, 3, 36, ROLE_TEXT, name);
	}
	canvas_text(&c, 1, 1, 1, ROLE_SELECTED, "▸");
	canvas_cursor(&c, 1, 1);
	cost(&p, &c);
	canvas_fill(&c, 1, 1, 1, ROLE_TEXT, ' ');		/* a step down */
	canvas_text(&c, 2, 1, 1, ROLE_SELECTED, "▸");
	canvas_cursor(&c, 2, 1);
	CHECK(cost(&p, &c) <= 12);
	memmove(&c.cell[WIDTH], &c.cell[2 * WIDTH], sizeof c.cell[0] * WIDTH * (HEIGHT - 3));	/* a row further */
	canvas_fill(&c, HEIGHT - 2, 0, WIDTH, ROLE_TEXT, ' ');
	canvas_text(&c, HEIGHT - 2, 3, 36, ROLE_TEXT, "Новая");
	CHECK(cost(&p, &c) <= 50);
	canvas_fill(&c, 5, 0, WIDTH, ROLE_TEXT, ' ');		/* a row goes */
	CHECK(cost(&p, &c) <= 20);
	painter_release(&p);
	canvas_release(&c);
}

static const struct test tests[] = {
	TEST(any_pictures),
	TEST(poor_terminals),
	TEST(no_clearing),
	TEST(disagreement),
	TEST(costs),
	TEST_END
};

int main(int argc, char **argv)
{
	return test_main(argc, argv, tests);
}
