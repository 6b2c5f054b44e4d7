/* lists: import and export of whole lists. */
#include "commands/command.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "base/text.h"
#include "documents/csv.h"

/* What a list is called on the command line, besides the type's own name. */
static const struct { const char *kind; const struct record_type *type; } kinds[] = {
	{ "people", &person_type }, { "organisations", &organisation_type }, { "seminars", &seminar_type },
	{ "attendance", &attendance_type }, { "consultations", &consultation_type },
	{ "mentorships", &mentorship_type }, { "consents", &consent_type }, { "programmes", &programme_type }
};

static const struct record_type *kind_find(const char *word)
{
	size_t i;

	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (strcmp(kinds[i].kind, word) == 0)
			return kinds[i].type;
	return record_type_find(word);
}

/* --- import --- */

static void result_json(const struct import_result *r, struct buf *out)
{
	int i;

	buf_addf(out, "{\"rows\":%d,\"taken\":%d,\"known\":%d,\"problems\":[", r->rows, r->taken, r->known);
	for (i = 0; i < r->problems; i++) {
		buf_addf(out, "%s{\"line\":%d,\"text\":", i > 0 ? "," : "", r->problem[i].line);
		json_strings(out, r->problem[i].text);
		buf_addc(out, '}');
	}
	buf_adds(out, "],\"ignored\":[");
	for (i = 0; i < r->ignored_count; i++) {
		if (i > 0)
			buf_addc(out, ',');
		json_strings(out, r->ignored[i]);
	}
	buf_adds(out, "]}\n");
}

static void result_text(const struct import_result *r, bool dry_run, struct buf *out)
{
	int i;

	for (i = 0; i < r->ignored_count; i++) {
		buf_adds(out, _("column not understood and left out: "));
		text_escape(r->ignored[i], strlen(r->ignored[i]), out);
		buf_addc(out, '\n');
	}
	for (i = 0; i < r->problems; i++) {
		buf_addf(out, _("line %d: "), r->problem[i].line);
		text_escape(r->problem[i].text, strlen(r->problem[i].text), out);
		buf_addc(out, '\n');
	}
	buf_addf(out, dry_run ? _("would be taken: %d, known already: %d, not taken: %d\n") :
	    _("taken: %d, known already: %d, not taken: %d\n"), r->taken, r->known, r->problems);
}

int command_import(struct invocation *call, struct err *e)
{
	const char *charset = NULL;
	bool dry_run = false;
	const struct option options[] = { { "charset", &charset, NULL }, { "dry-run", NULL, &dry_run }, { NULL, NULL, NULL } };
	struct import_result result;
	struct buf out = BUF_INIT;
	int rc;

	if (invocation_options(call, options, e) != 0 || invocation_words(call, 2, 2, e) != 0)
		return -1;
	if (kind_find(call->argv[0]) != &person_type)
		return err_set(e, ERR_USAGE, _("“%s” cannot be imported; only people can"), call->argv[0]);
	if (invocation_open(call, e) != 0)
		return -1;
	if (import_people(call->store, call->argv[1], charset, dry_run, &result, e) != 0)
		return -1;
	if (call->json)
		result_json(&result, &out);
	else
		result_text(&result, dry_run, &out);
	rc = print_buf(&out, e);
	buf_release(&out);
	import_result_release(&result);
	return rc;
}

/* --- export --- */

int command_export(struct invocation *call, struct err *e)
{
	const char *format = "csv", *path = NULL;
	const struct option options[] = { { "format", &format, NULL }, { "-o", &path, NULL }, { NULL, NULL, NULL } };
	const struct record_type *t;
	struct buf out = BUF_INIT;
	bool json;
	int rc;

	if (invocation_options(call, options, e) != 0 || invocation_words(call, 1, 1, e) != 0)
		return -1;
	if ((t = kind_find(call->argv[0])) == NULL)
		return err_set(e, ERR_USAGE, _("there is no list “%s”; there are people, organisations, seminars, attendance, consultations,"
		    " mentorships, consents, programmes"),
		    call->argv[0]);
	json = call->json || strcmp(format, "json") == 0;
	if (!json && strcmp(format, "csv") != 0)
		return err_set(e, ERR_USAGE, _("the format is csv or json, not “%s”"), format);
	if (invocation_open(call, e) != 0)
		return -1;
	rc = json ? export_json(call->store, t, NULL, &out, e) : export_csv(call->store, t, &out, e);
	if (rc == 0)
		rc = write_result(path, &out, 0600, e);
	buf_release(&out);
	return rc;
}
