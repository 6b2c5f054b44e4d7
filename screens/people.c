#include "screens/people.h"

#include <stdlib.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "records/person.h"
#include "screens/card.h"
#include "screens/list.h"
#include "screens/loop.h"
#include "screens/mentee.h"
#include "screens/removal.h"
#include "screens/words.h"

struct people {
	struct screen screen;
	struct store *store;
	struct list list;
	struct person_rows rows;
	enum person_show show;
	int64_t elsewhere;		/* where a search finds no mentee: how many people it finds among all */
	char today[DATE_SIZE];
};

enum { NAME, ORGANISATION, MUNICIPALITY, STANDING, LAST_MET, COLUMNS };

/* Mentees are followed through the programme's stages; of everybody else the role tells more. */
static const struct list_column mine_columns[COLUMNS] = {
	[NAME] = { N_("Full name"), 19, 36, 1, false, words_short_name },
	[ORGANISATION] = { N_("Organisation"), 14, 26, 3, false, NULL },
	[MUNICIPALITY] = { N_("Municipality"), 12, 22, 4, false, NULL },
	[STANDING] = { N_("Stage"), 17, 18, 2, false, NULL },
	/* TRANSLATORS: date of the last meeting, a narrow column */
	[LAST_MET] = { N_("Last met"), 7, 7, 5, false, NULL },
};

static const struct list_column all_columns[COLUMNS] = {
	[NAME] = { N_("Full name"), 19, 36, 1, false, words_short_name },
	[ORGANISATION] = { N_("Organisation"), 16, 26, 3, false, NULL },
	[MUNICIPALITY] = { N_("Municipality"), 14, 22, 4, false, NULL },
	[STANDING] = { N_("Role"), 12, 24, 2, false, NULL },
	[LAST_MET] = { N_("Last met"), 7, 7, 5, false, NULL },
};

static struct person_query query(const struct people *p)
{
	const struct buf *filter = &p->list.filter.text;

	return (struct person_query){ .show = p->show, .filter = filter->len > 0 ? filter->data : NULL };
}

static int size(void *context, int64_t *count, struct err *e)
{
	struct people *p = context;
	struct person_query q = query(p);

	p->elsewhere = 0;
	if (person_count(p->store, &q, count, e) != 0)
		return -1;
	if (*count > 0 || q.filter == NULL || p->show != PERSON_MINE)
		return 0;
	q.show = PERSON_ALL;
	return person_count(p->store, &q, &p->elsewhere, e);
}

static int load(void *context, int64_t first, int count, struct err *e)
{
	struct people *p = context;
	struct person_query q = query(p);

	person_rows_release(&p->rows);
	return person_rows(p->store, &q, first, count, &p->rows, e);
}

static const char *id(void *context, int row)
{
	struct people *p = context;

	return row < p->rows.count ? p->rows.row[row].id : "";
}

static void cell(void *context, int row, int column, struct buf *out)
{
	struct people *p = context;
	const struct person_row *r;

	if (row >= p->rows.count)
		return;
	r = &p->rows.row[row];
	switch (column) {
	case NAME: buf_adds(out, r->name); break;
	case ORGANISATION: buf_adds(out, r->organisation); break;
	case MUNICIPALITY: buf_adds(out, r->municipality); break;
	case STANDING:
		if (p->show == PERSON_MINE)
			words_choice(person_stages, r->stage, out);
		else
			words_choice(person_roles, r->role, out);
		break;
	case LAST_MET:
		/* Of a mentee it says something that there was no meeting yet; of everybody else it would be noise. */
		if (r->last_met[0] != '\0' || p->show == PERSON_MINE)
			words_day(r->last_met, p->today, out);
		break;
	default: break;
	}
}

static int place(void *context, const char *letters, const char *wanted, int64_t *found, struct err *e)
{
	struct people *p = context;
	struct person_query q = query(p);

	return person_place(p->store, &q, letters, wanted, found, e);
}

static const struct list_class mine_list = {
	.columns = mine_columns, .count = COLUMNS, .size = size, .load = load, .id = id, .cell = cell, .place = place,
};

static const struct list_class all_list = {
	.columns = all_columns, .count = COLUMNS, .size = size, .load = load, .id = id, .cell = cell, .place = place,
};

static unsigned where(const struct screen *s)
{
	return list_where(&((const struct people *)s)->list, IN_MAIN | IN_PEOPLE);
}

static unsigned has(const struct screen *s)
{
	return list_has(&((const struct people *)s)->list);
}

static void show(struct people *p, enum person_show which)
{
	p->show = which;
	p->list.class = which == PERSON_MINE ? &mine_list : &all_list;
}

/* Somebody new is not a mentee yet, and may not match the search: where the card is not seen, everybody is shown. */
static unsigned saved(void *context, const char *record)
{
	struct people *p = context;
	struct err e = ERR_INIT;
	int64_t found = -1;
	int status = place(p, NULL, record, &found, &e);

	if (status == 0 && found < 0) {
		show(p, PERSON_ALL);
		line_set(&p->list.filter, "");
	}
	if (status != 0 || list_select(&p->list, record, &e) != 0)
		loop_problem(p->screen.loop, &e);
	return DID_SAVE;
}

