#include "figures/coverage.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "figures/coverage_map.h"
#include "figures/figure_sql.h"

/* What a figure counts, one row each: the municipality as it was entered, what is counted, and when. The parameters are those of figure_sql.h, and ?9 is the
 * municipality whose months are asked for, "" for all. */
#define PEOPLE(role) \
	"SELECT p.municipality AS code, p.id AS what, NULL AS date FROM participation t JOIN person p ON p.id = " FIGURE_PERSON("t.person") \
	" WHERE t.programme = ?1 AND t.role = '" role "' AND t.deleted = 0 AND p.deleted = 0"
#define MARKS FIGURE_LOGGED " SELECT l.municipality AS code, m.person AS what, l.date AS date FROM mark m JOIN logged l ON l.id = m.seminar"
#define SEMINARS FIGURE_LOGGED " SELECT municipality AS code, id AS what, date FROM logged WHERE held"
#define UNNAMED \
	FIGURE_LOGGED " SELECT municipality AS code, " FIGURE_UNNAMED_OF("unnamed") " AS what, date FROM logged" \
	" WHERE held OR status IS NOT 'cancelled'"
/* A consultation belongs where it says, else where the mentee is from. */
#define CONSULTATIONS \
	"SELECT coalesce(nullif(c.municipality, ''), p.municipality) AS code, c.id AS what, c.date AS date" \
	" FROM consultation c LEFT JOIN person p ON p.id = " FIGURE_PERSON("c.mentee") " AND p.deleted = 0" \
	" WHERE c.programme = ?1 AND c.deleted = 0" FIGURE_IN_PERIOD("c.date")
/* The register outlives programmes: ?1 is named so that all statements have it. */
#define ORGANISATIONS "SELECT municipality AS code, id AS what, NULL AS date FROM organisation WHERE deleted = 0 AND ?1 IS NOT NULL"

/* Where each code of the classifier is today: itself, or what it was merged into, step by step. */
#define SEATS \
	"WITH RECURSIVE step(code, now, hops) AS (SELECT code, code, 0 FROM municipality UNION ALL" \
	" SELECT step.code, m.successor, step.hops + 1 FROM step JOIN municipality m ON m.code = step.now" \
	" WHERE coalesce(m.successor, '') <> '' AND step.hops < 8)," \
	" seat(code, now) AS (SELECT code, now FROM (SELECT code, now, max(hops) FROM step GROUP BY code))"
#define FROM(rows) " FROM (" rows ") r LEFT JOIN seat k ON k.code = r.code"
#define SEAT "coalesce(k.now, r.code, '')"

#define UNDATED(counted, rows) { SEATS " SELECT " SEAT ", " counted FROM(rows) " GROUP BY 1", NULL }
#define DATED(counted, rows) { \
	SEATS " SELECT " SEAT ", " counted FROM(rows) " GROUP BY 1", \
	SEATS " SELECT substr(r.date, 1, 7), " counted FROM(rows) " WHERE r.date <> '' AND (?9 = '' OR " SEAT " = ?9) GROUP BY 1" }

static const struct { const char *by_municipality, *by_month; } statements[COVERAGE_FIGURES] = {
	[COVERAGE_CONSULTANTS] = UNDATED("count(DISTINCT r.what)", PEOPLE("consultant")),
	[COVERAGE_EXPERTS] = UNDATED("count(DISTINCT r.what)", PEOPLE("expert")),
	[COVERAGE_SEMINARS] = DATED("count(*)", SEMINARS),
	[COVERAGE_REACHED] = DATED("count(DISTINCT r.what)", MARKS),
	[COVERAGE_VISITS] = DATED("count(*)", MARKS),
	[COVERAGE_UNNAMED] = DATED("coalesce(sum(r.what), 0)", UNNAMED),
	[COVERAGE_CONSULTATIONS] = DATED("count(*)", CONSULTATIONS),
	[COVERAGE_ORGANISATIONS] = UNDATED("count(*)", ORGANISATIONS),
};

const struct coverage_measure coverage_measures[COVERAGE_FIGURES] = {
	/* TRANSLATORS: what the map of municipalities shows; short, each stands in a title and in a list of numbers */
	[COVERAGE_CONSULTANTS] = { "consultants", N_("Consultants"), N_("people whose role is consultant, by the municipality of their card"), false, false },
	[COVERAGE_EXPERTS] = { "experts", N_("Experts"), N_("people whose role is expert, by the municipality of their card"), false, false },
	[COVERAGE_SEMINARS] = { "seminars", N_("Seminars held"), N_("seminars marked as held, or where somebody was marked present"), true, false },
	[COVERAGE_REACHED] = { "reached", N_("People reached"), N_("people marked present, once each within the municipality of the seminar"), true, true },
	[COVERAGE_VISITS] = { "visits", N_("Visits"), N_("every mark “present” at every seminar"), true, false },
	[COVERAGE_UNNAMED] = { "unnamed", N_("Came without being listed"), N_("the sum of what the seminars say; not part of people or visits"), true, false },
	[COVERAGE_CONSULTATIONS] = { "consultations", N_("Consultations"), N_("by the municipality that is named there, else by that of the mentee"),
		true, false },
	[COVERAGE_ORGANISATIONS] = { "organisations", N_("Organisations"), N_("organisations of the register, whatever the programme"), false, false },
};

int coverage_figure_find(const char *name)
{
	for (int f = 0; f < COVERAGE_FIGURES; f++)
		if (strcmp(coverage_measures[f].name, name) == 0)
			return f;
	return -1;
}

/* --- counting --- */

struct question {
	char programme[RECORD_ID_SIZE];
	const char *since, *until;	/* NULL for none */
	const char *code;		/* "" for none */
};

