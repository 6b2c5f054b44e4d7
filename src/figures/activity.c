#include "figures/activity.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "records/award.h"
#include "records/joined.h"
#include "records/rows.h"

/* Seminars of the programme that took place: their status says so, or somebody was marked present. */
#define HELD \
	"WITH marks AS (SELECT a.seminar, " JOINED_PERSON("a.person") " AS person FROM attendance a JOIN seminar s ON s.id = a.seminar" \
	" LEFT JOIN person p ON p.id = " JOINED_PERSON("a.person") \
	" WHERE s.programme = ?1 AND a.state = 'present' AND a.deleted = 0 AND s.deleted = 0 AND p.deleted IS NOT 1)," \
	" held AS (SELECT s.id, " JOINED_PERSON("s.lead") " AS lead, " JOINED_PERSON("s.mentor") " AS mentor FROM seminar s WHERE s.programme = ?1 AND s.deleted = 0" \
	" AND (s.status IS 'held' OR s.id IN (SELECT seminar FROM marks)))"
#define STAFF(column, part_) \
	"SELECT h.id AS seminar, h." column " AS person FROM held h WHERE h." column " IS NOT NULL UNION" \
	" SELECT t.seminar, " JOINED_PERSON("t.person") " FROM seminar_staff t JOIN held h ON h.id = t.seminar WHERE t.deleted = 0 AND t.part = '" part_ "'"

/* In the order of award_measures: ?1 the programme → person and count. */
static const struct { const char *sql, *computed; } measures[AWARD_MEASURES] = {
	{ HELD " SELECT person, count(*) FROM (" STAFF("lead", "lead") ") GROUP BY person",
	    N_("seminars that took place, led by the person alone or with others") },
	{ HELD " SELECT person, count(*) FROM (" STAFF("mentor", "mentor") ") GROUP BY person",
	    N_("seminars that took place with the person as mentor") },
	{ "SELECT " JOINED_PERSON("c.mentor") ", count(*) FROM consultation c WHERE c.programme = ?1 AND c.deleted = 0 AND c.mentor IS NOT NULL"
	    " AND coalesce(c.kind, 'consultation') = 'consultation' GROUP BY 1",
	    N_("consultations that the person gave as mentor") },
	{ HELD ", led AS (" STAFF("lead", "lead") ") SELECT l.person, count(DISTINCT m.person) FROM led l JOIN marks m ON m.seminar = l.seminar"
	    " GROUP BY l.person",
	    N_("people by name, once each, who came to the seminars that the person led") },
	{ "SELECT " JOINED_PERSON("t.author") ", count(*) FROM story t WHERE t.programme = ?1 AND t.deleted = 0 AND t.state = 'accepted' AND t.author IS NOT NULL GROUP BY 1",
	    N_("accepted texts of the person in the collection") },
	{ "SELECT " JOINED_PERSON("t.mentor") " AS who, count(DISTINCT nullif(" JOINED_PERSON("t.mentee") ", " JOINED_PERSON("t.mentor") ")) FROM mentorship t"
	    " WHERE t.programme = ?1 AND t.deleted = 0 AND t.mentor IS NOT NULL GROUP BY 1",
	    N_("people whom the person mentors or mentored, once each") },
	{ "SELECT " JOINED_PERSON("t.answered_by") ", count(*) FROM question t WHERE t.programme = ?1 AND t.deleted = 0 AND coalesce(t.answered, '') <> ''"
	    " AND t.answered_by IS NOT NULL GROUP BY 1",
	    N_("questions that the person answered") },
};

const char *activity_computed(int measure)
{
	return measures[measure].computed;
}

int activity_measure(const char *code)
{
	for (int i = 0; i < AWARD_MEASURES; i++)
		if (strcmp(award_measures[i].code, code) == 0)
			return i;
	return -1;
}

/* --- the table of points --- */

static bool has_rule(const struct activity *a, int measure)
{
	for (int i = 0; i < a->rules; i++)
		if (a->rule[i].measure == measure)
			return true;
	return false;
}

/* A measure that only a newer program knows is left out. */
static int read_rules(struct store *s, struct activity *a, const char *programme, struct err *e)
{
	int rc;
	sqlite3_stmt *st = store_prepare(s, "SELECT id, measure, CASE WHEN points BETWEEN 0 AND 1000000 THEN points ELSE 0 END FROM award_rule"
	    " WHERE programme = ?1 AND deleted = 0 ORDER BY position IS NULL, position, id", e);
	if (!st)
		return -1;
	store_bind_text(st, 1, programme);
	while ((rc = store_step(s, st, e)) == 1) {
		int measure = activity_measure(store_text(st, 1));
		if (measure < 0 || has_rule(a, measure))
			continue;
		struct activity_rule *r = &a->rule[a->rules++];
		*r = (struct activity_rule){ .measure = measure, .points = sqlite3_column_int64(st, 2) };
		snprintf(r->id, sizeof r->id, "%s", store_text(st, 0));
	}
	sqlite3_reset(st);
	return rc;
}

/* --- people --- */

