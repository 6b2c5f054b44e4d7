#include "documents/report.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "documents/csv.h"
#include "documents/report_private.h"

const char *const report_format_words[] = { "text", "json", "csv", "html", "pdf", "xlsx", NULL };

int report_format_find(const char *word)
{
	const char *end = strrchr(word, '.');
	if (end)
		word = end + 1;
	for (int i = 0; report_format_words[i]; i++)
		if (strcmp(report_format_words[i], word) == 0)
			return i;
	return strcmp(word, "txt") == 0 ? REPORT_TEXT : -1;
}

void report_standing_release(struct report_standing *s)
{
	for (int i = 0; i < s->devices; i++) {
		free(s->device[i].name);
		free(s->device[i].tag);
		free(s->device[i].person);
		free(s->device[i].role);
		free(s->device[i].municipality);
	}
	free(s->device);
	free(s->hub);
	*s = (struct report_standing){ .region = false };
}

/* --- what it is made from --- */

int64_t report_value(const struct report *r, const char *figure)
{
	const struct figure *f = figure_find(figure);
	bug_if(!f);
	return r->value[f - figure_list];
}

void report_withhold(struct report *r, const char *ids)
{
	buf_adds(&r->withheld, ids);
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

int report_withheld_count(const struct report *r)
{
	struct buf ids = BUF_INIT;
	const char **id = NULL;
	int count = 0, different = 0;
	buf_add(&ids, r->withheld.data, r->withheld.len);
	for (char *p = ids.data; *p; count++) {
		if ((count & (count - 1)) == 0)
			id = mem_resize(id, count > 0 ? 2 * (size_t)count : 1, sizeof *id);
		id[count] = p;
		p += strcspn(p, " ");
		if (*p)
			*p++ = '\0';
	}
	if (count > 0)
		qsort(id, (size_t)count, sizeof *id, by_text);
	for (int i = 0; i < count; i++)
		different += i == 0 || strcmp(id[i - 1], id[i]) != 0;
	free(id);
	buf_release(&ids);
	return different;
}

void report_period_words(const char *since, const char *until, struct buf *out)
{
	char first[DATE_SIZE] = "", last[DATE_SIZE] = "";
	date_show(since ? since : "", first);
	date_show(until ? until : "", last);
	if (*first && *last)
		/* TRANSLATORS: a period, both days included */
		buf_addf(out, _("from %s to %s"), first, last);
	else if (*first)
		buf_addf(out, _("from %s on"), first);
	else if (*last)
		buf_addf(out, _("to %s"), last);
	else
		/* TRANSLATORS: a period that is open on both sides */
		buf_adds(out, _("all the time of the programme"));
}

static int gather(struct report *r, struct err *e)
{
	if (programme_current(r->store, r->programme, e) != 0 || report_lists_read(r, e) != 0 || report_seminars_read(r, e) != 0)
		return -1;
	if (coverage_read(r->store, r->request->since, r->request->until, &r->coverage, e) != 0)
		return -1;
	return coverage_months_read(r->store, NULL, r->request->since, r->request->until, &r->months, e);
}

static void release(struct report *r)
{
	report_seminars_release(r);
	coverage_release(&r->coverage);
	coverage_months_release(&r->months);
	buf_release(&r->withheld);
	outline_free(r->lists);
	outline_free(r->out);
}

/* --- the figures alone --- */

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
static int write_csv(struct report *r, struct buf *out, struct err *e)
{
	struct buf number = BUF_INIT;
	if (report_lists_read(r, e) != 0)
		return -1;
	buf_adds(out, "\xef\xbb\xbf");
	/* TRANSLATORS: headings of a table: what is counted, how many, how that was computed */
	csv_line(out, _("Name"), _("Indicator"), _("How many"), _("How it was computed"));
	for (const struct figure *f = figure_list; f->name; f++) {
		buf_reset(&number);
		buf_addi(&number, r->value[f - figure_list]);
		csv_line(out, f->name, f->unit == FIGURE_MINUTES ? _("Minutes of consultations") : _(f->title), number.data, _(f->computed));
	}
	buf_release(&number);
	return 0;
}

/* --- the whole --- */

/* The first page says how many names are kept back, which is known when all else is there: so it comes into an outline of its own before. */
static int fill(struct report *r, struct err *e)
{
	typedef int section(struct report *r, struct err *e);
	static section *const sections[] = { report_indicators, report_seminars, report_coverage, report_training, report_exchange, report_changes };
	for (size_t i = 0; i < sizeof sections / sizeof *sections; i++)
		if (sections[i](r, e) != 0)
			return -1;
	if (r->lists)
		report_lists(r);
	return 0;
}

static int write_outline(struct report *r, enum report_format format, struct buf *out, struct err *e)
{
	static const enum outline_format formats[] = { [REPORT_TEXT] = OUTLINE_TEXT, [REPORT_HTML] = OUTLINE_HTML, [REPORT_PDF] = OUTLINE_PDF, [REPORT_XLSX] = OUTLINE_XLSX };
	struct outline *rest;
	struct buf title = BUF_INIT;
	buf_addf(&title, "%s: ", _("Report"));
	record_name(r->store, &programme_type, r->programme, &title);
	r->out = outline_new(title.data, title.data);
	buf_release(&title);
	int rc = fill(r, e);
	if (rc != 0)
		return -1;
	rest = r->out;
	r->out = outline_new(outline_at(rest, rest->title), outline_at(rest, rest->foot));
	rc = report_front(r, e);
	if (rc == 0) {
		outline_append(r->out, rest);
		rc = outline_write(r->out, formats[format], out, e);
	}
	outline_free(rest);
	return rc;
}

int report_write(struct store *s, const struct report_request *request, enum report_format format, struct buf *out, struct err *e)
{
	struct report r = { .store = s, .request = request, .format = format, .query = { .since = request->since, .until = request->until, .gated = !request->open }, .withheld = BUF_INIT };
	int rc;
	if (format == REPORT_HTML || format == REPORT_PDF || format == REPORT_XLSX)
		r.lists = outline_new("", "");
	store_grow_cache(s);
	if (format == REPORT_CSV)
		rc = write_csv(&r, out, e);
	else if ((rc = gather(&r, e)) == 0)
		rc = format == REPORT_JSON ? report_json(&r, out, e) : write_outline(&r, format, out, e);
	release(&r);
	store_shrink_cache(s);
	return rc;
}
