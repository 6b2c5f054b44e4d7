/* demonstration_consultations: what was spoken about and signed in the demonstration region. Each call takes its own random numbers, so that names and
 * seminars stay as they are when something changes here. */
#ifndef COMMANDS_DEMONSTRATION_CONSULTATIONS_H
#define COMMANDS_DEMONSTRATION_CONSULTATIONS_H

#include "commands/demonstration.h"
#include "commands/demonstration_names.h"

/* `count` consultations from February 2020 on; the next steps were done, of the last in four cases of five. */
int example_consultations(struct store *s, struct example_random *random, const char *mentor, const char *mentee, int count, struct err *e);

/* One of twelve days ago whose next step is due in so many days from today (below zero: overdue), so that the first screen has something to show. */
int example_due(struct store *s, struct example_random *random, const char *mentor, const char *mentee, int days, struct err *e);

/* Most people who came to a seminar signed there. */
int example_consents(struct store *s, struct example_random *random, struct err *e);

#endif
