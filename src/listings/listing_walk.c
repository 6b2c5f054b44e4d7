/* Reading by index. Entries are counted from the index's beginning. Who steps over entries without naming the key reads the index alone, and only
 * forward, from its beginning; from a known entry one gets either way, at the price of a row for each step. */
#include "listings/listing_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { ROW_COST = 24, NEAR = 2 * RUNG };	/* what a step costs that reads the row, in steps that do not */

void listing_walk_forget(struct listing_walk *w)
{
	free(w->rung);
	*w = (struct listing_walk){ 0 };
}

static void add_entries(struct buf *sql, const struct listing *l, const char *what)
{
	buf_addf(sql, "SELECT %s FROM %s WHERE r.deleted = 0", what, l->index);
	if (l->within)
		buf_addf(sql, " AND %s", l->within);
	if (l->left_out)
		buf_addf(sql, " AND NOT %s", l->left_out);
}

/* What the tally counts and the walk does not meet. */
static int count_left_out(struct listing_view *v, int64_t *count, struct err *e)
{
	*count = 0;
	if (!v->listing->left_out_count)
		return 0;
	sqlite3_stmt *st = store_prepare_once(v->store, v->listing->left_out_count, e);
	int rc = st ? store_step(v->store, st, e) : -1;
	if (rc == 1)
		*count = sqlite3_column_int64(st, 0);
	sqlite3_finalize(st);
	return rc == 1 ? 0 : -1;
}

int listing_walk_count(struct listing_view *v, int64_t *count, struct err *e)
{
	struct buf sql = BUF_INIT;
	if (!v->listing->within) {
		int64_t left_out;
		if (count_left_out(v, &left_out, e) != 0)
			return -1;
		*count = journal_count(store_journal(v->store), v->listing->table) - left_out;
		return 0;
	}
	add_entries(&sql, v->listing, "count(*)");
	sqlite3_stmt *st = listing_prepare_sql(v, sql.data, e);
	int rc = st ? store_step(v->store, st, e) : -1;
	if (rc == 1)
		*count = sqlite3_column_int64(st, 0);
	sqlite3_finalize(st);
	buf_release(&sql);
	return rc == 1 ? 0 : -1;
}

int listing_walk_whole(struct listing_view *v, bool *whole, struct err *e)
{
	const struct listing *l = v->listing;
	struct listing_walk *w = &v->walk;
	if (!w->known && l->index) {
		struct buf sql = BUF_INIT;
		add_entries(&sql, l, "1");
		buf_addf(&sql, " AND %s IS NULL UNION ALL ", l->key);
		add_entries(&sql, l, "1");
		buf_addf(&sql, " AND %s = '' LIMIT 1", l->key);
		sqlite3_stmt *st = listing_prepare_sql(v, sql.data, e);
		int rc = st ? store_step(v->store, st, e) : -1;
		sqlite3_finalize(st);
		buf_release(&sql);
		if (rc < 0)
			return -1;
		w->whole = rc == 0;
	}
	w->known = true;
	*whole = w->whole;
	return 0;
}

static void note(struct listing_walk *w, int64_t place, const char *id)
{
	if (place % RUNG != 0 || place / RUNG != w->rungs)
		return;
	if (w->rungs == w->room) {
		w->room = w->room ? 2 * w->room : 64;
		w->rung = mem_resize(w->rung, w->room, sizeof *w->rung);
	}
	snprintf(w->rung[w->rungs++], sizeof *w->rung, "%s", id);
}

/* --- from the beginning --- */

static sqlite3_stmt *walk_begin(struct listing_view *v, struct err *e)
{
	struct buf sql = BUF_INIT;
	add_entries(&sql, v->listing, "r.id");
	sqlite3_stmt *st = listing_prepare_sql(v, sql.data, e);
	buf_release(&sql);
	return st;
}

static int from_beginning(struct listing_view *v, int64_t first, int count, char (*ids)[RECORD_ID_SIZE], struct err *e)
{
	sqlite3_stmt *st = walk_begin(v, e);
	int64_t place = 0;
	int rc = st ? 1 : -1;
	for (; rc == 1 && place < first + count && (rc = store_step(v->store, st, e)) == 1; place++) {
		if (place % RUNG == 0)
			note(&v->walk, place, store_text(st, 0));
		if (place >= first)
			snprintf(ids[place - first], RECORD_ID_SIZE, "%s", store_text(st, 0));
	}
	sqlite3_finalize(st);
	return rc < 0 ? -1 : 0;
}

