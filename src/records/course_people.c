/* Who is on a course, in which groups, on which days: what its page and its register show. */
#include "records/course.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "base/text.h"
#include "records/joined.h"
#include "records/link.h"
#include "records/person.h"
#include "records/rows.h"

#define IN_COURSE(alias) alias ".id > ?1 || '/' AND " alias ".id < ?1 || '0' AND " alias ".deleted = 0"
/* What another device wrote need not be a number of hours. */
#define SANE(hours) "CASE WHEN " hours " BETWEEN 0 AND 24 THEN " hours " ELSE 0 END"

/* Two devices may have issued a certificate each: the one with the smaller id is printed again. */
#define CERTIFICATE "(SELECT t.number FROM certificate t WHERE t.person IN " JOINED_IDS("n.person") " AND t.course = ?1 AND t.deleted = 0 ORDER BY t.id LIMIT 1)"
#define PEOPLE \
	"SELECT n.id, n.person, n.course_group, n.state, coalesce(h.hours, 0), p.id IS NOT NULL, " LINK_NAME("person", "p", "n.person") " AS name," \
	" o.name, n.completed, n.document, n.document_date, n.document_kind, " CERTIFICATE \
	" FROM enrolment n LEFT JOIN person p ON p.id = " JOINED_PERSON("n.person") " LEFT JOIN organisation o ON o.id = p.organisation" \
	" LEFT JOIN (SELECT " JOINED_PERSON("d.person") " AS person, sum(" SANE("d.hours") ") AS hours FROM study_day d WHERE " IN_COURSE("d") \
	" AND " JOINED_FIRST_DAY("d") " GROUP BY 1) h ON h.person = " JOINED_PERSON("n.person") \
	" WHERE " IN_COURSE("n") " AND p.deleted IS NOT 1 AND " JOINED_FIRST_ENROLMENT("n") " ORDER BY p.sort IS NULL, p.sort, name, n.id"

static enum enrolment_state state_of(const char *code)
{
	for (int i = 0; enrolment_states[i].code; i++)
		if (strcmp(enrolment_states[i].code, code) == 0)
			return (enum enrolment_state)i;
	return ENROLMENT_ENROLLED;
}

enum { PEOPLE_TEXTS = 7, FIRST_TEXT = 6 };

static void add_person(sqlite3_stmt *st, struct course_people *out, struct buf *text)
{
	out->row = mem_resize(out->row, (size_t)out->count + 1, sizeof *out->row);
	struct course_person *p = &out->row[out->count++];
	*p = (struct course_person){ .state = state_of(store_text(st, 3)), .hours = sqlite3_column_int64(st, 4), .held = sqlite3_column_int(st, 5) };
	snprintf(p->enrolment, sizeof p->enrolment, "%s", store_text(st, 0));
	snprintf(p->person, sizeof p->person, "%s", store_text(st, 1));
	snprintf(p->group, sizeof p->group, "%s", store_text(st, 2));
	for (int i = 0; i < PEOPLE_TEXTS; i++)
		rows_add(text, store_text(st, FIRST_TEXT + i));
	out->enrolled += p->state == ENROLMENT_ENROLLED;
	out->completed += p->state == ENROLMENT_COMPLETED;
	out->left += p->state == ENROLMENT_LEFT;
}

static void point_people(struct course_people *out)
{
	const char *t = out->text;
	for (int i = 0; i < out->count; i++) {
		struct course_person *p = &out->row[i];
		p->name = rows_next(&t);
		p->organisation = rows_next(&t);
		p->completed = rows_next(&t);
		p->document = rows_next(&t);
		p->document_date = rows_next(&t);
		p->document_kind = rows_next(&t);
		p->certificate = rows_next(&t);
	}
}

int course_people(struct store *s, const char *course, struct course_people *out, struct err *e)
{
	struct buf text = BUF_INIT;
	int rc;
	*out = (struct course_people){ 0 };
	sqlite3_stmt *st = store_prepare(s, PEOPLE, e);
	if (!st)
		return -1;
	store_bind_text(st, 1, course);
	while ((rc = store_step(s, st, e)) == 1)
		add_person(st, out, &text);
	sqlite3_reset(st);
	out->text = buf_detach(&text);
	if (rc == 0)
		point_people(out);
	else
		course_people_release(out);
	return rc;
}

void course_people_release(struct course_people *p)
{
	free(p->row);
	free(p->text);
	*p = (struct course_people){ 0 };
}

