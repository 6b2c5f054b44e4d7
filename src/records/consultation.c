#include "records/consultation.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "records/person.h"

enum { DAY_MINUTES = 24 * 60 };

const struct choice consultation_forms[] = {
	{ "visit", N_("visit"), "визит|встреча|личная встреча|очно|выезд" },
	{ "phone", N_("phone"), "телефон|по телефону|звонок" },
	{ "online", N_("online"), "онлайн|видеосвязь|удалённо|дистанционно|интернет" },
	{ NULL, NULL, NULL }
};

static const struct field consultation_fields[] = {
	{ .name = "mentee", .label = N_("Mentee"), .kind = FIELD_REFERENCE, .references = "person", .required = true },
	{ .name = "date", .label = N_("Date"), .kind = FIELD_DATE, .required = true },
	/* TRANSLATORS: how a consultation is held: visit, phone, online */
	{ .name = "form", .label = N_("Form"), .kind = FIELD_CHOICE, .choices = consultation_forms, .initial = "visit", .required = true },
	/* TRANSLATORS: how long a consultation took, in minutes */
	{ .name = "minutes", .label = N_("Minutes"), .kind = FIELD_NUMBER },
	{ .name = "topic", .label = N_("Topic"), .kind = FIELD_TEXT },
	{ .name = "advice", .label = N_("Advice"), .kind = FIELD_LONG_TEXT },
	/* TRANSLATORS: what the mentee does next, and until when */
	{ .name = "next_step", .label = N_("Next step"), .kind = FIELD_TEXT },
	{ .name = "next_date", .label = N_("Next step: date"), .kind = FIELD_DATE },
	/* TRANSLATORS: the day when the next step was done */
	{ .name = "next_done", .label = N_("Next step: done"), .kind = FIELD_DATE },
	{ .name = "mentor", .label = N_("Mentor"), .kind = FIELD_REFERENCE, .references = "person", .required = true },
	{ .name = "programme", .label = N_("Programme"), .kind = FIELD_REFERENCE, .references = "programme", .required = true },
};

static int consultation_defaults(struct store *s, struct record *r, struct err *e)
{
	char today[DATE_SIZE], me[RECORD_ID_SIZE];
	if (record_untouched(r, "date")) {
		date_today(today);
		record_put(r, "date", today);
	}
	/* Who enters what an own mentor said is the mentee of it. */
	if (record_untouched(r, "mentor") && strcmp(person_me(s, me), record_get(r, "mentee")) != 0)
		record_put(r, "mentor", me);
	return record_default_programme(s, r, e);
}

static int wrong(const struct record *r, const char *field, struct err *e)
{
	return field_blame(&r->type->fields[record_field(r->type, field)], e);
}

static int consultation_check(struct store *s, const struct record *r, struct err *e)
{
	const char *date = record_get(r, "date"), *next = record_get(r, "next_date"), *done = record_get(r, "next_done");
	(void)s;
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

#define COLUMNS "mentee, date, form, minutes, topic, advice, next_step, next_date, next_done, mentor, programme"
/* A consultation is known by its mentee, held here or known by name, and its day. */
#define NAME "coalesce((SELECT p.name FROM person p WHERE p.id = mentee)," \
	" (SELECT k.name FROM known_name k WHERE k.tbl = 'person' AND k.id = mentee), mentee)" \
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
		RECORD_SQL_REST("consultation", NAME, COLUMNS, "?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12")
	},
	.defaults = consultation_defaults,
	.check = consultation_check,
};
