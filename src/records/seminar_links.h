/* seminar_links: what belongs to one seminar besides its sheet. */
#ifndef RECORDS_SEMINAR_LINKS_H
#define RECORDS_SEMINAR_LINKS_H

#include "records/link.h"

/* Who else leads it, trains or is a guest; id: the person; code: the part; other: the note. */
link_list seminar_staff_links;

/* Officials who came to it, by municipality; id: the person; code: the post; other: the municipality's name, "" where it is not known. */
link_list seminar_officials;

/* The municipalities of which no official has come to any information seminar of the current programme, in the alphabet's order; *count: how many. */
typedef int (*seminar_place_fn)(void *context, const char *code, const char *name, struct err *e);
int seminar_uninformed(struct store *s, seminar_place_fn each, void *context, int *count, struct err *e);

#endif
