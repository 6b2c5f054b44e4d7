#include "records/consultation.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "records/joined.h"
#include "records/person.h"

enum { DAY_MINUTES = 24 * 60 };

const struct choice consultation_kinds[] = {
	{ CONSULTATION_USUAL, N_("consultation"), "с наставляемым|наставничество" },
	/* TRANSLATORS: kind of a consultation: a talk with a municipal administration */
	{ CONSULTATION_ADMINISTRATION, N_("contact with an administration"), "администрация|с администрацией|контакт с администрацией|орган власти" },
	{ NULL, NULL, NULL }
};

const struct choice consultation_forms[] = {
	{ "visit", N_("visit"), "визит|встреча|личная встреча|очно|выезд" },
	{ "phone", N_("phone"), "телефон|по телефону|звонок" },
	{ "online", N_("online"), "онлайн|видеосвязь|удалённо|дистанционно|интернет" },
	{ NULL, NULL, NULL }
};

static const struct field consultation_fields[] = {
	/* TRANSLATORS: the mentee of a consultation; of a contact with an administration the official */
	{ .name = "mentee", .word = "official", .label = N_("Mentee or official"), .kind = FIELD_REFERENCE, .references = "person" },
	{ .name = "date", .label = N_("Date"), .kind = FIELD_DATE, .required = true },
	/* TRANSLATORS: how a consultation is held: visit, phone, online */
	{ .name = "form", .label = N_("Form"), .kind = FIELD_CHOICE, .choices = consultation_forms, .initial = "visit", .required = true },
	/* TRANSLATORS: how long a consultation took, in minutes */
	{ .name = "minutes", .label = N_("Minutes"), .kind = FIELD_NUMBER },
	{ .name = "topic", .label = N_("Topic"), .kind = FIELD_TEXT },
	{ .name = "advice", .label = N_("Advice"), .kind = FIELD_LONG_TEXT },
	/* TRANSLATORS: what the mentee does next, and until when */
	{ .name = "next_step", .word = "next", .label = N_("Next step"), .kind = FIELD_TEXT },
	{ .name = "next_date", .label = N_("Next step: date"), .kind = FIELD_DATE },
	/* TRANSLATORS: the day when the next step was done */
	{ .name = "next_done", .label = N_("Next step: done"), .kind = FIELD_DATE },
	{ .name = "mentor", .label = N_("Mentor"), .kind = FIELD_REFERENCE, .references = "person", .required = true },
	{ .name = "kind", .label = N_("Kind"), .kind = FIELD_CHOICE, .choices = consultation_kinds },
	/* TRANSLATORS: whose administration was spoken to */
	{ .name = "municipality", .label = N_("Municipality"), .kind = FIELD_MUNICIPALITY },
	{ .name = "programme", .label = N_("Programme"), .kind = FIELD_REFERENCE, .references = "programme", .required = true },
};

/* With an official one speaks for an administration: that of the official's municipality. Nothing else leaves the kind open. */
static int default_kind(struct store *s, struct record *r, struct err *e)
{
	struct record person;
	bool official;
	if (*record_get(r, "kind") && strcmp(record_get(r, "kind"), CONSULTATION_ADMINISTRATION) != 0)
		return 0;
	/* Somebody who is known by name alone is nobody of whom one knows more. */
	if (!*record_get(r, "mentee") || record_load(s, &person, &person_type, record_get(r, "mentee"), e) != 0) {
		if (!*record_get(r, "kind"))
			record_put(r, "kind", *record_get(r, "mentee") || !*record_get(r, "municipality") ? CONSULTATION_USUAL : CONSULTATION_ADMINISTRATION);
		err_clear(e);
		return 0;
	}
	official = strcmp(record_get(&person, "role"), "official") == 0;
	if (!*record_get(r, "kind"))
		record_put(r, "kind", official ? CONSULTATION_ADMINISTRATION : CONSULTATION_USUAL);
	if (strcmp(record_get(r, "kind"), CONSULTATION_ADMINISTRATION) == 0 && !*record_get(r, "municipality"))
		record_put(r, "municipality", record_get(&person, "municipality"));
	record_release(&person);
	return 0;
}

static int consultation_defaults(struct store *s, struct record *r, struct err *e)
{
	char me[RECORD_ID_SIZE];
	record_default_today(r, "date");
	/* Who enters what an own mentor said is the mentee of it. */
	if (record_untouched(r, "mentor") && strcmp(person_me(s, me), record_get(r, "mentee")) != 0)
		record_put(r, "mentor", me);
	if ((*record_get(r, "mentee") || *record_get(r, "municipality")) && default_kind(s, r, e) != 0)
		return -1;
	return record_default_programme(s, r, e);
}

static int wrong(const struct record *r, const char *field, struct err *e)
{
	return field_blame(&r->type->fields[record_field(r->type, field)], e);
}

static bool with_administration(const struct record *r)
{
	return strcmp(record_get(r, "kind"), CONSULTATION_ADMINISTRATION) == 0;
}

