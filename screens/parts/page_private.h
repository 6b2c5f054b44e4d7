/* page_private: what the files of page share: page.c is the screen, page_fill.c what its class says, page_move.c the ways among its lines. */
#ifndef SCREENS_PARTS_PAGE_PRIVATE_H
#define SCREENS_PARTS_PAGE_PRIVATE_H

#include "screens/parts/list.h"
#include "screens/parts/page.h"
#include "screens/parts/page_lines.h"

#define PAGE_ROOMY 14		/* rows from which on a page has blank lines */

/* A place on the page that is found again when it is filled or laid out anew: a line by its goal, being the nth of those with this goal, or by its number;
 * the byte of its text; how many rows below the first one in sight. Line -1: none. */
struct spot { char *key; const struct record_type *type; enum page_goal goal; int nth, line; size_t from; int64_t below; };

struct page {
	struct screen screen;
	struct store *store;
	const struct page_class *class;
	void *context;
	const struct record_type *type;		/* whose card it is */
	char id[RECORD_ID_SIZE];
	struct page_lines lines;
	struct list list;			/* of the rows; its cursor is a row where the marker may stand, or there is no marker in sight */
	struct spot at;				/* where a person went */
	char *start;				/* key of the line to begin with */
	struct buf title;
};

void page_move_init(struct page *p);
void page_move_release(struct page *p);
/* The marker stands on a line that leads somewhere. */
bool page_lands(const struct page *p);
/* The ways among the lines; false: it is none. */
bool page_move(struct page *p, enum action action);
/* The lines were filled anew: the marker goes to the place where it was. */
void page_settle(struct page *p);
/* For a canvas that may have another size than at the last picture. The place that is kept stays the one that a person went to: what a small picture makes of
 * it is undone in a large one. */
void page_arrange(struct page *p);

#endif
