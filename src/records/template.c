#include "records/template.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/text.h"

const struct choice template_kinds[] = {
	{ "consent-participation", N_("consent: participation"), "согласие на участие|участие" },
	{ "consent-publication", N_("consent: publication"), "согласие на публикацию|публикация" },
	{ "consent-directory", N_("consent: directory"), "согласие на справочник|справочник" },
	{ "letter", N_("letter of thanks"), "благодарность|письмо" },
	/* TRANSLATORS: the fund's own certificate of participation */
	{ "certificate", N_("certificate"), "свидетельство|сертификат участника" },
	{ "book", N_("book"), "книга|предисловие сборника" },
	{ "report", N_("report"), "предисловие отчета" },
	{ NULL, NULL, NULL }
};

static const struct field template_fields[] = {
	{ .name = "kind", .label = N_("Kind"), .kind = FIELD_CHOICE, .choices = template_kinds, .required = true },
	/* TRANSLATORS: which wording of a text this is: 1, 2 …; empty in a form: the next number */
	{ .name = "version", .label = N_("Version"), .kind = FIELD_TEXT, .max = 30 },
	{ .name = "title", .label = N_("Title"), .kind = FIELD_TEXT, .required = true },
	{ .name = "body", .label = N_("Text"), .kind = FIELD_LONG_TEXT, .required = true },
	/* TRANSLATORS: the day from which a text is used */
	{ .name = "since", .label = N_("In force since"), .kind = FIELD_DATE, .required = true },
	/* TRANSLATORS: empty: the text is for every programme */
	{ .name = "programme", .label = N_("Programme"), .kind = FIELD_REFERENCE, .references = "programme" },
};

/* --- rules --- */

static int one_number(struct store *s, const char *sql, const char *a, const char *b, const char *c, int64_t *out, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, sql, e);
	if (!st)
		return -1;
	store_bind_text(st, 1, a);
	store_bind_text(st, 2, b);
	store_bind_text(st, 3, c);
	int rc = store_step(s, st, e);
	if (rc == 1)
		*out = sqlite3_column_int64(st, 0);
	if (rc >= 0)
		sqlite3_reset(st);
	return rc == 1 ? 0 : -1;
}

/* The next number after all that this kind ever had: a removed version's word is not given to another text. */
static int default_version(struct store *s, struct record *r, struct err *e)
{
	int64_t last;
	char next[24];
	if (one_number(s, "SELECT coalesce(max(CAST(version AS INTEGER)), 0) FROM template WHERE kind = ?1 AND ?2 IS ?3", record_get(r, "kind"), "", "", &last, e) != 0)
		return -1;
	snprintf(next, sizeof next, "%lld", (long long)(last < 0 || last == INT64_MAX ? 1 : last + 1));
	record_put(r, "version", next);
	return 0;
}

static int template_defaults(struct store *s, struct record *r, struct err *e)
{
	/* A form says "" of what nobody filled in. */
	if (!*record_get(r, "version") && *record_get(r, "kind") && default_version(s, r, e) != 0)
		return -1;
	record_default_today(r, "since");
	return record_default_programme(s, r, e);
}

/* -1 when a consent names this record's version, as it stands in the store now. */
static int refuse_used(struct store *s, const char *id, struct err *e)
{
	int64_t count;
	if (one_number(s, "SELECT count(*) FROM template t JOIN consent c ON '" TEMPLATE_CONSENT "' || c.purpose = t.kind AND c.version = t.version"
	    " WHERE t.id = ?1 AND c.deleted = 0 AND ?2 IS ?3", id, "", "", &count, e) != 0)
		return -1;
	if (count == 0)
		return 0;
	return err_set(e, ERR_REFUSED, ngettext("%lld consent was signed to this version, so it stays as it is; make a new version",
	    "%lld consents were signed to this version, so it stays as it is; make a new version", (unsigned long)count), (long long)count);
}

static bool wording_changed(const struct record *r)
{
	static const char *const wording[] = { "kind", "version", "title", "body" };
	for (size_t i = 0; i < sizeof wording / sizeof *wording; i++)
		if (r->changed[record_field(r->type, wording[i])])
			return true;
	return false;
}

static int template_check(struct store *s, const struct record *r, struct err *e)
{
	const char *version = record_get(r, "version");
	int64_t others = 0;
	if (*r->id && wording_changed(r) && refuse_used(s, r->id, e) != 0)
		return -1;
	if (!*version) {
		err_set(e, ERR_REFUSED, _("this must not be empty"));
		return field_blame(&r->type->fields[record_field(r->type, "version")], e);
	}
	if (strcmp(version, TEMPLATE_OWN) == 0) {
		err_set(e, ERR_REFUSED, _("version %s is the program's own text"), TEMPLATE_OWN);
		return field_blame(&r->type->fields[record_field(r->type, "version")], e);
	}
	if (one_number(s, "SELECT count(*) FROM template WHERE kind = ?1 AND version = ?2 AND id <> ?3 AND deleted = 0",
	    record_get(r, "kind"), version, r->id, &others, e) != 0)
		return -1;
	if (others == 0)
		return 0;
	err_set(e, ERR_REFUSED, _("there is a version %s of this text already"), version);
	return field_blame(&r->type->fields[record_field(r->type, "version")], e);
}

