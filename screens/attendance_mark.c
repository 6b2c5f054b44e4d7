/* What the keys of the attendance screen do: marks, registrations, whoever is written in or struck off. Each of them tells whom it was about: with what
 * was typed, the row that was meant is gone from the eye. */
#include "screens/attendance_sheet.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "records/person.h"
#include "screens/card.h"
#include "screens/parts/loop.h"
#include "screens/parts/prompt.h"
#include "screens/parts/words.h"

/* `words` with one name in it. */
static void tell(struct sheet *p, const char *person, const char *words)
{
	struct buf name = BUF_INIT, initials = BUF_INIT;

	record_name(p->store, &person_type, person, &name);
	words_initials(name.data, &initials);
	loop_message(p->screen.loop, words, initials.data);
	buf_release(&name);
	buf_release(&initials);
}

/* The same with the line's number behind the name. */
static void tell_number(struct sheet *p, const struct attendance_row *r, const char *words)
{
	struct buf initials = BUF_INIT;

	words_initials(r->name, &initials);
	loop_message(p->screen.loop, words, initials.data, r->number);
	buf_release(&initials);
}

/* Nothing is typed any more, and the person who was meant is selected. */
static unsigned show(struct sheet *p, const char *person)
{
	struct err e = ERR_INIT;

	line_set(&p->list.filter, "");
	snprintf(p->list.selected, sizeof p->list.selected, "%s", person);
	if (sheet_read(p, &e) != 0)
		loop_problem(p->screen.loop, &e);
	return DID_SAVE;
}

static void tell_registered(struct sheet *p, const char *person)
{
	const struct attendance_row *r = attendance_rows_find(&p->rows, person);

	/* TRANSLATORS: %s is a person: «Галимова А. Р.»; %d the number of the line of the sheet */
	if (r != NULL)
		tell_number(p, r, r->waiting ? _("%s: all places are taken; No. %d, on the waiting list") : _("%s: on the sheet, No. %d"));
}

static void tell_state(struct sheet *p, const char *person, enum attendance_state state)
{
	/* TRANSLATORS: in these messages %s is a person: «Галимова А. Р.» */
	switch (state) {
	case ATTENDANCE_PRESENT: tell(p, person, _("%s: came")); break;
	case ATTENDANCE_ABSENT: tell(p, person, _("%s: was not there")); break;
	default:
		if (p->mode == SHEET_REGISTRATION)
			tell_registered(p, person);
		else
			tell(p, person, _("%s: on the sheet without a mark"));
		break;
	}
}

static unsigned set(struct sheet *p, const char *person, enum attendance_state state)
{
	struct err e = ERR_INIT;
	bool fresh = attendance_find_fresh(&p->found, p->store);
	char copy[RECORD_ID_SIZE];
	unsigned did;

	snprintf(copy, sizeof copy, "%s", person);
	if (attendance_mark(p->store, p->seminar, copy, state, &e) != 0) {
		loop_problem(p->screen.loop, &e);
		return DID_CHANGE;
	}
	attendance_find_stay(&p->found, p->store, fresh);
	did = show(p, copy);
	tell_state(p, copy, state);
	return did;
}

static unsigned set_present(struct sheet *p, const char *person)
{
	char copy[RECORD_ID_SIZE];

	memcpy(copy, person, sizeof copy);
	memcpy(p->just, copy, sizeof p->just);
	return set(p, copy, ATTENDANCE_PRESENT);
}

unsigned sheet_written_in(void *sheet, const char *person)
{
	struct sheet *p = sheet;
	char copy[RECORD_ID_SIZE];

	snprintf(copy, sizeof copy, "%s", person);
	return p->mode == SHEET_REGISTRATION ? set(p, copy, ATTENDANCE_REGISTERED) : set_present(p, copy);
}

unsigned sheet_write_in(struct sheet *p)
{
	const struct found *f = sheet_selected(p);
	const char *name = f != NULL && f->kind == FOUND_NOBODY ? f->name : p->list.filter.text.data;
	struct err e = ERR_INIT;
	struct screen *card = card_walk_in(p->store, p->seminar, name, sheet_written_in, p, &e);

	if (card != NULL)
		loop_push(p->screen.loop, card);
	else
		loop_problem(p->screen.loop, &e);
	return DID_CHANGE;
}

/* Before the seminar: whoever is looked for gets on the sheet, also who had said no; a mark is left as it is. */
static unsigned enrol(struct sheet *p, const struct found *f)
{
	const struct attendance_row *r;

	if (f->kind == FOUND_ELSEWHERE || p->rows.row[f->sheet].state == ATTENDANCE_ABSENT)
		return set(p, f->id, ATTENDANCE_REGISTERED);
	r = &p->rows.row[f->sheet];
	tell_number(p, r, r->state == ATTENDANCE_PRESENT ? _("%s: No. %d, has come already") : _("%s: No. %d, on the sheet already"));
	return show(p, r->person);
}

/* At it: whoever is looked for has come; a mark under the cursor is taken back, but not by the key that made it. */
static unsigned came(struct sheet *p, const struct found *f)
{
	const struct attendance_row *r;

	if (f->kind == FOUND_ELSEWHERE || p->rows.row[f->sheet].state != ATTENDANCE_PRESENT)
		return set_present(p, f->id);
	r = &p->rows.row[f->sheet];
	if (p->list.filter.text.len > 0) {
		memcpy(p->just, r->person, sizeof p->just);
		tell(p, r->person, _("%s: is marked already"));
		return show(p, r->person);
	}
	if (strcmp(p->just, r->person) == 0) {
		tell(p, r->person, _("%s: is marked; F7 takes the mark back"));
		return DID_CHANGE;
	}
	return set(p, r->person, ATTENDANCE_REGISTERED);
}

unsigned sheet_enter(struct sheet *p)
{
	const struct found *f = sheet_selected(p);

	if (f->kind == FOUND_NOBODY)
		return sheet_write_in(p);
	return p->mode == SHEET_REGISTRATION ? enrol(p, f) : came(p, f);
}

unsigned sheet_absent(struct sheet *p)
{
	return set(p, sheet_selected(p)->id, ATTENDANCE_ABSENT);
}

unsigned sheet_register(struct sheet *p)
{
	const struct found *f = sheet_selected(p);

	return f->kind == FOUND_NOBODY ? sheet_write_in(p) : set(p, f->id, ATTENDANCE_REGISTERED);
}

static unsigned strike_answer(void *context, enum prompt_reply reply)
{
	struct sheet *p = context;
	bool fresh = attendance_find_fresh(&p->found, p->store);
	struct err e = ERR_INIT;
	int status;

	if (reply != PROMPT_YES)
		return DID_CHANGE;
	status = attendance_remove(p->store, p->seminar, p->striking, &e);
	attendance_find_stay(&p->found, p->store, fresh);
	if (status != 0 || sheet_read(p, &e) != 0) {
		loop_problem(p->screen.loop, &e);
		return DID_SAVE;
	}
	tell(p, p->striking, _("%s: taken off the sheet"));
	return DID_SAVE;
}

unsigned sheet_strike(struct sheet *p)
{
	struct buf question = BUF_INIT;

	memcpy(p->striking, sheet_selected(p)->id, sizeof p->striking);
	buf_addf(&question, _("Take “%s” off the sheet?"), p->rows.row[sheet_selected(p)->sheet].name);
	loop_push(p->screen.loop, prompt_ask(question.data, strike_answer, p));
	buf_release(&question);
	return DID_CHANGE;
}
