/* page_links: what belongs to a record (records/link.h) as lines of its page, below a heading. */
#ifndef SCREENS_PARTS_PAGE_LINKS_H
#define SCREENS_PARTS_PAGE_LINKS_H

#include "records/link.h"
#include "screens/parts/page.h"

#define PAGE_LINKS_MOST 100	/* of one list; the rest is counted */

struct page_links {
	const char *heading;			/* translated */
	const char *none;			/* translated: what stands there instead; NULL: then the heading is left out too */
	link_list *list;
	const struct record_type *type;		/* of what the lines lead to */
	/* The line's text and hint; NULL: the name alone. */
	void (*words)(const struct link *l, struct buf *text, struct buf *hint);
};

int page_links(struct page *p, const struct page_links *links, const char *id, struct err *e);

/* Words for the lists that several cards share: a seminar by date, title and status. */
void page_seminar_words(const struct link *l, struct buf *text, struct buf *hint);

/* «14.02.2020», appended; nothing for "". */
void page_date(const char *iso, struct buf *out);

#endif
