/* cards: from any screen to the card of a record, by its type: the page that shows it with what belongs to it, or the form that edits it. */
#ifndef SCREENS_CARDS_H
#define SCREENS_CARDS_H

#include "screens/parts/draft.h"
#include "screens/parts/loop.h"

/* True for the types that have a page of their own. */
bool cards_has(const struct record_type *type);

/* Pushes the page of a record («Карточка»): person, seminar, organisation, consultation; of what stands between two of them (a mark on a sheet, a
 * mentorship, a consent) the page that shows it. False, and told, when it cannot be read. */
bool cards_show(struct loop *l, const struct record_type *type, const char *id);
/* The same for municipalities, which are no records. */
bool cards_show_municipality(struct loop *l, const char *code);

/* Pushes the form that edits it; "" enters a new one. `start` may be NULL. False, and told, when it cannot be read. */
struct card_start { const char *field, *value; };	/* what a new one begins with, as kept; ends with field NULL */
bool cards_edit(struct loop *l, const struct record_type *type, const char *id, const struct card_start *start);

/* Brings a draft back: its form over the place where its record stands. */
int cards_restore(struct loop *l, const struct draft *d, struct err *e);

/* Pushes the history of a record. */
bool cards_history(struct loop *l, const struct record_type *type, const char *id);

#endif
