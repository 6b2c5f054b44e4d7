#include "documents/outline.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"

static size_t keep(struct outline *o, const char *text)
{
	size_t place = o->texts.len;
	if (!text || !*text)
		return 0;			/* the empty text stands first */
	buf_add(&o->texts, text, strlen(text) + 1);
	return place;
}

static struct outline_part *add(struct outline *o, enum outline_kind kind, const char *text, const char *other)
{
	if (o->parts == o->parts_room) {
		o->parts_room = o->parts_room ? 2 * o->parts_room : 256;
		o->part = mem_resize(o->part, (size_t)o->parts_room, sizeof *o->part);
	}
	struct outline_part *p = &o->part[o->parts++];
	*p = (struct outline_part){ .kind = kind, .text = keep(o, text), .other = keep(o, other) };
	return p;
}

struct outline *outline_new(const char *title, const char *foot)
{
	struct outline *o = mem_zero(1, sizeof *o);
	buf_init(&o->texts);
	buf_addc(&o->texts, '\0');
	o->title = keep(o, title);
	o->foot = keep(o, foot);
	return o;
}

void outline_free(struct outline *o)
{
	if (!o)
		return;
	buf_release(&o->texts);
	free(o->part);
	free(o->column);
	free(o->cell);
	free(o->bar);
	free(o->tile);
	free(o);
}

void outline_heading(struct outline *o, int level, const char *text)
{
	add(o, PART_HEADING, text, NULL)->level = level;
}

void outline_break(struct outline *o)
{
	add(o, PART_BREAK, NULL, NULL);
}

void outline_text(struct outline *o, const char *text)
{
	add(o, PART_TEXT, text, NULL);
}

void outline_note(struct outline *o, const char *text)
{
	add(o, PART_NOTE, text, NULL);
}

void outline_warning(struct outline *o, const char *text)
{
	add(o, PART_WARNING, text, NULL);
}

void outline_field(struct outline *o, const char *label, const char *text)
{
	add(o, PART_FIELD, label, text);
}

void outline_table(struct outline *o, const char *sheet, const struct outline_column *columns, int count, bool list)
{
	struct outline_part *p = add(o, PART_TABLE, NULL, sheet);
	p->first = (size_t)o->columns;
	p->level = count;
	p->list = list;
	o->table = o->parts - 1;
	o->column = mem_resize(o->column, (size_t)(o->columns + count), sizeof *o->column);
	for (int i = 0; i < count; i++)
		o->column[o->columns++] = (struct outline_kept){ keep(o, columns[i].title), columns[i].kind, columns[i].width, false };
}

static struct outline_part *table_of(struct outline *o)
{
	bug_if(o->table >= o->parts || o->part[o->table].kind != PART_TABLE);
	return &o->part[o->table];
}

void outline_aside(struct outline *o, int column)
{
	o->column[table_of(o)->first + (size_t)column].aside = true;
}

static struct outline_part *add_cells(struct outline *o, enum outline_kind kind, const char *const *cells)
{
	int count = table_of(o)->level;
	if (o->cells + (size_t)count > o->cells_room) {
		o->cells_room = o->cells_room ? 2 * o->cells_room : 1024;
		o->cell = mem_resize(o->cell, o->cells_room, sizeof *o->cell);
	}
	struct outline_part *p = add(o, kind, NULL, NULL);
	p->first = o->cells;
	p->count = count;
	for (int i = 0; i < count; i++)
		o->cell[o->cells++] = keep(o, cells[i]);
	if (kind == PART_ROW)
		table_of(o)->count++;
	return p;
}

void outline_row(struct outline *o, const char *const *cells)
{
	add_cells(o, PART_ROW, cells);
}

void outline_total(struct outline *o, const char *const *cells, const bool *sum)
{
	struct outline_part *p = add_cells(o, PART_TOTAL, cells);
	for (int i = 0; i < p->count; i++)
		if (sum[i])
			p->sum |= 1u << i;
}

void outline_target(struct outline *o, const char *label, int64_t target, int64_t reached, const char *words)
{
	struct outline_part *p = add(o, PART_TARGET, label, words);
	p->target = target;
	p->reached = reached;
}

void outline_bars(struct outline *o, const char *title, const struct typeset_bar *bars, int count)
{
	struct outline_part *p = add(o, PART_BARS, title, NULL);
	p->first = (size_t)o->bars;
	p->count = count;
	o->bar = mem_resize(o->bar, (size_t)(o->bars + count) + 1, sizeof *o->bar);
	for (int i = 0; i < count; i++)
		o->bar[o->bars++] = (struct outline_bar){ keep(o, bars[i].label), bars[i].value };
}

