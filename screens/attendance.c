#include "screens/attendance.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "records/seminar.h"
#include "screens/attendance_draw.h"
#include "screens/attendance_find.h"
#include "screens/card.h"
#include "screens/list.h"
#include "screens/loop.h"
#include "screens/prompt.h"
#include "screens/unnamed.h"
#include "screens/words.h"

struct sheet {
	struct screen screen;
	struct store *store;
	char seminar[RECORD_ID_SIZE];
	struct seminar_rows head;
	struct attendance_rows rows;
	struct attendance_find found;
	struct list list;
};

enum { NUMBER, STATE, NAME, FROM, PHONE, STANDING, COLUMNS };

static const struct list_column columns[COLUMNS] = {
	/* TRANSLATORS: number of a line of the sheet */
	[NUMBER] = { N_("No."), 3, 3, 2, true, NULL },
	[STATE] = { NULL, 3, 3, 1, false, NULL },
	[NAME] = { N_("Full name"), 26, 36, 1, false, words_short_name },
	[FROM] = { N_("Organisation, post"), 14, 40, 4, false, NULL },
	[PHONE] = { N_("Phone"), 16, 16, 3, false, NULL },
	[STANDING] = { NULL, 9, 10, 5, false, NULL },
};

static int size(void *context, int64_t *count, struct err *e)
{
	struct sheet *p = context;

	if (attendance_find(&p->found, p->store, &p->rows, p->list.filter.text.data, e) != 0)
		return -1;
	*count = p->found.count;
	return 0;
}

/* The sheet of one seminar is in memory already. */
static int load(void *context, int64_t first, int count, struct err *e)
{
	(void)context;
	(void)first;
	(void)count;
	(void)e;
	return 0;
}

static const struct found *found(const struct sheet *p, int row)
{
	return &p->found.row[p->list.window_first + row];
}

static const char *id(void *context, int row)
{
	struct sheet *p = context;

	return found(p, row)->id;
}

static void sheet_cell(const struct attendance_row *r, int column, struct buf *out)
{
	switch (column) {
	case NUMBER: buf_addi(out, r->number); break;
	case STATE: buf_adds(out, r->state == ATTENDANCE_PRESENT ? "[x]" : r->state == ATTENDANCE_ABSENT ? "[-]" : "[ ]"); break;
	case NAME: buf_adds(out, r->name); break;
	case FROM:
		buf_adds(out, r->organisation);
		if (r->organisation[0] != '\0' && r->post[0] != '\0')
			buf_adds(out, ", ");
		buf_adds(out, r->post);
		break;
	case PHONE:
		if (r->phone[0] != '\0')
			text_phone_pretty(r->phone, out);
		else
			buf_adds(out, "—");
		break;
	case STANDING:
		if (r->state == ATTENDANCE_ABSENT)
			buf_adds(out, _("absent"));
		else if (r->waiting)
			/* TRANSLATORS: registered past the capacity */
			buf_adds(out, _("waits"));
		break;
	default: break;
	}
}

static void cell(void *context, int row, int column, struct buf *out)
{
	struct sheet *p = context;
	const struct found *f = found(p, row);

	if (f->kind == FOUND_ON_SHEET) {
		sheet_cell(&p->rows.row[f->sheet], column, out);
	} else if (column == STATE) {
		buf_adds(out, " + ");
	} else if (f->kind == FOUND_NOBODY) {
		if (column == NAME)
			buf_addf(out, _("write in: %s"), f->name);
	} else if (column == NAME) {
		buf_adds(out, f->name);
	} else if (column == FROM) {
		buf_adds(out, f->organisation);
	} else if (column == PHONE && f->phone[0] != '\0') {
		text_phone_pretty(f->phone, out);
	}
}

static int place(void *context, const char *letters, const char *wanted, int64_t *at, struct err *e)
{
	struct sheet *p = context;

	(void)letters;
	(void)e;
	*at = -1;
	for (int i = 0; i < p->found.count && wanted != NULL; i++)
		if (strcmp(p->found.row[i].id, wanted) == 0)
			*at = i;
	return 0;
}

static const struct list_class list_class = {
	.columns = columns, .count = COLUMNS, .size = size, .load = load, .id = id, .cell = cell, .place = place,
};

