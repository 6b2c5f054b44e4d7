/* What is done on a course with several people at once, and what does not fit is told. */
#include "records/course.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "records/joined.h"
#include "base/i18n.h"
#include "records/person.h"

static void person_course_id(char out[2 * RECORD_ID_SIZE], const char *course, const char *person)
{
	snprintf(out, 2 * RECORD_ID_SIZE, "%s/%s", course, person);
}

/* --- enrolment --- */

static int new_enrolment(struct store *s, struct record *r, const char *course, const char *person, struct err *e)
{
	if (record_new(s, r, &enrolment_type, e) != 0 || record_set(s, r, "course", course, e) != 0)
		return -1;
	return record_set(s, r, "person", person, e);
}

static int enrol_again(struct store *s, struct record *r, struct err *e)
{
	return strcmp(record_get(r, "state"), "left") == 0 ? record_set(s, r, "state", "enrolled", e) : 0;
}

static int enrol_one(struct store *s, const char *course, const char *person, const char *group, int *added, struct err *e)
{
	char id[2 * RECORD_ID_SIZE];
	struct record r;
	person_course_id(id, course, person);
	bool there = record_load(s, &r, &enrolment_type, id, NULL) == 0;
	int rc = there ? enrol_again(s, &r, e) : new_enrolment(s, &r, course, person, e);
	if (rc == 0 && *group)
		rc = record_set(s, &r, "course_group", group, e);
	if (rc == 0)
		rc = record_save(s, &r, e);
	*added += rc == 0 && !there;
	record_release(&r);
	return rc;
}

int course_enrol(struct store *s, const char *course, const char *const *persons, int count, const char *group, int *added, struct err *e)
{
	int rc = 0;
	*added = 0;
	if (store_begin(s, e) != 0)
		return -1;
	for (int i = 0; i < count && rc == 0; i++)
		rc = enrol_one(s, course, persons[i], group, added, e);
	if (rc == 0)
		return store_commit(s, e);
	store_rollback(s);
	return -1;
}

/* --- hours of a day --- */

static int not_enrolled(struct store *s, const char *person, struct err *e)
{
	struct buf name = BUF_INIT;
	record_name(s, &person_type, person, &name);
	err_set(e, ERR_REFUSED, _("%s is not enrolled in this course: enrol first"), name.data);
	buf_release(&name);
	return -1;
}

static int check_enrolled(struct store *s, const char *course, const char *person, struct err *e)
{
	char id[2 * RECORD_ID_SIZE];
	struct record r;
	person_course_id(id, course, person);
	if (record_load(s, &r, &enrolment_type, id, NULL) != 0)
		return not_enrolled(s, person, e);
	record_release(&r);
	return 0;
}

static int set_day(struct store *s, const char *course, const char *person, const char *date, int hours, struct err *e)
{
	char id[3 * RECORD_ID_SIZE], number[16];
	struct record r;
	snprintf(id, sizeof id, "%s/%s/%s", course, person, date);
	snprintf(number, sizeof number, "%d", hours);
	bool there = record_load(s, &r, &study_day_type, id, NULL) == 0;
	int rc = 0;
	if (hours == 0) {
		record_release(&r);
		return there ? record_remove(s, &study_day_type, id, e) : 0;
	}
	if (!there)
		rc = record_new(s, &r, &study_day_type, e) != 0 || record_set(s, &r, "course", course, e) != 0 ||
		    record_set(s, &r, "person", person, e) != 0 || record_set(s, &r, "date", date, e) != 0 ? -1 : 0;
	if (rc == 0)
		rc = record_set(s, &r, "hours", number, e);
	if (rc == 0)
		rc = record_save(s, &r, e);
	record_release(&r);
	return rc;
}

/* The day lies outside the dates of the person's group. */
#define OUTSIDE "SELECT g.title, g.since, g.until, count(*) FROM enrolment n JOIN course_group g ON g.id = n.course_group" \
	" JOIN study_day d ON d.id = n.id || '/' || ?2 AND d.deleted = 0" \
	" WHERE n.id > ?1 || '/' AND n.id < ?1 || '0' AND n.deleted = 0 AND g.deleted = 0 AND (g.since > ?2 OR g.until < ?2)" \
	" GROUP BY g.id ORDER BY g.since, g.id"

static int tell_outside(struct store *s, const char *course, const char *date, struct buf *told, struct err *e)
{
	char day[DATE_SIZE], since[DATE_SIZE], until[DATE_SIZE];
	sqlite3_stmt *st = store_prepare(s, OUTSIDE, e);
	int rc;
	if (!st)
		return -1;
	store_bind_text(st, 1, course);
	store_bind_text(st, 2, date);
	date_show(date, day);
	while ((rc = store_step(s, st, e)) == 1) {
		date_show(store_text(st, 1), since);
		date_show(store_text(st, 2), until);
		/* TRANSLATORS: a day of training, the group's title, its first and its last day */
		buf_addf(told, _("%s lies outside the dates of the group “%s” (%s to %s)"), day, store_text(st, 0), since, until);
		buf_addc(told, '\n');
	}
	sqlite3_reset(st);
	return rc;
}

