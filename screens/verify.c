#include "screens/verify.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "screens/attendance_draw.h"
#include "screens/parts/prompt.h"
#include "screens/verify_paper.h"
#include "screens/parts/words.h"

#define UNNAMED_MOST 1000000

static uint64_t where(const struct screen *s)
{
	return ((const struct verify *)s)->comparing ? IN_VERIFY : IN_VERIFY | IN_TEXT;
}

static unsigned has(const struct screen *s)
{
	const struct verify *v = (const struct verify *)s;

	if (verify_line(v) >= 0)
		return HAS_ROW | HAS_ENTRY;
	return v->list.count > 0 || !v->comparing ? HAS_ROW : 0;
}

/* From one kind of rows to another: `row` is selected, or the first. */
static void turn(struct verify *v, bool comparing, const char *row)
{
	struct err e = ERR_INIT;

	v->comparing = comparing;
	if (!comparing)
		differences_release(&v->differences);
	line_set(&v->list.filter, "");
	v->list.cursor = v->list.top = 0;
	snprintf(v->list.selected, sizeof v->list.selected, "%s", row);
	if (list_reload(&v->list, &e) != 0)
		loop_problem(v->screen.loop, &e);
}

/* --- what is typed --- */

static unsigned add(struct verify *v, const char *person, const char *name)
{
	struct buf initials = BUF_INIT;
	int line;

	words_initials(name, &initials);
	if (paper_add(&v->paper, person, name)) {
		v->touched = true;
		/* TRANSLATORS: a line of the sheet that was signed on paper */
		loop_message(v->screen.loop, _("%s: line %d of the paper"), initials.data, v->paper.count);
	} else if ((line = paper_find(&v->paper, person)) >= 0) {
		loop_message(v->screen.loop, _("%s: typed already, line %d of the paper"), initials.data, line + 1);
	} else {
		loop_message(v->screen.loop, _("%s: typed already"), initials.data);
	}
	buf_release(&initials);
	return DID_CHANGE;
}

static unsigned on_paper(struct verify *v)
{
	const struct found *f = verify_found(v);
	char person[RECORD_ID_SIZE] = "", last[RECORD_ID_SIZE];
	char *name;

	if (f == NULL) {
		loop_message(v->screen.loop, "%s", _("type a name as it stands on the paper"));
		return DID_CHANGE;
	}
	if (f->kind != FOUND_NOBODY)
		memcpy(person, f->id, sizeof person);
	name = mem_dup(f->kind == FOUND_ON_SHEET ? v->sheet.row[f->sheet].name : f->name);
	add(v, person, name);
	free(name);
	snprintf(last, sizeof last, "=%d", v->paper.count - 1);
	turn(v, false, person[0] != '\0' ? person : last);
	return DID_CHANGE;
}

static unsigned strike(struct verify *v)
{
	struct err e = ERR_INIT;

	paper_strike(&v->paper, verify_line(v));
	v->touched = true;
	v->list.selected[0] = '\0';
	if (list_reload(&v->list, &e) != 0)
		loop_problem(v->screen.loop, &e);
	return DID_CHANGE;
}

/* --- the differences --- */

static void compare(struct verify *v)
{
	differences_release(&v->differences);
	paper_compare(&v->paper, &v->sheet, &v->differences);
	turn(v, true, "");
}

static unsigned number_typed(void *context, const char *typed, bool *again)
{
	struct verify *v = context;
	char *end;
	long number;

	if (typed == NULL)
		return DID_CHANGE;
	typed += strspn(typed, " ");
	number = strtol(typed, &end, 10);
	if (typed[0] != '\0' && (end == typed || end[strspn(end, " ")] != '\0' || number < 0 || number > UNNAMED_MOST)) {
		loop_message(v->screen.loop, "%s", _("! a number, or nothing where nobody counted"));
		*again = true;
		return DID_CHANGE;
	}
	v->paper.unnamed = typed[0] != '\0' ? (int)number : PAPER_NOT_COUNTED;
	v->touched = true;
	compare(v);
	return DID_CHANGE;
}

static unsigned ask_number(struct verify *v)
{
	char initial[16] = "";

	if (v->paper.unnamed != PAPER_NOT_COUNTED)
		snprintf(initial, sizeof initial, "%d", v->paper.unnamed);
	loop_push(v->screen.loop, prompt_line(_("On paper without a name (nothing: not counted):"), initial, number_typed, v));
	return DID_CHANGE;
}

/* --- keeping and leaving --- */

static void keep(struct screen *s)
{
	struct verify *v = (struct verify *)s;
	struct err e = ERR_INIT;

	if (!v->touched)
		return;
	if (verify_keep(v, &e) == 0)
		v->touched = false;
	else
		loop_problem(s->loop, &e);
}

