#include "typeset/flow.h"

#include <stdlib.h>

#include "base/mem.h"

#define FOOT_SIZE 8.0
#define FOOT_UP 0.55			/* of the margin, from the page's edge */

/* --- pages --- */

static void begin_page(struct flow *f)
{
	f->left = f->margin;
	f->right = f->width - f->margin;
	f->top = f->y = f->margin;
	f->bottom = f->height - f->margin;
	f->aside_until = 0;
	f->fresh = true;
}

void flow_pages(struct flow *f, int pages, bool dry)
{
	f->page = 1;
	f->pages = pages;
	f->dry = dry;
	f->scale = 1;
	f->last_scale = 0;
	f->heading = 0;
	begin_page(f);
}

static void put_foot(struct flow *f)
{
	const struct flow_font font = { FACE_TABLE, FOOT_SIZE / f->scale, false, false };
	double wide, y = f->height - FOOT_UP * f->margin - FOOT_SIZE;

	if (f->dry || f->s->plain || (f->titled && f->page == 1))
		return;
	buf_reset(&f->scratch);
	buf_addf(&f->scratch, "%d %s %d", f->page, f->s->of, f->pages);
	cairo_set_source_rgb(f->cr, 0.3, 0.3, 0.3);
	flow_set(f, &font, f->scratch.data, -1, ALIGN_LEFT);
	wide = flow_layout_width(f->layout);
	flow_put(f, f->layout, f->width - f->margin - wide, y);
	flow_set(f, &font, f->s->foot, f->width - 2 * f->margin - wide - 10, ALIGN_LEFT);
	pango_layout_set_height(f->layout, -1);
	pango_layout_set_ellipsize(f->layout, PANGO_ELLIPSIZE_END);
	flow_put(f, f->layout, f->margin, y);
	pango_layout_set_ellipsize(f->layout, PANGO_ELLIPSIZE_NONE);
	cairo_set_source_rgb(f->cr, 0, 0, 0);
}

void flow_last_page(struct flow *f)
{
	put_foot(f);
	if (!f->dry)
		cairo_show_page(f->cr);
}

void flow_new_page(struct flow *f)
{
	if (f->page >= SCRIPT_PAGES_MAX)
		f->over = true;
	if (f->over)
		return;
	flow_last_page(f);
	f->page++;
	begin_page(f);
}

bool flow_fits(const struct flow *f, double height)
{
	return f->y + height <= f->bottom + 0.01;
}

void flow_need(struct flow *f, double height)
{
	if (!f->fresh && !flow_fits(f, height))
		flow_new_page(f);
}

void flow_space(struct flow *f, double points)
{
	if (!f->fresh)
		f->y += points * f->scale;
}

double flow_right(const struct flow *f)
{
	return f->y < f->aside_until ? f->right - f->aside_width : f->right;
}

void flow_clear(struct flow *f)
{
	if (f->y < f->aside_until)
		f->y = f->aside_until;
}

/* --- lines --- */

