/* score_round: a judge's way through the applications of a call: which comes next, and how far the judge has come. They go by name. */
#ifndef RECORDS_SCORE_ROUND_H
#define RECORDS_SCORE_ROUND_H

#include "records/record.h"

/* 0, or -1 with words: this device's person may give scores in the call now. A coordinator may where no judge is named yet (score_give). */
int score_may_give(struct store *s, const char *call, struct err *e);

/* The application behind `after` ("": the first) that lacks a score of this device's person, and when there is none behind it, the first of all; never `after`
 * itself. "" in id: every one is scored. */
int score_next(struct store *s, const char *call, const char *after, char id[RECORD_ID_SIZE], struct err *e);

/* Submitted applications, and of those the ones with every score of this device's person. */
struct score_progress { int64_t all, done; };
int score_progress(struct store *s, const char *call, struct score_progress *out, struct err *e);

#endif
