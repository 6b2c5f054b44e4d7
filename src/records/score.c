#include "records/score.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "records/call.h"
#include "records/criterion.h"
#include "records/joined.h"
#include "records/judge.h"
#include "records/person.h"

static const struct field score_fields[] = {
	{ .name = "application", .label = N_("Application"), .kind = FIELD_REFERENCE, .references = "application", .required = true },
	{ .name = "criterion", .label = N_("Criterion"), .kind = FIELD_REFERENCE, .references = "criterion", .required = true },
	/* TRANSLATORS: given by a judge */
	{ .name = "points", .label = N_("Points"), .kind = FIELD_NUMBER, .required = true },
	{ .name = "remark", .label = N_("Remark"), .kind = FIELD_LONG_TEXT, .max = 2000 },
	{ .name = "judge", .label = N_("Judge"), .kind = FIELD_REFERENCE, .references = "person", .required = true },
};

static int score_defaults(struct store *s, struct record *r, struct err *e)
{
	char me[RECORD_ID_SIZE];
	if (!record_untouched(r, "judge"))
		return 0;
	if (!*person_me(s, me))
		return err_set(e, ERR_REFUSED, _("the store does not know whose it is: nobody can be a judge here"));
	record_put(r, "judge", me);
	return 0;
}

static int score_id(struct store *s, const struct record *r, char out[RECORD_ID_SIZE], struct err *e)
{
	(void)s;
	int n = snprintf(out, RECORD_ID_SIZE, "%s/%s/%s", record_get(r, "application"), record_get(r, "criterion"), record_get(r, "judge"));
	return n < RECORD_ID_SIZE ? 0 : err_set(e, ERR_REFUSED, _("the ids of the application, the criterion and the judge are too long"));
}

static int wrong(const struct record *r, const char *field, struct err *e)
{
	return field_blame(&r->type->fields[record_field(r->type, field)], e);
}

/* Nobody speaks for another, and nobody twice. */
static int check_whose(struct store *s, const struct record *r, struct err *e)
{
	char me[RECORD_ID_SIZE], id[RECORD_ID_SIZE];
	if (strcmp(person_me(s, me), record_get(r, "judge")) != 0) {
		err_set(e, ERR_REFUSED, _("scores are entered by the judge whose they are, on a device of their own"));
		return wrong(r, "judge", e);
	}
	if (score_id(s, r, id, e) != 0)
		return -1;
	if (!*r->id || strcmp(id, r->id) == 0)
		return 0;
	return err_set(e, ERR_REFUSED, _("a score belongs to one application, one criterion and one judge; remove it and enter another"));
}

static int check_points(struct store *s, const struct record *r, struct err *e)
{
	struct record criterion;
	if (record_load(s, &criterion, &criterion_type, record_get(r, "criterion"), e) != 0)
		return -1;
	long maximum = strtol(record_get(&criterion, "maximum"), NULL, 10);
	int rc = 0;
	if (strtol(record_get(r, "points"), NULL, 10) > maximum)
		/* TRANSLATORS: a criterion's title, and its most points */
		rc = err_set(e, ERR_REFUSED, _("“%s” has %ld points at most"), record_get(&criterion, "title"), maximum);
	record_release(&criterion);
	return rc == 0 ? 0 : wrong(r, "points", e);
}

static int check_application(struct store *s, const struct record *r, const struct record *application, struct err *e)
{
	const char *call = record_get(application, "call"), *judge = record_get(r, "judge");
	if (strcmp(record_get(application, "state"), "withdrawn") == 0)
		return err_set(e, ERR_REFUSED, _("this application was withdrawn; it is not judged"));
	if (call_must_be_open(s, call, e) != 0 || judge_must_be(s, call, judge, e) != 0 || judge_check_applicant(s, call, judge, e) != 0)
		return -1;
	int counts = criterion_counts(s, record_get(r, "criterion"), call, e);
	if (counts == 0) {
		err_set(e, ERR_REFUSED, _("this criterion is not one of the application's call"));
		return wrong(r, "criterion", e);
	}
	return counts < 0 ? -1 : 0;
}

static int score_check(struct store *s, const struct record *r, struct err *e)
{
	struct record application;
	if (check_whose(s, r, e) != 0 || record_load(s, &application, &application_type, record_get(r, "application"), e) != 0)
		return -1;
	int rc = check_application(s, r, &application, e);
	record_release(&application);
	return rc == 0 ? check_points(s, r, e) : -1;
}