/* By id, as they are looked up; sorted by points in the end. Of several letters the first. */
static int read_people(struct store *s, struct activity *a, const char *programme, struct err *e)
{
	struct buf text = BUF_INIT;
	int rc;
	sqlite3_stmt *st = store_prepare(s, "SELECT p.id, coalesce(p.name, p.id), t.role, w.number, w.date, p.sort FROM participation t"
	    " JOIN person p ON p.id = " JOINED_PERSON("t.person") " LEFT JOIN award w ON w.id = (SELECT min(x.id) FROM award x WHERE x.person IN " JOINED_IDS("p.id") " AND x.programme = ?1 AND x.deleted = 0)"
	    " WHERE t.programme = ?1 AND t.role IN ('expert', 'consultant') AND t.deleted = 0 AND p.deleted = 0 ORDER BY p.id, t.id", e);
	if (!st)
		return -1;
	store_bind_text(st, 1, programme);
	while ((rc = store_step(s, st, e)) == 1) {
		if (a->count > 0 && strcmp(a->row[a->count - 1].person, store_text(st, 0)) == 0)
			continue;
		a->row = mem_resize(a->row, (size_t)a->count + 1, sizeof *a->row);
		struct activity_row *row = &a->row[a->count++];
		*row = (struct activity_row){ .points = 0 };
		snprintf(row->person, sizeof row->person, "%s", store_text(st, 0));
		for (int i = 1; i <= 5; i++)
			rows_add(&text, store_text(st, i));
	}
	sqlite3_reset(st);
	a->text = buf_detach(&text);
	const char *p = a->text;
	for (int i = 0; i < a->count; i++) {
		a->row[i].name = rows_next(&p);
		a->row[i].role = rows_next(&p);
		a->row[i].letter = rows_next(&p);
		a->row[i].letter_date = rows_next(&p);
		a->row[i].sort = rows_next(&p);
	}
	return rc;
}

static int by_person(const void *id, const void *row)
{
	return strcmp(id, ((const struct activity_row *)row)->person);
}

static int count_measure(struct store *s, struct activity *a, int measure, const char *programme, struct err *e)
{
	int rc;
	sqlite3_stmt *st = store_prepare(s, measures[measure].sql, e);
	if (!st)
		return -1;
	store_bind_text(st, 1, programme);
	while ((rc = store_step(s, st, e)) == 1) {
		struct activity_row *row = a->count ? bsearch(store_text(st, 0), a->row, (size_t)a->count, sizeof *a->row, by_person) : NULL;
		if (row)
			row->count[measure] = sqlite3_column_int64(st, 1);
	}
	sqlite3_reset(st);
	return rc;
}

/* --- ranking --- */

static int by_points(const void *a, const void *b)
{
	const struct activity_row *x = a, *y = b;
	if (x->points != y->points)
		return x->points < y->points ? 1 : -1;
	int names = strcmp(x->sort, y->sort);
	return names ? names : strcmp(x->person, y->person);
}

static void rank(struct activity *a)
{
	for (int i = 0; i < a->count; i++)
		for (int k = 0; k < a->rules; k++)
			a->row[i].points += a->row[i].count[a->rule[k].measure] * a->rule[k].points;
	if (a->count)
		qsort(a->row, (size_t)a->count, sizeof *a->row, by_points);
	for (int i = 0; i < a->count; i++) {
		bool as_before = i > 0 && a->row[i].points == a->row[i - 1].points;
		a->row[i].rank = as_before ? a->row[i - 1].rank : i + 1;
		a->row[i].tied = as_before;
		if (as_before)
			a->row[i - 1].tied = true;
	}
}

int activity_compute(struct store *s, struct activity *out, struct err *e)
{
	char programme[RECORD_ID_SIZE];
	*out = (struct activity){ .count = 0 };
	int rc = programme_current(s, programme, e);
	if (rc == 0)
		rc = read_rules(s, out, programme, e);
	if (rc == 0)
		rc = read_people(s, out, programme, e);
	for (int i = 0; i < AWARD_MEASURES && rc == 0; i++)
		rc = count_measure(s, out, i, programme, e);
	if (rc == 0)
		rank(out);
	else
		activity_release(out);
	return rc;
}

void activity_release(struct activity *a)
{
	free(a->row);
	free(a->text);
	*a = (struct activity){ .count = 0 };
}

const struct activity_row *activity_find(const struct activity *a, const char *person)
{
	for (int i = 0; i < a->count; i++)
		if (strcmp(a->row[i].person, person) == 0)
			return &a->row[i];
	return NULL;
}

void activity_calculation(const struct activity *a, const struct activity_row *row, struct buf *out)
{
	size_t start = out->len;
	for (int k = 0; k < a->rules; k++) {
		const struct activity_rule *r = &a->rule[k];
		int64_t n = row->count[r->measure];
		if (n > 0 && r->points > 0)
			buf_addf(out, "%s%s: %lld × %lld = %lld", out->len > start ? "; " : "", _(award_measures[r->measure].label), (long long)n,
			    (long long)r->points, (long long)(n * r->points));
	}
}
