#include "screens/indicators.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "figures/indicator.h"
#include "records/person.h"
#include "screens/cards.h"
#include "screens/parts/loop.h"
#include "screens/parts/list.h"
#include "screens/parts/progress.h"
#include "screens/proof_page.h"
#include "screens/removal.h"
#include "screens/report_paper.h"

enum { TITLE, PLANNED, REACHED, PERCENT, BAR, FORECAST, COLUMNS };
enum { BAR_WIDE = 10, FULL = 100 };

/* One target, with texts of its own. */
struct row {
	struct indicator is;
	char *title, *computed, *forecast, *part[6];
};

struct targets {
	struct screen screen;
	struct store *store;
	struct list list;
	struct row *row;
	int count;
};

static void clear(struct targets *t)
{
	for (int i = 0; i < t->count; i++) {
		for (int k = 0; k < 6; k++)
			free(t->row[i].part[k]);
		free(t->row[i].title);
		free(t->row[i].computed);
		free(t->row[i].forecast);
	}
	free(t->row);
	t->row = NULL;
	t->count = 0;
}

static int add(void *context, const struct indicator *i, struct err *e)
{
	struct targets *t = context;
	const char *const parts[] = { i->query.role, i->query.seminar_kind, i->query.municipality, i->query.stage, i->query.since, i->query.until };
	struct buf words = BUF_INIT;
	struct row *r;

	(void)e;
	t->row = mem_resize(t->row, (size_t)t->count + 1, sizeof *t->row);
	r = &t->row[t->count++];
	*r = (struct row){ .is = *i, .title = mem_dup(i->title) };
	for (int k = 0; k < 6; k++)
		r->part[k] = mem_dup(parts[k]);
	r->is.title = NULL;			/* the row's own stays */
	r->is.query = (struct figure_query){ r->part[0], r->part[1], r->part[2], r->part[3], r->part[4], r->part[5], false };
	indicator_computed(t->store, i, &words);
	r->computed = buf_detach(&words);
	indicator_forecast_words(i, &words);
	r->forecast = buf_detach(&words);
	return 0;
}

/* --- the table --- */

static int size(void *context, int64_t *count, struct err *e)
{
	(void)e;
	*count = ((struct targets *)context)->count;
	return 0;
}

static const char *id(void *context, int row)
{
	return ((struct targets *)context)->row[row].is.id;
}

static void add_bar(const struct targets *t, const struct indicator *i, struct buf *out)
{
	const struct glyphs *g = t->screen.loop->canvas.glyphs;
	int64_t percent = i->percent < FULL ? i->percent : FULL;
	int full = (int)(percent * BAR_WIDE / FULL);

	for (int k = 0; i->planned > 0 && k < BAR_WIDE; k++)
		buf_adds(out, k < full ? g->bar_full : g->bar_empty);
}

static void cell(void *context, int row, int column, struct buf *out)
{
	const struct targets *t = context;
	const struct row *r = &t->row[row];

	switch (column) {
	case TITLE: buf_adds(out, r->title); break;
	case PLANNED:
		if (r->is.has_target)
			buf_addi(out, r->is.planned);
		else
			buf_adds(out, "—");
		break;
	case REACHED: buf_addi(out, r->is.reached); break;
	case PERCENT:
		if (r->is.planned > 0)
			buf_addf(out, "%lld %%", (long long)r->is.percent);
		break;
	case BAR: add_bar(t, &r->is, out); break;
	default:
		if (r->is.how >= INDICATOR_LINEAR)
			buf_addi(out, r->is.forecast);
		else
			buf_adds(out, "—");
		break;
	}
}

static int place(void *context, const char *letters, const char *wanted, int64_t *at, struct err *e)
{
	const struct targets *t = context;

	(void)letters;
	(void)e;
	*at = -1;
	for (int i = 0; wanted != NULL && i < t->count; i++)
		if (strcmp(t->row[i].is.id, wanted) == 0)
			*at = i;
	return 0;
}

static const struct list_column columns[COLUMNS] = {
	[TITLE] = { N_("Indicator"), 14, 44, 1, false, NULL },
	/* TRANSLATORS: narrow columns of a table of targets: so many are planned, so many are reached, so many it will be in the end */
	[PLANNED] = { N_("Planned"), 7, 8, 3, true, NULL },
	[REACHED] = { N_("Reached"), 7, 10, 2, true, NULL },
	[PERCENT] = { "%", 5, 6, 4, true, NULL },
	[BAR] = { NULL, BAR_WIDE, BAR_WIDE, 6, false, NULL },
	[FORECAST] = { N_("Forecast"), 7, 8, 5, true, NULL },
};