static int score_may_remove(struct store *s, const char *id, struct err *e)
{
	struct record r, application;
	if (record_load(s, &r, &score_type, id, e) != 0)
		return -1;
	int rc = check_whose(s, &r, e);
	if (rc == 0 && (rc = record_load(s, &application, &application_type, record_get(&r, "application"), e)) == 0) {
		rc = call_must_be_open(s, record_get(&application, "call"), e);
		record_release(&application);
	}
	record_release(&r);
	return rc;
}

#define COLUMNS "application, criterion, points, remark, judge"
#define VISIBLE " AND " SCORE_VISIBLE("score")
/* Known by the applicant and the criterion: what is in it is not said. */
#define NAME "coalesce((SELECT coalesce(p.name, n.name, a.person) FROM application a LEFT JOIN person p ON p.id = " JOINED_PERSON("a.person") \
	" LEFT JOIN known_name n ON n.tbl = 'person' AND n.id = a.person WHERE a.id = score.application), score.application)" \
	" || coalesce(' · ' || (SELECT k.title FROM criterion k WHERE k.id = score.criterion), '')"

const struct record_type score_type = {
	.name = "score",
	.title = N_("Score"),
	.table = "score",
	.fields = score_fields,
	.count = sizeof score_fields / sizeof *score_fields,
	.sql = {
		.load = RECORD_SQL_LOAD("score", COLUMNS) VISIBLE,
		.list = "SELECT id, " COLUMNS " FROM score WHERE deleted = 0" VISIBLE
		    " AND EXISTS (SELECT 1 FROM application a WHERE a.id = score.application AND a.deleted = 0 AND a.programme = ?2) ORDER BY id",
		.insert = "INSERT INTO score(id, deleted, " COLUMNS ") VALUES (?1, 0, ?2,?3,?4,?5,?6)",
		.update = "UPDATE score SET (deleted, " COLUMNS ") = (0, ?2,?3,?4,?5,?6) WHERE id = ?1",
		.remove = "UPDATE score SET deleted = 1 WHERE id = ?1",
		.name = "SELECT " NAME " FROM score WHERE id = ?1",
		.begins = "SELECT id, " NAME " FROM score WHERE id >= ?1 AND id < ?2 AND deleted = 0" VISIBLE " ORDER BY id LIMIT 6",
		.named = "SELECT id, " NAME " FROM score WHERE +deleted = 0 AND search_fold(" NAME ") = ?1" VISIBLE " ORDER BY id LIMIT 6"
	},
	.defaults = score_defaults,
	.check = score_check,
	.make_id = score_id,
	.may_remove = score_may_remove,
};

bool score_visible(struct store *s, const char *id)
{
	sqlite3_stmt *st = store_prepare(s, "SELECT 1 FROM score s WHERE s.id = ?1 AND " SCORE_VISIBLE("s"), NULL);
	if (!st)
		return false;
	store_bind_text(st, 1, id);
	int rc = store_step(s, st, NULL);
	if (rc >= 0)
		sqlite3_reset(st);
	return rc == 1;
}

/* --- giving --- */

/* The call's first judge is whoever a coordinator's device belongs to, when nobody was named yet: a small selection needs no further step. */
static int name_first(struct store *s, const char *application, bool *named, struct err *e)
{
	char me[RECORD_ID_SIZE];
	struct record r;
	struct call_counts n;
	*named = false;
	if (!person_coordinates(s) || !*person_me(s, me))
		return 0;
	if (record_load(s, &r, &application_type, application, e) != 0)
		return -1;
	int rc = call_counts(s, record_get(&r, "call"), &n, e);
	if (rc == 0 && n.judges == 0 && !call_is_closed(s, record_get(&r, "call")))
		rc = judge_name(s, record_get(&r, "call"), me, named, e);
	record_release(&r);
	return rc;
}

/* Removes it where both are empty. */
static int change(struct store *s, struct record *r, const char *points, const char *remark, struct err *e)
{
	if (!*points && !*(remark ? remark : record_get(r, "remark")))
		return record_remove(s, &score_type, r->id, e);
	int rc = record_set(s, r, "points", points, e);
	if (rc == 0 && remark)
		rc = record_set(s, r, "remark", remark, e);
	return rc == 0 ? record_save(s, r, e) : -1;
}

