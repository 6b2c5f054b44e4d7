#include "documents/report.h"

#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/text.h"
#include "documents/csv.h"
#include "documents/html.h"
#include "records/listing.h"
#include "records/person.h"

/* interim */
static int64_t value_of(struct store *s, const struct figure *f)
{
	int64_t value = 0;
	struct figure_query q = { .role = NULL };
	figure_value(s, f, &q, &value, NULL);
	return value;
}

/* --- the figures --- */

static void write_text(struct store *s, struct buf *out)
{
	for (const struct figure *f = figure_list; f->name; f++) {
		buf_addf(out, "%s: ", _(f->title));
		figure_show(f, value_of(s, f), out);
		buf_addf(out, "\n    %s\n", _(f->computed));
	}
}

static bool is_role(const struct figure *f)
{
	return choice_find(person_roles, f->name) != NULL;
}

/* The roles together under "people", where a script has looked for them ever since. */
static void write_json(struct store *s, struct buf *out)
{
	buf_adds(out, "{\"people\":{");
	for (const struct figure *f = figure_list; f->name; f++)
		if (is_role(f)) {
			json_key(out, f->name);
			json_int(out, value_of(s, f));
		}
	buf_addc(out, '}');
	for (const struct figure *f = figure_list; f->name; f++)
		if (!is_role(f)) {
			json_key(out, f->name);
			json_int(out, value_of(s, f));
		}
	buf_adds(out, "}\n");
}

static void csv_line(struct buf *out, const char *name, const char *title, const char *figure, const char *computed)
{
	const char *const cells[] = { name, title, figure, computed };
	for (int i = 0; i < 4; i++) {
		if (i > 0)
			buf_addc(out, ';');
		csv_add_cell(out, cells[i]);
	}
	buf_adds(out, "\r\n");
}

/* Minutes stay a number, which a spreadsheet can add up. */
static void write_csv(struct store *s, struct buf *out)
{
	struct buf figure = BUF_INIT;
	buf_adds(out, "\xef\xbb\xbf");
	/* TRANSLATORS: headings of a table: what is counted, how many, how that was computed */
	csv_line(out, _("Name"), _("Indicator"), _("Figure"), _("How it was computed"));
	for (const struct figure *f = figure_list; f->name; f++) {
		buf_reset(&figure);
		buf_addi(&figure, value_of(s, f));
		csv_line(out, f->name, f->unit == FIGURE_MINUTES ? _("Minutes of consultations") : _(f->title), figure.data, _(f->computed));
	}
	buf_release(&figure);
}

/* --- the page --- */

static void html_figures(struct store *s, struct buf *out)
{
	const char *const heads[] = { _("Indicator"), _("Figure"), _("How it was computed") };
	struct buf figure = BUF_INIT;
	html_table_begin(out, heads, 3, 1 << 1);
	for (const struct figure *f = figure_list; f->name; f++) {
		buf_reset(&figure);
		figure_show(f, value_of(s, f), &figure);
		html_row(out, (const char *const[]){ _(f->title), figure.data, _(f->computed) }, 3, 1 << 1);
	}
	html_table_end(out);
	buf_release(&figure);
}

static int html_line(void *context, const struct figure_line *l, struct err *e)
{
	(void)e;
	html_row(context, (const char *const[]){ l->name, l->detail }, 2, 0);
	return 0;
}

static int html_proof(struct store *s, const char *name, struct buf *out, struct err *e)
{
	const struct figure *f = figure_find(name);
	/* TRANSLATORS: headings of a table of seminars: the title, and when and where it was and how many came */
	const char *const heads[] = { _("Title"), _("When, where, how many") };
	html_heading(out, _(f->title));
	html_table_begin(out, heads, 2, 0);
	int rc = figure_each(s, f, &(struct figure_query){ .role = NULL }, html_line, out, e);
	html_table_end(out);
	return rc;
}

/* Which of all municipalities have a consultant, a seminar, how many people. */
static int html_coverage(struct store *s, struct buf *out, struct err *e)
{
	const char *const heads[] = { _("Municipality"), _("Local consultants"), _("Seminars"), _("People") };
	struct listing_view *v = listing_open(s, &municipalities_listing);
	int64_t count = 0;
	int rc = listing_count(v, &count, e);
	if (rc == 0)
		rc = listing_window(v, 0, (int)count, e);
	html_heading(out, _("Municipalities"));
	html_table_begin(out, heads, 4, 1 << 1 | 1 << 2 | 1 << 3);
	for (int row = 0; rc == 0 && row < count; row++)
		html_row(out, (const char *const[]){ listing_cell(v, row, MUNICIPALITIES_NAME), listing_cell(v, row, MUNICIPALITIES_CONSULTANTS),
		    listing_cell(v, row, MUNICIPALITIES_SEMINARS), listing_cell(v, row, MUNICIPALITIES_PEOPLE) }, 4, 1 << 1 | 1 << 2 | 1 << 3);
	html_table_end(out);
	listing_close(v);
	return rc;
}

static int write_html(struct store *s, struct buf *out, struct err *e)
{
	char programme[RECORD_ID_SIZE], today[DATE_SIZE], day[DATE_SIZE];
	struct buf title = BUF_INIT, text = BUF_INIT;
	if (programme_current(s, programme, e) != 0)
		return -1;
	record_name(s, &programme_type, programme, &title);
	date_today(today);
	date_show(today, day);
	buf_addf(&text, _("As of %s, of what the store in which this was made holds."), day);
	html_begin(out, title.data);
	html_paragraph(out, text.data);
	html_figures(s, out);
	int rc = html_proof(s, "seminars_held", out, e);
	if (rc == 0)
		rc = html_proof(s, "seminars_planned", out, e);
	if (rc == 0)
		rc = html_proof(s, "unnamed", out, e);
	if (rc == 0)
		rc = html_coverage(s, out, e);
	html_end(out);
	buf_release(&title);
	buf_release(&text);
	return rc;
}

int report_write(struct store *s, enum report_format format, struct buf *out, struct err *e)
{
	switch (format) {
	case REPORT_TEXT:	write_text(s, out); return 0;
	case REPORT_JSON:	write_json(s, out); return 0;
	case REPORT_CSV:	write_csv(s, out); return 0;
	case REPORT_HTML:	return write_html(s, out, e);
	}
	bug("format of a report");
}

/* --- a proof --- */

struct proof_out { struct buf *out; bool json, first; };

static int proof_line(void *context, const struct figure_line *l, struct err *e)
{
	struct proof_out *p = context;
	const char *const keys[] = { "type", "id", "name", "detail" };
	const char *const cells[] = { l->type, l->id, l->name, l->detail };
	(void)e;
	if (p->json)
		buf_adds(p->out, p->first ? "{" : ",\n{");
	for (int i = 0; i < 4; i++) {
		if (p->json) {
			json_key(p->out, keys[i]);
			json_strings(p->out, cells[i]);
		} else {
			text_escape_tsv(cells[i], strlen(cells[i]), p->out);
			buf_addc(p->out, '\t');
		}
	}
	if (p->json)
		json_key(p->out, "number");
	json_int(p->out, l->number);
	buf_adds(p->out, p->json ? "}" : "\n");
	p->first = false;
	return 0;
}

int report_proof(struct store *s, const struct figure *which, bool json, struct buf *out, struct err *e)
{
	struct proof_out p = { out, json, true };
	buf_adds(out, json ? "[" : "type\tid\tname\tdetail\tnumber\n");
	int rc = figure_each(s, which, &(struct figure_query){ .role = NULL }, proof_line, &p, e);
	if (json)
		buf_adds(out, "]\n");
	return rc;
}