#define COLUMNS "kind, version, title, body, since, programme"

const struct record_type template_type = {
	.name = "text",
	.title = N_("Text"),
	.table = "template",
	.fields = template_fields,
	.count = sizeof template_fields / sizeof *template_fields,
	.sql = {
		.load = RECORD_SQL_LOAD("template", COLUMNS),
		.list = RECORD_SQL_LIST("template", COLUMNS, "kind, since DESC, id DESC"),
		RECORD_SQL_REST("template", "title || ', ' || version", COLUMNS, "?2,?3,?4,?5,?6,?7")
	},
	.defaults = template_defaults,
	.check = template_check,
	.may_remove = refuse_used,
};

/* --- the text in force --- */

void template_text_release(struct template_text *t)
{
	buf_release(&t->title);
	buf_release(&t->body);
}

static void take(struct template_text *out, const char *version, const char *title, const char *body)
{
	snprintf(out->version, sizeof out->version, "%s", version);
	buf_adds(&out->title, title);
	buf_adds(&out->body, body);
}

/* 1 read, 0 none, -1. */
static int read_text(struct store *s, sqlite3_stmt *st, struct template_text *out, struct err *e)
{
	int rc = store_step(s, st, e);
	if (rc == 1)
		take(out, store_text(st, 0), store_text(st, 1), store_text(st, 2));
	if (rc >= 0)
		sqlite3_reset(st);
	return rc;
}

/* 0 taken, -1: there is no own text of this kind. */
static int take_own(const char *kind, struct template_text *out, struct err *e)
{
	const struct template_default *own = template_default(kind);
	if (!own)
		return err_set(e, ERR_REFUSED, _("there is no such text: %s"), kind);
	take(out, TEMPLATE_OWN, own->title, own->body);
	return 0;
}

/* Prepared and bound; the strings live until it is reset. */
static sqlite3_stmt *in_force(struct store *s, const char *kind, const char *day, const char *programme, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s,
	    "SELECT version, title, body, id FROM template WHERE deleted = 0 AND kind = ?1 AND coalesce(since, '') <= ?2"
	    " AND (coalesce(programme, '') = '' OR programme = ?3)"
	    " ORDER BY coalesce(programme, '') = '', since DESC, CAST(version AS INTEGER) DESC, id DESC LIMIT 1", e);
	if (!st)
		return NULL;
	store_bind_text(st, 1, kind);
	store_bind_text(st, 2, day);
	store_bind_text(st, 3, programme);
	return st;
}

int template_text(struct store *s, const char *kind, const char *day, struct template_text *out, struct err *e)
{
	char programme[RECORD_ID_SIZE], today[DATE_SIZE];
	*out = (struct template_text){ "", BUF_INIT, BUF_INIT };
	date_today(today);
	if (programme_current(s, programme, e) != 0)
		return -1;
	sqlite3_stmt *st = in_force(s, kind, day && *day ? day : today, programme, e);
	if (!st)
		return -1;
	int rc = read_text(s, st, out, e);
	return rc == 0 ? take_own(kind, out, e) : rc == 1 ? 0 : -1;
}

int template_current(struct store *s, const char *kind, char id[RECORD_ID_SIZE], struct err *e)
{
	char programme[RECORD_ID_SIZE], today[DATE_SIZE];
	*id = '\0';
	date_today(today);
	if (programme_current(s, programme, e) != 0)
		return -1;
	sqlite3_stmt *st = in_force(s, kind, today, programme, e);
	if (!st)
		return -1;
	int rc = store_step(s, st, e);
	if (rc == 1)
		snprintf(id, RECORD_ID_SIZE, "%s", store_text(st, 3));
	if (rc >= 0)
		sqlite3_reset(st);
	return rc < 0 ? -1 : 0;
}

/* Versions that two devices made under one word while neither knew of the other's: the older one has been signed the longer. */
int template_version(struct store *s, const char *kind, const char *version, struct template_text *out, struct err *e)
{
	*out = (struct template_text){ "", BUF_INIT, BUF_INIT };
	if (strcmp(version, TEMPLATE_OWN) == 0)
		return take_own(kind, out, e);
	sqlite3_stmt *st = store_prepare(s,
	    "SELECT version, title, body FROM template WHERE kind = ?1 AND version = ?2 ORDER BY deleted, since, id LIMIT 1", e);
	if (!st)
		return -1;
	store_bind_text(st, 1, kind);
	store_bind_text(st, 2, version);
	int rc = read_text(s, st, out, e);
	if (rc != 0)
		return rc == 1 ? 0 : -1;
	struct buf safe = BUF_INIT;
	text_escape(version, strlen(version), &safe);
	err_set(e, ERR_REFUSED, _("this text has no version %s here"), safe.data);
	buf_release(&safe);
	return -1;
}
