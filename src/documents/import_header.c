#include "documents/import_header.h"

#include <string.h>

#include "base/i18n.h"
#include "base/text.h"

enum { HEADER_ROWS = 40 };

/* How many columns hold anything at all; a spreadsheet saves empty ones behind them. */
static int width(const struct csv_table *t)
{
	int columns = 0;
	for (int i = 0; i < t->count; i++)
		for (int k = t->row[i].count; k > columns; k--)
			if (*t->row[i].cell[k - 1])
				columns = k;
	return columns;
}

static bool is_name(enum import_column c)
{
	return c >= COLUMN_NAME && c <= COLUMN_PATRONYMIC;
}

/* What makes a row of titles one: who or what each row is about. */
static bool is_subject(enum import_kind kind, enum import_column c)
{
	return kind == IMPORT_SEMINARS ? c == COLUMN_TITLE : c == COLUMN_NAME || c == COLUMN_SURNAME || c == COLUMN_GIVEN ||
	    (c == COLUMN_PERSON && kind != IMPORT_PEOPLE);
}

static enum import_column meaning(const struct import_map *map, enum import_kind kind, const char *title)
{
	enum import_column told = map ? import_map_find(map, title) : COLUMN_UNKNOWN;
	return told != COLUMN_UNKNOWN ? told : import_column_find(kind, title);
}

/* How many different columns a row names; 0 when it cannot be a header. */
static int score(const struct csv_row *row, enum import_kind kind, const struct import_map *map, int columns)
{
	bool seen[COLUMN_KINDS] = { false }, subject = false;
	int named = 0, filled = 0;
	for (int i = 0; i < row->count && i < IMPORT_CELLS; i++) {
		enum import_column c = meaning(map, kind, row->cell[i]);
		filled += *row->cell[i] != '\0';
		subject |= is_subject(kind, c);
		if (c >= COLUMN_NAME && !seen[c])
			named++;
		seen[c] = true;
	}
	if (!subject)
		return 0;
	/* «Участники семинара» over the table is a title; a list of nothing but names has its header alone in the row. */
	return named > 1 || columns == 1 || filled > 1 ? named : 0;
}

static bool names(const struct import_header *h, enum import_column column)
{
	for (int i = 0; i < h->count; i++)
		if (h->column[i] == column)
			return true;
	return false;
}

/* "Name" beside "Surname" is the given name. */
static void settle_name(struct import_header *h)
{
	if (!names(h, COLUMN_SURNAME) || names(h, COLUMN_GIVEN))
		return;
	for (int i = 0; i < h->count; i++)
		if (h->column[i] == COLUMN_NAME)
			h->column[i] = COLUMN_GIVEN;
}

/* A second column of what a card has once, «ФИО руководителя» behind «ФИО», is another's. */
static void drop_seconds(struct import_header *h)
{
	bool seen[COLUMN_KINDS] = { false };
	for (int i = 0; i < h->count; i++) {
		enum import_column c = h->column[i];
		if (!import_columns[c].several && seen[c])
			h->column[i] = COLUMN_UNKNOWN;
		seen[c] = true;
	}
}

/* --- one row or two --- */

static const char *title_at(const struct csv_row *row, int i)
{
	return i < row->count ? row->cell[i] : "";
}

/* «Контактные данные» over «Телефон» and «E-mail»: titles below titles, and nobody's name among them. */
static bool goes_on(enum import_kind kind, const struct csv_row *upper, const struct csv_row *lower)
{
	int named = 0;
	for (int i = 0; i < lower->count && i < IMPORT_CELLS; i++) {
		enum import_column below = import_column_find(kind, lower->cell[i]), above = import_column_find(kind, title_at(upper, i));
		if (!*lower->cell[i])
			continue;
		if (below == COLUMN_UNKNOWN && above != COLUMN_UNKNOWN)
			return false;
		named += below >= COLUMN_NAME;
	}
	return named > 0;
}

static int filled(const struct csv_row *row)
{
	int n = 0;
	for (int i = 0; i < row->count; i++)
		n += *row->cell[i] != '\0';
	return n;
}

/* The header may be the upper of two rows, or the lower. */
static void find_rows(const struct csv_table *t, struct import_header *h)
{
	h->top = h->row;
	if (h->row + 1 < t->count && goes_on(h->kind, &t->row[h->row], &t->row[h->row + 1]))
		h->row++;
	else if (h->row > 0 && filled(&t->row[h->row - 1]) > 1 && goes_on(h->kind, &t->row[h->row - 1], &t->row[h->row]))
		h->top--;
}

const char *import_header_title(const struct import_header *h, const struct csv_table *t, int i)
{
	const char *lower = title_at(&t->row[h->row], i);
	return *lower ? lower : title_at(&t->row[h->top], i);
}

static void read_columns(const struct csv_table *t, const struct import_map *map, struct import_header *h)
{
	int upper = t->row[h->top].count, lower = t->row[h->row].count;
	h->count = upper > lower ? upper : lower;
	if (h->count > IMPORT_CELLS)
		h->count = IMPORT_CELLS;
	for (int i = 0; i < h->count; i++)
		h->column[i] = meaning(map, h->kind, title_at(&t->row[h->row], i));
	/* The name below goes before whatever speaks of people above: that may be the title of the list. */
	bool named = names(h, COLUMN_NAME) || names(h, COLUMN_SURNAME) || names(h, COLUMN_GIVEN);
	for (int i = 0; i < h->count; i++) {
		enum import_column above = meaning(map, h->kind, title_at(&t->row[h->top], i));
		if (h->column[i] == COLUMN_UNKNOWN && !(named && is_name(above)))
			h->column[i] = above;
	}
	settle_name(h);
	drop_seconds(h);
}

/* The first of the rows with most cells. */
static int fullest(const struct csv_table *t)
{
	int best = 0;
	for (int i = 0; i < t->count && i < HEADER_ROWS; i++)
		if (filled(&t->row[i]) > filled(&t->row[best]))
			best = i;
	return best;
}

static int refuse(enum import_kind kind, struct err *e)
{
	if (kind == IMPORT_SEMINARS)
		return err_set(e, ERR_REFUSED, _("no header row was found in the first %d rows; it names the columns, one of them Название or Тема"), HEADER_ROWS);
	return err_set(e, ERR_REFUSED, _("no header row was found in the first %d rows; "
	    "it names the columns, one of them ФИО, or Фамилия, Имя, Отчество apart"), HEADER_ROWS);
}

int import_header_find(const struct csv_table *t, enum import_kind kind, const struct import_map *map, bool any_row, struct import_header *out,
    struct err *e)
{
	int best = 0, columns = width(t);
	*out = (struct import_header){ .kind = kind };
	for (int i = 0; i < t->count && i < HEADER_ROWS; i++) {
		int n = score(&t->row[i], kind, map, columns);
		if (n > best) {
			best = n;
			out->row = i;
		}
	}
	if (best == 0 && !(any_row && t->count > 0))
		return refuse(kind, e);
	if (best > 0) {
		find_rows(t, out);
	} else {
		out->row = out->top = fullest(t);
	}
	read_columns(t, map, out);
	return 0;
}
