/* record: one subcommand for each type of record: add, list, show, edit, remove. Fields are options, from the type's own list. */
#include "commands/command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fsutil.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "commands/record_verbs.h"
#include "documents/csv.h"
#include "records/municipality.h"
#include "records/person.h"
#include "records/record.h"

#define TEXT_FILE_MAX (1 << 20)		/* the longest text has 400,000 bytes, and Windows two for the end of a line */

/* The words of the command line for each field: its name, "--unnamed-basis" for unnamed_basis, its other word, and of a long text "--body-file". */
struct field_words {
	const char *value[RECORD_FIELDS_MAX], *file[RECORD_FIELDS_MAX];
	char name[2 * RECORD_FIELDS_MAX][64];	/* made here: with hyphens, with "-file" behind */
	struct option option[4 * RECORD_FIELDS_MAX + 2];	/* with --filter, and the end */
	int names, options;
};

/* A word for a field's value, and one for the file that it stands in. */
static void add_words(struct field_words *w, const struct field *f, int i, const char *word)
{
	char *made = w->name[w->names];

	w->option[w->options++] = (struct option){ word, &w->value[i], NULL };
	if (f->kind != FIELD_LONG_TEXT)
		return;
	snprintf(made, sizeof(w->name[0]), "%s-file", word);
	w->names++;
	w->option[w->options++] = (struct option){ made, &w->file[i], NULL };
}

static void field_options(const struct record_type *t, struct field_words *w)
{
	const struct field *f;
	char *made, *p;
	int i;

	memset(w, 0, sizeof(*w));
	for (i = 0; i < t->count; i++) {
		f = &t->fields[i];
		if (strchr(f->name, '_') != NULL) {
			w->option[w->options++] = (struct option){ f->name, &w->value[i], NULL };
			made = w->name[w->names++];
			snprintf(made, sizeof(w->name[0]), "%s", f->name);
			while ((p = strchr(made, '_')) != NULL)
				*p = '-';
			w->option[w->options++] = (struct option){ made, &w->value[i], NULL };
		} else {
			add_words(w, f, i, f->name);
		}
		if (f->word != NULL)
			add_words(w, f, i, f->word);
	}
}

static int take_fields(struct invocation *call, const struct record_type *t, struct field_words *w, struct err *e)
{
	field_options(t, w);
	if (invocation_options(call, w->option, e) == 0)
		return 0;
	if (e->code == ERR_USAGE)
		e->code = ERR_REFUSED;		/* an unknown field is refused like an impossible value */
	return -1;
}

/* A text from a file, with the byte-order mark that Windows puts before it taken off. */
static int set_from_file(struct store *s, struct record *r, int i, const char *path, struct err *e)
{
	struct buf text = BUF_INIT;
	char *to, *from;
	int rc = fs_read(path, TEXT_FILE_MAX, false, &text, e);

	if (rc == 0 && strlen(text.data) != text.len)
		rc = err_set(e, ERR_REFUSED, _("%s is no text"), path);
	/* Lines as Windows ends them. */
	for (to = from = text.data; rc == 0 && *from != '\0'; from++)
		if (*from != '\r')
			*to++ = *from;
	if (rc == 0 && text.len > 0)
		*to = '\0';
	if (rc == 0)
		rc = record_set(s, r, r->type->fields[i].name, text.data + (strncmp(text.data, "\xef\xbb\xbf", 3) == 0 ? 3 : 0), e);
	buf_release(&text);
	return rc;
}

static int set_fields(struct store *s, struct record *r, const struct field_words *w, struct err *e)
{
	int i;

	for (i = 0; i < r->type->count; i++) {
		if (w->value[i] != NULL && record_set(s, r, r->type->fields[i].name, w->value[i], e) != 0)
			return -1;
		if (w->file[i] != NULL && set_from_file(s, r, i, w->file[i], e) != 0)
			return -1;
	}
	return record_save(s, r, e);
}

static int run_add(struct invocation *call, const struct record_type *t, struct err *e)
{
	struct field_words w;
	struct record r;
	int rc;

	if (take_fields(call, t, &w, e) != 0 || invocation_words(call, 0, 0, e) != 0 || invocation_open(call, e) != 0 ||
	    store_begin(call->store, e) != 0)
		return -1;
	record_init(&r, t);
	rc = set_fields(call->store, &r, &w, e);
	/* A script that did not get the id would add the record again. */
	if (rc == 0 && (rc = print_text(e, "%s\n", r.id)) == 0 && fflush(stdout) != 0)
		rc = err_sys(e, ERR_REFUSED, "%s", _("standard output cannot be written"));
	record_release(&r);
	if (rc == 0)
		return store_commit(call->store, e);
	store_rollback(call->store);
	return -1;
}

