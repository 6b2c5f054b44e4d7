/* Bars: standing where there are few and their labels have room below them, else lying, one a line. */
#include "typeset/flow.h"

#include <math.h>

#include "base/buf.h"
#include "typeset/cell.h"

#define STANDING_MAX 16
#define STANDING_HEIGHT (45 * FLOW_MM)
#define LABEL_SIZE 8.0
#define LYING_HEIGHT 13.0

struct bars {
	struct flow *f;
	const struct piece *p;
	double most;			/* the greatest value, at least a thousandth */
	double widest;			/* label */
};

static void small(struct flow *f, const char *text, double width, enum script_align align)
{
	const struct flow_font font = { FACE_TABLE, LABEL_SIZE, false, false };

	flow_set(f, &font, text, width, align);
}

static const char *value(struct bars *b, int i)
{
	buf_reset(&b->f->scratch);
	cell_put_number(b->f->s, (double)b->p->marks[i].value / 1000, &b->f->scratch);
	return b->f->scratch.data;
}

static double share(const struct bars *b, int i)
{
	return b->p->marks[i].value > 0 ? (double)b->p->marks[i].value / b->most : 0;
}

static void bar(struct flow *f, double x, double y, double w, double h)
{
	if (f->dry)
		return;
	cairo_set_source_rgb(f->cr, 0.16, 0.45, 0.36);
	cairo_rectangle(f->cr, x, y, w, h);
	cairo_fill(f->cr);
	cairo_set_source_rgb(f->cr, 0, 0, 0);
}

static void standing(struct bars *b)
{
	struct flow *f = b->f;
	double slot = (f->right - f->left) / b->p->count, high = STANDING_HEIGHT * f->scale, line = LABEL_SIZE * 1.4 * f->scale, base;

	if (slot > 70)
		slot = 70;
	flow_need(f, high + 2 * line);
	base = f->y + high + line;
	for (int i = 0; i < b->p->count; i++) {
		double x = f->left + slot * i, h = high * share(b, i);

		bar(f, x + slot * 0.15, base - h, slot * 0.7, h);
		small(f, value(b, i), slot, ALIGN_CENTRE);
		flow_put(f, f->layout, x, base - h - line);
		small(f, b->p->marks[i].label, slot, ALIGN_CENTRE);
		flow_put(f, f->layout, x, base + 1);
	}
	flow_rule(f, f->left, base, f->left + slot * b->p->count, 0.6);
	f->y = base + line + 2;
	f->fresh = false;
}

static void lying(struct bars *b)
{
	struct flow *f = b->f;
	double labels = b->widest < (f->right - f->left) * 0.4 ? b->widest : (f->right - f->left) * 0.4, room, x;

	for (int i = 0; i < b->p->count && !f->over; i++) {
		flow_need(f, LYING_HEIGHT * f->scale);
		x = f->left + labels + 6;
		room = f->right - x - 45 * f->scale;
		small(f, b->p->marks[i].label, labels, ALIGN_LEFT);
		pango_layout_set_ellipsize(f->layout, PANGO_ELLIPSIZE_END);
		flow_put(f, f->layout, f->left, f->y);
		pango_layout_set_ellipsize(f->layout, PANGO_ELLIPSIZE_NONE);
		bar(f, x, f->y + 1, room * share(b, i), (LYING_HEIGHT - 4) * f->scale);
		small(f, value(b, i), -1, ALIGN_LEFT);
		flow_put(f, f->layout, x + room * share(b, i) + 3, f->y);
		f->y += LYING_HEIGHT * f->scale;
		f->fresh = false;
	}
}

static void measure(struct bars *b)
{
	b->most = 0.001;
	for (int i = 0; i < b->p->count; i++) {
		double wide;

		small(b->f, b->p->marks[i].label, -1, ALIGN_LEFT);
		wide = flow_layout_width(b->f->layout) + 1;
		b->widest = fmax(b->widest, wide);
		b->most = fmax(b->most, (double)b->p->marks[i].value);
	}
}

void flow_bars(struct flow *f, const struct piece *p)
{
	const struct flow_font font = { FACE_TEXT, FLOW_TEXT_SIZE, true, false };
	struct bars b = { .f = f, .p = p };

	flow_clear(f);
	flow_space(f, 6);
	if (p->text[0] != '\0') {
		flow_set(f, &font, p->text, f->right - f->left, ALIGN_LEFT);
		flow_need(f, flow_layout_height(f->layout) + STANDING_HEIGHT * f->scale + 40);
		flow_set(f, &font, p->text, f->right - f->left, ALIGN_LEFT);
		flow_lay(f, f->left);
		flow_space(f, 3);
	}
	measure(&b);
	if (p->count > 0 && p->count <= STANDING_MAX && b.widest <= (f->right - f->left) / p->count)
		standing(&b);
	else
		lying(&b);
	flow_space(f, 8);
}
