/* exchange_ask: the exchange with the hub from within the screens: which folder, and what came of it. */
#ifndef SCREENS_EXCHANGE_ASK_H
#define SCREENS_EXCHANGE_ASK_H

#include "screens/loop.h"

void exchange_ask(struct loop *l);

#endif
