/* double: cards that may be of one person. It is never decided here: who types a new card is told, a coordinator goes through the list of the region, and a person
 * says what they are (person_link.h).
 *
 * Two cards are offered when their names can be the same person's (double_name.h) and something else agrees: telephone, e-mail, organisation, municipality. The less
 * alike the names are, the more has to agree: a slip, an initial or a missing patronymic goes with any of them, two such with the organisation or a contact, more
 * with a contact. */
#ifndef RECORDS_DOUBLE_H
#define RECORDS_DOUBLE_H

#include "records/double_name.h"
#include "records/person.h"

enum { DOUBLE_NAME = 1, DOUBLE_PHONE = 2, DOUBLE_EMAIL = 4, DOUBLE_ORGANISATION = 8, DOUBLE_MUNICIPALITY = 16 };	/* what agrees; NAME: all of it, as it sounds */

/* What a card says, as kept; "" for nothing. */
struct double_card { const char *name, *phone, *email, *organisation, *municipality; };

/* How much speaks for one person: 0 nothing, else the more the greater. *why: what agrees. */
int double_judge(const struct double_name *a, const struct double_card *x, const struct double_name *b, const struct double_card *y, unsigned *why);

/* «имя, телефон и муниципалитет»: appends, translated. */
void double_why(unsigned why, struct buf *out);

/* --- for one card (double.c) --- */

struct double_found { char id[RECORD_ID_SIZE]; char *name; unsigned why; int score; };	/* the shown card (joined.h), by its name */
enum { DOUBLES_FOUND = 5 };

/* The likeliest of those who may be the person of this card, at most DOUBLES_FOUND, the likeliest first; `id`: the card's own, "" for a new one: neither it nor cards
 * joined with it, nor those of which somebody said that they are different. By the index person_double, so that it can be asked at every letter: the surnames that
 * sound alike, and those that differ from them in one consonant; of a name that hundreds bear the first hundreds. */
int double_find(struct store *s, const char *id, const struct double_card *c, struct double_found found[DOUBLES_FOUND], int *count, struct err *e);
void double_found_release(struct double_found *found, int count);

/* True: somebody said that these two are different, or they are one person already. */
int double_decided(struct store *s, const char *a, const char *b, bool *decided, struct err *e);

/* --- for all cards (double_scan.c) --- */

struct double_pair { char a[RECORD_ID_SIZE], b[RECORD_ID_SIZE]; unsigned why; int score; };	/* shown cards, the smaller id first */
struct doubles { struct double_pair *pair; int count; int64_t total; };	/* the likeliest first; total: with those that there was no room for */
enum { DOUBLES_MOST = 2000 };

/* All pairs that nobody has decided. One pass over the cards; *read, where it is not NULL, is how many have been read. Interruptible (store_watch). */
int doubles_find(struct store *s, struct doubles *out, int64_t *read, struct err *e);
void doubles_release(struct doubles *d);

#endif
