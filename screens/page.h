/* page: lines about one thing, one below the other, with a cursor on those that lead somewhere: a card, the home screen, a report, a history, the settings. A page is
 * all in memory: its class fills it anew at every reload, the marker stays on the line that has the same key.
 *
 * A line leads to a record's card (type and id), or is the page's own (`key`), which its class opens. */
#ifndef SCREENS_PAGE_H
#define SCREENS_PAGE_H

#include "records/record.h"
#include "screens/screen.h"

struct page;

struct page_class {
	const char *name;
	unsigned where;		/* IN_… of this page, besides IN_ROWS | IN_PAGE */
	/* Fills the empty page with page_heading(), page_line() …. */
	int (*fill)(struct page *p, struct err *e);
	void (*title)(struct page *p, struct title *t);
	/* Enter on a line with a key of its own; NULL: there are none. */
	unsigned (*open)(struct page *p, const char *key);
	/* Any other action; DID_NOTHING: not this page's. NULL: none. */
	unsigned (*act)(struct page *p, enum action action);
	void (*release)(struct page *p);	/* the context; NULL: nothing to release */
};

struct screen *page_open(struct store *s, const struct page_class *class, void *context);

struct store *page_store(const struct page *p);
struct loop *page_loop(const struct page *p);
void *page_context(const struct page *p);
struct page *page_of(struct screen *s);
/* The record whose card this is; the actions that need HAS_RECORD work on it. "" (the default): it is no card. */
void page_about(struct page *p, const struct record_type *type, const char *id);
/* The record of the line under the marker where it leads to one, else the one whose card this is; NULL: neither. */
const struct record_type *page_record(const struct page *p, const char **id);

/* Lines, in the order in which they are added; texts are copied. */
void page_heading(struct page *p, const char *text);			/* a blank line goes before it where there is room */
void page_field(struct page *p, const char *label, const char *text);	/* «Телефон   +7 917 …»; long texts go on in further rows */
void page_text(struct page *p, enum role role, const char *text);	/* a paragraph, wrapped by words */
/* `text`, and at the right or behind it `hint`, muted; leads to a record … */
void page_link(struct page *p, const char *text, const char *hint, const struct record_type *type, const char *id);
/* … or is opened by the class under this key. */
void page_choice(struct page *p, const char *text, const char *hint, const char *key);

#endif
