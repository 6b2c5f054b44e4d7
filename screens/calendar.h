/* calendar: what is planned as a file for the calendar of a telephone (documents/calendar.h): one's own, or everybody's. */
#ifndef SCREENS_CALENDAR_H
#define SCREENS_CALENDAR_H

#include "screens/parts/loop.h"

void calendar_ask(struct loop *l);

#endif
