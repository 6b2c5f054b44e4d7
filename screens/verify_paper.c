#include "screens/verify_paper.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "screens/attendance_draw.h"
#include "screens/parts/words.h"

bool verify_finding(const struct verify *v)
{
	return !v->comparing && v->list.filter.text.len > 0;
}

/* --- the lines of the paper --- */

enum { LINE_NUMBER, LINE_NAME, LINE_NOTE, LINE_COLUMNS };

static const struct list_column line_columns[LINE_COLUMNS] = {
	[LINE_NUMBER] = { N_("No."), 3, 4, 2, true, NULL },
	[LINE_NAME] = { N_("Full name"), 20, 44, 1, false, words_short_name },
	[LINE_NOTE] = { NULL, 10, 40, 3, false, NULL },
};

/* A line is known by its person, one of nobody by its place. */
static void line_id(const struct verify *v, int line, char out[RECORD_ID_SIZE])
{
	if (v->paper.line[line].person[0] != '\0')
		memcpy(out, v->paper.line[line].person, RECORD_ID_SIZE);
	else
		snprintf(out, RECORD_ID_SIZE, "=%d", line);
}

static void line_cell(const struct verify *v, int line, int column, struct buf *out)
{
	const struct paper_line *l = &v->paper.line[line];

	switch (column) {
	case LINE_NUMBER: buf_addi(out, line + 1); break;
	case LINE_NAME: buf_adds(out, l->name); break;
	case LINE_NOTE:
		if (l->person[0] == '\0')
			/* TRANSLATORS: nobody of this name is in the register of people */
			buf_adds(out, _("in no register"));
		break;
	default: break;
	}
}

/* --- whom the letters may mean: without a word about their marks --- */

enum { FOUND_STATE, FOUND_NAME, FOUND_FROM, FOUND_PHONE, FOUND_COLUMNS };

static const struct list_column found_columns[FOUND_COLUMNS] = {
	[FOUND_STATE] = { NULL, 3, 4, 1, true, NULL },
	[FOUND_NAME] = { N_("Full name"), 20, 36, 1, false, words_short_name },
	[FOUND_FROM] = { N_("Organisation, post"), 10, 40, 4, false, NULL },
	[FOUND_PHONE] = { N_("Phone"), 16, 16, 3, false, NULL },
};

static void sheet_cell(const struct attendance_row *r, int column, struct buf *out)
{
	switch (column) {
	case FOUND_NAME: buf_adds(out, r->name); break;
	case FOUND_FROM: attendance_from(r->organisation, r->post, out); break;
	case FOUND_PHONE: attendance_phone(r->phone, out); break;
	default: break;
	}
}

static void found_cell(const struct verify *v, const struct found *f, int column, struct buf *out)
{
	int line = f->kind != FOUND_NOBODY ? paper_find(&v->paper, f->id) : -1;

	if (column == FOUND_STATE)
		line >= 0 ? buf_addi(out, line + 1) : buf_adds(out, "+ ");
	else if (f->kind == FOUND_ON_SHEET)
		sheet_cell(&v->sheet.row[f->sheet], column, out);
	else if (f->kind == FOUND_NOBODY && column == FOUND_NAME)
		/* TRANSLATORS: a name that the register does not have is put down as it was typed */
		buf_addf(out, _("note: %s"), f->name);
	else if (f->kind == FOUND_ELSEWHERE && column == FOUND_NAME)
		buf_adds(out, f->name);
	else if (f->kind == FOUND_ELSEWHERE && column == FOUND_FROM)
		buf_adds(out, f->organisation);
	else if (f->kind == FOUND_ELSEWHERE && column == FOUND_PHONE)
		attendance_phone(f->phone, out);
}

/* --- the differences --- */

enum { DIFFERENCE_STATE, DIFFERENCE_NAME, DIFFERENCE_WHAT, DIFFERENCE_ENTER, DIFFERENCE_COLUMNS };

static const struct list_column difference_columns[DIFFERENCE_COLUMNS] = {
	[DIFFERENCE_STATE] = { NULL, 3, 3, 1, false, NULL },
	[DIFFERENCE_NAME] = { N_("Full name"), 14, 36, 1, false, words_short_name },
	[DIFFERENCE_WHAT] = { N_("Difference"), 14, 34, 2, false, NULL },
	/* TRANSLATORS: head of the column that says what the key Enter does with a difference */
	[DIFFERENCE_ENTER] = { N_("Enter"), 12, 24, 3, false, NULL },
};

void verify_what(const struct verify *v, const struct difference *d, struct buf *out)
{
	switch (d->kind) {
	case DIFFERENCE_NOT_MARKED: buf_adds(out, _("on paper, not marked")); break;
	case DIFFERENCE_NOT_ON_PAPER: buf_adds(out, _("marked, not on paper")); break;
	case DIFFERENCE_UNKNOWN: buf_adds(out, _("on paper, in no register")); break;
	/* TRANSLATORS: how many are without a name, on the paper and in this store */
	case DIFFERENCE_UNNAMED: buf_addf(out, _("on paper %d, entered %d"), v->paper.unnamed, v->sheet.unnamed); break;
	}
}

