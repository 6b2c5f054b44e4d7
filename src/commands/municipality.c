/* municipality: the register of municipalities, with what each has. It is data of the program; a coordinator takes in another list. */
#include "commands/command.h"

#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "base/text.h"
#include "commands/municipality_import.h"
#include "listings/listing.h"
#include "records/municipality.h"

static const struct { const char *name; int column; bool number; } columns[] = {
	{ "name", MUNICIPALITIES_NAME, false }, { "kind", MUNICIPALITIES_KIND, false }, { "centre", MUNICIPALITIES_CENTRE, false },
	{ "consultants", MUNICIPALITIES_CONSULTANTS, true }, { "seminars", MUNICIPALITIES_SEMINARS, true }, { "people", MUNICIPALITIES_PEOPLE, true }
};
#define COLUMNS (sizeof(columns) / sizeof(columns[0]))

static void add_json(struct listing_view *v, int row, struct buf *out)
{
	size_t i;

	buf_addc(out, '{');
	json_key(out, "code");
	json_strings(out, listing_id(v, row));
	for (i = 0; i < COLUMNS; i++) {
		const char *cell = listing_cell(v, row, columns[i].column);

		json_key(out, columns[i].name);
		if (columns[i].number)
			buf_adds(out, *cell != '\0' ? cell : "0");
		else
			json_strings(out, cell);
	}
	buf_addc(out, '}');
}

static void add_line(struct listing_view *v, int row, struct buf *out)
{
	size_t i;

	buf_adds(out, listing_id(v, row));
	for (i = 0; i < COLUMNS; i++) {
		const char *cell = listing_cell(v, row, columns[i].column);

		buf_addc(out, '\t');
		text_escape_tsv(cell, strlen(cell), out);
	}
	buf_addc(out, '\n');
}

static void add_header(struct buf *out)
{
	size_t i;

	buf_adds(out, "code");
	for (i = 0; i < COLUMNS; i++)
		buf_addf(out, "\t%s", columns[i].name);
	buf_addc(out, '\n');
}

/* Rows of a view: all, or the one with that code. */
static int write_rows(struct invocation *call, struct listing_view *v, const char *code, struct buf *out, struct err *e)
{
	int64_t count;
	int row, told = 0;

	if (listing_count(v, &count, e) != 0 || listing_window(v, 0, (int)count, e) != 0)
		return -1;
	if (!call->json)
		add_header(out);
	else if (code == NULL)
		buf_addc(out, '[');
	for (row = 0; row < count; row++) {
		if (code != NULL && strcmp(code, listing_id(v, row)) != 0)
			continue;
		if (call->json && told++ > 0)
			buf_adds(out, ",\n");
		if (call->json)
			add_json(v, row, out);
		else
			add_line(v, row, out);
	}
	if (call->json)
		buf_adds(out, code == NULL ? "]\n" : "\n");
	return 0;
}

static int write_all(struct invocation *call, const char *words, const char *code, struct err *e)
{
	struct listing_view *v = listing_open(call->store, &municipalities_listing);
	struct buf out = BUF_INIT;
	int rc;

	listing_words(v, words);
	rc = write_rows(call, v, code, &out, e);
	listing_close(v);
	if (rc == 0)
		rc = print_buf(&out, e);
	if (rc == 0)
		command_tell_programme(call);
	buf_release(&out);
	return rc;
}

static int run_list(struct invocation *call, struct err *e)
{
	const char *filter = NULL;
	const struct option options[] = { { "filter", &filter, NULL }, { NULL, NULL, NULL } };

	if (invocation_options(call, options, e) != 0 || invocation_words(call, 0, 0, e) != 0 || invocation_open(call, e) != 0)
		return -1;
	return write_all(call, filter, NULL, e);
}

static int run_show(struct invocation *call, struct err *e)
{
	const struct option none[] = { { NULL, NULL, NULL } };
	char code[MUNICIPALITY_CODE_SIZE];

	if (invocation_options(call, none, e) != 0 || invocation_words(call, 1, 1, e) != 0 || invocation_open(call, e) != 0 ||
	    municipality_find_any(call->store, call->argv[0], code, e) != 0)
		return -1;
	return write_all(call, NULL, code, e);
}

int command_municipality(struct invocation *call, struct err *e)
{
	const char *verb = call->argc > 0 ? call->argv[0] : "";
	bool list = strcmp(verb, "list") == 0, import = strcmp(verb, "import") == 0;

	if (!list && !import && strcmp(verb, "show") != 0)
		return err_set(e, ERR_USAGE, _("usage: %s %s %s"), call->program->name, call->command->name, call->command->synopsis);
	call->argv++;
	call->argc--;
	return import ? municipality_import(call, e) : list ? run_list(call, e) : run_show(call, e);
}
