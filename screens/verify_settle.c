/* A difference between the paper and the marks is settled: somebody is marked, a mark is taken back, somebody is written in, the number without a name is
 * entered. Whichever it is, the paper is believed. */
#include "screens/verify_paper.h"

#include <string.h>

#include "base/i18n.h"
#include "screens/card.h"
#include "screens/parts/loop.h"
#include "screens/unnamed.h"
#include "screens/parts/words.h"

static void tell(struct verify *v, const char *name, const char *words)
{
	struct buf initials = BUF_INIT;

	words_initials(name, &initials);
	loop_message(v->screen.loop, words, initials.data);
	buf_release(&initials);
}

static unsigned set(struct verify *v, const char *person, const char *name, enum attendance_state state)
{
	bool fresh = attendance_find_fresh(&v->found, v->store);
	struct err e = ERR_INIT;

	if (attendance_mark(v->store, v->seminar, person, state, &e) != 0) {
		loop_problem(v->screen.loop, &e);
		return DID_CHANGE;
	}
	attendance_find_stay(&v->found, v->store, fresh);
	tell(v, name, state == ATTENDANCE_PRESENT ? _("%s: came") : _("%s: on the sheet without a mark"));
	return DID_SAVE;
}

static unsigned written_in(void *context, const char *person)
{
	struct verify *v = context;
	struct paper_line *line = &v->paper.line[v->writing];

	paper_identify(&v->paper, v->writing, person);
	v->touched = true;
	return set(v, line->person, line->name, ATTENDANCE_PRESENT);
}

static unsigned write_in(struct verify *v, int line)
{
	struct err e = ERR_INIT;
	struct screen *card;

	if (v->paper.line[line].person[0] != '\0')	/* was written in, and the mark is gone since */
		return set(v, v->paper.line[line].person, v->paper.line[line].name, ATTENDANCE_PRESENT);
	v->writing = line;
	card = card_walk_in(v->store, v->seminar, v->paper.line[line].name, written_in, v, &e);
	if (card != NULL)
		loop_push(v->screen.loop, card);
	else
		loop_problem(v->screen.loop, &e);
	return DID_CHANGE;
}

unsigned verify_settle(struct verify *v)
{
	const struct difference *d = verify_difference(v);

	if (!difference_stands(d, &v->paper, &v->sheet)) {
		loop_message(v->screen.loop, "%s", _("this difference is settled already"));
		return DID_CHANGE;
	}
	switch (d->kind) {
	case DIFFERENCE_NOT_MARKED: return set(v, d->person, d->name, ATTENDANCE_PRESENT);
	case DIFFERENCE_NOT_ON_PAPER: return set(v, d->person, d->name, ATTENDANCE_REGISTERED);
	case DIFFERENCE_UNKNOWN: return write_in(v, d->line);
	case DIFFERENCE_UNNAMED:
		unnamed_ask_from(v->screen.loop, v->seminar, v->paper.unnamed);
		break;
	}
	return DID_CHANGE;
}
