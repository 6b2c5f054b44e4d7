/* Headings, paragraphs, fields, items of a list, and the line to sign on. */
#include "typeset/flow.h"

#include <cairo-pdf.h>
#include <string.h>

#define AFTER 4.0			/* below a paragraph */
#define COMPANY (22 * FLOW_MM)		/* a heading has so much of what it heads below it on its page */
#define SIGN_LINE (42 * FLOW_MM)
#define SIGN_POST 0.33			/* the part of the width that the post takes */
#define NO_NAME "                                        "

static void end_block(struct flow *f, double after)
{
	flow_space(f, after);
}

/* For the contents, and among the bookmarks. */
static void remember_heading(struct flow *f, const struct piece *p)
{
	int parent = 0;

	f->heading_page[f->heading++] = f->page;
	if (f->dry)
		return;
	for (int level = p->level - 1; level > 0 && parent == 0; level--)
		parent = f->outline[level];
	buf_reset(&f->scratch);
	/* Numbers without a fraction: the locale's point may be a comma. */
	buf_addf(&f->scratch, "page=%d pos=[%d %d]", f->page, (int)f->left, (int)f->y);
	f->outline[p->level] = cairo_pdf_surface_add_outline(cairo_get_target(f->cr), parent, p->text, f->scratch.data, CAIRO_PDF_OUTLINE_FLAG_OPEN);
	for (int level = p->level + 1; level < 4; level++)
		f->outline[level] = 0;
}

void flow_heading(struct flow *f, const struct piece *p)
{
	static const struct { double size, before, after; enum script_align align; } looks[] = {
		{ 15, 14, 8, ALIGN_CENTRE }, { 12.5, 12, 5, ALIGN_LEFT }, { 11, 8, 4, ALIGN_LEFT }
	};
	const struct flow_font font = { FACE_TEXT, looks[p->level - 1].size, true, false };

	flow_space(f, looks[p->level - 1].before);
	flow_set(f, &font, p->text, flow_right(f) - f->left, looks[p->level - 1].align);
	if (!f->fresh && !flow_fits(f, flow_layout_height(f->layout) + COMPANY * f->scale)) {
		flow_new_page(f);
		flow_set(f, &font, p->text, flow_right(f) - f->left, looks[p->level - 1].align);
	}
	remember_heading(f, p);
	flow_lay(f, f->left);
	end_block(f, looks[p->level - 1].after);
}

void flow_text(struct flow *f, const struct piece *p)
{
	const struct flow_font font = { FACE_TEXT, p->size > 0 ? (double)p->size / 1000 : FLOW_TEXT_SIZE, p->bold, p->italic };

	flow_set(f, &font, p->text, flow_right(f) - f->left, p->align);
	flow_lay(f, f->left);
	end_block(f, AFTER);
}

/* Bold up to a byte of the layout's text. */
static void embolden(PangoLayout *layout, size_t end)
{
	PangoAttrList *list = pango_attr_list_new();
	PangoAttribute *bold = pango_attr_weight_new(PANGO_WEIGHT_BOLD);

	bold->start_index = 0;
	bold->end_index = (guint)end;
	pango_attr_list_insert(list, bold);
	pango_layout_set_attributes(layout, list);
	pango_attr_list_unref(list);
}

/* Behind the label, or below it where that leaves too little. */
static void rule_to_fill(struct flow *f, double right)
{
	PangoRectangle end;
	double x;

	pango_layout_index_to_pos(f->layout, (int)strlen(pango_layout_get_text(f->layout)), &end);
	x = f->left + (double)end.x / PANGO_SCALE;
	flow_rule(f, x, f->y - 1.5 * f->scale, right, 0.5);
}

void flow_field(struct flow *f, const struct piece *p)
{
	const struct flow_font font = { FACE_TEXT, FLOW_TEXT_SIZE, false, false };
	size_t label = strlen(p->text);
	bool blank = p->other[0] == '\0';
	double right = flow_right(f);

	buf_reset(&f->scratch);
	buf_addf(&f->scratch, "%s%s ", p->text, label > 0 && p->text[label - 1] == ':' ? "" : ":");
	label = f->scratch.len;
	buf_adds(&f->scratch, p->other);
	flow_space(f, blank ? 3 : 0);
	flow_set(f, &font, f->scratch.data, right - f->left, ALIGN_LEFT);
	embolden(f->layout, label);
	flow_lay(f, f->left);
	if (blank)
		rule_to_fill(f, right);
	end_block(f, AFTER);
}

void flow_item(struct flow *f, const struct piece *p)
{
	const struct flow_font font = { FACE_TEXT, FLOW_TEXT_SIZE, false, false };
	double indent = 14 * f->scale;

	flow_set(f, &font, "•", -1, ALIGN_LEFT);
	flow_need(f, 2 * flow_layout_height(f->layout));
	flow_set(f, &font, "•", -1, ALIGN_LEFT);
	flow_put(f, f->layout, f->left + 4 * f->scale, f->y);
	flow_set(f, &font, p->text, flow_right(f) - f->left - indent, ALIGN_LEFT);
	flow_lay(f, f->left + indent);
	end_block(f, AFTER / 2);
}

static double taller(double a, double b)
{
	return a > b ? a : b;
}

static void set_name(struct flow *f, const struct flow_font *font, const char *name, double width)
{
	buf_reset(&f->scratch);
	buf_addf(&f->scratch, "/%s/", name[0] != '\0' ? name : NO_NAME);
	flow_set(f, font, f->scratch.data, width, ALIGN_LEFT);
}

/* «Консультант ____________ /Хасанова Г. Р./»: the post at the left, wrapped where it is long, the line and the name beside its last line. */
void flow_signature(struct flow *f, const struct piece *p)
{
	const struct flow_font font = { FACE_TEXT, FLOW_TEXT_SIZE, false, false };
	double wide, gap = 4 * f->scale, post, line, name, height, x;

	flow_clear(f);
	flow_space(f, 14);
	wide = (f->right - f->left) * SIGN_POST;
	x = f->left + wide + gap;
	line = SIGN_LINE < f->right - x ? SIGN_LINE : f->right - x;
	flow_set(f, &font, p->text, wide, ALIGN_LEFT);
	post = flow_layout_height(f->layout);
	set_name(f, &font, p->other, f->right - x - line - gap);
	name = flow_layout_height(f->layout);
	height = taller(post, name);
	flow_need(f, height);
	set_name(f, &font, p->other, f->right - x - line - gap);
	flow_put(f, f->layout, x + line + gap, f->y + height - name);
	flow_set(f, &font, p->text, wide, ALIGN_LEFT);
	flow_put(f, f->layout, f->left, f->y + height - post);
	flow_rule(f, x, f->y + height - 2 * f->scale, x + line, 0.5);
	f->y += height;
	f->fresh = false;
	end_block(f, AFTER);
}