void flow_font(struct flow *f, PangoLayout *layout, const struct flow_font *font)
{
	PangoFontDescription *d = f->faces[font->face];

	pango_font_description_set_absolute_size(d, font->size * f->scale * PANGO_SCALE);
	pango_font_description_set_weight(d, font->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
	pango_font_description_set_style(d, font->italic ? PANGO_STYLE_ITALIC : PANGO_STYLE_NORMAL);
	pango_layout_set_font_description(layout, d);
}

void flow_set(struct flow *f, const struct flow_font *font, const char *text, double width, enum script_align align)
{
	static const PangoAlignment aligns[] = { PANGO_ALIGN_LEFT, PANGO_ALIGN_CENTER, PANGO_ALIGN_RIGHT, PANGO_ALIGN_LEFT };
	PangoLayout *l = f->layout;

	pango_layout_set_attributes(l, NULL);
	pango_layout_set_indent(l, 0);
	pango_layout_set_width(l, width < 0 ? -1 : (int)(width * PANGO_SCALE));
	pango_layout_set_wrap(l, PANGO_WRAP_WORD_CHAR);
	pango_layout_set_alignment(l, aligns[align]);
	pango_layout_set_justify(l, align == ALIGN_JUSTIFY);
	flow_font(f, l, font);
	pango_layout_set_text(l, text, -1);
}

double flow_layout_width(PangoLayout *layout)
{
	int w, h;

	pango_layout_get_size(layout, &w, &h);
	return (double)w / PANGO_SCALE;
}

double flow_layout_height(PangoLayout *layout)
{
	int w, h;

	pango_layout_get_size(layout, &w, &h);
	return (double)h / PANGO_SCALE;
}

void flow_put(struct flow *f, PangoLayout *layout, double x, double y)
{
	if (f->dry)
		return;
	cairo_move_to(f->cr, x, y);
	pango_cairo_show_layout(f->cr, layout);
}

void flow_rule(struct flow *f, double x, double y, double to, double thick)
{
	if (f->dry)
		return;
	cairo_set_line_width(f->cr, thick);
	cairo_move_to(f->cr, x, y);
	cairo_line_to(f->cr, to, y);
	cairo_stroke(f->cr);
}

/* Where each line ends, from the top; the caller frees. */
static double *line_bottoms(PangoLayout *layout, int count)
{
	double *bottoms = mem_zero((size_t)count, sizeof *bottoms);
	PangoLayoutIter *i = pango_layout_get_iter(layout);
	int n = 0, top, bottom;

	do {
		pango_layout_iter_get_line_yrange(i, &top, &bottom);
		bottoms[n++] = (double)bottom / PANGO_SCALE;
	} while (n < count && pango_layout_iter_next_line(i));
	pango_layout_iter_free(i);
	return bottoms;
}

/* How many lines from `first` on go on this page: none alone at its foot or at the head of the next, where there are more of them. */
static int lines_here(const struct flow *f, const double *bottoms, int count, int first)
{
	double skipped = first > 0 ? bottoms[first - 1] : 0;
	int n = first;

	while (n < count && flow_fits(f, bottoms[n] - skipped))
		n++;
	if (n == count)
		return n;
	if (n - first == 1 && first == 0)
		n = first;
	else if (count - n == 1 && n - first > 2)
		n--;
	return n == first && f->fresh ? first + 1 : n;
}

static void put_lines(struct flow *f, double x, int first, int end, double skipped)
{
	PangoLayoutIter *i = pango_layout_get_iter(f->layout);
	PangoRectangle box;
	int n = 0;

	do {
		if (n >= first && n < end) {
			pango_layout_iter_get_line_extents(i, NULL, &box);
			cairo_move_to(f->cr, x + (double)box.x / PANGO_SCALE, f->y - skipped + (double)pango_layout_iter_get_baseline(i) / PANGO_SCALE);
			pango_cairo_show_layout_line(f->cr, pango_layout_iter_get_line_readonly(i));
		}
	} while (++n < end && pango_layout_iter_next_line(i));
	pango_layout_iter_free(i);
}

/* The foot of a page is set in f->layout, which holds what goes on. */
static void turn_page(struct flow *f)
{
	PangoLayout *mine = f->layout;

	f->layout = pango_layout_new(pango_layout_get_context(mine));
	flow_new_page(f);
	g_object_unref(f->layout);
	f->layout = mine;
}

static void lay_over_pages(struct flow *f, double x, const double *bottoms, int count)
{
	int first = 0, end;

	while (first < count && !f->over) {
		double skipped = first > 0 ? bottoms[first - 1] : 0;

		end = lines_here(f, bottoms, count, first);
		if (!f->dry && end > first)
			put_lines(f, x, first, end, skipped);
		if (end > first) {
			f->y += bottoms[end - 1] - skipped;
			f->fresh = false;
		}
		first = end;
		if (first < count)
			turn_page(f);
	}
}

void flow_lay(struct flow *f, double x)
{
	double height = flow_layout_height(f->layout), *bottoms;
	int count;

	if (flow_fits(f, height)) {
		flow_put(f, f->layout, x, f->y);
		f->y += height;
		f->fresh = false;
		return;
	}
	count = pango_layout_get_line_count(f->layout);
	bottoms = line_bottoms(f->layout, count);
	lay_over_pages(f, x, bottoms, count);
	free(bottoms);
}
