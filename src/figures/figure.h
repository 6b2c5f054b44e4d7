/* figure: what the grant's report counts, of what this store holds: what a device counts of its scope, the hub counts of the region. A figure is a built-in
 * kind with a filter and a period; it has a value, the list of rows that proves it (their numbers add up to the value, always: both are one statement), and one
 * sentence that says how it was computed.
 *
 * What counts
 *  1. Of the current programme alone (programme_current). Records that are removed count nowhere, nor does what refers to a removed record: a mark of a removed
 *     person or at a removed seminar, a role of a removed person, an enrolment in a removed course. A person whose card this store does not hold counts.
 *  2. A mark: an attendance with the state "present". Registered and absent ones are none.
 *  3. A seminar is HELD when its status is "held" or it has a mark, whatever its status; PLANNED when it is not held and its status is not "cancelled";
 *     CANCELLED when its status is "cancelled" and it is not held.
 *  4. Who came without being listed is the seminar's number "unnamed" (0 … 1,000,000; anything else counts nothing) of every seminar that is held or planned.
 *  5. Unique counts (people reached, leads, municipalities …) count everybody once in the whole figure. They are never sums over rows of something else, and
 *     people by name, visits and those without a name are never added to each other.
 *  6. Two cards that are joined are one person, shown under one id; what counts once because of it is said in records/joined.h.
 *
 * The filter; each kind says which parts it heeds, the others change nothing
 *     role, stage	of people and of marks: that the person has in the programme (participation)
 *     seminar_kind	of seminars and of marks: of the seminar
 *     municipality	of people, enrolments and stories: of the person's card; of seminars and of marks: of the seminar; of applications: their own; of
 *			consultations: their own, else that of the mentee's card
 *     since, until	both days included; what has no date lies in no period. Of seminars and marks the seminar's date, of consultations theirs, of
 *			enrolments the day of completion (`enrolled` heeds no period), of hours the day, of applications, certificates, questions and letters their
 *			date (of answers the day of the answer), of mentorships: that they had begun by `until` and had not ended before `since` (no date: always).
 *			People by role, courses, stories and the directory have no date: no period narrows them. */
#ifndef FIGURES_FIGURE_H
#define FIGURES_FIGURE_H

#include "records/record.h"

enum figure_filter { FIGURE_BY_ROLE = 1, FIGURE_BY_SEMINAR_KIND = 2, FIGURE_BY_MUNICIPALITY = 4, FIGURE_BY_STAGE = 8, FIGURE_BY_PERIOD = 16 };
enum figure_section { FIGURES_OF_PEOPLE, FIGURES_OF_SEMINARS, FIGURES_OF_COVERAGE, FIGURES_OF_MENTORING, FIGURES_OF_TRAINING, FIGURES_OF_EXCHANGE,
	FIGURES_OF_PASSING_ON, FIGURE_SECTIONS };
enum figure_unit { FIGURE_NUMBER, FIGURE_MINUTES, FIGURE_HOURS };

struct figure {
	const char *name;		/* for scripts: "reached"; of a role its code */
	const char *kind;		/* what an indicator calls it (figure_kinds): "people", "seminars" … */
	const char *role;		/* people of this role; NULL: as the filter says */
	const char *title, *computed;	/* N_(): what it is, and in one sentence how it was computed */
	const char *type;		/* of the rows behind it: a record type's name, or "municipality" */
	enum figure_section section;
	enum figure_unit unit;
	unsigned heeds;			/* enum figure_filter */
	bool once;			/* unique: never added up over anything */
};

/* The figures in the order of a report; ends with name NULL. */
extern const struct figure figure_list[];
extern const struct choice figure_kinds[];
const char *figure_section_title(enum figure_section section);		/* translated */
const struct figure *figure_find(const char *name);			/* NULL: none of that name */
const struct figure *figure_of_kind(const char *kind);			/* the figure that an indicator of this kind begins with; NULL: no such kind */

/* NULL and "": any. Days are ISO. */
struct figure_query {
	const char *role, *seminar_kind, *municipality, *stage, *since, *until;
	bool gated;	/* for what leaves the store: who gave no consent to taking part is told by the id alone */
};

int figure_value(struct store *s, const struct figure *f, const struct figure_query *q, int64_t *value, struct err *e);

/* A number as people read it, in the figure's unit: "57", «12 ч 30 мин», «72 ч». */
void figure_show(const struct figure *f, int64_t value, struct buf *out);

/* The list that proves a figure. */
struct figure_line {
	const char *type;		/* as the figure's */
	const char *id, *name;
	const char *detail;		/* what it rests on: date, place, how many; "" */
	int64_t number;			/* what it adds */
	const char *withheld;		/* ids of the people whose names are left out for want of a consent, each followed by a blank; "" */
};
typedef int (*figure_line_fn)(void *context, const struct figure_line *l, struct err *e);	/* the strings live for the call; 0 goes on, -1 stops */
int figure_each(struct store *s, const struct figure *f, const struct figure_query *q, figure_line_fn each, void *context, struct err *e);

/* The ids and numbers alone, in the order of ids by their bytes: what a filing keeps. */
typedef int (*figure_id_fn)(void *context, const char *id, int64_t number, struct err *e);
int figure_each_id(struct store *s, const struct figure *f, const struct figure_query *q, figure_id_fn each, void *context, struct err *e);

#endif
