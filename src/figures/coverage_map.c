#include "figures/coverage_map.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

enum { PLACES_MAX = 40 };	/* a row or column that the hub may name */

/* Tiles as they are put down, one after the other. */
struct board {
	struct coverage *c;
	int room;
	bool *placed;		/* of each tile */
};

static const struct coverage_place *own_place(const char *code)
{
	for (const struct coverage_place *p = coverage_grid; p->code; p++)
		if (strcmp(p->code, code) == 0)
			return p;
	return NULL;
}

static bool taken(const struct board *b, int row, int column)
{
	for (int i = 0; i < b->c->count; i++)
		if (b->placed[i] && b->c->tile[i].row == row && b->c->tile[i].column == column)
			return true;
	return false;
}

static void put(struct board *b, int i, int row, int column)
{
	if (row < 0 || row >= PLACES_MAX || column < 0 || column >= PLACES_MAX || taken(b, row, column))
		return;
	b->c->tile[i].row = row;
	b->c->tile[i].column = column;
	b->placed[i] = true;
}

/* --- letters --- */

static bool letters_taken(const struct coverage *c, const char *letters)
{
	for (int i = 0; i < c->count; i++)
		if (strcmp(c->tile[i].letters, letters) == 0)
			return true;
	return false;
}

static bool try_letters(struct coverage *c, struct coverage_tile *t, const char *letters)
{
	enum { WIDE = 2 };
	size_t len = strlen(letters);
	if (len == 0 || len >= sizeof t->letters || text_width(letters, len) > WIDE || letters_taken(c, letters))
		return false;
	memcpy(t->letters, letters, len + 1);
	return true;
}

/* Of a name that the program does not know: its first letter and each of the following ones, then numbers. */
static void find_letters(struct coverage *c, struct coverage_tile *t)
{
	const char *name = t->short_name;
	uint32_t cp;
	bool valid;
	size_t first = text_next(name, strlen(name), &cp, &valid), n;
	uint32_t initial = text_char_upper(cp);
	char letters[COVERAGE_LETTERS_SIZE];
	for (size_t i = first; name[i]; i += n) {
		n = text_next(name + i, strlen(name + i), &cp, &valid);
		if (!valid || cp < 'A')
			continue;
		*text_encode(text_encode(letters, initial), text_char_upper(cp)) = '\0';
		if (try_letters(c, t, letters))
			return;
	}
	for (int i = 1; i < 100; i++) {
		snprintf(letters, sizeof letters, "%d", i);
		if (try_letters(c, t, letters))
			return;
	}
}

/* --- reading --- */

/* Those that there are, and what the hub says of their places; rows and columns are counted from 1 there. */
static const char municipalities_sql[] =
	"SELECT m.code, m.name, t.letters, t.grid_row, t.grid_column FROM municipality m"
	" LEFT JOIN territory t ON t.id = m.code AND t.deleted = 0 WHERE coalesce(m.successor, '') = '' ORDER BY m.sort, m.code";

static void add_tile(struct board *b, sqlite3_stmt *st)
{
	struct coverage *c = b->c;
	if (c->count == b->room) {
		b->room = b->room ? 2 * b->room : 64;
		c->tile = mem_resize(c->tile, (size_t)b->room, sizeof *c->tile);
		b->placed = mem_resize(b->placed, (size_t)b->room, sizeof *b->placed);
	}
	struct coverage_tile *t = &c->tile[c->count];
	*t = (struct coverage_tile){ .name = mem_dup(store_text(st, 1)) };
	snprintf(t->code, sizeof t->code, "%s", store_text(st, 0));
	b->placed[c->count++] = false;
	/* Wanted letters and places stand in the tile until everybody's are known. */
	try_letters(c, t, store_text(st, 2));
	if (sqlite3_column_int(st, 3) > 0 && sqlite3_column_int(st, 4) > 0)
		put(b, c->count - 1, sqlite3_column_int(st, 3) - 1, sqlite3_column_int(st, 4) - 1);
}

static int read_tiles(struct store *s, struct board *b, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, municipalities_sql, e);
	int rc = -1;
	while (st && (rc = store_step(s, st, e)) == 1)
		add_tile(b, st);
	if (rc == 0)
		sqlite3_reset(st);
	return rc;
}

static void take_own(struct board *b)
{
	for (int i = 0; i < b->c->count; i++) {
		const struct coverage_place *p = own_place(b->c->tile[i].code);
		if (p && !b->placed[i])
			put(b, i, p->row, p->column);
		if (p && !*b->c->tile[i].letters)
			try_letters(b->c, &b->c->tile[i], p->letters);
	}
}

static int last_row(const struct board *b, int *columns)
{
	int row = -1;
	*columns = 0;
	for (int i = 0; i < b->c->count; i++) {
		if (!b->placed[i])
			continue;
		row = b->c->tile[i].row > row ? b->c->tile[i].row : row;
		*columns = b->c->tile[i].column >= *columns ? b->c->tile[i].column + 1 : *columns;
	}
	return row;
}

static void place_rest(struct board *b)
{
	enum { USUAL = 9 };
	int columns, row = last_row(b, &columns) + 1, n = 0, wide = columns > USUAL ? columns : USUAL;
	for (int i = 0; i < b->c->count; i++) {
		if (b->placed[i])
			continue;
		b->c->tile[i].row = row + n / wide;
		b->c->tile[i].column = n++ % wide;
		b->placed[i] = true;
	}
	b->c->rows = last_row(b, &b->c->columns) + 1;
}

static int by_place(const void *a, const void *b)
{
	const struct coverage_tile *x = a, *y = b;
	return x->row != y->row ? x->row - y->row : x->column - y->column;
}

int coverage_map_read(struct store *s, struct coverage *out, struct err *e)
{
	struct board b = { .c = out };
	int rc = read_tiles(s, &b, e);
	if (rc == 0) {
		take_own(&b);
		place_rest(&b);
		for (int i = 0; i < out->count; i++) {
			struct buf name = BUF_INIT;
			municipality_short_name(s, out->tile[i].code, &name);
			out->tile[i].short_name = buf_detach(&name);
		}
		for (int i = 0; i < out->count; i++)
			if (!*out->tile[i].letters)
				find_letters(out, &out->tile[i]);
		qsort(out->tile, (size_t)out->count, sizeof *out->tile, by_place);
	}
	free(b.placed);
	return rc;
}
