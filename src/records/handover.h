/* handover: the work of somebody who leaves goes to somebody else: whom the person mentors, and the seminars to come that the person leads or mentors. Each is an
 * ordinary change of a record, which its history shows with who held it before.
 *
 * What has been stays as it was: mentorships that have ended, seminars that were held or cancelled, all of a programme that is closed, consultations. All cards of
 * the person count (joined.h). A mentorship of the heir's own stays too: nobody mentors himself; it is counted, so that somebody looks at it. */
#ifndef RECORDS_HANDOVER_H
#define RECORDS_HANDOVER_H

#include "store/store.h"

struct handover { int64_t mentorships, seminars, left; };

/* What a handover would change now. */
int handover_count(struct store *s, const char *from, struct handover *out, struct err *e);
/* `to`: the id of a card. Nothing where both are one person. Inside a transaction. */
int handover(struct store *s, const char *from, const char *to, struct handover *out, struct err *e);

#endif
