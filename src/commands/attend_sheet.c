#include "commands/attend_sheet.h"

#include <stdlib.h>
#include <string.h>

#include "base/fsutil.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/text.h"
#include "records/attendance.h"
#include "records/paper.h"

#define FILE_LIMIT (1 << 20)
#define NUMBER_MOST 1000000

/* --- lines --- */

static void text_cell(struct buf *out, const char *text, bool last)
{
	text_escape_tsv(text, strlen(text), out);
	buf_addc(out, last ? '\n' : '\t');
}

static void json_pair(struct buf *out, const char *key, const char *text)
{
	json_key(out, key);
	json_strings(out, text);
}

static const char *state_word(const struct attendance_row *r)
{
	return r->waiting ? "waiting" : attendance_states[r->state].code;
}

static void sheet_json(const struct attendance_rows *sheet, struct buf *out)
{
	buf_addc(out, '[');
	for (int i = 0; i < sheet->count; i++) {
		const struct attendance_row *r = &sheet->row[i];

		buf_adds(out, i > 0 ? ",{" : "{");
		json_key(out, "number");
		json_int(out, r->number);
		json_pair(out, "state", state_word(r));
		json_pair(out, "name", r->name);
		json_pair(out, "person_id", r->person);
		json_pair(out, "organisation", r->organisation);
		json_pair(out, "post", r->post);
		json_pair(out, "phone", r->phone);
		json_key(out, "consent");
		buf_adds(out, r->consent ? "true}" : "false}");
	}
	buf_adds(out, "]\n");
}

static void sheet_lines(const struct attendance_rows *sheet, struct buf *out)
{
	buf_adds(out, "number\tstate\tname\tperson\torganisation\tpost\tphone\tconsent\n");
	for (int i = 0; i < sheet->count; i++) {
		const struct attendance_row *r = &sheet->row[i];

		buf_addf(out, "%d\t%s\t", r->number, state_word(r));
		text_cell(out, r->name, false);
		text_cell(out, r->person, false);
		text_cell(out, r->organisation, false);
		text_cell(out, r->post, false);
		text_cell(out, r->phone, false);
		text_cell(out, r->consent ? "yes" : "no", true);
	}
}

int attend_print_sheet(struct invocation *call, const char *seminar, struct err *e)
{
	struct attendance_rows sheet;
	struct buf out = BUF_INIT;
	int rc;

	if (attendance_rows(call->store, seminar, &sheet, e) != 0)
		return -1;
	(call->json ? sheet_json : sheet_lines)(&sheet, &out);
	rc = print_buf(&out, e);
	buf_release(&out);
	attendance_rows_release(&sheet);
	return rc;
}

/* --- the paper --- */

/* Somebody of this name who stands on the sheet, and nobody else there does: that is who signed. */
static const struct attendance_row *on_sheet(const struct attendance_rows *sheet, const char *name)
{
	const struct attendance_row *found = NULL;

	for (int i = 0; i < sheet->count; i++) {
		if (!text_same(sheet->row[i].name, name))
			continue;
		if (found != NULL)
			return NULL;
		found = &sheet->row[i];
	}
	return found;
}

static int add(struct store *s, struct paper *p, const struct attendance_rows *sheet, const char *typed, struct err *e)
{
	const struct attendance_row *row = on_sheet(sheet, typed);
	struct buf name = BUF_INIT;
	char id[RECORD_ID_SIZE] = "";
	int found = 1;

	if (row != NULL)
		memcpy(id, row->person, sizeof id);
	else if ((found = record_lookup(s, &person_type, typed, id, e)) < 0)
		return -1;
	if (p->count >= PAPER_LINES_MAX)
		return err_set(e, ERR_REFUSED, _("that is more than a sheet can have: %d lines"), PAPER_LINES_MAX);
	if (found == 1)
		record_name(s, &person_type, id, &name);
	else
		text_clean(typed, strlen(typed), false, &name);
	if (name.len > 0)
		paper_add(p, found == 1 ? id : "", name.data);
	buf_release(&name);
	return 0;
}

