/* An outline as one HTML file. Charts are inline SVG whose words are text; all that a chart says stands in a table besides. */
#include "documents/outline.h"

#include <string.h>

#include "base/i18n.h"
#include "documents/html.h"

/* --- how it looks --- */

/* The shades go from the page's ground to the ink's colour; letters on them keep a contrast of 4.5 to 1 in both schemes. */
static const char style[] =
	":root{--ink:#1b1f24;--soft:#57606a;--ground:#fff;--line:#d0d7de;--band:#f6f8fa;--bar:#1f6f8b;--rest:#dde5ea;--warn:#9a3412;"
	"--s0:#eef2f5;--s1:#c5dfe8;--s2:#8cc0d2;--s3:#317a95;--s4:#14536b;--i0:#57606a;--i1:#1b1f24;--i2:#1b1f24;--i3:#fff;--i4:#fff}\n"
	"@media (prefers-color-scheme:dark){:root{--ink:#e6edf3;--soft:#9aa5b1;--ground:#11161c;--line:#30363d;--band:#1a2129;--bar:#58b5d1;--rest:#27313b;--warn:#ffb38a;"
	"--s0:#1a2129;--s1:#1c3f4d;--s2:#245f74;--s3:#4a9cb6;--s4:#a5dcec;--i0:#9aa5b1;--i1:#e6edf3;--i2:#fff;--i3:#0b0f13;--i4:#0b0f13}}\n"
	"*{box-sizing:border-box}html{color-scheme:light dark}\n"
	"body{font:1rem/1.5 system-ui,'Noto Sans','DejaVu Sans',sans-serif;color:var(--ink);background:var(--ground);max-width:72rem;margin:0 auto;padding:1rem}\n"
	"h1{font-size:1.6rem;line-height:1.25}h2{font-size:1.3rem;margin:2.2rem 0 .6rem;border-bottom:2px solid var(--bar);padding-bottom:.2rem}h3{font-size:1.05rem;margin:1.4rem 0 .4rem}\n"
	"p{margin:.5rem 0;max-width:60rem}p.n{color:var(--soft);font-size:.9rem}p.w{color:var(--warn);font-weight:600}\n"
	"nav ol{columns:16rem;padding-left:1.4rem}a{color:var(--bar)}\n"
	"dl{display:grid;grid-template-columns:minmax(8rem,16rem) 1fr;gap:.2rem 1rem;margin:.6rem 0}dt{color:var(--soft)}dd{margin:0}\n"
	".t{overflow-x:auto;margin:.8rem 0}table{border-collapse:collapse;width:100%;font-size:.9rem}\n"
	"th,td{padding:.3rem .55rem;text-align:left;vertical-align:top;border-bottom:1px solid var(--line)}th{background:var(--band);font-weight:600}\n"
	"th.m{min-width:6.5rem}th.l{min-width:16rem}\n"
	"td.n,th.n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}td.d{white-space:nowrap}tfoot td{font-weight:600;border-top:2px solid var(--line)}\n"
	"tbody tr:nth-child(even){background:var(--band)}\n"
	"figure{margin:1rem 0;overflow-x:auto}figcaption{font-weight:600;margin-bottom:.4rem}svg{display:block;max-width:100%;height:auto}\n"
	"svg text{fill:var(--ink);font-family:inherit}.b{fill:var(--bar)}.r{fill:var(--rest)}.s0{fill:var(--s0)}.s1{fill:var(--s1)}.s2{fill:var(--s2)}.s3{fill:var(--s3)}.s4{fill:var(--s4)}\n"
	"svg .i0{fill:var(--i0)}svg .i1{fill:var(--i1)}svg .i2{fill:var(--i2)}svg .i3{fill:var(--i3)}svg .i4{fill:var(--i4)}\n"
	".g{margin:.5rem 0 .8rem;max-width:48rem}.g div{display:flex;justify-content:space-between;gap:1rem}.g span+span{white-space:nowrap;font-variant-numeric:tabular-nums}\n"
	".g svg{width:100%;height:.8rem;border-radius:.2rem}\n"
	"@media (max-width:30rem){body{padding:.6rem}dl{grid-template-columns:1fr}dt{margin-top:.4rem}th,td{padding:.25rem .35rem}"
	"th:first-child,td:first-child{position:sticky;left:0;max-width:9.5rem;hyphens:auto;overflow-wrap:break-word;background:var(--ground)}th:first-child,tbody tr:nth-child(even) td:first-child{background:var(--band)}}\n"
	"@media print{:root{--ink:#000;--soft:#444;--ground:#fff;--line:#bbb;--band:#f3f3f3;--bar:#1f6f8b;--rest:#dde5ea;--warn:#000;"
	"--s0:#eef2f5;--s1:#c5dfe8;--s2:#8cc0d2;--s3:#317a95;--s4:#14536b;--i0:#444;--i1:#000;--i2:#000;--i3:#fff;--i4:#fff}\n"
	"@page{size:A4 landscape;margin:12mm}html{color-scheme:light}body{font-size:9pt;max-width:none;padding:0}nav{display:none}h2.p{break-before:page}h2,h3{break-after:avoid}\n"
	"h2+p.n,h3+p.n{break-after:avoid}figure+p.n{break-before:avoid}th.m,th.l{min-width:0}.k{columns:3;column-gap:5mm}.k table{font-size:7pt}.k th,.k td{padding:.5pt 2pt}.k thead{display:none}.a tr>:last-child{display:none}\n"
	"tr,figure,.g{break-inside:avoid}thead{display:table-header-group}tfoot{display:table-row-group}.t,figure{overflow:visible}\n"
	"svg rect,tbody tr,th{print-color-adjust:exact;-webkit-print-color-adjust:exact}}\n";

