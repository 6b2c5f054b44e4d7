/* import: a list out of a spreadsheet, or contacts out of a telephone, into the store. */
#include "commands/command.h"

#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "base/text.h"
#include "documents/import.h"

static const char *const fates[] = { [IMPORT_NEW] = "new", [IMPORT_CHANGED] = "changed", [IMPORT_SAME] = "same", [IMPORT_REFUSED] = "refused" };

/* --- rows, for --dry-run --- */

struct rows_out {
	struct buf out;
	bool json;
};

static void add_question(const struct import_question *q, struct buf *out)
{
	int i;

	buf_addc(out, '{');
	json_key(out, "column");
	json_strings(out, import_columns[q->column].name);
	json_key(out, "typed");
	json_strings(out, q->typed);
	buf_adds(out, ",\"candidates\":[");
	for (i = 0; i < q->count; i++) {
		buf_adds(out, i > 0 ? ",{" : "{");
		json_key(out, "id");
		json_strings(out, q->candidate[i].id);
		json_key(out, "text");
		json_strings(out, q->candidate[i].text);
		buf_addc(out, '}');
	}
	buf_addf(out, "],\"new\":%s}", q->may_be_new ? "true" : "false");
}

/* What would become of a row. */
static int add_row(void *context, const struct import_row *row, struct err *e)
{
	struct rows_out *rows = context;

	(void)e;
	if (rows->json) {
		buf_addf(&rows->out, "%s{\"line\":%d,\"result\":\"%s\",\"name\":", rows->out.len > 0 ? ",\n" : "", row->line, fates[row->fate]);
		json_strings(&rows->out, row->name);
		buf_adds(&rows->out, ",\"words\":");
		json_strings(&rows->out, row->words);
		if (row->question != NULL) {
			buf_adds(&rows->out, ",\"question\":");
			add_question(row->question, &rows->out);
		}
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

/* --- the whole --- */

static void result_json(const struct import_result *r, const struct buf *rows, bool dry_run, struct buf *out)
{
	int i;

	buf_addf(out, "{\"charset\":\"%s\",\"rows\":%d,\"taken\":%d,\"changed\":%d,\"known\":%d,\"asked\":%d,\"problems\":[", r->charset, r->rows,
	    r->taken, r->changed, r->known, r->asked);
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

	/* What is to be read by a program comes first. */
	if (dry_run)
		buf_add(out, rows->data, rows->len);
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
	buf_addf(out, dry_run ? _("would be taken: %d, filled in: %d, known already: %d, not taken: %d\n") :
	    _("taken: %d, filled in: %d, known already: %d, not taken: %d\n"), r->taken, r->changed, r->known, r->problems);
}

/* What each column would be taken for. */
static int write_columns(struct invocation *call, struct import_list *list, struct buf *out, struct err *e)
{
	struct import_told_columns columns;
	int i;

	if (import_list_columns(list, call->store, true, &columns, e) != 0)
		return -1;
	buf_adds(out, call->json ? "[" : "title\tfield\texample\n");
	for (i = 0; i < columns.count; i++) {
		const struct import_told *c = &columns.column[i];

		if (call->json) {
			buf_adds(out, i > 0 ? ",\n{" : "{");
			json_key(out, "title");
			json_strings(out, c->title);
			json_key(out, "field");
			json_strings(out, import_columns[c->column].name);
			json_key(out, "example");
			json_strings(out, c->example);
			buf_addc(out, '}');
			continue;
		}
		text_escape_tsv(c->title, strlen(c->title), out);
		buf_addf(out, "\t%s\t", import_columns[c->column].name);
		text_escape_tsv(c->example, strlen(c->example), out);
		buf_addc(out, '\n');
	}
	if (call->json)
		buf_adds(out, "]\n");
	import_told_columns_release(&columns);
	return 0;
}

struct wanted { const char *charset, *map, *set, *seminar, *call; bool dry_run, new_people, columns; };

static int tell(struct import_list *list, const struct wanted *w, struct err *e)
{
	import_list_new_people(list, w->new_people);
	if (w->map != NULL && import_list_map(list, w->map, e) != 0)
		return -1;
	if (w->seminar != NULL)
		import_list_say(list, COLUMN_SEMINAR, w->seminar);
	if (w->call != NULL)
		import_list_say(list, COLUMN_CALL, w->call);
	return w->set != NULL ? import_list_say_pair(list, w->set, e) : 0;
}

static int run(struct invocation *call, struct import_list *list, const struct wanted *w, struct buf *out, struct err *e)
{
	struct rows_out rows = { BUF_INIT, call->json };
	struct import_result result;
	int rc;

	if (w->columns)
		return write_columns(call, list, out, e);
	rc = import_list_run(call->store, list, w->dry_run, w->dry_run ? add_row : NULL, &rows, &result, e);
	if (rc == 0 && call->json)
		result_json(&result, &rows.out, w->dry_run, out);
	else if (rc == 0)
		result_text(&result, &rows.out, w->dry_run, out);
	buf_release(&rows.out);
	import_result_release(&result);
	return rc;
}

static int find_kind(const char *word, enum import_kind *kind, struct err *e)
{
	int k;

	for (k = 0; k < IMPORT_KINDS; k++) {
		if (strcmp(import_kind_names[k], word) != 0)
			continue;
		*kind = (enum import_kind)k;
		return 0;
	}
	return err_set(e, ERR_USAGE, _("“%s” cannot be imported; people, seminars, attendance and applications can"), word);
}

/* What can be told of this kind of list alone. */
static int check(enum import_kind kind, const struct wanted *w, struct err *e)
{
	if (w->seminar != NULL && kind != IMPORT_ATTENDANCE)
		return err_set(e, ERR_USAGE, _("--seminar is for attendance"));
	if (w->call != NULL && kind != IMPORT_APPLICATIONS)
		return err_set(e, ERR_USAGE, _("--call is for applications"));
	if (w->new_people && kind != IMPORT_ATTENDANCE && kind != IMPORT_APPLICATIONS)
		return err_set(e, ERR_USAGE, _("--new-people is for attendance and applications"));
	return 0;
}

int command_import(struct invocation *call, struct err *e)
{
	struct wanted w = { 0 };
	const struct option options[] = {
		{ "charset", &w.charset, NULL }, { "dry-run", NULL, &w.dry_run }, { "map", &w.map, NULL }, { "set", &w.set, NULL },
		{ "seminar", &w.seminar, NULL }, { "call", &w.call, NULL }, { "new-people", NULL, &w.new_people }, { "columns", NULL, &w.columns },
		{ NULL, NULL, NULL }
	};
	struct import_list *list;
	struct buf out = BUF_INIT;
	enum import_kind kind = IMPORT_PEOPLE;
	int rc;

	if (invocation_options(call, options, e) != 0 || invocation_words(call, 2, 2, e) != 0 || find_kind(call->argv[0], &kind, e) != 0 ||
	    check(kind, &w, e) != 0 || invocation_open(call, e) != 0 || (list = import_list_open(kind, call->argv[1], w.charset, e)) == NULL)
		return -1;
	rc = tell(list, &w, e);
	if (rc == 0)
		rc = run(call, list, &w, &out, e);
	import_list_close(list);
	if (rc == 0)
		rc = print_buf(&out, e);
	buf_release(&out);
	return rc;
}
