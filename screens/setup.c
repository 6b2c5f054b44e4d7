#include "screens/setup.h"

#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "screens/form.h"
#include "screens/loop.h"
#include "screens/prompt.h"

#define PASSPHRASE_LEAST 8	/* characters */

enum { NAME, MUNICIPALITY, PASSPHRASE, REPEAT, FIELDS };

static const struct field fields[FIELDS] = {
	[NAME] = { .name = "name", .label = N_("Surname, name, patronymic"), .kind = FIELD_TEXT, .required = true },
	[MUNICIPALITY] = { .name = "municipality", .label = N_("Municipality"), .kind = FIELD_MUNICIPALITY, .required = true },
	[PASSPHRASE] = { .name = "passphrase", .label = N_("New passphrase"), .kind = FIELD_TEXT, .required = true, .max = 200 },
	[REPEAT] = { .name = "repeat", .label = N_("Once more"), .kind = FIELD_TEXT, .required = true, .max = 200 },
};

struct setup {
	struct screen screen;
	struct form form;
	const struct screens_setup *options;
	bool *created;
};

static unsigned where(const struct screen *s)
{
	return form_where(&((const struct setup *)s)->form);
}

static const char *typed(const struct setup *p, int field)
{
	return p->form.field[field].line.text.data;
}

static unsigned create(struct setup *p)
{
	struct err e = ERR_INIT;
	struct buf words = BUF_INIT;

	if (!form_check(&p->form))
		return DID_CHANGE;
	if (p->form.field[PASSPHRASE].line.text.len < PASSPHRASE_LEAST) {
		buf_addf(&words, _("at least %d characters; four words are easy to keep in mind"), PASSPHRASE_LEAST);
		form_blame(&p->form, PASSPHRASE, words.data);
	} else if (strcmp(typed(p, PASSPHRASE), typed(p, REPEAT)) != 0) {
		form_blame(&p->form, REPEAT, _("this is not the same passphrase"));
	} else if (p->options->create(p->options->context, typed(p, NAME), form_value(&p->form, MUNICIPALITY), typed(p, PASSPHRASE), &e) != 0) {
		loop_problem(p->screen.loop, &e);
	} else {
		*p->created = true;
		return DID_CLOSE;
	}
	buf_release(&words);
	return DID_CHANGE;
}

static unsigned leave_answer(void *context, enum prompt_reply reply)
{
	if (reply == PROMPT_YES)
		loop_close(context);
	return DID_CHANGE;
}

static unsigned act(struct screen *s, enum action action)
{
	struct setup *p = (struct setup *)s;
	unsigned did = form_act(&p->form, action);

	if ((did & FORM_SAVE) != 0)
		return create(p);
	if ((did & FORM_LEAVE) == 0)
		return did;
	if (!form_changed(&p->form))
		return DID_CLOSE;
	loop_push(s->loop, prompt_ask(_("Leave? Nothing is set up yet."), leave_answer, s));
	return DID_CHANGE;
}

static unsigned text(struct screen *s, uint32_t character)
{
	return form_text(&((struct setup *)s)->form, character);
}

static void title(struct screen *s, struct title *t)
{
	(void)s;
	buf_adds(&t->place, _("First start"));
}

static void draw(struct screen *s, struct canvas *c, int top, int bottom)
{
	struct setup *p = (struct setup *)s;

	if (bottom - top > FIELDS + 6) {
		canvas_fit(c, top + 1, 1, c->width - 2, ROLE_TEXT, _("Everything that you enter is kept in one file that only your passphrase opens."));
		canvas_fit(c, top + 2, 1, c->width - 2, ROLE_TEXT, _("Nobody can bring back a forgotten passphrase."));
		top += 3;
	}
	form_draw(&p->form, c, top + 1, bottom);
}

static void release(struct screen *s)
{
	form_release(&((struct setup *)s)->form);
}

static const struct screen_class setup_class = {
	.name = "setup", .where = where, .act = act, .text = text, .title = title, .draw = draw, .release = release,
};

struct screen *setup_open(const struct screens_setup *o, bool *created)
{
	struct setup *p = mem_zero(1, sizeof *p);

	p->screen.class = &setup_class;
	p->options = o;
	p->created = created;
	form_init(&p->form, NULL);
	for (int i = 0; i < FIELDS; i++)
		form_add(&p->form, &fields[i], "", i == PASSPHRASE || i == REPEAT);
	return &p->screen;
}
