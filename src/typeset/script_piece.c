/* One line of the script after the first: a row of the table that is open, or an object that says its kind. */
#include "typeset/script.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"
#include "typeset/value.h"

/* Keys of all kinds; the tables below say which a kind takes. */
enum key { KEY_KIND, KEY_TEXT, KEY_LABEL, KEY_LEVEL, KEY_ALIGN, KEY_BOLD, KEY_ITALIC, KEY_SIZE, KEY_UM, KEY_POST, KEY_NAME, KEY_COLUMNS, KEY_ROW, KEY_CELLS, KEY_SUM,
	KEY_TITLE, KEY_BARS, KEY_TILES, KEYS };
static const char *const keys[KEYS + 1] = { "kind", "text", "label", "level", "align", "bold", "italic", "size", "um", "post", "name", "columns", "row", "cells",
	"sum", "title", "bars", "tiles", NULL };

#define BIT(key) (1u << (key))
#define SIZE_LEAST 4000
#define SIZE_MOST 144000
#define LENGTH_MOST 1000000

/* What is no piece of its own: the end of a table, its total, the end of all. */
enum { LINE_TOTAL = PIECE_KINDS, LINE_TABLE_END, LINE_END, LINE_KINDS };

static const struct { const char *name; unsigned keys; } kinds[LINE_KINDS + 1] = {
	[PIECE_HEADING] = { "heading", BIT(KEY_LEVEL) | BIT(KEY_TEXT) },
	[PIECE_TEXT] = { "text", BIT(KEY_TEXT) | BIT(KEY_ALIGN) | BIT(KEY_BOLD) | BIT(KEY_ITALIC) | BIT(KEY_SIZE) },
	[PIECE_FIELD] = { "field", BIT(KEY_LABEL) | BIT(KEY_TEXT) },
	[PIECE_MARKDOWN] = { "markdown", BIT(KEY_TEXT) },
	[PIECE_ITEM] = { "item", BIT(KEY_TEXT) },
	[PIECE_SPACE] = { "space", BIT(KEY_UM) },
	[PIECE_BREAK] = { "break", 0 },
	[PIECE_KEEP] = { "keep", 0 },
	[PIECE_KEPT] = { "kept", 0 },
	[PIECE_SIGNATURE] = { "signature", BIT(KEY_POST) | BIT(KEY_NAME) },
	[PIECE_QR] = { "qr", BIT(KEY_TEXT) | BIT(KEY_UM) },
	[PIECE_HALF] = { "half", 0 },
	[PIECE_SINGLE] = { "single", 0 },
	[PIECE_FRAME] = { "frame", 0 },
	[PIECE_CONTENTS] = { "contents", 0 },
	[PIECE_TABLE] = { "table", BIT(KEY_NAME) | BIT(KEY_COLUMNS) | BIT(KEY_ROW) | BIT(KEY_SIZE) },
	[PIECE_BARS] = { "bars", BIT(KEY_TITLE) | BIT(KEY_BARS) },
	[PIECE_MAP] = { "map", BIT(KEY_TITLE) | BIT(KEY_TILES) },
	[LINE_TOTAL] = { "total", BIT(KEY_CELLS) | BIT(KEY_SUM) },
	[LINE_TABLE_END] = { "table-end", 0 },
	[LINE_END] = { "end", 0 },
};

static int wrong(const char *key, struct err *e)
{
	return err_set(e, ERR_REFUSED, _("the value of “%s” is missing or not a right one"), key);
}

/* --- tables --- */

static int read_cell(struct script *s, struct json *j, const char **cell)
{
	const char *text;
	size_t len;

	if (json_peek(j) == JSON_NULL) {
		*cell = "";
		return json_skip(j, NULL, NULL);
	}
	if (json_read_string(j, &text, &len) != 0)
		return -1;
	*cell = script_keep(s, text, len);
	return 0;
}

/* An array with as many cells as the table has columns. */
static int read_cells(struct script *s, const struct table *t, const char *line, size_t len, const char **cells, struct err *e)
{
	struct json j;
	int rc, n = 0;

	json_open(&j, line, len);
	rc = json_enter(&j, JSON_ARRAY);
	for (; rc == 0 && n < t->count && json_peek(&j) != JSON_END; n++)
		rc = read_cell(s, &j, &cells[n]);
	if (rc == 0 && n == t->count)
		rc = json_leave(&j) != 0 ? -1 : json_finish(&j);
	if (rc != 0 || j.failed)
		rc = json_error(&j, ERR_REFUSED, e);
	else if (n < t->count)
		rc = err_set(e, ERR_REFUSED, _("a row of %d cells in a table of %d columns"), n, t->count);
	json_close(&j);
	return rc;
}

