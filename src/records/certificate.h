/* certificate: the fund's own certificate of participation, one for each person and course, with a number that is given once (number.h). It says what it said
 * when it was issued: printing again prints the same. The document of a course's provider is another thing, and stands in the enrolment. */
#ifndef RECORDS_CERTIFICATE_H
#define RECORDS_CERTIFICATE_H

#include "records/record.h"


/* The certificate of a person for a course ("": for taking part in the programme): the one that there is, else a new one of this day (ISO; NULL: today) with
 * the next number. `title` and `hours` of a new one come from the course where they are NULL and negative: its title; its hours for who has completed it, else
 * those that were attended. *issued, which may be NULL: it is new. */
struct certificate_wish { const char *person, *course, *date, *title; int64_t hours; };
int certificate_issue(struct store *s, const struct certificate_wish *w, char id[RECORD_ID_SIZE], bool *issued, struct err *e);

/* The rules that certificates and awards share: no number twice, and a number that was given out stays. */
int certificate_check_number(struct store *s, const struct record *r, struct err *e);

#endif
