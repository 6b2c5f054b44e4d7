#include "screens/coverage_view.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

const struct coverage_tile *coverage_view_tile(const struct coverage_view *v)
{
	return v->at >= 0 && v->at < v->map.count ? &v->map.tile[v->at] : NULL;
}

/* --- the list's order: those with most first, equal ones as on the map --- */

static void sort(struct coverage_view *v)
{
	const struct coverage *c = &v->map;

	free(v->order);
	v->order = mem_zero((size_t)c->count + 1, sizeof *v->order);
	for (int i = 0; i < c->count; i++) {
		int k = i;

		for (; k > 0 && c->tile[v->order[k - 1]].value[v->figure] < c->tile[i].value[v->figure]; k--)
			v->order[k] = v->order[k - 1];
		v->order[k] = i;
	}
}

static int place_of(const struct coverage_view *v, int tile)
{
	for (int i = 0; i < v->map.count; i++)
		if (v->order[i] == tile)
			return i;
	return 0;
}

/* --- what is shown --- */

/* -1: not on the map. */
static int find(const struct coverage *c, const char *code)
{
	const struct coverage_tile *t = coverage_of(c, code);

	return t != NULL ? (int)(t - c->tile) : -1;
}

void coverage_view_take(struct coverage_view *v, struct coverage *map, struct coverage_months *months, const char *code)
{
	const struct coverage_tile *t = coverage_view_tile(v);
	int at = find(map, t != NULL ? t->code : code);		/* before the old tiles go */

	coverage_release(&v->map);
	coverage_months_release(&v->months);
	v->map = *map;
	v->months = *months;
	*map = (struct coverage){ 0 };
	*months = (struct coverage_months){ 0 };
	sort(v);
	v->at = at < 0 && v->map.count > 0 ? v->order[0] : at;
}

void coverage_view_release(struct coverage_view *v)
{
	coverage_release(&v->map);
	coverage_months_release(&v->months);
	free(v->order);
	v->order = NULL;
}

void coverage_view_figure(struct coverage_view *v, int step)
{
	v->figure = (enum coverage_figure)(((int)v->figure + step + COVERAGE_FIGURES) % COVERAGE_FIGURES);
	sort(v);
}

/* --- moving --- */

void coverage_view_go(struct coverage_view *v, int rows)
{
	int at;

	if (v->at < 0)
		return;
	at = place_of(v, v->at) + rows;
	v->at = v->order[at < 0 ? 0 : at >= v->map.count ? v->map.count - 1 : at];
}

/* How far a tile lies that way; 0: not that way at all, or more aside than ahead by far. What lies straight ahead is nearer than what lies aside. */
static int distance(const struct coverage_tile *from, const struct coverage_tile *to, enum coverage_way way)
{
	int down = to->row - from->row, right = to->column - from->column;
	int ahead = way == COVERAGE_UP ? -down : way == COVERAGE_DOWN ? down : way == COVERAGE_LEFT ? -right : right;
	int aside = way == COVERAGE_UP || way == COVERAGE_DOWN ? right : down;

	return ahead > 0 && abs(aside) <= 2 * ahead ? ahead * ahead + 2 * aside * aside : 0;
}

void coverage_view_move(struct coverage_view *v, enum coverage_way way)
{
	const struct coverage_tile *from = coverage_view_tile(v);
	int best = 0, to = v->at;

	if (from == NULL)
		return;
	if (v->list) {
		coverage_view_go(v, way == COVERAGE_UP ? -1 : way == COVERAGE_DOWN ? 1 : 0);
		return;
	}
	for (int i = 0; i < v->map.count; i++) {
		int far = distance(from, &v->map.tile[i], way);

		if (far > 0 && (best == 0 || far < best)) {
			best = far;
			to = i;
		}
	}
	v->at = to;
}

bool coverage_view_point(struct coverage_view *v, int y, int x)
{
	const struct coverage_tile *t;

	if (y < v->y || x < v->x || v->tall == 0 || v->wide == 0)
		return false;
	if (v->list) {
		int row = v->first + y - v->y;

		if (y >= v->y + v->rows || row >= v->map.count)
			return false;
		v->at = v->order[row];
		return true;
	}
	t = coverage_at(&v->map, (y - v->y) / v->tall, (x - v->x) / v->wide);
	if (t != NULL)
		v->at = (int)(t - v->map.tile);
	return t != NULL;
}
