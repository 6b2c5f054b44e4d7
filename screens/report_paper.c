#include "screens/report_paper.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "documents/report.h"
#include "documents/typeset.h"
#include "screens/parts/output.h"
#include "screens/parts/pick.h"

/* A report that is asked for. */
struct wanted {
	struct loop *loop;
	char since[DATE_SIZE], until[DATE_SIZE];
	enum report_format format;
};

static int make(struct store *s, void *context, struct buf *out, struct err *e)
{
	const struct wanted *w = context;
	struct report_standing standing = { .region = false };
	const struct report_request request = { .since = w->since, .until = w->until, .standing = &standing };
	int rc = sync_standing(s, &standing, e);

	if (rc == 0)
		rc = report_write(s, &request, w->format, out, e);
	report_standing_release(&standing);
	return rc;
}

static unsigned offer(struct wanted *w)
{
	char today[DATE_SIZE];
	struct buf file = BUF_INIT;
	struct output o = { .title = _("Report"), .printable = w->format == REPORT_PDF, .personal = w->format != REPORT_CSV,
		.make = make, .context = w, .release = free };
	unsigned did;

	date_today(today);
	/* TRANSLATORS: the beginning of a file's name */
	buf_addf(&file, "%s-%s.%s", _("report"), today, w->format == REPORT_TEXT ? "txt" : report_format_words[w->format]);
	o.file = file.data;
	did = output_offer(w->loop, &o);
	buf_release(&file);
	return did;
}

static unsigned chosen(void *context, const char *const *values, int count)
{
	struct wanted *w = context;
	int format = count > 0 ? report_format_find(values[0]) : -1;

	if (format < 0) {
		free(w);
		return DID_CHANGE;
	}
	w->format = (enum report_format)format;
	return offer(w);
}

void report_paper_ask(struct loop *l, const char *since, const char *until)
{
	static const struct { enum report_format format; const char *text, *hint; } forms[] = {
		{ REPORT_PDF, N_("to print and to hand in"), "PDF" }, { REPORT_HTML, N_("to read on a screen or a telephone"), "HTML" },
		{ REPORT_XLSX, N_("a workbook, a sheet for each list"), "XLSX" }, { REPORT_CSV, N_("the figures alone, for a spreadsheet"), "CSV" },
		{ REPORT_TEXT, N_("plain text"), "TXT" }, { REPORT_JSON, N_("for programs"), "JSON" },
	};
	struct wanted *w = mem_zero(1, sizeof *w);
	struct screen *pick = pick_open(_("The report, in which form"), chosen, w);

	w->loop = l;
	snprintf(w->since, sizeof w->since, "%s", since);
	snprintf(w->until, sizeof w->until, "%s", until);
	for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++)
		if (typeset_available() || (forms[i].format != REPORT_PDF && forms[i].format != REPORT_XLSX)) {
			pick_add(pick, report_format_words[forms[i].format], _(forms[i].text), forms[i].hint);
			pick_also(pick, report_format_words[forms[i].format]);
		}
	loop_push(l, pick);
}
