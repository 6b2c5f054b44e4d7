/* person: the register of people, and a person's role and stage in the current programme. */
#ifndef RECORDS_PERSON_H
#define RECORDS_PERSON_H

#include "records/record.h"

/* A row of a finder: lists read theirs by listing.h. Strings are owned by the row set. */
struct person_row {
	char id[RECORD_ID_SIZE];
	const char *name, *organisation, *municipality, *phone;
};
struct person_rows { struct person_row *row; int count; char *text; };

/* Rows of these people, in this order, without those who are there no more. */
int person_rows_of(struct store *s, const char (*ids)[RECORD_ID_SIZE], int count, struct person_rows *out, struct err *e);
void person_rows_release(struct person_rows *rows);

/* This device's person (setting "person", made by init), or "". */
const char *person_me(struct store *s, char id[RECORD_ID_SIZE]);

/* This device's person is a coordinator, as init or the hub said, or belongs to no hub yet, and has nobody else to ask. The hub judges again by its
 * roster. */
bool person_coordinates(struct store *s);

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
