/* completion: what a person may mean by the beginning that is typed: municipalities, organisations, people, programmes that the store knows, and for
 * an organisation nobody knows the offer to enter it, at the end. Names that begin with the typed letters come before those that only contain them. */
#ifndef SCREENS_PARTS_COMPLETION_H
#define SCREENS_PARTS_COMPLETION_H

#include <stdbool.h>

#include "records/field.h"

struct listing_view;

#define COMPLETION_MOST 6		/* the offer comes besides */
#define COMPLETION_CREATE "+"		/* the value of the offer to enter a new record with the typed name */

struct suggestion {
	char *value;		/* id or code */
	char *text;		/* what goes into the field */
	char *hint;		/* what tells namesakes apart, or "" */
};

struct completion {
	struct suggestion item[COMPLETION_MOST + 1];
	int count, at;		/* at: the selected one */
	bool moved;		/* the person has chosen among them */
	/* What a search left for the next letter. */
	struct listing_view *people, *organisations;
	uint64_t version;	/* of the store that they were read from */
};

void completion_clear(struct completion *c);		/* the suggestions */
void completion_release(struct completion *c);		/* everything; zeros are an empty one */

/* Fills c for a field and what is typed in it. Empty for fields and texts that suggest nothing. */
int completion_find(struct completion *c, struct store *s, const struct field *f, const char *typed, struct err *e);

/* Another suggestion: by -1 or 1, around. One step down never ends at the offer to enter something new: who presses Down and Enter takes what is known. */
void completion_move(struct completion *c, int by);

#endif
