#include "records/application.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "records/call.h"
#include "records/decision.h"
#include "records/joined.h"
#include "records/judge.h"
#include "records/person.h"

const struct choice application_states[] = {
	/* TRANSLATORS: of an application («заявка»): submitted, withdrawn */
	{ "submitted", N_("submitted"), "подана|принята" },
	{ "withdrawn", N_("withdrawn"), "отозвана|снята" },
	{ NULL, NULL, NULL }
};

const struct choice application_decisions[] = {
	/* TRANSLATORS: the decision on an application: selected, in reserve, refused */
	{ "selected", N_("selected"), "отобран|отобрана|прошёл|прошла|победитель" },
	{ "reserve", N_("in reserve"), "резерв|в резерве|в резерв" },
	{ "refused", N_("refused"), "отказ|отказано|не прошёл|не прошла|отклонена" },
	{ NULL, NULL, NULL }
};

static const struct field application_fields[] = {
	{ .name = "call", .label = N_("Call for applications"), .kind = FIELD_REFERENCE, .references = "call", .required = true },
	/* TRANSLATORS: who applies */
	{ .name = "person", .label = N_("Applicant"), .kind = FIELD_REFERENCE, .references = "person", .required = true },
	{ .name = "organisation", .label = N_("Organisation"), .kind = FIELD_REFERENCE, .references = "organisation" },
	{ .name = "municipality", .label = N_("Municipality"), .kind = FIELD_MUNICIPALITY },
	/* TRANSLATORS: the day when an application was received */
	{ .name = "date", .label = N_("Received on"), .kind = FIELD_DATE, .required = true },
	{ .name = "motivation", .label = N_("Motivation"), .kind = FIELD_LONG_TEXT },
	{ .name = "experience", .label = N_("Experience"), .kind = FIELD_LONG_TEXT },
	{ .name = "state", .label = N_("State"), .kind = FIELD_CHOICE, .choices = application_states, .initial = "submitted", .required = true },
	{ .name = "decision", .label = N_("Decision"), .kind = FIELD_CHOICE, .choices = application_decisions },
	{ .name = "decided", .label = N_("Decided on"), .kind = FIELD_DATE },
	/* TRANSLATORS: of a decision on an application */
	{ .name = "reason", .label = N_("Reason"), .kind = FIELD_LONG_TEXT, .max = 2000 },
	{ .name = "programme", .label = N_("Programme"), .kind = FIELD_REFERENCE, .references = "programme", .required = true },
};

static int wrong(const struct record *r, const char *field, struct err *e)
{
	return field_blame(&r->type->fields[record_field(r->type, field)], e);
}

/* --- a new one --- */

static void put_empty(struct record *r, const char *field, const char *value)
{
	if (record_untouched(r, field))
		record_put(r, field, value);
}

/* From the applicant's card; who is known by name alone has none here. */
static void take_card(struct store *s, struct record *r)
{
	struct record person;
	if (record_load(s, &person, &person_type, record_get(r, "person"), NULL) != 0)
		return;
	put_empty(r, "organisation", record_get(&person, "organisation"));
	put_empty(r, "municipality", record_get(&person, "municipality"));
	record_release(&person);
}

static int application_defaults(struct store *s, struct record *r, struct err *e)
{
	char today[DATE_SIZE];
	struct record call;
	date_today(today);
	put_empty(r, "date", today);
	if (*record_get(r, "person"))
		take_card(s, r);
	if (!*record_get(r, "call"))
		return record_default_programme(s, r, e);
	if (record_load(s, &call, &call_type, record_get(r, "call"), e) != 0)
		return -1;
	put_empty(r, "programme", record_get(&call, "programme"));
	record_release(&call);
	return 0;
}

/* --- rules --- */

/* Another application of the same person in the same call that was not withdrawn; "": none. */
static int application_other(struct store *s, const struct record *r, char id[RECORD_ID_SIZE], struct err *e)
{
	int rc = record_query_id(s, "SELECT id FROM application WHERE call = ?1 AND person IN " JOINED_IDS("?2") " AND id <> ?3 AND deleted = 0 AND state IS NOT 'withdrawn'"
	    " ORDER BY id LIMIT 1", (const char *const[]){ record_get(r, "call"), record_get(r, "person"), r->id, NULL }, id, e);
	return rc < 0 ? -1 : 0;
}

/* Who applied twice, on two devices, would take two places. */
static int check_once(struct store *s, const struct record *r, struct err *e)
{
	char other[RECORD_ID_SIZE];
	struct buf name = BUF_INIT;
	if (application_other(s, r, other, e) != 0)
		return -1;
	if (!*other)
		return 0;
	record_name(s, &person_type, record_get(r, "person"), &name);
	/* TRANSLATORS: a name, the ids of two applications, the id of one of them */
	err_set(e, ERR_REFUSED, _("%s has applied twice: %s and %s; withdraw one of them first: application edit %s --state withdrawn"), name.data, r->id, other,
	    strcmp(r->id, other) > 0 ? r->id : other);
	buf_release(&name);
	return wrong(r, "decision", e);
}

