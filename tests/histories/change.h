/* change: one change of one record, as chance has it: what people do, and now and then what they may not. */
#ifndef TESTS_HISTORIES_CHANGE_H
#define TESTS_HISTORIES_CHANGE_H

#include <stdbool.h>

#include "store/store.h"

/* Inside a transaction. 0, also where there is nothing to change; -1: the store refused it. */
int change_one(struct store *s, struct err *e);
/* A person is erased. */
int change_erase(struct store *s, struct err *e);
/* Two dozen organisations come, or all go. */
int change_many(struct store *s, bool away, struct err *e);
/* A coordinator says yes or no to all deletions that wait. */
int change_decide(struct store *s, struct err *e);

#endif
