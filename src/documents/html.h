/* html: what stands in a record is text in a page, whatever it is: nothing is loaded from elsewhere, nothing runs. */
#ifndef DOCUMENTS_HTML_H
#define DOCUMENTS_HTML_H

#include "base/buf.h"

/* Appends text, for between tags or within a quoted attribute: & < > " ' as entities, a line feed as <br>; what could play with a reader (controls, marks
 * of writing direction, zero-width characters, invalid bytes) as text_escape shows it. */
void html_text(struct buf *out, const char *text);

#endif
