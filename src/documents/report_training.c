/* Selection, training, the collection: one table each. */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "documents/report_private.h"
#include "figures/figure_sql.h"
#include "records/person.h"

enum { CELLS_MOST = 8 };

/* The rows of a statement as they come; the column of `choices`, where there is one, in words. */
struct rows { const char *sql; int count, choice; const struct choice *choices; };

static int add_rows(struct report *r, const struct rows *rows, int64_t *total, struct err *e)
{
	sqlite3_stmt *st = store_prepare_once(r->store, rows->sql, e);
	int rc;
	if (!st)
		return -1;
	store_bind_text(st, 1, r->programme);
	if (sqlite3_bind_parameter_count(st) >= 8)
		sqlite3_bind_int(st, 8, r->query.gated);
	while ((rc = store_step(r->store, st, e)) == 1) {
		const char *cells[CELLS_MOST];
		for (int i = 0; i < rows->count; i++) {
			cells[i] = store_text(st, i);
			const struct choice *c = rows->choices && i == rows->choice ? choice_find(rows->choices, cells[i]) : NULL;
			cells[i] = c ? _(c->label) : cells[i];
			total[i] += sqlite3_column_type(st, i) == SQLITE_INTEGER ? sqlite3_column_int64(st, i) : 0;
		}
		report_withhold(r, rows->count < sqlite3_column_count(st) ? store_text(st, rows->count) : "");
		outline_row(r->out, cells);
	}
	sqlite3_finalize(st);
	return rc;
}

static void add_total(struct report *r, const int64_t *total, const bool *sum, int count)
{
	const char *cells[CELLS_MOST] = { _("Together") };
	char digits[CELLS_MOST][24];
	for (int i = 1; i < count; i++) {
		snprintf(digits[i], sizeof digits[i], "%lld", (long long)total[i]);
		cells[i] = sum[i] ? digits[i] : "";
	}
	outline_total(r->out, cells, sum);
}

static int add_calls(struct report *r, struct err *e)
{
	static const char sql[] =
	    "SELECT k.title, k.role, k.places, k.deadline, count(a.id), count(*) FILTER (WHERE a.decision = 'selected'), count(*) FILTER (WHERE a.decision = 'reserve'),"
	    " count(*) FILTER (WHERE a.decision = 'refused') FROM call k LEFT JOIN application a ON a.call = k.id AND a.deleted = 0"
	    " AND NOT EXISTS (SELECT 1 FROM person tr WHERE tr.id = " JOINED_PERSON("a.person") " AND tr.deleted = 1) AND " JOINED_FIRST_APPLICATION("a") " WHERE k.programme = ?1 AND k.deleted = 0 GROUP BY k.id ORDER BY k.deadline, k.title";
	const struct outline_column columns[] = {
		{ _("Call"), TYPESET_TEXT, 7 }, { _("Role"), TYPESET_TEXT, 4 }, { _("Places"), TYPESET_NUMBER, 2 }, { _("Deadline"), TYPESET_DATE, 3 },
		/* TRANSLATORS: so many applications; of these selected, in reserve, refused */
		{ _("Applications"), TYPESET_NUMBER, 2 }, { _("Selected"), TYPESET_NUMBER, 2 }, { _("In reserve"), TYPESET_NUMBER, 2 }, { _("Refused"), TYPESET_NUMBER, 2 }
	};
	static const bool sum[] = { false, false, false, false, true, true, true, true };
	int64_t total[CELLS_MOST] = { 0 };
	outline_table(r->out, _("Selection"), columns, 8, false);
	if (add_rows(r, &(struct rows){ sql, 8, 1, person_roles }, total, e) != 0)
		return -1;
	add_total(r, total, sum, 8);
	return 0;
}

#define OF_COURSE(what, table, where) \
	" (SELECT " what " FROM " table " e WHERE e.course = k.id AND e.deleted = 0" FIGURE_NOT_REMOVED("e.person") where ")"

static int add_courses(struct report *r, struct err *e)
{
	static const char sql[] = "SELECT k.title, k.provider, k.hours," OF_COURSE("count(*)", "enrolment", " AND " JOINED_FIRST_ENROLMENT("e")) ","
	    OF_COURSE("count(*)", "enrolment", " AND (e.state IS 'completed' OR e.completed IS NOT NULL) AND " JOINED_FIRST_ENROLMENT("e")) ","
	    OF_COURSE("coalesce(sum(" FIGURE_HOURS_OF("e.hours") "), 0)", "study_day", " AND " JOINED_FIRST_DAY("e")) "," OF_COURSE("count(*)", "certificate", "")
	    " FROM course k WHERE k.programme = ?1 AND k.deleted = 0 ORDER BY k.title, k.id";
	const struct outline_column columns[] = {
		/* TRANSLATORS: of a course: who gives it; its hours; so many enrolled, so many completed it, hours that they attended together */
		{ _("Course"), TYPESET_TEXT, 7 }, { _("Provider"), TYPESET_TEXT, 5 }, { _("Hours"), TYPESET_NUMBER, 2 }, { _("Enrolled"), TYPESET_NUMBER, 2 },
		{ _("Completed"), TYPESET_NUMBER, 2 }, { _("Hours attended"), TYPESET_NUMBER, 2 }, { _("Certificates"), TYPESET_NUMBER, 2 }
	};
	static const bool sum[] = { false, false, false, true, true, true, true };
	int64_t total[CELLS_MOST] = { 0 };
	outline_table(r->out, _("Training"), columns, 7, false);
	if (add_rows(r, &(struct rows){ sql, 7, -1, NULL }, total, e) != 0)
		return -1;
	add_total(r, total, sum, 7);
	return 0;
}

int report_training(struct report *r, struct err *e)
{
	outline_break(r->out);
	outline_heading(r->out, 1, _("Selection and training"));
	outline_note(r->out, _("Calls and courses are shown whole: the period of the report does not narrow these two tables."));
	outline_heading(r->out, 2, _("Competitive selection"));
	if (add_calls(r, e) != 0)
		return -1;
	outline_heading(r->out, 2, _("Training"));
	return add_courses(r, e);
}

/* Who may be named as author is decided as everywhere in the report. */
int report_exchange(struct report *r, struct err *e)
{
	static const char sql[] =
	    "SELECT r.title, " FIGURE_TOLD("r.author") ", o.name, r.section, " FIGURE_KEPT_BACK("r.author") " FROM story r LEFT JOIN organisation o ON o.id = r.organisation"
	    " WHERE r.programme = ?1 AND r.deleted = 0 AND r.state = 'accepted'" FIGURE_NOT_REMOVED("r.author") " ORDER BY r.position IS NULL, r.position, r.title, r.id";
	const struct outline_column columns[] = {
		{ _("Title"), TYPESET_TEXT, 7 }, { _("Author"), TYPESET_TEXT, 5 }, { _("Organisation"), TYPESET_TEXT, 5 }, { _("Section"), TYPESET_TEXT, 4 }
	};
	int64_t total[CELLS_MOST] = { 0 };
	outline_heading(r->out, 1, _("The collection"));
	outline_table(r->out, _("Collection"), columns, 4, false);
	return add_rows(r, &(struct rows){ sql, 4, -1, NULL }, total, e);
}
