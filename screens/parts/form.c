#include "screens/parts/form.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "screens/parts/prompt.h"

#define LINE_CHARACTERS 200
#define LONG_CHARACTERS 20000

void form_init(struct form *f, struct store *s)
{
	memset(f, 0, sizeof *f);
	f->store = s;
	f->text_width = 30;
}

void form_release(struct form *f)
{
	for (int i = 0; i < f->count; i++) {
		line_release(&f->field[i].line);
		free(f->field[i].start);
		free(f->field[i].picked);
		buf_release(&f->field[i].problem);
		buf_release(&f->field[i].reading);
	}
	free(f->field);
	completion_release(&f->suggestions);
	memset(f, 0, sizeof *f);
}

void form_add(struct form *f, const struct field *field, const char *kept, bool secret)
{
	struct form_field *p;
	struct buf text = BUF_INIT;
	int most = field->max > 0 ? field->max : field->kind == FIELD_LONG_TEXT ? LONG_CHARACTERS : LINE_CHARACTERS;

	f->field = mem_resize(f->field, (size_t)f->count + 1, sizeof *f->field);
	p = &f->field[f->count++];
	memset(p, 0, sizeof *p);
	p->field = field;
	p->secret = secret;
	buf_init(&p->problem);
	buf_init(&p->reading);
	line_init(&p->line, (size_t)most, secret);
	if (f->store != NULL || field->kind == FIELD_CHOICE)
		field_show(f->store, field, kept, &text);
	else
		buf_adds(&text, kept);
	line_set(&p->line, text.data);
	p->start = buf_detach(&text);
	if (kept[0] != '\0' && (field->kind == FIELD_REFERENCE || field->kind == FIELD_MUNICIPALITY || field->kind == FIELD_CHOICE))
		p->picked = mem_dup(kept);
}

static struct form_field *current(struct form *f)
{
	return &f->field[f->at];
}

unsigned form_where(const struct form *f)
{
	uint64_t where = IN_FORM | IN_TEXT;

	if (f->field[f->at].field->kind == FIELD_LONG_TEXT)
		where |= IN_PARAGRAPHS;
	if (f->field[f->at].secret)
		where |= IN_SECRET;
	return where;
}

int form_find(const struct form *f, const char *name)
{
	for (int i = 0; i < f->count; i++)
		if (strcmp(f->field[i].field->name, name) == 0)
			return i;
	return -1;
}

const char *form_value(const struct form *f, int field)
{
	const struct form_field *p = &f->field[field];

	return p->picked != NULL ? p->picked : p->line.text.data;
}

bool form_changed(const struct form *f)
{
	for (int i = 0; i < f->count; i++)
		if (strcmp(f->field[i].line.text.data, f->field[i].start) != 0)
			return true;
	return false;
}

bool form_blames(const struct field *field, const char *text, const char **sentence)
{
	struct err e = ERR_INIT;
	size_t len;

	err_set(&e, ERR_REFUSED, "%s", "");
	field_blame(field, &e);
	len = strlen(e.text);
	if (len == 0 || strncmp(text, e.text, len) != 0)
		return false;
	*sentence = text + len;
	return true;
}

/* The sentence without the field's name, which stands at its left already. */
static const char *after_label(const struct form_field *p, const char *text)
{
	const char *sentence = text;

	form_blames(p->field, text, &sentence);
	return sentence;
}

/* Reads what is typed: what is wrong, or how it will be kept. */
static void check(struct form *f, struct form_field *p)
{
	struct buf kept = BUF_INIT;
	struct err e = ERR_INIT;

	buf_reset(&p->problem);
	buf_reset(&p->reading);
	if (f->store == NULL || p->secret) {
		if (p->field->required && p->line.text.len == 0)
			buf_adds(&p->problem, _("this must not be empty"));
	} else if (p->picked != NULL && strcmp(p->picked, COMPLETION_CREATE) == 0) {
		buf_adds(&p->reading, _("will be entered"));
	} else if (field_parse(f->store, p->field, p->picked != NULL ? p->picked : p->line.text.data, &kept, &e) != 0) {
		buf_adds(&p->problem, after_label(p, e.text));
	} else if (p->field->kind != FIELD_LONG_TEXT && p->field->kind != FIELD_TEXT) {
		field_show(f->store, p->field, kept.data, &p->reading);
	}
	buf_release(&kept);
}

/* The person goes on: what was typed is shown as it will be kept. */
static void leave(struct form *f)
{
	struct form_field *p = current(f);

	completion_clear(&f->suggestions);
	check(f, p);
	p->left = true;
	if (p->problem.len == 0 && p->reading.len > 0 && p->picked == NULL)
		line_set(&p->line, p->reading.data);
	if (p->problem.len == 0 && p->picked == NULL)
		buf_reset(&p->reading);
}