/* --- from a known entry, or from the end --- */

/* An entry whose place is known; key NULL: the one behind the last. */
struct anchor { int64_t place; const char *key, *id; };

static sqlite3_stmt *anchor_begin(struct listing_view *v, const struct anchor *a, bool back, struct err *e)
{
	const struct listing *l = v->listing;
	struct buf sql = BUF_INIT;
	add_entries(&sql, l, "r.id");
	if (a->key)
		buf_addf(&sql, " AND %s", back ? l->to_key : l->from_key);
	if (back)
		buf_addf(&sql, " ORDER BY %s DESC", l->key);
	sqlite3_stmt *st = listing_prepare_sql(v, sql.data, e);
	buf_release(&sql);
	if (st && a->key) {
		sqlite3_bind_text(st, 5, a->id, -1, SQLITE_TRANSIENT);
		sqlite3_bind_text(st, 6, a->key, -1, SQLITE_TRANSIENT);
	}
	return st;
}

static int from_anchor(struct listing_view *v, const struct anchor *a, int64_t first, int count, char (*ids)[RECORD_ID_SIZE], struct err *e)
{
	bool back = a->place > first;
	int step = back ? -1 : 1, rc = 1;
	int64_t place = a->key ? a->place : a->place - 1, last = back ? first : first + count - 1;
	sqlite3_stmt *st = anchor_begin(v, a, back, e);
	if (!st)
		return -1;
	for (; (back ? place >= last : place <= last) && (rc = store_step(v->store, st, e)) == 1; place += step)
		if (place >= first && place < first + count)
			snprintf(ids[place - first], RECORD_ID_SIZE, "%s", store_text(st, 0));
	sqlite3_finalize(st);
	return rc < 0 ? -1 : 0;
}

/* Entries that are passed on the way, those that are asked for included. One in their midst serves neither way. */
static int64_t distance(const struct anchor *a, int64_t first, int count)
{
	if (a->place >= first + count - 1)
		return a->place - first + 1;
	return a->place <= first ? first + count - a->place : INT64_MAX / ROW_COST;
}

static void nearer(struct anchor *best, const struct anchor *other, int64_t first, int count)
{
	if (distance(other, first, count) < distance(best, first, count))
		*best = *other;
}

static struct anchor anchor_of(const struct listing_view *v, int row)
{
	int64_t place = v->first + row;
	return (struct anchor){ v->descending ? v->count - 1 - place : place, v->row[row].key, v->row[row].id };
}

/* The nearest of the end and the window's first and last row. */
static struct anchor nearest(const struct listing_view *v, int64_t first, int count)
{
	struct anchor best = { v->count, NULL, NULL };
	for (int i = 0; i < 2 && v->rows > 0; i++) {
		struct anchor a = anchor_of(v, i == 0 ? 0 : v->rows - 1);
		if (*a.key)
			nearer(&best, &a, first, count);
	}
	return best;
}

/* 1: the id's key, where it stands in the index. */
static int read_key(struct listing_view *v, const char *id, struct buf *key, struct err *e)
{
	const struct listing *l = v->listing;
	struct buf sql = BUF_INIT;
	buf_addf(&sql, "SELECT %s FROM %s r WHERE r.id = " LISTING_ID " AND r.deleted = 0", l->key, l->table);
	if (l->within)
		buf_addf(&sql, " AND %s", l->within);
	if (l->left_out)
		buf_addf(&sql, " AND NOT %s", l->left_out);
	sqlite3_stmt *st = listing_prepare_sql(v, sql.data, e);
	buf_release(&sql);
	if (!st)
		return -1;
	sqlite3_bind_text(st, 5, id, -1, SQLITE_TRANSIENT);
	int rc = store_step(v->store, st, e);
	buf_reset(key);
	if (rc == 1)
		buf_adds(key, store_text(st, 0));
	sqlite3_finalize(st);
	return rc;
}

