/* directory: consultants and experts who agreed to be found: what they know, and how to reach them. Everybody receives it, also whoever holds none of their
 * cards; so an entry says the municipality and the role itself.
 *
 * One entry a person. Who has no valid consent for the purpose stands in it for the person, the device that wrote it and the coordinator alone: DIRECTORY_OPEN
 * tells whether others may see it. */
#ifndef RECORDS_DIRECTORY_H
#define RECORDS_DIRECTORY_H

#include "records/consent.h"
#include "records/record.h"

#define DIRECTORY_PURPOSE CONSENT_DIRECTORY

/* SQL, of the row `r`. Whose card is not held here came through the hub, which gives none without a consent; consents travel with cards. */
#define DIRECTORY_OPEN(r) "(" CONSENT_EXISTS(r ".person", "'" DIRECTORY_PURPOSE "'") \
	" OR NOT EXISTS (SELECT 1 FROM person held WHERE held.id = " r ".person))"

int directory_open(struct store *s, const char *id, bool *open, struct err *e);

/* Each entry of the current programme that others may see, by name; of the others only the count. `topic`: all its words occur in the topics or the name;
 * NULL: any. */
struct directory_left_out { int count; struct buf names; };	/* names: «Валеева З. М., …» in full, separated by commas */
int directory_each(struct store *s, const char *topic, record_fn each, void *context, struct directory_left_out *left_out, struct err *e);

#endif