static int already_applied(struct store *s, const struct record *r, const char *id, struct err *e)
{
	struct buf name = BUF_INIT;
	record_name(s, &person_type, record_get(r, "person"), &name);
	err_set(e, ERR_REFUSED, _("%s has applied in this call already: %s; edit that application"), name.data, id);
	buf_release(&name);
	return -1;
}

static int check_date(const struct record *r, const struct record *call, struct err *e)
{
	char deadline[DATE_SIZE];
	if (strcmp(record_get(r, "date"), record_get(call, "deadline")) <= 0)
		return 0;
	date_show(record_get(call, "deadline"), deadline);
	err_set(e, ERR_REFUSED, _("the deadline was %s; enter the day when the application came in (--date), or move the deadline of the call (call edit %s --deadline)"),
	    deadline, call->id);
	return wrong(r, "date", e);
}

/* A new one, and a new day of an old one: what came in time stays so when the deadline is moved. */
static int check_entry(struct store *s, const struct record *r, const struct record *was, const struct record *call, struct err *e)
{
	char other[RECORD_ID_SIZE];
	if (was && (strcmp(record_get(was, "call"), record_get(r, "call")) != 0 || strcmp(record_get(was, "person"), record_get(r, "person")) != 0))
		return err_set(e, ERR_REFUSED, _("an application is one person's in one call; remove it and enter another"));
	if (strcmp(record_get(call, "programme"), record_get(r, "programme")) != 0) {
		err_set(e, ERR_REFUSED, _("an application belongs to the programme of its call"));
		return wrong(r, "programme", e);
	}
	bool back = was && strcmp(record_get(was, "state"), record_get(r, "state")) != 0 && strcmp(record_get(r, "state"), "submitted") == 0;
	if ((!was || back) && (call_must_be_open(s, call->id, e) != 0 || judge_check_judge(s, call->id, record_get(r, "person"), e) != 0))
		return -1;
	/* Of two that two devices entered each can be edited, and withdrawn. */
	if ((!was && application_of(s, call->id, record_get(r, "person"), other, e) != 0) || (back && application_other(s, r, other, e) != 0))
		return -1;
	if ((!was || back) && *other)
		return already_applied(s, r, other, e);
	return was && strcmp(record_get(was, "date"), record_get(r, "date")) == 0 ? 0 : check_date(r, call, e);
}

/* Whether the card says what a selection gives: decision.h gives it, and takes it back, in the same transaction. */
static int check_card(struct store *s, const struct record *r, const struct record *call, bool selected, struct err *e)
{
	struct record person;
	if (!selected && !decision_carries(s, r, record_get(call, "role")))
		return 0;
	if (record_load(s, &person, &person_type, record_get(r, "person"), e) != 0)
		return -1;
	const char *stage = record_get(&person, "stage");
	bool has = strcmp(record_get(&person, "role"), record_get(call, "role")) == 0 && *stage && strcmp(stage, "candidate") != 0;
	record_release(&person);
	if (has == selected)
		return 0;
	err_set(e, ERR_REFUSED, _("a decision is taken by “application decide”, which gives the selected their role and stage"));
	return wrong(r, "decision", e);
}

static int check_places(struct store *s, const struct record *r, const struct record *call, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, "SELECT count(*) FROM application a WHERE a.call = ?1 AND a.id <> ?2 AND a.decision = 'selected' AND a.deleted = 0"
	    " AND a.state IS NOT 'withdrawn' AND " JOINED_FIRST_APPLICATION("a"), e);
	if (!st)
		return -1;
	store_bind_text(st, 1, call->id);
	store_bind_text(st, 2, r->id);
	int rc = store_step(s, st, e);
	int64_t taken = rc == 1 ? sqlite3_column_int64(st, 0) : 0;
	if (rc >= 0)
		sqlite3_reset(st);
	long places = strtol(record_get(call, "places"), NULL, 10);
	if (rc != 1 || taken < places)
		return rc == 1 ? 0 : -1;
	err_set(e, ERR_REFUSED, _("all %ld places of the call are taken; take a decision back, or change the places: call edit %s --places N"), places, call->id);
	return wrong(r, "decision", e);
}

