#include "screens/card.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "records/person.h"
#include "records/undo.h"
#include "screens/cards.h"
#include "screens/likely.h"
#include "screens/parts/form.h"
#include "screens/parts/loop.h"
#include "screens/parts/prompt.h"

#define WALK_IN_TOP 3	/* below the attendance screen's title, counts and search */

struct card {
	struct screen screen;
	struct store *store;
	struct record record;
	struct form form;
	struct likely likely;		/* of a new person */
	char seminar[RECORD_ID_SIZE];	/* of a walk-in; "" for a card */
	int draft;			/* its place in the store (draft.h); 0: there is none of this card */
	card_saved saved;
	void (*forget)(void *context);
	void *context;
};

static uint64_t where(const struct screen *s)
{
	return form_where(&((const struct card *)s)->form);
}

static unsigned has(const struct screen *s)
{
	return ((const struct card *)s)->likely.count > 0 ? HAS_LIKELY : 0;
}

static void look_for_likely(struct card *c)
{
	if (c->record.type == &person_type && c->record.id[0] == '\0')
		likely_update(&c->likely, &c->form);
}

static void drop_draft(struct card *c)
{
	struct err e = ERR_INIT;

	if (c->draft > 0 && draft_drop(c->store, c->draft, &e) != 0)
		loop_problem(c->screen.loop, &e);
	c->draft = 0;
}

/* Somebody of this name and telephone, or name and municipality, who is in the register already. */
static int find_same(struct card *c, char id[RECORD_ID_SIZE], struct err *e)
{
	static const char *const names[] = { "name", "phone", "municipality" };
	struct buf kept[3] = { BUF_INIT, BUF_INIT, BUF_INIT };
	int status = 0;

	for (int k = 0; k < 3 && status == 0; k++) {
		int i = form_find(&c->form, names[k]);

		status = field_parse(c->store, c->form.field[i].field, form_value(&c->form, i), &kept[k], e);
	}
	if (status == 0)
		status = person_same(c->store, kept[0].data, kept[1].data, kept[2].data, id, e);
	for (int k = 0; k < 3; k++)
		buf_release(&kept[k]);
	return status;
}

static unsigned finish(struct card *c, const char *id)
{
	unsigned did = DID_SAVE | DID_CLOSE;

	drop_draft(c);
	loop_saved(c->screen.loop, c->record.type, id);
	if (c->saved != NULL)
		did |= c->saved(c->context, id);
	return did;
}

static void release(struct screen *s);

/* The card of somebody who was written in and stood in the register already, with what was typed; the name stays as the card has it. NULL, and told. */
static struct card *open_known(struct card *c, const char *id)
{
	struct err e = ERR_INIT;
	struct screen *screen = card_open(c->store, &person_type, id, NULL, &e);
	struct card *known = (struct card *)screen;
	struct buf typed = BUF_INIT;

	form_write(&c->form, &typed);
	if (screen == NULL || form_read(&known->form, typed.data, typed.len, &e) != 0)
		loop_problem(c->screen.loop, &e);
	else
		line_set(&known->form.field[0].line, known->form.field[0].start);
	buf_release(&typed);
	return known;
}

/* True when what was typed would replace something that the card says. */
static bool contradicts(const struct form *f)
{
	for (int i = 0; i < f->count; i++)
		if (f->field[i].start[0] != '\0' && strcmp(f->field[i].start, f->field[i].line.text.data) != 0)
			return true;
	return false;
}

/* Nobody is entered twice, and nothing that was typed is dropped: what the card did not say yet is filled in, what it says otherwise is shown to be decided. */
static unsigned save_known(struct card *c, const char *id)
{
	struct loop *l = c->screen.loop;
	struct card *known = open_known(c, id);
	unsigned did = finish(c, id);
	struct err e = ERR_INIT;

	if (known == NULL)
		return did;
	if (contradicts(&known->form) || (form_changed(&known->form) && form_save(&known->form, &known->record, &e) != 0)) {
		loop_push(l, &known->screen);
		loop_message(l, _("this person was in the register already and is marked now; what you typed differs from the card: ^S takes it over"));
		return did;
	}
	loop_message(l, _("this person was in the register already and is marked now"));
	release(&known->screen);
	free(known);
	return did;
}

