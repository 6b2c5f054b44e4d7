#include "screens/seminars.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "records/seminar.h"
#include "screens/attendance.h"
#include "screens/card.h"
#include "screens/list.h"
#include "screens/loop.h"
#include "screens/removal.h"
#include "screens/words.h"

struct seminars {
	struct screen screen;
	struct store *store;
	struct list list;
	struct seminar_rows rows;
	bool mine;
};

enum { DAY, TITLE, PLACE, LEAD, STATUS, CAME, COLUMNS };

static const struct list_column columns[COLUMNS] = {
	[DAY] = { N_("Date"), 10, 10, 1, false, NULL },
	[TITLE] = { N_("Title"), 18, 44, 1, false, NULL },
	[PLACE] = { N_("Place"), 12, 28, 4, false, NULL },
	[LEAD] = { N_("Lead"), 14, 20, 5, false, NULL },
	[STATUS] = { N_("Status"), 12, 14, 3, false, NULL },
	/* TRANSLATORS: how many came, of how many on the list; a narrow column */
	[CAME] = { N_("Came"), 7, 8, 2, true, NULL },
};

static struct seminar_query query(const struct seminars *p)
{
	const struct buf *filter = &p->list.filter.text;

	return (struct seminar_query){ .filter = filter->len > 0 ? filter->data : NULL, .mine = p->mine };
}

static int size(void *context, int64_t *count, struct err *e)
{
	struct seminars *p = context;
	struct seminar_query q = query(p);

	return seminar_count(p->store, &q, count, e);
}

static int load(void *context, int64_t first, int count, struct err *e)
{
	struct seminars *p = context;
	struct seminar_query q = query(p);

	seminar_rows_release(&p->rows);
	return seminar_rows(p->store, &q, first, count, &p->rows, e);
}

static const char *id(void *context, int row)
{
	struct seminars *p = context;

	return row < p->rows.count ? p->rows.row[row].id : "";
}

static void cell(void *context, int row, int column, struct buf *out)
{
	struct seminars *p = context;
	const struct seminar_row *r;
	char day[DATE_SIZE];

	if (row >= p->rows.count)
		return;
	r = &p->rows.row[row];
	switch (column) {
	case DAY:
		date_show(r->date, day);
		buf_adds(out, day);
		break;
	case TITLE: buf_adds(out, r->title); break;
	case PLACE: buf_adds(out, r->place[0] != '\0' ? r->place : r->municipality); break;
	case LEAD: words_initials(r->lead, out); break;
	case STATUS: words_choice(seminar_statuses, r->status, out); break;
	case CAME:
		/* TRANSLATORS: 8 of 10 */
		buf_addf(out, _("%d of %d"), r->present, r->registered);
		break;
	default: break;
	}
}

static int place(void *context, const char *letters, const char *wanted, int64_t *found, struct err *e)
{
	struct seminars *p = context;
	struct seminar_query q = query(p);

	*found = -1;
	return letters != NULL ? 0 : seminar_place(p->store, &q, wanted, found, e);
}

static const struct list_class list_class = {
	.columns = columns, .count = COLUMNS, .size = size, .load = load, .id = id, .cell = cell, .place = place,
};

static unsigned where(const struct screen *s)
{
	return list_where(&((const struct seminars *)s)->list, IN_MAIN | IN_SEMINARS);
}

static unsigned has(const struct screen *s)
{
	return list_has(&((const struct seminars *)s)->list);
}

static unsigned saved(void *context, const char *record)
{
	struct seminars *p = context;
	struct err e = ERR_INIT;

	if (list_select(&p->list, record, &e) != 0)
		loop_problem(p->screen.loop, &e);
	return DID_SAVE;
}

/* NULL, and told, when the record cannot be read. */
static struct screen *open_card(struct seminars *p, const char *record)
{
	struct err e = ERR_INIT;
	struct screen *card = card_open(p->store, &seminar_type, record, saved, p, &e);

	if (card != NULL)
		loop_push(p->screen.loop, card);
	else
		loop_problem(p->screen.loop, &e);
	return card;
}

int seminars_restore(struct screen *seminars, const struct draft *d, struct err *e)
{
	struct screen *card = open_card((struct seminars *)seminars, d->record);

	return card != NULL ? card_restore(card, d, e) : 0;
}

static unsigned act(struct screen *s, enum action action)
{
	struct seminars *p = (struct seminars *)s;
	struct err e = ERR_INIT;
	unsigned did;

	if (list_act(&p->list, s->loop, action, &did))
		return did;
	switch (action) {
	case ACTION_OPEN:
	case ACTION_EDIT: open_card(p, list_selected(&p->list, &e)); break;
	case ACTION_NEW: open_card(p, ""); break;
	case ACTION_SHEET: loop_push(s->loop, attendance_open(p->store, list_selected(&p->list, &e))); break;
	case ACTION_PART:
		p->mine = !p->mine;
		if (list_restart(&p->list, &e) != 0)
			loop_problem(s->loop, &e);
		break;
	case ACTION_REMOVE: removal_ask(s->loop, &p->list, &seminar_type); break;
	default: return DID_NOTHING;
	}
	return DID_CHANGE;
}

static unsigned text(struct screen *s, uint32_t character)
{
	return list_text(&((struct seminars *)s)->list, s->loop, character);
}

static int reload(struct screen *s, struct err *e)
{
	return list_reload(&((struct seminars *)s)->list, e);
}

static void title(struct screen *s, struct title *t)
{
	struct seminars *p = (struct seminars *)s;
	int64_t count = p->list.count;

	buf_adds(&t->place, p->mine ? _("My seminars") : _("Seminars"));
	buf_addf(&t->counts, P_("%lld seminar", "%lld seminars", count), (long long)count);
	if (s->loop->status.conflicts > 0)
		buf_addf(&t->counts, _(" · conflicts: %lld"), (long long)s->loop->status.conflicts);
}

static void draw(struct screen *s, struct canvas *c, int top, int bottom)
{
	struct seminars *p = (struct seminars *)s;
	struct buf words = BUF_INIT;

	list_draw_search(&p->list, c, top, c->width / 3 + 8);
	if (p->list.marks_count > 0)
		buf_addf(&words, _("marked: %zu"), p->list.marks_count);
	else
		buf_adds(&words, _("newest first"));
	canvas_right(c, top, c->width / 2, c->width - 1 - c->width / 2, ROLE_MUTED, words.data);
	buf_release(&words);
	list_draw(&p->list, s->loop, c, top + 1, bottom,
	    p->list.filter.text.len > 0 ? _("No seminar is found by these words.") :
	    p->mine ? _("No seminars of your own yet. Tab shows all.") : _("No seminars yet. Press n to enter the first one."));
}

static void release(struct screen *s)
{
	struct seminars *p = (struct seminars *)s;

	list_release(&p->list);
	seminar_rows_release(&p->rows);
}

static const struct screen_class seminars_class = {
	.name = "seminars", .where = where, .has = has, .act = act, .text = text, .reload = reload, .title = title, .draw = draw, .release = release,
};

struct screen *seminars_open(struct store *s)
{
	struct seminars *p = mem_zero(1, sizeof *p);

	p->screen.class = &seminars_class;
	p->store = s;
	list_init(&p->list, &list_class, p);
	return &p->screen;
}
