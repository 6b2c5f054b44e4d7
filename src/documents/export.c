/* Lists as CSV and as a workbook for a spreadsheet, and as JSON for programs. */
#include "documents/csv.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"
#include "documents/typeset.h"
#include "records/consent.h"
#include "records/municipality.h"
#include "records/seminar.h"

struct export {
	struct store *s;
	struct buf *out;
	struct buf text;		/* one value */
	struct consent_gate *gate;	/* NULL: everything passes */
	bool first;
};

static int passes(struct export *x, const struct record *r, int field, bool *allowed, struct err *e)
{
	*allowed = true;
	return x->gate ? consent_gate_field(x->gate, r, field, allowed, e) : 0;
}

/* Words where people read words; dates and telephones in the form that programs read too. What is kept back is empty, of a person the id. */
static int cell_text(struct export *x, const struct record *r, int field, struct err *e)
{
	const struct field *f = &r->type->fields[field];
	bool allowed;
	buf_reset(&x->text);
	if (passes(x, r, field, &allowed, e) != 0)
		return -1;
	if (f->kind == FIELD_DATE || f->kind == FIELD_PHONE || (!allowed && f->kind == FIELD_REFERENCE))
		buf_adds(&x->text, allowed || f->kind == FIELD_REFERENCE ? r->value[field] : "");
	else if (allowed)
		field_show(x->s, f, r->value[field], &x->text);
	return 0;
}

/* --- CSV --- */

/* A spreadsheet takes a cell that begins so for a formula; a name or a note must not become one. */
static bool is_formula(const char *cell)
{
	return *cell && strchr("=+-@\t\r", *cell);
}

bool csv_is_guarded(const char *cell)
{
	const char *text = cell + strspn(cell, "'");
	return text > cell && *text && (is_formula(text) || !strchr(text, '\''));
}

/* Blanks around a cell are lost where nothing stands around them. */
static bool needs_quotes(const char *cell)
{
	size_t len = strlen(cell);
	return cell[strcspn(cell, ";\"\r\n\t")] || (len > 0 && (cell[0] == ' ' || cell[len - 1] == ' '));
}

void csv_add_cell(struct buf *out, const char *cell)
{
	const char *guard = is_formula(cell) || csv_is_guarded(cell) ? "'" : "";
	if (!needs_quotes(cell)) {
		buf_addf(out, "%s%s", guard, cell);
		return;
	}
	buf_addf(out, "\"%s", guard);
	for (const char *p = cell; *p; p++) {
		if (*p == '"')
			buf_addc(out, '"');
		buf_addc(out, *p);
	}
	buf_addc(out, '"');
}

static int csv_record(void *context, const struct record *r, struct err *e)
{
	struct export *x = context;
	csv_add_cell(x->out, r->id);
	for (int i = 0; i < r->type->count; i++) {
		buf_addc(x->out, ';');
		if (cell_text(x, r, i, e) != 0)
			return -1;
		csv_add_cell(x->out, x->text.data);
	}
	buf_adds(x->out, "\r\n");
	return 0;
}

int export_csv(struct store *s, const struct record_type *t, struct consent_gate *gate, struct buf *out, struct err *e)
{
	struct export x = { .s = s, .out = out, .text = BUF_INIT, .gate = gate };
	buf_adds(out, "\xef\xbb\xbf" "id");
	for (int i = 0; i < t->count; i++) {
		buf_addc(out, ';');
		csv_add_cell(out, _(t->fields[i].label));
	}
	buf_adds(out, "\r\n");
	int rc = record_each(s, t, NULL, csv_record, &x, e);
	buf_release(&x.text);
	return rc;
}

/* --- a workbook --- */

struct workbook { struct export x; struct typeset *t; };

static int sheet_record(void *context, const struct record *r, struct err *e)
{
	struct workbook *w = context;
	const char *cells[RECORD_FIELDS_MAX + 1] = { r->id };
	char *kept[RECORD_FIELDS_MAX];
	int i, rc = 0;
	for (i = 0; i < r->type->count && rc == 0; i++) {
		rc = cell_text(&w->x, r, i, e);
		kept[i] = mem_dup(w->x.text.data);
		cells[i + 1] = kept[i];
	}
	if (rc == 0)
		typeset_row(w->t, cells);
	while (i > 0)
		free(kept[--i]);
	return rc;
}

