#include "records/seminar_links.h"

#include "records/joined.h"

int seminar_staff_links(struct store *s, const char *id, int most, link_fn each, void *context, int64_t *total, struct err *e)
{
	return link_each(s, "SELECT " JOINED_PERSON("t.person") ", " LINK_NAME("person", "p", "t.person") ", NULL, t.part, t.note FROM seminar_staff t"
	    " LEFT JOIN person p ON p.id = " JOINED_PERSON("t.person") " WHERE t.id > ?1 || '/' AND t.id < ?1 || '0' AND t.deleted = 0 AND p.deleted IS NOT 1"
	    " ORDER BY CASE t.part WHEN 'lead' THEN 0 WHEN 'trainer' THEN 1 ELSE 2 END, p.sort, t.person", id, most, each, context, total, e);
}

/* Their role is that of the current programme. */
#define CAME(programme) "a.deleted = 0 AND a.state = 'present' AND p.deleted = 0" \
	" AND EXISTS (SELECT 1 FROM participation n WHERE n.id IN (SELECT " programme " || '/' || c.id FROM (SELECT p.id UNION SELECT jn.id FROM joined jm" \
	" JOIN joined jn ON jn.shown = jm.shown WHERE jm.id = p.id) c) AND n.role = 'official')"

int seminar_officials(struct store *s, const char *id, int most, link_fn each, void *context, int64_t *total, struct err *e)
{
	return link_each_in_programme(s, "SELECT p.id, coalesce(p.name, p.id), NULL, p.post, m.name FROM attendance a JOIN person p ON p.id = " JOINED_PERSON("a.person")
	    " LEFT JOIN municipality m ON m.code = p.municipality"
	    " WHERE a.id > ?1 || '/' AND a.id < ?1 || '0' AND " CAME("?2") " AND " JOINED_FIRST_MARK("a") " ORDER BY m.sort IS NULL, m.sort, p.sort", id, most, each, context, total, e);
}

int seminar_uninformed(struct store *s, seminar_place_fn each, void *context, int *count, struct err *e)
{
	char programme[RECORD_ID_SIZE];
	sqlite3_stmt *st;
	int rc;
	*count = 0;
	if (programme_current(s, programme, e) != 0)
		return -1;
	st = store_prepare_once(s, "WITH informed(code) AS (SELECT p.municipality FROM seminar s"
	    " JOIN attendance a ON a.id > s.id || '/' AND a.id < s.id || '0' JOIN person p ON p.id = " JOINED_PERSON("a.person")
	    " WHERE s.deleted = 0 AND s.programme = ?1 AND s.kind = 'information' AND " CAME("?1") ")"
	    " SELECT code, name FROM municipality m WHERE m.successor IS NULL AND m.gone = 0 AND NOT EXISTS (SELECT 1 FROM informed i WHERE i.code = m.code)"
	    " ORDER BY m.sort", e);
	if (!st)
		return -1;
	store_bind_text(st, 1, programme);
	while ((rc = store_step(s, st, e)) == 1) {
		++*count;
		if (each && each(context, store_text(st, 0), store_text(st, 1), e) != 0) {
			rc = -1;
			break;
		}
	}
	sqlite3_finalize(st);
	return rc;
}
