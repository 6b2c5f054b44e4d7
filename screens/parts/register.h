/* register: the one screen for a place that is a list of records: people, seminars, organisations, consultations, municipalities. A place is constant data over
 * its listing (listings/listing.h): columns, the parts that Tab goes through, quick filters, words; and a function for the actions that are its own.
 *
 * What narrows the rows is always seen in the line of the search; Esc takes it back, then the marks, and is then the loop's. After a save the record is selected;
 * where it would not be seen the list shows all. */
#ifndef SCREENS_PARTS_REGISTER_H
#define SCREENS_PARTS_REGISTER_H

#include "listings/listing.h"
#include "screens/parts/list.h"
#include "screens/parts/loop.h"

struct register_screen;

struct register_column {
	int column;		/* of the listing: what is sorted by, and drawn as it is kept where there is no `show` */
	struct list_column shown;
	const char *by;		/* N_(): «по фамилии» */
	bool falling;		/* sorted by, it begins with the greatest: dates, counts */
	void (*show)(const struct register_screen *r, int row, struct buf *out);
};

struct register_part {
	const char *title;	/* N_(): «Наставляемые» */
	int facet;		/* the facet that makes it, with `value`; -1: all records */
	const char *value;
	const struct register_column *columns;
	int count;
	const char *none;	/* N_(): what stands in place of rows where there is no record yet */
};

#define REGISTER_FACETS_MAX 4

struct register_class {
	const char *name;
	uint64_t place;				/* IN_… */
	const struct listing *listing;
	const struct record_type *type;		/* NULL: these are no records */
	const struct register_part *part;
	int parts;
	/* The part to begin with; NULL: the first. */
	int (*begin)(struct store *s);
	const int *facets;			/* the quick filters, besides those that make parts */
	int facets_count;
	int order;				/* what it is sorted by at first, a column of the listing */
	bool descending;
	void (*count)(int64_t count, struct buf *out);		/* «58 человек» */
	const char *not_found;			/* N_(): no record has these words */
	const char *nowhere;			/* N_(): neither in this part nor among all; NULL: not_found says enough */
	/* None of this part is found; so many among all. NULL: there is but one part. */
	void (*elsewhere)(int64_t count, struct buf *out);
	/* The actions of this place; DID_NOTHING: not its own. Comes before those of all registers. NULL: none. */
	unsigned (*act)(struct register_screen *r, enum action action);
};

struct screen *register_open(struct store *s, const struct register_class *class);
/* A register that was just opened begins with all the records that have this value of a quick filter (a facet of the listing). */
void register_narrow(struct screen *s, int facet, const char *value);

struct loop *register_loop(const struct register_screen *r);
struct list *register_list(struct register_screen *r);

/* For `show`: a cell as kept, and today. */
const char *register_cell(const struct register_screen *r, int row, int column);
const char *register_today(const struct register_screen *r);

/* For `act`: the part that is shown; the selected record's id, "" for none (a failure is told). */
int register_shown_part(const struct register_screen *r);
const char *register_selected(struct register_screen *r);

#endif
