/* The choices over a register: a quick filter and its value, the column to sort by. */
#include "screens/parts/register_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "screens/parts/pick.h"

#define ANY "*"		/* no code is that */

/* --- quick filters --- */

struct asked {
	struct register_screen *r;
	int facet;			/* number in class->facets */
	struct screen *pick;		/* while it is filled */
};

struct wanted { const char *value; char *label; };

static int take_label(void *context, const char *value, const char *label, struct err *e)
{
	struct wanted *w = context;

	(void)e;
	if (w->label == NULL && strcmp(value, w->value) == 0)
		w->label = mem_dup(label);
	return 0;
}

/* With the words that the listing has for the value. */
static int set_facet(struct register_screen *r, int facet, const char *value, struct err *e)
{
	struct wanted w = { .value = value };
	int status = listing_facet_values(r->view, r->class->facets[facet], take_label, &w, e);

	register_set_facet(r, facet, value, w.label != NULL ? w.label : value);
	free(w.label);
	return status;
}

void register_narrow(struct screen *s, int facet, const char *value)
{
	struct register_screen *r = (struct register_screen *)s;
	struct err e = ERR_INIT;

	register_set_all(r);
	for (int i = 0; i < r->class->facets_count; i++)
		if (r->class->facets[i] == facet)
			set_facet(r, i, value, &e);	/* without its words it stands there as it is */
}

static unsigned value_chosen(void *context, const char *const *values, int count)
{
	struct asked *a = context;
	struct register_screen *r = a->r;
	struct err e = ERR_INIT;
	int status = 0;

	if (count == 1 && strcmp(values[0], ANY) == 0)
		register_set_facet(r, a->facet, NULL, NULL);
	else if (count == 1)
		status = set_facet(r, a->facet, values[0], &e);
	if (status != 0 || (count == 1 && list_restart(&r->list, &e) != 0))
		loop_problem(r->screen.loop, &e);
	free(a);
	return DID_CHANGE;
}

static int offer_value(void *context, const char *value, const char *label, struct err *e)
{
	(void)e;
	pick_add(((struct asked *)context)->pick, value, label, "");
	return 0;
}

static void pick_value(struct register_screen *r, int facet)
{
	struct asked *a = mem_zero(1, sizeof *a);
	struct err e = ERR_INIT;

	a->r = r;
	a->facet = facet;
	a->pick = pick_open(listing_facet_label(r->class->listing, r->class->facets[facet]), value_chosen, a);
	/* TRANSLATORS: every stage, every municipality: no quick filter */
	pick_add(a->pick, ANY, _("all"), "");
	if (listing_facet_values(r->view, r->class->facets[facet], offer_value, a, &e) != 0)
		loop_problem(r->screen.loop, &e);
	pick_start(a->pick, r->facet[facet].value != NULL ? r->facet[facet].value : ANY);
	loop_push(r->screen.loop, a->pick);
}

static unsigned facet_chosen(void *context, const char *const *values, int count)
{
	if (count == 1)
		pick_value(context, atoi(values[0]));
	return DID_CHANGE;
}

void register_pick_facet(struct register_screen *r)
{
	struct screen *pick;
	char number[12];

	if (r->class->facets_count == 0) {
		loop_message(r->screen.loop, "%s", _("there are no quick filters here"));
		return;
	}
	if (r->class->facets_count == 1) {
		pick_value(r, 0);
		return;
	}
	pick = pick_open(_("Quick filter"), facet_chosen, r);
	for (int i = 0; i < r->class->facets_count; i++) {
		snprintf(number, sizeof number, "%d", i);
		pick_add(pick, number, listing_facet_label(r->class->listing, r->class->facets[i]), r->facet[i].value != NULL ? r->facet[i].label : _("all"));
	}
	loop_push(r->screen.loop, pick);
}

/* --- sorting --- */

static unsigned order_chosen(void *context, const char *const *values, int count)
{
	struct register_screen *r = context;
	const struct register_column *c = count == 1 ? register_column_of(r, atoi(values[0])) : NULL;
	struct err e = ERR_INIT;

	if (c == NULL)
		return DID_CHANGE;
	register_set_order(r, c->column, c->column == r->order ? !r->descending : c->falling);
	if (list_restart(&r->list, &e) != 0)		/* who sorts wants to see what comes first */
		loop_problem(r->screen.loop, &e);
	return DID_CHANGE;
}

void register_pick_order(struct register_screen *r)
{
	const struct register_part *p = register_this_part(r);
	const struct glyphs *glyphs = r->screen.loop->canvas.glyphs;
	struct screen *pick = pick_open(_("Sort by"), order_chosen, r);
	char number[12];

	for (int i = 0; i < p->count; i++) {
		bool now = p->columns[i].column == r->order;

		snprintf(number, sizeof number, "%d", p->columns[i].column);
		pick_add(pick, number, _(p->columns[i].shown.title), !now ? "" : r->descending ? glyphs->down : glyphs->up);
	}
	snprintf(number, sizeof number, "%d", r->order);
	pick_start(pick, number);
	loop_push(r->screen.loop, pick);
}
