#include "store/fold_private.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"

/* Operation `by`, in its change number `change`, saw operation `of`, which set the same field. */
struct sight { int of, by, change; };

struct sights {
	struct sight *s;
	int count, room;
};

void fold_record_reset(struct fold_record *r)
{
	for (int i = 0; i < r->count; i++) {
		for (int c = 0; c < r->op[i].count; c++)
			free(r->op[i].change[c].seen);
		free(r->op[i].change);
	}
	r->count = 0;
	r->unknown = false;
}

void fold_record_release(struct fold_record *r)
{
	fold_record_reset(r);
	free(r->op);
}

static void put(struct fold_change *c, struct stamp s)
{
	if (c->count == c->room) {
		c->room = c->room > 0 ? c->room * 2 : 4;
		c->seen = mem_resize(c->seen, (size_t)c->room, sizeof *c->seen);
	}
	c->seen[c->count++] = s;
}

static void add_change(struct fold_record *r, struct fold_op *o, const struct change *from)
{
	struct fold_change *c = &o->change[o->count++];
	int place = from->col <= r->kind->count ? r->kind->places[from->col - 1] : -1;

	*c = (struct fold_change){ .col = from->col };
	for (int i = 0; i < from->seen_count; i++)
		put(c, from->seen[i]);
	c->own = c->count;
	o->total += c->count;
	if (place < 0)
		r->unknown = true;
	else if (r->kind->known->columns[place].kind == COLUMN_REFERENCE && from->value.type != VALUE_NULL)
		o->names = true;
}

void fold_record_add(struct fold_record *r, const struct fold *f, const struct operation *op, const struct body *b)
{
	struct fold_op *o;

	if (r->count == r->room) {
		r->room = r->room > 0 ? r->room * 2 : 16;
		r->op = mem_resize(r->op, (size_t)r->room, sizeof *r->op);
	}
	o = &r->op[r->count++];
	*o = (struct fold_op){ .at = { op->hlc, op->dev }, .seq = op->seq, .kind = op->kind };
	o->stays = clock_ms(op->hlc) >= f->before || (op->dev == 1 && op->seq > f->receipted);
	if (op->kind == OPERATION_UPDATE) {
		o->change = mem_zero((size_t)b->change_count + 1, sizeof *o->change);
		for (int i = 0; i < b->change_count; i++)
			add_change(r, o, &b->changes[i]);
	} else if (op->kind != OPERATION_INSERT && op->kind != OPERATION_ERASE) {
		r->unknown = true;
	}
}

/* By halves: they stand in the order of their stamps. -1: not here. */
static int find(const struct fold_record *r, struct stamp at)
{
	int low = 0, high = r->count - 1;

	while (low <= high) {
		int mid = (low + high) / 2, order = stamp_compare(r->j, r->op[mid].at, at);

		if (order == 0)
			return mid;
		if (order < 0)
			low = mid + 1;
		else
			high = mid - 1;
	}
	return -1;
}

static int change_of(const struct fold_op *o, int col)
{
	for (int i = 0; i < o->count; i++)
		if (o->change[i].col == col)
			return i;
	return -1;
}

/* --- who saw whom --- */

static void note_sight(struct sights *all, int of, int by, int change)
{
	if (all->count == all->room) {
		all->room = all->room > 0 ? all->room * 2 : 64;
		all->s = mem_resize(all->s, (size_t)all->room, sizeof *all->s);
	}
	all->s[all->count++] = (struct sight){ of, by, change };
}

static int compare_sight(const void *a, const void *b)
{
	const struct sight *x = a, *y = b;

	return x->of != y->of ? x->of - y->of : x->by != y->by ? x->by - y->by : x->change - y->change;
}

static void find_sights(const struct fold_record *r, struct sights *all)
{
	for (int by = 0; by < r->count; by++)
		for (int c = 0; c < r->op[by].count; c++)
			for (int i = 0; i < r->op[by].change[c].count; i++) {
				int of = find(r, r->op[by].change[c].seen[i]);

				if (of >= 0 && change_of(&r->op[of], r->op[by].change[c].col) >= 0)
					note_sight(all, of, by, c);
			}
	if (all->count > 1)
		qsort(all->s, (size_t)all->count, sizeof *all->s, compare_sight);
}

/* --- one operation --- */

static bool is_among(const struct fold_change *c, struct stamp s)
{
	for (int i = 0; i < c->count; i++)
		if (c->seen[i].hlc == s.hlc && c->seen[i].dev == s.dev)
			return true;
	return false;
}

/* Of the mark every stamp; of another field what is in the journal or never arrived. */
static bool is_needed(const struct fold_record *r, int col, struct stamp s)
{
	int i;

	if (col == r->kind->numbers[0])
		return true;
	i = find(r, s);
	return i >= 0 ? !r->op[i].gone : s.hlc > r->j->devices[s.dev].max_hlc;
}

/* Every field was set again by somebody who saw it, and all these may be changed, and have room. */
static bool may_go(const struct fold_record *r, int n, const struct sight *s, int count)
{
	const struct fold_op *o = &r->op[n];
	int superseded = 0;

	if (o->kind != OPERATION_UPDATE || o->stays || o->names || o->count == 0)
		return false;
	for (int c = 0; c < o->count; c++) {
		bool any = false;

		for (int i = 0; i < count; i++) {
			const struct fold_op *by = &r->op[s[i].by];

			if (by->change[s[i].change].col != o->change[c].col)
				continue;
			if (by->stays || by->total + o->total > BODY_SEEN_MAX)
				return false;
			any = true;
		}
		superseded += any;
	}
	return superseded == o->count;
}

static void hand_over(struct fold_record *r, const struct fold_change *from, struct fold_op *by, struct fold_change *to)
{
	for (int i = 0; i < from->count; i++)
		if (!is_among(to, from->seen[i]) && is_needed(r, to->col, from->seen[i])) {
			put(to, from->seen[i]);
			by->total++;
			by->grown = true;
		}
}

static void fold(struct fold_record *r, int n, const struct sight *s, int count)
{
	struct fold_op *o = &r->op[n];

	o->gone = true;
	for (int i = 0; i < count; i++) {
		struct fold_op *by = &r->op[s[i].by];
		struct fold_change *to = &by->change[s[i].change];

		hand_over(r, &o->change[change_of(o, to->col)], by, to);
	}
}

/* The oldest first: what one saw goes on to the next, and from there with it. */
int fold_record_run(struct fold_record *r)
{
	struct sights all = { NULL, 0, 0 };
	int gone = 0, first = 0;

	find_sights(r, &all);
	for (int n = 0; n < r->count; n++) {
		int last = first;

		while (last < all.count && all.s[last].of == n)
			last++;
		if (may_go(r, n, last > first ? all.s + first : NULL, last - first)) {
			fold(r, n, last > first ? all.s + first : NULL, last - first);
			gone++;
		}
		first = last;
	}
	free(all.s);
	return gone;
}
