/* merge_joined: the sets of joined cards during a merge in bulk. A set is shown under one of its visible cards; a trigger on `person` sees to it that a card
 * which arrives is thought of. A trigger, though, costs a third of what the row of a person costs, and hardly anybody has two cards: so in bulk the trigger is away,
 * and who inserts a row asks here, which costs nothing while no cards are joined. */
#ifndef STORE_MERGE_JOINED_H
#define STORE_MERGE_JOINED_H

#include "store/journal_private.h"

/* The trigger goes; before the first operation, in a transaction. A rollback brings it back. */
int joined_stop(struct journal *j, struct err *e);
/* It is there again. */
int joined_start(struct journal *j, struct err *e);
/* A row was inserted. Nothing to do where the trigger is there. */
int joined_inserted(struct journal *j, const struct kind *k, const char *pk, size_t pk_len, struct err *e);

#endif