static const struct list_class table = { .columns = columns, .count = COLUMNS, .size = size, .id = id, .cell = cell, .place = place };

/* --- the screen --- */

static const struct row *selected(struct targets *t)
{
	return t->list.cursor >= 0 && t->list.cursor < t->count ? &t->row[t->list.cursor] : NULL;
}

static uint64_t where(const struct screen *s)
{
	(void)s;
	return IN_ROWS | IN_PAGE | IN_MAIN | IN_INDICATORS;
}

static unsigned has(const struct screen *s)
{
	return list_has(&((const struct targets *)s)->list);
}

static int reload(struct screen *s, struct err *e)
{
	struct targets *t = (struct targets *)s;
	int rc;

	clear(t);
	progress_begin(s->loop, _("Counting"), NULL);
	rc = indicator_each(t->store, NULL, add, t, e);
	progress_end(s->loop);
	if (rc != 0)
		return -1;
	return list_reload(&t->list, e);
}

static void open_proof(struct targets *t, const struct row *r)
{
	if (r->is.figure != NULL)
		loop_push(t->screen.loop, proof_page_open(t->store, r->is.figure, r->title, &r->is.query));
	else
		loop_message(t->screen.loop, "%s", r->computed);
}

static unsigned act(struct screen *s, enum action action)
{
	struct targets *t = (struct targets *)s;
	const struct row *r = selected(t);
	unsigned did = DID_CHANGE;

	switch (action) {
	case ACTION_OPEN: open_proof(t, r); return DID_CHANGE;
	case ACTION_EDIT: cards_edit(s->loop, &indicator_type, r->is.id, NULL); return DID_CHANGE;
	case ACTION_NEW: cards_edit(s->loop, &indicator_type, "", NULL); return DID_CHANGE;
	case ACTION_HISTORY: cards_history(s->loop, &indicator_type, r->is.id); return DID_CHANGE;
	case ACTION_REMOVE: removal_ask(s->loop, &t->list, &indicator_type); return DID_CHANGE;
	case ACTION_PAPER: report_paper_ask(s->loop, "", ""); return DID_CHANGE;
	default: break;
	}
	return list_act(&t->list, s->loop, action, &did) ? did : DID_NOTHING;
}

static void saved(struct screen *s, const struct record_type *type, const char *which)
{
	if (type == &indicator_type)
		list_select(&((struct targets *)s)->list, which, NULL);
}

static void title(struct screen *s, struct title *out)
{
	struct targets *t = (struct targets *)s;
	char programme[RECORD_ID_SIZE];

	/* TRANSLATORS: the programme's targets */
	buf_addf(&out->place, "%s · ", _("Indicators"));
	if (programme_current(t->store, programme, NULL) == 0)
		record_name(t->store, &programme_type, programme, &out->place);
	/* TRANSLATORS: behind a title: the targets are the programme's, what is reached is counted of what this device holds */
	if (!person_coordinates(t->store))
		buf_adds(&out->place, _(" (reached: by this device)"));
}

/* Below the table: how the selected one was computed, where it leads. */
static void draw(struct screen *s, struct canvas *c, int top, int bottom)
{
	struct targets *t = (struct targets *)s;
	const struct row *r;
	int words = bottom - top >= 10 ? 2 : 0;

	list_draw(&t->list, s->loop, c, top, bottom - words, _("No targets yet. Press n to enter the first one."));
	r = selected(t);
	if (words == 0 || r == NULL)
		return;
	canvas_fit(c, bottom - 2, 1, c->width - 2, ROLE_MUTED, r->computed);
	canvas_fit(c, bottom - 1, 1, c->width - 2, ROLE_MUTED, r->forecast);
}

static void release(struct screen *s)
{
	struct targets *t = (struct targets *)s;

	list_release(&t->list);
	clear(t);
}

static const struct screen_class indicators_class = {
	.name = "indicators", .where = where, .has = has, .act = act, .reload = reload, .saved = saved, .title = title, .draw = draw, .release = release,
};

struct screen *indicators_open(struct store *s)
{
	struct targets *t = mem_zero(1, sizeof *t);

	t->screen.class = &indicators_class;
	t->store = s;
	list_init(&t->list, &table, t);
	return &t->screen;
}
