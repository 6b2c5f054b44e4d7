/* several: what is done with several records at once: asked about when they are many, one transaction, one message. */
#ifndef SCREENS_PARTS_SEVERAL_H
#define SCREENS_PARTS_SEVERAL_H

#include "screens/parts/loop.h"

#define SEVERAL_MANY 10		/* from so many on there is a question first */

/* The context is released in the end, whatever happens. */
struct several_work {
	int (*run)(void *context, struct err *e);			/* inside a transaction, which a failure undoes as a whole */
	void (*tell)(const void *context, struct buf *out);		/* what was done */
	void (*release)(void *context);
};

/* `question` is asked where `count` is many. Returns DID_…. */
unsigned several_do(struct loop *l, int count, const char *question, const struct several_work *work, void *context);

/* A copy of ids in one allocation, to be freed. */
const char **several_copy(const char *const *ids, int count);

/* Whom a message or a title is about: «Галимова А. Р.» for one person, «отмечено: 5» for several. Appends. */
void several_whom(struct loop *l, const char *const *persons, int count, struct buf *out);

#endif