static int read_row(struct script *s, const char *line, size_t len, struct err *e)
{
	struct table *t = s->open;
	size_t width;

	if (t == NULL)
		return err_set(e, ERR_REFUSED, _("a row stands outside a table"));
	if (t->total != NULL)
		return err_set(e, ERR_REFUSED, _("a row follows the total"));
	width = (size_t)t->count;
	if (t->rows == t->room) {
		t->room = t->room > 0 ? t->room * 2 : 16;
		t->cells = mem_resize(t->cells, t->room * width, sizeof *t->cells);
	}
	if (read_cells(s, t, line, len, t->cells + t->rows * width, e) != 0)
		return -1;
	t->rows++;
	return 0;
}

static int read_column(struct script *s, struct json *j, struct column *c)
{
	static const char *const names[] = { "text", "number", "date", "percent", NULL };
	struct json_span kind;
	int which;

	if (json_enter(j, JSON_ARRAY) != 0 || read_cell(s, j, &c->title) != 0 || json_read_int(j, &c->width) != 0 || json_skip(j, &kind.p, &kind.len) != 0 ||
	    json_leave(j) != 0 || c->width < 0 || c->width > 1000000 || (which = value_word(kind, names, &s->scratch)) < 0)
		return -1;
	c->kind = (enum cell_kind)which;
	return 0;
}

static int read_columns(struct script *s, struct json_span v, struct table *t)
{
	struct column columns[SCRIPT_COLUMNS_MAX];
	struct json j;
	int rc;

	if (v.p == NULL)
		return -1;
	json_open(&j, v.p, v.len);
	rc = json_enter(&j, JSON_ARRAY);
	while (rc == 0 && json_peek(&j) != JSON_END)
		rc = t->count == SCRIPT_COLUMNS_MAX ? -1 : read_column(s, &j, &columns[t->count++]);
	if (rc == 0)
		rc = json_leave(&j);
	json_close(&j);
	if (rc != 0 || t->count == 0)
		return -1;
	t->columns = script_memory(s, (size_t)t->count, sizeof *t->columns);
	memcpy(t->columns, columns, (size_t)t->count * sizeof *columns);
	return 0;
}

static int begin_table(struct script *s, struct piece *p, const struct json_span *v, struct err *e)
{
	struct table *t = script_memory(s, 1, sizeof *t);

	t->name = "";
	if (value_text(s, v[KEY_NAME], false, &t->name) != 0)
		return wrong("name", e);
	if (read_columns(s, v[KEY_COLUMNS], t) != 0)
		return wrong("columns", e);
	if (value_number(v[KEY_ROW], 0, LENGTH_MOST, false, &t->row) != 0)
		return wrong("row", e);
	if (value_number(v[KEY_SIZE], SIZE_LEAST, SIZE_MOST, false, &t->size) != 0)
		return wrong("size", e);
	p->table = s->open = t;
	return 0;
}

static int read_sums(struct script *s, struct json_span v, struct table *t)
{
	int64_t yes = 0;
	struct json j;
	int rc, n;

	t->sum = script_memory(s, (size_t)t->count, sizeof *t->sum);
	if (v.p == NULL)
		return -1;
	json_open(&j, v.p, v.len);
	rc = json_enter(&j, JSON_ARRAY);
	for (n = 0; rc == 0 && n < t->count; n++) {
		rc = json_read_int(&j, &yes) != 0 || yes < 0 || yes > 1 ? -1 : 0;
		t->sum[n] = yes == 1;
	}
	if (rc == 0)
		rc = json_leave(&j);
	json_close(&j);
	return rc;
}

static int read_total(struct script *s, const struct json_span *v, struct err *e)
{
	struct table *t = s->open;
	const char **cells;

	if (t->total != NULL || v[KEY_CELLS].p == NULL)
		return wrong("cells", e);
	cells = script_memory(s, (size_t)t->count, sizeof *cells);
	if (read_cells(s, t, v[KEY_CELLS].p, v[KEY_CELLS].len, cells, e) != 0)
		return -1;
	if (read_sums(s, v[KEY_SUM], t) != 0)
		return wrong("sum", e);
	t->total = cells;
	return 0;
}

