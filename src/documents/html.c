#include "documents/html.h"

#include <string.h>

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
