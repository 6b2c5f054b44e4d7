/* award: thanks. An award_rule says how many points a measure brings (activity.h); an award is a letter of thanks that was given: whose, its number (number.h),
 * its day, the points and the calculation as they were then, so that printing again prints the same. */
#ifndef RECORDS_AWARD_H
#define RECORDS_AWARD_H

#include "records/record.h"

/* What brings points: seminars_led seminars_mentored consultations people_reached stories mentees questions_answered. How each is counted: activity.h. */
enum { AWARD_MEASURES = 7 };
extern const struct choice award_measures[];


/* The letter of a person in the current programme: the one that there is, else a new one of today with the next number. *issued, which may be NULL: it is new. */
int award_issue(struct store *s, const char *person, int64_t points, const char *reason, char id[RECORD_ID_SIZE], bool *issued, struct err *e);

#endif
