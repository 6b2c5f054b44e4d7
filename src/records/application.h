/* application: who wants to take part, in one call: with the organisation, the municipality, motivation and experience, and in the end the decision.
 *
 * One person applies once in a call. Two devices that do not know of each other can enter the same: both stay, each with its scores, the ranking says so, and
 * neither is decided upon until a person has withdrawn one. What counts is the day on which it was received: one that came in time is entered with its date, on whatever day it is
 * typed; one that came late is refused, and who wants it all the same moves the call's deadline, which everybody sees. A decision is taken by decision.h, which
 * gives the selected their role and stage; here stand only the rules that hold however it is written. */
#ifndef RECORDS_APPLICATION_H
#define RECORDS_APPLICATION_H

#include "records/record.h"

extern const struct choice application_states[];	/* submitted withdrawn */
extern const struct choice application_decisions[];	/* selected reserve refused */

/* A new one is of today; organisation and municipality are the applicant's; the programme is the call's. */

/* The application of a person in a call; "" in id when there is none. */
int application_of(struct store *s, const char *call, const char *person, char id[RECORD_ID_SIZE], struct err *e);

#endif
