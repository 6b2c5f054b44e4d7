/* An outline as PDF, and as a workbook in which each table is a sheet. */
#include "documents/outline.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"

enum { COLUMNS_MOST = 24 };

static void begin_table(struct typeset *t, const struct outline *o, const struct outline_part *p, enum typeset_format format)
{
	struct typeset_column columns[COLUMNS_MOST];
	const bool book = format == TYPESET_XLSX;
	bug_if(p->level > COLUMNS_MOST);
	for (int i = 0; i < p->level; i++) {
		const struct outline_kept *c = &o->column[p->first + (size_t)i];
		columns[i] = (struct typeset_column){ outline_at(o, c->title), book ? 8 + c->width * 3 : c->width, c->kind };
	}
	struct typeset_table table = { .name = book ? outline_at(o, p->other) : NULL, .columns = columns, .count = p->level };
	typeset_table(t, &table);
}

static void add_cells(struct typeset *t, const struct outline *o, const struct outline_part *p)
{
	const char *cells[COLUMNS_MOST];
	bool sum[COLUMNS_MOST];
	for (int i = 0; i < p->count; i++) {
		cells[i] = outline_cell(o, p, i);
		sum[i] = p->sum >> i & 1;
	}
	if (p->kind == PART_TOTAL)
		typeset_total(t, cells, sum);
	else
		typeset_row(t, cells);
}

static void add_bars(struct typeset *t, const struct outline *o, const struct outline_part *p)
{
	struct typeset_bar *bars = mem_zero((size_t)p->count + 1, sizeof *bars);
	for (int i = 0; i < p->count; i++) {
		const struct outline_bar *b = &o->bar[p->first + (size_t)i];
		bars[i] = (struct typeset_bar){ outline_at(o, b->label), b->value };
	}
	typeset_bars(t, outline_at(o, p->text), bars, p->count);
	free(bars);
}

static void add_map(struct typeset *t, const struct outline *o, const struct outline_part *p)
{
	struct typeset_tile *tiles = mem_zero((size_t)p->count + 1, sizeof *tiles);
	for (int i = 0; i < p->count; i++) {
		const struct outline_tile *k = &o->tile[p->first + (size_t)i];
		tiles[i] = (struct typeset_tile){ k->row, k->column, outline_at(o, k->letters), outline_at(o, k->name), k->shade, k->value };
	}
	typeset_map(t, outline_at(o, p->text), tiles, p->count);
	free(tiles);
}

/* --- long lists on paper: entries in three columns, as in a telephone book, each what its row says; a number of one goes without saying --- */

enum { PACKED = 3 };

static void add_entry(const struct outline *o, const struct outline_part *table, const struct outline_part *row, struct buf *out)
{
	buf_reset(out);
	for (int i = 0; i < row->count; i++) {
		const struct outline_kept *c = &o->column[table->first + (size_t)i];
		const char *cell = outline_cell(o, row, i);
		if (c->aside || !*cell || (c->kind == TYPESET_NUMBER && strcmp(cell, "1") == 0))
			continue;
		buf_adds(out, out->len > 0 ? " · " : "");
		outline_show(c->kind, cell, out);
	}
}

static void begin_packed(struct typeset *t, const struct outline *o, const struct outline_part *p)
{
	struct buf head = BUF_INIT;
	struct typeset_column columns[PACKED];
	for (int i = 0; i < p->level; i++)
		if (!o->column[p->first + (size_t)i].aside)
			buf_addf(&head, "%s%s", head.len > 0 ? " · " : "", outline_at(o, o->column[p->first + (size_t)i].title));
	for (int i = 0; i < PACKED; i++)
		columns[i] = (struct typeset_column){ head.data, 1, TYPESET_TEXT };
	typeset_table(t, &(struct typeset_table){ .columns = columns, .count = PACKED, .size = 8 });
	buf_release(&head);
}

/* A very long list runs on as text, which takes a fraction of the paper and of the time: what rests on the same stands together behind it, the people of one
 * seminar, those of one municipality. A list without days is put in the order of what its lines rest on for that. */
