/* The window of a view: the rows that a screen shows, moved along rather than read again. */
#include "listings/listing_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "records/rows.h"

static void rows_release(struct listing_row **row, int *count)
{
	for (int i = 0; i < *count; i++)
		free((*row)[i].text);
	free(*row);
	*row = NULL;
	*count = 0;
}

void listing_window_release(struct listing_view *v)
{
	rows_release(&v->row, &v->rows);
}

void listing_every_release(struct listing_view *v)
{
	rows_release(&v->every, &v->everything);
}

/* A window's worth of ids. */
static int window_ids(struct listing_view *v, int64_t first, int count, char (*ids)[RECORD_ID_SIZE], struct err *e)
{
	if (v->roll) {
		for (int i = 0; i < count; i++)
			snprintf(ids[i], RECORD_ID_SIZE, "%s", listing_roll_id(v->roll, v->roll->match[first + i]));
		return 0;
	}
	if (!v->descending)
		return listing_walk_ids(v, first, count, ids, e);
	if (listing_walk_ids(v, v->count - first - count, count, ids, e) != 0)
		return -1;
	for (int i = 0; i < count / 2; i++) {
		char swap[RECORD_ID_SIZE];
		memcpy(swap, ids[i], RECORD_ID_SIZE);
		memcpy(ids[i], ids[count - 1 - i], RECORD_ID_SIZE);
		memcpy(ids[count - 1 - i], swap, RECORD_ID_SIZE);
	}
	return 0;
}

int listing_ids(struct listing_view *v, int64_t first, int count, char (*ids)[RECORD_ID_SIZE], struct err *e)
{
	int64_t all;
	if (listing_count(v, &all, e) != 0)
		return -1;
	bug_if(first < 0 || count < 0 || first + count > all);
	memset(ids, 0, (size_t)count * sizeof *ids);
	return window_ids(v, first, count, ids, e);
}

static const char *cell_text(struct listing_view *v, const struct listing_column *c, sqlite3_stmt *st, int column)
{
	const char *kept = store_text(st, column);
	if (!c->reference)
		return kept;
	return listing_names_get(&v->names, v->store, listing_names_number(&v->names, c->reference, kept))->shown;
}

/* Takes the cells from the statement's row; "" where it has none. */
static void take_cells(struct listing_view *v, struct listing_row *row, sqlite3_stmt *st)
{
	const struct listing *l = v->listing;
	struct buf text = BUF_INIT;
	for (int i = 0; i < l->columns; i++)
		rows_add(&text, st ? cell_text(v, &l->column[i], st, i) : "");
	rows_add(&text, st ? store_text(st, l->columns) : "");
	row->text = buf_detach(&text);
	const char *p = row->text;
	for (int i = 0; i < l->columns; i++)
		row->cell[i] = rows_next(&p);
	row->key = p;
}

/* One statement, kept from window to window, run for each new row. */
static int read_row(struct listing_view *v, struct listing_row *row, struct err *e)
{
	sqlite3_stmt *st = listing_ready(v, e) == 0 ? store_prepare(v->store, v->listing->row, e) : NULL;
	if (!st)
		return -1;
	listing_bind(v, st);
	store_bind_text(st, 5, row->id);
	int rc = store_step(v->store, st, e);
	if (rc >= 0) {
		take_cells(v, row, rc == 1 ? st : NULL);
		sqlite3_reset(st);
	}
	return rc < 0 ? -1 : 0;
}

static int read_every_row(struct listing_view *v, struct err *e)
{
	int rc, room = 0;
	sqlite3_stmt *st = listing_prepare_sql(v, v->listing->every_row, e);
	if (!st)
		return -1;
	while ((rc = store_step(v->store, st, e)) == 1) {
		if (v->everything == room) {
			room = room ? 2 * room : 64;
			v->every = mem_resize(v->every, (size_t)room, sizeof *v->every);
		}
		struct listing_row *row = &v->every[v->everything++];
		snprintf(row->id, sizeof row->id, "%s", store_text(st, v->listing->columns + 1));
		take_cells(v, row, st);
	}
	sqlite3_finalize(st);
	if (rc < 0)
		rows_release(&v->every, &v->everything);
	return rc;
}

/* Of those that were read all at once. */
static int copy_row(struct listing_view *v, struct listing_row *row, struct err *e)
{
	int i = 0;
	if (v->everything == 0 && read_every_row(v, e) != 0)
		return -1;
	while (i < v->everything && strcmp(v->every[i].id, row->id) != 0)
		i++;
	if (i == v->everything) {
		take_cells(v, row, NULL);
		return 0;
	}
	const struct listing_row *from = &v->every[i];
	size_t size = (size_t)(from->key - from->text) + strlen(from->key) + 1;
	row->text = memcpy(mem_alloc(size), from->text, size);
	for (int c = 0; c < v->listing->columns; c++)
		row->cell[c] = row->text + (from->cell[c] - from->text);
	row->key = row->text + (from->key - from->text);
	return 0;
}

/* Moves rows first … of the old window into the new one, and reads what was not there. */
static int fill(struct listing_view *v, struct listing_row *row, int64_t first, int count, struct err *e)
{
	int from = 0, to = count, rc = 0;
	char (*ids)[RECORD_ID_SIZE] = mem_zero((size_t)count, sizeof *ids);
	/* What is kept lies at one end: the middle would need two readings, and no screen grows both ways. */
	int64_t kept = first > v->first ? first : v->first;
	int64_t end = first + count < v->first + v->rows ? first + count : v->first + v->rows;
	if (v->rows > 0 && kept < end && (kept == first || end == first + count)) {
		for (int64_t i = kept; i < end; i++) {
			row[i - first] = v->row[i - v->first];
			v->row[i - v->first].text = NULL;
		}
		from = kept == first ? (int)(end - first) : 0;
		to = kept == first ? count : (int)(kept - first);
	}
	if (from < to)
		rc = window_ids(v, first + from, to - from, ids + from, e);
	for (int i = from; rc == 0 && i < to; i++) {
		memcpy(row[i].id, ids[i], RECORD_ID_SIZE);
		rc = v->listing->every_row ? copy_row(v, &row[i], e) : read_row(v, &row[i], e);
	}
	free(ids);
	return rc;
}

int listing_window(struct listing_view *v, int64_t first, int count, struct err *e)
{
	int64_t all;
	if (listing_count(v, &all, e) != 0)
		return -1;
	first = first < 0 ? 0 : first > all ? all : first;
	count = count < 0 ? 0 : count > all - first ? (int)(all - first) : count;
	if (v->first == first && v->rows == count)
		return 0;
	struct listing_row *row = mem_zero((size_t)count, sizeof *row);
	int rc = fill(v, row, first, count, e);
	if (rc == 0 && store_interrupted(v->store))
		rc = err_set(e, ERR_REFUSED, _("interrupted"));
	listing_window_release(v);
	v->row = row;
	v->rows = count;
	v->first = first;
	if (rc != 0)
		listing_window_release(v);
	return rc;
}

const char *listing_id(const struct listing_view *v, int row)
{
	return row >= 0 && row < v->rows ? v->row[row].id : "";
}

const char *listing_cell(const struct listing_view *v, int row, int column)
{
	return row >= 0 && row < v->rows && column >= 0 && column < v->listing->columns ? v->row[row].cell[column] : "";
}
