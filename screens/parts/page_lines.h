/* page_lines: the lines of a page and the rows that they take at a width. page.c moves among them. */
#ifndef SCREENS_PARTS_PAGE_LINES_H
#define SCREENS_PARTS_PAGE_LINES_H

#include "records/record.h"
#include "screens/terminal/canvas.h"
#include "screens/parts/page.h"

enum page_kind { PAGE_HEADING, PAGE_FIELD, PAGE_TEXT, PAGE_NOTE, PAGE_LINK };

/* What a line leads to: a record's card (type and key), a municipality's (its code as key), or what the class makes of the key. */
enum page_goal { PAGE_NOWHERE, PAGE_RECORD, PAGE_MUNICIPALITY, PAGE_OWN };

struct page_line {
	enum page_kind kind;
	enum role role;
	char *label, *text, *hint;	/* escaped; of the text line feeds stay */
	struct page_span *span;		/* of the text, in order; drawn in a role of their own */
	int spans;
	enum page_goal goal;
	const struct record_type *type;
	char *key;
};

/* A row on the screen: a stretch of a line's text, or of its hint; line -1: blank. */
struct page_row { int line; size_t from, len; bool hint, first; };

struct page_lines {
	struct page_line *line;
	int count;
	struct page_row *row;
	int rows;
	int width, label;		/* that the rows were made for, and the width of the labels */
	bool blanks;
};

void page_lines_clear(struct page_lines *l);		/* also releases */

/* Adds a line; label and hint may be NULL. Texts are copied. */
struct page_line *page_lines_add(struct page_lines *l, enum page_kind kind, const char *label, const char *text, const char *hint);

/* Makes the rows; nothing is done when they are there already. `blanks`: one before each heading. */
void page_lines_layout(struct page_lines *l, int width, bool blanks);

/* The first row of a line, -1: none; the line of a row, NULL: a blank one. */
int page_lines_row(const struct page_lines *l, int line);
const struct page_line *page_lines_at(const struct page_lines *l, int row);

/* True where the marker may stand: the first row of a line that leads somewhere. */
bool page_lines_lands(const struct page_lines *l, int row);

void page_lines_draw(const struct page_lines *l, struct canvas *c, int y, int row);

#endif
