/* Tables: a head that is repeated on every page, rows that stay whole unless one is taller than a page, cells whose text is wrapped. Shaping text is most of the
 * work; so a cell that was set once is kept, and serves every row that says the same, and the run that draws after the one that measures. */
#include "typeset/flow.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "typeset/cell.h"

#define PAD_X 3.0
#define PAD_Y 2.0
#define PAD_LEAST 2.0			/* above and below together, in rows of a least height: text stands in their middle */
#define LINE 0.4
#define SMALLEST 7			/* tenths, of letters where a row has a least height */
#define KEPT_MAX 40000			/* some 100 MB of set cells; what is more is set anew each time */

struct key { const struct table *t; int column; const char *text; };

struct grid {
	struct flow *f;
	const struct table *t;
	double x[SCRIPT_COLUMNS_MAX + 1];
	PangoLayout *cells[SCRIPT_COLUMNS_MAX], *heads[SCRIPT_COLUMNS_MAX];
	bool total;			/* the row of totals is set: bold */
	double head;			/* its height */
	bool repeat;			/* it leaves room for rows */
	struct buf shown, broken;
};

static void set_edges(struct grid *g)
{
	const struct table *t = g->t;
	double all = 0, at = g->f->left, room = g->f->right - g->f->left;

	for (int i = 0; i < t->count; i++)
		all += t->columns[i].width > 0 ? (double)t->columns[i].width : 1000;
	for (int i = 0; i < t->count; i++) {
		g->x[i] = at;
		at += room * (t->columns[i].width > 0 ? (double)t->columns[i].width : 1000) / all;
	}
	g->x[t->count] = g->f->right;
}

/* --- cells that are kept --- */

static guint key_hash(gconstpointer p)
{
	const struct key *k = p;

	return g_str_hash(k->text) ^ (guint)k->column * 2654435761u ^ g_direct_hash(k->t);
}

static gboolean key_equal(gconstpointer p, gconstpointer q)
{
	const struct key *a = p, *b = q;

	return a->t == b->t && a->column == b->column && strcmp(a->text, b->text) == 0;
}

void flow_cells_init(struct flow *f)
{
	f->cells = g_hash_table_new_full(key_hash, key_equal, free, g_object_unref);
}

void flow_cells_release(struct flow *f)
{
	g_hash_table_destroy(f->cells);
}

