/* What is drawn: QR codes, the frame of a certificate, the line to cut along. */
#include "typeset/flow.h"

#include <errno.h>
#include <qrencode.h>

#define QR_GAP (4 * FLOW_MM)
#define FRAME_OUTER (9 * FLOW_MM)
#define FRAME_INNER (14 * FLOW_MM)
#define LOZENGE (4.5 * FLOW_MM)
#define CORNER (16 * FLOW_MM)		/* what its ornament takes on both sides */

/* --- QR --- */

/* Neighbouring dark modules as one rectangle: fewer seams. */
static void draw_qr(struct flow *f, const QRcode *code, double x, double y, double side)
{
	double m = side / code->width;

	cairo_set_antialias(f->cr, CAIRO_ANTIALIAS_NONE);
	for (int row = 0; row < code->width; row++)
		for (int from = 0, to; from < code->width; from = to + 1) {
			for (to = from; to < code->width && (code->data[row * code->width + to] & 1) != 0; to++)
				;
			if (to > from)
				cairo_rectangle(f->cr, x + from * m, y + row * m, (to - from) * m, m);
		}
	cairo_fill(f->cr);
	cairo_set_antialias(f->cr, CAIRO_ANTIALIAS_DEFAULT);
}

/* At the right, where text goes beside it. A text too long for a code leaves none: what it says is printed besides anyway. */
void flow_qr(struct flow *f, const struct piece *p)
{
	double side = (double)p->length * FLOW_UM, most = (f->right - f->left) / 2;
	QRcode *code = p->text[0] != '\0' ? QRcode_encodeString8bit(p->text, 0, QR_ECLEVEL_M) : NULL;

	if (code == NULL)
		return;
	side = side < most ? side : most;
	flow_clear(f);
	flow_need(f, side);
	if (!f->dry)
		draw_qr(f, code, f->right - side, f->y, side);
	f->aside_until = f->y + side + QR_GAP;
	f->aside_width = side + QR_GAP;
	QRcode_free(code);
}

/* --- frames --- */

static void ink(struct flow *f)
{
	cairo_set_source_rgb(f->cr, 0.05, 0.35, 0.22);
}

static void lozenge(cairo_t *cr, double x, double y, double r)
{
	cairo_move_to(cr, x, y - r);
	cairo_line_to(cr, x + r, y);
	cairo_line_to(cr, x, y + r);
	cairo_line_to(cr, x - r, y);
	cairo_close_path(cr);
}

/* A row of lozenges with dots between them, evenly between two corners. */
static void chain(struct flow *f, double x, double y, double dx, double dy, double length)
{
	double from = CORNER / 2 + LOZENGE / 2, room = length - 2 * from;
	int count = (int)(room / LOZENGE / 2) * 2;

	for (int i = 0; i <= count; i++) {
		double at = from + room * i / count;

		lozenge(f->cr, x + dx * at, y + dy * at, i % 2 == 0 ? LOZENGE * 0.42 : LOZENGE * 0.16);
	}
	cairo_fill(f->cr);
}

/* A stepped square, as it is woven. */
static void corner(struct flow *f, double x, double y)
{
	double u = CORNER / 10;

	cairo_set_source_rgb(f->cr, 1, 1, 1);
	cairo_rectangle(f->cr, x - CORNER / 2, y - CORNER / 2, CORNER, CORNER);
	cairo_fill(f->cr);
	ink(f);
	for (int i = -4; i <= 4; i++) {
		int reach = 4 - (i < 0 ? -i : i);

		cairo_rectangle(f->cr, x - (reach + 0.5) * u, y + (i - 0.5) * u, (2 * reach + 1) * u, u);
	}
	cairo_fill(f->cr);
	cairo_set_source_rgb(f->cr, 1, 1, 1);
	lozenge(f->cr, x, y, 2 * u);
	cairo_fill(f->cr);
	ink(f);
	lozenge(f->cr, x, y, u);
	cairo_fill(f->cr);
}

static void border(struct flow *f, double inset, double thick)
{
	cairo_set_line_width(f->cr, thick);
	cairo_rectangle(f->cr, inset, inset, f->width - 2 * inset, f->height - 2 * inset);
	cairo_stroke(f->cr);
}

/* What stands on this page keeps away from it. */
static void keep_away(struct flow *f)
{
	double sides = FRAME_INNER + CORNER, ends = FRAME_INNER + CORNER / 2;

	f->left = sides > f->left ? sides : f->left;
	f->right = f->width - sides < f->right ? f->width - sides : f->right;
	f->top = ends > f->top ? ends : f->top;
	f->y = f->top > f->y ? f->top : f->y;
	f->bottom = f->height - ends < f->bottom ? f->height - ends : f->bottom;
}

void flow_frame(struct flow *f)
{
	double middle = (FRAME_OUTER + FRAME_INNER) / 2, w = f->width - 2 * middle, h = f->height - 2 * middle;

	keep_away(f);
	if (f->dry)
		return;
	cairo_save(f->cr);
	ink(f);
	border(f, FRAME_OUTER, 1.4);
	border(f, FRAME_INNER, 0.6);
	chain(f, middle, middle, 1, 0, w);
	chain(f, middle, middle + h, 1, 0, w);
	chain(f, middle, middle, 0, 1, h);
	chain(f, middle + w, middle, 0, 1, h);
	for (int i = 0; i < 4; i++)
		corner(f, middle + (i % 2) * w, middle + (i / 2) * h);
	cairo_restore(f->cr);
}

void flow_cut(struct flow *f, double y)
{
	const double dashes[] = { 4, 4 };

	if (f->dry)
		return;
	cairo_save(f->cr);
	cairo_set_source_rgb(f->cr, 0.4, 0.4, 0.4);
	cairo_set_dash(f->cr, dashes, 2, 0);
	flow_rule(f, 5 * FLOW_MM, y, f->width - 5 * FLOW_MM, 0.5);
	cairo_restore(f->cr);
}
