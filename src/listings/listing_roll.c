/* The roll: all rows of a state, read in the table's own order and put in order in memory. At 100,000 people that is quicker than to go through an
 * index, whose entries lie on other sealed pages than their rows. */
#include "listings/listing_private.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"

/* What the statement gives: the id, two keys, the text, then the references. */
enum { C_ID, C_BASE, C_KEY, C_TEXT, C_REFERENCE };

/* Keys live while the rows are put in order. */
struct keys {
	struct buf base, key;
	size_t *base_at, *key_at;
};

static void add_facets(const struct listing_view *v, struct buf *sql)
{
	for (int i = 0; i < v->listing->facets; i++)
		if (v->facet[i])
			buf_addf(sql, " AND (%s)", v->listing->facet[i].condition);
}

void listing_roll_sql(const struct listing_view *v, struct buf *sql)
{
	const struct listing *l = v->listing;
	const struct listing_column *c = &l->column[v->column];
	buf_addf(sql, "SELECT r.id, %s, %s, ", l->key, v->column > 0 && c->key ? c->key : "NULL");
	if (c->text)
		buf_addf(sql, "%s || ' ' || ", c->text);
	buf_addf(sql, "coalesce(%s, '')", l->text);
	for (int i = 0; i < l->references; i++)
		buf_addf(sql, ", %s", l->reference[i].sql);
	buf_addf(sql, " FROM %s%s%s WHERE %s", l->from, c->join ? " " : "", c->join ? c->join : "", l->visible);
	add_facets(v, sql);
}

static void roll_grow(struct listing_roll *r, struct keys *k, int references)
{
	r->room = r->room ? 2 * r->room : 1024;
	r->text = mem_resize(r->text, r->room, sizeof *r->text);
	r->id = mem_resize(r->id, r->room, sizeof *r->id);
	r->reference = mem_resize(r->reference, (size_t)r->room * (size_t)(references ? references : 1), sizeof *r->reference);
	k->base_at = mem_resize(k->base_at, r->room, sizeof *k->base_at);
	k->key_at = mem_resize(k->key_at, r->room, sizeof *k->key_at);
}

static size_t keep(struct buf *b, sqlite3_stmt *st, int column)
{
	size_t at = b->len;
	const char *text = store_text(st, column);
	size_t len = strnlen(text, (size_t)sqlite3_column_bytes(st, column));
	buf_reserve(b, len + 1);
	memcpy(b->data + at, text, len);
	b->data[at + len] = '\0';
	buf_grown(b, len + 1);
	return at;
}

static void add_row(struct listing_view *v, struct listing_roll *r, struct keys *k, sqlite3_stmt *st)
{
	const struct listing *l = v->listing;
	if (r->count == r->room)
		roll_grow(r, k, l->references);
	uint32_t row = r->count++;
	r->id[row] = (uint32_t)keep(&r->ids, st, C_ID);
	r->text[row] = keep(&r->texts, st, C_TEXT);
	k->base_at[row] = keep(&k->base, st, C_BASE);
	k->key_at[row] = v->column > 0 ? keep(&k->key, st, C_KEY) : 0;
	for (int i = 0; i < l->references; i++)
		r->reference[row * (uint32_t)l->references + (uint32_t)i] =
		    listing_names_number(&v->names, &l->reference[i], store_text(st, C_REFERENCE + i));
}

static int read_rows(struct listing_view *v, struct listing_roll *r, struct keys *k, struct err *e)
{
	struct buf sql = BUF_INIT;
	int rc;
	listing_roll_sql(v, &sql);
	sqlite3_stmt *st = listing_prepare_sql(v, sql.data, e);
	buf_release(&sql);
	if (!st)
		return -1;
	while ((rc = store_step(v->store, st, e)) == 1)
		add_row(v, r, k, st);
	sqlite3_finalize(st);
	return rc;
}

/* --- the order --- */

static void reverse(struct listing_item *item, uint32_t count)
{
	for (uint32_t i = 0; i < count / 2; i++) {
		struct listing_item swap = item[i];
		item[i] = item[count - 1 - i];
		item[count - 1 - i] = swap;
	}
}

/* By key, what has none last; equal rows stay in the order in which they came. Descending, they come the wrong way round and are turned back with
 * the rest. */
