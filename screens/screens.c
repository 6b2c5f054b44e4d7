#include "screens/screens.h"

#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "screens/canvas_curses.h"
#include "screens/places.h"
#include "screens/prompt.h"
#include "screens/run.h"
#include "screens/setup.h"

static int begin(struct loop *l, struct store *s, struct err *e)
{
	int height, width;

	if (terminal_open(e) != 0)
		return -1;
	terminal_size(&height, &width);
	loop_init(l, s, height, width, terminal_look());
	return 0;
}

static void end(struct loop *l)
{
	terminal_close();
	loop_release(l);
}

int screens_run(struct store *s, const struct screens_options *o, struct err *e)
{
	struct loop l;

	if (begin(&l, s, e) != 0)
		return -1;
	l.demonstration = o->demonstration;
	l.begin_own = o->begin_own;
	places_begin(&l);
	run(&l);
	end(&l);
	return 0;
}

/* Behind the question for a passphrase there is nothing to see. */
static unsigned nowhere(const struct screen *s)
{
	(void)s;
	return 0;
}

static unsigned no_act(struct screen *s, enum action action)
{
	(void)s;
	(void)action;
	return DID_NOTHING;
}

static void no_title(struct screen *s, struct title *t)
{
	(void)s;
	buf_adds(&t->place, _("Unlock"));
}

static void no_draw(struct screen *s, struct canvas *c, int top, int bottom)
{
	(void)s;
	(void)c;
	(void)top;
	(void)bottom;
}

static const struct screen_class empty_class = {
	.name = "empty", .where = nowhere, .act = no_act, .title = no_title, .draw = no_draw,
};

struct asked {
	struct loop *loop;
	char *out;
	size_t size;
	bool given;
};

static unsigned passphrase_typed(void *context, const char *typed, bool *again)
{
	struct asked *a = context;
	size_t len = typed != NULL ? strlen(typed) : 0;

	if (typed != NULL && len >= a->size) {
		loop_message(a->loop, _("the passphrase is too long"));
		*again = true;
		return DID_CHANGE;
	}
	if (typed != NULL) {
		memcpy(a->out, typed, len + 1);
		a->given = true;
	}
	a->loop->done = true;
	return DID_CHANGE;
}

int screens_passphrase(const char *prompt, char *out, size_t size, struct err *e)
{
	struct screen *empty;
	struct loop l;
	struct asked asked = { &l, out, size, false };

	if (begin(&l, NULL, e) != 0)
		return -1;
	empty = mem_zero(1, sizeof *empty);
	empty->class = &empty_class;
	loop_push(&l, empty);
	loop_push(&l, prompt_passphrase(prompt, passphrase_typed, &asked));
	run(&l);
	end(&l);
	return asked.given ? 0 : err_set(e, ERR_PASSPHRASE, _("no passphrase was given"));
}

int screens_setup(const struct screens_setup *o, struct err *e)
{
	bool created = false;
	struct loop l;

	if (begin(&l, NULL, e) != 0)
		return -1;
	loop_push(&l, setup_open(o, &created));
	run(&l);
	end(&l);
	return created ? 0 : err_set(e, ERR_REFUSED, _("nothing was set up"));
}
