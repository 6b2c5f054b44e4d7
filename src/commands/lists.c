/* lists: import of whole lists. */
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

static const char *const fates[] = { [IMPORT_NEW] = "new", [IMPORT_CHANGED] = "changed", [IMPORT_SAME] = "same", [IMPORT_REFUSED] = "refused" };

struct rows_out {
	struct buf out;
	bool json;
};

/* What would become of each row, for --dry-run. */
static int add_row(void *context, const struct import_row *row, struct err *e)
{
	struct rows_out *rows = context;

	(void)e;
	if (rows->json) {
		buf_addf(&rows->out, "%s{\"line\":%d,\"result\":\"%s\",\"name\":", rows->out.len > 0 ? ",\n" : "", row->line, fates[row->fate]);
		json_strings(&rows->out, row->name);
		buf_adds(&rows->out, ",\"words\":");
		json_strings(&rows->out, row->words);
		buf_addc(&rows->out, '}');
		return 0;
	}
	if (rows->out.len == 0)
		buf_adds(&rows->out, "line\tresult\tname\twords\n");
	buf_addf(&rows->out, "%d\t%s\t", row->line, fates[row->fate]);
	text_escape_tsv(row->name, strlen(row->name), &rows->out);
	buf_addc(&rows->out, '\t');
	text_escape_tsv(row->words, strlen(row->words), &rows->out);
	buf_addc(&rows->out, '\n');
	return 0;
}

static void result_json(const struct import_result *r, const struct buf *rows, bool dry_run, struct buf *out)
{
	int i;

	buf_addf(out, "{\"charset\":\"%s\",\"rows\":%d,\"taken\":%d,\"changed\":%d,\"known\":%d,\"problems\":[", r->charset, r->rows, r->taken,
	    r->changed, r->known);
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
	buf_addc(out, ']');
	if (dry_run)
		buf_addf(out, ",\"list\":[%s]", rows->data);
	buf_adds(out, "}\n");
}

static void result_text(const struct import_result *r, const struct buf *rows, bool dry_run, struct buf *out)
{
	int i;

	for (i = 0; i < r->ignored_count; i++) {
		buf_adds(out, _("column not understood and left out: "));
		text_escape(r->ignored[i], strlen(r->ignored[i]), out);
		buf_addc(out, '\n');
	}
	for (i = 0; !dry_run && i < r->problems; i++) {
		buf_addf(out, _("line %d: "), r->problem[i].line);
		text_escape(r->problem[i].text, strlen(r->problem[i].text), out);
		buf_addc(out, '\n');
	}
	buf_add(out, rows->data, rows->len);
	buf_addf(out, dry_run ? _("would be taken: %d, filled in: %d, known already: %d, not taken: %d\n") :
	    _("taken: %d, filled in: %d, known already: %d, not taken: %d\n"), r->taken, r->changed, r->known, r->problems);
}

int command_import(struct invocation *call, struct err *e)
{
	const char *charset = NULL;
	bool dry_run = false;
	const struct option options[] = { { "charset", &charset, NULL }, { "dry-run", NULL, &dry_run }, { NULL, NULL, NULL } };
	struct rows_out rows = { BUF_INIT, call->json };
	struct import_result result;
	struct import_list *list;
	struct buf out = BUF_INIT;
	int rc;

	if (invocation_options(call, options, e) != 0 || invocation_words(call, 2, 2, e) != 0)
		return -1;
	if (kind_find(call->argv[0]) != &person_type)
		return err_set(e, ERR_USAGE, _("“%s” cannot be imported; only people can"), call->argv[0]);
	if (invocation_open(call, e) != 0 || (list = import_list_open(call->argv[1], charset, e)) == NULL)
		return -1;
	rc = import_list_run(call->store, list, dry_run, dry_run ? add_row : NULL, &rows, &result, e);
	import_list_close(list);
	if (rc == 0 && call->json)
		result_json(&result, &rows.out, dry_run, &out);
	else if (rc == 0)
		result_text(&result, &rows.out, dry_run, &out);
	if (rc == 0)
		rc = print_buf(&out, e);
	buf_release(&rows.out);
	buf_release(&out);
	import_result_release(&result);
	return rc;
}