const struct course_person *course_people_find(const struct course_people *p, const char *person)
{
	for (int i = 0; i < p->count; i++)
		if (strcmp(p->row[i].person, person) == 0)
			return &p->row[i];
	return NULL;
}

/* --- groups --- */

enum { GROUP_TEXTS = 5 };

int course_groups(struct store *s, const char *course, struct course_groups *out, struct err *e)
{
	struct buf text = BUF_INIT;
	int rc;
	*out = (struct course_groups){ 0 };
	sqlite3_stmt *st = store_prepare(s, "SELECT g.id, g.title, g.since, g.until, g.place, m.name FROM course_group g"
	    " LEFT JOIN municipality m ON m.code = g.municipality WHERE g.course = ?1 AND g.deleted = 0"
	    " ORDER BY g.since IS NULL, g.since, g.title, g.id", e);
	if (!st)
		return -1;
	store_bind_text(st, 1, course);
	while ((rc = store_step(s, st, e)) == 1) {
		out->row = mem_resize(out->row, (size_t)out->count + 1, sizeof *out->row);
		snprintf(out->row[out->count++].id, RECORD_ID_SIZE, "%s", store_text(st, 0));
		for (int i = 1; i <= GROUP_TEXTS; i++)
			rows_add(&text, store_text(st, i));
	}
	sqlite3_reset(st);
	out->text = buf_detach(&text);
	const char *t = out->text;
	for (int i = 0; i < out->count; i++) {
		struct course_group *g = &out->row[i];
		g->title = rows_next(&t);
		g->since = rows_next(&t);
		g->until = rows_next(&t);
		g->place = rows_next(&t);
		g->municipality = rows_next(&t);
	}
	if (rc != 0)
		course_groups_release(out);
	return rc;
}

void course_groups_release(struct course_groups *g)
{
	free(g->row);
	free(g->text);
	*g = (struct course_groups){ 0 };
}

/* Among the groups of the course by title; else as any record is found, and the rule of the enrolment says whose it is. */
int course_find_group(struct store *s, const char *course, const char *typed, char id[RECORD_ID_SIZE], struct err *e)
{
	struct course_groups groups;
	int found = 0;
	if (course_groups(s, course, &groups, e) != 0)
		return -1;
	for (int i = 0; i < groups.count; i++)
		if (text_same(groups.row[i].title, typed) && found++ == 0)
			snprintf(id, RECORD_ID_SIZE, "%s", groups.row[i].id);
	course_groups_release(&groups);
	return found == 1 ? 0 : record_resolve(s, &group_type, typed, id, e);
}

/* --- days --- */

int course_days(struct store *s, const char *course, course_day_fn each, void *context, struct err *e)
{
	int rc;
	sqlite3_stmt *st = store_prepare(s, "SELECT d.date, d.person, " SANE("d.hours") " FROM study_day d WHERE " IN_COURSE("d") " ORDER BY d.date, d.person", e);
	if (!st)
		return -1;
	store_bind_text(st, 1, course);
	while ((rc = store_step(s, st, e)) == 1)
		if (each(context, store_text(st, 0), store_text(st, 1), sqlite3_column_int(st, 2), e) != 0) {
			rc = -1;
			break;
		}
	sqlite3_reset(st);
	return rc;
}

/* The day after the last one with hours, inside a group; or the first day of a group that has none. */
#define NEXT_DAY "SELECT min(day) FROM (SELECT CASE WHEN last.date IS NULL THEN g.since ELSE date(last.date, '+1 day') END AS day, g.until" \
	" FROM course_group g LEFT JOIN (SELECT n.course_group, max(d.date) AS date FROM study_day d JOIN enrolment n ON n.id = d.course || '/' || d.person" \
	" WHERE " IN_COURSE("d") " AND n.deleted = 0 GROUP BY n.course_group) last ON last.course_group = g.id" \
	" WHERE g.course = ?1 AND g.deleted = 0) WHERE day <= coalesce(until, day)"

int course_next_day(struct store *s, const char *course, char out[DATE_SIZE], struct err *e)
{
	date_today(out);
	sqlite3_stmt *st = store_prepare(s, NEXT_DAY, e);
	if (!st)
		return -1;
	store_bind_text(st, 1, course);
	int rc = store_step(s, st, e);
	if (rc == 1 && date_valid(store_text(st, 0)))
		snprintf(out, DATE_SIZE, "%s", store_text(st, 0));
	if (rc >= 0)
		sqlite3_reset(st);
	return rc < 0 ? -1 : 0;
}
