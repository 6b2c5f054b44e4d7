/* An outline for a terminal: tables in columns as wide as what stands in them. */
#include "documents/outline.h"

#include <string.h>

#include "base/text.h"

enum { WIDE = 40, COLUMNS_MOST = 24 };		/* a cell that is longer pushes what comes after it */

static int width_of(const char *text)
{
	return text_width(text, strlen(text));
}

static void pad(struct buf *out, int columns)
{
	for (int i = 0; i < columns; i++)
		buf_addc(out, ' ');
}

static void add_cell(const struct outline *o, const struct outline_part *table, const struct outline_part *row, int i, struct buf *out)
{
	struct buf shown = BUF_INIT;
	buf_reset(out);
	outline_show(o->column[table->first + (size_t)i].kind, outline_cell(o, row, i), &shown);
	text_escape(shown.data, shown.len, out);
	buf_release(&shown);
}

static void measure(const struct outline *o, const struct outline_part *table, int rows, int *width, struct buf *cell)
{
	for (int i = 0; i < table->level; i++)
		width[i] = width_of(outline_at(o, o->column[table->first + (size_t)i].title));
	for (int r = 1; r <= rows; r++)
		for (int i = 0; i < table->level; i++) {
			add_cell(o, table, table + r, i, cell);
			int wide = width_of(cell->data);
			if (wide > width[i])
				width[i] = wide < WIDE ? wide : WIDE;
		}
}

static void add_line(const struct outline *o, const struct outline_part *table, const struct outline_part *row, const int *width, struct buf *cell, struct buf *out)
{
	for (int i = 0; i < table->level; i++) {
		const struct outline_kept *column = &o->column[table->first + (size_t)i];
		bool right = column->kind == TYPESET_NUMBER || column->kind == TYPESET_PERCENT;
		if (row) {
			add_cell(o, table, row, i, cell);
		} else {
			buf_reset(cell);
			buf_adds(cell, outline_at(o, column->title));
		}
		int left = width[i] - width_of(cell->data);
		buf_adds(out, i > 0 ? "  " : "");
		pad(out, right ? left : 0);
		buf_adds(out, cell->data);
		pad(out, right || i + 1 == table->level ? 0 : left);
	}
	while (out->len > 0 && out->data[out->len - 1] == ' ')
		buf_cut(out, out->len - 1);
	buf_addc(out, '\n');
}

/* Returns how many parts it took besides the table itself. */
static int add_table(const struct outline *o, const struct outline_part *table, struct buf *out)
{
	const struct outline_part *end = o->part + o->parts;
	struct buf cell = BUF_INIT;
	int width[COLUMNS_MOST] = { 0 }, rows = 0;
	while (table + rows + 1 < end && (table[rows + 1].kind == PART_ROW || table[rows + 1].kind == PART_TOTAL))
		rows++;
	if (!table->list && table->level <= COLUMNS_MOST) {
		measure(o, table, rows, width, &cell);
		buf_addc(out, '\n');
		add_line(o, table, NULL, width, &cell, out);
		for (int r = 1; r <= rows; r++)
			add_line(o, table, table + r, width, &cell, out);
	}
	buf_release(&cell);
	return rows;
}

static void add_text(const char *before, const char *text, struct buf *out)
{
	buf_adds(out, before);
	for (;;) {
		size_t len = strcspn(text, "\n");
		text_escape(text, len, out);
		buf_addc(out, '\n');
		if (!text[len])
			break;
		text += len + 1;
		pad(out, (int)strlen(before));
	}
}

void outline_write_text(const struct outline *o, struct buf *out)
{
	add_text("", outline_at(o, o->title), out);
	for (int i = 0; i < o->parts; i++) {
		const struct outline_part *p = &o->part[i];
		const char *text = outline_at(o, p->text), *other = outline_at(o, p->other);
		switch (p->kind) {
		case PART_HEADING:
			add_text(p->level == 1 ? "\n== " : "\n", text, out);
			break;
		case PART_TEXT:
			add_text("", text, out);
			break;
		case PART_NOTE:
			add_text("    ", text, out);
			break;
		case PART_WARNING:
			add_text("! ", text, out);
			break;
		case PART_FIELD:
			text_escape(text, strlen(text), out);
			add_text(": ", other, out);
			break;
		case PART_TABLE:
			i += add_table(o, p, out);
			break;
		case PART_TARGET: case PART_ROW: case PART_TOTAL: case PART_BREAK: case PART_BARS: case PART_MAP:
			break;			/* a table says the same */
		}
	}
}
