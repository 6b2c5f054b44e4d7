#include "records/place_links.h"

#include <stdio.h>

#include "base/i18n.h"

int organisation_people(struct store *s, const char *id, int most, link_fn each, void *context, int64_t *total, struct err *e)
{
	return link_each_in_programme(s, "SELECT p.id, p.name, NULL, p.post,"
	    " (SELECT t.role FROM participation t WHERE t.id = ?2 || '/' || p.id AND t.deleted = 0)"
	    " FROM person p WHERE p.organisation = ?1 AND p.deleted = 0 ORDER BY p.sort, p.id", id, most, each, context, total, e);
}

int municipality_seminars(struct store *s, const char *id, int most, link_fn each, void *context, int64_t *total, struct err *e)
{
	return link_each(s, "SELECT id, title, date, status, place FROM seminar WHERE municipality = ?1 AND deleted = 0"
	    " ORDER BY date DESC, id DESC", id, most, each, context, total, e);
}

/* From the few who work, not from the many who live there. */
int municipality_staff(struct store *s, const char *id, int most, link_fn each, void *context, int64_t *total, struct err *e)
{
	return link_each_in_programme(s, "SELECT p.id, p.name, NULL, t.role, o.name FROM participation t CROSS JOIN person p ON p.id = t.person"
	    " LEFT JOIN organisation o ON o.id = p.organisation AND o.deleted = 0"
	    " WHERE t.programme = ?2 AND t.deleted = 0 AND t.role IS NOT 'activist' AND t.role IS NOT NULL AND p.municipality = ?1 AND p.deleted = 0"
	    " ORDER BY t.role, p.sort, p.id", id, most, each, context, total, e);
}

int municipality_facts(struct store *s, const char *code, struct municipality_facts *out, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, "SELECT kind, centre, (SELECT count(*) FROM person WHERE municipality = ?1 AND deleted = 0)"
	    " FROM municipality WHERE code = ?1", e);
	int rc;

	if (st == NULL)
		return -1;
	store_bind_text(st, 1, code);
	rc = store_step(s, st, e);
	if (rc == 1) {
		snprintf(out->kind, sizeof out->kind, "%s", store_text(st, 0));
		snprintf(out->centre, sizeof out->centre, "%s", store_text(st, 1));
		out->people = sqlite3_column_int64(st, 2);
		sqlite3_reset(st);
		return 0;
	}
	return rc < 0 ? -1 : err_set(e, ERR_REFUSED, _("there is no such municipality"));
}
