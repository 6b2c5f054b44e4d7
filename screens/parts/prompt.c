#include "screens/parts/prompt.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "screens/parts/line.h"
#include "screens/parts/loop.h"
#include "screens/parts/path.h"

struct ask {
	struct screen screen;
	char *question;
	prompt_answer answer;
	void *context;
	bool answered;
};

static uint64_t ask_where(const struct screen *s)
{
	(void)s;
	return IN_ASK;
}

static unsigned ask_act(struct screen *s, enum action action)
{
	struct ask *a = (struct ask *)s;
	enum prompt_reply reply;

	switch (action) {
	case ACTION_YES: reply = PROMPT_YES; break;
	case ACTION_NO: reply = PROMPT_NO; break;
	case ACTION_DISMISS: reply = PROMPT_DISMISSED; break;
	default: return DID_NOTHING;
	}
	a->answered = true;
	return a->answer(a->context, reply) | DID_CLOSE;
}

static void ask_draw(struct screen *s, struct canvas *c, int top, int bottom)
{
	struct ask *a = (struct ask *)s;
	int width = c->width - 3, rows = line_text_rows(a->question, width, bottom - top), took;

	for (int y = bottom - rows; y <= bottom; y++)
		canvas_fill(c, y, 0, c->width, ROLE_TEXT, ' ');
	took = line_text_draw(c, bottom - rows, 1, width, rows, ROLE_TITLE, a->question);
	canvas_cursor(c, bottom - 1, took + 2);
}

/* The program leaves before there was an answer: who asked may own something. */
static void ask_release(struct screen *s)
{
	struct ask *a = (struct ask *)s;

	if (!a->answered)
		a->answer(a->context, PROMPT_DISMISSED);
	free(a->question);
}

static const struct screen_class ask_class = {
	.name = "ask", .overlay = true, .where = ask_where, .act = ask_act, .draw = ask_draw, .release = ask_release,
};

struct screen *prompt_ask(const char *question, prompt_answer answer, void *context)
{
	struct ask *a = mem_zero(1, sizeof *a);

	a->screen.class = &ask_class;
	a->question = mem_dup(question);
	a->answer = answer;
	a->context = context;
	return &a->screen;
}

struct entry {
	struct screen screen;
	char *label;
	struct line line;
	bool secret, shown;
	bool path, folder;		/* the name of a file, of a folder only */
	uint32_t last;			/* the last character typed, for the letters' name */
	prompt_entry done;
	unsigned (*other)(void *context);	/* NULL: there is no other person */
	void *context;
	bool answered;
};

const char *prompt_letters(uint32_t character)
{
	if (character >= 0x400 && character < 0x530)
		return _("Russian letters");
	if ((character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z'))
		return _("Latin letters");
	return "";
}

static uint64_t entry_where(const struct screen *s)
{
	return IN_ENTRY | IN_TEXT | (((const struct entry *)s)->secret ? IN_SECRET : 0);
}

static unsigned entry_has(const struct screen *s)
{
	return ((const struct entry *)s)->other != NULL ? HAS_OTHERS : 0;
}

static unsigned answer(struct entry *n, const char *typed)
{
	bool again = false;
	unsigned did = n->done(n->context, typed, &again);

	n->answered = !again;
	if (n->answered)
		return did | DID_CLOSE;
	if (n->secret)
		line_set(&n->line, "");
	return did | DID_CHANGE;
}

/* Tab: as far as names agree; those that could be meant stand at the foot. */
static unsigned complete(struct entry *n)
{
	struct buf completed = BUF_INIT, names = BUF_INIT;
	int count;

	if (!n->path)
		return DID_NOTHING;
	count = path_complete(n->line.text.data, n->folder, &completed, &names);
	line_set(&n->line, completed.data);
	if (count > 1)
		loop_message(n->screen.loop, "%s", names.data);
	else if (count == 0)
		loop_message(n->screen.loop, _("nothing there begins so"));
	buf_release(&completed);
	buf_release(&names);
	return DID_CHANGE;
}

static unsigned entry_act(struct screen *s, enum action action)
{
	struct entry *n = (struct entry *)s;

	switch (action) {
	case ACTION_ACCEPT: return answer(n, n->line.text.data);
	case ACTION_GIVE_UP: return answer(n, NULL);
	case ACTION_COMPLETE: return complete(n);
	case ACTION_OTHER_PERSON:
		n->answered = true;
		return n->other(n->context) | DID_CLOSE;
	case ACTION_SHOW: n->shown = !n->shown; return DID_CHANGE;
	default: return line_act(&n->line, action) ? DID_CHANGE : DID_NOTHING;
	}
}

static unsigned entry_text(struct screen *s, uint32_t character)
{
	struct entry *n = (struct entry *)s;

	if (prompt_letters(character)[0] != '\0')
		n->last = character;
	return line_insert(&n->line, character) ? DID_CHANGE : DID_NOTHING;
}

static void entry_draw(struct screen *s, struct canvas *c, int top, int bottom)
{
	struct entry *n = (struct entry *)s;
	int y = bottom - 1, x = 1, end = c->width - 1;

	(void)top;
	canvas_fill(c, y, 0, c->width, ROLE_TEXT, ' ');
	canvas_fill(c, y + 1, 0, c->width, ROLE_TEXT, ' ');
	if (n->secret && c->width >= 60)
		end = canvas_right(c, y, 0, end, ROLE_MUTED, prompt_letters(n->last)) - 1;
	else if (n->secret && y > top)
		canvas_right(c, y - 1, 0, end, ROLE_MUTED, prompt_letters(n->last));
	x += canvas_fit(c, y, x, c->width > 40 ? c->width - 24 : c->width / 2, ROLE_TITLE, n->label) + 1;
	line_draw(&n->line, c, y, x, end - x, ROLE_CURRENT, true, n->secret && !n->shown);
}

static void entry_release(struct screen *s)
{
	struct entry *n = (struct entry *)s;
	bool again = false;

	if (!n->answered)
		n->done(n->context, NULL, &again);
	line_release(&n->line);
	free(n->label);
}

static const struct screen_class entry_class = {
	.name = "entry", .overlay = true, .where = entry_where, .has = entry_has, .act = entry_act, .text = entry_text, .draw = entry_draw, .release = entry_release,
};

static struct entry *entry_open(const char *label, bool secret, prompt_entry done, void *context)
{
	struct entry *n = mem_zero(1, sizeof *n);

	n->screen.class = &entry_class;
	n->label = mem_dup(label);
	n->secret = secret;
	n->done = done;
	n->context = context;
	line_init(&n->line, secret ? 0 : 1000, secret);
	return n;
}

struct screen *prompt_line(const char *label, const char *initial, prompt_entry done, void *context)
{
	struct entry *n = entry_open(label, false, done, context);

	line_set(&n->line, initial);
	return &n->screen;
}

struct screen *prompt_path(const char *label, const char *initial, bool folder, prompt_entry done, void *context)
{
	struct entry *n = entry_open(label, false, done, context);

	n->path = true;
	n->folder = folder;
	line_set(&n->line, initial);
	return &n->screen;
}

struct screen *prompt_passphrase(const char *label, prompt_entry done, void *context)
{
	return &entry_open(label, true, done, context)->screen;
}

void prompt_other_person(struct screen *prompt, unsigned (*other)(void *context))
{
	((struct entry *)prompt)->other = other;
}
