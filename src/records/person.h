/* person: the register of people, and a person's role and stage in the current programme. */
#ifndef RECORDS_PERSON_H
#define RECORDS_PERSON_H

#include "records/record.h"

enum person_show { PERSON_ALL, PERSON_MINE };	/* mine: this device's person is the mentor, by a mentorship that has not ended */

struct person_query {
	enum person_show show;
	const char *filter;		/* as typed; every word must occur in name, telephone digits, e-mail, post, organisation or municipality; NULL */
	const char *stage;		/* code, or NULL */
	const char *municipality;	/* code, or NULL */
	bool best_first;		/* where there is a filter: names that begin with its first word, then words that do, then the rest */
};

/* A row of the list: only what the columns show. Strings are owned by the row set. */
struct person_row {
	char id[RECORD_ID_SIZE];
	const char *name, *organisation, *municipality, *role, *stage, *phone, *last_met;	/* role, stage: codes; last_met: ISO or "" */
};
struct person_rows { struct person_row *row; int count; char *text; };
void person_rows_release(struct person_rows *rows);

/* Rows `first` … of the query, at most `count`, by name. Reads only these rows (and names of what they refer to), by index. */
int person_rows(struct store *s, const struct person_query *q, int64_t first, int count, struct person_rows *out, struct err *e);
/* Rows of these people, in this order, without those who are there no more; of role, stage and last_met nothing is read. */
int person_rows_of(struct store *s, const char (*ids)[RECORD_ID_SIZE], int count, struct person_rows *out, struct err *e);
int person_count(struct store *s, const struct person_query *q, int64_t *count, struct err *e);	/* the tally where there is no filter */
/* Place of the first person whose name begins with `letters` (folded), or of `id`, in the query's order; -1 in *place when there is none. */
int person_place(struct store *s, const struct person_query *q, const char *letters, const char *id, int64_t *place, struct err *e);

/* This device's person (setting "person", made by init), or "". */
const char *person_me(struct store *s, char id[RECORD_ID_SIZE]);

/* Somebody with this name (namesake.h) and telephone, or name and municipality where one of the two has no telephone; "" in id when there is
 * nobody. By index: a list of thousands may ask for each of its rows. `phone` and `municipality` as kept. */
int person_same(struct store *s, const char *name, const char *phone, const char *municipality, char id[RECORD_ID_SIZE], struct err *e);

/* The rule of it, for somebody of this name: the telephones are the same where both have one, else the municipalities. */
bool person_fits(const char *phone, const char *municipality, const char *asked_phone, const char *asked_municipality);

/* Seminars on whose sheet a person stands, and to how many of them the person came: what leaves the sheets and the figures with the card. */
struct person_visits { int64_t sheets, came; };
int person_visits(struct store *s, const char *id, struct person_visits *out, struct err *e);

extern const struct choice person_roles[];	/* coordinator expert consultant activist official */
extern const struct choice person_stages[];	/* where a person stands in the programme */

#endif