static PangoLayout *make_layout(struct grid *g, int column, bool bold)
{
	const struct flow_font font = { FACE_TABLE, g->t->size > 0 ? (double)g->t->size / 1000 : FLOW_TABLE_SIZE, bold, false };
	PangoLayout *l = pango_layout_new(pango_layout_get_context(g->f->layout));
	double width = g->x[column + 1] - g->x[column] - 2 * PAD_X;
	enum cell_kind kind = g->t->columns[column].kind;

	flow_font(g->f, l, &font);
	pango_layout_set_width(l, (int)((width > 1 ? width : 1) * PANGO_SCALE));
	pango_layout_set_wrap(l, PANGO_WRAP_WORD_CHAR);
	pango_layout_set_alignment(l, kind == CELL_NUMBER || kind == CELL_PERCENT ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
	return l;
}

/* Height of a row whose texts are in the layouts. */
static double row_height(const struct grid *g, PangoLayout *const *row)
{
	double height = 0;

	for (int i = 0; i < g->t->count; i++) {
		double h = flow_layout_height(row[i]);

		if (h > height)
			height = h;
	}
	return height + (g->t->row > 0 ? PAD_LEAST : 2 * PAD_Y);
}

/* Smaller letters before a row grows over its least height. */
static void squeeze(struct grid *g, PangoLayout *l)
{
	double room = (double)g->t->row * FLOW_UM - PAD_LEAST, size = g->t->size > 0 ? (double)g->t->size / 1000 : FLOW_TABLE_SIZE;

	for (int tenths = 9; g->t->row > 0 && tenths >= SMALLEST && flow_layout_height(l) > room; tenths--)
		flow_font(g->f, l, &(struct flow_font){ FACE_TABLE, size * tenths / 10, false, false });
}

/* Unicode's rules keep «Родник» and a bracket behind it on one line, the blank between them or not; a narrow column has no room for that. */
static const char *breakable(struct grid *g, const char *text)
{
	const char *at = strstr(text, "» (");

	if (at == NULL)
		return text;
	buf_reset(&g->broken);
	for (; at != NULL; text = at + strlen("» "), at = strstr(text, "» (")) {
		buf_add(&g->broken, text, (size_t)(at - text));
		buf_adds(&g->broken, "» \xe2\x80\x8b");
	}
	buf_adds(&g->broken, text);
	return g->broken.data;
}

static PangoLayout *set_cell(struct grid *g, int column, const char *text)
{
	bool keep = !g->total && g->f->scale == 1 && g_hash_table_size(g->f->cells) < KEPT_MAX;
	struct key probe = { g->t, column, text }, *k;
	PangoLayout *l = !g->total && g->f->scale == 1 ? g_hash_table_lookup(g->f->cells, &probe) : NULL;

	if (l != NULL)
		return g_object_ref(l);
	l = make_layout(g, column, g->total);
	pango_layout_set_text(l, breakable(g, cell_shown(g->f->s, g->t->columns[column].kind, text, &g->shown)), -1);
	squeeze(g, l);
	if (keep) {
		k = mem_alloc(sizeof *k);
		*k = probe;
		g_hash_table_insert(g->f->cells, k, g_object_ref(l));
	}
	return l;
}

static void drop_row(struct grid *g)
{
	for (int i = 0; i < g->t->count; i++)
		g_clear_object(&g->cells[i]);
}

static void set_row(struct grid *g, const char *const *texts)
{
	drop_row(g);
	for (int i = 0; i < g->t->count; i++)
		g->cells[i] = set_cell(g, i, texts[i]);
}

/* Ground and lines of a row at y. */
static void draw_box(const struct grid *g, double height, double shade)
{
	struct flow *f = g->f;

	if (f->dry)
		return;
	if (shade > 0) {
		cairo_set_source_rgb(f->cr, 1 - shade, 1 - shade, 1 - shade);
		cairo_rectangle(f->cr, f->left, f->y, f->right - f->left, height);
		cairo_fill(f->cr);
	}
	cairo_set_source_rgb(f->cr, 0.45, 0.45, 0.45);
	cairo_set_line_width(f->cr, LINE);
	cairo_rectangle(f->cr, f->left, f->y, f->right - f->left, height);
	for (int i = 1; i < g->t->count; i++) {
		cairo_move_to(f->cr, g->x[i], f->y);
		cairo_line_to(f->cr, g->x[i], f->y + height);
	}
	cairo_stroke(f->cr);
	cairo_set_source_rgb(f->cr, 0, 0, 0);
}

static void draw_row(struct grid *g, PangoLayout *const *row, double height, double shade)
{
	struct flow *f = g->f;

	draw_box(g, height, shade);
	for (int i = 0; i < g->t->count; i++)
		if (*pango_layout_get_text(row[i]) != '\0')
			flow_put(f, row[i], g->x[i] + PAD_X, f->y + (g->t->row > 0 ? (height - flow_layout_height(row[i])) / 2 : PAD_Y));
	f->y += height;
	f->fresh = false;
}

static void draw_head(struct grid *g)
{
	draw_row(g, g->heads, g->head, 0.1);
}

static void turn_page(struct grid *g)
{
	flow_new_page(g->f);
	if (g->repeat && !g->f->over)
		draw_head(g);
}

/* --- a row taller than a page: its lines go over --- */

/* Draws the lines of a cell that fit below y, from line *next on; their height. */
static double draw_lines(struct grid *g, int column, int *next, double room)
{
	PangoLayoutIter *i = pango_layout_get_iter(g->cells[column]);
	int n = 0, top = 0, bottom = 0, start = -1;
	double height = 0;

	do {
		if (n++ < *next)
			continue;
		pango_layout_iter_get_line_yrange(i, &top, &bottom);
		if (start < 0)
			start = top;
		else if ((double)(bottom - start) / PANGO_SCALE > room)
			break;
		height = (double)(bottom - start) / PANGO_SCALE;
		if (!g->f->dry) {
			cairo_move_to(g->f->cr, g->x[column] + PAD_X, g->f->y + PAD_Y + (double)(pango_layout_iter_get_baseline(i) - start) / PANGO_SCALE);
			pango_cairo_show_layout_line(g->f->cr, pango_layout_iter_get_line_readonly(i));
		}
		*next = n;
	} while (pango_layout_iter_next_line(i));
	pango_layout_iter_free(i);
	return height;
}

static void draw_tall(struct grid *g)
{
	int next[SCRIPT_COLUMNS_MAX] = { 0 };
	bool more = true;

	while (more && !g->f->over) {
		double height = 0, room = g->f->bottom - g->f->y - 2 * PAD_Y;

		more = false;
		for (int i = 0; i < g->t->count; i++) {
			double h = draw_lines(g, i, &next[i], room);

			height = h > height ? h : height;
			more = more || next[i] < pango_layout_get_line_count(g->cells[i]);
		}
		height += 2 * PAD_Y;
		draw_box(g, height, 0);
		g->f->y += height;
		g->f->fresh = false;
		if (more)
			turn_page(g);
	}
}

/* --- a table --- */

static void draw_texts(struct grid *g, const char *const *texts, double least, double shade)
{
	struct flow *f = g->f;
	double height;

	set_row(g, texts);
	height = row_height(g, g->cells);
	height = height > least ? height : least;
	if (!flow_fits(f, height) && f->y > f->top + (g->repeat ? g->head : 0) + 0.1)
		turn_page(g);
	if (!flow_fits(f, height))
		draw_tall(g);
	else
		draw_row(g, g->cells, height, shade);
}

static void draw_total(struct grid *g)
{
	g->total = true;
	draw_texts(g, g->t->total, 0, 0.05);
}

/* Caption, head and the first row begin together. */
static void draw_beginning(struct grid *g)
{
	const struct flow_font font = { FACE_TEXT, FLOW_TEXT_SIZE, true, false };
	struct flow *f = g->f;
	double caption = 0, first = (double)g->t->row * FLOW_UM;

	if (g->t->name[0] != '\0') {
		flow_set(f, &font, g->t->name, f->right - f->left, ALIGN_LEFT);
		caption = flow_layout_height(f->layout) + 4;
	}
	if (g->t->rows > 0) {
		set_row(g, g->t->cells);
		first = row_height(g, g->cells) > first ? row_height(g, g->cells) : first;
	}
	if (g->repeat)
		flow_need(f, caption + g->head + (first < f->height / 4 ? first : f->height / 4));
	if (g->t->name[0] != '\0') {
		flow_set(f, &font, g->t->name, f->right - f->left, ALIGN_LEFT);
		flow_lay(f, f->left);
		f->y += 4;
	}
	draw_head(g);
}

void flow_table(struct flow *f, const struct table *t)
{
	struct grid g = { .f = f, .t = t, .shown = BUF_INIT, .broken = BUF_INIT };

	flow_clear(f);
	flow_space(f, 4);
	set_edges(&g);
	for (int i = 0; i < t->count; i++) {
		g.heads[i] = make_layout(&g, i, true);
		pango_layout_set_text(g.heads[i], t->columns[i].title, -1);
	}
	g.head = row_height(&g, g.heads);
	g.repeat = g.head < f->height / 3;
	draw_beginning(&g);
	for (size_t i = 0; i < t->rows && !f->over; i++)
		draw_texts(&g, t->cells + i * (size_t)t->count, (double)t->row * FLOW_UM, 0);
	if (t->total != NULL && !f->over)
		draw_total(&g);
	drop_row(&g);
	for (int i = 0; i < t->count; i++)
		g_object_unref(g.heads[i]);
	buf_release(&g.shown);
	buf_release(&g.broken);
	flow_space(f, 6);
}
