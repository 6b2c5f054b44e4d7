#include "screens/attendance.h"

#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "screens/attendance_draw.h"
#include "screens/attendance_sheet.h"
#include "screens/card.h"
#include "screens/parts/loop.h"
#include "screens/seminar_papers.h"
#include "screens/unnamed.h"
#include "screens/verify.h"

static uint64_t where(const struct screen *s)
{
	(void)s;
	return IN_ATTENDANCE | IN_TEXT;
}

static unsigned has(const struct screen *s)
{
	const struct found *f = sheet_selected((const struct sheet *)s);

	return f == NULL ? 0 : f->kind == FOUND_ON_SHEET ? HAS_ROW | HAS_ENTRY : HAS_ROW;
}

static unsigned leave(struct sheet *p)
{
	struct err e = ERR_INIT;

	if (p->list.filter.text.len == 0)
		return DID_CLOSE;
	line_set(&p->list.filter, "");
	if (list_reload(&p->list, &e) != 0)
		loop_problem(p->screen.loop, &e);
	return DID_CHANGE;
}

static unsigned other_mode(struct sheet *p)
{
	p->mode = p->mode == SHEET_REGISTRATION ? SHEET_MARKS : SHEET_REGISTRATION;
	loop_message(p->screen.loop, "%s", p->mode == SHEET_REGISTRATION ?
	    _("registration: Enter puts people on the sheet, past the places on the waiting list") : _("marks: Enter marks who came"));
	return DID_CHANGE;
}

static unsigned act(struct screen *s, enum action action)
{
	struct sheet *p = (struct sheet *)s;
	unsigned did;

	if (action != ACTION_CAME)
		p->just[0] = '\0';
	switch (action) {
	case ACTION_CAME: return sheet_enter(p);
	case ACTION_WALK_IN: return sheet_write_in(p);
	case ACTION_REGISTRATION: return other_mode(p);
	case ACTION_VERIFY:
		verify_begin(s->loop, p->seminar);
		return DID_CHANGE;
	case ACTION_UNNAMED:
		unnamed_ask(s->loop, p->seminar);
		return DID_CHANGE;
	case ACTION_ABSENT: return sheet_absent(p);
	case ACTION_REGISTER: return sheet_register(p);
	case ACTION_STRIKE: return sheet_strike(p);
	case ACTION_CONSENTS: return sheet_consents(p);
	case ACTION_SHEET_PAPER:
		seminar_papers_ask(s->loop, p->seminar);
		return DID_CHANGE;
	case ACTION_LEAVE: return leave(p);
	default: return list_act(&p->list, s->loop, action, &did) ? did : DID_NOTHING;
	}
}

/* Letters are text here and so is Space, but no name begins with one. */
static unsigned text(struct screen *s, uint32_t character)
{
	struct sheet *p = (struct sheet *)s;

	if (character == ' ' && p->list.filter.text.len == 0)
		return sheet_selected(p) != NULL ? sheet_enter(p) : DID_NOTHING;
	p->just[0] = '\0';
	return list_text(&p->list, s->loop, character);
}

/* A seminar that is still to come is registered for. */
static enum sheet_mode usual_mode(const struct sheet *p)
{
	char today[DATE_SIZE];

	date_today(today);
	return p->head.count > 0 && strcmp(p->head.row->status, "planned") == 0 && strcmp(p->head.row->date, today) > 0 ?
	    SHEET_REGISTRATION : SHEET_MARKS;
}

static int reload(struct screen *s, struct err *e)
{
	struct sheet *p = (struct sheet *)s;

	seminar_rows_release(&p->head);
	if (seminar_row(p->store, p->seminar, &p->head, e) != 0)
		return -1;
	if (p->mode == SHEET_UNDECIDED)
		p->mode = usual_mode(p);
	return sheet_read(p, e);
}

/* Whoever opens the sheet will type a name. */
static void idle(struct screen *s)
{
	struct sheet *p = (struct sheet *)s;
	struct err e = ERR_INIT;

	if (!attendance_find_fresh(&p->found, p->store) && attendance_find_prepare(&p->found, p->store, &e) != 0)
		loop_problem(s->loop, &e);
}

static void title(struct screen *s, struct title *t)
{
	const struct seminar_rows *head = &((struct sheet *)s)->head;

	attendance_title(_("Participants"), head->count > 0 ? head->row : NULL, t);
}

static void draw(struct screen *s, struct canvas *c, int top, int bottom)
{
	struct sheet *p = (struct sheet *)s;
	bool registration = p->mode == SHEET_REGISTRATION;

	attendance_draw_counts(&p->rows, registration, s->loop, c, top);
	list_draw(&p->list, s->loop, c, top + 2, bottom, _("The sheet is empty. Type a name, or F2 writes somebody in."));
	attendance_draw_search(&p->list, &p->found, registration ? _("registration") : _("marks"),
	    registration ? _("registration: Enter puts on the sheet") : _("marks: Enter for who came"), c, top + 1);
}

static void release(struct screen *s)
{
	sheet_release((struct sheet *)s);
}

static const struct screen_class attendance_class = {
	.name = "attendance", .where = where, .has = has, .act = act, .text = text, .reload = reload, .idle = idle, .title = title,
	.draw = draw, .release = release,
};

struct screen *attendance_open(struct store *s, const char *seminar)
{
	struct sheet *p = mem_zero(1, sizeof *p);

	p->screen.class = &attendance_class;
	p->store = s;
	snprintf(p->seminar, sizeof p->seminar, "%s", seminar);
	sheet_init(p);
	return &p->screen;
}

int attendance_restore(struct screen *attendance, const struct draft *d, struct err *e)
{
	struct sheet *p = (struct sheet *)attendance;
	struct screen *card;

	if (strcmp(d->type, DRAFT_VERIFICATION) == 0)
		return verify_restore(p->screen.loop, d, e);
	card = card_walk_in(p->store, p->seminar, "", sheet_written_in, p, e);
	if (card == NULL)
		return -1;
	loop_push(p->screen.loop, card);
	if (card_restore(card, d, e) == 0)
		return 0;
	loop_close(card);
	return -1;
}
