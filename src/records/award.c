#include "records/award.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "records/certificate.h"
#include "records/joined.h"
#include "records/number.h"

/* --- the table of points --- */

const struct choice award_measures[] = {
	{ "seminars_led", N_("seminars held"), "проведённые семинары|проведено семинаров|семинары" },
	{ "seminars_mentored", N_("seminars supported"), "семинары с поддержкой|поддержано семинаров|наставничество на семинарах" },
	{ "consultations", N_("consultations given"), "консультации" },
	{ "people_reached", N_("people at the seminars"), "участники|участники семинаров|люди" },
	{ "stories", N_("texts in the collection"), "тексты|истории|тексты в сборнике" },
	{ "mentees", N_("mentees"), "наставляемые" },
	{ "questions_answered", N_("questions answered"), "ответы|ответы на вопросы" },
	{ NULL, NULL, NULL }
};

static const struct field rule_fields[] = {
	/* TRANSLATORS: what is counted for thanks: seminars held, consultations given … */
	{ .name = "measure", .label = N_("What is counted"), .kind = FIELD_CHOICE, .choices = award_measures, .required = true },
	/* TRANSLATORS: how many points each of them brings */
	{ .name = "points", .label = N_("Points for each"), .kind = FIELD_NUMBER, .required = true },
	{ .name = "position", .label = N_("Position"), .kind = FIELD_NUMBER },
	{ .name = "programme", .label = N_("Programme"), .kind = FIELD_REFERENCE, .references = "programme", .required = true },
};

static int one_number(struct store *s, const char *sql, const char *programme, const char *measure, const char *id, int64_t *out, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, sql, e);
	if (!st)
		return -1;
	store_bind_text(st, 1, programme);
	if (measure) {
		store_bind_text(st, 2, measure);
		store_bind_text(st, 3, id);
	}
	int rc = store_step(s, st, e);
	if (rc == 1)
		*out = sqlite3_column_int64(st, 0);
	if (rc >= 0)
		sqlite3_reset(st);
	return rc == 1 ? 0 : -1;
}

/* A new rule goes behind the others. */
static int rule_defaults(struct store *s, struct record *r, struct err *e)
{
	char text[24];
	int64_t last;
	if (record_default_programme(s, r, e) != 0)
		return -1;
	if (!record_untouched(r, "position"))
		return 0;
	if (one_number(s, "SELECT coalesce(max(position), 0) FROM award_rule WHERE programme = ?1 AND position BETWEEN 0 AND 1000000 AND deleted = 0",
	    record_get(r, "programme"), NULL, NULL, &last, e) != 0)
		return -1;
	snprintf(text, sizeof text, "%" PRId64, last + 1);
	record_put(r, "position", text);
	return 0;
}

static int rule_check(struct store *s, const struct record *r, struct err *e)
{
	int64_t others;
	if (one_number(s, "SELECT count(*) FROM award_rule WHERE programme = ?1 AND measure = ?2 AND id <> ?3 AND deleted = 0",
	    record_get(r, "programme"), record_get(r, "measure"), r->id, &others, e) != 0)
		return -1;
	if (others == 0)
		return 0;
	err_set(e, ERR_REFUSED, _("there is a rule for this already: edit it"));
	return field_blame(&r->type->fields[record_field(r->type, "measure")], e);
}

#define RULE_COLUMNS "measure, points, position, programme"

const struct record_type award_rule_type = {
	.name = "award_rule",
	/* TRANSLATORS: a row of the table of points */
	.title = N_("Points"),
	.table = "award_rule",
	.fields = rule_fields,
	.count = sizeof rule_fields / sizeof *rule_fields,
	.sql = {
		.load = RECORD_SQL_LOAD("award_rule", RULE_COLUMNS),
		.list = RECORD_SQL_LIST("award_rule", RULE_COLUMNS, "programme, position IS NULL, position, id"),
		RECORD_SQL_REST("award_rule", "measure", RULE_COLUMNS, "?2,?3,?4,?5")
	},
	.defaults = rule_defaults,
	.check = rule_check,
};

