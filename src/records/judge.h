/* judge: who gives scores in a call, by the call and the person: named on two devices it is one row. A judge may have any role.
 *
 * Nobody judges a call and applies in it: whichever comes second is refused. */
#ifndef RECORDS_JUDGE_H
#define RECORDS_JUDGE_H

#include "records/link.h"

/* 1: named, and not taken back; 0; -1 failure. */
int judge_is(struct store *s, const char *call, const char *person, struct err *e);
/* 0, or -1 with words that say how a judge is named. */
int judge_must_be(struct store *s, const char *call, const char *person, struct err *e);

/* Names one who is not named yet; *named: this is new. */
int judge_name(struct store *s, const char *call, const char *person, bool *named, struct err *e);

/* Who could be named: those with a role other than «участник» in the current programme who have not applied, and who is named now. Those first, then by name.
 * code: the role; other: "1" of who is named. */
#define JUDGE_CANDIDATES_MOST 1000
link_list judge_candidates;

/* The conflict of interest, from either side: 0, or -1 with words. */
int judge_check_applicant(struct store *s, const char *call, const char *person, struct err *e);		/* who shall judge has not applied */
int judge_check_judge(struct store *s, const char *call, const char *person, struct err *e);		/* who applies does not judge */

#endif