/* Where nobody waits and nobody is absent: their column is others' room. */
static const struct list_class all_well_class = {
	.columns = columns, .count = STANDING, .size = size, .load = load, .id = id, .cell = cell, .place = place,
};

static unsigned where(const struct screen *s)
{
	(void)s;
	return IN_ATTENDANCE | IN_TEXT;
}

/* The row under the cursor, NULL when there is none. */
static const struct found *selected(const struct sheet *p)
{
	return p->found.count > 0 && p->list.cursor < p->found.count ? &p->found.row[p->list.cursor] : NULL;
}

static unsigned has(const struct screen *s)
{
	const struct found *f = selected((const struct sheet *)s);

	return f == NULL ? 0 : f->kind == FOUND_ON_SHEET ? HAS_ROW | HAS_ENTRY : HAS_ROW;
}

static int read_sheet(struct sheet *p, struct err *e)
{
	attendance_rows_release(&p->rows);
	attendance_find_release(&p->found);
	p->list.count = 0;
	if (attendance_rows(p->store, p->seminar, &p->rows, e) != 0)
		return -1;
	p->list.class = p->rows.waiting + p->rows.absent > 0 ? &list_class : &all_well_class;
	return list_reload(&p->list, e);
}

/* After a mark: nothing is typed any more, and the marked person is selected. */
static unsigned marked(struct sheet *p, const char *person)
{
	struct err e = ERR_INIT;

	line_set(&p->list.filter, "");
	snprintf(p->list.selected, sizeof p->list.selected, "%s", person);
	if (read_sheet(p, &e) != 0)
		loop_problem(p->screen.loop, &e);
	return DID_SAVE;
}

/* Says who it was: with what was typed the row that was meant is gone from the eye. `words` with one name in it. */
static void tell(struct sheet *p, const char *person, const char *words)
{
	struct buf name = BUF_INIT, initials = BUF_INIT;

	record_name(p->store, &person_type, person, &name);
	words_initials(name.data, &initials);
	loop_message(p->screen.loop, words, initials.data);
	buf_release(&name);
	buf_release(&initials);
}

static const char *marked_words(enum attendance_state state)
{
	/* TRANSLATORS: in these messages %s is a person: «Галимова А. Р.» */
	switch (state) {
	case ATTENDANCE_PRESENT: return _("%s: came");
	case ATTENDANCE_ABSENT: return _("%s: was not there");
	default: return _("%s: on the sheet without a mark");
	}
}

static unsigned mark(struct sheet *p, const char *person, enum attendance_state state)
{
	struct err e = ERR_INIT;
	char copy[RECORD_ID_SIZE];

	snprintf(copy, sizeof copy, "%s", person);
	if (attendance_mark(p->store, p->seminar, copy, state, &e) != 0) {
		loop_problem(p->screen.loop, &e);
		return DID_CHANGE;
	}
	tell(p, copy, marked_words(state));
	return marked(p, copy);
}

static unsigned walked_in(void *context, const char *person)
{
	return mark(context, person, ATTENDANCE_PRESENT);
}

static unsigned write_in(struct sheet *p)
{
	struct err e = ERR_INIT;
	struct screen *card = card_walk_in(p->store, p->seminar, p->list.filter.text.data, walked_in, p, &e);

	if (card != NULL)
		loop_push(p->screen.loop, card);
	else
		loop_problem(p->screen.loop, &e);
	return DID_CHANGE;
}

/* Enter: whoever was looked for has come; a mark under the cursor is taken back only while nothing is typed. */
static unsigned came(struct sheet *p)
{
	const struct found *f = selected(p);
	bool looked_for = p->list.filter.text.len > 0;

	if (f->kind == FOUND_NOBODY)
		return write_in(p);
	if (f->kind == FOUND_ELSEWHERE || p->rows.row[f->sheet].state != ATTENDANCE_PRESENT)
		return mark(p, f->id, ATTENDANCE_PRESENT);
	if (!looked_for)
		return mark(p, f->id, ATTENDANCE_REGISTERED);
	tell(p, f->id, _("%s: is marked already"));
	return marked(p, p->rows.row[f->sheet].person);
}

static unsigned put_on_sheet(struct sheet *p)
{
	const struct found *f = selected(p);

	return f->kind == FOUND_NOBODY ? write_in(p) : mark(p, f->id, ATTENDANCE_REGISTERED);
}