static int check_new_decision(struct store *s, const struct record *r, const char *before, const struct record *call, struct err *e)
{
	const char *decision = record_get(r, "decision");
	bool selected = strcmp(decision, "selected") == 0, refused = strcmp(decision, "refused") == 0;
	if (call_coordinator(s, e) != 0)
		return -1;
	if (refused && !*record_get(r, "reason")) {
		err_set(e, ERR_REFUSED, _("whoever is refused is told why (--reason)"));
		return wrong(r, "reason", e);
	}
	if ((selected || strcmp(decision, "reserve") == 0) && strcmp(record_get(call, "state"), "closed") != 0) {
		err_set(e, ERR_REFUSED, _("the judges are still at work: a coordinator closes the call first: call close %s"), call->id);
		return wrong(r, "decision", e);
	}
	if (selected && strcmp(record_get(r, "state"), "withdrawn") == 0) {
		err_set(e, ERR_REFUSED, _("this application was withdrawn"));
		return wrong(r, "decision", e);
	}
	if ((selected || strcmp(decision, "reserve") == 0) && check_once(s, r, e) != 0)
		return -1;
	if (selected && check_places(s, r, call, e) != 0)
		return -1;
	return selected || strcmp(before, "selected") == 0 ? check_card(s, r, call, selected, e) : 0;
}

static int check_decision(struct store *s, const struct record *r, const struct record *was, const struct record *call, struct err *e)
{
	const char *now = record_get(r, "decision"), *before = was ? record_get(was, "decision") : "";
	bool changed = strcmp(now, before) != 0;
	if (!*now != !*record_get(r, "decided")) {
		err_set(e, ERR_REFUSED, *now ? _("the day of the decision is missing; “application decide” notes it") : _("there is no decision yet"));
		return wrong(r, *now ? "decided" : "decision", e);
	}
	if (changed && check_new_decision(s, r, before, call, e) != 0)
		return -1;
	if (!changed && strcmp(now, "selected") == 0 && strcmp(record_get(r, "state"), "withdrawn") == 0)
		return err_set(e, ERR_REFUSED, _("this applicant was selected; take the decision back first: application decide %s --take-back"), r->id);
	return 0;
}

static int check_all(struct store *s, const struct record *r, const struct record *was, struct err *e)
{
	struct record call;
	if (record_load(s, &call, &call_type, record_get(r, "call"), e) != 0)
		return -1;
	int rc = check_entry(s, r, was, &call, e);
	if (rc == 0)
		rc = check_decision(s, r, was, &call, e);
	record_release(&call);
	return rc;
}

static int application_check(struct store *s, const struct record *r, struct err *e)
{
	struct record was;
	if (!*r->id)
		return check_all(s, r, NULL, e);
	if (record_load(s, &was, r->type, r->id, e) != 0)
		return -1;
	int rc = check_all(s, r, &was, e);
	record_release(&was);
	return rc;
}

/* A decision, or what judges gave, does not vanish with a slip of the hand. */
static int application_may_remove(struct store *s, const char *id, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, "SELECT decision IS NOT NULL, EXISTS(SELECT 1 FROM score s WHERE s.id > ?1 || '/' AND s.id < ?1 || '0' AND s.deleted = 0)"
	    " FROM application WHERE id = ?1", e);
	if (!st)
		return -1;
	store_bind_text(st, 1, id);
	int rc = store_step(s, st, e);
	bool decided = rc == 1 && sqlite3_column_int(st, 0), judged = rc == 1 && sqlite3_column_int(st, 1);
	if (rc >= 0)
		sqlite3_reset(st);
	if (rc < 0)
		return -1;
	if (decided)
		return err_set(e, ERR_REFUSED, _("this application is decided; take the decision back first: application decide %s --take-back"), id);
	if (judged)
		return err_set(e, ERR_REFUSED, _("judges have scored this application; withdraw it instead: application edit %s --state withdrawn"), id);
	return 0;
}

#define COLUMNS "call, person, organisation, municipality, date, motivation, experience, state, decision, decided, reason, programme"
/* An application is known by the applicant, held here or known by name. */
#define NAME "coalesce((SELECT p.name FROM person p WHERE p.id = " JOINED_PERSON("application.person") ")," \
	" (SELECT k.name FROM known_name k WHERE k.tbl = 'person' AND k.id = application.person), application.person)"

const struct record_type application_type = {
	.name = "application",
	.title = N_("Application"),
	.table = "application",
	.fields = application_fields,
	.count = sizeof application_fields / sizeof *application_fields,
	.sql = {
		.load = RECORD_SQL_LOAD("application", COLUMNS),
		.list = "SELECT id, " COLUMNS " FROM application WHERE deleted = 0 AND programme = ?2 ORDER BY call, sort_key(" NAME "), id",
		RECORD_SQL_REST("application", NAME, COLUMNS, "?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13")
	},
	.defaults = application_defaults,
	.check = application_check,
	.may_remove = application_may_remove,
};

int application_of(struct store *s, const char *call, const char *person, char id[RECORD_ID_SIZE], struct err *e)
{
	int rc = record_query_id(s, "SELECT id FROM application WHERE call = ?1 AND person IN " JOINED_IDS("?2") " AND deleted = 0 ORDER BY id LIMIT 1",
	    (const char *const[]){ call, person, NULL }, id, e);
	return rc < 0 ? -1 : 0;
}
