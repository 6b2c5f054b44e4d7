/* question: what somebody asks an expert, and the answer. Both travel by sync; the expert may be known by name alone, out of the directory.
 *
 * Only the expert, or a coordinator, answers; when, and who, is written down with the answer. A question that is answered is not reworded. */
#ifndef RECORDS_QUESTION_H
#define RECORDS_QUESTION_H

#include "records/record.h"

/* Answers, or answers anew. */
int question_answer(struct store *s, const char *id, const char *text, struct err *e);

/* SQL: of the row `r`. */
#define QUESTION_OPEN(r) "coalesce(" r ".answer, '') = ''"

#endif
