/* A view: its state, its window, and which of index and roll answers. */
#include "records/listing_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "records/municipality.h"
#include "records/person.h"
#include "records/rows.h"

const struct choice listing_yes[] = { { "yes", N_("yes"), NULL }, { NULL, NULL, NULL } };

struct listing_view *listing_open(struct store *s, const struct listing *l)
{
	struct listing_view *v = mem_zero(1, sizeof *v);
	bug_if(l->columns > LISTING_COLUMNS_MAX || l->facets > LISTING_FACETS_MAX || l->references > LISTING_REFERENCES_MAX);
	v->store = s;
	v->listing = l;
	v->descending = l->descending;
	return v;
}

static void rows_release(struct listing_row **row, int *count)
{
	for (int i = 0; i < *count; i++)
		free((*row)[i].text);
	free(*row);
	*row = NULL;
	*count = 0;
}

static void window_release(struct listing_view *v)
{
	rows_release(&v->row, &v->rows);
}

/* What the state alone decides. */
static void drop_rows(struct listing_view *v)
{
	window_release(v);
	listing_roll_free(v->roll);
	v->roll = NULL;
	v->counted = false;
}

void listing_stale(struct listing_view *v)
{
	drop_rows(v);
	listing_names_release(&v->names);
	listing_walk_forget(&v->walk);
	rows_release(&v->every, &v->everything);
	v->ready = false;
}

void listing_close(struct listing_view *v)
{
	if (!v)
		return;
	listing_stale(v);
	for (int i = 0; i < LISTING_FACETS_MAX; i++)
		free(v->facet[i]);
	free(v->words);
	free(v);
}

/* --- the state --- */

static bool same(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

void listing_order(struct listing_view *v, int column, bool descending)
{
	bug_if(column < 0 || column >= v->listing->columns);
	if (v->column == column && v->descending == descending)
		return;
	v->column = column;
	v->descending = descending;
	drop_rows(v);
}

void listing_facet(struct listing_view *v, int facet, const char *value)
{
	bug_if(facet < 0 || facet >= v->listing->facets);
	if (same(v->facet[facet], value))
		return;
	char *copy = mem_dup(value);
	free(v->facet[facet]);
	v->facet[facet] = copy;
	drop_rows(v);
}

void listing_words(struct listing_view *v, const char *typed)
{
	const char *words = typed && *typed ? typed : NULL;
	if (same(v->words, words))
		return;
	char *copy = mem_dup(words);
	free(v->words);
	v->words = copy;
	window_release(v);
	v->counted = false;
}

int listing_ready(struct listing_view *v, struct err *e)
{
	if (v->ready)
		return 0;
	person_me(v->store, v->me);
	date_today(v->today);
	if (programme_current(v->store, v->programme, e) != 0)
		return -1;
	v->ready = true;
	return 0;
}

void listing_bind(struct listing_view *v, sqlite3_stmt *st)
{
	store_bind_text(st, 1, v->me);
	store_bind_text(st, 2, v->today);
	store_bind_text(st, 3, v->programme);
	store_bind_text(st, 4, journal_tag(store_journal(v->store)));
	for (int i = 0; i < v->listing->facets; i++)
		store_bind_text(st, LISTING_FIRST_FACET + i, v->facet[i]);
}

sqlite3_stmt *listing_prepare_sql(struct listing_view *v, const char *sql, struct err *e)
{
	sqlite3_stmt *st = listing_ready(v, e) == 0 ? store_prepare_once(v->store, sql, e) : NULL;
	if (st)
		listing_bind(v, st);
	return st;
}

/* --- numbers --- */

static int index_answers(struct listing_view *v, bool *yes, struct err *e)
{
	*yes = v->listing->index && !v->roll && v->column == 0 && !v->words;
	for (int i = 0; i < v->listing->facets; i++)
		*yes = *yes && !v->facet[i];
	return *yes ? listing_walk_whole(v, yes, e) : 0;
}

int listing_prepare(struct listing_view *v, struct err *e)
{
	if (v->roll)
		return 0;
	v->counted = false;
	return listing_roll_read(v, e);
}

int listing_count(struct listing_view *v, int64_t *count, struct err *e)
{
	bool by_index = false;
	if (!v->counted) {
		if (index_answers(v, &by_index, e) != 0)
			return -1;
		if (!by_index && listing_prepare(v, e) != 0)
			return -1;
		if (v->roll)
			listing_roll_match(v);
		v->count = by_index ? journal_count(store_journal(v->store), v->listing->table) : (int64_t)v->roll->matches;
		v->counted = true;
	}
	*count = v->count;
	return 0;
}

/* --- the window --- */

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
	window_release(v);
	v->row = row;
	v->rows = count;
	v->first = first;
	if (rc != 0)
		window_release(v);
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

/* --- places --- */

int listing_place(struct listing_view *v, const char *id, int64_t *place, struct err *e)
{
	int64_t all;
	*place = -1;
	if (listing_count(v, &all, e) != 0)
		return -1;
	for (int i = 0; i < v->rows; i++)
		if (strcmp(v->row[i].id, id) == 0) {
			*place = v->first + i;
			return 0;
		}
	if (v->roll) {
		*place = listing_roll_place(v->roll, id);
		return 0;
	}
	int rc = listing_walk_place(v, id, place, e);
	if (rc == 0 && *place >= 0 && v->descending)
		*place = v->count - 1 - *place;
	return rc;
}

static int find(struct listing_view *v, const char *folded, int64_t *place, struct err *e)
{
	char id[1][RECORD_ID_SIZE];
	int64_t all;
	int found;
	if (listing_count(v, &all, e) != 0)
		return -1;
	if (!v->roll && !v->listing->letters && (listing_prepare(v, e) != 0 || listing_count(v, &all, e) != 0))
		return -1;
	if (v->roll) {
		*place = listing_roll_find(v, folded);
		return 0;
	}
	if (listing_letters(v, folded, v->descending, 1, id, &found, e) != 0)
		return -1;
	return found ? listing_place(v, id[0], place, e) : 0;
}

int listing_find(struct listing_view *v, const char *letters, int64_t *place, struct err *e)
{
	struct buf folded = BUF_INIT;
	*place = -1;
	text_fold(letters, strlen(letters), &folded);
	int rc = folded.len > 0 ? find(v, folded.data, place, e) : 0;
	buf_release(&folded);
	return rc;
}

int listing_begins(struct listing_view *v, const char *letters, int most, char (*ids)[RECORD_ID_SIZE], int *count, struct err *e)
{
	struct buf folded = BUF_INIT;
	*count = 0;
	text_fold(letters, strlen(letters), &folded);
	int rc = folded.len > 0 ? listing_letters(v, folded.data, false, most, ids, count, e) : 0;
	buf_release(&folded);
	return rc;
}

/* --- facets --- */

const char *listing_facet_label(const struct listing *l, int facet)
{
	return _(l->facet[facet].label);
}

struct giving { listing_value_fn each; void *context; };

static int give_municipality(void *context, const char *code, const char *name, struct err *e)
{
	const struct giving *g = context;
	return g->each(g->context, code, name, e);
}

int listing_facet_values(struct listing_view *v, int facet, listing_value_fn each, void *context, struct err *e)
{
	struct giving g = { each, context };
	const struct choice *c = v->listing->facet[facet].values;
	if (!c)
		return municipality_each(v->store, give_municipality, &g, e);
	for (; c->code; c++)
		if (each(context, c->code, _(c->label), e) != 0)
			return -1;
	return 0;
}
