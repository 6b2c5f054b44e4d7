/* The record of a target. What it comes to is indicator_state.c. */
#include "figures/indicator.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "records/person.h"
#include "records/seminar.h"

static const struct field indicator_fields[] = {
	/* TRANSLATORS: the short word by which scripts know a target: "seminars" */
	{ .name = "key", .label = N_("Key"), .kind = FIELD_TEXT, .required = true, .max = INDICATOR_KEY_SIZE - 1 },
	{ .name = "title", .label = N_("Title"), .kind = FIELD_TEXT, .required = true },
	/* TRANSLATORS: what a target counts: people, seminars … */
	{ .name = "kind", .label = N_("What is counted"), .kind = FIELD_CHOICE, .choices = figure_kinds, .required = true },
	{ .name = "target", .label = N_("Target"), .kind = FIELD_NUMBER },
	{ .name = "role", .label = N_("Role"), .kind = FIELD_CHOICE, .choices = person_roles },
	{ .name = "seminar_kind", .label = N_("Kind of seminar"), .kind = FIELD_CHOICE, .choices = seminar_kinds },
	{ .name = "municipality", .label = N_("Municipality"), .kind = FIELD_MUNICIPALITY },
	{ .name = "stage", .label = N_("Stage"), .kind = FIELD_CHOICE, .choices = person_stages },
	{ .name = "since", .label = N_("Since"), .kind = FIELD_DATE },
	{ .name = "until", .label = N_("Until"), .kind = FIELD_DATE },
	/* TRANSLATORS: the place in a list: 1 stands first */
	{ .name = "position", .label = N_("Place in the list"), .kind = FIELD_NUMBER },
	{ .name = "programme", .label = N_("Programme"), .kind = FIELD_REFERENCE, .references = "programme", .required = true },
};

static int wrong(const struct record *r, const char *field, struct err *e)
{
	return field_blame(&r->type->fields[record_field(r->type, field)], e);
}

static int check_key(struct store *s, const struct record *r, struct err *e)
{
	const char *key = record_get(r, "key");
	if (key[strspn(key, "abcdefghijklmnopqrstuvwxyz0123456789_-")] != '\0') {
		err_set(e, ERR_REFUSED, _("a key is made of the letters a to z, digits, “_” and “-”"));
		return wrong(r, "key", e);
	}
	sqlite3_stmt *st = store_prepare(s, "SELECT 1 FROM indicator WHERE programme = ?1 AND key = ?2 AND id <> ?3 AND deleted = 0", e);
	if (!st)
		return -1;
	store_bind_text(st, 1, record_get(r, "programme"));
	store_bind_text(st, 2, key);
	store_bind_text(st, 3, r->id);
	int rc = store_step(s, st, e);
	if (rc >= 0)
		sqlite3_reset(st);
	if (rc != 1)
		return rc;
	err_set(e, ERR_REFUSED, _("the programme has an indicator “%s” already"), key);
	return wrong(r, "key", e);
}

/* A filter that the kind does not heed would say one thing and count another. */
static int check_filter(const struct record *r, struct err *e)
{
	static const struct { const char *field; unsigned bit; } filters[] = {
		{ "role", FIGURE_BY_ROLE }, { "seminar_kind", FIGURE_BY_SEMINAR_KIND }, { "municipality", FIGURE_BY_MUNICIPALITY }, { "stage", FIGURE_BY_STAGE },
	};
	const struct figure *f = figure_of_kind(record_get(r, "kind"));
	for (size_t i = 0; f && i < sizeof filters / sizeof *filters; i++)
		if (*record_get(r, filters[i].field) && !(f->heeds & filters[i].bit)) {
			err_set(e, ERR_REFUSED, _("what is counted here cannot be narrowed by this"));
			return wrong(r, filters[i].field, e);
		}
	return 0;
}

static int indicator_check(struct store *s, const struct record *r, struct err *e)
{
	if (check_key(s, r, e) != 0 || check_filter(r, e) != 0)
		return -1;
	return record_check_period(r, "since", "until", e);
}

#define COLUMNS "key, title, kind, target, role, seminar_kind, municipality, stage, since, until, position, programme"

const struct record_type indicator_type = {
	.name = "indicator",
	.title = N_("Indicator"),
	.table = "indicator",
	.fields = indicator_fields,
	.count = sizeof indicator_fields / sizeof *indicator_fields,
	.sql = {
		.load = RECORD_SQL_LOAD("indicator", COLUMNS),
		.list = RECORD_SQL_LIST("indicator", COLUMNS, "programme, position IS NULL, position, key, id"),
		RECORD_SQL_REST("indicator", "title", COLUMNS, "?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13")
	},
	.defaults = record_default_programme,
	.check = indicator_check,
};