static int question_begin(struct store *s, struct question *q, const char *since, const char *until, const char *code, struct err *e)
{
	q->since = since && *since ? since : NULL;
	q->until = until && *until ? until : NULL;
	q->code = code ? code : "";
	return programme_current(s, q->programme, e);
}

static sqlite3_stmt *ask(struct store *s, const char *sql, const struct question *q, struct err *e)
{
	enum { CODE = 9 };
	sqlite3_stmt *st = store_prepare_once(s, sql, e);
	if (!st)
		return NULL;
	store_bind_text(st, 1, q->programme);
	if (sqlite3_bind_parameter_count(st) >= 3) {
		store_bind_text(st, 2, q->since);
		store_bind_text(st, 3, q->until);
	}
	if (sqlite3_bind_parameter_count(st) >= CODE)
		store_bind_text(st, CODE, q->code);
	return st;
}

static int count_figure(struct store *s, const struct question *q, enum coverage_figure f, struct coverage *c, struct err *e)
{
	sqlite3_stmt *st = ask(s, statements[f].by_municipality, q, e);
	int rc = -1;
	while (st && (rc = store_step(s, st, e)) == 1) {
		struct coverage_tile *tile = (struct coverage_tile *)coverage_of(c, store_text(st, 0));
		int64_t n = sqlite3_column_int64(st, 1);
		if (tile)
			tile->value[f] = n;
		else
			c->elsewhere[f] += n;
	}
	sqlite3_finalize(st);
	return rc;
}

/* --- shades --- */

static int by_value(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return x < y ? -1 : x > y;
}

/* The different values that there are, ascending; how many. */
static int different(const struct coverage *c, enum coverage_figure f, int64_t *values)
{
	int n = 0, kept = 0;
	for (int i = 0; i < c->count; i++)
		if (c->tile[i].value[f] > 0)
			values[n++] = c->tile[i].value[f];
	qsort(values, (size_t)n, sizeof *values, by_value);
	for (int i = 0; i < n; i++)
		if (kept == 0 || values[kept - 1] != values[i])
			values[kept++] = values[i];
	return kept;
}

static void set_limits(struct coverage *c, enum coverage_figure f)
{
	enum { STEPS = COVERAGE_SHADES - 1 };
	int64_t *values = mem_zero((size_t)c->count + 1, sizeof *values), *limit = c->limit[f];
	int n = different(c, f, values);
	limit[0] = 0;
	for (int i = 0; i < STEPS; i++)
		limit[i + 1] = n > 0 ? values[i * n / STEPS] : INT64_MAX;
	/* Of shades that would begin at the same value the darkest has it. */
	for (int i = 1; i < STEPS; i++)
		if (limit[i] == limit[i + 1])
			limit[i] = INT64_MAX;
	free(values);
}

int coverage_shade(const struct coverage *c, enum coverage_figure f, int64_t value)
{
	for (int i = COVERAGE_SHADES - 1; i > 0; i--)
		if (value >= c->limit[f][i])
			return i;
	return 0;
}

int coverage_empty(const struct coverage *c, enum coverage_figure f)
{
	int n = 0;
	for (int i = 0; i < c->count; i++)
		n += c->tile[i].value[f] == 0;
	return n;
}

/* --- the whole --- */

int coverage_read(struct store *s, const char *since, const char *until, struct coverage *out, struct err *e)
{
	struct question q;
	*out = (struct coverage){ 0 };
	if (question_begin(s, &q, since, until, NULL, e) != 0 || coverage_map_read(s, out, e) != 0)
		return -1;
	for (int f = 0; f < COVERAGE_FIGURES; f++) {
		if (count_figure(s, &q, (enum coverage_figure)f, out, e) != 0)
			return -1;
		set_limits(out, (enum coverage_figure)f);
	}
	return 0;
}

void coverage_release(struct coverage *c)
{
	for (int i = 0; i < c->count; i++) {
		free(c->tile[i].name);
		free(c->tile[i].short_name);
	}
	free(c->tile);
	*c = (struct coverage){ 0 };
}

const struct coverage_tile *coverage_at(const struct coverage *c, int row, int column)
{
	for (int i = 0; i < c->count; i++)
		if (c->tile[i].row == row && c->tile[i].column == column)
			return &c->tile[i];
	return NULL;
}

const struct coverage_tile *coverage_of(const struct coverage *c, const char *code)
{
	for (int i = 0; i < c->count; i++)
		if (strcmp(c->tile[i].code, code) == 0)
			return &c->tile[i];
	return NULL;
}

/* --- months --- */

int coverage_months_read(struct store *s, const char *code, const char *since, const char *until, struct coverage_months *out, struct err *e)
{
	struct question q;
	struct coverage_months_draft draft = { 0 };
	*out = (struct coverage_months){ 0 };
	if (question_begin(s, &q, since, until, code, e) != 0 || coverage_months_begin(&draft, s, q.programme, q.since, q.until, e) != 0)
		return -1;
	int rc = 0;
	for (int f = 0; rc == 0 && f < COVERAGE_FIGURES; f++) {
		sqlite3_stmt *st = statements[f].by_month ? ask(s, statements[f].by_month, &q, e) : NULL;
		if (!statements[f].by_month)
			continue;
		while ((rc = st ? store_step(s, st, e) : -1) == 1)
			coverage_months_add(&draft, store_text(st, 0), (enum coverage_figure)f, sqlite3_column_int64(st, 1));
		sqlite3_finalize(st);
	}
	coverage_months_end(&draft, out);
	return rc;
}

void coverage_months_release(struct coverage_months *m)
{
	free(m->month);
	*m = (struct coverage_months){ 0 };
}
