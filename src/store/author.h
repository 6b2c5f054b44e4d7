/* author: who stands behind a device of the journal, for people to read. */
#ifndef STORE_AUTHOR_H
#define STORE_AUTHOR_H

#include "store/journal.h"

struct author {
	const char *tag;
	const char *person, *label;	/* whose device it is, by the card where it is held, and the device's label; "" when not known here */
	bool own;			/* this store's device */
};

/* Each device is looked up once, when it is asked for; the strings live as long as the authors. */
struct authors;
struct authors *authors_new(struct journal *j);
void authors_free(struct authors *a);		/* NULL is nothing */
int authors_get(struct authors *a, int dev, struct author *out, struct err *e);	/* by its number */

#endif