static int enter(struct store *s, const char *application, const char *criterion, const char *points, const char *remark, struct err *e)
{
	struct record r;
	if (!*points && !*(remark ? remark : ""))
		return 0;
	record_init(&r, &score_type);
	int rc = record_set(s, &r, "application", application, e);
	if (rc == 0)
		rc = record_set(s, &r, "criterion", criterion, e);
	if (rc == 0)
		rc = record_set(s, &r, "points", points, e);
	if (rc == 0 && remark)
		rc = record_set(s, &r, "remark", remark, e);
	if (rc == 0)
		rc = record_save(s, &r, e);
	record_release(&r);
	return rc;
}

static int give(struct store *s, const char *application, const char *criterion, const char *points, const char *remark, bool *named, struct err *e)
{
	char me[RECORD_ID_SIZE], id[RECORD_ID_SIZE];
	struct record r;
	if (name_first(s, application, named, e) != 0)
		return -1;
	int n = snprintf(id, sizeof id, "%s/%s/%s", application, criterion, person_me(s, me));
	if (n < 0 || n >= (int)sizeof id || record_load(s, &r, &score_type, id, NULL) != 0)
		return enter(s, application, criterion, points, remark, e);
	int rc = change(s, &r, points, remark, e);
	record_release(&r);
	return rc;
}

int score_give(struct store *s, const char *application, const char *criterion, const char *points, const char *remark, bool *named, struct err *e)
{
	bool first;
	if (store_begin(s, e) != 0)
		return -1;
	int rc = give(s, application, criterion, points, remark, named ? named : &first, e);
	if (rc == 0)
		return store_commit(s, e);
	store_rollback(s);
	return -1;
}

/* --- the own ones of an application --- */

int score_lines(struct store *s, const char *application, struct score_lines *out, struct err *e)
{
	int rc;
	*out = (struct score_lines){ 0 };
	sqlite3_stmt *st = store_prepare(s, "SELECT k.id, k.title, k.weight, k.maximum, v.points, v.remark, k.note FROM application a JOIN call c ON c.id = a.call"
	    " JOIN criterion k ON " CRITERION_OF_CALL
	    " LEFT JOIN score v ON v.id = a.id || '/' || k.id || '/' || (SELECT value FROM setting WHERE key = 'person') AND v.deleted = 0"
	    " WHERE a.id = ?1 ORDER BY " CRITERION_ORDER, e);
	if (!st)
		return -1;
	store_bind_text(st, 1, application);
	while ((rc = store_step(s, st, e)) == 1) {
		out->line = mem_resize(out->line, (size_t)out->count + 1, sizeof *out->line);
		struct score_line *l = &out->line[out->count++];
		*l = (struct score_line){ .title = mem_dup(store_text(st, 1)), .weight = sqlite3_column_int64(st, 2), .maximum = sqlite3_column_int64(st, 3),
			.points = sqlite3_column_type(st, 4) == SQLITE_NULL ? -1 : sqlite3_column_int64(st, 4), .remark = mem_dup(store_text(st, 5)),
			.note = mem_dup(store_text(st, 6)) };
		snprintf(l->criterion, sizeof l->criterion, "%s", store_text(st, 0));
	}
	if (rc == 0)
		sqlite3_reset(st);
	else
		score_lines_release(out);
	return rc;
}

void score_lines_release(struct score_lines *lines)
{
	for (int i = 0; i < lines->count; i++) {
		free(lines->line[i].title);
		free(lines->line[i].remark);
		free(lines->line[i].note);
	}
	free(lines->line);
	*lines = (struct score_lines){ 0 };
}

int application_scores(struct store *s, const char *id, int most, link_fn each, void *context, int64_t *total, struct err *e)
{
	return link_each(s, "SELECT v.id, coalesce(k.title, v.criterion), v.remark, v.points, " LINK_NAME("person", "p", "v.judge")
	    " FROM score v LEFT JOIN criterion k ON k.id = v.criterion LEFT JOIN person p ON p.id = v.judge"
	    " WHERE v.id > ?1 || '/' AND v.id < ?1 || '0' AND v.deleted = 0 AND " SCORE_VISIBLE("v") " ORDER BY " CRITERION_ORDER ", p.sort, v.judge",
	    id, most, each, context, total, e);
}
