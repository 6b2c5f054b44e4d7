/* removal: takes records away, the marked ones or the selected one, after a question. Nothing is lost by it: a removal is a change like any other. */
#ifndef SCREENS_REMOVAL_H
#define SCREENS_REMOVAL_H

#include "records/record.h"
#include "screens/parts/list.h"
#include "screens/parts/loop.h"

void removal_ask(struct loop *loop, struct list *list, const struct record_type *type);

#endif
