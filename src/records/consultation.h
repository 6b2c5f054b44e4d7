/* consultation: what a mentor and a mentee spoke about: when, how, how long, the topic, the advice, and the next step with its date. Talks with a municipal
 * administration stand in the same log: their kind is another, the mentee is the official, and the municipality alone will do. */
#ifndef RECORDS_CONSULTATION_H
#define RECORDS_CONSULTATION_H

#include "records/record.h"

/* A new one is this device's person's, of today, a visit, in the current programme; with an official it is a contact with the administration of the official's
 * municipality. The mentor is not the mentee; it takes a day at most; neither the next step's date nor the day when that was done lies before it. A next step is
 * due from its date on until `next_done` says when it was done. */

#define CONSULTATION_USUAL "consultation"
#define CONSULTATION_ADMINISTRATION "administration"

extern const struct choice consultation_kinds[];	/* consultation administration; "" of old records: consultation */
extern const struct choice consultation_forms[];	/* visit phone online */

/* Open next steps of the current programme with a date up to `until` (ISO), the longest overdue first: those of a person as mentor or mentee, or of everybody (NULL). Strings live for the
 * call. */
struct consultation_due { const char *id, *date, *step, *topic, *mentor, *mentor_id, *mentee, *mentee_id; };
typedef int (*consultation_due_fn)(void *context, const struct consultation_due *d, struct err *e);
int consultation_due(struct store *s, const char *person, const char *until, consultation_due_fn each, void *context, struct err *e);

#endif
