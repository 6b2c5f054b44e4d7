/* The list that proves one figure. */
#include "documents/report.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "base/text.h"
#include "documents/csv.h"
#include "documents/outline.h"
#include "documents/report_private.h"
#include "records/consent.h"

enum { CELLS = 4 };
static const char *const keys[CELLS] = { "type", "id", "name", "detail" };

struct proof_out { struct buf *out; bool json, csv, first; struct outline *outline; int withheld; struct consent_gate *gate; };

static void json_line(struct proof_out *p, const char *const *cells, int64_t number)
{
	buf_adds(p->out, p->first ? "{" : ",\n{");
	for (int i = 0; i < CELLS; i++) {
		json_key(p->out, keys[i]);
		json_strings(p->out, cells[i]);
	}
	json_key(p->out, "number");
	json_int(p->out, number);
	buf_addc(p->out, '}');
}

static void text_line(struct proof_out *p, const char *const *cells, int64_t number)
{
	for (int i = 0; i < CELLS; i++) {
		if (p->csv)
			csv_add_cell(p->out, cells[i]);
		else
			text_escape_tsv(cells[i], strlen(cells[i]), p->out);
		buf_addc(p->out, p->csv ? ';' : '\t');
	}
	buf_addi(p->out, number);
	buf_adds(p->out, p->csv ? "\r\n" : "\n");
}

/* A line about people: theirs are the names in it. */
static bool names_people(const char *type)
{
	return strcmp(type, "municipality") != 0 && strcmp(type, "seminar") != 0 && strcmp(type, "course") != 0;
}

static int tell_gate(struct consent_gate *gate, const struct figure_line *l, struct err *e)
{
	char id[RECORD_ID_SIZE];
	bool allowed;
	for (const char *p = l->withheld; *p; p += strcspn(p, " ") + 1) {
		snprintf(id, sizeof id, "%.*s", (int)strcspn(p, " "), p);
		if (consent_gate_allows(gate, id, &allowed, e) != 0)
			return -1;
	}
	gate->let_out |= !*l->withheld && names_people(l->type);
	return 0;
}

static int add_line(void *context, const struct figure_line *l, struct err *e)
{
	struct proof_out *p = context;
	const char *const cells[CELLS] = { l->type, l->id, l->name, l->detail };
	struct buf number = BUF_INIT;
	if (p->gate && tell_gate(p->gate, l, e) != 0)
		return -1;
	if (p->outline) {
		buf_addi(&number, l->number);
		outline_row(p->outline, (const char *const[]){ l->name, l->detail, number.data, l->id });
		buf_release(&number);
	} else if (p->json) {
		json_line(p, cells, l->number);
	} else {
		text_line(p, cells, l->number);
	}
	p->first = false;
	p->withheld += *l->withheld != '\0';
	return 0;
}

static int write_lines(struct store *s, const struct figure *which, const struct figure_query *q, struct proof_out *p, struct err *e)
{
	if (p->csv)
		buf_adds(p->out, "\xef\xbb\xbf" "type;id;name;detail;number\r\n");
	else
		buf_adds(p->out, p->json ? "[" : "type\tid\tname\tdetail\tnumber\n");
	int rc = figure_each(s, which, q, add_line, p, e);
	if (p->json)
		buf_adds(p->out, "]\n");
	return rc;
}

int report_proof(struct store *s, const struct figure *which, const struct figure_query *q, bool json, struct buf *out, struct err *e)
{
	struct proof_out p = { .out = out, .json = json, .first = true };
	return write_lines(s, which, q, &p, e);
}

static int write_document(struct store *s, const struct figure *which, const struct figure_query *q, enum outline_format format, struct consent_gate *gate,
    struct buf *out, struct err *e)
{
	const struct outline_column columns[] = {
		{ _("Name"), TYPESET_TEXT, 6 }, { _("What it rests on"), TYPESET_TEXT, 9 }, { _("How many"), TYPESET_NUMBER, 2 }, { _("Record id"), TYPESET_TEXT, 4 }
	};
	struct proof_out p = { .outline = outline_new(_(which->title), _(which->title)), .gate = gate };
	struct buf words = BUF_INIT;
	int64_t value = 0;
	int rc = figure_value(s, which, q, &value, e);
	outline_note(p.outline, _(which->computed));
	report_period_words(q->since, q->until, &words);
	outline_field(p.outline, _("Period"), words.data);
	buf_reset(&words);
	figure_show(which, value, &words);
	outline_field(p.outline, _("Together"), words.data);
	outline_table(p.outline, _("List"), columns, 4, true);
	outline_aside(p.outline, 3);
	if (rc == 0)
		rc = figure_each(s, which, q, add_line, &p, e);
	buf_reset(&words);
	buf_addi(&words, value);
	outline_total(p.outline, (const char *const[]){ _("Together"), "", words.data, "" }, (const bool[]){ false, false, true, false });
	if (p.withheld > 0) {
		buf_reset(&words);
		buf_addf(&words, P_("%d line has an id in place of a name: there is no consent to taking part", "%d lines have an id in place of a name: there is no consent to taking part",
		    p.withheld), p.withheld);
		outline_warning(p.outline, words.data);
	}
	if (rc == 0)
		rc = outline_write(p.outline, format, out, e);
	outline_free(p.outline);
	buf_release(&words);
	return rc;
}

int report_proof_write(struct store *s, const struct figure *which, const struct figure_query *q, enum report_format format, struct consent_gate *gate,
    struct buf *out, struct err *e)
{
	struct proof_out p = { .out = out, .json = format == REPORT_JSON, .csv = format == REPORT_CSV, .first = true, .gate = gate };
	switch (format) {
	case REPORT_HTML: return write_document(s, which, q, OUTLINE_HTML, gate, out, e);
	case REPORT_PDF: return write_document(s, which, q, OUTLINE_PDF, gate, out, e);
	case REPORT_XLSX: return write_document(s, which, q, OUTLINE_XLSX, gate, out, e);
	default: return write_lines(s, which, q, &p, e);
	}
}