#define SANE "CASE WHEN d.hours BETWEEN 0 AND 24 THEN d.hours ELSE 0 END"
/* More hours than the course has. */
#define OVER "SELECT " JOINED_PERSON("d.person") " AS who, c.hours, sum(" SANE ") AS attended FROM study_day d JOIN course c ON c.id = ?1" \
	" WHERE d.id > ?1 || '/' AND d.id < ?1 || '0' AND d.deleted = 0 AND c.hours > 0 AND " JOINED_FIRST_DAY("d") \
	" GROUP BY who HAVING attended > c.hours ORDER BY who"

static int tell_over(struct store *s, const char *course, struct buf *told, struct err *e)
{
	struct buf name = BUF_INIT;
	sqlite3_stmt *st = store_prepare(s, OVER, e);
	int rc;
	if (!st)
		return -1;
	store_bind_text(st, 1, course);
	while ((rc = store_step(s, st, e)) == 1) {
		buf_reset(&name);
		record_name(s, &person_type, store_text(st, 0), &name);
		buf_addf(told, _("%s has %lld hours on a course of %lld"), name.data, (long long)sqlite3_column_int64(st, 2),
		    (long long)sqlite3_column_int64(st, 1));
		buf_addc(told, '\n');
	}
	sqlite3_reset(st);
	buf_release(&name);
	return rc;
}

static int check_hours(int hours, struct err *e)
{
	if (hours >= 0 && hours <= STUDY_DAY_MOST)
		return 0;
	return err_set(e, ERR_REFUSED, _("a day has %d hours"), STUDY_DAY_MOST);
}

int course_hours(struct store *s, const char *course, const char *const *persons, int count, const char *date, int hours, struct buf *told, struct err *e)
{
	char today[DATE_SIZE], day[DATE_SIZE];
	int rc = 0;
	date_today(today);
	if (check_hours(hours, e) != 0 || date_parse(date, today, day, e) != 0 || store_begin(s, e) != 0)
		return -1;
	for (int i = 0; i < count && rc == 0; i++) {
		rc = check_enrolled(s, course, persons[i], e);
		if (rc == 0)
			rc = set_day(s, course, persons[i], day, hours, e);
	}
	if (rc == 0 && hours > 0)
		rc = tell_outside(s, course, day, told, e) != 0 || tell_over(s, course, told, e) != 0 ? -1 : 0;
	if (rc == 0)
		return store_commit(s, e);
	store_rollback(s);
	return -1;
}

/* --- completion --- */

static bool before_the_end_of_training(const char *stage)
{
	static const char *const before[] = { "", "candidate", "selected", "training" };
	for (size_t i = 0; i < sizeof before / sizeof *before; i++)
		if (strcmp(stage, before[i]) == 0)
			return true;
	return false;
}

/* Of a person whose card is not here, or in another programme than the course's, no stage is known. */
static int move_stage(struct store *s, const char *person, const char *programme, struct err *e)
{
	char current[RECORD_ID_SIZE];
	struct record r;
	int rc = 0;
	if (programme_current(s, current, e) != 0)
		return -1;
	if (strcmp(current, programme) != 0 || record_load(s, &r, &person_type, person, NULL) != 0)
		return 0;
	if (before_the_end_of_training(record_get(&r, "stage"))) {
		rc = record_set(s, &r, "stage", "trained", e);
		if (rc == 0)
			rc = record_save(s, &r, e);
	}
	record_release(&r);
	return rc;
}

static int set_completed(struct store *s, struct record *r, const char *document, const char *date, const char *kind, struct err *e)
{
	if (record_set(s, r, "completed", date, e) != 0 || record_set(s, r, "state", "completed", e) != 0 ||
	    record_set(s, r, "document", document, e) != 0 || record_set(s, r, "document_date", date, e) != 0 ||
	    record_set(s, r, "document_kind", kind, e) != 0)
		return -1;
	return record_save(s, r, e);
}

static int complete(struct store *s, const struct record *course, const char *person, const char *document, const char *date, const char *kind,
    struct err *e)
{
	char id[2 * RECORD_ID_SIZE];
	struct record r;
	person_course_id(id, course->id, person);
	if (record_load(s, &r, &enrolment_type, id, NULL) != 0)
		return not_enrolled(s, person, e);
	int rc = set_completed(s, &r, document, date, *kind ? kind : record_get(course, "document_kind"), e);
	record_release(&r);
	return rc == 0 ? move_stage(s, person, record_get(course, "programme"), e) : -1;
}

int course_complete(struct store *s, const char *course, const char *person, const char *document, const char *date, const char *kind, struct err *e)
{
	struct record c;
	if (record_load(s, &c, &course_type, course, e) != 0)
		return -1;
	int rc = store_begin(s, e);
	if (rc == 0) {
		rc = complete(s, &c, person, document, date, kind, e);
		if (rc == 0)
			rc = store_commit(s, e);
		else
			store_rollback(s);
	}
	record_release(&c);
	return rc;
}
