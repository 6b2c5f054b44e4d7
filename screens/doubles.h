/* doubles: cards that may be of one person: the list over all cards that the store holds, the page on which two of them are compared and it is said what they are, and
 * the way there from a person's card. */
#ifndef SCREENS_DOUBLES_H
#define SCREENS_DOUBLES_H

#include "screens/parts/loop.h"

struct screen *doubles_open(struct store *s);

/* Two cards, by their ids: one person, different people, or parted again. */
struct screen *pair_open(struct store *s, const char *a, const char *b);

/* Asks which other card this person has: those that are likely are offered, any other is named. */
void doubles_ask(struct loop *l, const char *person);

#endif