void outline_map(struct outline *o, const char *title, const struct typeset_tile *tiles, int count)
{
	struct outline_part *p = add(o, PART_MAP, title, NULL);
	p->first = (size_t)o->tiles;
	p->count = count;
	o->tile = mem_resize(o->tile, (size_t)(o->tiles + count) + 1, sizeof *o->tile);
	for (int i = 0; i < count; i++)
		o->tile[o->tiles++] = (struct outline_tile){ tiles[i].row, tiles[i].column, keep(o, tiles[i].letters), keep(o, tiles[i].name), tiles[i].shade, tiles[i].value };
}

static void append_table(struct outline *o, const struct outline *from, const struct outline_part *p)
{
	struct outline_column *columns = mem_zero((size_t)p->level + 1, sizeof *columns);
	for (int i = 0; i < p->level; i++) {
		const struct outline_kept *c = &from->column[p->first + (size_t)i];
		columns[i] = (struct outline_column){ outline_at(from, c->title), c->kind, c->width };
	}
	outline_table(o, outline_at(from, p->other), columns, p->level, p->list);
	for (int i = 0; i < p->level; i++)
		if (from->column[p->first + (size_t)i].aside)
			outline_aside(o, i);
	free(columns);
}

static void append_row(struct outline *o, const struct outline *from, const struct outline_part *p)
{
	const char **cells = mem_zero((size_t)p->count + 1, sizeof *cells);
	for (int i = 0; i < p->count; i++)
		cells[i] = outline_cell(from, p, i);
	add_cells(o, p->kind, cells)->sum = p->sum;
	free(cells);
}

static void append_bars(struct outline *o, const struct outline *from, const struct outline_part *p)
{
	struct typeset_bar *bars = mem_zero((size_t)p->count + 1, sizeof *bars);
	for (int i = 0; i < p->count; i++)
		bars[i] = (struct typeset_bar){ outline_at(from, from->bar[p->first + (size_t)i].label), from->bar[p->first + (size_t)i].value };
	outline_bars(o, outline_at(from, p->text), bars, p->count);
	free(bars);
}

static void append_map(struct outline *o, const struct outline *from, const struct outline_part *p)
{
	struct typeset_tile *tiles = mem_zero((size_t)p->count + 1, sizeof *tiles);
	for (int i = 0; i < p->count; i++) {
		const struct outline_tile *t = &from->tile[p->first + (size_t)i];
		tiles[i] = (struct typeset_tile){ t->row, t->column, outline_at(from, t->letters), outline_at(from, t->name), t->shade, t->value };
	}
	outline_map(o, outline_at(from, p->text), tiles, p->count);
	free(tiles);
}

void outline_append(struct outline *o, const struct outline *from)
{
	for (int i = 0; i < from->parts; i++) {
		const struct outline_part *p = &from->part[i];
		switch (p->kind) {
		case PART_TABLE: append_table(o, from, p); break;
		case PART_ROW: case PART_TOTAL: append_row(o, from, p); break;
		case PART_BARS: append_bars(o, from, p); break;
		case PART_MAP: append_map(o, from, p); break;
		case PART_TARGET: outline_target(o, outline_at(from, p->text), p->target, p->reached, outline_at(from, p->other)); break;
		case PART_HEADING: outline_heading(o, p->level, outline_at(from, p->text)); break;
		default: add(o, p->kind, outline_at(from, p->text), outline_at(from, p->other)); break;
		}
	}
}

static void show_number(const char *digits, struct buf *out)
{
	size_t len = strlen(digits), lead = strspn(digits, "-");
	bool plain = digits[lead + strspn(digits + lead, "0123456789")] != '\0';
	for (size_t i = 0; i < len; i++) {
		if (!plain && i > lead && (len - i) % 3 == 0 && len - lead > 4)
			buf_adds(out, "\xc2\xa0");
		buf_addc(out, digits[i]);
	}
}

void outline_show(enum typeset_kind kind, const char *cell, struct buf *out)
{
	char day[DATE_SIZE];
	switch (kind) {
	case TYPESET_TEXT:
		buf_adds(out, cell);
		break;
	case TYPESET_NUMBER:
		show_number(cell, out);
		break;
	case TYPESET_DATE:
		if (date_valid(cell)) {
			date_show(cell, day);
			cell = day;
		}
		buf_adds(out, cell);
		break;
	case TYPESET_PERCENT:
		if (*cell)
			buf_addf(out, "%s\xc2\xa0%%", cell);
		break;
	}
}

int outline_write(const struct outline *o, enum outline_format format, struct buf *out, struct err *e)
{
	switch (format) {
	case OUTLINE_TEXT:
		outline_write_text(o, out);
		return 0;
	case OUTLINE_HTML:
		outline_write_html(o, out);
		return 0;
	case OUTLINE_PDF:
		return outline_typeset(o, TYPESET_PDF, out, e);
	case OUTLINE_XLSX:
		return outline_typeset(o, TYPESET_XLSX, out, e);
	}
	bug("format of an outline");
}
