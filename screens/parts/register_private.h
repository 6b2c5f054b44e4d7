/* register_private: what the files of register share. */
#ifndef SCREENS_PARTS_REGISTER_PRIVATE_H
#define SCREENS_PARTS_REGISTER_PRIVATE_H

#include "base/date.h"
#include "screens/parts/register.h"

struct register_facet { char *value, *label; };		/* NULL: any */

struct register_screen {
	struct screen screen;
	const struct register_class *class;
	struct store *store;
	struct listing_view *view;
	struct listing_view *all;	/* the whole register, where a part lacks what is looked for; NULL: not asked yet */
	struct list list;
	struct list_class list_class;
	struct list_column columns[LIST_COLUMNS_MAX];
	int part;
	struct register_facet facet[REGISTER_FACETS_MAX];	/* in the order of class->facets */
	int order;
	bool descending;
	int64_t whole;			/* rows of this part, narrowed by nothing; -1: not known */
	int64_t elsewhere;		/* where the part has none of what is looked for: how many all have */
	uint64_t version;		/* of the store, as of the last look */
	bool prepare;			/* the search was opened: its texts may be read */
	char today[DATE_SIZE];
};

/* The query, register_query.c */
void register_set_part(struct register_screen *r, int part);
void register_set_order(struct register_screen *r, int column, bool descending);
/* `facet`: its number in class->facets. value NULL: any. */
void register_set_facet(struct register_screen *r, int facet, const char *value, const char *label);
void register_set_all(struct register_screen *r);			/* the part that is all, if there is one */
void register_clear_facets(struct register_screen *r);
bool register_faceted(const struct register_screen *r);
bool register_narrowed(const struct register_screen *r);	/* by a quick filter or by words */
/* The store may have changed. */
void register_refresh(struct register_screen *r);
const struct register_part *register_this_part(const struct register_screen *r);
const struct register_column *register_column_of(const struct register_screen *r, int column);	/* of the listing; NULL: not shown */
void register_query_init(struct register_screen *r);
void register_query_release(struct register_screen *r);

/* The choices, register_pick.c */
void register_pick_facet(struct register_screen *r);
void register_pick_order(struct register_screen *r);

/* register_draw.c */
void register_draw(struct screen *s, struct canvas *c, int top, int bottom);

#endif
