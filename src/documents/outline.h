/* outline: a document as its parts in order: headings, paragraphs, fields, tables, charts, a map. It is put together once and written as text for a terminal,
 * as one HTML file (inline SVG, no script, nothing loaded, for a phone, a desk and paper, light and dark), as PDF and as a workbook (typeset.h). Texts are copied. */
#ifndef DOCUMENTS_OUTLINE_H
#define DOCUMENTS_OUTLINE_H

#include "documents/typeset.h"

enum outline_format { OUTLINE_TEXT, OUTLINE_HTML, OUTLINE_PDF, OUTLINE_XLSX };

struct outline;
struct outline *outline_new(const char *title, const char *foot);	/* foot: of every printed page */
void outline_free(struct outline *o);					/* NULL is nothing */
int outline_write(const struct outline *o, enum outline_format format, struct buf *out, struct err *e);

void outline_heading(struct outline *o, int level, const char *text);	/* level 1: a section, in PDF on a new page where `outline_break` was said before it; 2 */
void outline_break(struct outline *o);					/* what follows begins a new page */
void outline_text(struct outline *o, const char *text);
void outline_note(struct outline *o, const char *text);			/* smaller: how something was computed */
void outline_warning(struct outline *o, const char *text);
void outline_field(struct outline *o, const char *label, const char *text);

struct outline_column { const char *title; enum typeset_kind kind; double width; };	/* width: its part of the page */
/* `sheet`: its name in a workbook, short and no two alike. Numbers are given as digits, days as ISO. In a terminal a list (`list`) is left out: there is a command
 * for each. */
void outline_table(struct outline *o, const char *sheet, const struct outline_column *columns, int count, bool list);
void outline_aside(struct outline *o, int column);			/* of the table that was begun last: left out where a long list goes on paper */
void outline_row(struct outline *o, const char *const *cells);
/* All parts of another outline, behind those of this one. */
void outline_append(struct outline *o, const struct outline *from);
/* After the last row; sum[i]: in a workbook a formula over the column, elsewhere the cell as given. */
void outline_total(struct outline *o, const char *const *cells, const bool *sum);

/* What was meant to be and what is: one line each. target 0: none. */
void outline_target(struct outline *o, const char *label, int64_t target, int64_t reached, const char *words);
void outline_bars(struct outline *o, const char *title, const struct typeset_bar *bars, int count);
void outline_map(struct outline *o, const char *title, const struct typeset_tile *tiles, int count);

/* --- for the writers (outline_*.c) --- */

enum outline_kind { PART_HEADING, PART_BREAK, PART_TEXT, PART_NOTE, PART_WARNING, PART_FIELD, PART_TABLE, PART_ROW, PART_TOTAL, PART_TARGET, PART_BARS, PART_MAP };

struct outline_part {
	enum outline_kind kind;
	int level;				/* of a heading; of a table: its columns */
	bool list;
	size_t text, other;			/* places in the texts: heading, paragraph, label; value, sheet, words */
	size_t first;				/* of a table: in columns; of a row: in cells; of bars and tiles: in theirs */
	int count;
	unsigned sum;				/* of a total: a bit for each column */
	int64_t target, reached;
};

struct outline {
	struct buf texts;			/* each with its NUL */
	size_t title, foot;
	struct outline_part *part;
	int parts, parts_room;
	int table;				/* the part that rows belong to */
	struct outline_kept { size_t title; enum typeset_kind kind; double width; bool aside; } *column;
	int columns;
	size_t *cell, cells, cells_room;
	struct outline_bar { size_t label; double value; } *bar;
	int bars;
	struct outline_tile { int row, column; size_t letters, name; double shade; int64_t value; } *tile;
	int tiles;
};

static inline const char *outline_at(const struct outline *o, size_t place) { return o->texts.data + place; }
static inline const char *outline_cell(const struct outline *o, const struct outline_part *row, int i) { return o->texts.data + o->cell[row->first + (size_t)i]; }

void outline_write_text(const struct outline *o, struct buf *out);
void outline_write_html(const struct outline *o, struct buf *out);
int outline_typeset(const struct outline *o, enum typeset_format format, struct buf *out, struct err *e);

/* A cell as people read it: days 14.02.2020, numbers with a thin space between thousands, per cents with their sign. Appends. */
void outline_show(enum typeset_kind kind, const char *cell, struct buf *out);

#endif