int listing_walk_ids(struct listing_view *v, int64_t first, int count, char (*ids)[RECORD_ID_SIZE], struct err *e)
{
	struct buf key = BUF_INIT;
	struct anchor a = nearest(v, first, count);
	int64_t rung = first / RUNG;
	int rc = 0;
	if (rung < v->walk.rungs && distance(&a, first, count) > RUNG + count && rung > 0) {
		rc = read_key(v, v->walk.rung[rung], &key, e);
		if (rc == 1)
			a = (struct anchor){ rung * RUNG, key.data, v->walk.rung[rung] };
	}
	if (rc >= 0 && distance(&a, first, count) * ROW_COST < first + count)
		rc = from_anchor(v, &a, first, count, ids, e);
	else if (rc >= 0)
		rc = from_beginning(v, first, count, ids, e);
	buf_release(&key);
	return rc;
}

/* --- the place of a row --- */

static int compare(const char *key, const char *id, const struct anchor *a)
{
	int order = strcmp(key, a->key);
	return order ? order : strcmp(id, a->id);
}

/* Walks from an anchor towards the id, at most `most` entries. */
static int look_near(struct listing_view *v, const struct anchor *a, const char *key, const char *id, int most, int64_t *place, struct err *e)
{
	bool back = compare(key, id, a) < 0;
	sqlite3_stmt *st = anchor_begin(v, a, back, e);
	int rc = st ? 1 : -1;
	for (int n = 0; rc == 1 && n < most && *place < 0 && (rc = store_step(v->store, st, e)) == 1; n++)
		if (strcmp(store_text(st, 0), id) == 0)
			*place = back ? a->place - n : a->place + n;
	sqlite3_finalize(st);
	return rc < 0 ? -1 : 0;
}

/* The last rung that is not behind the key. */
static int look_at_rungs(struct listing_view *v, const char *key, const char *id, int64_t *place, struct err *e)
{
	struct listing_walk *w = &v->walk;
	struct buf own = BUF_INIT;
	uint32_t low = 0, high = w->rungs;
	int rc = 1;
	while (rc == 1 && high - low > 1) {
		uint32_t mid = low + (high - low) / 2;
		rc = read_key(v, w->rung[mid], &own, e);
		struct anchor a = { 0, own.data, w->rung[mid] };
		*(compare(key, id, &a) < 0 ? &high : &low) = mid;
	}
	if (rc == 1 && low < w->rungs && (rc = read_key(v, w->rung[low], &own, e)) == 1) {
		struct anchor a = { (int64_t)low * RUNG, own.data, w->rung[low] };
		rc = look_near(v, &a, key, id, RUNG, place, e);
	}
	buf_release(&own);
	return rc < 0 ? -1 : 0;
}

static int look_from_beginning(struct listing_view *v, const char *id, int64_t *place, struct err *e)
{
	sqlite3_stmt *st = walk_begin(v, e);
	int rc = st ? 1 : -1;
	for (int64_t n = 0; rc == 1 && *place < 0 && (rc = store_step(v->store, st, e)) == 1; n++) {
		const char *at = store_text(st, 0);
		if (n % RUNG == 0)
			note(&v->walk, n, at);
		if (strcmp(at, id) == 0)
			*place = n;
	}
	sqlite3_finalize(st);
	return rc < 0 ? -1 : 0;
}

static int look(struct listing_view *v, const char *id, int64_t *place, struct err *e)
{
	struct buf key = BUF_INIT;
	int rc = read_key(v, id, &key, e);
	if (rc == 1) {
		struct anchor a = v->rows > 0 ? anchor_of(v, 0) : (struct anchor){ 0, NULL, NULL };
		rc = a.key && *a.key ? look_near(v, &a, key.data, id, NEAR, place, e) : 0;
		if (rc == 0 && *place < 0 && v->walk.rungs > 0)
			rc = look_at_rungs(v, key.data, id, place, e);
		if (rc == 0 && *place < 0)
			rc = look_from_beginning(v, id, place, e);
	}
	buf_release(&key);
	return rc < 0 ? -1 : 0;
}

int listing_walk_place(struct listing_view *v, const char *id, int64_t *place, struct err *e)
{
	struct listing_walk *w = &v->walk;
	bool known = *id && strcmp(w->found, id) == 0;
	*place = known ? w->found_at : -1;
	if (!known && look(v, id, place, e) != 0)
		return -1;
	if (*place >= 0) {
		snprintf(w->found, sizeof w->found, "%s", id);
		w->found_at = *place;
	}
	return 0;
}
