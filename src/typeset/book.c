#include "typeset/book.h"

#include <qrencode.h>
#include <stdlib.h>
#include <string.h>

#include "documents/html.h"
#include "typeset/cell.h"
#include "typeset/markdown.h"

static const char style[] =
    "body { font: 1.05rem/1.5 \"PT Serif\", Georgia, \"Times New Roman\", serif; max-width: 44rem; margin: 2rem auto; padding: 0 1rem; color: #111; overflow-wrap: break-word; }\n"
    "h1, h2, h3, h4, h5, h6 { line-height: 1.25; break-after: avoid; }\nh1 { text-align: center; margin: 2.5rem 0 1rem; }\n"
    "p { margin: .4rem 0; }\n.centre { text-align: center; }\n.right { text-align: right; }\n.justify { text-align: justify; hyphens: auto; }\n"
    ".blank, .line { display: inline-block; border-bottom: 1px solid #111; min-width: 12rem; }\n"
    ".wide { overflow-x: auto; }\ntable { border-collapse: collapse; width: 100%; margin: 1rem 0; font: .85rem/1.35 \"PT Sans\", Arial, sans-serif; }\n"
    "caption { text-align: left; font-weight: bold; padding: .3rem 0; }\n"
    "th, td { border: 1px solid #999; padding: .25em .5em; text-align: left; vertical-align: top; }\nth { background: #eee; }\n"
    "td.n, th.n { text-align: right; }\ntfoot td { font-weight: bold; }\nthead { display: table-header-group; }\ntr { break-inside: avoid; }\n"
    "nav ol { list-style: none; padding-left: 1.2rem; }\nnav > ol { padding-left: 0; }\nnav a { color: inherit; }\n"
    "blockquote { margin: .6rem 0 .6rem 1rem; padding-left: 1rem; border-left: 3px solid #bbb; }\npre { overflow-x: auto; background: #f4f4f4; padding: .6rem; }\n"
    ".signature { margin-top: 2rem; }\n.cut { border: 0; border-top: 1px dashed #777; margin: 2rem 0; }\n.break { break-after: page; border: 0; margin: 3rem 0; }\n"
    ".keep { break-inside: avoid; }\n.qr { float: right; margin: 0 0 1rem 1rem; }\n"
    "@page { size: A4; margin: 20mm; }\n@media print { body { max-width: none; margin: 0; padding: 0; font-size: 11pt; } .wide { overflow: visible; } .break { margin: 0; } }\n";

struct book {
	const struct script *s;
	struct buf *out, scratch;
	int heading;
	bool list;			/* an item came last: its list is open */
	bool half;
};