/* --- tables --- */

static const char *class_of(enum typeset_kind kind)
{
	switch (kind) {
	case TYPESET_NUMBER: case TYPESET_PERCENT: return " class=\"n\"";
	case TYPESET_DATE: return " class=\"d\"";
	default: return "";
	}
}

static void add_row(const struct outline *o, const struct outline_part *table, const struct outline_part *row, struct buf *out)
{
	struct buf cell = BUF_INIT;
	buf_adds(out, "<tr>");
	for (int i = 0; i < row->count; i++) {
		enum typeset_kind kind = o->column[table->first + (size_t)i].kind;
		buf_reset(&cell);
		outline_show(kind, outline_cell(o, row, i), &cell);
		buf_adds(out, "<td");
		buf_adds(out, class_of(kind));
		buf_addc(out, '>');
		html_text(out, cell.data);
		buf_adds(out, "</td>");
	}
	buf_adds(out, "</tr>\n");
	buf_release(&cell);
}

/* Words are not squeezed into a column of single letters: where the page is narrower than that, the table moves sideways under its first column. */
static const char *class_of_head(const struct outline_kept *c)
{
	if (c->kind != TYPESET_TEXT)
		return class_of(c->kind);
	return c->width >= 8 ? " class=\"l\"" : c->width >= 4 ? " class=\"m\"" : "";
}

/* A list is printed in columns, without the last one of its cells where that is an aside. */
static void begin_table(const struct outline *o, const struct outline_part *p, struct buf *out)
{
	bool aside = p->level > 0 && o->column[p->first + (size_t)p->level - 1].aside;
	buf_addf(out, "<div class=\"t%s%s\"><table>\n<thead><tr>", p->list ? " k" : "", p->list && aside ? " a" : "");
	for (int i = 0; i < p->level; i++) {
		const struct outline_kept *c = &o->column[p->first + (size_t)i];
		buf_addf(out, "<th scope=\"col\"%s>", class_of_head(c));
		html_text(out, outline_at(o, c->title));
		buf_adds(out, "</th>");
	}
	buf_adds(out, "</tr></thead>\n<tbody>\n");
}

/* Returns how many parts it took besides the table itself. */
static int add_table(const struct outline *o, const struct outline_part *p, struct buf *out)
{
	const struct outline_part *end = o->part + o->parts;
	int rows = 0;
	begin_table(o, p, out);
	while (p + rows + 1 < end && p[rows + 1].kind == PART_ROW)
		add_row(o, p, p + ++rows, out);
	buf_adds(out, "</tbody>\n");
	if (p + rows + 1 < end && p[rows + 1].kind == PART_TOTAL) {
		buf_adds(out, "<tfoot>");
		add_row(o, p, p + ++rows, out);
		buf_adds(out, "</tfoot>\n");
	}
	buf_adds(out, "</table></div>\n");
	return rows;
}

/* --- charts --- */

