/* Lists as CSV for a spreadsheet and as JSON for programs. */
#include "documents/csv.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "records/municipality.h"
#include "records/seminar.h"

struct export {
	struct store *s;
	struct buf *out;
	struct buf text;		/* one value */
	bool first;
};

/* --- CSV --- */

/* A spreadsheet takes a cell that begins so for a formula; a name or a note must not become one. */
static bool is_formula(const char *cell)
{
	return *cell && strchr("=+-@\t\r", *cell);
}

void csv_add_cell(struct buf *out, const char *cell)
{
	if (!cell[strcspn(cell, ";\"\r\n")]) {
		if (is_formula(cell))
			buf_addc(out, '\'');
		buf_adds(out, cell);
		return;
	}
	buf_addc(out, '"');
	if (is_formula(cell))
		buf_addc(out, '\'');
	for (const char *p = cell; *p; p++) {
		if (*p == '"')
			buf_addc(out, '"');
		buf_addc(out, *p);
	}
	buf_addc(out, '"');
}

/* Words where people read words, but dates and telephones in the form that programs read too. */
static void csv_value(struct export *x, const struct field *f, const char *value)
{
	buf_reset(&x->text);
	if (f->kind == FIELD_DATE || f->kind == FIELD_PHONE)
		buf_adds(&x->text, value);
	else
		field_show(x->s, f, value, &x->text);
	csv_add_cell(x->out, x->text.data);
}

static int csv_record(void *context, const struct record *r, struct err *e)
{
	struct export *x = context;
	(void)e;
	csv_add_cell(x->out, r->id);
	for (int i = 0; i < r->type->count; i++) {
		buf_addc(x->out, ';');
		csv_value(x, &r->type->fields[i], r->value[i]);
	}
	buf_adds(x->out, "\r\n");
	return 0;
}

int export_csv(struct store *s, const struct record_type *t, struct buf *out, struct err *e)
{
	struct export x = { .s = s, .out = out, .text = BUF_INIT };
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

/* --- JSON --- */

static void json_member(struct buf *out, const char *key, const char *value)
{
	json_key(out, key);
	json_strings(out, value);
}

/* A reference and a municipality: the name, and beside it what identifies it. */
static void json_named(struct export *x, const struct field *f, const char *value, const char *suffix)
{
	buf_reset(&x->text);
	field_show(x->s, f, value, &x->text);
	json_member(x->out, f->name, x->text.data);
	buf_reset(&x->text);
	buf_addf(&x->text, "%s%s", f->name, suffix);
	json_member(x->out, x->text.data, value);
}

static void json_value(struct export *x, const struct field *f, const char *value)
{
	switch (f->kind) {
	case FIELD_REFERENCE:
		json_named(x, f, value, "_id");
		break;
	case FIELD_MUNICIPALITY:
		json_named(x, f, value, "_code");
		break;
	case FIELD_NUMBER:
		json_key(x->out, f->name);
		if (*value)
			json_int(x->out, strtoll(value, NULL, 10));
		else
			json_strings(x->out, NULL);
		break;
	case FIELD_TEXT: case FIELD_LONG_TEXT: case FIELD_DATE: case FIELD_PHONE: case FIELD_EMAIL: case FIELD_CHOICE:
		json_member(x->out, f->name, value);
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
	for (int i = 0; i < r->type->count; i++)
		json_value(x, &r->type->fields[i], r->value[i]);
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

int export_json(struct store *s, const struct record_type *t, const char *filter, struct buf *out, struct err *e)
{
	struct export x = { .s = s, .out = out, .text = BUF_INIT, .first = true };
	buf_addc(out, '[');
	int rc = record_each(s, t, filter, json_record, &x, e);
	buf_adds(out, "]\n");
	buf_release(&x.text);
	return rc;
}
