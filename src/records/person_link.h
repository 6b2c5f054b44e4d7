/* person_link: what somebody decided of two cards: that they are one person, or that they are two people who look like one. The record's id is
 * "smaller/greater", so that two devices that link the same pair make one record. Cards that are one person make sets (joined.h); nothing is moved, and removing the
 * link parts them again. */
#ifndef RECORDS_PERSON_LINK_H
#define RECORDS_PERSON_LINK_H

#include "records/person.h"

#define PERSON_SAME "same"
#define PERSON_DIFFERENT "different"

/* ERR_REFUSED: it is one card, one is not there, they are one person already, or would be one with more than
 * JOINED_MOST cards. Cards of two sets join the sets. */
int person_join(struct store *s, const char *a, const char *b, struct err *e);

/* Removes the link between the two. *still: they are one person even so, by way of other cards. ERR_REFUSED: there is no link between these two. */
int person_part(struct store *s, const char *a, const char *b, bool *still, struct err *e);

/* They are no doubles and not offered again; a link between the two is turned into this. ERR_REFUSED: they are joined by way of another card. */
int person_distinct(struct store *s, const char *a, const char *b, struct err *e);

/* The card that a person is shown under: the id itself where it is in no set. */
int joined_shown(struct store *s, const char *id, char shown[RECORD_ID_SIZE], struct err *e);

/* The other visible cards of the same person, by id. 0 goes on; anything else stops and is returned. */
typedef int (*joined_fn)(void *context, const char *id, const char *name, struct err *e);
int joined_each(struct store *s, const char *id, joined_fn each, void *context, struct err *e);

/* Contacts and places that the shown card does not say and another card of the set says: their labels, appended with commas. `fill`: they are written into the shown
 * card, as an edit of it that parting does not take back. */
int joined_lacking(struct store *s, const char *shown, struct buf *labels, bool fill, struct err *e);

#endif