static int run_edit(struct invocation *call, const struct record_type *t, struct err *e)
{
	struct field_words w;
	struct record r;
	char id[RECORD_ID_SIZE];
	int rc;

	if (take_fields(call, t, &w, e) != 0 || invocation_words(call, 1, 1, e) != 0 || invocation_open(call, e) != 0 ||
	    record_resolve(call->store, t, call->argv[0], id, e) != 0 || record_load(call->store, &r, t, id, e) != 0)
		return -1;
	rc = set_fields(call->store, &r, &w, e);
	record_release(&r);
	return rc;
}

static int remove_each(struct invocation *call, const struct record_type *t, struct err *e)
{
	char id[RECORD_ID_SIZE];
	int i;

	for (i = 0; i < call->argc; i++)
		if (record_resolve(call->store, t, call->argv[i], id, e) != 0 || record_remove(call->store, t, id, e) != 0)
			return -1;
	return 0;
}

/* All of them or none. */
static int run_remove(struct invocation *call, const struct record_type *t, struct err *e)
{
	const struct option none[] = { { NULL, NULL, NULL } };

	if (invocation_options(call, none, e) != 0 || invocation_words(call, 1, -1, e) != 0 || invocation_open(call, e) != 0 ||
	    store_begin(call->store, e) != 0)
		return -1;
	if (remove_each(call, t, e) == 0)
		return store_commit(call->store, e);
	store_rollback(call->store);
	return -1;
}

/* --- help --- */

static void field_help(const struct field *f, FILE *to)
{
	char word[64];
	const struct choice *c;
	size_t i;

	for (i = 0; f->name[i] != '\0' && i + 1 < sizeof(word); i++)
		word[i] = f->name[i] == '_' ? '-' : f->name[i];
	word[i] = '\0';
	fprintf(to, "  --%-14s %s", word, _(f->label));
	if (f->word != NULL)
		fprintf(to, " (--%s)", f->word);
	if (f->kind == FIELD_LONG_TEXT)
		fprintf(to, " (--%s-file FILE)", f->word != NULL ? f->word : f->name);
	for (c = f->choices; c != NULL && c->code != NULL; c++)
		fprintf(to, "%s%s", c == f->choices ? ": " : ", ", c->code);
	fprintf(to, "\n");
}

void record_help(const struct command *c, FILE *to)
{
	const struct record_type *t = record_type_find(c->name);
	int i;

	if (t == NULL)
		return;
	fprintf(to, "\n  --%-14s %s\n", "filter", _("list: only lines with these words; the fields below narrow it too"));
	for (i = 0; i < t->count; i++)
		field_help(&t->fields[i], to);
}

/* --- tab-separated lines --- */

struct lines {
	struct store *store;
	struct buf out;
	bool json, begun;
	char *value[RECORD_FIELDS_MAX];		/* as kept, or folded where a part of the text is looked for; NULL: any */
};

void record_header_line(const struct record_type *t, struct buf *out)
{
	int i;

	buf_adds(out, "id");
	for (i = 0; i < t->count; i++) {
		buf_addc(out, '\t');
		buf_adds(out, t->fields[i].name);
	}
	buf_addc(out, '\n');
}

static void cell(struct store *s, const struct field *f, const char *value, struct buf *out)
{
	struct buf name = BUF_INIT;

	if (*value == '\0')
		return;
	if (f->kind == FIELD_REFERENCE)
		record_name(s, record_type_find(f->references), value, &name);
	else if (f->kind == FIELD_MUNICIPALITY)
		municipality_name(s, value, &name);
	else
		buf_adds(&name, value);
	text_escape_tsv(name.data, name.len, out);
	buf_release(&name);
}

void record_text_line(struct store *s, const struct record *r, struct buf *out)
{
	int i;

	text_escape_tsv(r->id, strlen(r->id), out);
	for (i = 0; i < r->type->count; i++) {
		buf_addc(out, '\t');
		cell(s, &r->type->fields[i], r->value[i], out);
	}
	buf_addc(out, '\n');
}

static int record_line(void *context, const struct record *r, struct err *e)
{
	struct lines *lines = context;
	int rc = 0;

	record_text_line(lines->store, r, &lines->out);
	if (lines->out.len > 65536) {
		rc = print_buf(&lines->out, e);
		buf_reset(&lines->out);
	}
	return rc;
}

/* --- the lines that are wanted: list --mentor P --topic T --- */

static bool is_text(const struct field *f)
{
	return f->kind == FIELD_TEXT || f->kind == FIELD_LONG_TEXT || f->kind == FIELD_EMAIL;
}

