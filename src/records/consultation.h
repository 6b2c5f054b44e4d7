/* consultation: what a mentor and a mentee spoke about: when, how, how long, the topic, the advice, and the next step with its date. */
#ifndef RECORDS_CONSULTATION_H
#define RECORDS_CONSULTATION_H

#include "records/record.h"

/* A new one is this device's person's, of today, a visit, in the current programme. The mentor is not the mentee; it takes a day at most; neither the
 * next step's date nor the day when that was done lies before it. A next step is due from its date on until `next_done` says when it was done. */

extern const struct choice consultation_forms[];	/* visit phone online */

#endif