/* A consultation has a mentee, a contact with an administration the official or the municipality. */
static int check_whom(const struct record *r, struct err *e)
{
	if (*record_get(r, "mentee"))
		return 0;
	if (!with_administration(r))
		err_set(e, ERR_REFUSED, _("this must not be empty"));
	else if (!*record_get(r, "municipality"))
		err_set(e, ERR_REFUSED, _("say which official was spoken to, or whose administration: the municipality"));
	else
		return 0;
	return wrong(r, "mentee", e);
}

static int consultation_check(struct store *s, const struct record *r, struct err *e)
{
	const char *date = record_get(r, "date"), *next = record_get(r, "next_date"), *done = record_get(r, "next_done");
	(void)s;
	if (check_whom(r, e) != 0)
		return -1;
	if (strcmp(record_get(r, "mentor"), record_get(r, "mentee")) == 0) {
		err_set(e, ERR_REFUSED, _("the mentor cannot be the mentee as well"));
		return wrong(r, "mentee", e);
	}
	if (strtol(record_get(r, "minutes"), NULL, 10) > DAY_MINUTES) {
		err_set(e, ERR_REFUSED, _("a day has %d minutes"), DAY_MINUTES);
		return wrong(r, "minutes", e);
	}
	if (*next && strcmp(next, date) < 0) {
		err_set(e, ERR_REFUSED, _("the next step lies before the consultation"));
		return wrong(r, "next_date", e);
	}
	if (*done && strcmp(done, date) < 0) {
		err_set(e, ERR_REFUSED, _("it cannot be done before the consultation"));
		return wrong(r, "next_done", e);
	}
	return 0;
}

#define COLUMNS "mentee, date, form, minutes, topic, advice, next_step, next_date, next_done, mentor, kind, municipality, programme"
/* A consultation is known by its mentee, held here or known by name, or the municipality, and its day. */
#define NAME "coalesce((SELECT p.name FROM person p WHERE p.id = " JOINED_PERSON("consultation.mentee") ")," \
	" (SELECT k.name FROM known_name k WHERE k.tbl = 'person' AND k.id = mentee), mentee," \
	" (SELECT m.name FROM municipality m WHERE m.code = consultation.municipality), '')" \
	" || coalesce(', ' || substr(date, 9, 2) || '.' || substr(date, 6, 2) || '.' || substr(date, 1, 4), '')"

const struct record_type consultation_type = {
	.name = "consultation",
	.title = N_("Consultation"),
	.table = "consultation",
	.fields = consultation_fields,
	.count = sizeof consultation_fields / sizeof *consultation_fields,
	.sql = {
		.load = RECORD_SQL_LOAD("consultation", COLUMNS),
		.list = RECORD_SQL_LIST("consultation", COLUMNS, "date DESC, id DESC"),
		RECORD_SQL_REST("consultation", NAME, COLUMNS, "?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14")
	},
	.defaults = consultation_defaults,
	.check = consultation_check,
};

/* What several queries share: an open step whose day has come, in the programme ?3 (the + keeps its index out of it). */
#define DUE "next_date <= ?1 AND next_done IS NULL AND deleted = 0 AND +programme = ?3"
#define STEP "SELECT id, next_date, next_step, topic, " JOINED_PERSON("c.mentor") ", " JOINED_PERSON("c.mentee") " FROM consultation c WHERE "

static int tell_due(struct store *s, sqlite3_stmt *st, consultation_due_fn each, void *context, struct err *e)
{
	struct buf mentor = BUF_INIT, mentee = BUF_INIT;
	struct consultation_due due = { .id = store_text(st, 0), .date = store_text(st, 1), .step = store_text(st, 2), .topic = store_text(st, 3),
		.mentor_id = store_text(st, 4), .mentee_id = store_text(st, 5) };
	record_name(s, &person_type, due.mentor_id, &mentor);
	record_name(s, &person_type, due.mentee_id, &mentee);
	due.mentor = mentor.data;
	due.mentee = mentee.data;
	int rc = each(context, &due, e);
	buf_release(&mentor);
	buf_release(&mentee);
	return rc;
}

int consultation_due(struct store *s, const char *person, const char *until, consultation_due_fn each, void *context, struct err *e)
{
	sqlite3_stmt *st = store_prepare_once(s, person ? STEP "mentor IN " JOINED_IDS("?2") " AND " DUE " UNION " STEP "mentee IN " JOINED_IDS("?2") " AND " DUE " ORDER BY 2, 1" :
	    STEP DUE " ORDER BY 2, 1", e);
	char programme[RECORD_ID_SIZE];
	int rc = st ? programme_current(s, programme, e) : -1;
	if (rc != 0) {
		sqlite3_finalize(st);
		return -1;
	}
	store_bind_text(st, 1, until);
	store_bind_text(st, 3, programme);
	if (person)
		store_bind_text(st, 2, person);
	while ((rc = store_step(s, st, e)) == 1)
		if (tell_due(s, st, each, context, e) != 0) {
			rc = -1;
			break;
		}
	sqlite3_finalize(st);
	return rc;
}
