#include "screens/help.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "screens/loop.h"

#define KEYS_WIDTH 20
#define KEYS_MOST 4

struct help {
	struct screen screen;
	unsigned shown;		/* places whose actions are listed */
	int top, visible;
};

static unsigned where(const struct screen *s)
{
	(void)s;
	return IN_HELP;
}

static int lines(const struct help *h)
{
	int count = 0;

	for (int i = 1; i < ACTIONS; i++)
		count += action_exists((enum action)i, h->shown);
	return count;
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

static void draw(struct screen *s, struct canvas *c, int top, int bottom)
{
	struct help *h = (struct help *)s;
	struct buf keys = BUF_INIT;
	int line = 0, wide = c->width < 60 ? c->width / 3 : KEYS_WIDTH;

	/* A blank row below the title where there is one to spare. */
	if (lines(h) < bottom - top)
		top++;
	h->visible = bottom - top;
	for (int i = 1; i < ACTIONS; i++) {
		int y;

		if (!action_exists((enum action)i, h->shown))
			continue;
		y = top + line++ - h->top;
		if (y < top || y >= bottom)
			continue;
		buf_reset(&keys);
		action_keys((enum action)i, h->shown, KEYS_MOST, &keys);
		canvas_fit(c, y, 1, wide, ROLE_KEY, keys.data);
		canvas_fit(c, y, wide + 3, c->width - wide - 4, ROLE_TEXT, _(actions[i].help));
	}
	canvas_cursor(c, top, 1);
	buf_release(&keys);
}

static const struct screen_class help_class = {
	.name = "help", .where = where, .act = act, .title = title, .draw = draw,
};

struct screen *help_open(unsigned shown)
{
	struct help *h = mem_zero(1, sizeof *h);

	h->screen.class = &help_class;
	h->shown = shown;
	h->visible = 1;
	return &h->screen;
}
