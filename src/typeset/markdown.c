#include "typeset/markdown.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

static cmark_node *text_node(const char *literal)
{
	cmark_node *n = cmark_node_new(CMARK_NODE_TEXT);

	cmark_node_set_literal(n, literal != NULL ? literal : "");
	return n;
}

/* The iterator allows a change of the node that it has left. */
static void become(cmark_node *old, cmark_node *other)
{
	cmark_node_replace(old, other);
	cmark_node_free(old);
}

static void html_block(cmark_node *n)
{
	cmark_node *paragraph = cmark_node_new(CMARK_NODE_PARAGRAPH);

	cmark_node_append_child(paragraph, text_node(cmark_node_get_literal(n)));
	become(n, paragraph);
}

/* Words without the link or the picture that they stood for. */
static void bare(cmark_node *n)
{
	cmark_node *child;

	while ((child = cmark_node_first_child(n)) != NULL)
		if (cmark_node_insert_before(n, child) == 0)
			break;
	cmark_node_unlink(n);
	cmark_node_free(n);
}

/* A page or an address: no script, no file of the reader's, nothing relative to where the book happens to lie. */
static bool may_be_followed(const char *url)
{
	static const char *const schemes[] = { "http://", "https://", "mailto:", "tel:" };

	for (size_t i = 0; i < sizeof schemes / sizeof schemes[0]; i++)
		if (strncasecmp(url, schemes[i], strlen(schemes[i])) == 0)
			return true;
	return false;
}

cmark_node *markdown_parse(const char *text)
{
	cmark_node *document = cmark_parse_document(text, strlen(text), CMARK_OPT_DEFAULT | CMARK_OPT_VALIDATE_UTF8);
	cmark_iter *i = cmark_iter_new(document);
	cmark_event_type event;

	while ((event = cmark_iter_next(i)) != CMARK_EVENT_DONE) {
		cmark_node *n = cmark_iter_get_node(i);
		cmark_node_type type = cmark_node_get_type(n);

		if (type == CMARK_NODE_HTML_BLOCK)
			html_block(n);
		else if (type == CMARK_NODE_HTML_INLINE)
			become(n, text_node(cmark_node_get_literal(n)));
		else if (event == CMARK_EVENT_EXIT && (type == CMARK_NODE_IMAGE || (type == CMARK_NODE_LINK && !may_be_followed(cmark_node_get_url(n)))))
			bare(n);
	}
	cmark_iter_free(i);
	return document;
}