/* In a field of one value, not of words, somebody who types means another value. */
static bool is_one_value(enum field_kind kind)
{
	return kind == FIELD_REFERENCE || kind == FIELD_MUNICIPALITY || kind == FIELD_DATE || kind == FIELD_NUMBER;
}

static void go(struct form *f, int to)
{
	leave(f);
	f->at = to;
	current(f)->chosen = is_one_value(current(f)->field->kind) && current(f)->line.text.len > 0;
}

bool form_check(struct form *f)
{
	int wrong = -1;

	leave(f);
	for (int i = f->count - 1; i >= 0; i--) {
		check(f, &f->field[i]);
		f->field[i].left = true;
		if (f->field[i].problem.len > 0)
			wrong = i;
	}
	if (wrong >= 0)
		f->at = wrong;
	current(f)->chosen = false;	/* what is wrong is mended */
	return wrong < 0;
}

void form_blame(struct form *f, int field, const char *problem)
{
	struct form_field *p;

	if (field >= 0)
		f->at = field;
	p = current(f);
	p->chosen = false;
	buf_reset(&p->problem);
	buf_adds(&p->problem, after_label(p, problem));
	p->left = true;
}

static void forget_picked(struct form_field *p)
{
	free(p->picked);
	p->picked = NULL;
}

/* A long text is read when the person goes on, not at each key: what can be wrong with it is its length, and that is told when nothing more goes in. */
static void edited_long(struct form_field *p)
{
	buf_reset(&p->problem);
	buf_reset(&p->reading);
	if (p->field->required && p->line.text.len == 0)
		buf_adds(&p->problem, _("this must not be empty"));
}

static void tell_full(struct form_field *p)
{
	if (p->line.most == 0 || p->line.count < p->line.most)
		return;
	buf_reset(&p->problem);
	buf_addf(&p->problem, _("it takes no more than %zu characters; what was typed after them is not in it"), p->line.most);
	p->left = true;
}

/* After each key that changed the text. While something is on offer nothing is wrong yet. */
static void edited(struct form *f)
{
	struct form_field *p = current(f);
	struct err e = ERR_INIT;

	f->touched = true;
	forget_picked(p);
	p->left = false;
	if (p->field->kind == FIELD_LONG_TEXT) {
		edited_long(p);
		return;
	}
	if (completion_find(&f->suggestions, f->store, p->field, p->line.text.data, &e) != 0) {
		buf_reset(&p->problem);
		buf_adds(&p->problem, e.text);
		return;
	}
	if (p->field->kind != FIELD_REFERENCE || f->suggestions.count == 0)
		check(f, p);
	else
		buf_reset(&p->reading);
	if (f->suggestions.count > 0)
		buf_reset(&p->problem);
}

static void take_suggestion(struct form *f)
{
	struct form_field *p = current(f);
	const struct suggestion *taken = &f->suggestions.item[f->suggestions.at];

	line_set(&p->line, taken->text);
	forget_picked(p);
	p->picked = mem_dup(taken->value);
	completion_clear(&f->suggestions);
}

/* Another choice: by -1 or 1, around. */
static void choose(struct form *f, int by)
{
	struct form_field *p = current(f);
	const struct choice *choices = p->field->choices;
	int count = 0, at = -1;

	for (; choices[count].code != NULL; count++)
		if (p->picked != NULL && strcmp(choices[count].code, p->picked) == 0)
			at = count;
	at = at < 0 ? (by > 0 ? 0 : count - 1) : at + by;
	if (p->field->required)
		at = (at + count) % count;
	forget_picked(p);
	f->touched = true;
	if (at < 0 || at >= count) {
		line_set(&p->line, "");		/* where nothing may be chosen, it stands between the last and the first */
	} else {
		p->picked = mem_dup(choices[at].code);
		line_set(&p->line, _(choices[at].label));
	}
	check(f, p);
	buf_reset(&p->reading);
}

/* A letter goes to the next choice that begins with it; a blank to the next one. */
static void choose_letter(struct form *f, uint32_t character)
{
	struct form_field *p = current(f);
	int count = 0;

	if (character == ' ') {
		choose(f, 1);
		return;
	}
	while (p->field->choices[count].code != NULL)
		count++;
	for (int i = 0; i <= count; i++) {
		uint32_t first = 0;

		choose(f, 1);
		if (p->line.text.len > 0)
			text_next(p->line.text.data, p->line.text.len, &first, NULL);
		if (text_char_lower(first) == text_char_lower(character))
			return;
	}
}

