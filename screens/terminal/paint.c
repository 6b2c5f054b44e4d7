#include "screens/terminal/paint.h"

#include <string.h>

#include "base/text.h"
#include "crypto/secret.h"

#define ROWS_AT_ONCE 3		/* line feeds from one row to the next painted one */
#define SCROLL_LEAST 5		/* rows that changed much, before it is looked whether they moved */
#define MUCH 8			/* cells */
#define NOTHING_KNOWN 1		/* a cell that may show anything: no canvas holds a control */
#define ALMOST 2		/* cells that may differ in a row that moved: the marker left it or came */

static const struct look plain = { THEME_DEFAULT, 0 };
static const struct cell blank = { ' ', { 0, 0 }, ROLE_TEXT };

void painter_init(struct painter *p, const struct paint_abilities *can, const struct look *looks, int height, int width)
{
	memset(p, 0, sizeof *p);
	p->can = can;
	p->looks = looks;
	p->pen.look = plain;
	canvas_init(&p->shown, height, width, NULL);
	canvas_init(&p->shifted, height, width, NULL);
	canvas_init(&p->nothing, 1, width, NULL);
	buf_init(&p->other);
	buf_init(&p->trial);
}

void painter_release(struct painter *p)
{
	canvas_release(&p->shown);
	canvas_release(&p->shifted);
	canvas_release(&p->nothing);
	secret_wipe(p->other.data, p->other.cap);
	secret_wipe(p->trial.data, p->trial.cap);
	buf_release(&p->other);
	buf_release(&p->trial);
}

/* --- cells --- */

static const struct look *look_of(const struct painter *p, const struct cell *cell)
{
	return &p->looks[cell->role];
}

static bool same_look(const struct look *a, const struct look *b)
{
	return a->colour == b->colour && a->attributes == b->attributes;
}

/* A blank without anything to be seen: letters' colour and weight do not matter to it. */
static bool is_empty(const struct painter *p, const struct cell *cell)
{
	return cell->cp == ' ' && cell->mark[0] == 0 && (look_of(p, cell)->attributes & (THEME_REVERSE | THEME_UNDERLINE | THEME_PAPER)) == 0;
}

static bool alike(const struct painter *p, const struct cell *a, const struct cell *b)
{
	if (a->cp != b->cp || a->mark[0] != b->mark[0] || a->mark[1] != b->mark[1])
		return false;
	return a->role == b->role || same_look(look_of(p, a), look_of(p, b)) || (is_empty(p, a) && is_empty(p, b));
}

/* Columns of the character at x. */
static int columns(const struct cell *row, int x, int width)
{
	return x + 1 < width && row[x + 1].cp == 0 ? 2 : 1;
}

static bool differs(const struct painter *p, const struct cell *new, const struct cell *old, int x, int wide)
{
	return !alike(p, &new[x], &old[x]) || (wide == 2 && !alike(p, &new[x + 1], &old[x + 1]));
}

/* All terminals agree on its one column. */
static bool certain(const struct cell *cell)
{
	return cell->cp < 0x2600 && cell->mark[0] == 0 && cell->cp != 0 && text_char_width(cell->cp) == 1;
}

/* --- the pen --- */

static void set_look(const struct painter *p, struct pen *pen, const struct look *look, struct buf *out)
{
	static const struct { uint8_t attribute; enum paint_code code; } list[] = {
		{ THEME_BOLD, PAINT_BOLD }, { THEME_REVERSE, PAINT_REVERSE }, { THEME_UNDERLINE, PAINT_UNDERLINE }, { THEME_DIM, PAINT_DIM },
	};

	if (same_look(&pen->look, look))
		return;
	if ((pen->look.attributes & ~look->attributes) != 0 || (pen->look.colour != look->colour && look->colour == THEME_DEFAULT)) {
		p->can->put(PAINT_PLAIN, 0, 0, out);
		pen->look = plain;
	}
	for (size_t i = 0; i < sizeof list / sizeof list[0]; i++)
		if ((look->attributes & ~pen->look.attributes & list[i].attribute) != 0)
			p->can->put(list[i].code, 0, 0, out);
	if ((look->attributes & ~pen->look.attributes & THEME_PAPER) != 0)
		p->can->put(PAINT_PAPER, THEME_WHITE, 0, out);
	if (look->colour != pen->look.colour)
		p->can->put(PAINT_COLOUR, look->colour, 0, out);
	pen->look = *look;
}

