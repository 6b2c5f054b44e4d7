#include "records/programme.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "schema/schema.h"

const struct choice programme_states[] = {
	{ "open", N_("open"), "открыта|идет|действует" },
	{ "closed", N_("closed"), "закрыта|завершена|окончена" },
	{ NULL, NULL, NULL }
};

static const struct field programme_fields[] = {
	{ .name = "title", .label = N_("Title"), .kind = FIELD_TEXT, .required = true },
	{ .name = "grant", .label = N_("Grant"), .kind = FIELD_TEXT },
	{ .name = "since", .label = N_("Since"), .kind = FIELD_DATE },
	{ .name = "until", .label = N_("Until"), .kind = FIELD_DATE },
	{ .name = "state", .label = N_("State"), .kind = FIELD_CHOICE, .choices = programme_states, .initial = "open", .required = true },
	/* TRANSLATORS: the organisation that runs the programme, as it stands on papers */
	{ .name = "organiser", .label = N_("Organiser"), .kind = FIELD_TEXT },
	/* TRANSLATORS: where papers are signed: «г. Уфа» */
	{ .name = "city", .label = N_("City"), .kind = FIELD_TEXT },
	/* TRANSLATORS: who signs certificates and letters */
	{ .name = "signatory", .label = N_("Signed by"), .kind = FIELD_TEXT },
	{ .name = "signatory_post", .label = N_("Signed by: post"), .kind = FIELD_TEXT },
};

static int programme_check(struct store *s, const struct record *r, struct err *e)
{
	(void)s;
	return record_check_period(r, "since", "until", e);
}

int record_check_period(const struct record *r, const char *since, const char *until, struct err *e)
{
	const char *from = record_get(r, since), *to = record_get(r, until);
	if (!*from || !*to || strcmp(from, to) <= 0)
		return 0;
	err_set(e, ERR_REFUSED, _("the end lies before the beginning"));
	return field_blame(&r->type->fields[record_field(r->type, until)], e);
}

/* What belongs to it would be shown nowhere. */
static int programme_may_remove(struct store *s, const char *id, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, "SELECT EXISTS (SELECT 1 FROM seminar WHERE programme = ?1 AND deleted = 0)"
	    " OR EXISTS (SELECT 1 FROM consultation WHERE programme = ?1 AND deleted = 0) OR EXISTS (SELECT 1 FROM mentorship WHERE programme = ?1 AND deleted = 0)"
	    " OR EXISTS (SELECT 1 FROM call WHERE programme = ?1 AND deleted = 0) OR EXISTS (SELECT 1 FROM course WHERE programme = ?1 AND deleted = 0)"
	    " OR EXISTS (SELECT 1 FROM story WHERE programme = ?1 AND deleted = 0) OR EXISTS (SELECT 1 FROM consent WHERE programme = ?1 AND deleted = 0)", e);
	if (strcmp(id, PROGRAMME_FIRST) == 0)
		return err_set(e, ERR_REFUSED, _("the programme that every store begins with stays; close it instead"));
	if (!st)
		return -1;
	store_bind_text(st, 1, id);
	int rc = store_step(s, st, e);
	bool used = rc == 1 && sqlite3_column_int(st, 0);
	if (rc >= 0)
		sqlite3_reset(st);
	if (used)
		return err_set(e, ERR_REFUSED, _("seminars, consultations or other records belong to this programme; close it instead"));
	return rc < 0 ? -1 : 0;
}

#define COLUMNS "title, \"grant\", since, until, state, organiser, city, signatory, signatory_post"

const struct record_type programme_type = {
	.name = "programme",
	.title = N_("Programme"),
	.table = "programme",
	.fields = programme_fields,
	.count = sizeof programme_fields / sizeof *programme_fields,
	.sql = {
		.load = RECORD_SQL_LOAD("programme", COLUMNS),
		.list = RECORD_SQL_LIST("programme", COLUMNS, "since, id"),
		RECORD_SQL_REST("programme", "title", COLUMNS, "?2,?3,?4,?5,?6,?7,?8,?9,?10")
	},
	.check = programme_check,
	.may_remove = programme_may_remove,
};

static int first_open(struct store *s, char id[RECORD_ID_SIZE], struct err *e)
{
	int rc = record_query_id(s, "SELECT id FROM programme WHERE deleted = 0 AND state IS NOT 'closed'"
	    " ORDER BY id <> '" PROGRAMME_FIRST "', since IS NULL, since, id LIMIT 1", (const char *const[]){ NULL }, id, e);
	/* All closed: the registers still open, and new records belong to the one that every store begins with. */
	if (rc == 0)
		snprintf(id, RECORD_ID_SIZE, "%s", PROGRAMME_FIRST);
	return rc < 0 ? -1 : 0;
}

int programme_current(struct store *s, char id[RECORD_ID_SIZE], struct err *e)
{
	char *chosen = store_setting(s, "programme");
	if (!chosen || !*chosen) {
		free(chosen);
		return first_open(s, id, e);
	}
	snprintf(id, RECORD_ID_SIZE, "%s", chosen);
	free(chosen);
	return 0;
}

int record_default_programme(struct store *s, struct record *r, struct err *e)
{
	char id[RECORD_ID_SIZE];
	if (!record_untouched(r, "programme"))
		return 0;
	if (programme_current(s, id, e) != 0)
		return -1;
	record_put(r, "programme", id);
	return 0;
}
