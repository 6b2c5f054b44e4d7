#include "records/criterion.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "records/call.h"

static const struct field criterion_fields[] = {
	/* TRANSLATORS: what applications are judged by: «Опыт работы с НКО» */
	{ .name = "title", .label = N_("Criterion"), .kind = FIELD_TEXT, .required = true },
	/* TRANSLATORS: of a criterion: how much it counts in the sum */
	{ .name = "weight", .label = N_("Weight"), .kind = FIELD_NUMBER, .initial = "1", .required = true },
	/* TRANSLATORS: of a criterion: the most points that can be given */
	{ .name = "maximum", .label = N_("Points at most"), .kind = FIELD_NUMBER, .initial = "10", .required = true },
	/* TRANSLATORS: of a criterion: the call for applications that it belongs to; without one it counts for all of them */
	{ .name = "call", .label = N_("Only for the call"), .kind = FIELD_REFERENCE, .references = "call" },
	/* TRANSLATORS: the place of a criterion, a section, a text among the others */
	{ .name = "position", .label = N_("Position"), .kind = FIELD_NUMBER },
	{ .name = "note", .label = N_("Note"), .kind = FIELD_LONG_TEXT },
	{ .name = "programme", .label = N_("Programme"), .kind = FIELD_REFERENCE, .references = "programme", .required = true },
};

/* One number that a statement gives for one or two texts; -1 failure. */
static int64_t number_of(struct store *s, const char *sql, const char *first, const char *second, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, sql, e);
	if (!st)
		return -1;
	store_bind_text(st, 1, first);
	store_bind_text(st, 2, second);
	int rc = store_step(s, st, e);
	int64_t n = rc == 1 ? sqlite3_column_int64(st, 0) : rc;
	if (rc >= 0)
		sqlite3_reset(st);
	return n;
}

/* A call's criterion is of the call's programme. */
static int take_programme(struct store *s, struct record *r, struct err *e)
{
	struct record call;
	if (!*record_get(r, "call"))
		return record_default_programme(s, r, e);
	if (!record_untouched(r, "programme"))
		return 0;
	if (record_load(s, &call, &call_type, record_get(r, "call"), e) != 0)
		return -1;
	record_put(r, "programme", record_get(&call, "programme"));
	record_release(&call);
	return 0;
}

static int criterion_defaults(struct store *s, struct record *r, struct err *e)
{
	if (take_programme(s, r, e) != 0)
		return -1;
	if (!record_untouched(r, "position"))
		return 0;
	int64_t last = number_of(s, "SELECT coalesce(max(position), 0) FROM criterion WHERE programme = ?1 AND deleted = 0 AND position < 1000 AND ?2 = ''",
	    record_get(r, "programme"), "", e);
	char next[24];
	snprintf(next, sizeof next, "%lld", (long long)last + 1);
	record_put(r, "position", next);
	return last < 0 ? -1 : 0;
}

static int wrong(const struct record *r, const char *field, struct err *e)
{
	return field_blame(&r->type->fields[record_field(r->type, field)], e);
}

static int check_number(const struct record *r, const char *field, struct err *e)
{
	long n = strtol(record_get(r, field), NULL, 10);
	if (n >= 1 && n <= CRITERION_MOST)
		return 0;
	err_set(e, ERR_REFUSED, _("a whole number from 1 to %d is meant"), CRITERION_MOST);
	return wrong(r, field, e);
}

/* A result that stands does not change behind the back of those who signed it: of the call named, or of all of the programme, none is closed. */
static int check_open(struct store *s, const char *call, const char *programme, struct err *e)
{
	if (*call)
		return call_must_be_open(s, call, e);
	sqlite3_stmt *st = store_prepare(s, "SELECT title FROM call WHERE programme = ?1 AND state = 'closed' AND deleted = 0 ORDER BY id LIMIT 1", e);
	if (!st)
		return -1;
	store_bind_text(st, 1, programme);
	int rc = store_step(s, st, e);
	if (rc == 1)
		err_set(e, ERR_REFUSED, _("a criterion of all calls would change the result of “%s”, which is closed; name the call that it is for (--call)"),
		    store_text(st, 0));
	if (rc >= 0)
		sqlite3_reset(st);
	return rc == 0 ? 0 : -1;
}

/* What it was, and what it becomes. */
static int check_calls(struct store *s, const struct record *r, struct err *e)
{
	struct record was;
	if (check_open(s, record_get(r, "call"), record_get(r, "programme"), e) != 0)
		return -1;
	if (!*r->id || record_load(s, &was, r->type, r->id, e) != 0)
		return *r->id ? -1 : 0;
	int rc = check_open(s, record_get(&was, "call"), record_get(&was, "programme"), e);
	record_release(&was);
	return rc;
}

static int check_points(struct store *s, const struct record *r, struct err *e)
{
	int64_t over = *r->id ? number_of(s, "SELECT EXISTS(SELECT 1 FROM score WHERE criterion = ?1 AND deleted = 0 AND points > CAST(?2 AS INTEGER))",
	    r->id, record_get(r, "maximum"), e) : 0;
	if (over <= 0)
		return (int)over;
	err_set(e, ERR_REFUSED, _("somebody has given more points than that already"));
	return wrong(r, "maximum", e);
}

