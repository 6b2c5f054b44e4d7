/* call: a call for applications, of experts or of consultants: how many places, until when, and whether scores may still be entered.
 *
 * A call is open until a coordinator closes it. While it is open judges enter scores and nobody sees another's (score.h); once it is closed all of them are
 * seen, the ranking stands (ranking.h) and decisions are taken (decision.h). What the result rests on, its criteria, judges and scores, changes in an open
 * call alone. */
#ifndef RECORDS_CALL_H
#define RECORDS_CALL_H

#include "records/record.h"

extern const struct choice call_roles[];	/* expert consultant: what a selected applicant becomes */
extern const struct choice call_states[];	/* open closed */

/* More would be a mistake of typing, and the sums of a ranking stay exact (ranking.h). */
#define CALL_PLACES_MOST 10000
#define CALL_JUDGES_MOST 24

/* 0, or -1 with words: the selection is a coordinator's work. Devices that belong to no hub yet are nobody's in particular and may do it. */
int call_coordinator(struct store *s, struct err *e);

/* 0, or -1 with words that name the call, since when it is closed, and how it is opened again. */
int call_must_be_open(struct store *s, const char *call, struct err *e);
bool call_is_closed(struct store *s, const char *call);

/* From now on scores are seen and no longer entered. ERR_REFUSED: it is closed already. */
int call_close(struct store *s, const char *call, struct err *e);
/* ERR_REFUSED: it is open, or decisions rest on its scores. */
int call_reopen(struct store *s, const char *call, struct err *e);

struct call_counts { int64_t applications, withdrawn, judges, criteria, scores, selected, reserve, refused, undecided; };
/* applications: submitted ones; scores: how many were given, of which nobody sees what they are. */
int call_counts(struct store *s, const char *call, struct call_counts *out, struct err *e);

#endif
