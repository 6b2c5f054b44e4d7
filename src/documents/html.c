#include "documents/html.h"

#include <string.h>

#include "base/i18n.h"
#include "base/text.h"

static void add_entities(struct buf *out, const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		switch (text[i]) {
		case '&': buf_adds(out, "&amp;"); break;
		case '<': buf_adds(out, "&lt;"); break;
		case '>': buf_adds(out, "&gt;"); break;
		case '"': buf_adds(out, "&quot;"); break;
		case '\'': buf_adds(out, "&#39;"); break;
		default: buf_addc(out, text[i]);
		}
}

void html_text(struct buf *out, const char *text)
{
	struct buf line = BUF_INIT;

	for (;;) {
		size_t len = strcspn(text, "\n");

		buf_reset(&line);
		text_escape(text, len, &line);
		add_entities(out, line.data, line.len);
		if (text[len] == '\0')
			break;
		buf_adds(out, "<br>");
		text += len + 1;
	}
	buf_release(&line);
}

static void element(struct buf *out, const char *tag, const char *text)
{
	buf_addf(out, "<%s>", tag);
	html_text(out, text);
	buf_addf(out, "</%s>\n", tag);
}

void html_begin(struct buf *out, const char *title)
{
	/* TRANSLATORS: the code of the language that you translate to: ru */
	buf_addf(out, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n", _("en"));
	buf_adds(out, "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n");
	element(out, "title", title);
	buf_adds(out, "<style>\nbody { font: 11pt/1.4 serif; max-width: 48em; margin: 2em auto; padding: 0 1em; }\n"
	    "table { border-collapse: collapse; width: 100%; margin: 1em 0; }\n"
	    "th, td { border: 1px solid #999; padding: .25em .5em; text-align: left; vertical-align: top; }\n"
	    "td.n, th.n { text-align: right; white-space: nowrap; }\ntr { break-inside: avoid; }\nthead { display: table-header-group; }\n"
	    "</style>\n</head>\n<body>\n");
	element(out, "h1", title);
}

void html_end(struct buf *out)
{
	buf_adds(out, "</body>\n</html>\n");
}

void html_heading(struct buf *out, const char *text)
{
	element(out, "h2", text);
}

void html_paragraph(struct buf *out, const char *text)
{
	element(out, "p", text);
}

static void add_cells(struct buf *out, const char *tag, const char *const *cells, int count, unsigned numbers)
{
	buf_adds(out, "<tr>");
	for (int i = 0; i < count; i++) {
		buf_addf(out, "<%s%s>", tag, numbers >> i & 1 ? " class=\"n\"" : "");
		html_text(out, cells[i]);
		buf_addf(out, "</%s>", tag);
	}
	buf_adds(out, "</tr>\n");
}

void html_table_begin(struct buf *out, const char *const *heads, int count, unsigned numbers)
{
	buf_adds(out, "<table>\n<thead>\n");
	add_cells(out, "th", heads, count, numbers);
	buf_adds(out, "</thead>\n<tbody>\n");
}

void html_row(struct buf *out, const char *const *cells, int count, unsigned numbers)
{
	add_cells(out, "td", cells, count, numbers);
}

void html_table_end(struct buf *out)
{
	buf_adds(out, "</tbody>\n</table>\n");
}
