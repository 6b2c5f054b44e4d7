/* A view: its state, its window, and which of index and roll answers. */
#include "listings/listing_private.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "records/municipality.h"
#include "records/person.h"

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

/* What the state alone decides. */
static void drop_rows(struct listing_view *v)
{
	listing_window_release(v);
	listing_roll_free(v->roll);
	v->roll = NULL;
	v->counted = false;
}

void listing_stale(struct listing_view *v)
{
	drop_rows(v);
	listing_every_release(v);
	listing_names_release(&v->names);
	listing_walk_forget(&v->walk);
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
	listing_window_release(v);
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
		if (by_index && listing_walk_count(v, &v->count, e) != 0)
			return -1;
		if (!by_index)
			v->count = (int64_t)v->roll->matches;
		v->counted = true;
	}
	*count = v->count;
	return 0;
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
