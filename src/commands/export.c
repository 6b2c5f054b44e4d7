/* export: a whole list for a spreadsheet or a program. What is personal leaves with a consent; whom it was kept back of is told. */
#include "commands/command.h"

#include <string.h>

#include "base/i18n.h"
#include "documents/csv.h"
#include "records/consent.h"

/* What a list is called on the command line, besides the type's own name and its table's. */
static const struct { const char *kind; const struct record_type *type; } kinds[] = {
	{ "people", &person_type }, { "organisations", &organisation_type }, { "seminars", &seminar_type },
	{ "attendance", &attendance_type }, { "consultations", &consultation_type },
	{ "calls", &call_type }, { "criteria", &criterion_type }, { "judges", &judge_type }, { "applications", &application_type }, { "scores", &score_type },
	{ "mentorships", &mentorship_type }, { "consents", &consent_type }, { "programmes", &programme_type },
	{ "texts", &template_type }, { "stories", &story_type }
};

static const struct record_type *kind_find(const char *word)
{
	const struct record_type *const *t;
	size_t len = strlen(word), i;

	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (strcmp(kinds[i].kind, word) == 0)
			return kinds[i].type;
	/* Of the others: the noun, its table, or the noun with an s behind it. */
	for (t = record_types; *t != NULL; t++) {
		size_t n = strlen((*t)->name);

		if (strcmp((*t)->name, word) == 0 || strcmp((*t)->table, word) == 0 || (len == n + 1 && word[n] == 's' && strncmp((*t)->name, word, n) == 0))
			return *t;
	}
	return NULL;
}

static int unknown_kind(const char *word, struct err *e)
{
	struct buf known = BUF_INIT;
	const struct record_type *const *t;

	for (t = record_types; *t != NULL; t++)
		buf_addf(&known, "%s%s", known.len > 0 ? ", " : "", (*t)->name);
	err_set(e, ERR_USAGE, _("there is no list “%s”; there are people, organisations, seminars, attendance, consultations and those of %s"), word, known.data);
	buf_release(&known);
	return -1;
}

static int make(struct invocation *call, const struct record_type *t, const char *format, struct consent_gate *gate, struct buf *out, struct err *e)
{
	if (strcmp(format, "json") == 0)
		return export_json(call->store, t, NULL, gate, out, e);
	if (strcmp(format, "xlsx") == 0)
		return export_xlsx(call->store, t, gate, out, e);
	return export_csv(call->store, t, gate, out, e);
}

/* What leaves with a list was agreed to for a purpose of its own. */
static const char *purpose_of(const struct record_type *t)
{
	if (t == &directory_type)
		return CONSENT_DIRECTORY;
	return t == &story_type ? CONSENT_PUBLICATION : CONSENT_PARTICIPATION;
}

/* The file is told of first: what went wrong with it matters more than whom it lacks. */
static int write_list(struct invocation *call, const struct record_type *t, const char *format, const char *path, struct err *e)
{
	struct consent_gate gate;
	struct buf out = BUF_INIT;
	int rc;

	consent_gate_open(&gate, call->store, purpose_of(t));
	rc = make(call, t, format, &gate, &out, e);
	if (rc == 0)
		rc = command_let_out(call, path, &out, &gate, e);
	consent_gate_close(&gate);
	buf_release(&out);
	return rc;
}

int command_export(struct invocation *call, struct err *e)
{
	const char *format = "csv", *path = NULL;
	const struct option options[] = { { "format", &format, NULL }, { "-o", &path, NULL }, { NULL, NULL, NULL } };
	const struct record_type *t;

	if (invocation_options(call, options, e) != 0 || invocation_words(call, 1, 1, e) != 0)
		return -1;
	if ((t = kind_find(call->argv[0])) == NULL)
		return unknown_kind(call->argv[0], e);
	if (call->json)
		format = "json";
	if (strcmp(format, "csv") != 0 && strcmp(format, "json") != 0 && strcmp(format, "xlsx") != 0)
		return err_set(e, ERR_USAGE, _("the format is csv, json or xlsx, not “%s”"), format);
	if (invocation_open(call, e) != 0)
		return -1;
	return write_list(call, t, format, path, e);
}
