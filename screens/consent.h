/* consent: writes down that people signed a consent, one or several at once: for what purpose, and on which day. */
#ifndef SCREENS_CONSENT_H
#define SCREENS_CONSENT_H

#include "screens/parts/loop.h"

/* Ids of people; they are copied. */
void consent_ask(struct loop *l, const char *const *persons, int count);

#endif