static void put_in_order(struct listing_item *item, uint32_t count, bool descending)
{
	uint32_t keyed = 0, empty = 0;
	for (uint32_t i = 0; i < count; i++)
		empty += !*item[i].key;
	struct listing_item *none = mem_alloc((empty ? empty : 1) * sizeof *none);
	empty = 0;
	for (uint32_t i = 0; i < count; i++)
		if (*item[i].key)
			item[keyed++] = item[i];
		else
			none[empty++] = item[i];
	memcpy(item + keyed, none, empty * sizeof *item);
	free(none);
	if (descending)
		reverse(item, keyed);
	listing_sort(item, keyed);
	if (descending)
		reverse(item, keyed);
}

static const char *order_key(struct listing_view *v, const struct listing_roll *r, const struct keys *k, uint32_t row)
{
	const struct listing *l = v->listing;
	const struct listing_reference *ref = l->column[v->column].reference;
	if (!ref)
		return k->key.data + k->key_at[row];
	return listing_names_get(&v->names, v->store, r->reference[row * (uint32_t)l->references + (uint32_t)(ref - l->reference)])->key;
}

/* As a table gives them that is read from its beginning. */
static bool in_order(const struct listing_item *item, uint32_t count)
{
	for (uint32_t i = 1; i < count; i++)
		if (strcmp(item[i - 1].key, item[i].key) > 0)
			return false;
	return true;
}

/* By id, then by the first column, then by the state's. */
static void roll_order(struct listing_view *v, struct listing_roll *r, const struct keys *k)
{
	struct listing_item *item = mem_alloc((r->count ? r->count : 1) * sizeof *item);
	bool down = v->column == 0 ? v->descending : v->listing->descending;
	for (uint32_t i = 0; i < r->count; i++)
		item[i] = (struct listing_item){ 0, listing_roll_id(r, i), i };
	if (!in_order(item, r->count))
		listing_sort(item, r->count);
	if (down)
		reverse(item, r->count);
	for (uint32_t i = 0; i < r->count; i++)
		item[i].key = k->base.data + k->base_at[item[i].row];
	put_in_order(item, r->count, down);
	for (uint32_t i = 0; v->column > 0 && i < r->count; i++)
		item[i].key = order_key(v, r, k, item[i].row);
	if (v->column > 0)
		put_in_order(item, r->count, v->descending);
	r->order = mem_alloc((r->count ? r->count : 1) * sizeof *r->order);
	for (uint32_t i = 0; i < r->count; i++)
		r->order[i] = item[i].row;
	free(item);
}

/* Gives back what the doubling left over. */
static void trim(struct listing_roll *r, int references)
{
	struct buf *bufs[] = { &r->ids, &r->texts };
	for (int i = 0; i < 2; i++)
		if (bufs[i]->len > 0) {
			bufs[i]->cap = bufs[i]->len + 1;
			bufs[i]->data = mem_resize(bufs[i]->data, bufs[i]->cap, 1);
		}
	if (r->count == 0)
		return;
	r->text = mem_resize(r->text, r->count, sizeof *r->text);
	r->id = mem_resize(r->id, r->count, sizeof *r->id);
	r->reference = mem_resize(r->reference, (size_t)r->count * (size_t)(references ? references : 1), sizeof *r->reference);
	r->room = r->count;
}

/* Names are looked up here, so that a letter asks for none. */
static void look_up_names(struct listing_view *v)
{
	for (uint32_t i = 1; i < v->names.count; i++)
		listing_names_get(&v->names, v->store, i);
}

int listing_roll_read(struct listing_view *v, struct err *e)
{
	struct listing_roll *r = mem_zero(1, sizeof *r);
	struct keys k = { BUF_INIT, BUF_INIT, NULL, NULL };
	buf_init(&r->ids);
	buf_init(&r->texts);
	int rc = read_rows(v, r, &k, e);
	if (rc == 0 && (look_up_names(v), store_interrupted(v->store)))
		rc = err_set(e, ERR_REFUSED, _("interrupted"));
	if (rc == 0) {
		trim(r, v->listing->references);
		roll_order(v, r, &k);
		r->match = r->order;
		r->matches = r->count;
		v->roll = r;
	} else {
		listing_roll_free(r);
	}
	buf_release(&k.base);
	buf_release(&k.key);
	free(k.base_at);
	free(k.key_at);
	return rc;
}

void listing_roll_free(struct listing_roll *r)
{
	if (!r)
		return;
	if (r->match != r->order)
		free(r->match);
	free(r->order);
	filter_release(&r->words);
	buf_release(&r->ids);
	buf_release(&r->texts);
	free(r->text);
	free(r->id);
	free(r->reference);
	free(r);
}
