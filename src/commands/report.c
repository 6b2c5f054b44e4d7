/* report: what the grant's report asks for, in any format; the list that proves one figure; reports that were filed and what changed since. Both programs have
 * it; filing is a coordinator's work. */
#include "commands/command.h"

#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "commands/filings.h"
#include "documents/report.h"
#include "records/consent.h"
#include "sync/sync.h"

/* Unless it is said: what the file's name ends with, else text. */
static int choose_format(const struct invocation *call, const char *word, const struct delivery_options *to, int *format, struct err *e)
{
	*format = call->json ? REPORT_JSON : to->printer != NULL ? REPORT_PDF : REPORT_TEXT;
	if (word == NULL && to->path != NULL && !call->json && strchr(to->path, '.') != NULL && report_format_find(to->path) >= 0)
		*format = report_format_find(to->path);
	if (word == NULL)
		return 0;
	*format = strchr(word, '.') != NULL ? -1 : report_format_find(word);
	return *format >= 0 ? 0 : err_set(e, ERR_USAGE, _("the format is text, html, xlsx, pdf, csv or json, not “%s”"), word);
}

static int unknown_figure(const char *name, struct err *e)
{
	const struct figure *f;
	struct buf names = BUF_INIT;

	for (f = figure_list; f->name != NULL; f++)
		buf_addf(&names, "%s%s", f > figure_list ? ", " : "", f->name);
	err_set(e, ERR_USAGE, _("there is no figure “%s”; there are %s"), name, names.data);
	buf_release(&names);
	return -1;
}

/* Days as typed → ISO. */
int report_period(const char *typed_since, const char *typed_until, char since[DATE_SIZE], char until[DATE_SIZE], struct err *e)
{
	char today[DATE_SIZE];

	date_today(today);
	since[0] = until[0] = '\0';
	if ((typed_since != NULL && *typed_since != '\0' && date_parse(typed_since, today, since, e) != 0) ||
	    (typed_until != NULL && *typed_until != '\0' && date_parse(typed_until, today, until, e) != 0))
		return -1;
	if (since[0] != '\0' && until[0] != '\0' && strcmp(since, until) > 0)
		return err_set(e, ERR_USAGE, _("the period ends before it begins"));
	return 0;
}

struct wanted {
	const char *word, *since, *until;
	struct delivery_options to;
	int format;
	char first[DATE_SIZE], last[DATE_SIZE];
};

static int take_words(struct invocation *call, struct wanted *w, struct err *e)
{
	const struct option options[] = {
		{ "format", &w->word, NULL }, { "since", &w->since, NULL }, { "until", &w->until, NULL }, { "-o", &w->to.path, NULL }, { "print", &w->to.printer, NULL },
		{ NULL, NULL, NULL }
	};

	if (invocation_options(call, options, e) != 0 || invocation_words(call, 0, 1, e) != 0 || choose_format(call, w->word, &w->to, &w->format, e) != 0)
		return -1;
	return report_period(w->since, w->until, w->first, w->last, e);
}

static int write_report(struct invocation *call, const struct wanted *w, struct buf *out, struct err *e)
{
	struct report_standing standing = { .region = false };
	const struct report_request request = { .since = w->first, .until = w->last, .standing = &standing };
	int rc = sync_standing(call->store, &standing, e);

	if (rc == 0)
		rc = report_write(call->store, &request, (enum report_format)w->format, out, e);
	report_standing_release(&standing);
	return rc;
}

/* Where it is only printed it names people, as `person list` does; what goes into a file, to a printer or in another format goes through the gate of consents. */
static int write_proof(struct invocation *call, const struct wanted *w, const struct figure *which, struct consent_gate *gate, struct buf *out, struct err *e)
{
	const bool leaves = w->word != NULL || w->to.path != NULL || w->to.printer != NULL;
	const struct figure_query q = { .since = w->first, .until = w->last, .gated = leaves };

	return report_proof_write(call->store, which, &q, (enum report_format)w->format, leaves ? gate : NULL, out, e);
}

/* Of who consented the report lists the names; as text and as figures it has none. */
static bool has_lists(const struct wanted *w)
{
	return w->format == REPORT_HTML || w->format == REPORT_PDF || w->format == REPORT_XLSX;
}

static int run_report(struct invocation *call, struct err *e)
{
	struct wanted w = { .word = NULL };
	const struct figure *which = NULL;
	struct buf out = BUF_INIT, words = BUF_INIT;
	struct consent_gate gate;
	int rc;

	if (take_words(call, &w, e) != 0)
		return -1;
	if (call->argc == 1 && (which = figure_find(call->argv[0])) == NULL)
		return unknown_figure(call->argv[0], e);
	if (w.to.printer != NULL && w.format != REPORT_PDF)
		return err_set(e, ERR_USAGE, _("a printer takes the report as pdf"));
	if (invocation_open(call, e) != 0)
		return -1;
	consent_gate_open(&gate, call->store, CONSENT_PARTICIPATION);
	rc = which != NULL ? write_proof(call, &w, which, &gate, &out, e) : write_report(call, &w, &out, e);
	if (rc == 0)
		rc = command_deliver(call, &w.to, which != NULL ? _(which->title) : _("Report"), &out, which != NULL ? gate.let_out : has_lists(&w), e);
	if (rc == 0) {
		consent_gate_words(&gate, 0, &words);
		command_warn(call, words.data);
	}
	consent_gate_close(&gate);
	buf_release(&words);
	buf_release(&out);
	return rc;
}

int command_report(struct invocation *call, struct err *e)
{
	static const struct { const char *word; int (*run)(struct invocation *call, struct err *e); } verbs[] = {
		{ "file", filings_file }, { "filings", filings_list }, { "compare", filings_compare }
	};
	size_t i;

	for (i = 0; call->argc > 0 && i < sizeof(verbs) / sizeof(verbs[0]); i++) {
		if (strcmp(call->argv[0], verbs[i].word) != 0)
			continue;
		call->argv++;
		call->argc--;
		return verbs[i].run(call, e);
	}
	return run_report(call, e);
}
