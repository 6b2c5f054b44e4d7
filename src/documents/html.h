/* html: pages for a browser or a word processor: one file, nothing loaded from elsewhere, no script. Whatever stands in a record is text there. */
#ifndef DOCUMENTS_HTML_H
#define DOCUMENTS_HTML_H

#include "base/buf.h"

/* Appends text, for between tags or within a quoted attribute: & < > " ' as entities, a line feed as <br>; what could play with a reader (controls, marks
 * of writing direction, zero-width characters, invalid bytes) as text_escape shows it. */
void html_text(struct buf *out, const char *text);

/* The page up to its body, with the title as its first heading; and its end. */
void html_begin(struct buf *out, const char *title);
void html_end(struct buf *out);

void html_heading(struct buf *out, const char *text);
void html_paragraph(struct buf *out, const char *text);

/* A table: its head, a row a call, its end. Columns whose bit is set in `numbers` hold numbers: they stand at the right. */
void html_table_begin(struct buf *out, const char *const *heads, int count, unsigned numbers);
void html_row(struct buf *out, const char *const *cells, int count, unsigned numbers);
void html_table_end(struct buf *out);

#endif
