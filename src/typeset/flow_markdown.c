/* Markdown on paper: a walk over the tree that gathers each paragraph with its bold and italic stretches, and lays it down where it ends. */
#include "typeset/flow.h"

#include <string.h>

#include "typeset/markdown.h"

#define INDENT 15.0
#define DEPTH_MAX 6			/* deeper lists and quotations are set no further in */
#define LISTS_MAX 32
#define AFTER 4.0

struct writer {
	struct flow *f;
	struct buf text;
	PangoAttrList *looks;
	int strong, emphasis, depth, lists;
	struct { bool ordered; int number; } list[LISTS_MAX];
	char marker[16];		/* stands before the next paragraph */
};

static void add_look(struct writer *w, PangoAttribute *a, size_t from)
{
	a->start_index = (guint)from;
	a->end_index = (guint)w->text.len;
	pango_attr_list_insert(w->looks, a);
}

static void add(struct writer *w, const char *text, bool code)
{
	size_t from = w->text.len;

	buf_adds(&w->text, text != NULL ? text : "");
	if (w->text.len == from)
		return;
	if (w->strong > 0)
		add_look(w, pango_attr_weight_new(PANGO_WEIGHT_BOLD), from);
	if (w->emphasis > 0)
		add_look(w, pango_attr_style_new(PANGO_STYLE_ITALIC), from);
	if (code)
		add_look(w, pango_attr_family_new(pango_font_description_get_family(w->f->faces[FACE_CODE])), from);
}

static void begin_paragraph(struct writer *w)
{
	buf_reset(&w->text);
	w->looks = pango_attr_list_new();
}

static double indent(const struct writer *w)
{
	return INDENT * w->f->scale * (w->depth < DEPTH_MAX ? w->depth : DEPTH_MAX);
}

/* Before the first line of an item, which stays beside it. */
static void put_marker(struct writer *w, const struct flow_font *font)
{
	struct flow *f = w->f;
	double right = f->left + indent(w) - 4 * f->scale;

	flow_set(f, font, w->marker, -1, ALIGN_LEFT);
	flow_need(f, 2 * flow_layout_height(f->layout));
	flow_set(f, font, w->marker, -1, ALIGN_LEFT);
	flow_put(f, f->layout, right - flow_layout_width(f->layout), f->y);
	w->marker[0] = '\0';
}

static void end_paragraph(struct writer *w, const struct flow_font *font, enum script_align align, double after)
{
	struct flow *f = w->f;
	double x;

	if (w->marker[0] != '\0')
		put_marker(w, font);
	x = f->left + indent(w);
	flow_set(f, font, w->text.data, flow_right(f) - x, align);
	pango_layout_set_attributes(f->layout, w->looks);
	flow_lay(f, x);
	flow_space(f, after);
	pango_attr_list_unref(w->looks);
	w->looks = NULL;
}

static void paragraph(struct writer *w, bool enter)
{
	const struct flow_font font = { FACE_TEXT, FLOW_TEXT_SIZE, false, false };

	if (enter)
		begin_paragraph(w);
	else
		end_paragraph(w, &font, w->depth > 0 ? ALIGN_LEFT : ALIGN_JUSTIFY, w->lists > 0 ? AFTER / 2 : AFTER);
}

static void heading(struct writer *w, cmark_node *n, bool enter)
{
	const struct flow_font font = { FACE_TEXT, cmark_node_get_heading_level(n) <= 2 ? 12 : 11, true, false };

	if (enter) {
		flow_space(w->f, 6);
		flow_need(w->f, 50 * w->f->scale);
		begin_paragraph(w);
	} else {
		end_paragraph(w, &font, ALIGN_LEFT, AFTER);
	}
}

static void whole(struct writer *w, const char *text, const struct flow_font *font, enum script_align align)
{
	begin_paragraph(w);
	add(w, text, false);
	if (w->text.len > 0 && w->text.data[w->text.len - 1] == '\n')
		buf_cut(&w->text, w->text.len - 1);
	end_paragraph(w, font, align, AFTER);
}

