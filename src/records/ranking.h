/* ranking: the applications of a call in the order of their sums.
 *
 * THE SUM of an application is, over the criteria of the call, the weight times the mean of the points that the judges gave by this criterion. Judges are those
 * who are named; what others gave is left out and counted (`strangers`). A score that is missing is no zero: the mean is that of the scores there are, and a
 * criterion by which nobody gave any adds nothing. How many are missing stands with each application (`missing`), and ranking_words() says all of this to people.
 *
 * All sums are whole numbers over one denominator (`denominator`, the least common multiple of the numbers of scores), so that equal means equal and a
 * tie is never made, nor hidden, by rounding.
 *
 * PLACES: equal sums share places: two applications behind the first are both at 2–3. No score: no place. THE CUT-OFF lies behind as many applications as the call
 * has places, those who were decided upon by people first: who was selected takes one, who was refused takes none. The proposal is «selected» before it,
 * «reserve» behind it; equal sums across it are a tie that people decide.
 *
 * BEFORE THE CALL IS CLOSED the ranking is preliminary: it knows only the scores of this device's person (score.h), and proposes nothing. */
#ifndef RECORDS_RANKING_H
#define RECORDS_RANKING_H

#include "base/date.h"
#include "records/record.h"

struct ranking_criterion { char id[RECORD_ID_SIZE]; char *title; int64_t weight, maximum; };
struct ranking_judge {
	char id[RECORD_ID_SIZE];
	char *name;
	int64_t given;			/* scores of submitted applications, whatever they are */
};

enum proposal { PROPOSAL_NONE, PROPOSAL_SELECTED, PROPOSAL_RESERVE, PROPOSAL_TIE };

struct ranking_cell { int64_t sum, count; };	/* points by one criterion, and of how many judges; the mean is sum / count */

struct ranking_row {
	char id[RECORD_ID_SIZE], person[RECORD_ID_SIZE];
	char *name, *organisation, *municipality, *reason;
	char *sort;			/* of the name: bytes in the alphabet's order */
	char decision[16], date[DATE_SIZE], decided[DATE_SIZE];
	bool withdrawn, scored;
	struct ranking_cell *cell;	/* of each criterion */
	int64_t total;			/* over the denominator */
	int64_t missing;		/* scores that the judges have not given */
	int place, last;		/* 2 and 3 of «2–3»; 0: no place */
	enum proposal proposal;
};

struct ranking {
	char call[RECORD_ID_SIZE];
	char *title;
	char role[32], since[DATE_SIZE], deadline[DATE_SIZE], closed_on[DATE_SIZE];
	int64_t places;
	bool closed;			/* else preliminary */
	struct ranking_criterion *criterion;
	struct ranking_judge *judge;
	struct ranking_row *row;	/* by place; then, by name, those without a score; then those withdrawn */
	int criteria, judges, count;
	int64_t denominator;
	int64_t submitted, withdrawn;
	int64_t strangers;		/* scores that are seen and were left out: their authors are no judges now */
	int64_t missing;		/* of all submitted applications together */
	int tied;			/* applications in the tie across the cut-off */
	int selected;			/* who was selected; two coordinators apart can have selected more than there are places */
};

int ranking_read(struct store *s, const char *call, struct ranking *out, struct err *e);
void ranking_release(struct ranking *r);

/* A fraction of whole numbers as a decimal one, `sign` between: two digits, or more where two sums would look equal that are not. */
int ranking_digits(const struct ranking *r);
void ranking_decimal(int64_t numerator, int64_t denominator, int digits, char sign, struct buf *out);
/* The sum, or a mean, as people read it; an em dash where there is no score. */
void ranking_total(const struct ranking *r, const struct ranking_row *row, struct buf *out);
void ranking_mean(const struct ranking_cell *cell, struct buf *out);
void ranking_place(const struct ranking_row *row, struct buf *out);	/* «2–3», «—» */
/* The sum as a fraction in lowest terms: 35/2, 7. */
void ranking_fraction(int64_t numerator, int64_t denominator, struct buf *out);

/* How it was computed, and what stands in the way: sentences, one a line. */
void ranking_words(const struct ranking *r, struct buf *out);

#endif
