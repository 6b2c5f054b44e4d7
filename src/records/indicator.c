#include "records/indicator.h"

#include <string.h>

#include "records/indicator_sql.h"
#include "records/person.h"

/* ?1 is the programme. Removed people and seminars, and what refers to them, are left out. */
static const char roles_sql[] =
	"SELECT t.role, count(*) FROM participation t JOIN person p ON p.id = t.person"
	" WHERE t.programme = ?1 AND t.deleted = 0 AND p.deleted = 0 AND t.role IS NOT NULL GROUP BY t.role";

static const char visits_sql[] = "SELECT count(*), count(DISTINCT a.person)" INDICATOR_MARKS;

/* A seminar is held when its status says so or somebody was marked present. Who came unnamed is what the log says, unless the seminar was
 * cancelled and nobody came. */
static const char seminars_sql[] =
	"WITH came(seminar) AS (SELECT DISTINCT a.seminar" INDICATOR_MARKS "),"
	" logged AS (SELECT municipality, status, unnamed, status IS 'held' OR id IN came AS held"
	" FROM seminar WHERE programme = ?1 AND deleted = 0)"
	" SELECT coalesce(sum(held), 0), coalesce(sum(NOT held AND status IS NOT 'cancelled'), 0),"
	" coalesce(sum(CASE WHEN held OR status IS NOT 'cancelled' THEN " INDICATOR_UNNAMED("unnamed") " END), 0),"
	" count(DISTINCT CASE WHEN held THEN municipality END) FROM logged";

static const char consultants_sql[] =
	"SELECT count(DISTINCT p.municipality) FROM participation t JOIN person p ON p.id = t.person"
	" WHERE t.programme = ?1 AND t.role = 'consultant' AND t.deleted = 0 AND p.deleted = 0";

static const char consultations_sql[] =
	"SELECT count(*), coalesce(sum(" INDICATOR_MINUTES("minutes") "), 0) FROM consultation WHERE programme = ?1 AND deleted = 0";

static sqlite3_stmt *prepare(struct store *s, const char *sql, const char *programme, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, sql, e);
	if (st)
		store_bind_text(st, 1, programme);
	return st;
}

static int count_roles(struct store *s, const char *programme, struct indicators *out, struct err *e)
{
	sqlite3_stmt *st = prepare(s, roles_sql, programme, e);
	int rc = -1;
	while (st && (rc = store_step(s, st, e)) == 1)
		for (int i = 0; i < INDICATOR_ROLES; i++)
			if (strcmp(person_roles[i].code, store_text(st, 0)) == 0)
				out->people[i] = sqlite3_column_int64(st, 1);
	if (rc == 0)
		sqlite3_reset(st);
	return rc;
}

/* One row of numbers. */
static int read_numbers(struct store *s, const char *sql, const char *programme, int64_t *const *to, int count, struct err *e)
{
	sqlite3_stmt *st = prepare(s, sql, programme, e);
	int rc = st ? store_step(s, st, e) : -1;
	for (int i = 0; rc == 1 && i < count; i++)
		*to[i] = sqlite3_column_int64(st, i);
	if (rc >= 0)
		sqlite3_reset(st);
	return rc == 1 ? 0 : -1;
}

int indicators_compute(struct store *s, struct indicators *out, struct err *e)
{
	char programme[RECORD_ID_SIZE];
	*out = (struct indicators){ 0 };
	int64_t *const visits[] = { &out->visits, &out->reached };
	int64_t *const seminars[] = { &out->seminars_held, &out->seminars_planned, &out->unnamed, &out->municipalities_with_seminar };
	int64_t *const consultations[] = { &out->consultations, &out->consultation_minutes };
	int64_t *const consultants[] = { &out->municipalities_with_consultant };
	if (programme_current(s, programme, e) != 0 ||
	    count_roles(s, programme, out, e) != 0 ||
	    read_numbers(s, visits_sql, programme, visits, 2, e) != 0 ||
	    read_numbers(s, seminars_sql, programme, seminars, 4, e) != 0 ||
	    read_numbers(s, consultants_sql, programme, consultants, 1, e) != 0 ||
	    read_numbers(s, consultations_sql, programme, consultations, 2, e) != 0)
		return -1;
	return 0;
}
