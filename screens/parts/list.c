#include "screens/parts/list.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "screens/parts/loop.h"

#define FILTER_MOST 100

void list_init(struct list *l, const struct list_class *class, void *context)
{
	memset(l, 0, sizeof *l);
	l->class = class;
	l->context = context;
	l->height = 1;
	l->first_y = -1;
	l->sorted = -1;
	l->window_first = -1;
	line_init(&l->filter, FILTER_MOST, false);
	line_init(&l->letters, FILTER_MOST, false);
}

void list_release(struct list *l)
{
	line_release(&l->filter);
	line_release(&l->letters);
	free(l->mark);
}

/* The window holds every visible row and the selected one. */
static int ensure(struct list *l, struct err *e)
{
	int64_t first, wanted;

	if (l->cursor >= l->count)
		l->cursor = l->count > 0 ? l->count - 1 : 0;
	if (l->cursor < l->top)
		l->top = l->cursor;
	if (l->cursor >= l->top + l->height)
		l->top = l->cursor - l->height + 1;
	if (l->top > 0 && l->top + l->height > l->count)
		l->top = l->count > l->height ? l->count - l->height : 0;
	first = l->top;
	wanted = l->count - first < l->height ? l->count - first : l->height;
	if (l->window_first != first || l->window_count < (int)wanted) {
		l->window_first = -1;
		if (l->class->load != NULL && l->class->load(l->context, first, (int)wanted, e) != 0)
			return -1;
		l->window_first = first;
		l->window_count = (int)wanted;
	}
	if (l->count > 0)
		snprintf(l->selected, sizeof l->selected, "%s", l->class->id(l->context, (int)(l->cursor - first)));
	else
		l->selected[0] = '\0';
	return 0;
}

int list_reload(struct list *l, struct err *e)
{
	int64_t place = -1;

	l->window_first = -1;
	if (l->class->size(l->context, &l->count, e) != 0)
		return -1;
	if (l->selected[0] != '\0' && l->class->place != NULL && l->class->place(l->context, NULL, l->selected, &place, e) != 0)
		return -1;
	if (place >= 0) {
		l->top += place - l->cursor;
		l->cursor = place;
		if (l->top < 0)
			l->top = 0;
	}
	return ensure(l, e);
}

int list_restart(struct list *l, struct err *e)
{
	l->cursor = l->top = 0;
	l->selected[0] = '\0';
	return list_reload(l, e);
}

int list_select(struct list *l, const char *id, struct err *e)
{
	snprintf(l->selected, sizeof l->selected, "%s", id);
	return list_reload(l, e);
}

uint64_t list_where(const struct list *l, uint64_t place)
{
	if (l->filtering)
		return IN_FILTER | IN_TEXT;
	if (l->jumping)
		return IN_JUMP | IN_TEXT;
	return IN_ROWS | IN_LIST | place;
}

unsigned list_has(const struct list *l)
{
	return l->count > 0 ? HAS_ROW | HAS_RECORD : 0;
}

const char *list_selected(struct list *l, struct err *e)
{
	if (ensure(l, e) != 0)
		return "";
	return l->selected;
}

/* Rows move by so many; false at an end. */
static void move(struct list *l, int64_t by)
{
	int64_t to = l->cursor + by;

	l->cursor = to < 0 ? 0 : to >= l->count ? (l->count > 0 ? l->count - 1 : 0) : to;
}

static void page(struct list *l, int64_t by)
{
	l->top += by;
	if (l->top > l->count - l->height)
		l->top = l->count - l->height;
	if (l->top < 0)
		l->top = 0;
	move(l, by);
}

static int jump(struct list *l, struct err *e)
{
	int64_t place = -1;

	if (l->letters.text.len == 0 || l->class->place == NULL)
		return 0;
	if (l->class->place(l->context, l->letters.text.data, NULL, &place, e) != 0)
		return -1;
	if (place >= 0)
		l->cursor = place;
	return 0;
}

/* What changes the typed filter or letters. */
static int typed(struct list *l, struct err *e)
{
	return l->jumping ? jump(l, e) : list_restart(l, e);
}

static int take_back(struct list *l, bool *taken, struct err *e)
{
	if (l->filter.text.len > 0) {
		line_set(&l->filter, "");
		return list_reload(l, e);
	}
	*taken = l->marks_count > 0;
	list_unmark(l);
	return 0;
}

static int act(struct list *l, enum action action, bool *taken, struct err *e)
{
	*taken = true;
	switch (action) {
	case ACTION_UP: move(l, -1); return 0;
	case ACTION_DOWN: move(l, 1); return 0;
	case ACTION_PAGE_UP: page(l, -l->height); return 0;
	case ACTION_PAGE_DOWN: page(l, l->height); return 0;
	case ACTION_FIRST: l->cursor = 0; return 0;
	case ACTION_LAST: move(l, l->count); return 0;
	case ACTION_MARK:
		if (list_toggle_mark(l, e) != 0)
			return -1;
		move(l, 1);
		return 0;
	case ACTION_MARK_ALL: return list_mark_all(l, e);
	case ACTION_FILTER: l->filtering = true; return 0;
	case ACTION_DONE: l->filtering = false; return 0;
	case ACTION_FORGET:
		l->filtering = false;
		line_set(&l->filter, "");
		return list_reload(l, e);
	case ACTION_JUMP:
		l->jumping = true;
		line_set(&l->letters, "");
		return 0;
	case ACTION_LAND: l->jumping = false; return 0;
	case ACTION_BACK: return take_back(l, taken, e);
	default:
		break;
	}
	if (!l->filtering && !l->jumping && !l->finder) {
		*taken = false;
		return 0;
	}
	if (line_act(l->jumping ? &l->letters : &l->filter, action))
		return typed(l, e);
	*taken = false;
	return 0;
}

/* The cursor went to a row that is drawn. */
static bool moves_marker(const struct list *l, enum action action)
{
	bool moves = action == ACTION_UP || action == ACTION_DOWN || action == ACTION_FIRST || action == ACTION_LAST;

	return moves && l->first_y >= 0 && l->window_first == l->top && l->cursor >= l->top && l->cursor < l->top + l->room && l->room >= l->height;
}

bool list_act(struct list *l, struct loop *loop, enum action action, unsigned *did)
{
	struct err e = ERR_INIT;
	bool taken;

	if (act(l, action, &taken, &e) != 0)
		loop_problem(loop, &e);
	*did = moves_marker(l, action) ? DID_MARKER : DID_CHANGE;
	return taken;
}

unsigned list_text(struct list *l, struct loop *loop, uint32_t character)
{
	struct err e = ERR_INIT;

	if (line_insert(l->jumping ? &l->letters : &l->filter, character) && typed(l, &e) != 0)
		loop_problem(loop, &e);
	return DID_CHANGE;
}

int list_ensure(struct list *l, int height, struct err *e)
{
	l->height = height > 0 ? height : 1;
	return ensure(l, e);
}