static int add_lines(struct store *s, struct paper *p, const struct attendance_rows *sheet, const char *path, struct err *e)
{
	static const char mark[] = "\xef\xbb\xbf";
	struct buf text = BUF_INIT, line = BUF_INIT;
	int number = 0, rc = fs_read(strcmp(path, "-") == 0 ? "/dev/stdin" : path, FILE_LIMIT, false, &text, e);
	const char *from = text.data;

	if (rc == 0 && strlen(text.data) != text.len)
		rc = err_set(e, ERR_REFUSED, _("%s: this is no text"), path);
	if (rc == 0 && strncmp(from, mark, strlen(mark)) == 0)
		from += strlen(mark);
	while (rc == 0 && *from != '\0') {
		size_t len = strcspn(from, "\n"), bare = len > 0 && from[len - 1] == '\r' ? len - 1 : len;

		buf_reset(&line);
		buf_add(&line, from, bare);
		number++;
		if (line.data[strspn(line.data, " \t")] != '\0' && (rc = add(s, p, sheet, line.data, e)) != 0)
			err_prefix(e, "%s:%d", path, number);
		from += len + (from[len] == '\n');
	}
	buf_release(&text);
	buf_release(&line);
	return rc;
}

static int take_number(struct paper *p, const char *typed, struct err *e)
{
	char *end;
	long number;

	if (typed == NULL)
		return 0;
	number = strtol(typed, &end, 10);
	if (end == typed || *end != '\0' || number < 0 || number > NUMBER_MOST)
		return err_set(e, ERR_USAGE, _("--unnamed is a number, not “%s”"), typed);
	p->unnamed = (int)number;
	return 0;
}

/* --- the differences --- */

static const char *const kinds[] = {
	[DIFFERENCE_NOT_MARKED] = "not-marked", [DIFFERENCE_NOT_ON_PAPER] = "not-on-paper",
	[DIFFERENCE_UNKNOWN] = "unknown", [DIFFERENCE_UNNAMED] = "unnamed",
};

static void differences_json(const struct differences *d, const struct paper *p, const struct attendance_rows *sheet, struct buf *out)
{
	buf_addc(out, '[');
	for (int i = 0; i < d->count; i++) {
		const struct difference *row = &d->row[i];

		buf_adds(out, i > 0 ? ",{" : "{");
		json_pair(out, "difference", kinds[row->kind]);
		json_pair(out, "name", row->name);
		json_pair(out, "person_id", row->person);
		if (row->kind == DIFFERENCE_UNNAMED) {
			json_key(out, "paper");
			json_int(out, p->unnamed);
			json_key(out, "entered");
			json_int(out, sheet->unnamed);
		}
		buf_addc(out, '}');
	}
	buf_adds(out, "]\n");
}

static void differences_lines(const struct differences *d, const struct paper *p, const struct attendance_rows *sheet, struct buf *out)
{
	buf_adds(out, "difference\tname\tperson\tpaper\tentered\n");
	for (int i = 0; i < d->count; i++) {
		const struct difference *row = &d->row[i];

		text_cell(out, kinds[row->kind], false);
		text_cell(out, row->name, false);
		text_cell(out, row->person, false);
		if (row->kind == DIFFERENCE_UNNAMED)
			buf_addf(out, "%d\t%d\n", p->unnamed, sheet->unnamed);
		else
			buf_adds(out, "\t\n");
	}
}

static int print_differences(struct invocation *call, const struct paper *p, const struct attendance_rows *sheet, struct err *e)
{
	struct differences d;
	struct buf out = BUF_INIT;
	int rc;

	paper_compare(p, sheet, &d);
	(call->json ? differences_json : differences_lines)(&d, p, sheet, &out);
	rc = print_buf(&out, e);
	buf_release(&out);
	differences_release(&d);
	return rc;
}

int attend_print_differences(struct invocation *call, const char *seminar, const char *path, const char *unnamed, struct err *e)
{
	struct attendance_rows sheet;
	struct paper p;
	int rc;

	paper_init(&p);
	if (take_number(&p, unnamed, e) != 0 || attendance_rows(call->store, seminar, &sheet, e) != 0)
		return -1;
	rc = path != NULL ? add_lines(call->store, &p, &sheet, path, e) : 0;
	for (int i = 1; rc == 0 && i < call->argc; i++)
		rc = add(call->store, &p, &sheet, call->argv[i], e);
	if (rc == 0)
		rc = print_differences(call, &p, &sheet, e);
	attendance_rows_release(&sheet);
	paper_release(&p);
	return rc;
}