/* A bar as wide as the page: what is reached, on what was planned. */
static void add_target(const struct outline *o, const struct outline_part *p, struct buf *out)
{
	int64_t most = p->target > p->reached ? p->target : p->reached;
	double reached = most > 0 ? 100.0 * (double)p->reached / (double)most : 0, planned = most > 0 ? 100.0 * (double)p->target / (double)most : 0;
	buf_adds(out, "<div class=\"g\"><div><span>");
	html_text(out, outline_at(o, p->text));
	buf_adds(out, "</span><span>");
	html_text(out, outline_at(o, p->other));
	buf_adds(out, "</span></div><svg viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><rect class=\"r\" width=\"100\" height=\"10\"/>");
	buf_addf(out, "<rect class=\"b\" width=\"%d.%d\" height=\"10\"/>", (int)reached, (int)(reached * 10) % 10);
	if (p->target > 0 && p->target < most)
		buf_addf(out, "<rect x=\"%d.%d\" width=\".6\" height=\"10\" style=\"fill:var(--ground)\"/>", (int)planned, (int)(planned * 10) % 10);
	buf_adds(out, "</svg></div>\n");
}

enum { BAR = 40, TALL = 130, HEAD = 22, FOOT = 24 };

static void add_bar(const struct outline *o, const struct outline_bar *b, int i, double most, bool labelled, struct buf *out)
{
	int height = most > 0 ? (int)(b->value / most * TALL + 0.5) : 0, x = i * BAR;
	buf_adds(out, "<g><title>");
	html_text(out, outline_at(o, b->label));
	buf_addf(out, ": %lld</title>", (long long)b->value);
	buf_addf(out, "<rect class=\"b\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>", x + 4, HEAD + TALL - height, BAR - 8, height);
	buf_addf(out, "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\" font-size=\"13\">%lld</text>", x + BAR / 2, HEAD + TALL - height - 5, (long long)b->value);
	if (labelled) {
		buf_addf(out, "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\" font-size=\"12\">", x + BAR / 2, HEAD + TALL + FOOT - 8);
		html_text(out, outline_at(o, b->label));
		buf_adds(out, "</text>");
	}
	buf_adds(out, "</g>\n");
}

static void begin_figure(const struct outline *o, const struct outline_part *p, int width, int height, int least, struct buf *out)
{
	buf_adds(out, "<figure><figcaption>");
	html_text(out, outline_at(o, p->text));
	buf_addf(out, "</figcaption>\n<svg role=\"img\" viewBox=\"0 0 %d %d\" width=\"%d\" style=\"min-width:%dpx\" aria-label=\"", width, height, width, least);
	html_text(out, outline_at(o, p->text));
	buf_adds(out, "\">\n");
}

static void add_bars(const struct outline *o, const struct outline_part *p, struct buf *out)
{
	double most = 0;
	for (int i = 0; i < p->count; i++)
		if (o->bar[p->first + (size_t)i].value > most)
			most = o->bar[p->first + (size_t)i].value;
	begin_figure(o, p, p->count > 0 ? p->count * BAR : BAR, HEAD + TALL + FOOT, p->count * 28, out);
	for (int i = 0; i < p->count; i++)
		add_bar(o, &o->bar[p->first + (size_t)i], i, most, true, out);
	buf_addf(out, "<rect class=\"r\" y=\"%d\" width=\"%d\" height=\"1\"/>\n</svg></figure>\n", HEAD + TALL, p->count * BAR);
}

enum { TILE = 50, GAP = 3 };

static void add_tile(const struct outline *o, const struct outline_tile *t, struct buf *out)
{
	int shade = t->shade <= 0 ? 0 : t->shade <= 0.25 ? 1 : t->shade <= 0.5 ? 2 : t->shade <= 0.75 ? 3 : 4, x = t->column * TILE, y = t->row * TILE;
	buf_adds(out, "<g><title>");
	html_text(out, outline_at(o, t->name));
	buf_addf(out, ": %lld</title><rect class=\"s%d\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"4\"/>", (long long)t->value, shade, x, y, TILE - GAP, TILE - GAP);
	buf_addf(out, "<text class=\"i%d\" x=\"%d\" y=\"%d\" text-anchor=\"middle\" font-size=\"17\" font-weight=\"600\">", shade, x + (TILE - GAP) / 2, y + 20);
	html_text(out, outline_at(o, t->letters));
	buf_addf(out, "</text><text class=\"i%d\" x=\"%d\" y=\"%d\" text-anchor=\"middle\" font-size=\"15\">%lld</text></g>\n", shade, x + (TILE - GAP) / 2, y + 39,
	    (long long)t->value);
}