/* True when the pen writes the cell as it is, without another look. */
static bool writes(const struct painter *p, const struct pen *pen, const struct cell *cell)
{
	if (is_empty(p, cell))
		return (pen->look.attributes & (THEME_REVERSE | THEME_UNDERLINE | THEME_PAPER)) == 0;
	return same_look(&pen->look, look_of(p, cell));
}

static void write_cell(const struct cell *cell, struct buf *out)
{
	text_put(out, cell->cp);
	for (int i = 0; i < CANVAS_MARKS && cell->mark[i] != 0; i++)
		text_put(out, cell->mark[i]);
}

/* Keeps the shorter of what stands behind `best` in out and what is in p->other. `best` is where the first way begins. */
static void keep_shorter(struct painter *p, size_t best, struct buf *out)
{
	if (out->len > best && p->other.len >= out->len - best)
		return;
	buf_cut(out, best);
	buf_add(out, p->other.data, p->other.len);
}

/* Bytes of the cells from … to - 1, more than `most` where the pen does not write them as they are. */
static size_t bytes_of(const struct painter *p, const struct pen *pen, const struct cell *row, int from, int to, size_t most)
{
	size_t bytes = 0;

	for (int x = from; x < to && bytes <= most; x++)
		bytes += !writes(p, pen, &row[x]) || !certain(&row[x]) ? most + 1 : row[x].cp < 0x80 ? 1 : row[x].cp < 0x800 ? 2 : 3;
	return bytes;
}

/* From column `at` to x in the row, whose cells up to x the terminal shows already. */
static void go_along(const struct painter *p, const struct pen *pen, const struct cell *row, int at, int x, struct buf *out)
{
	size_t begin = out->len;

	if (at == x)
		return;
	p->can->put(at < x ? PAINT_RIGHT : PAINT_LEFT, at < x ? x - at : at - x, 0, out);
	if (at > x || bytes_of(p, pen, row, at, x, out->len - begin) > out->len - begin)
		return;
	buf_cut(out, begin);
	for (int i = at; i < x; i++)
		write_cell(&row[i], out);
}

/* The ways to a place, the shortest is taken. row: the cells of row y. */
static void go(struct painter *p, struct pen *pen, const struct cell *row, int y, int x, struct buf *out)
{
	size_t begin = out->len;
	int down = y - pen->y;

	if (pen->x >= 0 && down == 0 && pen->x == x)
		return;
	p->can->put(PAINT_TO, y, x, out);
	if (pen->x >= 0 && (down == 0 || (down > 0 && down <= ROWS_AT_ONCE && p->can->line_feed))) {
		buf_reset(&p->other);
		for (int i = 0; i < down; i++)
			buf_addc(&p->other, '\n');
		if (p->can->has[PAINT_RIGHT] && p->can->has[PAINT_LEFT]) {
			go_along(p, pen, row, pen->x, x, &p->other);
			keep_shorter(p, begin, out);
		}
		if (p->can->has[PAINT_COLUMN]) {
			buf_cut(&p->other, down > 0 ? (size_t)down : 0);
			p->can->put(PAINT_COLUMN, x, 0, &p->other);
			keep_shorter(p, begin, out);
		}
		if (p->can->line_feed && p->can->has[PAINT_RIGHT]) {
			buf_reset(&p->other);
			buf_addc(&p->other, '\r');
			for (int i = 0; i < down; i++)
				buf_addc(&p->other, '\n');
			go_along(p, pen, row, 0, x, &p->other);
			keep_shorter(p, begin, out);
		}
	}
	pen->y = y;
	pen->x = x;
}

/* --- a row --- */

