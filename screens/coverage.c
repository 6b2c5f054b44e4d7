#include "screens/coverage.h"

#include <stdio.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "records/person.h"
#include "screens/cards.h"
#include "screens/coverage_view.h"
#include "screens/parts/loop.h"
#include "screens/parts/pick.h"

#define PAGE_ROWS 8

struct map {
	struct screen screen;
	struct store *store;
	struct coverage_view view;
	char own[MUNICIPALITY_CODE_SIZE];	/* where the marker stands at first */
};

static uint64_t where(const struct screen *s)
{
	(void)s;
	return IN_MAIN | IN_COVERAGE;
}

static unsigned has(const struct screen *s)
{
	return coverage_view_tile(&((const struct map *)s)->view) != NULL ? HAS_ROW : 0;
}

/* --- those with nothing yet --- */

static unsigned empty_chosen(void *context, const char *const *values, int count)
{
	struct map *m = context;

	if (count > 0)
		cards_show_municipality(m->screen.loop, values[0]);
	return DID_CHANGE;
}

struct empty { const struct map *map; struct screen *pick; };

/* In the alphabet's order, which the map has not. */
static int add_empty(void *context, const char *code, const char *name, struct err *e)
{
	const struct empty *to = context;
	const struct coverage_tile *t = coverage_of(&to->map->view.map, code);

	(void)e;
	if (t != NULL && t->value[to->map->view.figure] == 0)
		pick_add(to->pick, code, name, t->letters);
	return 0;
}

static unsigned show_empty(struct map *m)
{
	const struct coverage *c = &m->view.map;
	const char *figure = _(coverage_measures[m->view.figure].title);
	struct buf title = BUF_INIT;
	struct empty to = { m, NULL };
	struct err e = ERR_INIT;

	if (coverage_empty(c, m->view.figure) == 0) {
		loop_message(m->screen.loop, _("%s: every municipality has something"), figure);
		return DID_CHANGE;
	}
	/* TRANSLATORS: «Проведено семинаров: ещё ничего», above a list of municipalities */
	buf_addf(&title, _("%s: nothing yet"), figure);
	to.pick = pick_open(title.data, empty_chosen, m);
	buf_release(&title);
	loop_push(m->screen.loop, to.pick);
	if (municipality_each(m->store, add_empty, &to, &e) != 0)
		loop_problem(m->screen.loop, &e);
	return DID_CHANGE;
}

/* --- the screen --- */

static unsigned act(struct screen *s, enum action action)
{
	struct map *m = (struct map *)s;

	switch (action) {
	case ACTION_UP: coverage_view_move(&m->view, COVERAGE_UP); break;
	case ACTION_DOWN: coverage_view_move(&m->view, COVERAGE_DOWN); break;
	case ACTION_MAP_LEFT: coverage_view_move(&m->view, COVERAGE_LEFT); break;
	case ACTION_MAP_RIGHT: coverage_view_move(&m->view, COVERAGE_RIGHT); break;
	case ACTION_PAGE_UP: coverage_view_go(&m->view, -PAGE_ROWS); break;
	case ACTION_PAGE_DOWN: coverage_view_go(&m->view, PAGE_ROWS); break;
	case ACTION_FIRST: coverage_view_go(&m->view, -m->view.map.count); break;
	case ACTION_LAST: coverage_view_go(&m->view, m->view.map.count); break;
	case ACTION_MAP_FIGURE: coverage_view_figure(&m->view, 1); break;
	case ACTION_MAP_FIGURE_BACK: coverage_view_figure(&m->view, -1); break;
	case ACTION_MAP_EMPTY: return show_empty(m);
	case ACTION_MAP_OPEN: cards_show_municipality(s->loop, coverage_view_tile(&m->view)->code); break;
	case ACTION_MAP_LEAVE: return DID_CLOSE;
	default: return DID_NOTHING;
	}
	return DID_CHANGE;
}

static unsigned point(struct screen *s, int y, int x)
{
	return coverage_view_point(&((struct map *)s)->view, y, x) ? DID_CHANGE : DID_NOTHING;
}

/* Where the person who works with the store is from. */
static void find_own(struct map *m)
{
	char me[RECORD_ID_SIZE];
	struct record person;

	if (m->own[0] != '\0' || *person_me(m->store, me) == '\0' || record_load(m->store, &person, &person_type, me, NULL) != 0)
		return;
	snprintf(m->own, sizeof m->own, "%s", record_get(&person, "municipality"));
	record_release(&person);
}

static int reload(struct screen *s, struct err *e)
{
	struct map *m = (struct map *)s;
	struct coverage map;
	struct coverage_months months = { 0 };
	int rc = coverage_read(m->store, NULL, NULL, &map, e);

	if (rc == 0)
		rc = coverage_months_read(m->store, NULL, NULL, NULL, &months, e);
	if (rc == 0) {
		find_own(m);
		coverage_view_take(&m->view, &map, &months, m->own);
	}
	coverage_release(&map);
	coverage_months_release(&months);
	return rc;
}

static void title(struct screen *s, struct title *t)
{
	struct map *m = (struct map *)s;
	char programme[RECORD_ID_SIZE];

	buf_adds(&t->place, _("Map"));
	if (programme_current(m->store, programme, NULL) == 0)
		record_name(m->store, &programme_type, programme, &t->counts);
}

static void draw(struct screen *s, struct canvas *c, int top, int bottom)
{
	coverage_draw(&((struct map *)s)->view, c, top, bottom);
}

static void release(struct screen *s)
{
	coverage_view_release(&((struct map *)s)->view);
}

static const struct screen_class coverage_class = {
	.name = "coverage", .where = where, .has = has, .act = act, .point = point, .reload = reload, .title = title, .draw = draw, .release = release,
};

struct screen *coverage_open(struct store *s)
{
	struct map *m = mem_zero(1, sizeof *m);

	m->screen.class = &coverage_class;
	m->store = s;
	m->view.figure = COVERAGE_SEMINARS;
	m->view.at = -1;
	return &m->screen;
}
