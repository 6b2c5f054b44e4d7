#include "records/judge.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "records/call.h"
#include "records/joined.h"

static const struct field judge_fields[] = {
	{ .name = "call", .label = N_("Call for applications"), .kind = FIELD_REFERENCE, .references = "call", .required = true },
	{ .name = "person", .label = N_("Judge"), .kind = FIELD_REFERENCE, .references = "person", .required = true },
};

static int judge_id(struct store *s, const struct record *r, char out[RECORD_ID_SIZE], struct err *e)
{
	(void)s;
	int n = snprintf(out, RECORD_ID_SIZE, "%s/%s", record_get(r, "call"), record_get(r, "person"));
	return n < RECORD_ID_SIZE ? 0 : err_set(e, ERR_REFUSED, _("the ids of the call and the person are too long"));
}

/* 1 or 0: the statement, which gets both ids, gives a row. */
static int exists(struct store *s, const char *sql, const char *call, const char *person, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, sql, e);
	if (!st)
		return -1;
	store_bind_text(st, 1, call);
	store_bind_text(st, 2, person);
	int rc = store_step(s, st, e);
	if (rc >= 0)
		sqlite3_reset(st);
	return rc;
}

int judge_is(struct store *s, const char *call, const char *person, struct err *e)
{
	return exists(s, "SELECT 1 FROM judge WHERE id = ?1 || '/' || ?2 AND deleted = 0", call, person, e);
}

static int refuse_named(struct store *s, const char *words, const char *call, const char *person, struct err *e)
{
	struct buf title = BUF_INIT, name = BUF_INIT;
	record_name(s, &call_type, call, &title);
	record_name(s, &person_type, person, &name);
	err_set(e, ERR_REFUSED, words, name.data, title.data, call);
	buf_release(&title);
	buf_release(&name);
	return -1;
}

int judge_must_be(struct store *s, const char *call, const char *person, struct err *e)
{
	int is = judge_is(s, call, person, e);
	if (is != 0)
		return is < 0 ? -1 : 0;
	/* TRANSLATORS: a name, the title of a call for applications, its id */
	return refuse_named(s, _("%s is no judge of the call “%s”; a coordinator names judges: call judge %s PERSON"), call, person, e);
}

int judge_check_applicant(struct store *s, const char *call, const char *person, struct err *e)
{
	int applied = exists(s, "SELECT 1 FROM application WHERE call = ?1 AND person IN " JOINED_IDS("?2") " AND deleted = 0 AND state IS NOT 'withdrawn' LIMIT 1", call, person, e);
	if (applied <= 0)
		return applied;
	return refuse_named(s, _("a conflict of interest: %s has applied in the call “%s” (%s) and cannot judge it"), call, person, e);
}

int judge_check_judge(struct store *s, const char *call, const char *person, struct err *e)
{
	int is = judge_is(s, call, person, e);
	if (is <= 0)
		return is;
	/* TRANSLATORS: a name, the title of a call, its id twice over */
	return refuse_named(s, _("a conflict of interest: %s judges the call “%s” (%s) and cannot apply in it; “judge remove” takes the judge off"), call, person, e);
}

static int check_room(struct store *s, const char *call, struct err *e)
{
	struct call_counts n;
	if (call_counts(s, call, &n, e) != 0)
		return -1;
	return n.judges < CALL_JUDGES_MOST ? 0 : err_set(e, ERR_REFUSED, _("a call has %d judges at most"), CALL_JUDGES_MOST);
}

static int judge_check(struct store *s, const struct record *r, struct err *e)
{
	const char *call = record_get(r, "call"), *person = record_get(r, "person");
	char id[RECORD_ID_SIZE];
	if (call_coordinator(s, e) != 0 || judge_id(s, r, id, e) != 0)
		return -1;
	if (*r->id && strcmp(id, r->id) != 0)
		return err_set(e, ERR_REFUSED, _("a judge is one person's part in one call; remove it and name another"));
	if (call_must_be_open(s, call, e) != 0 || judge_check_applicant(s, call, person, e) != 0)
		return -1;
	return check_room(s, call, e);
}

static int judge_may_remove(struct store *s, const char *id, struct err *e)
{
	struct record r;
	if (call_coordinator(s, e) != 0 || record_load(s, &r, &judge_type, id, e) != 0)
		return -1;
	int rc = call_must_be_open(s, record_get(&r, "call"), e);
	record_release(&r);
	return rc;
}

#define COLUMNS "call, person"

const struct record_type judge_type = {
	.name = "judge",
	.title = N_("Judge"),
	.table = "judge",
	.fields = judge_fields,
	.count = sizeof judge_fields / sizeof *judge_fields,
	.sql = {
		.load = RECORD_SQL_LOAD("judge", COLUMNS),
		.list = "SELECT id, " COLUMNS " FROM judge WHERE deleted = 0"
		    " AND EXISTS (SELECT 1 FROM call c WHERE c.id = judge.call AND c.deleted = 0 AND c.programme = ?2) ORDER BY id",
		RECORD_SQL_REST("judge", "coalesce((SELECT p.name FROM person p WHERE p.id = " JOINED_PERSON("judge.person") "),"
		    " (SELECT k.name FROM known_name k WHERE k.tbl = 'person' AND k.id = judge.person), judge.person)", COLUMNS, "?2,?3")
	},
	.check = judge_check,
	.make_id = judge_id,
	.may_remove = judge_may_remove,
};

int judge_name(struct store *s, const char *call, const char *person, bool *named, struct err *e)
{
	struct record r;
	int is = judge_is(s, call, person, e);
	*named = is == 0;
	if (is != 0)
		return is < 0 ? -1 : 0;
	record_init(&r, &judge_type);
	int rc = record_set(s, &r, "call", call, e);
	if (rc == 0)
		rc = record_set(s, &r, "person", person, e);
	if (rc == 0)
		rc = record_save(s, &r, e);
	record_release(&r);
	return rc;
}

int judge_candidates(struct store *s, const char *call, int most, link_fn each, void *context, int64_t *total, struct err *e)
{
	return link_each_in_programme(s, "SELECT p.id, coalesce(p.name, p.id), NULL, t.role, CASE WHEN j.id IS NULL THEN NULL ELSE '1' END AS judges FROM person p"
	    " LEFT JOIN participation t ON t.id = ?2 || '/' || p.id AND t.deleted = 0 LEFT JOIN judge j ON j.id = ?1 || '/' || p.id AND j.deleted = 0"
	    " WHERE p.deleted = 0 AND NOT " JOINED_HIDDEN("p.id") " AND (j.id IS NOT NULL OR (t.role IS NOT NULL AND t.role <> 'activist' AND NOT EXISTS (SELECT 1 FROM application a"
	    " WHERE a.call = ?1 AND a.person IN " JOINED_IDS("p.id") " AND a.deleted = 0 AND a.state IS NOT 'withdrawn'))) ORDER BY judges IS NULL, p.sort, p.id",
	    call, most, each, context, total, e);
}