/* Paints the cells from … to - 1 that differ. */
static void paint_cells(struct painter *p, struct pen *pen, const struct cell *new, const struct cell *old, int y, int from, int to, struct buf *out)
{
	int width = p->shown.width;
	bool last_row = y == p->shown.height - 1;
	int wide;

	for (int x = from; x < to; x += wide) {
		wide = columns(new, x, width);
		if (new[x].cp == 0 || !differs(p, new, old, x, wide))
			continue;
		if (last_row && x + wide == width && !p->can->wraps_late)
			continue;
		go(p, pen, new, y, x, out);
		if (!writes(p, pen, &new[x]))
			set_look(p, pen, look_of(p, &new[x]), out);
		write_cell(&new[x], out);
		pen->x = x + wide < width && wide == 1 && certain(&new[x]) ? x + 1 : -1;
	}
}

/* So many cells differ, or more than `most`. */
static int count_different(const struct painter *p, const struct cell *new, const struct cell *old, int width, int most)
{
	int count = 0;

	/* Most rows are what they were, to the last byte. */
	if (memcmp(new, old, (size_t)width * sizeof *new) == 0)
		return 0;
	for (int x = 0; x < width && count <= most; x++)
		count += !alike(p, &new[x], &old[x]);
	return count;
}

/* The row with its rest erased from column x on. */
static void paint_erasing(struct painter *p, struct pen *pen, const struct cell *new, const struct cell *old, int y, int x, struct buf *out)
{
	paint_cells(p, pen, new, old, y, 0, x, out);
	go(p, pen, new, y, x, out);
	if ((pen->look.attributes & (THEME_REVERSE | THEME_UNDERLINE | THEME_PAPER)) != 0)
		set_look(p, pen, &plain, out);
	p->can->put(PAINT_ERASE, 0, 0, out);
	paint_cells(p, pen, new, p->nothing.cell, y, x, p->shown.width, out);
}

/* Where erasing may be worth it: the beginning of two blanks or more, or of those at the end. */
static bool is_gap(const struct painter *p, const struct cell *new, int width, int x)
{
	return is_empty(p, &new[x]) && (x == 0 || !is_empty(p, &new[x - 1])) && (x + 1 == width || is_empty(p, &new[x + 1]));
}

static void paint_row(struct painter *p, struct pen *pen, const struct cell *new, const struct cell *old, int y, struct buf *out)
{
	int width = p->shown.width, different = count_different(p, new, old, width, MUCH);
	struct pen start = *pen, best;
	size_t begin = out->len;

	if (different == 0)
		return;
	paint_cells(p, pen, new, old, y, 0, width, out);
	if (!p->can->has[PAINT_ERASE] || different <= 3)
		return;
	best = *pen;
	for (int x = 0; x < width; x++) {
		struct pen trial = start;

		if (!is_gap(p, new, width, x) || count_different(p, new + x, old + x, width - x, 3) <= 3)
			continue;
		buf_reset(&p->trial);
		paint_erasing(p, &trial, new, old, y, x, &p->trial);
		if (p->trial.len < out->len - begin) {
			buf_cut(out, begin);
			buf_add(out, p->trial.data, p->trial.len);
			best = trial;
		}
	}
	*pen = best;
}

/* --- rows that moved --- */

static struct cell *row_of(const struct canvas *c, int y)
{
	return &c->cell[(size_t)y * (size_t)c->width];
}

struct move { int top, rows, by; };	/* new rows top … top + rows - 1 stood `by` rows below (above when negative) */

static bool moved(const struct painter *p, const struct canvas *c, int y, int by)
{
	const struct cell *new = row_of(c, y);

	return count_different(p, new, row_of(&p->shown, y + by), c->width, ALMOST) <= ALMOST &&
	    count_different(p, new, row_of(&p->shown, y), c->width, MUCH) > MUCH;
}

static bool changed_much(const struct painter *p, const struct canvas *c)
{
	int rows = 0;

	for (int y = 0; y < c->height && rows < SCROLL_LEAST; y++)
		rows += count_different(p, row_of(c, y), row_of(&p->shown, y), c->width, MUCH) > MUCH;
	return rows == SCROLL_LEAST;
}

/* The longest stretch of rows that only moved; rows 0 when there is none. */
static struct move find_move(const struct painter *p, const struct canvas *c)
{
	struct move best = { 0, 0, 0 };