static void add_map(const struct outline *o, const struct outline_part *p, struct buf *out)
{
	int rows = 0, columns = 0;
	for (int i = 0; i < p->count; i++) {
		const struct outline_tile *t = &o->tile[p->first + (size_t)i];
		rows = t->row >= rows ? t->row + 1 : rows;
		columns = t->column >= columns ? t->column + 1 : columns;
	}
	begin_figure(o, p, columns * TILE, rows * TILE, 300, out);
	for (int i = 0; i < p->count; i++)
		add_tile(o, &o->tile[p->first + (size_t)i], out);
	buf_adds(out, "</svg></figure>\n");
}

/* --- the page --- */

static void element(struct buf *out, const char *begin, const char *text, const char *end)
{
	buf_adds(out, begin);
	html_text(out, text);
	buf_adds(out, end);
}

static void begin_page(const struct outline *o, struct buf *out)
{
	/* TRANSLATORS: the code of the language that you translate to: ru */
	buf_addf(out, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\"/>\n", _("en"));
	buf_adds(out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
	    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"/>\n");
	element(out, "<title>", outline_at(o, o->title), "</title>\n");
	buf_adds(out, "<style>\n");
	buf_add(out, style, sizeof style - 1);
	buf_adds(out, "</style>\n</head>\n<body>\n");
	element(out, "<h1>", outline_at(o, o->title), "</h1>\n");
}

static void add_contents(const struct outline *o, struct buf *out)
{
	buf_adds(out, "<nav><ol>\n");
	for (int i = 0; i < o->parts; i++)
		if (o->part[i].kind == PART_HEADING && o->part[i].level == 1) {
			buf_addf(out, "<li><a href=\"#s%d\">", i);
			html_text(out, outline_at(o, o->part[i].text));
			buf_adds(out, "</a></li>\n");
		}
	buf_adds(out, "</ol></nav>\n");
}

static void add_heading(const struct outline *o, int i, struct buf *out)
{
	const struct outline_part *p = &o->part[i];
	bool breaks = i > 0 && o->part[i - 1].kind == PART_BREAK;
	if (p->level > 1) {
		element(out, "<h3>", outline_at(o, p->text), "</h3>\n");
		return;
	}
	buf_addf(out, "<h2 id=\"s%d\"%s>", i, breaks ? " class=\"p\"" : "");
	element(out, "", outline_at(o, p->text), "</h2>\n");
}

static int add_fields(const struct outline *o, int i, struct buf *out)
{
	int count = 0;
	buf_adds(out, "<dl>\n");
	for (; i + count < o->parts && o->part[i + count].kind == PART_FIELD; count++) {
		element(out, "<dt>", outline_at(o, o->part[i + count].text), "</dt>");
		element(out, "<dd>", outline_at(o, o->part[i + count].other), "</dd>\n");
	}
	buf_adds(out, "</dl>\n");
	return count - 1;
}

/* Returns how many further parts it took. */
static int add_part(const struct outline *o, int i, struct buf *out)
{
	const struct outline_part *p = &o->part[i];
	switch (p->kind) {
	case PART_HEADING: add_heading(o, i, out); break;
	case PART_TEXT: element(out, "<p>", outline_at(o, p->text), "</p>\n"); break;
	case PART_NOTE: element(out, "<p class=\"n\">", outline_at(o, p->text), "</p>\n"); break;
	case PART_WARNING: element(out, "<p class=\"w\">", outline_at(o, p->text), "</p>\n"); break;
	case PART_FIELD: return add_fields(o, i, out);
	case PART_TABLE: return add_table(o, p, out);
	case PART_TARGET: add_target(o, p, out); break;
	case PART_BARS: add_bars(o, p, out); break;
	case PART_MAP: add_map(o, p, out); break;
	case PART_BREAK: case PART_ROW: case PART_TOTAL: break;
	}
	return 0;
}

void outline_write_html(const struct outline *o, struct buf *out)
{
	int first = 0;
	begin_page(o, out);
	/* The first section, then what else there is. */
	while (first < o->parts && !(first > 0 && o->part[first].kind == PART_HEADING && o->part[first].level == 1))
		first++;
	for (int i = 0; i < o->parts; i++) {
		if (i == first)
			add_contents(o, out);
		i += add_part(o, i, out);
	}
	buf_adds(out, "</body>\n</html>\n");
}