/* Of a text a part is looked for, whatever its case; anything else is what it is. */
static int want_values(struct lines *lines, const struct record_type *t, const struct field_words *w, struct err *e)
{
	struct buf parsed = BUF_INIT;
	char code[MUNICIPALITY_CODE_SIZE];
	int i, rc = 0;

	for (i = 0; i < t->count && rc == 0; i++) {
		if (w->value[i] == NULL)
			continue;
		buf_reset(&parsed);
		if (is_text(&t->fields[i]))
			text_fold(w->value[i], strlen(w->value[i]), &parsed);
		else if (t->fields[i].kind == FIELD_MUNICIPALITY && municipality_find_any(lines->store, w->value[i], code, NULL) == 0)
			buf_adds(&parsed, code);	/* an abolished one, too */
		else
			rc = field_parse(lines->store, &t->fields[i], w->value[i], &parsed, e);
		lines->value[i] = mem_dup(parsed.data);
	}
	buf_release(&parsed);
	return rc;
}

static bool is_wanted(const struct lines *lines, const struct record *r)
{
	struct buf folded = BUF_INIT;
	bool wanted = true;
	int i;

	for (i = 0; i < r->type->count && wanted; i++) {
		if (lines->value[i] == NULL)
			continue;
		if (!is_text(&r->type->fields[i])) {
			wanted = strcmp(lines->value[i], r->value[i]) == 0;
			continue;
		}
		buf_reset(&folded);
		text_fold(r->value[i], strlen(r->value[i]), &folded);
		wanted = strstr(folded.data, lines->value[i]) != NULL;
	}
	buf_release(&folded);
	return wanted;
}

static int list_record(void *context, const struct record *r, struct err *e)
{
	struct lines *lines = context;

	if (!is_wanted(lines, r))
		return 0;
	if (!lines->json)
		return record_line(lines, r, e);
	buf_adds(&lines->out, lines->begun ? ",\n" : "");
	lines->begun = true;
	return record_json(lines->store, r, &lines->out, e);
}

static int run_list(struct invocation *call, const struct record_type *t, struct err *e)
{
	const char *filter = NULL;
	struct field_words w;
	struct lines lines = { .out = BUF_INIT, .json = call->json };
	int i, rc, programme = record_field(t, "programme");

	field_options(t, &w);
	w.option[w.options++] = (struct option){ "filter", &filter, NULL };
	if (invocation_options(call, w.option, e) != 0 || invocation_words(call, 0, 0, e) != 0 || invocation_open(call, e) != 0)
		return -1;
	lines.store = call->store;
	rc = want_values(&lines, t, &w, e);
	if (rc == 0 && call->json)
		buf_addc(&lines.out, '[');
	else if (rc == 0)
		record_header_line(t, &lines.out);
	if (rc == 0)
		rc = record_each_in(call->store, t, programme >= 0 && w.value[programme] != NULL ? lines.value[programme] : NULL, filter, list_record,
		    &lines, e);
	if (rc == 0 && call->json)
		buf_adds(&lines.out, "]\n");
	if (rc == 0)
		rc = print_buf(&lines.out, e);
	if (rc == 0 && (t == &person_type || (programme >= 0 && w.value[programme] == NULL)))
		command_tell_programme(call);
	for (i = 0; i < t->count; i++)
		free(lines.value[i]);
	buf_release(&lines.out);
	return rc;
}

static int run_show(struct invocation *call, const struct record_type *t, struct err *e)
{
	const struct option none[] = { { NULL, NULL, NULL } };
	struct lines lines = { .out = BUF_INIT };
	struct record r;
	char id[RECORD_ID_SIZE];
	int rc;

	if (invocation_options(call, none, e) != 0 || invocation_words(call, 1, 1, e) != 0 || invocation_open(call, e) != 0 ||
	    record_resolve(call->store, t, call->argv[0], id, e) != 0 || record_load(call->store, &r, t, id, e) != 0)
		return -1;
	lines.store = call->store;
	if (call->json) {
		rc = record_json(call->store, &r, &lines.out, e);
		buf_addc(&lines.out, '\n');
	} else {
		record_header_line(t, &lines.out);
		rc = record_line(&lines, &r, e);
	}
	if (rc == 0)
		rc = print_buf(&lines.out, e);
	record_release(&r);
	buf_release(&lines.out);
	return rc;
}

int command_record(struct invocation *call, struct err *e)
{
	static const struct {
		const char *verb;
		bool changes;
		int (*run)(struct invocation *, const struct record_type *, struct err *);
	} verbs[] = {
		{ "add", true, run_add }, { "list", false, run_list }, { "show", false, run_show }, { "edit", true, run_edit },
		{ "remove", true, run_remove }
	};
	const struct record_type *t = record_type_find(call->command->name);
	const char *verb = call->argc > 0 ? call->argv[0] : "";
	size_t i;

	bug_if(t == NULL);
	for (i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++) {
		if (strcmp(verbs[i].verb, verb) == 0) {
			if (verbs[i].changes && call->program->hub)
				return err_set(e, ERR_REFUSED, _("the hub keeps what the devices send; a coordinator edits it in livenet"));
			call->argv++;
			call->argc--;
			return verbs[i].run(call, t, e);
		}
	}
	return err_set(e, ERR_USAGE, _("usage: %s %s %s"), call->program->name, call->command->name, call->command->synopsis);
}
