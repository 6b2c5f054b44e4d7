#include "screens/parts/help.h"

#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "screens/parts/line.h"
#include "screens/parts/loop.h"

#define KEYS_WIDTH 20
#define KEYS_MOST 4

struct help {
	struct screen screen;
	uint64_t shown;		/* places whose actions are listed */
	bool mouse;		/* … and what the mouse does */
	int top, visible;
};

static uint64_t where(const struct screen *s)
{
	(void)s;
	return IN_HELP;
}

/* One row of the help: a heading, or an action; a blank row where both are NULL and none. What an action does may go on over rows below it. */
struct row { const char *heading, *note; enum action action; int below; };

#define BELOW_MOST 4
#define ROWS_MOST (7 * ACTIONS)

static const char *const mouse_notes[] = {
	/* TRANSLATORS: the help's words about the mouse, one line each */
	N_("a click goes to a row, a double click opens it, the wheel moves the rows"),
	N_("a click on a key at the foot does what the key does"),
	N_("with Shift held the mouse selects text, for the terminal to copy"),
};

static int keys_width(const struct canvas *c)
{
	return c->width < 60 ? c->width / 3 : KEYS_WIDTH;
}

static int text_width(const struct canvas *c)
{
	return c->width - keys_width(c) - 4;
}

/* All rows: a heading above each kind, a blank row between them. */
static int rows(const struct help *h, struct row out[ROWS_MOST])
{
	const struct canvas *c = &h->screen.loop->canvas;
	const char *heading = NULL;
	int count = 0;

	for (int i = 1; i < ACTIONS; i++) {
		const char *kind = action_kind((enum action)i);

		if (!action_exists((enum action)i, h->shown) || *keymap_keys((enum action)i) == '\0')
			continue;
		if (kind != heading) {
			if (count > 0)
				out[count++] = (struct row){ .action = ACTION_NONE };
			out[count++] = (struct row){ .heading = kind, .action = ACTION_NONE };
			heading = kind;
		}
		int most = line_text_rows(_(actions[i].help), text_width(c), BELOW_MOST);
		for (int below = 0; below == 0 || below < most; below++)
			out[count++] = (struct row){ .action = (enum action)i, .below = below };
	}
	if (!h->mouse)
		return count;
	out[count++] = (struct row){ .action = ACTION_NONE };
	out[count++] = (struct row){ .heading = N_("Mouse"), .action = ACTION_NONE };
	for (size_t i = 0; i < sizeof mouse_notes / sizeof mouse_notes[0]; i++)
		out[count++] = (struct row){ .note = mouse_notes[i], .action = ACTION_NONE };
	return count;
}

static int lines(const struct help *h)
{
	struct row row[ROWS_MOST];

	return rows(h, row);
}

static unsigned act(struct screen *s, enum action action)
{
	struct help *h = (struct help *)s;
	int last = lines(h) - h->visible;

	switch (action) {
	case ACTION_UP: h->top--; break;
	case ACTION_DOWN: h->top++; break;
	case ACTION_PAGE_UP: h->top -= h->visible; break;
	case ACTION_PAGE_DOWN: h->top += h->visible; break;
	case ACTION_FIRST: h->top = 0; break;
	case ACTION_LAST: h->top = last; break;
	case ACTION_CLOSE: return DID_CLOSE;
	default: return DID_NOTHING;
	}
	if (h->top > last)
		h->top = last;
	if (h->top < 0)
		h->top = 0;
	return DID_CHANGE;
}

static void title(struct screen *s, struct title *t)
{
	const struct help *h = (const struct help *)s;
	int all = lines(h), visible = s->loop->canvas.height - 2;

	buf_adds(&t->place, _("Keys"));
	if (all > visible)
		/* TRANSLATORS: which of the lines are seen: 1 to 22 of 24 */
		buf_addf(&t->counts, _("%d–%d of %d"), h->top + 1, h->top + visible < all ? h->top + visible : all, all);
}

/* The row of what an action does, that many rows below the first. */
static void draw_text(const struct row *r, struct canvas *c, int y)
{
	const char *text = _(actions[r->action].help);
	size_t size = strlen(text), from = 0, len = 0;
	struct buf part = BUF_INIT;

	for (int i = 0; i < r->below; i++)
		from = line_wrap(text, size, from, text_width(c), &len);
	size_t next = line_wrap(text, size, from, text_width(c), &len);
	buf_add(&part, text + from, r->below == BELOW_MOST - 1 && next <= size ? size - from : len);
	canvas_fit(c, y, keys_width(c) + 3, text_width(c), ROLE_TEXT, part.data);
	buf_release(&part);
}

static void draw_row(const struct help *h, const struct row *r, struct canvas *c, int y)
{
	struct buf keys = BUF_INIT;

	if (r->heading != NULL)
		canvas_fit(c, y, 1, c->width - 2, ROLE_TITLE, _(r->heading));
	else if (r->note != NULL)
		canvas_fit(c, y, 1, c->width - 2, ROLE_TEXT, _(r->note));
	else if (r->action != ACTION_NONE) {
		action_keys(r->action, h->shown, KEYS_MOST, &keys);
		if (r->below == 0)
			canvas_fit(c, y, 1, keys_width(c), ROLE_KEY, keys.data);
		draw_text(r, c, y);
	}
	buf_release(&keys);
}

static void draw(struct screen *s, struct canvas *c, int top, int bottom)
{
	struct help *h = (struct help *)s;
	struct row row[ROWS_MOST];
	int count = rows(h, row);

	/* A blank row below the title where there is one to spare. */
	if (count < bottom - top)
		top++;
	h->visible = bottom - top;
	for (int i = 0; i < h->visible && h->top + i < count; i++)
		draw_row(h, &row[h->top + i], c, top + i);
	canvas_cursor(c, top, 1);
}

static const struct screen_class help_class = {
	.name = "help", .where = where, .act = act, .title = title, .draw = draw,
};

struct screen *help_open(uint64_t shown, bool with_mouse)
{
	struct help *h = mem_zero(1, sizeof *h);

	h->screen.class = &help_class;
	h->shown = shown;
	h->mouse = with_mouse;
	h->visible = 1;
	return &h->screen;
}