static unsigned save(struct card *c)
{
	uint64_t mark = undo_mark(c->store);
	struct err e = ERR_INIT;
	char id[RECORD_ID_SIZE] = "";
	unsigned did;

	if (!form_check(&c->form))
		return DID_CHANGE;
	if (c->seminar[0] != '\0' && find_same(c, id, &e) != 0)
		goto failed;
	if (id[0] != '\0')
		return save_known(c, id);
	if (form_save(&c->form, &c->record, &e) != 0)
		goto failed;
	loop_message(c->screen.loop, _("saved"));
	did = finish(c, c->record.id);
	undo_as_one(c->store, mark);	/* whoever is written in is marked, too: one step to take back */
	return did;
failed:
	loop_problem(c->screen.loop, &e);
	return DID_CHANGE;
}

static unsigned leave_answer(void *context, enum prompt_reply reply)
{
	struct card *c = context;

	if (reply == PROMPT_YES) {
		drop_draft(c);
		loop_close(&c->screen);
	}
	return DID_CHANGE;
}

static unsigned leave(struct card *c)
{
	if (!form_changed(&c->form)) {
		drop_draft(c);
		return DID_CLOSE;
	}
	loop_push(c->screen.loop, prompt_ask(_("Leave without saving what you typed?"), leave_answer, c));
	return DID_CHANGE;
}

static unsigned act(struct screen *s, enum action action)
{
	struct card *c = (struct card *)s;
	unsigned did;

	if (action == ACTION_LIKELY) {
		likely_open(&c->likely, c->screen.loop);
		return DID_CHANGE;
	}
	did = form_act(&c->form, action);
	look_for_likely(c);
	if ((did & FORM_SAVE) != 0)
		return save(c);
	if ((did & FORM_LEAVE) != 0)
		return leave(c);
	return did;
}

static unsigned text(struct screen *s, uint32_t character)
{
	struct card *c = (struct card *)s;
	unsigned did = form_text(&c->form, character);

	look_for_likely(c);
	return did;
}

/* What the record is called: its first field as it began, or where the form has not got it, the name. */
static void tell_name(const struct card *c, struct buf *out)
{
	buf_adds(out, " · ");
	if (c->form.field[0].field == &c->record.type->fields[0])
		buf_adds(out, c->form.field[0].start);
	else
		record_name(c->store, c->record.type, c->record.id, out);
}

static void title(struct screen *s, struct title *t)
{
	struct card *c = (struct card *)s;

	buf_adds(&t->place, _(c->record.type->title));
	if (c->record.id[0] == '\0')
		buf_addf(&t->place, " · %s", _("new record"));
	else
		tell_name(c, &t->place);
}

static void draw(struct screen *s, struct canvas *canvas, int top, int bottom)
{
	struct card *c = (struct card *)s;
	int rows = likely_rows(&c->likely, canvas->width, bottom - top - 1);

	form_draw(&c->form, canvas, top + 1, bottom - rows);
	likely_draw(&c->likely, canvas, bottom - rows, bottom);
}

static void draw_walk_in(struct screen *s, struct canvas *canvas, int top, int bottom)
{
	struct card *c = (struct card *)s;
	int first = bottom - top > 10 ? WALK_IN_TOP : top, rows = likely_rows(&c->likely, canvas->width, bottom - first - 1);

	for (int y = first; y < bottom; y++)
		canvas_fill(canvas, y, 0, canvas->width, ROLE_TEXT, ' ');
	canvas_fit(canvas, first, 1, canvas->width - 2, ROLE_TITLE, _("Write in somebody who is on no list yet"));
	form_draw(&c->form, canvas, first + 1, bottom - rows);
	likely_draw(&c->likely, canvas, bottom - rows, bottom);
}

static void keep(struct screen *s)
{
	struct card *c = (struct card *)s;
	struct draft d;
	struct err e = ERR_INIT;

	if (!c->form.touched || !form_changed(&c->form))
		return;
	draft_init(&d);
	snprintf(d.type, sizeof d.type, "%s", c->record.type->name);
	memcpy(d.record, c->record.id, sizeof d.record);
	memcpy(d.seminar, c->seminar, sizeof d.seminar);
	d.place = c->draft;
	d.ms = clock_wall_ms();
	form_write(&c->form, &d.fields);
	if (draft_keep(c->store, &d, &e) == 0) {
		c->draft = d.place;
		c->form.touched = false;
	} else {
		loop_problem(c->screen.loop, &e);
	}
	draft_release(&d);
}