static unsigned strike_answer(void *context, enum prompt_reply reply)
{
	struct sheet *p = context;
	const struct found *f = selected(p);
	struct err e = ERR_INIT;

	if (reply != PROMPT_YES || f == NULL || f->kind != FOUND_ON_SHEET)
		return DID_CHANGE;
	if (attendance_remove(p->store, p->seminar, f->id, &e) != 0 || read_sheet(p, &e) != 0)
		loop_problem(p->screen.loop, &e);
	return DID_SAVE;
}

static unsigned strike(struct sheet *p)
{
	struct buf question = BUF_INIT;

	buf_addf(&question, _("Take “%s” off the sheet?"), p->rows.row[selected(p)->sheet].name);
	loop_push(p->screen.loop, prompt_ask(question.data, strike_answer, p));
	buf_release(&question);
	return DID_CHANGE;
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

static unsigned act(struct screen *s, enum action action)
{
	struct sheet *p = (struct sheet *)s;
	unsigned did;

	switch (action) {
	case ACTION_CAME: return came(p);
	case ACTION_WALK_IN: return write_in(p);
	case ACTION_UNNAMED:
		unnamed_ask(s->loop, p->seminar);
		return DID_CHANGE;
	case ACTION_ABSENT: return mark(p, selected(p)->id, ATTENDANCE_ABSENT);
	case ACTION_REGISTER: return put_on_sheet(p);
	case ACTION_STRIKE: return strike(p);
	case ACTION_LEAVE: return leave(p);
	default: return list_act(&p->list, s->loop, action, &did) ? did : DID_NOTHING;
	}
}

static unsigned text(struct screen *s, uint32_t character)
{
	struct sheet *p = (struct sheet *)s;

	if (character == ' ' && p->list.filter.text.len == 0)
		return selected(p) != NULL ? came(p) : DID_NOTHING;
	return list_text(&p->list, s->loop, character);
}

static int reload(struct screen *s, struct err *e)
{
	struct sheet *p = (struct sheet *)s;

	seminar_rows_release(&p->head);
	if (seminar_row(p->store, p->seminar, &p->head, e) != 0)
		return -1;
	return read_sheet(p, e);
}

static void title(struct screen *s, struct title *t)
{
	const struct seminar_rows *head = &((struct sheet *)s)->head;

	attendance_title(head->count > 0 ? head->row : NULL, t);
}

static void draw(struct screen *s, struct canvas *c, int top, int bottom)
{
	struct sheet *p = (struct sheet *)s;
	bool typing = p->list.filter.text.len > 0;
	int x;

	attendance_draw_counts(&p->rows, s->loop, c, top);
	x = 1 + canvas_text(c, top + 1, 1, c->width / 2, ROLE_TEXT, _("Find:")) + 1;
	list_draw(&p->list, s->loop, c, top + 2, bottom, _("The sheet is empty. Type a name, or F2 writes somebody in."));
	line_draw(&p->list.filter, c, top + 1, x, c->width / 2, typing ? ROLE_CURRENT : ROLE_FIELD, typing, false);
}

static void release(struct screen *s)
{
	struct sheet *p = (struct sheet *)s;

	list_release(&p->list);
	attendance_find_release(&p->found);
	attendance_rows_release(&p->rows);
	seminar_rows_release(&p->head);
}

static const struct screen_class attendance_class = {
	.name = "attendance", .where = where, .has = has, .act = act, .text = text, .reload = reload, .title = title, .draw = draw,
	.release = release,
};

struct screen *attendance_open(struct store *s, const char *seminar)
{
	struct sheet *p = mem_zero(1, sizeof *p);

	p->screen.class = &attendance_class;
	p->store = s;
	snprintf(p->seminar, sizeof p->seminar, "%s", seminar);
	list_init(&p->list, &list_class, p);
	p->list.finder = true;
	return &p->screen;
}

int attendance_restore(struct screen *attendance, const struct draft *d, struct err *e)
{
	struct sheet *p = (struct sheet *)attendance;
	struct screen *card = card_walk_in(p->store, p->seminar, "", walked_in, p, e);

	if (card == NULL || card_restore(card, d, e) != 0)
		return -1;
	loop_push(p->screen.loop, card);
	return 0;
}
