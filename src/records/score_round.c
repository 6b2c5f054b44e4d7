#include "records/score_round.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "records/call.h"
#include "records/criterion.h"
#include "records/joined.h"
#include "records/judge.h"
#include "records/person.h"

int score_may_give(struct store *s, const char *call, struct err *e)
{
	char me[RECORD_ID_SIZE];
	struct call_counts n;
	if (call_must_be_open(s, call, e) != 0 || call_counts(s, call, &n, e) != 0)
		return -1;
	if (!*person_me(s, me))
		return err_set(e, ERR_REFUSED, _("the store does not know whose it is: nobody can be a judge here"));
	if (n.criteria == 0)
		return err_set(e, ERR_REFUSED, _("the call has no criteria yet; enter one: criterion add --title T --weight N --maximum N --call %s"), call);
	if (n.applications == 0)
		return err_set(e, ERR_REFUSED, _("nobody has applied yet"));
	if (n.judges == 0 && person_coordinates(s))
		return judge_check_applicant(s, call, me, e);
	return judge_must_be(s, call, me, e);
}

/* Submitted applications of ?1 with the sort key of the name, and how many criteria are not scored by the store's own person. */
#define ROUND "SELECT a.id AS id, coalesce(p.sort, sort_key(coalesce(n.name, a.person))) AS key, (SELECT count(*) FROM criterion k WHERE " CRITERION_OF_CALL \
	" AND NOT EXISTS (SELECT 1 FROM score s WHERE s.id = a.id || '/' || k.id || '/' || (SELECT value FROM setting WHERE key = 'person') AND s.deleted = 0)) AS lacks" \
	" FROM application a JOIN call c ON c.id = a.call LEFT JOIN person p ON p.id = " JOINED_PERSON("a.person") " LEFT JOIN known_name n ON n.tbl = 'person' AND n.id = a.person" \
	" WHERE a.call = ?1 AND a.deleted = 0 AND a.state IS NOT 'withdrawn' AND " JOINED_FIRST_APPLICATION("a")

int score_next(struct store *s, const char *call, const char *after, char id[RECORD_ID_SIZE], struct err *e)
{
	int rc = record_query_id(s, "WITH r AS MATERIALIZED (" ROUND ") SELECT id FROM r WHERE lacks > 0 AND id <> ?2"
	    " ORDER BY (key, id) <= (SELECT key, id FROM r WHERE id = ?2) IS TRUE, key, id LIMIT 1",
	    (const char *const[]){ call, after, NULL }, id, e);
	return rc < 0 ? -1 : 0;
}

int score_progress(struct store *s, const char *call, struct score_progress *out, struct err *e)
{
	*out = (struct score_progress){ 0 };
	sqlite3_stmt *st = store_prepare(s, "SELECT count(*), coalesce(sum(lacks = 0), 0) FROM (" ROUND ")", e);
	if (!st)
		return -1;
	store_bind_text(st, 1, call);
	int rc = store_step(s, st, e);
	if (rc == 1) {
		out->all = sqlite3_column_int64(st, 0);
		out->done = sqlite3_column_int64(st, 1);
	}
	if (rc >= 0)
		sqlite3_reset(st);
	return rc < 0 ? -1 : 0;
}