static void begin(struct book *b)
{
	buf_adds(b->out, "<!DOCTYPE html>\n<html lang=\"");
	html_text(b->out, b->s->language);
	buf_adds(b->out, "\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
	    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<title>");
	html_text(b->out, b->s->title);
	buf_adds(b->out, "</title>\n");
	if (b->s->author[0] != '\0') {
		buf_adds(b->out, "<meta name=\"author\" content=\"");
		html_text(b->out, b->s->author);
		buf_adds(b->out, "\">\n");
	}
	buf_addf(b->out, "<style>\n%s%s</style>\n</head>\n<body>\n", style, b->s->landscape ? "@page { size: A4 landscape; }\n" : "");
}

static void element(struct book *b, const char *tag, const char *class, const char *text)
{
	buf_addf(b->out, class[0] != '\0' ? "<%s class=\"%s\">" : "<%s>", tag, class);
	html_text(b->out, text);
	buf_addf(b->out, "</%s>\n", tag);
}

/* --- text --- */

static void heading(struct book *b, const struct piece *p)
{
	buf_addf(b->out, "<h%d id=\"h%d\">", p->level, ++b->heading);
	html_text(b->out, p->text);
	buf_addf(b->out, "</h%d>\n", p->level);
}

static void text(struct book *b, const struct piece *p)
{
	static const char *const classes[] = { "", "centre", "right", "justify" };

	buf_addf(b->out, "<p class=\"%s\"", classes[p->align]);
	if (p->size > 0)
		buf_addf(b->out, " style=\"font-size: %lld%%\"", (long long)(p->size / 110));
	buf_addf(b->out, ">%s%s", p->bold ? "<b>" : "", p->italic ? "<i>" : "");
	html_text(b->out, p->text);
	buf_addf(b->out, "%s%s</p>\n", p->italic ? "</i>" : "", p->bold ? "</b>" : "");
}

static void field(struct book *b, const struct piece *p)
{
	size_t len = strlen(p->text);

	buf_adds(b->out, "<p><b>");
	html_text(b->out, p->text);
	buf_adds(b->out, len > 0 && p->text[len - 1] == ':' ? "</b> " : ":</b> ");
	if (p->other[0] == '\0')
		buf_adds(b->out, "<span class=\"blank\">&nbsp;</span>");
	html_text(b->out, p->other);
	buf_adds(b->out, "</p>\n");
}

static void signature(struct book *b, const struct piece *p)
{
	buf_adds(b->out, "<p class=\"signature\">");
	html_text(b->out, p->text);
	buf_adds(b->out, " <span class=\"line\">&nbsp;</span> /");
	html_text(b->out, p->other);
	buf_adds(b->out, p->other[0] != '\0' ? "/</p>\n" : "<span class=\"line\">&nbsp;</span>/</p>\n");
}

/* Headings within a story stand below those of the book. */
static void lower_headings(cmark_node *document)
{
	cmark_iter *i = cmark_iter_new(document);

	while (cmark_iter_next(i) != CMARK_EVENT_DONE) {
		cmark_node *n = cmark_iter_get_node(i);

		if (cmark_node_get_type(n) == CMARK_NODE_HEADING && cmark_node_get_user_data(n) == NULL) {
			int level = cmark_node_get_heading_level(n) + 3;

			cmark_node_set_heading_level(n, level < 6 ? level : 6);
			cmark_node_set_user_data(n, document);
		}
	}
	cmark_iter_free(i);
}

static void markdown(struct book *b, const struct piece *p)
{
	cmark_node *document = markdown_parse(p->text);
	char *html;

	lower_headings(document);
	/* Safe: addresses that are scripts are left out. */
	html = cmark_render_html(document, CMARK_OPT_DEFAULT);
	buf_adds(b->out, html);
	free(html);
	cmark_node_free(document);
}

static void item(struct book *b, const struct piece *p)
{
	if (!b->list)
		buf_adds(b->out, "<ul>\n");
	b->list = true;
	element(b, "li", "", p->text);
}

static void contents(struct book *b)
{
	int number = 0;

	element(b, "h2", "", b->s->contents);
	buf_adds(b->out, "<nav><ol>\n");
	for (size_t i = 0; i < b->s->count; i++) {
		const struct piece *p = &b->s->pieces[i];

		if (p->kind != PIECE_HEADING)
			continue;
		number++;
		if (p->level > 2)
			continue;
		buf_addf(b->out, "<li%s><a href=\"#h%d\">", p->level == 2 ? " style=\"margin-left: 1.2rem\"" : "", number);
		html_text(b->out, p->text);
		buf_adds(b->out, "</a></li>\n");
	}
	buf_adds(b->out, "</ol></nav>\n");
}

/* --- tables and pictures --- */

static void row(struct book *b, const struct table *t, const char *const *cells)
{
	buf_adds(b->out, "<tr>");
	for (int i = 0; i < t->count; i++) {
		enum cell_kind kind = t->columns[i].kind;

		buf_adds(b->out, kind == CELL_NUMBER || kind == CELL_PERCENT ? "<td class=\"n\">" : "<td>");
		html_text(b->out, cell_shown(b->s, kind, cells[i], &b->scratch));
		buf_adds(b->out, "</td>");
	}
	buf_adds(b->out, "</tr>\n");
}

static void table(struct book *b, const struct table *t)
{
	buf_adds(b->out, "<div class=\"wide\"><table>\n");
	if (t->name[0] != '\0')
		element(b, "caption", "", t->name);
	buf_adds(b->out, "<thead><tr>");
	for (int i = 0; i < t->count; i++)
		element(b, "th", t->columns[i].kind == CELL_NUMBER || t->columns[i].kind == CELL_PERCENT ? "n" : "", t->columns[i].title);
	buf_adds(b->out, "</tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < t->rows; i++)
		row(b, t, t->cells + i * (size_t)t->count);
	buf_adds(b->out, "</tbody>\n");
	if (t->total != NULL) {
		buf_adds(b->out, "<tfoot>");
		row(b, t, t->total);
		buf_adds(b->out, "</tfoot>\n");
	}
	buf_adds(b->out, "</table></div>\n");
}

/* What is a picture on paper is a table here: its names and numbers. */
static void marks(struct book *b, const struct piece *p)
{
	buf_adds(b->out, "<table>\n");
	element(b, "caption", "", p->text);
	for (int i = 0; i < p->count; i++) {
		const struct mark *m = &p->marks[i];

		buf_adds(b->out, "<tr>");
		element(b, "td", "", p->kind == PIECE_MAP && m->name[0] != '\0' ? m->name : m->label);
		buf_reset(&b->scratch);
		cell_put_number(b->s, p->kind == PIECE_MAP ? (double)m->value : (double)m->value / 1000, &b->scratch);
		element(b, "td", "n", b->scratch.data);
		buf_adds(b->out, "</tr>\n");
	}
	buf_adds(b->out, "</table>\n");
}

static void qr(struct book *b, const struct piece *p)
{
	QRcode *code = QRcode_encodeString8bit(p->text, 0, QR_ECLEVEL_M);

	if (code == NULL)
		return;
	buf_addf(b->out, "<svg class=\"qr\" width=\"%lldmm\" height=\"%lldmm\" viewBox=\"0 0 %d %d\" shape-rendering=\"crispEdges\"><path d=\"", (long long)(p->length / 1000),
	    (long long)(p->length / 1000), code->width, code->width);
	for (int i = 0; i < code->width * code->width; i++)
		if ((code->data[i] & 1) != 0)
			buf_addf(b->out, "M%d %dh1v1h-1z", i % code->width, i / code->width);
	buf_adds(b->out, "\"/></svg>\n");
	QRcode_free(code);
}

/* --- all --- */

static void half(struct book *b)
{
	if (b->half)
		buf_adds(b->out, "<hr class=\"cut\">\n");
	b->half = true;
}

static void piece(struct book *b, const struct piece *p)
{
	if (b->list && p->kind != PIECE_ITEM) {
		buf_adds(b->out, "</ul>\n");
		b->list = false;
	}
	switch (p->kind) {
	case PIECE_HEADING: heading(b, p); break;
	case PIECE_TEXT: text(b, p); break;
	case PIECE_FIELD: field(b, p); break;
	case PIECE_MARKDOWN: markdown(b, p); break;
	case PIECE_ITEM: item(b, p); break;
	case PIECE_SPACE: buf_addf(b->out, "<div style=\"height: %lldmm\"></div>\n", (long long)((p->length + 500) / 1000)); break;
	case PIECE_BREAK: buf_adds(b->out, "<hr class=\"break\">\n"); break;
	case PIECE_KEEP: buf_adds(b->out, "<div class=\"keep\">\n"); break;
	case PIECE_KEPT: buf_adds(b->out, "</div>\n"); break;
	case PIECE_SIGNATURE: signature(b, p); break;
	case PIECE_QR: qr(b, p); break;
	case PIECE_HALF: half(b); break;
	case PIECE_CONTENTS: contents(b); break;
	case PIECE_TABLE: table(b, p->table); break;
	case PIECE_BARS: case PIECE_MAP: marks(b, p); break;
	case PIECE_SINGLE: case PIECE_FRAME: case PIECE_KINDS: break;
	}
}

int book_write(const struct script *s, struct buf *out, struct err *e)
{
	struct book b = { .s = s, .out = out, .scratch = BUF_INIT };

	(void)e;
	begin(&b);
	for (size_t i = 0; i < s->count; i++)
		piece(&b, &s->pieces[i]);
	if (b.list)
		buf_adds(out, "</ul>\n");
	if (s->foot[0] != '\0')
		element(&b, "footer", "", s->foot);
	buf_adds(out, "</body>\n</html>\n");
	buf_release(&b.scratch);
	return 0;
}
