/* The contents of a book: headings of level 1 and 2 with their pages. In the run that measures the pages are not known; the room is the same. */
#include "typeset/flow.h"

#include <string.h>

#define NUMBER_WIDTH 30.0
#define LEADER_STEP 4.0

static void leaders(struct flow *f, double from, double to, double y)
{
	if (f->dry)
		return;
	for (double x = to - LEADER_STEP; x > from; x -= LEADER_STEP) {
		cairo_new_sub_path(f->cr);
		cairo_arc(f->cr, x, y, 0.5, 0, 2 * G_PI);
		cairo_fill(f->cr);
	}
}

static void line(struct flow *f, const struct piece *p, int page)
{
	const struct flow_font font = { FACE_TEXT, FLOW_TEXT_SIZE, p->level == 1, false };
	double indent = p->level == 1 ? 0 : 14 * f->scale, height, base, end;
	PangoRectangle pos;

	flow_space(f, p->level == 1 ? 5 : 1.5);
	flow_set(f, &font, p->text, f->right - f->left - indent - NUMBER_WIDTH, ALIGN_LEFT);
	height = flow_layout_height(f->layout);
	flow_need(f, height);
	flow_set(f, &font, p->text, f->right - f->left - indent - NUMBER_WIDTH, ALIGN_LEFT);
	flow_put(f, f->layout, f->left + indent, f->y);
	pango_layout_index_to_pos(f->layout, (int)strlen(p->text), &pos);
	end = f->left + indent + (double)pos.x / PANGO_SCALE + LEADER_STEP;
	base = f->y + (double)pos.y / PANGO_SCALE;
	buf_reset(&f->scratch);
	buf_addi(&f->scratch, page);
	flow_set(f, &font, f->scratch.data, NUMBER_WIDTH, ALIGN_RIGHT);
	flow_put(f, f->layout, f->right - NUMBER_WIDTH, base);
	leaders(f, end, f->right - flow_layout_width(f->layout) - 1, base + (double)pango_layout_get_baseline(f->layout) / PANGO_SCALE);
	f->y += height;
	f->fresh = false;
}

void flow_contents(struct flow *f)
{
	const struct flow_font font = { FACE_TEXT, 15, true, false };
	size_t heading = 0;

	flow_space(f, 8);
	flow_set(f, &font, f->s->contents, f->right - f->left, ALIGN_CENTRE);
	flow_lay(f, f->left);
	flow_space(f, 6);
	for (size_t i = 0; i < f->s->count && !f->over; i++) {
		if (f->s->pieces[i].kind != PIECE_HEADING)
			continue;
		if (f->s->pieces[i].level <= 2)
			line(f, &f->s->pieces[i], f->heading_page[heading]);
		heading++;
	}
	flow_space(f, 8);
}
