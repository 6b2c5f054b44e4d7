/* deed: what people do by way of the records (record_save and what stands beside it), with all rules of that way: forms, links between cards, erasures and
 * decisions, as chance has them. What is refused there is refused. */
#ifndef TESTS_HISTORIES_DEED_H
#define TESTS_HISTORIES_DEED_H

#include "store/store.h"

/* Each begins and ends its own transactions. 0, or -1 where it was refused, with a reason. */
int deed_edit(struct store *s, struct err *e);		/* a record is made, changed or removed */
int deed_link(struct store *s, struct err *e);		/* two cards are joined, parted, or said to be two people */
int deed_erase(struct store *s, struct err *e);		/* a person, with all cards */
int deed_decide(struct store *s, struct err *e);	/* about deletions that wait */

#endif
