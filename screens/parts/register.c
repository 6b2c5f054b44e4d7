#include "screens/parts/register.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "screens/cards.h"
#include "screens/parts/progress.h"
#include "screens/parts/register_private.h"
#include "screens/removal.h"

struct loop *register_loop(const struct register_screen *r)
{
	return r->screen.loop;
}

struct list *register_list(struct register_screen *r)
{
	return &r->list;
}

const char *register_cell(const struct register_screen *r, int row, int column)
{
	return listing_cell(r->view, row, column);
}

const char *register_today(const struct register_screen *r)
{
	return r->today;
}

int register_shown_part(const struct register_screen *r)
{
	return r->part;
}

const char *register_selected(struct register_screen *r)
{
	struct err e = ERR_INIT;
	const char *id = list_selected(&r->list, &e);

	if (e.text[0] != '\0')
		loop_problem(r->screen.loop, &e);
	return id;
}

static void show_part(struct register_screen *r, int part)
{
	struct err e = ERR_INIT;

	register_set_part(r, part);
	if (list_restart(&r->list, &e) != 0)
		loop_problem(r->screen.loop, &e);
}

static uint64_t where(const struct screen *s)
{
	const struct register_screen *r = (const struct register_screen *)s;

	return list_where(&r->list, IN_MAIN | r->class->place);
}

static unsigned has(const struct screen *s)
{
	const struct register_screen *r = (const struct register_screen *)s;

	return list_has(&r->list) & (r->class->type != NULL ? ~0u : ~(unsigned)HAS_RECORD);
}

/* Somebody new is not a mentee yet, and may not match the search: where the record is not seen, all are shown. */
static int show_record(struct register_screen *r, const char *id, struct err *e)
{
	int64_t place = -1;

	register_refresh(r);
	if (listing_place(r->view, id, &place, e) != 0)
		return -1;
	if (place < 0) {
		register_set_all(r);
		register_clear_facets(r);
		line_set(&r->list.filter, "");
	}
	return list_select(&r->list, id, e);
}

static void saved(struct screen *s, const struct record_type *type, const char *id)
{
	struct register_screen *r = (struct register_screen *)s;
	struct err e = ERR_INIT;

	if (type == r->class->type && show_record(r, id, &e) != 0)
		loop_problem(s->loop, &e);
}

static unsigned take_back(struct register_screen *r)
{
	struct err e = ERR_INIT;

	register_clear_facets(r);
	line_set(&r->list.filter, "");
	if (list_reload(&r->list, &e) != 0)
		loop_problem(r->screen.loop, &e);
	return DID_CHANGE;
}

/* What every register does with its records. Where the row is gone or cannot be read (told) nothing opens, a form for a new one least of all. */
static unsigned act_on_records(struct register_screen *r, enum action action)
{
	bool of_row = action == ACTION_OPEN || action == ACTION_EDIT || action == ACTION_HISTORY;
	const char *id = of_row ? register_selected(r) : "";
	struct loop *l = r->screen.loop;

	if (of_row && id[0] == '\0')
		return DID_CHANGE;
	switch (action) {
	case ACTION_OPEN: cards_show(l, r->class->type, id); break;
	case ACTION_EDIT: cards_edit(l, r->class->type, id, NULL); break;
	case ACTION_NEW: cards_edit(l, r->class->type, "", NULL); break;
	case ACTION_HISTORY: cards_history(l, r->class->type, id); break;
	case ACTION_REMOVE: removal_ask(l, &r->list, r->class->type); break;
	default: return DID_NOTHING;
	}
	return DID_CHANGE;
}

/* Of a hundred thousand rows it takes a while. */
static unsigned mark_all(struct register_screen *r)
{
	struct err e = ERR_INIT;

	progress_begin(r->screen.loop, _("marking"), NULL);
	if (list_mark_all(&r->list, &e) != 0)
		loop_problem(r->screen.loop, &e);
	progress_end(r->screen.loop);
	return DID_CHANGE;
}

static unsigned act(struct screen *s, enum action action)
{
	struct register_screen *r = (struct register_screen *)s;
	unsigned did;

	if (action == ACTION_BACK && register_faceted(r))
		return take_back(r);
	if (action == ACTION_MARK_ALL)
		return mark_all(r);
	if (action == ACTION_FILTER)
		r->prepare = true;
	if (list_act(&r->list, s->loop, action, &did))
		return did;
	if (r->class->act != NULL && (did = r->class->act(r, action)) != DID_NOTHING)
		return did;
	switch (action) {
	case ACTION_PART:
		if (r->class->parts > 1)
			show_part(r, (r->part + 1) % r->class->parts);
		return DID_CHANGE;
	case ACTION_FACETS: register_pick_facet(r); return DID_CHANGE;
	case ACTION_SORT: register_pick_order(r); return DID_CHANGE;
	default: return r->class->type != NULL ? act_on_records(r, action) : DID_NOTHING;
	}
}

static unsigned text(struct screen *s, uint32_t character)
{
	return list_text(&((struct register_screen *)s)->list, s->loop, character);
}

static int reload(struct screen *s, struct err *e)
{
	struct register_screen *r = (struct register_screen *)s;

	register_refresh(r);
	return list_reload(&r->list, e);
}

/* What the first letter of a search needs is read while nobody waits for it. A failure comes again with that letter. */
static void idle(struct screen *s)
{
	struct register_screen *r = (struct register_screen *)s;
	struct err e = ERR_INIT;

	if (r->prepare && r->list.filtering) {
		progress_begin(s->loop, _("reading for the search"), NULL);
		listing_prepare(r->view, &e);
		progress_end(s->loop);
	}
	r->prepare = false;
}

static void title(struct screen *s, struct title *t)
{
	struct register_screen *r = (struct register_screen *)s;
	int64_t conflicts = s->loop->status.conflicts;

	buf_adds(&t->place, _(register_this_part(r)->title));
	if (register_narrowed(r) && r->whole >= 0)
		/* TRANSLATORS: rows that the search leaves, of all that there are: 58 of 412 */
		buf_addf(&t->counts, _("%lld of %lld"), (long long)r->list.count, (long long)r->whole);
	else
		r->class->count(r->list.count, &t->counts);
	if (conflicts > 0)
		buf_addf(&t->counts, _(" · conflicts: %lld"), (long long)conflicts);
}

static void marker(struct screen *s, struct canvas *c)
{
	list_draw_marker(&((struct register_screen *)s)->list, s->loop, c);
}

static void release(struct screen *s)
{
	register_query_release((struct register_screen *)s);
}

static const struct screen_class register_class = {
	.name = "register", .where = where, .has = has, .act = act, .text = text, .reload = reload, .saved = saved, .idle = idle, .title = title,
	.draw = register_draw, .marker = marker, .release = release,
};

struct screen *register_open(struct store *s, const struct register_class *class)
{
	struct register_screen *r = mem_zero(1, sizeof *r);

	r->screen.class = &register_class;
	r->class = class;
	r->store = s;
	register_query_init(r);
	return &r->screen;
}