/* NULL, and told, when the record cannot be read. */
static struct screen *open_card(struct people *p, const char *record)
{
	struct err e = ERR_INIT;
	struct screen *card = card_open(p->store, &person_type, record, saved, p, &e);

	if (card != NULL)
		loop_push(p->screen.loop, card);
	else
		loop_problem(p->screen.loop, &e);
	return card;
}

int people_restore(struct screen *people, const struct draft *d, struct err *e)
{
	struct screen *card = open_card((struct people *)people, d->record);

	return card != NULL ? card_restore(card, d, e) : 0;
}

static int64_t count_mine(struct store *s)
{
	struct person_query mine = { .show = PERSON_MINE };
	struct err e = ERR_INIT;
	int64_t count = 0;

	return person_count(s, &mine, &count, &e) == 0 ? count : 0;
}

static void next_part(struct people *p)
{
	struct err e = ERR_INIT;

	if (p->show == PERSON_ALL && count_mine(p->store) == 0) {
		loop_message(p->screen.loop, _("you have no mentees yet: m makes the person at the marker one"));
		return;
	}
	show(p, p->show == PERSON_MINE ? PERSON_ALL : PERSON_MINE);
	if (list_restart(&p->list, &e) != 0)
		loop_problem(p->screen.loop, &e);
}

static unsigned act(struct screen *s, enum action action)
{
	struct people *p = (struct people *)s;
	struct err e = ERR_INIT;
	unsigned did;

	if (list_act(&p->list, s->loop, action, &did))
		return did;
	switch (action) {
	case ACTION_OPEN:
	case ACTION_EDIT: open_card(p, list_selected(&p->list, &e)); break;
	case ACTION_NEW: open_card(p, ""); break;
	case ACTION_PART: next_part(p); break;
	case ACTION_MENTEE: mentee_change(s->loop, list_selected(&p->list, &e)); break;
	case ACTION_REMOVE: removal_ask(s->loop, &p->list, &person_type); break;
	default: return DID_NOTHING;
	}
	return DID_CHANGE;
}

static unsigned text(struct screen *s, uint32_t character)
{
	return list_text(&((struct people *)s)->list, s->loop, character);
}

static int reload(struct screen *s, struct err *e)
{
	struct people *p = (struct people *)s;

	date_today(p->today);
	return list_reload(&p->list, e);
}

static void title(struct screen *s, struct title *t)
{
	struct people *p = (struct people *)s;
	int64_t count = p->list.count, conflicts = s->loop->status.conflicts;

	buf_adds(&t->place, p->show == PERSON_MINE ? _("Mentees") : _("People"));
	buf_addf(&t->counts, P_("%lld person", "%lld people", count), (long long)count);
	if (conflicts > 0)
		buf_addf(&t->counts, _(" · conflicts: %lld"), (long long)conflicts);
}

/* What stands in place of rows. */
static void say_nobody(const struct people *p, struct buf *out)
{
	if (p->list.filter.text.len == 0)
		buf_adds(out, p->show == PERSON_MINE ? _("No mentees yet: Tab shows everybody, m makes somebody a mentee.") :
		    _("Nobody yet. Press n to enter the first person."));
	else if (p->show != PERSON_MINE)
		buf_adds(out, _("Nobody is found by these words."));
	else if (p->elsewhere == 0)
		buf_adds(out, _("Nobody is found by these words, among all people neither."));
	else
		buf_addf(out, _("No mentee is found by these words; among all people: %lld (Tab)"), (long long)p->elsewhere);
}

static void draw(struct screen *s, struct canvas *c, int top, int bottom)
{
	struct people *p = (struct people *)s;
	struct buf words = BUF_INIT;

	list_draw_search(&p->list, c, top, c->width / 3 + 8);
	if (p->list.marks_count > 0)
		buf_addf(&words, _("marked: %zu"), p->list.marks_count);
	else
		buf_addf(&words, _("by surname %s"), c->glyphs->up);
	canvas_right(c, top, c->width / 2, c->width - 1 - c->width / 2, ROLE_MUTED, words.data);
	buf_reset(&words);
	if (p->list.count == 0)
		say_nobody(p, &words);
	list_draw(&p->list, s->loop, c, top + 1, bottom, words.data != NULL ? words.data : "");
	buf_release(&words);
}

static void release(struct screen *s)
{
	struct people *p = (struct people *)s;

	list_release(&p->list);
	person_rows_release(&p->rows);
}

static const struct screen_class people_class = {
	.name = "people", .where = where, .has = has, .act = act, .text = text, .reload = reload, .title = title, .draw = draw, .release = release,
};

/* Somebody without mentees begins with everybody. */
struct screen *people_open(struct store *s)
{
	struct people *p = mem_zero(1, sizeof *p);

	p->screen.class = &people_class;
	p->store = s;
	list_init(&p->list, &all_list, p);
	show(p, count_mine(s) > 0 ? PERSON_MINE : PERSON_ALL);
	date_today(p->today);
	return &p->screen;
}
