/* exchange: how things stand with the hub, and what can be done about it: an exchange through a folder, joining a hub, its welcome. */
#ifndef SCREENS_EXCHANGE_H
#define SCREENS_EXCHANGE_H

#include "screens/parts/screen.h"
#include "store/store.h"

struct screen *exchange_open(struct store *s);

#endif