static void begin_sheet(struct typeset *t, const struct record_type *type)
{
	struct typeset_column columns[RECORD_FIELDS_MAX + 1] = { { "id", 14, TYPESET_TEXT } };
	for (int i = 0; i < type->count; i++) {
		enum field_kind kind = type->fields[i].kind;
		columns[i + 1] = (struct typeset_column){ _(type->fields[i].label), kind == FIELD_NUMBER ? 10 : kind == FIELD_DATE ? 12 :
			kind == FIELD_LONG_TEXT ? 40 : 24, kind == FIELD_NUMBER ? TYPESET_NUMBER : kind == FIELD_DATE ? TYPESET_DATE : TYPESET_TEXT };
	}
	const struct typeset_table table = { .name = _(type->title), .columns = columns, .count = type->count + 1 };
	typeset_table(t, &table);
}

int export_xlsx(struct store *s, const struct record_type *t, struct consent_gate *gate, struct buf *out, struct err *e)
{
	const struct typeset_page page = { .title = _(t->title) };
	struct workbook w = { .x = { .s = s, .text = BUF_INIT, .gate = gate }, .t = typeset_begin(TYPESET_XLSX, &page) };
	begin_sheet(w.t, t);
	int rc = record_each(s, t, NULL, sheet_record, &w, e);
	buf_release(&w.x.text);
	if (rc != 0) {
		typeset_abandon(w.t);
		return -1;
	}
	typeset_table_end(w.t);
	return typeset_finish(w.t, out, e);
}

/* --- JSON --- */

static void json_member(struct buf *out, const char *key, const char *value)
{
	json_key(out, key);
	json_strings(out, value);
}

/* A reference and a municipality: the name, and beside it what identifies it. */
static void json_named(struct export *x, const struct field *f, const char *value, const char *suffix, bool allowed)
{
	buf_reset(&x->text);
	field_show(x->s, f, value, &x->text);
	json_member(x->out, f->name, allowed ? x->text.data : NULL);
	buf_reset(&x->text);
	buf_addf(&x->text, "%s%s", f->name, suffix);
	json_member(x->out, x->text.data, value);
}

static void json_value(struct export *x, const struct field *f, const char *value, bool allowed)
{
	switch (f->kind) {
	case FIELD_REFERENCE:
		json_named(x, f, value, "_id", allowed);
		break;
	case FIELD_MUNICIPALITY:
		json_named(x, f, value, "_code", true);
		break;
	case FIELD_NUMBER:
		json_key(x->out, f->name);
		if (*value)
			json_int(x->out, strtoll(value, NULL, 10));
		else
			json_strings(x->out, NULL);
		break;
	case FIELD_TEXT: case FIELD_LONG_TEXT: case FIELD_DATE: case FIELD_PHONE: case FIELD_EMAIL: case FIELD_CHOICE:
		json_member(x->out, f->name, allowed ? value : NULL);
		break;
	}
}

static int json_counts(struct export *x, const struct record *r, struct err *e)
{
	struct seminar_counts counts;
	if (seminar_counts(x->s, r->id, &counts, e) != 0)
		return -1;
	json_key(x->out, "registered");
	json_int(x->out, counts.registered);
	json_key(x->out, "present");
	json_int(x->out, counts.present);
	return 0;
}

static int json_record(void *context, const struct record *r, struct err *e)
{
	struct export *x = context;
	if (!x->first)
		buf_adds(x->out, ",\n");
	x->first = false;
	buf_addc(x->out, '{');
	json_member(x->out, "id", r->id);
	for (int i = 0; i < r->type->count; i++) {
		bool allowed;
		if (passes(x, r, i, &allowed, e) != 0)
			return -1;
		json_value(x, &r->type->fields[i], r->value[i], allowed);
	}
	if (r->type == &seminar_type && json_counts(x, r, e) != 0)
		return -1;
	buf_addc(x->out, '}');
	return 0;
}

int record_json(struct store *s, const struct record *r, struct buf *out, struct err *e)
{
	struct export x = { .s = s, .out = out, .text = BUF_INIT, .first = true };
	int rc = json_record(&x, r, e);
	buf_release(&x.text);
	return rc;
}

int export_json(struct store *s, const struct record_type *t, const char *filter, struct consent_gate *gate, struct buf *out, struct err *e)
{
	struct export x = { .s = s, .out = out, .text = BUF_INIT, .gate = gate, .first = true };
	buf_addc(out, '[');
	int rc = record_each(s, t, filter, json_record, &x, e);
	buf_adds(out, "]\n");
	buf_release(&x.text);
	return rc;
}
