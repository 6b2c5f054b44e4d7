/* report: the figures of what the store holds, how each was computed, and the list that proves it. Both programs have it. */
#include "commands/command.h"

#include <string.h>

#include "base/i18n.h"
#include "documents/report.h"

static const struct { const char *word; enum report_format format; } formats[] = {
	{ "text", REPORT_TEXT }, { "csv", REPORT_CSV }, { "html", REPORT_HTML }, { "json", REPORT_JSON }
};

static int find_format(const char *word, enum report_format *format)
{
	size_t i;

	for (i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
		if (strcmp(formats[i].word, word) != 0)
			continue;
		*format = formats[i].format;
		return 0;
	}
	return -1;
}

/* Unless it is said: what the file's name ends with, else text. */
static int choose_format(const struct invocation *call, const char *word, const char *path, enum report_format *format, struct err *e)
{
	const char *end = path != NULL ? strrchr(path, '.') : NULL;

	*format = call->json ? REPORT_JSON : REPORT_TEXT;
	if (word != NULL)
		return find_format(word, format) == 0 ? 0 : err_set(e, ERR_USAGE, _("the format is text, csv, html or json, not “%s”"), word);
	if (end != NULL && !call->json)
		find_format(end + 1, format);
	return 0;
}

static int write_proof(struct invocation *call, const char *name, struct buf *out, struct err *e)
{
	const struct figure *which = figure_find(name), *i;
	struct buf names = BUF_INIT;

	if (which != NULL)
		return invocation_open(call, e) == 0 ? report_proof(call->store, which, call->json, out, e) : -1;
	for (i = figure_list; i->name != NULL; i++)
		buf_addf(&names, "%s%s", i > figure_list ? ", " : "", i->name);
	err_set(e, ERR_USAGE, _("there is no figure “%s”; there are %s"), name, names.data);
	buf_release(&names);
	return -1;
}

int command_report(struct invocation *call, struct err *e)
{
	const char *word = NULL, *path = NULL;
	const struct option options[] = { { "format", &word, NULL }, { "-o", &path, NULL }, { NULL, NULL, NULL } };
	enum report_format format;
	struct buf out = BUF_INIT;
	int rc = -1;

	if (invocation_options(call, options, e) != 0 || invocation_words(call, 0, 1, e) != 0 || choose_format(call, word, path, &format, e) != 0)
		return -1;
	if (call->argc == 1 && (word != NULL || path != NULL))
		return err_set(e, ERR_USAGE, _("the list that proves a figure names people; it is printed only, without --format and -o"));
	if (call->argc == 1)
		rc = write_proof(call, call->argv[0], &out, e);
	else if (invocation_open(call, e) == 0)
		rc = report_write(call->store, format, &out, e);
	if (rc == 0)
		rc = write_result(path, &out, 0600, e);
	buf_release(&out);
	return rc;
}
