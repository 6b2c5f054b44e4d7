/* exchange_join: the three questions by which a device joins a hub: the hub's card, the fingerprint heard by telephone (typed, never confirmed), and where
 * the request is written. And the hub's answer, its welcome. */
#ifndef SCREENS_EXCHANGE_JOIN_H
#define SCREENS_EXCHANGE_JOIN_H

#include "screens/parts/loop.h"

void exchange_join(struct loop *l);
void exchange_welcome(struct loop *l);

#endif
