#include "records/place_links.h"

#include <stdio.h>

#include "base/i18n.h"
#include "records/joined.h"

int organisation_people(struct store *s, const char *id, int most, link_fn each, void *context, int64_t *total, struct err *e)
{
	return link_each_in_programme(s, "SELECT p.id, coalesce(p.name, p.id), NULL, p.post,"
	    " (SELECT t.role FROM participation t WHERE t.id = ?2 || '/' || p.id AND t.deleted = 0)"
	    " FROM person p WHERE p.organisation = ?1 AND p.deleted = 0 AND NOT " JOINED_HIDDEN("p.id") " ORDER BY p.sort, p.id", id, most, each, context, total, e);
}

int municipality_seminars(struct store *s, const char *id, int most, link_fn each, void *context, int64_t *total, struct err *e)
{
	return link_each_in_programme(s, "SELECT id, title, date, status, place FROM seminar WHERE municipality = ?1 AND programme = ?2 AND deleted = 0"
	    " ORDER BY date DESC, id DESC", id, most, each, context, total, e);
}

int municipality_contacts(struct store *s, const char *id, int most, link_fn each, void *context, int64_t *total, struct err *e)
{
	return link_each_in_programme(s, "SELECT c.id, c.topic, c.date, c.form, " LINK_NAME("person", "p", "c.mentee") " FROM consultation c"
	    " LEFT JOIN person p ON p.id = " JOINED_PERSON("c.mentee") " WHERE c.municipality = ?1 AND c.programme = ?2 AND c.deleted = 0 AND c.kind = 'administration'"
	    " ORDER BY c.date DESC, c.id DESC", id, most, each, context, total, e);
}

#define STAFF_COLUMNS "SELECT p.id, coalesce(p.name, p.id), NULL, min(t.role), o.name"
#define STAFF_ORGANISATION " LEFT JOIN organisation o ON o.id = p.organisation AND o.deleted = 0"
/* Of joined cards the role of any; one line a person. */
#define STAFF " t.deleted = 0 AND t.role IS NOT 'activist' AND t.role IS NOT NULL AND p.deleted = 0 GROUP BY p.id ORDER BY min(t.role), p.sort, p.id"

/* As a rule those who work are few and those who live there are many. */
static const char staff_first[] = STAFF_COLUMNS " FROM participation t CROSS JOIN person p ON p.id = " JOINED_PERSON("t.person") STAFF_ORGANISATION
	" WHERE t.programme = ?2 AND p.municipality = ?1 AND" STAFF;

static const char residents_first[] = STAFF_COLUMNS " FROM (SELECT r.id, r.id AS card FROM person r WHERE r.municipality = ?1 AND r.deleted = 0"
	" AND NOT " JOINED_HIDDEN("r.id") " UNION ALL SELECT j.shown, j.id FROM joined j WHERE j.id <> j.shown AND EXISTS (SELECT 1 FROM person q WHERE q.id = j.shown"
	" AND q.municipality = ?1 AND q.deleted = 0)) r CROSS JOIN participation t ON t.id = ?2 || '/' || r.card CROSS JOIN person p ON p.id = r.id" STAFF_ORGANISATION " WHERE" STAFF;

#define FEW 1000

static int many_work(struct store *s, bool *many, struct err *e)
{
	char programme[RECORD_ID_SIZE];
	sqlite3_stmt *st = programme_current(s, programme, e) != 0 ? NULL :
	    store_prepare(s, "SELECT count(*) FROM (SELECT 1 FROM participation WHERE programme = ?1 AND deleted = 0 AND role IS NOT 'activist' LIMIT ?2)", e);
	int rc;

	if (st == NULL)
		return -1;
	store_bind_text(st, 1, programme);
	sqlite3_bind_int(st, 2, FEW);
	rc = store_step(s, st, e);
	*many = rc == 1 && sqlite3_column_int(st, 0) == FEW;
	if (rc >= 0)
		sqlite3_reset(st);
	return rc < 0 ? -1 : 0;
}

int municipality_staff(struct store *s, const char *id, int most, link_fn each, void *context, int64_t *total, struct err *e)
{
	bool many;

	if (many_work(s, &many, e) != 0)
		return -1;
	return link_each_in_programme(s, many ? residents_first : staff_first, id, most, each, context, total, e);
}

int municipality_facts(struct store *s, const char *code, struct municipality_facts *out, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, "SELECT kind, centre, (SELECT count(*) FROM person p WHERE p.municipality = ?1 AND p.deleted = 0"
	    " AND NOT " JOINED_HIDDEN("p.id") "),"
	    " successor FROM municipality WHERE code = ?1", e);
	int rc;

	if (st == NULL)
		return -1;
	store_bind_text(st, 1, code);
	rc = store_step(s, st, e);
	if (rc == 1) {
		snprintf(out->kind, sizeof out->kind, "%s", store_text(st, 0));
		snprintf(out->centre, sizeof out->centre, "%s", store_text(st, 1));
		out->people = sqlite3_column_int64(st, 2);
		snprintf(out->successor, sizeof out->successor, "%s", store_text(st, 3));
		sqlite3_reset(st);
		return 0;
	}
	return rc < 0 ? -1 : err_set(e, ERR_REFUSED, _("there is no such municipality"));
}