enum { LONG = 300, TOGETHER = 60, OWN_PARAGRAPH = 5 };

struct running { const struct outline *o; const struct outline_part *row; };

static const char *rests_on(const struct running *r)
{
	return r->row->count > 1 ? outline_cell(r->o, r->row, 1) : "";
}

static int by_what_it_rests_on(const void *a, const void *b)
{
	const struct running *one = a, *other = b;
	int order = strcmp(rests_on(one), rests_on(other));
	return order != 0 ? order : one->row < other->row ? -1 : 1;
}

static bool is_dated(const struct running *r, int count)
{
	int dated = 0;
	for (int i = 0; i < count; i++)
		dated += *rests_on(&r[i]) >= '0' && *rests_on(&r[i]) <= '9';
	return dated * 2 > count;
}

/* One group: «Бирский район: А; Б», at most TOGETHER of it. Returns how many it took. */
static int add_group(const struct running *r, int count, struct buf *text)
{
	int i = 0;
	if (*rests_on(r))
		buf_addf(text, "%s: ", rests_on(r));
	for (; i < count && i < TOGETHER && strcmp(rests_on(r), rests_on(&r[i])) == 0; i++) {
		buf_adds(text, i > 0 ? "; " : "");
		buf_adds(text, outline_cell(r->o, r[i].row, 0));
		if (r->row->count > 2 && strcmp(outline_cell(r->o, r[i].row, 2), "1") != 0)
			buf_addf(text, " (%s)", outline_cell(r->o, r[i].row, 2));
	}
	return i;
}

/* A row of one cell: those are set once for both runs of a document. */
static void end_paragraph(struct typeset *t, struct buf *text)
{
	if (text->len > 0)
		typeset_row(t, (const char *const[]){ text->data });
	buf_reset(text);
}

static void begin_running(struct typeset *t, const struct outline *o, const struct outline_part *p)
{
	const struct outline_kept *c = &o->column[p->first];
	struct buf head = BUF_INIT;
	buf_addf(&head, "%s%s%s", p->level > 1 ? outline_at(o, c[1].title) : "", p->level > 1 ? ": " : "", outline_at(o, c[0].title));
	typeset_table(t, &(struct typeset_table){ .columns = &(struct typeset_column){ head.data, 1, TYPESET_TEXT }, .count = 1, .size = 8 });
	buf_release(&head);
}

static void add_running(struct typeset *t, const struct outline *o, const struct outline_part *p)
{
	struct running *r = mem_zero((size_t)p->count + 1, sizeof *r);
	struct buf text = BUF_INIT, group = BUF_INIT;
	int took, inside = 0;
	begin_running(t, o, p);
	for (int i = 0; i < p->count; i++)
		r[i] = (struct running){ o, p + 1 + i };
	if (!is_dated(r, p->count))
		qsort(r, (size_t)p->count, sizeof *r, by_what_it_rests_on);
	for (int i = 0; i < p->count; i += took) {
		buf_reset(&group);
		took = add_group(r + i, p->count - i, &group);
		if (took >= OWN_PARAGRAPH || inside + took > TOGETHER) {
			end_paragraph(t, &text);
			inside = 0;
		}
		buf_addf(&text, "%s%s", text.len > 0 ? " · " : "", group.data);
		inside += took;
		if (took >= OWN_PARAGRAPH) {
			end_paragraph(t, &text);
			inside = 0;
		}
	}
	end_paragraph(t, &text);
	typeset_table_end(t);
	buf_release(&text);
	buf_release(&group);
	free(r);
}