static void release(struct screen *s)
{
	struct card *c = (struct card *)s;

	likely_release(&c->likely);
	form_release(&c->form);
	record_release(&c->record);
	if (c->forget != NULL)
		c->forget(c->context);
}

static const struct screen_class card_class = {
	.name = "card", .where = where, .has = has, .act = act, .text = text, .title = title, .draw = draw, .keep = keep, .release = release,
};

static const struct screen_class walk_in_class = {
	.name = "walk-in", .overlay = true, .where = where, .has = has, .act = act, .text = text, .draw = draw_walk_in, .keep = keep, .release = release,
};

static struct card *make(struct store *s, const struct screen_class *class, const struct record_type *type, const char *id, struct err *e)
{
	struct card *c = mem_zero(1, sizeof *c);

	c->screen.class = class;
	c->store = s;
	if ((id[0] != '\0' ? record_load(s, &c->record, type, id, e) : record_new(s, &c->record, type, e)) != 0) {
		free(c);
		return NULL;
	}
	form_init(&c->form, s);
	likely_init(&c->likely);
	return c;
}

/* Whom a consultant writes in is mostly from where the consultant is; it stands in the form to be seen and changed. */
static void own_place(struct card *c)
{
	char *role = store_setting(c->store, "role"), *place = store_setting(c->store, "municipality");

	if (role != NULL && strcmp(role, "consultant") == 0 && place != NULL)
		record_put(&c->record, "municipality", place);
	free(role);
	free(place);
}

struct screen *card_open(struct store *s, const struct record_type *type, const char *id, const struct card_start *start, struct err *e)
{
	struct card *c = make(s, &card_class, type, id, e);

	if (c == NULL)
		return NULL;
	if (type == &person_type && id[0] == '\0')
		own_place(c);
	c->form.whole = start != NULL;		/* what it began with is known nowhere else when the draft is brought back */
	for (; start != NULL && start->field != NULL; start++)
		record_put(&c->record, start->field, start->value);
	for (int i = 0; i < type->count; i++)
		form_add(&c->form, &type->fields[i], c->record.value[i], false);
	return &c->screen;
}

struct screen *card_open_part(struct store *s, const struct record_type *type, const char *id, const char *const *fields, struct err *e)
{
	struct card *c = make(s, &card_class, type, id, e);

	for (; c != NULL && *fields != NULL; fields++) {
		int i = record_field(type, *fields);

		form_add(&c->form, &type->fields[i], c->record.value[i], false);
	}
	return c != NULL ? &c->screen : NULL;
}

void card_on_saved(struct screen *card, card_saved saved, void (*forget)(void *context), void *context)
{
	struct card *c = (struct card *)card;

	c->saved = saved;
	c->forget = forget;
	c->context = context;
}

/* Where the seminar is, most of those who come are from. */
static int walk_in_place(struct card *c, const char *seminar, struct err *e)
{
	struct record r;

	if (record_load(c->store, &r, &seminar_type, seminar, e) != 0)
		return -1;
	record_put(&c->record, "municipality", record_get(&r, "municipality"));
	record_release(&r);
	return 0;
}

struct screen *card_walk_in(struct store *s, const char *seminar, const char *name, card_saved saved, void *context, struct err *e)
{
	static const char *const names[] = { "name", "phone", "organisation", "post", "municipality" };
	struct card *c = make(s, &walk_in_class, &person_type, "", e);

	if (c == NULL)
		return NULL;
	if (walk_in_place(c, seminar, e) != 0) {
		release(&c->screen);
		free(c);
		return NULL;
	}
	for (size_t k = 0; k < sizeof names / sizeof names[0]; k++) {
		int i = record_field(&person_type, names[k]);

		form_add(&c->form, &person_type.fields[i], c->record.value[i], false);
	}
	form_set(&c->form, "name", name);
	snprintf(c->seminar, sizeof c->seminar, "%s", seminar);
	c->saved = saved;
	c->context = context;
	return &c->screen;
}

int card_restore(struct screen *card, const struct draft *d, struct err *e)
{
	struct card *c = (struct card *)card;

	c->draft = d->place;
	return form_read(&c->form, d->fields.data, d->fields.len, e);
}
