/* listing: the records of one noun as a list shows them: in an order, narrowed by facets and by words, a window at a time.
 *
 * A listing is constant data: its columns, which are its orders too, and its facets. A view is one look through it, with its state. In the plain
 * state (first column, either way, no facet, no words) a view reads windows by index, from wherever it is, and holds nothing but the window. Any
 * other state is a roll: the ids and the folded search texts of the rows, read once and kept in order, so that a letter typed after that costs no
 * query. The roll is dropped with the order and the facets that made it, and when the store changes.
 *
 * Rows go by the column, what has nothing there last whichever the direction; equal ones by the first column as the list begins, then by id. A
 * word is found in what a row says and in the names of what it refers to; stages, roles and their like by the beginning of their labels, from four
 * letters on; dates as kept and as shown.
 */
#ifndef LISTINGS_LISTING_H
#define LISTINGS_LISTING_H

#include "records/record.h"

struct listing;			/* listing_private.h */
struct listing_view;

/* Their columns, in order; what a cell holds is text as kept (codes, ISO dates, ids resolved to names), "" for nothing. */
enum { PEOPLE_NAME, PEOPLE_ORGANISATION, PEOPLE_MUNICIPALITY, PEOPLE_STAGE, PEOPLE_ROLE, PEOPLE_LAST_MET, PEOPLE_PHONE, PEOPLE_POST, PEOPLE_COLUMNS };
enum { PEOPLE_BY_MINE, PEOPLE_BY_STAGE, PEOPLE_BY_MUNICIPALITY, PEOPLE_BY_ROLE, PEOPLE_FACETS };
enum { SEMINARS_DATE, SEMINARS_TITLE, SEMINARS_PLACE, SEMINARS_MUNICIPALITY, SEMINARS_LEAD, SEMINARS_STATUS, SEMINARS_CAME, SEMINARS_REGISTERED, SEMINARS_COLUMNS };
enum { SEMINARS_BY_MINE, SEMINARS_BY_STATUS, SEMINARS_BY_MUNICIPALITY, SEMINARS_BY_KIND, SEMINARS_FACETS };
enum { ORGANISATIONS_NAME, ORGANISATIONS_MUNICIPALITY, ORGANISATIONS_PHONE, ORGANISATIONS_PEOPLE, ORGANISATIONS_COLUMNS };
enum { ORGANISATIONS_BY_MUNICIPALITY, ORGANISATIONS_FACETS };
enum { CONSULTATIONS_DATE, CONSULTATIONS_MENTEE, CONSULTATIONS_MENTOR, CONSULTATIONS_TOPIC, CONSULTATIONS_FORM, CONSULTATIONS_NEXT_DATE,
	CONSULTATIONS_NEXT_STEP, CONSULTATIONS_COLUMNS };
enum { CONSULTATIONS_BY_MINE, CONSULTATIONS_BY_DUE, CONSULTATIONS_BY_KIND, CONSULTATIONS_BY_FORM, CONSULTATIONS_FACETS };	/* due: a next step that is not done, "yes" */
enum { MUNICIPALITIES_NAME, MUNICIPALITIES_KIND, MUNICIPALITIES_CENTRE, MUNICIPALITIES_CONSULTANTS, MUNICIPALITIES_SEMINARS, MUNICIPALITIES_PEOPLE,
	MUNICIPALITIES_COLUMNS };

extern const struct listing people_listing, seminars_listing, organisations_listing, consultations_listing, municipalities_listing;

enum { STORIES_SECTION, STORIES_AUTHOR, STORIES_TITLE, STORIES_KIND, STORIES_STATE, STORIES_POSITION, STORIES_COLUMNS };	/* first: in the book's order */
enum { STORIES_BY_MINE, STORIES_BY_SUBMITTED, STORIES_BY_PRACTICE, STORIES_BY_STATE, STORIES_BY_KIND, STORIES_FACETS };
enum { DIRECTORY_PERSON, DIRECTORY_TOPICS, DIRECTORY_MUNICIPALITY, DIRECTORY_ROLE, DIRECTORY_PHONE, DIRECTORY_EMAIL, DIRECTORY_SEEN, DIRECTORY_COLUMNS };
enum { DIRECTORY_BY_OPEN, DIRECTORY_BY_MUNICIPALITY, DIRECTORY_BY_ROLE, DIRECTORY_FACETS };	/* seen, open: "yes" where others may see the entry */
enum { QUESTIONS_DATE, QUESTIONS_TOPIC, QUESTIONS_AUTHOR, QUESTIONS_EXPERT, QUESTIONS_ANSWERED, QUESTIONS_COLUMNS };
enum { QUESTIONS_BY_MINE, QUESTIONS_BY_TO_ME, QUESTIONS_BY_OPEN, QUESTIONS_FACETS };

