/* decision: what becomes of an application: selected, in reserve, refused and why. Whoever is selected gets, in the same transaction, the call's role and the
 * stage «отбор пройден» in the programme; whose selection is taken back stands again as before it, unless training or work has begun meanwhile. */
#ifndef RECORDS_DECISION_H
#define RECORDS_DECISION_H

#include "records/ranking.h"
#include "records/record.h"

/* What a decision did to the applicant's card, as codes (person_roles, person_stages). */
struct decision_done {
	char person[RECORD_ID_SIZE];
	char before[16], after[16];		/* decisions; "": none */
	char role_before[32], role[32], stage_before[32], stage[32];	/* the same twice: not changed */
};

/* decision: "" takes back the one that was taken. reason: NULL leaves what stands there; taking back empties it. One transaction. */
int decision_take(struct store *s, const char *application, const char *decision, const char *reason, struct decision_done *done, struct err *e);

/* What the ranking proposes to those who have no decision yet (ranking.h), best first; `apply`: it is taken, in one transaction. A tie across the cut-off gets
 * nothing: people decide there. */
struct decision_counts { int selected, reserve, tied, unscored, decided; };
typedef int (*decision_fn)(void *context, const struct ranking_row *row, struct err *e);	/* 0 goes on, -1 stops; NULL: nobody looks */
int decision_propose(struct store *s, const char *call, bool apply, decision_fn each, void *context, struct decision_counts *out, struct err *e);

/* All decisions of the call that rest on its scores, selected and in reserve. */
int decision_take_back_all(struct store *s, const char *call, int *count, struct err *e);

/* True when the applicant's role and stage stand on this selection alone: the role is the call's, the stage «отбор пройден», and no other selection of the
 * programme gave them. */
bool decision_carries(struct store *s, const struct record *application, const char *role);

#endif
