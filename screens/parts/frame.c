#include "screens/parts/frame.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/date.h"
#include "base/i18n.h"
#include "base/text.h"
#include "records/programme.h"
#include "records/undo.h"
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

enum { ROOMY = 60 };	/* columns from which on undo is kept a place at the foot */

/* The key that takes back what was done last; ACTION_NONE where it would do nothing. */
static enum action undo_key(const struct loop *l, uint64_t where)
{
	enum action action = action_exists(ACTION_UNDO, where) ? ACTION_UNDO : action_exists(ACTION_SHEET_UNDO, where) ? ACTION_SHEET_UNDO : ACTION_NONE;
	const struct undo_group *g = action != ACTION_NONE && l->store != NULL ? undo_next(l->store, UNDO_BACK) : NULL;

	return g != NULL && *undo_reason(g) == '\0' ? action : ACTION_NONE;
}

struct foot { struct foot_key *key; int count, x; struct buf keys; };

/* Where it ends before `end`. */
static void add_key(struct foot *f, enum action action, uint64_t where, int end)
{
	int width = foot_width(action, where, &f->keys);

	if (f->keys.len == 0 || f->x + width > end)
		return;
	f->key[f->count++] = (struct foot_key){ action, f->x, width };
	f->x += width + 2;
}

static bool is_at_the_end(enum action action)
{
	return action == ACTION_HELP || action == ACTION_UNDO || action == ACTION_SHEET_UNDO;
}

/* What has room at the foot, in the order of actions.def; returns how many. At the end stands undo, which narrow lines have room for last, and the way to all
 * the others, which is always there. */
static int lay_out(const struct loop *l, uint64_t where, unsigned has, struct foot_key *key)
{
	struct foot f = { .key = key, .x = 1, .keys = BUF_INIT };
	enum action undo = undo_key(l, where);
	int end = l->canvas.width, kept = 0;
	bool help = action_exists(ACTION_HELP, where);

	if (help)
		end -= foot_width(ACTION_HELP, where, &f.keys) + 2;
	if (undo != ACTION_NONE && l->canvas.width >= ROOMY)
		kept = foot_width(undo, where, &f.keys) + 2;
	for (int i = 1; i < ACTIONS; i++)
		if (actions[i].foot != NULL && !is_at_the_end((enum action)i) && action_exists((enum action)i, where) && (actions[i].needs & ~has) == 0)
			add_key(&f, (enum action)i, where, end - kept);
	if (undo != ACTION_NONE)
		add_key(&f, undo, where, end);
	if (help)
		add_key(&f, ACTION_HELP, where, INT_MAX);
	buf_release(&f.keys);
	return f.count;
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