/* --- pictures --- */

static int read_bar(struct script *s, struct json *j, struct mark *m)
{
	return read_cell(s, j, &m->label) != 0 || json_read_int(j, &m->value) != 0 ? -1 : 0;
}

static int read_tile(struct script *s, struct json *j, struct mark *m)
{
	int64_t row, column;

	if (json_read_int(j, &row) != 0 || json_read_int(j, &column) != 0 || read_cell(s, j, &m->label) != 0 || read_cell(s, j, &m->name) != 0 ||
	    json_read_int(j, &m->shade) != 0 || json_read_int(j, &m->value) != 0)
		return -1;
	if (row < 0 || row > 99 || column < 0 || column > 99 || m->shade < 0 || m->shade > 1000)
		return -1;
	m->row = (int)row;
	m->column = (int)column;
	return 0;
}

static int read_marks(struct script *s, struct piece *p, struct json_span v)
{
	struct mark *marks = mem_zero(SCRIPT_MARKS_MAX, sizeof *marks);
	struct json j;
	int rc = v.p != NULL ? 0 : -1;

	json_open(&j, rc == 0 ? v.p : "", v.len);
	if (rc == 0)
		rc = json_enter(&j, JSON_ARRAY);
	while (rc == 0 && json_peek(&j) != JSON_END) {
		if (p->count == SCRIPT_MARKS_MAX || json_enter(&j, JSON_ARRAY) != 0 ||
		    (p->kind == PIECE_BARS ? read_bar : read_tile)(s, &j, &marks[p->count++]) != 0)
			rc = -1;
		else
			rc = json_leave(&j);
	}
	if (rc == 0)
		rc = json_leave(&j);
	json_close(&j);
	p->marks = script_memory(s, (size_t)p->count + 1, sizeof *p->marks);
	memcpy(p->marks, marks, (size_t)p->count * sizeof *marks);
	free(marks);
	return rc;
}

/* --- pieces --- */

static int read_flags(struct piece *p, const struct json_span *v, struct err *e)
{
	int64_t bold = 0, italic = 0;

	if (value_number(v[KEY_BOLD], 0, 1, false, &bold) != 0)
		return wrong("bold", e);
	if (value_number(v[KEY_ITALIC], 0, 1, false, &italic) != 0)
		return wrong("italic", e);
	p->bold = bold == 1;
	p->italic = italic == 1;
	return 0;
}

static int read_style(struct script *s, struct piece *p, const struct json_span *v, struct err *e)
{
	static const char *const aligns[] = { "left", "centre", "right", "justify", NULL };
	int align = v[KEY_ALIGN].p != NULL ? value_word(v[KEY_ALIGN], aligns, &s->scratch) : 0;

	if (align < 0)
		return wrong("align", e);
	p->align = (enum script_align)align;
	if (value_number(v[KEY_SIZE], SIZE_LEAST, SIZE_MOST, false, &p->size) != 0)
		return wrong("size", e);
	return read_flags(p, v, e);
}

/* The values that a kind takes; which keys there are was checked. */
static int read_values(struct script *s, struct piece *p, const struct json_span *v, struct err *e)
{
	unsigned takes = kinds[p->kind].keys;
	int64_t level = 1;

	if ((takes & BIT(KEY_TEXT)) != 0 && value_text(s, v[KEY_TEXT], true, p->kind == PIECE_FIELD ? &p->other : &p->text) != 0)
		return wrong("text", e);
	if ((takes & BIT(KEY_LABEL)) != 0 && value_text(s, v[KEY_LABEL], true, &p->text) != 0)
		return wrong("label", e);
	if ((takes & BIT(KEY_TITLE)) != 0 && value_text(s, v[KEY_TITLE], true, &p->text) != 0)
		return wrong("title", e);
	if ((takes & BIT(KEY_LEVEL)) != 0 && value_number(v[KEY_LEVEL], 1, 3, true, &level) != 0)
		return wrong("level", e);
	p->level = (int)level;
	if ((takes & BIT(KEY_UM)) != 0 && value_number(v[KEY_UM], 0, LENGTH_MOST, true, &p->length) != 0)
		return wrong("um", e);
	if ((takes & BIT(KEY_POST)) != 0 && (value_text(s, v[KEY_POST], true, &p->text) != 0 || value_text(s, v[KEY_NAME], true, &p->other) != 0))
		return wrong("post", e);
	if (p->kind == PIECE_TEXT)
		return read_style(s, p, v, e);
	if (p->kind == PIECE_TABLE)
		return begin_table(s, p, v, e);
	if (p->kind == PIECE_BARS || p->kind == PIECE_MAP)
		return read_marks(s, p, v[p->kind == PIECE_BARS ? KEY_BARS : KEY_TILES]) == 0 ? 0 : wrong(p->kind == PIECE_BARS ? "bars" : "tiles", e);
	return 0;
}