static int check_room(struct store *s, const struct record *r, struct err *e)
{
	int64_t n = number_of(s, "SELECT coalesce(max(n), 0) FROM (SELECT count(*) AS n FROM call c JOIN criterion k ON " CRITERION_OF_CALL
	    " WHERE c.programme = ?1 AND c.deleted = 0 AND (?2 = '' OR c.id = ?2) GROUP BY c.id)", record_get(r, "programme"), record_get(r, "call"), e);
	if (n < 0 || n < CRITERIA_MOST)
		return n < 0 ? -1 : 0;
	return err_set(e, ERR_REFUSED, _("a call has %d criteria at most"), CRITERIA_MOST);
}

static int criterion_check(struct store *s, const struct record *r, struct err *e)
{
	if (call_coordinator(s, e) != 0 || check_number(r, "weight", e) != 0 || check_number(r, "maximum", e) != 0)
		return -1;
	if (check_calls(s, r, e) != 0 || check_points(s, r, e) != 0)
		return -1;
	return *r->id ? 0 : check_room(s, r, e);
}

static int criterion_may_remove(struct store *s, const char *id, struct err *e)
{
	struct record r;
	if (call_coordinator(s, e) != 0 || record_load(s, &r, &criterion_type, id, e) != 0)
		return -1;
	int rc = check_open(s, record_get(&r, "call"), record_get(&r, "programme"), e);
	record_release(&r);
	return rc;
}

#define COLUMNS "title, weight, maximum, call, position, note, programme"

const struct record_type criterion_type = {
	.name = "criterion",
	.title = N_("Criterion"),
	.table = "criterion",
	.fields = criterion_fields,
	.count = sizeof criterion_fields / sizeof *criterion_fields,
	.sql = {
		.load = RECORD_SQL_LOAD("criterion", COLUMNS),
		.list = "SELECT id, " COLUMNS " FROM criterion WHERE deleted = 0 AND programme = ?2 ORDER BY position IS NULL, position, id",
		RECORD_SQL_REST("criterion", "title", COLUMNS, "?2,?3,?4,?5,?6,?7,?8")
	},
	.defaults = criterion_defaults,
	.check = criterion_check,
	.may_remove = criterion_may_remove,
};

/* --- of a call --- */

int criterion_counts(struct store *s, const char *criterion, const char *call, struct err *e)
{
	return (int)number_of(s, "SELECT EXISTS(SELECT 1 FROM call c, criterion k WHERE k.id = ?1 AND c.id = ?2 AND " CRITERION_OF_CALL ")", criterion, call, e);
}

/* What there is to choose from: «опыт; мотивация». */
static int name_all(struct store *s, const char *call, const char *typed, struct err *e)
{
	struct buf known = BUF_INIT, safe = BUF_INIT;
	sqlite3_stmt *st = store_prepare(s, "SELECT k.title FROM call c, criterion k WHERE c.id = ?1 AND " CRITERION_OF_CALL " ORDER BY " CRITERION_ORDER, e);
	int rc = -1;
	if (!st)
		return -1;
	store_bind_text(st, 1, call);
	while ((rc = store_step(s, st, e)) == 1) {
		const char *title = store_text(st, 0);
		if (known.len > 0)
			buf_adds(&known, "; ");
		text_escape(title, strlen(title), &known);
	}
	if (rc == 0)
		sqlite3_reset(st);
	text_escape(typed, strlen(typed), &safe);
	if (rc == 0 && known.len == 0)
		err_set(e, ERR_REFUSED, _("the call has no criteria yet; enter one: criterion add --title T --weight N --maximum N --call %s"), call);
	else if (rc == 0)
		err_set(e, ERR_REFUSED, _("the call has no criterion “%s”; there are: %s"), safe.data, known.data);
	buf_release(&known);
	buf_release(&safe);
	return -1;
}

int criterion_resolve(struct store *s, const char *call, const char *typed, char id[RECORD_ID_SIZE], struct err *e)
{
	struct buf folded = BUF_INIT;
	int rows = 0, rc;
	sqlite3_stmt *st = store_prepare(s, "SELECT k.id FROM call c, criterion k WHERE c.id = ?1 AND " CRITERION_OF_CALL
	    " AND (k.id = ?2 OR search_fold(k.title) = ?3) ORDER BY k.id = ?2 DESC, " CRITERION_ORDER, e);
	if (!st || text_check(typed, strlen(typed), false, e) != 0)
		return -1;
	text_fold(typed, strlen(typed), &folded);
	store_bind_text(st, 1, call);
	store_bind_text(st, 2, typed);
	store_bind_text(st, 3, folded.data);
	while ((rc = store_step(s, st, e)) == 1) {
		bool exact = strcmp(store_text(st, 0), typed) == 0;
		if (rows++ == 0)
			snprintf(id, RECORD_ID_SIZE, "%s", store_text(st, 0));
		if (exact)
			break;
	}
	if (rc >= 0)
		sqlite3_reset(st);
	buf_release(&folded);
	if (rc < 0)
		return -1;
	if (rows > 1)
		return err_set(e, ERR_REFUSED, _("the call has several criteria of this title; give the id (criterion list)"));
	if (rows == 1)
		return 0;
	/* The beginning of an id, as everywhere. */
	if (record_lookup(s, &criterion_type, typed, id, NULL) == 1 && criterion_counts(s, id, call, e) == 1)
		return 0;
	return name_all(s, call, typed, e);
}
