#include "records/territory.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "records/municipality.h"

/* TRANSLATORS: of a municipality */
#define CODE_LABEL N_("OKTMO code")

static const struct field territory_fields[] = {
	{ .name = "code", .label = CODE_LABEL, .kind = FIELD_TEXT, .required = true, .in_programme = true },	/* the id itself, no column of the table */
	{ .name = "name", .label = N_("Name"), .kind = FIELD_TEXT, .required = true },
	{ .name = "kind", .label = N_("Kind"), .kind = FIELD_CHOICE, .choices = municipality_kinds, .required = true },
	{ .name = "centre", .label = N_("Centre"), .kind = FIELD_TEXT },
	/* TRANSLATORS: the municipality that an abolished one became part of */
	{ .name = "successor", .label = N_("Successor"), .kind = FIELD_TEXT },
	/* TRANSLATORS: two letters for a municipality on the map */
	{ .name = "letters", .label = N_("Letters"), .kind = FIELD_TEXT },
	{ .name = "grid_row", .label = N_("Row on the map"), .kind = FIELD_NUMBER },
	{ .name = "grid_column", .label = N_("Column on the map"), .kind = FIELD_NUMBER },
};

static bool is_code(const char *text)
{
	return strlen(text) == MUNICIPALITY_CODE_SIZE - 1 && strspn(text, "0123456789") == MUNICIPALITY_CODE_SIZE - 1;
}

static int wrong(const struct record *r, const char *field, struct err *e)
{
	return field_blame(&r->type->fields[record_field(r->type, field)], e);
}

/* 1: from this code on, step by step, one comes to the other. */
static int leads_to(struct store *s, const char *from, const char *to, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, "WITH RECURSIVE step(code, hops) AS (SELECT ?1, 0 UNION ALL SELECT m.successor, hops + 1 FROM step"
	    " JOIN municipality m ON m.code = step.code WHERE m.successor IS NOT NULL AND hops < 64) SELECT 1 FROM step WHERE code = ?2 LIMIT 1", e);
	if (!st)
		return -1;
	store_bind_text(st, 1, from);
	store_bind_text(st, 2, to);
	int rc = store_step(s, st, e);
	if (rc >= 0)
		sqlite3_reset(st);
	return rc;
}

static int territory_check(struct store *s, const struct record *r, struct err *e)
{
	const char *code = record_get(r, "code"), *successor = record_get(r, "successor");
	if (!is_code(code) || (*r->id && strcmp(r->id, code) != 0)) {
		err_set(e, ERR_REFUSED, _("a municipality's code has eight digits and stays"));
		return wrong(r, "code", e);
	}
	if (!*successor)
		return 0;
	if (!is_code(successor)) {
		err_set(e, ERR_REFUSED, _("the successor is named by its code of eight digits"));
		return wrong(r, "successor", e);
	}
	int circle = leads_to(s, successor, code, e);
	if (circle == 1) {
		err_set(e, ERR_REFUSED, _("a municipality cannot become part of itself"));
		return wrong(r, "successor", e);
	}
	return circle;
}

static int territory_id(struct store *s, const struct record *r, char out[RECORD_ID_SIZE], struct err *e)
{
	(void)s;
	(void)e;
	snprintf(out, RECORD_ID_SIZE, "%s", record_get(r, "code"));
	return 0;
}

#define COLUMNS "name, kind, centre, successor, letters, grid_row, grid_column"

const struct record_type territory_type = {
	.name = "territory",
	.title = N_("Municipality"),
	.table = "territory",
	.fields = territory_fields,
	.count = sizeof territory_fields / sizeof *territory_fields,
	.sql = {
		.load = "SELECT id AS code, " COLUMNS " FROM territory WHERE id = ?1 AND deleted = 0 AND ?2 IS NOT NULL",
		.list = "SELECT id, id AS code, " COLUMNS " FROM territory WHERE deleted = 0 AND ?2 IS NOT NULL ORDER BY id",
		RECORD_SQL_REST("territory", "name", COLUMNS, "?2,?3,?4,?5,?6,?7,?8")
	},
	.check = territory_check,
	.make_id = territory_id,
};

/* --- the whole list --- */

/* What the list says of a code now: 1 it is there, 0, -1. */
static int read_now(struct store *s, const char *code, struct record *r, bool *gone, struct err *e)
{
	static const char *const fields[] = { "kind", "name", "centre", "successor" };
	sqlite3_stmt *st = store_prepare(s, "SELECT kind, name, centre, successor, gone FROM municipality WHERE code = ?1", e);
	if (!st)
		return -1;
	store_bind_text(st, 1, code);
	int rc = store_step(s, st, e);
	record_put(r, "code", code);
	for (int i = 0; rc == 1 && i < 4; i++)
		record_put(r, fields[i], store_text(st, i));
	*gone = rc == 1 && sqlite3_column_int(st, 4);
	if (rc >= 0)
		sqlite3_reset(st);
	return rc;
}

static bool put(struct record *r, const char *field, const char *value)
{
	if (strcmp(record_get(r, field), value) == 0)
		return false;
	record_put(r, field, value);
	return true;
}

/* As record_set would: what is kept is laid over what the record says now. */
static int save(struct store *s, const struct record *want, struct err *e)
{
	static const char *const fields[] = { "kind", "name", "centre", "successor" };
	struct record r;
	struct err none;
	int rc = record_load(s, &r, &territory_type, record_get(want, "code"), &none);
	if (rc != 0) {
		record_init(&r, &territory_type);
		record_put(&r, "code", record_get(want, "code"));
		rc = 0;
	}
	for (size_t i = 0; rc == 0 && i < sizeof fields / sizeof *fields; i++)
		rc = record_set(s, &r, fields[i], record_get(want, fields[i]), e);
	if (rc == 0)
		rc = record_save(s, &r, e);
	record_release(&r);
	return rc;
}

int territory_set(struct store *s, const struct territory_row *row, enum territory_fate *fate, struct err *e)
{
	struct record r;
	bool gone, changed = false;
	record_init(&r, &territory_type);
	int there = read_now(s, row->code, &r, &gone, e);
	bool had = *record_get(&r, "successor");
	changed |= put(&r, "kind", row->kind);
	changed |= put(&r, "name", row->name);
	changed |= put(&r, "centre", row->centre);
	changed |= put(&r, "successor", row->successor);
	*fate = there == 0 ? TERRITORY_NEW : !changed && !gone ? TERRITORY_SAME : *row->successor && !had ? TERRITORY_ABOLISHED : TERRITORY_CHANGED;
	int rc = there < 0 ? -1 : *fate == TERRITORY_SAME ? 0 : save(s, &r, e);
	record_release(&r);
	return rc;
}

int territory_abolish(struct store *s, const char *code, enum territory_fate *fate, struct err *e)
{
	struct record r;
	bool gone;
	record_init(&r, &territory_type);
	int rc = read_now(s, code, &r, &gone, e);
	*fate = rc == 1 && !gone && !*record_get(&r, "successor") ? TERRITORY_ABOLISHED : TERRITORY_SAME;
	/* Of what only the program said there is no record yet that could be removed. */
	rc = rc < 0 ? -1 : *fate == TERRITORY_SAME ? 0 : save(s, &r, e);
	record_release(&r);
	return rc == 0 && *fate == TERRITORY_ABOLISHED ? record_remove(s, &territory_type, code, e) : rc;
}