const char *verify_enter(const struct difference *d)
{
	switch (d->kind) {
	case DIFFERENCE_NOT_MARKED: return _("mark as present");
	case DIFFERENCE_NOT_ON_PAPER: return _("take the mark back");
	case DIFFERENCE_UNKNOWN: return _("write in");
	case DIFFERENCE_UNNAMED: return _("enter the number");
	}
	return "";
}

static void difference_cell(const struct verify *v, const struct difference *d, int column, struct buf *out)
{
	bool stands = difference_stands(d, &v->paper, &v->sheet);

	switch (column) {
	case DIFFERENCE_STATE: buf_adds(out, stands ? "[ ]" : "[x]"); break;
	case DIFFERENCE_NAME: buf_adds(out, d->kind == DIFFERENCE_UNNAMED ? _("without a name") : d->name); break;
	case DIFFERENCE_WHAT: verify_what(v, d, out); break;
	/* TRANSLATORS: of a difference that is one no longer */
	case DIFFERENCE_ENTER: buf_adds(out, stands ? verify_enter(d) : _("settled")); break;
	default: break;
	}
}

/* --- the rows of any kind --- */

static void shape(struct verify *v);

static int size(void *context, int64_t *count, struct err *e)
{
	struct verify *v = context;

	shape(v);
	if (verify_finding(v) && attendance_find(&v->found, v->store, &v->sheet, v->list.filter.text.data, e) != 0)
		return -1;
	*count = v->comparing ? v->differences.count : verify_finding(v) ? v->found.count : v->paper.count;
	return 0;
}

static void row_id(const struct verify *v, int64_t row, char out[RECORD_ID_SIZE])
{
	if (v->comparing)
		snprintf(out, RECORD_ID_SIZE, "%d", (int)row);
	else if (verify_finding(v))
		memcpy(out, v->found.row[row].id, RECORD_ID_SIZE);
	else
		line_id(v, (int)row, out);
}

static const char *id(void *context, int row)
{
	struct verify *v = context;

	row_id(v, v->list.window_first + row, v->id);
	return v->id;
}

static void cell(void *context, int row, int column, struct buf *out)
{
	struct verify *v = context;
	int at = (int)v->list.window_first + row;

	if (v->comparing)
		difference_cell(v, &v->differences.row[at], column, out);
	else if (verify_finding(v))
		found_cell(v, &v->found.row[at], column, out);
	else
		line_cell(v, at, column, out);
}

static int place(void *context, const char *letters, const char *wanted, int64_t *at, struct err *e)
{
	struct verify *v = context;
	char row[RECORD_ID_SIZE];

	(void)letters;
	(void)e;
	*at = -1;
	for (int64_t i = 0; i < v->list.count && wanted != NULL; i++) {
		row_id(v, i, row);
		if (strcmp(row, wanted) == 0)
			*at = i;
	}
	return 0;
}

#define ROWS .size = size, .id = id, .cell = cell, .place = place
static const struct list_class line_class = { .columns = line_columns, .count = LINE_COLUMNS, ROWS };
static const struct list_class found_class = { .columns = found_columns, .count = FOUND_COLUMNS, ROWS };
static const struct list_class difference_class = { .columns = difference_columns, .count = DIFFERENCE_COLUMNS, ROWS };

void verify_init(struct verify *v)
{
	paper_init(&v->paper);
	list_init(&v->list, &line_class, v);
	v->list.finder = true;
}

void verify_release(struct verify *v)
{
	list_release(&v->list);
	attendance_find_release(&v->found);
	differences_release(&v->differences);
	paper_release(&v->paper);
	attendance_rows_release(&v->sheet);
	seminar_rows_release(&v->head);
}

/* Which rows these are changes with each letter: the list asks for their number first. */
static void shape(struct verify *v)
{
	v->list.class = v->comparing ? &difference_class : verify_finding(v) ? &found_class : &line_class;
	v->list.finder = !v->comparing;
}

int verify_read(struct verify *v, struct err *e)
{
	attendance_rows_release(&v->sheet);
	attendance_find_clear(&v->found);
	v->list.count = 0;
	if (attendance_rows(v->store, v->seminar, &v->sheet, e) != 0)
		return -1;
	return list_reload(&v->list, e);
}

const struct found *verify_found(const struct verify *v)
{
	return verify_finding(v) && v->list.cursor < v->found.count ? &v->found.row[v->list.cursor] : NULL;
}

const struct difference *verify_difference(const struct verify *v)
{
	return v->comparing && v->list.cursor < v->differences.count ? &v->differences.row[v->list.cursor] : NULL;
}

int verify_line(const struct verify *v)
{
	return !v->comparing && !verify_finding(v) && v->list.cursor < v->paper.count ? (int)v->list.cursor : -1;
}

int verify_standing(const struct verify *v)
{
	int standing = 0;

	for (int i = 0; i < v->differences.count; i++)
		standing += difference_stands(&v->differences.row[i], &v->paper, &v->sheet);
	return standing;
}
