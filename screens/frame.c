#include "screens/frame.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/date.h"
#include "base/i18n.h"
#include "base/text.h"

void frame_time(char out[6])
{
	char local[17];

	date_local(clock_wall_ms(), local);
	memcpy(out, local + 11, 6);
}

static int wide(const struct buf *b)
{
	return text_width(b->data, b->len);
}

/* The left part: name of the program, the word for a demonstration (always there), the place. Returns the column after it. */
static int draw_place(struct loop *l, const struct title *t, int end, bool brand)
{
	struct canvas *c = &l->canvas;
	int x = 1;

	if (brand)
		x += canvas_text(c, 0, x, end - x, ROLE_TITLE, "livenet") + 2;
	if (l->demonstration)
		x += canvas_text(c, 0, x, end - x, ROLE_EXAMPLE, _("EXAMPLE")) + 2;
	return x + canvas_fit(c, 0, x, end - x, ROLE_TITLE, t->place.data);
}

void frame_title(struct loop *l, struct screen *s)
{
	struct canvas *c = &l->canvas;
	struct title t = { BUF_INIT, BUF_INIT, false };
	struct buf right = BUF_INIT;
	char now[6];
	int needed, end = c->width - 1, brand = 9, example;

	s->class->title(s, &t);
	if (t.whole) {
		draw_place(l, &t, end, c->width >= 60);
		goto done;
	}
	frame_time(now);
	loop_unsent(l, &right);
	if (right.len > 0)
		buf_adds(&right, "   ");
	buf_adds(&right, now);
	example = l->demonstration ? text_width(_("EXAMPLE"), strlen(_("EXAMPLE"))) + 2 : 0;
	needed = 1 + example + wide(&t.place) + 2 + wide(&right);
	if (needed + brand > end)
		brand = 0;
	if (needed <= end) {
		end = canvas_right(c, 0, 0, end, ROLE_TEXT, right.data) - 2;
		if (needed + brand + wide(&t.counts) + 3 <= c->width - 1)
			end = canvas_right(c, 0, 0, end - 1, ROLE_TEXT, t.counts.data) - 2;
	}
	draw_place(l, &t, end, brand > 0);
done:
	buf_release(&t.place);
	buf_release(&t.counts);
	buf_release(&right);
}

void frame_foot(struct loop *l, unsigned where, unsigned has)
{
	struct canvas *c = &l->canvas;
	int y = c->height - 1, x = 1, end = c->width - 1;
	struct buf keys = BUF_INIT;

	if (c->height < 2)
		return;
	if (l->message.len > 0) {
		canvas_fit(c, y, x, end - x, l->warning ? ROLE_WARNING : ROLE_TEXT, l->message.data);
		return;
	}
	for (int i = 1; i < ACTIONS; i++) {
		const char *word;
		int needed;

		if (actions[i].foot == NULL || (actions[i].where & where) == 0 || (actions[i].needs & ~has) != 0)
			continue;
		buf_reset(&keys);
		action_keys((enum action)i, where, 1, &keys);
		word = _(actions[i].foot);
		needed = wide(&keys) + 1 + text_width(word, strlen(word));
		if (x + needed > end)
			continue;
		x += canvas_text(c, y, x, end - x, ROLE_KEY, keys.data) + 1;
		x += canvas_text(c, y, x, end - x, ROLE_TEXT, word) + 2;
	}
	buf_release(&keys);
}
