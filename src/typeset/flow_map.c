/* The tile map: squares on a grid, darker where there is more; what a square says can be read without the shade. */
#include "typeset/flow.h"

#include <math.h>

#include "base/buf.h"

#define TILE_MOST (13 * FLOW_MM)
#define GAP 1.5

struct grid { int rows, columns; double side; };

static struct grid measure(const struct flow *f, const struct piece *p)
{
	struct grid g = { 1, 1, 0 };

	for (int i = 0; i < p->count; i++) {
		g.rows = p->marks[i].row >= g.rows ? p->marks[i].row + 1 : g.rows;
		g.columns = p->marks[i].column >= g.columns ? p->marks[i].column + 1 : g.columns;
	}
	g.side = fmin(TILE_MOST * f->scale, fmin((f->right - f->left) / g.columns, (f->height - 2 * FLOW_MARGIN - 60) / g.rows));
	return g;
}

static void ground(struct flow *f, double x, double y, double side, double shade)
{
	cairo_set_source_rgb(f->cr, 1 - 0.88 * shade, 1 - 0.6 * shade, 1 - 0.72 * shade);
	cairo_rectangle(f->cr, x, y, side, side);
	cairo_fill_preserve(f->cr);
	cairo_set_source_rgb(f->cr, 0.4, 0.4, 0.4);
	cairo_set_line_width(f->cr, 0.4);
	cairo_stroke(f->cr);
}

static void tile(struct flow *f, const struct mark *m, const struct grid *g, double x0, double y0)
{
	const struct flow_font letters = { FACE_TABLE, g->side * 0.33 / f->scale, true, false }, number = { FACE_TABLE, g->side * 0.28 / f->scale, false, false };
	double side = g->side - GAP, x = x0 + m->column * g->side, y = y0 + m->row * g->side, shade = (double)m->shade / 1000;

	if (f->dry)
		return;
	ground(f, x, y, side, shade);
	if (shade > 0.65)
		cairo_set_source_rgb(f->cr, 1, 1, 1);
	else
		cairo_set_source_rgb(f->cr, 0, 0, 0);
	flow_set(f, &letters, m->label, side, ALIGN_CENTRE);
	flow_put(f, f->layout, x, y + side * 0.05);
	buf_reset(&f->scratch);
	buf_addi(&f->scratch, m->value);
	flow_set(f, &number, f->scratch.data, side, ALIGN_CENTRE);
	flow_put(f, f->layout, x, y + side * 0.52);
	cairo_set_source_rgb(f->cr, 0, 0, 0);
}

void flow_map(struct flow *f, const struct piece *p)
{
	const struct flow_font font = { FACE_TEXT, FLOW_TEXT_SIZE, true, false };
	struct grid g = measure(f, p);
	double title, x;

	flow_clear(f);
	flow_space(f, 6);
	flow_set(f, &font, p->text, f->right - f->left, ALIGN_LEFT);
	title = p->text[0] != '\0' ? flow_layout_height(f->layout) + 4 : 0;
	flow_need(f, title + g.rows * g.side);
	if (title > 0) {
		flow_set(f, &font, p->text, f->right - f->left, ALIGN_LEFT);
		flow_lay(f, f->left);
		f->y += 4;
	}
	x = f->left + (f->right - f->left - g.columns * g.side) / 2;
	for (int i = 0; i < p->count; i++)
		tile(f, &p->marks[i], &g, x, f->y);
	f->y += g.rows * g.side;
	f->fresh = false;
	flow_space(f, 8);
}
