/* markdown: CommonMark as people write it in stories. Raw HTML is text, and a picture is its description: nothing is loaded from elsewhere. */
#ifndef TYPESET_MARKDOWN_H
#define TYPESET_MARKDOWN_H

#include <cmark.h>

/* The caller frees with cmark_node_free. Its tree may be deep: walk it with cmark's iterator. */
cmark_node *markdown_parse(const char *text);

#endif