/* What may stand together: keep … kept hold no page's end and no other keep. */
static int check_place(struct script *s, const struct piece *p, struct err *e)
{
	bool turns = p->kind == PIECE_KEEP || p->kind == PIECE_BREAK || p->kind == PIECE_HALF || p->kind == PIECE_CONTENTS;

	if ((s->keeping && turns) || (!s->keeping && p->kind == PIECE_KEPT))
		return err_set(e, ERR_REFUSED, _("“%s” does not stand between “keep” and “kept”, nor “kept” without “keep”"), kinds[p->kind].name);
	if (p->kind == PIECE_KEEP || p->kind == PIECE_KEPT)
		s->keeping = p->kind == PIECE_KEEP;
	return 0;
}

static int add_piece(struct script *s, int kind, const struct json_span *v, struct err *e)
{
	struct piece p = { .kind = (enum piece_kind)kind, .text = "", .other = "" };

	if (check_place(s, &p, e) != 0 || read_values(s, &p, v, e) != 0)
		return -1;
	if (s->count == s->room) {
		s->room = s->room > 0 ? s->room * 2 : 64;
		s->pieces = mem_resize(s->pieces, s->room, sizeof *s->pieces);
	}
	s->pieces[s->count++] = p;
	return 0;
}

static int end_all(struct script *s, struct err *e)
{
	if (s->keeping)
		return err_set(e, ERR_REFUSED, _("“keep” has no “kept”"));
	s->ended = true;
	return 0;
}

static int find_kind(struct script *s, struct json_span v, struct err *e)
{
	int i = 0;

	if (v.p == NULL || json_span_string(v, &s->scratch) != 0)
		return wrong("kind", e);
	while (i < LINE_KINDS && strcmp(kinds[i].name, s->scratch.data) != 0)
		i++;
	return i < LINE_KINDS ? i : err_set(e, ERR_REFUSED, _("there is no kind “%s”; livenet and livenet-document must be of one release"), s->scratch.data);
}

static int check_keys(int kind, const struct json_span *v, struct err *e)
{
	for (int i = KEY_KIND + 1; i < KEYS; i++)
		if (v[i].p != NULL && (kinds[kind].keys & BIT(i)) == 0)
			return err_set(e, ERR_REFUSED, _("“%s” takes no “%s”"), kinds[kind].name, keys[i]);
	return 0;
}

static int read_object(struct script *s, const struct json_span *v, struct err *e)
{
	int kind = find_kind(s, v[KEY_KIND], e);

	if (kind < 0 || check_keys(kind, v, e) != 0)
		return -1;
	if ((s->open != NULL) != (kind == LINE_TOTAL || kind == LINE_TABLE_END))
		return err_set(e, ERR_REFUSED, s->open != NULL ? _("“%s” stands within a table") : _("“%s” stands outside a table"), kinds[kind].name);
	if (kind == LINE_TOTAL)
		return read_total(s, v, e);
	if (kind == LINE_TABLE_END)
		s->open = NULL;
	else if (kind == LINE_END)
		return end_all(s, e);
	else
		return add_piece(s, kind, v, e);
	return 0;
}

int script_piece(struct script *s, const char *line, size_t len, struct err *e)
{
	struct json_span v[KEYS];
	struct json j;
	int rc = 0;

	if (len > 0 && line[0] == '[')
		return read_row(s, line, len, e);
	json_open(&j, line, len);
	if (json_object(&j, keys, v, false) != 0 || json_finish(&j) != 0)
		rc = json_error(&j, ERR_REFUSED, e);
	json_close(&j);
	return rc == 0 ? read_object(s, v, e) : -1;
}