static unsigned up_or_down(struct form *f, int by)
{
	struct form_field *p = current(f);
	struct completion *c = &f->suggestions;

	if (c->count > 0) {
		completion_move(c, by);
		return DID_CHANGE;
	}
	if (p->field->kind == FIELD_LONG_TEXT && line_row(&p->line, f->text_width, by))
		return DID_CHANGE;
	if (f->at + by >= 0 && f->at + by < f->count)
		go(f, f->at + by);
	return DID_CHANGE;
}

static unsigned page_rows(struct form *f, int by)
{
	for (int i = 1; i < f->text_rows && line_row(&current(f)->line, f->text_width, by); i++)
		;
	return DID_CHANGE;
}

static unsigned go_on(struct form *f, bool save_at_end)
{
	if (f->suggestions.count > 0)
		take_suggestion(f);
	if (f->at == f->count - 1 && save_at_end)
		return FORM_SAVE | DID_CHANGE;
	go(f, (f->at + 1) % f->count);
	return DID_CHANGE;
}

static unsigned edit(struct form *f, enum action action)
{
	struct form_field *p = current(f);
	bool moves = action == ACTION_LEFT || action == ACTION_RIGHT || action == ACTION_START || action == ACTION_END;

	if (p->field->kind == FIELD_CHOICE && action != ACTION_START && action != ACTION_END) {
		if (moves) {
			choose(f, action == ACTION_LEFT ? -1 : 1);
		} else if (action >= ACTION_ERASE && action <= ACTION_ERASE_ALL) {
			forget_picked(p);
			line_set(&p->line, "");
			f->touched = true;
			check(f, p);
		}
		return DID_CHANGE;
	}
	if (p->field->kind == FIELD_LONG_TEXT && (action == ACTION_START || action == ACTION_END)) {
		line_edge(&p->line, f->text_width, action == ACTION_START ? -1 : 1);
		return DID_CHANGE;
	}
	if (!line_act(&p->line, action))
		return DID_NOTHING;
	p->chosen = false;
	if (!moves)
		edited(f);
	return DID_CHANGE;
}

unsigned form_act(struct form *f, enum action action)
{
	switch (action) {
	case ACTION_NEW_LINE:
		if (line_insert(&current(f)->line, '\n'))
			edited(f);
		else
			tell_full(current(f));
		return DID_CHANGE;
	case ACTION_TEXT_PAGE_UP: return page_rows(f, -1);
	case ACTION_TEXT_PAGE_DOWN: return page_rows(f, 1);
	case ACTION_ENTER_FIELD: return go_on(f, true);
	case ACTION_NEXT_FIELD: return go_on(f, false);
	case ACTION_PREVIOUS_FIELD: go(f, (f->at + f->count - 1) % f->count); return DID_CHANGE;
	case ACTION_FIELD_UP: return up_or_down(f, -1);
	case ACTION_FIELD_DOWN: return up_or_down(f, 1);
	case ACTION_SAVE:
		if (f->suggestions.count > 0)
			take_suggestion(f);
		return FORM_SAVE | DID_CHANGE;
	case ACTION_CANCEL:
		if (f->suggestions.count == 0)
			return FORM_LEAVE;
		completion_clear(&f->suggestions);
		return DID_CHANGE;
	case ACTION_SHOW: f->shown = !f->shown; return DID_CHANGE;
	default: return edit(f, action);
	}
}

unsigned form_text(struct form *f, uint32_t character)
{
	struct form_field *p = current(f);

	if (p->field->kind == FIELD_CHOICE) {
		choose_letter(f, character);
		return DID_CHANGE;
	}
	if (p->secret && prompt_letters(character)[0] != '\0')
		f->last = character;
	if (p->chosen)
		line_set(&p->line, "");
	p->chosen = false;
	if (line_insert(&p->line, character))
		edited(f);
	else
		tell_full(p);
	return DID_CHANGE;
}

void form_set(struct form *f, const char *name, const char *typed)
{
	int i = form_find(f, name), was = f->at;

	if (i < 0)
		return;
	f->at = i;
	line_set(&f->field[i].line, typed);
	forget_picked(&f->field[i]);
	f->touched = true;
	f->at = was;
}

void form_retell(struct form *f)
{
	for (int i = 0; i < f->count; i++) {
		struct form_field *p = &f->field[i];
		const struct choice *choice = p->field->kind == FIELD_CHOICE && p->picked != NULL ? choice_find(p->field->choices, p->picked) : NULL;
		bool same = strcmp(p->line.text.data, p->start) == 0;

		if (choice != NULL)
			line_set(&p->line, _(choice->label));
		if (choice != NULL && same) {
			free(p->start);
			p->start = mem_dup(p->line.text.data);
		}
		if (p->problem.len > 0)
			check(f, p);
	}
}
