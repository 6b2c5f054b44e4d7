#include "records/consent.h"

#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "records/joined.h"
#include "records/template.h"

const struct choice consent_purposes[] = {
	/* TRANSLATORS: what a person consents to: taking part in the programme */
	{ CONSENT_PARTICIPATION, N_("participation"), "участие|участие в программе|участие в семинарах" },
	/* TRANSLATORS: what a person consents to: publishing a story or a photograph */
	{ CONSENT_PUBLICATION, N_("publication"), "публикация|издание|сборник|история|фотография" },
	/* TRANSLATORS: what a person consents to: standing in the directory of consultants and experts */
	{ CONSENT_DIRECTORY, N_("directory"), "справочник|включение в справочник" },
	{ NULL, NULL, NULL }
};

const struct choice consent_forms[] = {
	{ "paper", N_("paper"), "бумажное|бумага|на бумаге|письменное|письменно" },
	{ "electronic", N_("electronic"), "электронное|электронно|в электронной форме" },
	{ NULL, NULL, NULL }
};

static const struct field consent_fields[] = {
	{ .name = "person", .label = N_("Person"), .kind = FIELD_REFERENCE, .references = "person", .required = true },
	/* TRANSLATORS: what a person consents to */
	{ .name = "purpose", .label = N_("Purpose"), .kind = FIELD_CHOICE, .choices = consent_purposes, .initial = CONSENT_PARTICIPATION, .required = true },
	/* TRANSLATORS: the day when the consent was signed */
	{ .name = "date", .label = N_("Date"), .kind = FIELD_DATE, .required = true },
	/* TRANSLATORS: of a consent: paper or electronic */
	{ .name = "form", .label = N_("Form"), .kind = FIELD_CHOICE, .choices = consent_forms, .initial = "paper", .required = true },
	/* TRANSLATORS: which wording of the consent was signed */
	{ .name = "version", .label = N_("Version of the text"), .kind = FIELD_TEXT },
	/* TRANSLATORS: the day when the consent was withdrawn */
	{ .name = "withdrawn", .label = N_("Withdrawn"), .kind = FIELD_DATE },
	{ .name = "note", .label = N_("Note"), .kind = FIELD_LONG_TEXT },
	{ .name = "programme", .label = N_("Programme"), .kind = FIELD_REFERENCE, .references = "programme", .required = true },
};

/* The text that was in force on the day of the signature. A form shows nothing before it is known whose consent it is: the day may still change there. */
static int default_version(struct store *s, struct record *r, struct err *e)
{
	struct template_text text;
	char kind[64];
	if (*record_get(r, "version") || !*record_get(r, "person") || !*record_get(r, "date"))
		return 0;
	snprintf(kind, sizeof kind, TEMPLATE_CONSENT "%s", record_get(r, "purpose"));
	int rc = template_text(s, kind, record_get(r, "date"), &text, e);
	if (rc == 0)
		record_put(r, "version", text.version);
	template_text_release(&text);
	return rc;
}

static int consent_defaults(struct store *s, struct record *r, struct err *e)
{
	record_default_today(r, "date");
	if (default_version(s, r, e) != 0)
		return -1;
	return record_default_programme(s, r, e);
}

static int refuse_day(const struct record *r, const char *field, const char *words, struct err *e)
{
	err_set(e, ERR_REFUSED, "%s", words);
	return field_blame(&r->type->fields[record_field(r->type, field)], e);
}

/* A day that somebody types now and that has not come is a slip. What came from elsewhere is left as it is. */
static bool lies_ahead(const struct record *r, const char *field)
{
	char today[DATE_SIZE];
	date_today(today);
	return (!*r->id || r->changed[record_field(r->type, field)]) && strcmp(record_get(r, field), today) > 0;
}

static int consent_check(struct store *s, const struct record *r, struct err *e)
{
	const char *withdrawn = record_get(r, "withdrawn");
	(void)s;
	if (*withdrawn && strcmp(withdrawn, record_get(r, "date")) < 0)
		return refuse_day(r, "withdrawn", _("a consent cannot be withdrawn before it was given"), e);
	if (lies_ahead(r, "date"))
		return refuse_day(r, "date", _("this day has not come yet"), e);
	if (lies_ahead(r, "withdrawn"))
		return refuse_day(r, "withdrawn", _("this day has not come yet"), e);
	return 0;
}