extern const struct listing stories_listing, directory_listing, questions_listing;

enum { COURSES_TITLE, COURSES_PROVIDER, COURSES_HOURS, COURSES_ENROLLED, COURSES_COMPLETED, COURSES_COLUMNS };

extern const struct listing courses_listing;

enum { CALLS_DEADLINE, CALLS_TITLE, CALLS_ROLE, CALLS_STATE, CALLS_PLACES, CALLS_APPLICATIONS, CALLS_SELECTED, CALLS_COLUMNS };	/* without those withdrawn */

extern const struct listing calls_listing;

enum { PROGRAMMES_TITLE, PROGRAMMES_CURRENT, PROGRAMMES_STATE, PROGRAMMES_SINCE, PROGRAMMES_UNTIL, PROGRAMMES_GRANT, PROGRAMMES_COLUMNS };	/* current: "yes" */
extern const struct listing programmes_listing;

struct listing_view *listing_open(struct store *s, const struct listing *l);
void listing_close(struct listing_view *v);		/* NULL is nothing */

/* The state. What a change costs is paid at the next listing_count. */
void listing_order(struct listing_view *v, int column, bool descending);	/* seminars and consultations begin with the date, descending */
void listing_facet(struct listing_view *v, int facet, const char *value);	/* a code, "yes" for mine and due; NULL: any */
void listing_words(struct listing_view *v, const char *typed);			/* every word must occur in a visible field or the telephone's digits; NULL or "": all */
void listing_stale(struct listing_view *v);					/* the store has changed */

/* What a facet offers, to be picked from, in its own order (municipalities in the alphabet's). */
typedef int (*listing_value_fn)(void *context, const char *value, const char *label, struct err *e);
int listing_facet_values(struct listing_view *v, int facet, listing_value_fn each, void *context, struct err *e);
const char *listing_facet_label(const struct listing *l, int facet);		/* translated: «этап» */

/* Reads the roll now rather than at the first letter. Costs nothing when there is one. */
int listing_prepare(struct listing_view *v, struct err *e);

int listing_count(struct listing_view *v, int64_t *count, struct err *e);
/* Rows first … first + count - 1 become the window, those past the end are not there; rows that it holds already are not read again. */
int listing_window(struct listing_view *v, int64_t first, int count, struct err *e);
/* Of the window, `row` counted from its beginning; "" past its end. The strings live until the next call of listing_window. */
const char *listing_id(const struct listing_view *v, int row);
const char *listing_cell(const struct listing_view *v, int row, int column);

/* The ids of rows first … first + count - 1, all of which there are, without what the rows say: of all rows, many times quicker than by windows. */
int listing_ids(struct listing_view *v, int64_t first, int count, char (*ids)[RECORD_ID_SIZE], struct err *e);

/* Place of a record, of the first row whose first column begins with the letters (the column that is sorted by, where that is a text); -1: none. */
int listing_place(struct listing_view *v, const char *id, int64_t *place, struct err *e);
int listing_find(struct listing_view *v, const char *letters, int64_t *place, struct err *e);
/* Ids of the first rows, by name, whose name begins with the letters, at most `most`; of people and organisations, whatever the state. By index: a letter
 * costs no more in a large store than in a small one. */
int listing_begins(struct listing_view *v, const char *letters, int most, char (*ids)[RECORD_ID_SIZE], int *count, struct err *e);
/* Whom somebody means who types a name (listing_best.c): ids of rows in whose own texts every word occurs, not in what they refer to; at most `most`, those
 * whose text begins with the first word before those with words that begin so, then the rest, each in the view's order. The words of the state do not
 * matter. Reads the roll where there is none. */
int listing_best(struct listing_view *v, const char *typed, int most, char (*ids)[RECORD_ID_SIZE], int *count, struct err *e);

#endif
