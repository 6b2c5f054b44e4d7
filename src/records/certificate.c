#include "records/certificate.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "records/course.h"
#include "records/joined.h"
#include "records/number.h"

static const struct field certificate_fields[] = {
	{ .name = "person", .label = N_("Person"), .kind = FIELD_REFERENCE, .references = "person", .required = true },
	{ .name = "course", .label = N_("Course"), .kind = FIELD_REFERENCE, .references = "course" },
	{ .name = "number", .label = N_("Number"), .kind = FIELD_TEXT, .required = true, .max = NUMBER_SIZE / 2 },
	{ .name = "date", .label = N_("Date"), .kind = FIELD_DATE, .required = true },
	{ .name = "hours", .label = N_("Hours"), .kind = FIELD_NUMBER },
	{ .name = "title", .label = N_("Title"), .kind = FIELD_TEXT },
	{ .name = "programme", .label = N_("Programme"), .kind = FIELD_REFERENCE, .references = "programme", .required = true },
};

static int certificate_defaults(struct store *s, struct record *r, struct err *e)
{
	record_default_today(r, "date");
	return record_default_programme(s, r, e);
}

int certificate_check_number(struct store *s, const struct record *r, struct err *e)
{
	int field = record_field(r->type, "number");
	if (*r->id && !r->changed[field])
		return 0;
	int there = *r->id ? 1 : number_given(s, r->value[field], e);
	if (there <= 0)
		return there;
	err_set(e, ERR_REFUSED, *r->id ? _("this number stands on a paper that was given out; it stays") : _("this number was given out already"));
	return field_blame(&r->type->fields[field], e);
}

#define COLUMNS "person, course, number, date, hours, title, programme"
#define NAME "coalesce((SELECT p.name FROM person p WHERE p.id = " JOINED_PERSON("certificate.person") ")," \
	" (SELECT k.name FROM known_name k WHERE k.tbl = 'person' AND k.id = person), person) || coalesce(', ' || number, '')"

const struct record_type certificate_type = {
	.name = "certificate",
	.title = N_("Certificate"),
	.table = "certificate",
	.fields = certificate_fields,
	.count = sizeof certificate_fields / sizeof *certificate_fields,
	.sql = {
		.load = RECORD_SQL_LOAD("certificate", COLUMNS),
		.list = RECORD_SQL_LIST("certificate", COLUMNS, "number, id"),
		RECORD_SQL_REST("certificate", NAME, COLUMNS, "?2,?3,?4,?5,?6,?7,?8")
	},
	.defaults = certificate_defaults,
	.check = certificate_check_number,
};

/* --- issuing --- */

/* 1 and its id: there is one. Of several, which two devices made, the one with the smallest id: everywhere the same. */
static int find_issued(struct store *s, const struct certificate_wish *w, char id[RECORD_ID_SIZE], struct err *e)
{
	char programme[RECORD_ID_SIZE];
	if (programme_current(s, programme, e) != 0)
		return -1;
	return record_query_id(s, "SELECT id FROM certificate WHERE person IN " JOINED_IDS("?1") " AND coalesce(course, '') = ?2 AND deleted = 0"
	    " AND (?2 <> '' OR programme = ?3) ORDER BY id LIMIT 1", (const char *const[]){ w->person, w->course, programme, NULL }, id, e);
}

/* Title, programme and hours of the course; "" and 0 where there is none. */
struct earned { char title[1024], programme[RECORD_ID_SIZE]; int64_t hours; };

static int look_up(struct store *s, const struct certificate_wish *w, struct earned *out, struct err *e)
{
	*out = (struct earned){ "", "", 0 };
	if (!*w->course)
		return programme_current(s, out->programme, e);
	sqlite3_stmt *st = store_prepare(s, "SELECT c.title, c.programme, CASE WHEN n.state = 'completed' AND c.hours > 0 THEN c.hours ELSE"
	    " (SELECT sum(CASE WHEN d.hours BETWEEN 0 AND 24 THEN d.hours END) FROM study_day d"
	    " WHERE d.person IN " JOINED_IDS("?2") " AND d.course = c.id AND d.deleted = 0 AND " JOINED_FIRST_DAY("d") ") END"
	    " FROM course c LEFT JOIN enrolment n ON n.course = c.id AND n.person IN " JOINED_IDS("?2") " AND n.deleted = 0 AND " JOINED_FIRST_ENROLMENT("n") " WHERE c.id = ?1", e);
	if (!st)
		return -1;
	store_bind_text(st, 1, w->course);
	store_bind_text(st, 2, w->person);
	int rc = store_step(s, st, e);
	if (rc == 1) {
		snprintf(out->title, sizeof out->title, "%s", store_text(st, 0));
		snprintf(out->programme, sizeof out->programme, "%s", store_text(st, 1));
		out->hours = sqlite3_column_int64(st, 2);
	}
	if (rc >= 0)
		sqlite3_reset(st);
	return rc == 1 ? 0 : rc < 0 ? -1 : record_unknown(&course_type, w->course, e);
}

static int fill(struct store *s, struct record *r, const struct certificate_wish *w, struct err *e)
{
	char number[NUMBER_SIZE], hours[24] = "";
	struct earned earned;
	if (look_up(s, w, &earned, e) != 0 || number_take(s, NUMBER_CERTIFICATE, number, e) != 0)
		return -1;
	int64_t of = w->hours < 0 ? earned.hours : w->hours;
	if (of > 0)
		snprintf(hours, sizeof hours, "%" PRId64, of);
	record_put(r, "programme", earned.programme);
	record_put(r, "number", number);
	if (record_set(s, r, "person", w->person, e) != 0 || record_set(s, r, "course", w->course, e) != 0 ||
	    record_set(s, r, "hours", hours, e) != 0 || record_set(s, r, "title", w->title ? w->title : earned.title, e) != 0)
		return -1;
	return w->date ? record_set(s, r, "date", w->date, e) : 0;
}

static int issue(struct store *s, const struct certificate_wish *w, char id[RECORD_ID_SIZE], struct err *e)
{
	struct record r;
	int rc = record_new(s, &r, &certificate_type, e);
	if (rc == 0)
		rc = fill(s, &r, w, e);
	if (rc == 0)
		rc = record_save(s, &r, e);
	if (rc == 0)
		snprintf(id, RECORD_ID_SIZE, "%s", r.id);
	record_release(&r);
	return rc;
}

int certificate_issue(struct store *s, const struct certificate_wish *w, char id[RECORD_ID_SIZE], bool *issued, struct err *e)
{
	if (store_begin(s, e) != 0)
		return -1;
	int found = find_issued(s, w, id, e);
	int rc = found == 0 ? issue(s, w, id, e) : found < 0 ? -1 : 0;
	if (rc != 0) {
		store_rollback(s);
		return -1;
	}
	if (issued)
		*issued = found == 0;
	return store_commit(s, e);
}
