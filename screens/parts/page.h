/* page: lines about one thing, one below the other, with a marker on those that lead somewhere: a card, the home screen, a report, a history, the settings. A
 * page is all in memory: its class fills it anew at every reload, the marker stays on the line that leads to the same thing.
 *
 * It moves as a list does, from one line that leads somewhere to the next; where the next one is far, or there is none, the rows are scrolled. A line leads to
 * a record's card (type and id), to a municipality's, or is the page's own (`key`), which its class opens. A page about a record that is removed meanwhile
 * closes and says so. */
#ifndef SCREENS_PARTS_PAGE_H
#define SCREENS_PARTS_PAGE_H

#include "records/record.h"
#include "screens/parts/screen.h"

struct page;

struct page_class {
	const char *name;
	uint64_t where;		/* IN_… of this page, besides IN_ROWS | IN_PAGE */
	/* Fills the empty page with page_heading(), page_field() …. */
	int (*fill)(struct page *p, struct err *e);
	void (*title)(struct page *p, struct title *t);		/* NULL: what page_title() said */
	/* Enter on a line with a key of its own; NULL: there are none. */
	unsigned (*open)(struct page *p, const char *key);
	/* Any other action but those of every card (edit, history); DID_NOTHING: not this page's. NULL: none. */
	unsigned (*act)(struct page *p, enum action action);
	void (*release)(struct page *p);	/* the context; NULL: nothing to release */
};

struct screen *page_open(struct store *s, const struct page_class *class, void *context);

struct store *page_store(const struct page *p);
struct loop *page_loop(const struct page *p);
void *page_context(const struct page *p);
struct page *page_of(struct screen *s);
/* The record whose card this is; the actions that need HAS_RECORD work on it. Said once, before the page is on the loop; by default it is no card. */
void page_about(struct page *p, const struct record_type *type, const char *id);
/* That record; NULL, and "" as its id: the page is no card. */
const struct record_type *page_record(const struct page *p, const char **id);
void page_title(struct page *p, const char *text);		/* said by fill */
/* The marker on the line with this key at the first picture. */
void page_start(struct page *p, const char *key);

/* Lines, in the order in which they are added; texts are copied. */
void page_heading(struct page *p, const char *text);			/* a blank line goes before it where there is room */
void page_field(struct page *p, const char *label, const char *text);	/* «Телефон   +7 917 …»; long texts go on in further rows */
void page_number(struct page *p, const char *label, int64_t n);
void page_field_as(struct page *p, const char *label, enum role role, const char *text);
void page_text(struct page *p, enum role role, const char *text);	/* a paragraph, wrapped by words */
/* The same with stretches of it in another role; no unsafe character may stand in it (text_escape), or they are in other places. */
struct page_span { size_t from, len; enum role role; };
void page_marked(struct page *p, const char *text, const struct page_span *spans, int count);
/* CommonMark, simply (markdown.c): headings, lists, emphasis; the rest as it was typed. */
void page_markdown(struct page *p, const char *text);
void page_note(struct page *p, const char *text);			/* about the line above: indented, muted */
void page_line(struct page *p, const char *text, const char *hint);	/* `hint` at the right or below it, muted */
/* `text`, and at the right or below it `hint`, muted; leads to a record … */
void page_link(struct page *p, const char *text, const char *hint, const struct record_type *type, const char *id);
/* … or to a municipality … */
void page_link_municipality(struct page *p, const char *text, const char *hint, const char *code);
/* … or is opened by the class under this key. */
void page_choice(struct page *p, const char *text, const char *hint, const char *key);

/* A field that leads to the record, or the municipality, that it names; nothing where it is empty (id or code ""). */
void page_field_link(struct page *p, const char *label, const struct record_type *type, const char *id);
void page_field_municipality(struct page *p, const char *label, const char *code);
/* The fields of a record from `first` to `last` by name, as people read them, references leading to their cards; empty ones are left out. */
void page_fields(struct page *p, const struct record *r, const char *first, const char *last);
/* «ещё 240» where not all are shown. */
void page_more(struct page *p, int64_t shown, int64_t total);
/* Underneath a heading: what stands in place of lines where there are none. */
void page_none(struct page *p, const char *text);
int page_numbers(struct page *p, const char *series, struct err *e);	/* papers of a series that two devices made apart (records/number.h); nothing: none */

#endif
