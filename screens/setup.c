#include "screens/setup.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/language.h"
#include "base/mem.h"
#include "base/preferences.h"
#include "base/text.h"
#include "crypto/secret.h"
#include "crypto/strength.h"
#include "records/person.h"
#include "screens/parts/form.h"
#include "screens/parts/loop.h"
#include "screens/parts/progress.h"
#include "screens/parts/prompt.h"

enum { LANGUAGE, NAME, MUNICIPALITY, ROLE, PASSPHRASE, REPEAT, HUB, FIELDS };

/* Each language in its own words: who cannot read the one that stands here finds the other. */
static const struct choice languages[] = { { "ru", "Русский", NULL }, { "en", "English", NULL }, { NULL, NULL, NULL } };
static const struct choice hub_times[] = { { "later", N_("later"), NULL }, { "now", N_("now, with its card"), NULL }, { NULL, NULL, NULL } };

static const struct field fields[FIELDS] = {
	[LANGUAGE] = { .name = "language", .label = N_("Language"), .kind = FIELD_CHOICE, .choices = languages, .required = true },
	[NAME] = { .name = "name", .label = N_("Full name"), .kind = FIELD_TEXT, .required = true },
	[MUNICIPALITY] = { .name = "municipality", .label = N_("Municipality"), .kind = FIELD_MUNICIPALITY, .required = true },
	[ROLE] = { .name = "role", .label = N_("Role"), .kind = FIELD_CHOICE, .choices = person_roles, .required = true },
	[PASSPHRASE] = { .name = "passphrase", .label = N_("New passphrase"), .kind = FIELD_TEXT, .required = true, .max = 200 },
	[REPEAT] = { .name = "repeat", .label = N_("Once more"), .kind = FIELD_TEXT, .required = true, .max = 200 },
	[HUB] = { .name = "hub", .label = N_("Join a hub"), .kind = FIELD_CHOICE, .choices = hub_times, .required = true },
};

struct setup {
	struct screen screen;
	struct form form;
	struct screens_setup *options;
	bool *created;
};

static uint64_t where(const struct screen *s)
{
	return form_where(&((const struct setup *)s)->form);
}

static const char *typed(const struct setup *p, int field)
{
	return p->form.field[field].line.text.data;
}

/* --- the passphrase --- */

/* Against who knows the person's name and where they live. */
static int strength(const struct setup *p)
{
	struct buf known = BUF_INIT;
	int bits;

	buf_addf(&known, "%s %s", typed(p, NAME), typed(p, MUNICIPALITY));
	bits = strength_bits(typed(p, PASSPHRASE), known.data);
	buf_release(&known);
	return bits;
}

static const char *strength_words(int bits)
{
	return bits < STRENGTH_LEAST ? _("too easy to guess") : bits < STRENGTH_GOOD ? _("fair") : bits < STRENGTH_HIGH ? _("good") : _("very good");
}

/* Beside the field while it is typed: how long, how strong; and whether the second one is the same so far. */
static void judge_passphrase(struct setup *p)
{
	const struct buf *one = &p->form.field[PASSPHRASE].line.text, *again = &p->form.field[REPEAT].line.text;
	struct buf *words = &p->form.field[PASSPHRASE].reading, *same = &p->form.field[REPEAT].reading;
	int length = (int)text_length(one->data, one->len);

	buf_reset(words);
	buf_reset(same);
	if (length > 0) {
		buf_addf(words, P_("%d character", "%d characters", length), length);
		buf_addf(words, " · %s", length < STRENGTH_CHARACTERS ? _("too short") : strength_words(strength(p)));
	}
	if (again->len > 0)
		buf_adds(same, again->len <= one->len && secret_equal(again->data, one->data, again->len) ?
		    (again->len == one->len ? _("the same") : _("so far the same")) : _("this is not the same passphrase"));
}

/* Another one is wanted: both are typed anew. */
static void refuse_passphrase(struct setup *p, const char *why)
{
	line_set(&p->form.field[PASSPHRASE].line, "");
	line_set(&p->form.field[REPEAT].line, "");
	form_blame(&p->form, PASSPHRASE, why);
}