	if (!changed_much(p, c))
		return best;
	for (int by = 2 - c->height; by <= c->height - 2; by++) {
		int run = 0;

		for (int y = by < 0 ? -by : 0; by != 0 && y < c->height && y + by < c->height; y++) {
			run = moved(p, c, y, by) ? run + 1 : 0;
			if (run > best.rows)
				best = (struct move){ y - run + 1, run, by };
		}
	}
	return best;
}

/* Scrolls what the terminal shows, and says in p->shifted what it shows then. */
static void scroll(struct painter *p, const struct move *m, struct pen *pen, struct buf *out)
{
	int by = m->by < 0 ? -m->by : m->by, rows = m->rows + by, top = m->by > 0 ? m->top : m->top - by;
	size_t width = (size_t)p->shown.width;
	struct cell *cell = row_of(&p->shifted, top);

	p->can->put(PAINT_REGION, top, top + rows - 1, out);
	p->can->put(PAINT_TO, m->by > 0 ? top + rows - 1 : top, 0, out);
	p->can->put(m->by > 0 ? PAINT_UP : PAINT_DOWN, by, 0, out);
	p->can->put(PAINT_REGION, 0, -1, out);
	pen->x = -1;
	memcpy(p->shifted.cell, p->shown.cell, (size_t)p->shown.height * width * sizeof *cell);
	if (m->by > 0)
		memmove(cell, cell + (size_t)by * width, (size_t)m->rows * width * sizeof *cell);
	else
		memmove(cell + (size_t)by * width, cell, (size_t)m->rows * width * sizeof *cell);
	for (size_t i = 0; i < (size_t)by * width; i++)
		cell[i + (m->by > 0 ? (size_t)m->rows * width : 0)] = blank;
}

/* --- a picture --- */

static void paint_from(struct painter *p, struct pen *pen, const struct canvas *c, const struct canvas *old, struct buf *out)
{
	for (int y = 0; y < c->height; y++)
		paint_row(p, pen, row_of(c, y), row_of(old, y), y, out);
}

static void paint_changes(struct painter *p, const struct canvas *c, struct buf *out)
{
	struct pen pen = p->pen;
	struct buf scrolled = BUF_INIT;
	struct move m = { 0, 0, 0 };
	size_t begin = out->len;

	paint_from(p, &p->pen, c, &p->shown, out);
	if (p->can->has[PAINT_REGION] && p->can->has[PAINT_UP] && p->can->has[PAINT_DOWN])
		m = find_move(p, c);
	if (m.rows < 2)
		return;
	scroll(p, &m, &pen, &scrolled);
	paint_from(p, &pen, c, &p->shifted, &scrolled);
	if (scrolled.len < out->len - begin) {
		buf_cut(out, begin);
		buf_add(out, scrolled.data, scrolled.len);
		p->pen = pen;
	}
	buf_release(&scrolled);
}

/* Nobody knows what the terminal shows, and it cannot be cleared: every cell differs from what is to be seen. */
static void know_nothing(struct painter *p)
{
	size_t count = (size_t)p->shown.height * (size_t)p->shown.width;

	for (size_t i = 0; i < count; i++)
		p->shown.cell[i].cp = NOTHING_KNOWN;
	p->pen.x = -1;
}

void painter_paint(struct painter *p, const struct canvas *c, bool whole, struct buf *out)
{
	if (whole || c->height != p->shown.height || c->width != p->shown.width) {
		canvas_resize(&p->shown, c->height, c->width);
		canvas_resize(&p->shifted, c->height, c->width);
		canvas_resize(&p->nothing, 1, c->width);
		p->can->put(PAINT_PLAIN, 0, 0, out);
		p->can->put(PAINT_CLEAR, 0, 0, out);
		p->pen = (struct pen){ 0, 0, plain };
		if (!p->can->has[PAINT_CLEAR])
			know_nothing(p);
	}
	paint_changes(p, c, out);
	go(p, &p->pen, row_of(c, c->cursor_y), c->cursor_y, c->cursor_x, out);
	set_look(p, &p->pen, &plain, out);
	memcpy(p->shown.cell, c->cell, (size_t)c->height * (size_t)c->width * sizeof *c->cell);
}