static void list(struct writer *w, cmark_node *n, bool enter)
{
	if (enter && w->lists < LISTS_MAX) {
		w->list[w->lists].ordered = cmark_node_get_list_type(n) == CMARK_ORDERED_LIST;
		w->list[w->lists].number = cmark_node_get_list_start(n);
	}
	w->lists += enter ? 1 : -1;
	if (!enter && w->lists == 0)
		flow_space(w->f, AFTER / 2);
}

static void item(struct writer *w, bool enter)
{
	int level = w->lists - 1 < LISTS_MAX ? w->lists - 1 : LISTS_MAX - 1;

	w->depth += enter ? 1 : -1;
	if (!enter)
		return;
	if (w->list[level].ordered)
		snprintf(w->marker, sizeof w->marker, "%d.", w->list[level].number++);
	else
		snprintf(w->marker, sizeof w->marker, "•");
}

/* Paper cannot be followed: the address stands behind the words. */
static void link_address(struct writer *w, cmark_node *n)
{
	const char *url = cmark_node_get_url(n);
	size_t len = strlen(url);

	if (len == 0 || (w->text.len >= len && strcmp(w->text.data + w->text.len - len, url) == 0) || strncmp(url, "mailto:", 7) == 0)
		return;
	add(w, " (", false);
	add(w, url, false);
	add(w, ")", false);
}

static void inline_node(struct writer *w, cmark_node *n, bool enter)
{
	if (w->looks == NULL)
		return;
	switch (cmark_node_get_type(n)) {
	case CMARK_NODE_TEXT: add(w, cmark_node_get_literal(n), false); break;
	case CMARK_NODE_CODE: add(w, cmark_node_get_literal(n), true); break;
	case CMARK_NODE_SOFTBREAK: add(w, " ", false); break;
	case CMARK_NODE_LINEBREAK: add(w, "\u2028", false); break;
	case CMARK_NODE_STRONG: w->strong += enter ? 1 : -1; break;
	case CMARK_NODE_EMPH: w->emphasis += enter ? 1 : -1; break;
	case CMARK_NODE_LINK:
		if (!enter)
			link_address(w, n);
		break;
	default: break;
	}
}

static void node(struct writer *w, cmark_node *n, bool enter)
{
	const struct flow_font code = { FACE_CODE, FLOW_TABLE_SIZE, false, false }, plain = { FACE_TEXT, FLOW_TEXT_SIZE, false, false };

	switch (cmark_node_get_type(n)) {
	case CMARK_NODE_PARAGRAPH: paragraph(w, enter); break;
	case CMARK_NODE_HEADING: heading(w, n, enter); break;
	case CMARK_NODE_CODE_BLOCK: whole(w, cmark_node_get_literal(n), &code, ALIGN_LEFT); break;
	case CMARK_NODE_THEMATIC_BREAK: whole(w, "* * *", &plain, ALIGN_CENTRE); break;
	case CMARK_NODE_LIST: list(w, n, enter); break;
	case CMARK_NODE_ITEM: item(w, enter); break;
	case CMARK_NODE_BLOCK_QUOTE: w->depth += enter ? 1 : -1; break;
	default: inline_node(w, n, enter); break;
	}
}

void flow_markdown(struct flow *f, const struct piece *p)
{
	struct writer w = { .f = f, .text = BUF_INIT };
	cmark_node *document = markdown_parse(p->text);
	cmark_iter *i = cmark_iter_new(document);
	cmark_event_type event;

	while ((event = cmark_iter_next(i)) != CMARK_EVENT_DONE && !f->over)
		node(&w, cmark_iter_get_node(i), event == CMARK_EVENT_ENTER);
	if (w.looks != NULL)
		pango_attr_list_unref(w.looks);
	cmark_iter_free(i);
	cmark_node_free(document);
	buf_release(&w.text);
	flow_space(f, AFTER / 2);
}