/* False, and said beside the field, when it will not do. */
static bool check_passphrase(struct setup *p)
{
	struct buf words = BUF_INIT;
	const struct buf *one = &p->form.field[PASSPHRASE].line.text, *again = &p->form.field[REPEAT].line.text;

	if (text_length(one->data, one->len) < STRENGTH_CHARACTERS) {
		buf_addf(&words, _("at least %d characters; four words are easy to keep in mind"), STRENGTH_CHARACTERS);
		refuse_passphrase(p, words.data);
	} else if (strength(p) < STRENGTH_LEAST) {
		refuse_passphrase(p, _("too easy to guess; take three or four words that do not belong together"));
	} else if (one->len != again->len || !secret_equal(one->data, again->data, one->len)) {
		form_blame(&p->form, REPEAT, _("this is not the same passphrase"));
	} else {
		return true;
	}
	buf_release(&words);
	return false;
}

/* --- the store --- */

/* What follows once the store is made, one step after the other. */
static unsigned go_on(struct setup *p)
{
	p->options->join = strcmp(form_value(&p->form, HUB), "now") == 0;
	*p->created = true;
	return DID_CLOSE;
}

static unsigned create(struct setup *p)
{
	struct err e = ERR_INIT;
	const char *sentence;

	if (!form_check(&p->form) || !check_passphrase(p)) {
		judge_passphrase(p);
		return DID_CHANGE;
	}
	progress_show(p->screen.loop, _("Making the store …"));
	if (p->options->create(p->options->context, typed(p, NAME), form_value(&p->form, MUNICIPALITY), form_value(&p->form, ROLE), typed(p, PASSPHRASE), &e) == 0)
		return go_on(p);
	for (int i = NAME; i <= ROLE; i++)
		if (form_blames(&fields[i], e.text, &sentence)) {
			form_blame(&p->form, i, sentence);
			return DID_CHANGE;
		}
	loop_problem(p->screen.loop, &e);
	return DID_CHANGE;
}

/* --- the form --- */

/* The words change at once, those of the choices too. */
static void take_language(struct setup *p)
{
	struct err e = ERR_INIT;
	const char *language = form_value(&p->form, LANGUAGE);
	struct preferences kept;

	if (*language == '\0')
		return;
	preferences_load(&kept, NULL, NULL);
	if (preferences_set(&kept, "language", language, &e) != 0)
		loop_problem(p->screen.loop, &e);
	language_choose(language);
	form_retell(&p->form);
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
	char before[8];
	unsigned did;

	snprintf(before, sizeof before, "%s", form_value(&p->form, LANGUAGE));
	did = form_act(&p->form, action);
	if (strcmp(before, form_value(&p->form, LANGUAGE)) != 0)
		take_language(p);
	judge_passphrase(p);
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
	struct setup *p = (struct setup *)s;
	char before[8];
	unsigned did;

	snprintf(before, sizeof before, "%s", form_value(&p->form, LANGUAGE));
	did = form_text(&p->form, character);
	if (strcmp(before, form_value(&p->form, LANGUAGE)) != 0)
		take_language(p);
	judge_passphrase(p);
	return did;
}

static void title(struct screen *s, struct title *t)
{
	(void)s;
	buf_adds(&t->place, _("First start"));
}

static void draw(struct screen *s, struct canvas *c, int top, int bottom)
{
	static const char *const words[] = {
		N_("Everything that you enter is kept in one file that only your passphrase opens."),
		N_("Nobody can bring back a forgotten passphrase: write it down, and keep it where you keep money."),
	};
	struct setup *p = (struct setup *)s;

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		int rows = line_text_rows(_(words[i]), c->width - 2, 3);

		if (bottom - top < FIELDS + rows + 4)
			break;
		line_text_draw(c, top + 1, 1, c->width - 2, rows, ROLE_TEXT, _(words[i]));
		top += rows + (i > 0);
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

/* The language that the words come in now: English where they are as they stand here. */
static const char *language_now(void)
{
	return strcmp(_("Municipality"), "Municipality") == 0 ? "en" : "ru";
}

struct screen *setup_open(struct screens_setup *o, bool *created)
{
	const char *const start[FIELDS] = { [LANGUAGE] = language_now(), [ROLE] = "consultant", [HUB] = "later" };
	struct setup *p = mem_zero(1, sizeof *p);

	p->screen.class = &setup_class;
	p->options = o;
	p->created = created;
	form_init(&p->form, NULL);
	for (int i = 0; i < FIELDS; i++)
		form_add(&p->form, &fields[i], start[i] != NULL ? start[i] : "", i == PASSPHRASE || i == REPEAT);
	p->form.at = NAME;
	return &p->screen;
}