/* Returns how many parts it took besides the table itself. */
static int add_packed(struct typeset *t, const struct outline *o, const struct outline_part *p)
{
	const struct outline_part *end = o->part + o->parts;
	struct buf entry[PACKED] = { BUF_INIT, BUF_INIT, BUF_INIT };
	int rows = 0;
	if (p->count > LONG) {
		add_running(t, o, p);
		rows = p->count;
	} else {
		begin_packed(t, o, p);
	}
	while (p + rows + 1 < end && p[rows + 1].kind == PART_ROW) {
		const char *cells[PACKED] = { "", "", "" };
		for (int i = 0; i < PACKED && p + rows + 1 < end && p[rows + 1].kind == PART_ROW; i++) {
			add_entry(o, p, p + ++rows, &entry[i]);
			cells[i] = entry[i].data;
		}
		typeset_row(t, cells);
	}
	if (p->count <= LONG)
		typeset_table_end(t);
	if (p + rows + 1 < end && p[rows + 1].kind == PART_TOTAL) {
		const struct outline_part *total = p + ++rows;
		buf_reset(&entry[0]);
		for (int i = 0; i < total->count; i++)
			if (*outline_cell(o, total, i))
				buf_addf(&entry[0], "%s%s", entry[0].len > 0 ? ": " : "", outline_cell(o, total, i));
		typeset_text(t, &(struct typeset_style){ .bold = true, .size = 9 }, entry[0].data);
	}
	for (int i = 0; i < PACKED; i++)
		buf_release(&entry[i]);
	return rows;
}

/* What only paper has. */
static void add_words(struct typeset *t, const struct outline *o, const struct outline_part *p)
{
	static const struct typeset_style note = { .size = 9, .italic = true }, warning = { .bold = true };
	const char *text = outline_at(o, p->text);
	switch (p->kind) {
	case PART_HEADING: typeset_heading(t, p->level, text); break;
	case PART_BREAK: typeset_break(t); break;
	case PART_TEXT: typeset_text(t, NULL, text); break;
	case PART_NOTE: typeset_text(t, &note, text); break;
	case PART_WARNING: typeset_text(t, &warning, text); break;
	case PART_FIELD: typeset_field(t, text, outline_at(o, p->other)); break;
	case PART_MAP: add_map(t, o, p); break;
	default: break;
	}
}

/* What would stand on the first pages only: a sheet of its own. */
static void add_first_sheet(struct typeset *t, const struct outline *o)
{
	/* TRANSLATORS: the first sheet of a workbook: what the report is about */
	const char *name = _("Report");
	const struct typeset_column columns[] = { { _("What"), 30, TYPESET_TEXT }, { _("Value"), 70, TYPESET_TEXT } };
	const struct typeset_table table = { .name = name, .columns = columns, .count = 2 };
	typeset_table(t, &table);
	typeset_row(t, (const char *const[]){ outline_at(o, o->title), "" });
	for (int i = 0; i < o->parts; i++) {
		const struct outline_part *p = &o->part[i];
		if (p->kind == PART_FIELD)
			typeset_row(t, (const char *const[]){ outline_at(o, p->text), outline_at(o, p->other) });
		else if (p->kind == PART_TEXT || p->kind == PART_WARNING)
			typeset_row(t, (const char *const[]){ "", outline_at(o, p->text) });
	}
	typeset_table_end(t);
}

int outline_typeset(const struct outline *o, enum typeset_format format, struct buf *out, struct err *e)
{
	const struct typeset_page page = { .title = outline_at(o, o->title), .foot = outline_at(o, o->foot), .landscape = true };
	struct typeset *t = typeset_begin(format, &page);
	const bool book = format == TYPESET_XLSX;
	bool open = false;
	if (book)
		add_first_sheet(t, o);
	else
		typeset_heading(t, 1, page.title);
	for (int i = 0; i < o->parts; i++) {
		const struct outline_part *p = &o->part[i];
		bool row = p->kind == PART_ROW || p->kind == PART_TOTAL;
		if (open && !row) {
			typeset_table_end(t);
			open = false;
		}
		if (p->kind == PART_TABLE && p->list && !book) {
			i += add_packed(t, o, p);
		} else if (p->kind == PART_TABLE) {
			begin_table(t, o, p, format);
			open = true;
		} else if (row) {
			add_cells(t, o, p);
		} else if (p->kind == PART_BARS) {
			add_bars(t, o, p);
		} else if (!book) {
			add_words(t, o, p);
		}
	}
	if (open)
		typeset_table_end(t);
	return typeset_finish(t, out, e);
}
