#include "screens/parts/frame.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/date.h"
#include "base/i18n.h"
#include "base/text.h"
#include "records/programme.h"
#include "screens/parts/line.h"

/* Programme time, «14:20». */
static void read_time(char out[6])
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
		x += canvas_text(c, 0, x, end - x, ROLE_TEXT, "livenet") + 2;
	if (l->demonstration)
		x += canvas_text(c, 0, x, end - x, ROLE_EXAMPLE, _("EXAMPLE")) + 2;
	return x + canvas_fit(c, 0, x, end - x, ROLE_TITLE, t->place.data);
}

/* Which programme is seen, where somebody might take another one for it. */
static void say_programme(struct loop *l, struct title *t)
{
	struct buf said = BUF_INIT;

	if (l->store != NULL && programme_said(l->store, &said, NULL) == 0 && said.len > 0)
		buf_addf(&t->place, " · %s", said.data);
	buf_release(&said);
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
	say_programme(l, &t);
	read_time(now);
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

/* Columns of a key and its word; the key's name stays in `keys`. */
static int foot_width(enum action action, uint64_t where, struct buf *keys)
{
	const char *word = _(actions[action].foot);

	buf_reset(keys);
	/* The answers to a question in both alphabets. */
	action_keys(action, where, action == ACTION_YES || action == ACTION_NO ? 2 : 1, keys);
	return wide(keys) + 1 + text_width(word, strlen(word));
}

/* A message may take a third of a small terminal. */
int frame_foot_rows(const struct loop *l)
{
	int rows = line_text_rows(l->message.data, l->canvas.width - 2, l->canvas.height / 3);

	return rows > 1 ? rows : 1;
}

static void draw_message(struct loop *l)
{
	struct canvas *c = &l->canvas;
	int rows = frame_foot_rows(l), y = c->height - rows;

	for (int row = 0; row < rows; row++)
		canvas_fill(c, y + row, 0, c->width, ROLE_TEXT, ' ');
	line_text_draw(c, y, 1, c->width - 2, rows, l->warning ? ROLE_WARNING : ROLE_TEXT, l->message.data);
}

struct foot_key { enum action action; int x, width; };

/* What has room at the foot, in the order of actions.def; returns how many. */
static int lay_out(const struct loop *l, uint64_t where, unsigned has, struct foot_key *key)
{
	int x = 1, count = 0, end = l->canvas.width;
	struct buf keys = BUF_INIT;
	bool help = action_exists(ACTION_HELP, where);

	/* The way to all the others is always there, at the end. */
	if (help)
		end -= foot_width(ACTION_HELP, where, &keys) + 2;
	for (int i = 1; i < ACTIONS; i++) {
		enum action action = (enum action)i;
		int width;

		if (action == ACTION_HELP || actions[i].foot == NULL || !action_exists(action, where) || (actions[i].needs & ~has) != 0)
			continue;
		width = foot_width(action, where, &keys);
		if (keys.len == 0 || x + width > end)
			continue;
		key[count++] = (struct foot_key){ action, x, width };
		x += width + 2;
	}
	if (help)
		key[count++] = (struct foot_key){ ACTION_HELP, x, foot_width(ACTION_HELP, where, &keys) };
	buf_release(&keys);
	return count;
}

void frame_foot(struct loop *l, uint64_t where, unsigned has)
{
	struct canvas *c = &l->canvas;
	struct foot_key key[ACTIONS];
	struct buf keys = BUF_INIT;
	int y = c->height - 1, count;

	if (c->height < 2)
		return;
	if (l->message.len > 0) {
		draw_message(l);
		return;
	}
	count = lay_out(l, where, has, key);
	for (int i = 0; i < count; i++) {
		int x = key[i].x;

		foot_width(key[i].action, where, &keys);
		x += canvas_text(c, y, x, c->width - x, ROLE_KEY, keys.data) + 1;
		canvas_text(c, y, x, c->width - x, ROLE_TEXT, _(actions[key[i].action].foot));
	}
	buf_release(&keys);
}

enum action frame_foot_at(const struct loop *l, uint64_t where, unsigned has, int x)
{
	struct foot_key key[ACTIONS];
	int count = lay_out(l, where, has, key);

	for (int i = 0; i < count; i++)
		if (x >= key[i].x && x < key[i].x + key[i].width)
			return key[i].action;
	return ACTION_NONE;
}
