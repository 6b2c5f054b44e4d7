/* criterion: what applications are judged by: a weight, and how many points can be given. One without a call counts for every call of its programme. */
#ifndef RECORDS_CRITERION_H
#define RECORDS_CRITERION_H

#include "records/record.h"

/* Of a weight and of a maximum: what people write by hand stays below, and the sums of a ranking stay exact (ranking.h). */
#define CRITERION_MOST 1000
/* Of one call, those of the whole programme included. */
#define CRITERIA_MOST 20

/* SQL: the criterion `k` counts for the call `c`; both are rows of their tables. */
#define CRITERION_OF_CALL "k.deleted = 0 AND (k.call = c.id OR (k.call IS NULL AND k.programme = c.programme))"
#define CRITERION_ORDER "k.position IS NULL, k.position, k.id"

/* A new one has weight 1 and 10 points at most, and stands behind the others. It counts for every call unless it names one. Neither a call that is closed nor
 * what somebody gave already is changed by it. */

/* One of the criteria of a call, by id, beginning of an id, or title, so that the same title may stand in several calls. ERR_REFUSED: none, with those that there
 * are, or how the first one is entered. */
int criterion_resolve(struct store *s, const char *call, const char *typed, char id[RECORD_ID_SIZE], struct err *e);
/* 1: it counts for the call; 0: it does not; -1 failure. */
int criterion_counts(struct store *s, const char *criterion, const char *call, struct err *e);

#endif