/* --- letters --- */

static const struct field award_fields[] = {
	{ .name = "person", .label = N_("Person"), .kind = FIELD_REFERENCE, .references = "person", .required = true },
	{ .name = "number", .label = N_("Number"), .kind = FIELD_TEXT, .required = true, .max = NUMBER_SIZE / 2 },
	{ .name = "date", .label = N_("Date"), .kind = FIELD_DATE, .required = true },
	{ .name = "points", .label = N_("Points"), .kind = FIELD_NUMBER },
	/* TRANSLATORS: what a letter of thanks is given for: the calculation of the points */
	{ .name = "reason", .label = N_("For what"), .kind = FIELD_LONG_TEXT },
	{ .name = "programme", .label = N_("Programme"), .kind = FIELD_REFERENCE, .references = "programme", .required = true },
};

static int award_defaults(struct store *s, struct record *r, struct err *e)
{
	record_default_today(r, "date");
	return record_default_programme(s, r, e);
}

#define COLUMNS "person, number, date, points, reason, programme"
#define NAME "coalesce((SELECT p.name FROM person p WHERE p.id = " JOINED_PERSON("award.person") ")," \
	" (SELECT k.name FROM known_name k WHERE k.tbl = 'person' AND k.id = person), person) || coalesce(', ' || number, '')"

const struct record_type award_type = {
	.name = "award",
	.title = N_("Letter of thanks"),
	.table = "award",
	.fields = award_fields,
	.count = sizeof award_fields / sizeof *award_fields,
	.sql = {
		.load = RECORD_SQL_LOAD("award", COLUMNS),
		.list = RECORD_SQL_LIST("award", COLUMNS, "number, id"),
		RECORD_SQL_REST("award", NAME, COLUMNS, "?2,?3,?4,?5,?6,?7")
	},
	.defaults = award_defaults,
	.check = certificate_check_number,
};

/* 1 and its id: there is one. Of two that two devices issued the one with the smaller id counts, everywhere. */
static int find_issued(struct store *s, const char *person, char id[RECORD_ID_SIZE], struct err *e)
{
	char programme[RECORD_ID_SIZE];
	if (programme_current(s, programme, e) != 0)
		return -1;
	return record_query_id(s, "SELECT id FROM award WHERE person IN " JOINED_IDS("?1") " AND programme = ?2 AND deleted = 0 ORDER BY id LIMIT 1",
	    (const char *const[]){ person, programme, NULL }, id, e);
}

static int issue(struct store *s, const char *person, int64_t points, const char *reason, char id[RECORD_ID_SIZE], struct err *e)
{
	char number[NUMBER_SIZE], text[24];
	struct record r;
	snprintf(text, sizeof text, "%" PRId64, points);
	int rc = record_new(s, &r, &award_type, e);
	if (rc == 0)
		rc = number_take(s, NUMBER_LETTER, number, e);
	if (rc == 0) {
		record_put(&r, "number", number);
		rc = record_set(s, &r, "person", person, e);
	}
	if (rc == 0)
		rc = record_set(s, &r, "points", text, e);
	if (rc == 0)
		rc = record_set(s, &r, "reason", reason, e);
	if (rc == 0)
		rc = record_save(s, &r, e);
	if (rc == 0)
		snprintf(id, RECORD_ID_SIZE, "%s", r.id);
	record_release(&r);
	return rc;
}

int award_issue(struct store *s, const char *person, int64_t points, const char *reason, char id[RECORD_ID_SIZE], bool *issued, struct err *e)
{
	if (store_begin(s, e) != 0)
		return -1;
	int found = find_issued(s, person, id, e);
	int rc = found == 0 ? issue(s, person, points, reason, id, e) : found < 0 ? -1 : 0;
	if (rc != 0) {
		store_rollback(s);
		return -1;
	}
	if (issued)
		*issued = found == 0;
	return store_commit(s, e);
}
