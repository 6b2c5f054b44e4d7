/* card: one record in a form: a person's or a seminar's card, and, over the attendance screen, the few fields of somebody who is on no list yet. */
#ifndef SCREENS_CARD_H
#define SCREENS_CARD_H

#include "records/record.h"
#include "screens/parts/draft.h"
#include "screens/parts/screen.h"

/* Called after the record was saved; returns DID_… */
typedef unsigned (*card_saved)(void *context, const char *id);

/* A card over the whole screen. `id` "" makes a new record, which begins with the values of `start` (NULL: with none). NULL when the record cannot be read. */
struct card_start;	/* cards.h */
struct screen *card_open(struct store *s, const struct record_type *type, const char *id, const struct card_start *start, struct err *e);

/* A form of a few fields (names, ended by NULL) of a record that is there: an answer, a text's place. NULL when the record cannot be read. */
struct screen *card_open_part(struct store *s, const struct record_type *type, const char *id, const char *const *fields, struct err *e);

/* From now on `saved` hears of it when the card was saved, also with nothing changed; `forget` releases the context with the card. */
void card_on_saved(struct screen *card, card_saved saved, void (*forget)(void *context), void *context);

/* A new person over the lower part of the attendance screen, the name as typed so far. Somebody who is in the register already is not
 * entered twice: the one who is there is given to `saved`. */
struct screen *card_walk_in(struct store *s, const char *seminar, const char *name, card_saved saved, void *context, struct err *e);

/* Puts a draft's texts into a card that was just opened. */
int card_restore(struct screen *card, const struct draft *d, struct err *e);

#endif
