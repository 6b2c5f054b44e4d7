/* course: training that others give (a university, a training centre): its groups with dates and places, who is enrolled, hours by day, and the document that
 * the provider gave. The fund's own certificate is another noun (certificate.h).
 *
 * An enrolment is "course/person", hours are "course/person/date": the same thing entered on two devices makes one row. What is entered is kept in any case;
 * what does not fit (a day outside the group's dates, more hours than the course has) is told in a sentence. Consents do not block training. */
#ifndef RECORDS_COURSE_H
#define RECORDS_COURSE_H

#include "records/record.h"


enum enrolment_state { ENROLMENT_ENROLLED, ENROLMENT_COMPLETED, ENROLMENT_LEFT };
extern const struct choice enrolment_states[];		/* enrolled completed left */

enum { STUDY_DAY_MOST = 24 };		/* hours of a day */

/* Enrols these people (ids), or moves who is enrolled already to the group; who had left is enrolled again. `group` "": none. One transaction: all of
 * them or none. *added: who was not enrolled before. */
int course_enrol(struct store *s, const char *course, const char *const *persons, int count, const char *group, int *added, struct err *e);

/* The hours of these people on a day, in place of what was there; 0 takes them back. One transaction. Whoever is not enrolled is refused by name. Sentences
 * about what does not fit are appended to `told`, one a line. */
int course_hours(struct store *s, const char *course, const char *const *persons, int count, const char *date, int hours, struct buf *told, struct err *e);

/* The person has completed the course: the provider's document, of `date` (both as typed; kind "": that of the course). Where the person stood before the
 * end of the training in the current programme, the stage becomes "trained", in the same transaction. */
int course_complete(struct store *s, const char *course, const char *person, const char *document, const char *date, const char *kind, struct err *e);

/* Who is enrolled, by name. */
struct course_person {
	char enrolment[RECORD_ID_SIZE], person[RECORD_ID_SIZE], group[RECORD_ID_SIZE];
	enum enrolment_state state;
	int64_t hours;				/* of all days */
	bool held;				/* the person's card is here: not the name alone */
	const char *name, *organisation, *completed, *document, *document_date, *document_kind, *certificate;	/* its number, "" */
};
struct course_people { struct course_person *row; int count, enrolled, completed, left; char *text; };
int course_people(struct store *s, const char *course, struct course_people *out, struct err *e);	/* two queries, however many they are */
void course_people_release(struct course_people *p);
const struct course_person *course_people_find(const struct course_people *p, const char *person);	/* NULL: not enrolled */

/* The groups of a course, by their beginning. */
struct course_group { char id[RECORD_ID_SIZE]; const char *title, *since, *until, *place, *municipality; };
struct course_groups { struct course_group *row; int count; char *text; };
int course_groups(struct store *s, const char *course, struct course_groups *out, struct err *e);
void course_groups_release(struct course_groups *g);
/* A group of this course by id, its beginning or its title; two courses may each have a "first group". */
int course_find_group(struct store *s, const char *course, const char *typed, char id[RECORD_ID_SIZE], struct err *e);

/* The days with hours of a course by date and person: date, person, hours. The strings live for the call; 0 goes on, -1 stops. */
typedef int (*course_day_fn)(void *context, const char *date, const char *person, int hours, struct err *e);
int course_days(struct store *s, const char *course, course_day_fn each, void *context, struct err *e);

/* The day that hours are most likely to be entered for next: of a group its first day, or the one after its last day with hours; where the groups are over,
 * or have no dates, today. */
int course_next_day(struct store *s, const char *course, char out[11], struct err *e);

#endif