/* Nothing typed is lost: what was compared and differs no more is done with, anything else waits for F4. */
static unsigned leave(struct verify *v)
{
	int standing = verify_standing(v);
	bool nothing = v->paper.count == 0 && v->paper.unnamed == PAPER_NOT_COUNTED, done = nothing || (v->comparing && standing == 0);
	struct err e = ERR_INIT;

	if ((done ? verify_drop(v, &e) : verify_keep(v, &e)) != 0 || draft_rest_verification(v->store, &e) != 0) {
		loop_problem(v->screen.loop, &e);
		return DID_CHANGE;
	}
	v->touched = false;
	if (v->comparing && standing == 0)
		loop_message(v->screen.loop, "%s", _("the sheet and the paper agree"));
	else if (!done)
		loop_message(v->screen.loop, "%s", _("what was typed of the paper is kept; F4 goes on with it"));
	return DID_CLOSE | DID_SAVE;
}

static unsigned leave_or_clear(struct verify *v)
{
	if (!verify_finding(v))
		return leave(v);
	turn(v, false, "");
	return DID_CHANGE;
}

/* --- the screen --- */

static unsigned act(struct screen *s, enum action action)
{
	struct verify *v = (struct verify *)s;
	unsigned did;

	switch (action) {
	case ACTION_ON_PAPER: return v->comparing ? verify_settle(v) : on_paper(v);
	case ACTION_COMPARE:
		if (!v->comparing)
			return ask_number(v);
		turn(v, false, "");
		return DID_CHANGE;
	case ACTION_STRIKE: return strike(v);
	case ACTION_LEAVE: return leave_or_clear(v);
	default: return list_act(&v->list, s->loop, action, &did) ? did : DID_NOTHING;
	}
}

static unsigned text(struct screen *s, uint32_t character)
{
	struct verify *v = (struct verify *)s;

	if (character == ' ' && v->list.filter.text.len == 0)
		return DID_NOTHING;
	return list_text(&v->list, s->loop, character);
}

static int reload(struct screen *s, struct err *e)
{
	struct verify *v = (struct verify *)s;

	seminar_rows_release(&v->head);
	if (seminar_row(v->store, v->seminar, &v->head, e) != 0)
		return -1;
	return verify_read(v, e);
}

static void idle(struct screen *s)
{
	struct verify *v = (struct verify *)s;
	struct err e = ERR_INIT;

	if (!v->comparing && !attendance_find_fresh(&v->found, v->store) && attendance_find_prepare(&v->found, v->store, &e) != 0)
		loop_problem(s->loop, &e);
}

static void title(struct screen *s, struct title *t)
{
	const struct seminar_rows *head = &((struct verify *)s)->head;

	/* TRANSLATORS: title of the screen on which the signed sheet is compared with the marks: «Сверка с бумагой» */
	attendance_title(_("Against the paper"), head->count > 0 ? head->row : NULL, t);
}

static void draw_counts(const struct verify *v, struct canvas *c, int y)
{
	struct buf words = BUF_INIT;
	int unknown = 0;

	for (int i = 0; i < v->paper.count; i++)
		unknown += v->paper.line[i].person[0] == '\0';
	if (v->comparing) {
		/* TRANSLATORS: of the differences so many are settled; then how many stand on the paper and how many are marked */
		buf_addf(&words, _("Differences %d, settled %d"), v->differences.count, v->differences.count - verify_standing(v));
		buf_addf(&words, _(" · on paper %d, marked %d"), v->paper.count, v->sheet.present);
	} else {
		buf_addf(&words, _("On paper %d"), v->paper.count);
		if (unknown > 0)
			buf_addf(&words, _(" · in no register %d"), unknown);
	}
	canvas_fit(c, y, 1, c->width - 2, ROLE_TEXT, words.data);
	buf_release(&words);
}

/* What the selected difference is about, whole: its columns may have been too narrow. */
static void draw_difference(const struct verify *v, struct canvas *c, int y)
{
	const struct difference *d = verify_difference(v);
	struct buf words = BUF_INIT;

	if (d != NULL && difference_stands(d, &v->paper, &v->sheet)) {
		buf_addf(&words, "Enter: %s · ", verify_enter(d));
		verify_what(v, d, &words);
	} else {
		buf_adds(&words, _("F4 goes on typing"));
	}
	canvas_fit(c, y, 1, c->width - 2, ROLE_MUTED, words.data);
	buf_release(&words);
}

static void draw(struct screen *s, struct canvas *c, int top, int bottom)
{
	struct verify *v = (struct verify *)s;

	draw_counts(v, c, top);
	list_draw(&v->list, s->loop, c, top + 2, bottom, v->comparing ? _("The sheet and the paper agree.") :
	    _("Type the names as they stand on the paper, one after the other."));
	if (v->comparing)
		draw_difference(v, c, top + 1);
	else
		attendance_draw_search(&v->list, &v->found, _("paper"), _("paper: Enter for who stands there"), c, top + 1);
}

static void release(struct screen *s)
{
	verify_release((struct verify *)s);
}

static const struct screen_class verify_class = {
	.name = "verify", .where = where, .has = has, .act = act, .text = text, .reload = reload, .idle = idle, .title = title,
	.draw = draw, .keep = keep, .release = release,
};

struct screen *verify_make(struct loop *l, const char *seminar)
{
	struct verify *v = mem_zero(1, sizeof *v);

	v->screen.class = &verify_class;
	v->store = l->store;
	snprintf(v->seminar, sizeof v->seminar, "%s", seminar);
	verify_init(v);
	return &v->screen;
}