#define COLUMNS "person, purpose, date, form, version, withdrawn, note, programme"
/* A consent is known by whose it is. */
#define NAME "coalesce((SELECT p.name FROM person p WHERE p.id = " JOINED_PERSON("consent.person") ")," \
	" (SELECT k.name FROM known_name k WHERE k.tbl = 'person' AND k.id = person), person)"

const struct record_type consent_type = {
	.name = "consent",
	.title = N_("Consent"),
	.table = "consent",
	.fields = consent_fields,
	.count = sizeof consent_fields / sizeof *consent_fields,
	.sql = {
		.load = RECORD_SQL_LOAD("consent", COLUMNS),
		.list = RECORD_SQL_LIST("consent", COLUMNS, "date DESC, id DESC"),
		RECORD_SQL_REST("consent", NAME, COLUMNS, "?2,?3,?4,?5,?6,?7,?8,?9")
	},
	.defaults = consent_defaults,
	.check = consent_check,
};

int consent_valid(struct store *s, const char *person, const char *purpose, bool *valid, struct err *e)
{
	*valid = false;
	sqlite3_stmt *st = store_prepare(s, "SELECT " CONSENT_EXISTS("?1", "?2"), e);
	if (!st)
		return -1;
	store_bind_text(st, 1, person);
	store_bind_text(st, 2, purpose);
	int rc = store_step(s, st, e);
	if (rc == 1)
		*valid = sqlite3_column_int(st, 0);
	if (rc >= 0)
		sqlite3_reset(st);
	return rc == 1 ? 0 : -1;
}

int consent_standing(struct store *s, const char *person, const char *purpose, struct consent_standing *out, struct err *e)
{
	*out = (struct consent_standing){ .any = false };
	sqlite3_stmt *st = store_prepare(s, "SELECT c.date, coalesce(nullif(c.withdrawn, ''), (SELECT max(gone.withdrawn) FROM consent gone"
	    " WHERE gone.person IN " JOINED_IDS("?1") " AND gone.purpose = ?2 AND gone.deleted = 0 AND gone.withdrawn > c.date)) AS ended, c.form, c.version FROM consent c"
	    " WHERE c.person IN " JOINED_IDS("?1") " AND c.purpose = ?2 AND c.deleted = 0 ORDER BY ended IS NOT NULL, ended DESC, c.date DESC, c.id DESC LIMIT 1", e);
	if (!st)
		return -1;
	store_bind_text(st, 1, person);
	store_bind_text(st, 2, purpose);
	int rc = store_step(s, st, e);
	if (rc == 1) {
		out->any = true;
		snprintf(out->date, sizeof out->date, "%s", store_text(st, 0));
		snprintf(out->withdrawn, sizeof out->withdrawn, "%s", store_text(st, 1));
		snprintf(out->form, sizeof out->form, "%s", store_text(st, 2));
		snprintf(out->version, sizeof out->version, "%s", store_text(st, 3));
		out->valid = !*out->withdrawn;
	}
	if (rc >= 0)
		sqlite3_reset(st);
	return rc < 0 ? -1 : 0;
}

static int sign_one(struct store *s, const char *person, const char *purpose, const char *date, struct err *e)
{
	struct record r;
	bool valid = false;
	int rc = record_new(s, &r, &consent_type, e);
	if (rc == 0)
		rc = record_set(s, &r, "person", person, e);
	if (rc == 0)
		rc = record_set(s, &r, "purpose", purpose, e);
	if (rc == 0 && date && *date)
		rc = record_set(s, &r, "date", date, e);
	if (rc == 0)
		rc = consent_valid(s, record_get(&r, "person"), record_get(&r, "purpose"), &valid, e);
	if (rc == 0 && !valid)
		rc = record_save(s, &r, e);
	record_release(&r);
	return rc;
}

int consent_sign(struct store *s, const char *const *persons, int count, const char *purpose, const char *date, struct err *e)
{
	int rc = 0;
	if (store_begin(s, e) != 0)
		return -1;
	for (int i = 0; i < count && rc == 0; i++)
		rc = sign_one(s, persons[i], purpose, date, e);
	if (rc == 0)
		return store_commit(s, e);
	store_rollback(s);
	return -1;
}
