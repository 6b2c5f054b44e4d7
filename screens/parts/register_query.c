/* What a register shows: its view of the records, as the list asks for it. */
#include "screens/parts/register_private.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

const struct register_part *register_this_part(const struct register_screen *r)
{
	return &r->class->part[r->part];
}

const struct register_column *register_column_of(const struct register_screen *r, int column)
{
	const struct register_part *p = register_this_part(r);

	for (int i = 0; i < p->count; i++)
		if (p->columns[i].column == column)
			return &p->columns[i];
	return NULL;
}

bool register_faceted(const struct register_screen *r)
{
	for (int i = 0; i < r->class->facets_count; i++)
		if (r->facet[i].value != NULL)
			return true;
	return false;
}

bool register_narrowed(const struct register_screen *r)
{
	return r->list.filter.text.len > 0 || register_faceted(r);
}

static void forget_all(struct register_screen *r)
{
	listing_close(r->all);
	r->all = NULL;
}

void register_refresh(struct register_screen *r)
{
	date_today(r->today);
	if (r->version == store_version(r->store))
		return;
	r->version = store_version(r->store);
	r->whole = -1;
	listing_stale(r->view);
	forget_all(r);
}

/* --- the state --- */

static void show_sorted(struct register_screen *r)
{
	const struct register_part *p = register_this_part(r);

	r->list.sorted = -1;
	r->list.descending = r->descending;
	for (int i = 0; i < p->count; i++)
		if (p->columns[i].column == r->order)
			r->list.sorted = i;
}

void register_set_order(struct register_screen *r, int column, bool descending)
{
	r->order = column;
	r->descending = descending;
	listing_order(r->view, column, descending);
	show_sorted(r);
}

static void set_part_facet(struct register_screen *r, struct listing_view *v)
{
	for (int i = 0; i < r->class->parts; i++)
		if (r->class->part[i].facet >= 0)
			listing_facet(v, r->class->part[i].facet, NULL);
	if (register_this_part(r)->facet >= 0)
		listing_facet(v, register_this_part(r)->facet, register_this_part(r)->value);
}

void register_set_part(struct register_screen *r, int part)
{
	const struct register_part *p = &r->class->part[part];

	r->part = part;
	r->whole = -1;
	for (int i = 0; i < p->count; i++)
		r->columns[i] = p->columns[i].shown;
	r->list_class.count = p->count;
	set_part_facet(r, r->view);
	show_sorted(r);
}

void register_set_all(struct register_screen *r)
{
	for (int i = 0; i < r->class->parts; i++)
		if (r->class->part[i].facet < 0)
			register_set_part(r, i);
}

void register_set_facet(struct register_screen *r, int facet, const char *value, const char *label)
{
	struct register_facet old = r->facet[facet];

	r->facet[facet].value = mem_dup(value);
	r->facet[facet].label = mem_dup(label);
	free(old.value);
	free(old.label);
	listing_facet(r->view, r->class->facets[facet], r->facet[facet].value);
	forget_all(r);
}

void register_clear_facets(struct register_screen *r)
{
	for (int i = 0; i < r->class->facets_count; i++)
		register_set_facet(r, i, NULL, NULL);
}

/* --- what the list asks --- */

static int count_whole(struct register_screen *r, struct err *e)
{
	struct listing_view *v = listing_open(r->store, r->class->listing);
	int status;

	set_part_facet(r, v);
	status = listing_count(v, &r->whole, e);
	listing_close(v);
	return status;
}

static int count_elsewhere(struct register_screen *r, struct err *e)
{
	if (r->all == NULL) {
		r->all = listing_open(r->store, r->class->listing);
		for (int i = 0; i < r->class->facets_count; i++)
			listing_facet(r->all, r->class->facets[i], r->facet[i].value);
	}
	listing_words(r->all, r->list.filter.text.data);
	return listing_count(r->all, &r->elsewhere, e);
}

static int size(void *context, int64_t *count, struct err *e)
{
	struct register_screen *r = context;

	r->elsewhere = 0;
	listing_words(r->view, r->list.filter.text.data);
	if (listing_count(r->view, count, e) != 0)
		return -1;
	if (!register_narrowed(r)) {
		r->whole = *count;
		forget_all(r);
		return 0;
	}
	if (r->whole < 0 && count_whole(r, e) != 0)
		return -1;
	return *count == 0 && register_this_part(r)->facet >= 0 ? count_elsewhere(r, e) : 0;
}

static int load(void *context, int64_t first, int count, struct err *e)
{
	return listing_window(((struct register_screen *)context)->view, first, count, e);
}

static const char *id(void *context, int row)
{
	return listing_id(((struct register_screen *)context)->view, row);
}

static int ids(void *context, int64_t first, int count, char (*out)[RECORD_ID_SIZE], struct err *e)
{
	return listing_ids(((struct register_screen *)context)->view, first, count, out, e);
}

static void cell(void *context, int row, int column, struct buf *out)
{
	const struct register_screen *r = context;
	const struct register_column *c = &register_this_part(r)->columns[column];

	if (c->show != NULL)
		c->show(r, row, out);
	else
		buf_adds(out, listing_cell(r->view, row, c->column));
}

static int place(void *context, const char *letters, const char *wanted, int64_t *found, struct err *e)
{
	struct register_screen *r = context;

	if (letters != NULL)
		return listing_find(r->view, letters, found, e);
	return listing_place(r->view, wanted, found, e);
}

void register_query_init(struct register_screen *r)
{
	r->view = listing_open(r->store, r->class->listing);
	r->list_class = (struct list_class){ .columns = r->columns, .size = size, .load = load, .id = id, .ids = ids, .cell = cell, .place = place };
	list_init(&r->list, &r->list_class, r);
	register_set_part(r, r->class->begin != NULL ? r->class->begin(r->store) : 0);
	register_set_order(r, r->class->order, r->class->descending);
	register_refresh(r);
}

void register_query_release(struct register_screen *r)
{
	register_clear_facets(r);
	list_release(&r->list);
	forget_all(r);
	listing_close(r->view);
}
