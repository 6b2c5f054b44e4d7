#include "screens/parts/loop.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "screens/parts/frame.h"
#include "screens/parts/help.h"
#include "screens/parts/palette.h"

void loop_init(struct loop *l, struct store *s, int height, int width, const struct glyphs *glyphs)
{
	memset(l, 0, sizeof *l);
	l->store = s;
	l->kept_ms = clock_monotonic_ms();
	buf_init(&l->message);
	canvas_init(&l->canvas, height, width, glyphs);
}

static void screen_free(struct screen *s)
{
	if (s->class->release != NULL)
		s->class->release(s);
	free(s);
}

void loop_release(struct loop *l)
{
	while (l->top != NULL) {
		struct screen *s = l->top;

		l->top = s->below;
		screen_free(s);
	}
	canvas_release(&l->canvas);
	buf_release(&l->message);
}

void loop_push(struct loop *l, struct screen *s)
{
	s->loop = l;
	s->below = l->top;
	s->stale = true;
	l->top = s;
}

void loop_close(struct screen *s)
{
	s->closing = true;
}

/* Closing happens here alone, when no handler runs any more. True when there was something to close. */
static bool sweep(struct loop *l)
{
	struct screen **link = &l->top;
	bool closed = false;

	while (*link != NULL) {
		struct screen *s = *link;

		if (!s->closing) {
			link = &s->below;
			continue;
		}
		*link = s->below;
		screen_free(s);
		closed = true;
	}
	if (l->top == NULL)
		l->done = true;
	return closed;
}

void loop_saved(struct loop *l, const struct record_type *type, const char *id)
{
	for (struct screen *s = l->top; s != NULL; s = s->below)
		if (s->class->saved != NULL && !s->closing)
			s->class->saved(s, type, id);
}

/* Who opens a form or a sheet will save: what the first save of a run has to prepare is done while they look. */
static void warm(struct loop *l)
{
	struct err e = ERR_INIT;

	if (l->store != NULL && (loop_where(l) & (IN_FORM | IN_ATTENDANCE)) != 0)
		store_warm(l->store, &e);	/* what fails here fails again, and is told, when something is saved */
}

void loop_idle(struct loop *l)
{
	if (l->top != NULL)
		warm(l);
	if (l->top != NULL && l->top->class->idle != NULL)
		l->top->class->idle(l->top);
}

static void make_stale(struct loop *l)
{
	for (struct screen *s = l->top; s != NULL; s = s->below)
		s->stale = true;
}

static void settle(struct loop *l, struct screen *s, unsigned did)
{
	l->picture.moved = true;
	if (did != DID_MARKER)
		l->picture.strokes = 0;
	if (s != NULL && (did & DID_CLOSE) != 0)
		s->closing = true;
	if ((did & DID_SAVE) != 0 || (l->store != NULL && store_version(l->store) != l->version))
		make_stale(l);
	sweep(l);
	if (l->next != ACTION_NONE) {
		enum action next = l->next;

		l->next = ACTION_NONE;
		loop_do(l, next);
	}
}

uint64_t loop_where(const struct loop *l)
{
	uint64_t places = l->top->class->where(l->top);

	if ((places & IN_MAIN) != 0 && l->begin_own != NULL)
		places |= IN_EXAMPLE;
	return places;
}

unsigned loop_has(const struct loop *l)
{
	return l->top->class->has != NULL ? l->top->class->has(l->top) : 0;
}

bool loop_allows(const struct loop *l, enum action action)
{
	return l->top != NULL && action != ACTION_NONE && action_exists(action, loop_where(l)) && (actions[action].needs & ~loop_has(l)) == 0;
}

static void forget_message(struct loop *l)
{
	if (l->message.len > 0)
		l->picture.strokes = 0;
	buf_reset(&l->message);
}

void loop_do(struct loop *l, enum action action)
{
	struct screen *s = l->top;
	unsigned did = DID_NOTHING;

	if (!loop_allows(l, action))
		return;
	forget_message(l);
	if (action == ACTION_REDRAW)
		l->redraw = true;
	else if (action == ACTION_HELP)
		loop_push(l, help_open(loop_where(l), l->mouse));
	else if (action == ACTION_PALETTE)
		palette_open(l);
	else
		did = s->class->act(s, action);
	if (did == DID_NOTHING && l->act != NULL)
		did = l->act(l, action);
	settle(l, s, did);
}

bool loop_point(struct loop *l, int y, int x)
{
	struct screen *s = l->top;
	unsigned did = s->class->point != NULL ? s->class->point(s, y, x) : DID_NOTHING;

	if (did == DID_NOTHING)
		return false;
	forget_message(l);
	settle(l, s, did);
	return true;
}

static void put_character(struct loop *l, uint32_t key)
{
	struct screen *s = l->top;

	if (!key_is_character(key) || (loop_where(l) & IN_TEXT) == 0 || s->class->text == NULL)
		return;
	forget_message(l);
	settle(l, s, s->class->text(s, key));
}

/* Where characters are commands nothing is pasted; a text of one line becomes no longer by lines. */
static void paste(struct loop *l, uint32_t key)
{
	if (key != KEY_RETURN)
		put_character(l, key);
	else if ((loop_where(l) & IN_PARAGRAPHS) != 0)
		loop_do(l, ACTION_NEW_LINE);
	else
		put_character(l, ' ');
}

void loop_key(struct loop *l, uint32_t key)
{
	struct screen *s = l->top;
	enum action action;

	if (s == NULL)
		return;
	if ((key & KEY_PASTED) != 0) {
		paste(l, key & ~(uint32_t)KEY_PASTED);
		return;
	}
	action = keymap_find(key, loop_where(l), loop_has(l));
	if (action != ACTION_NONE) {
		loop_do(l, action);
		return;
	}
	put_character(l, key);
}

void loop_resize(struct loop *l, int height, int width)
{
	canvas_resize(&l->canvas, height, width);
	l->redraw = true;
}

static void reload(struct loop *l, struct screen *s)
{
	struct err e = ERR_INIT;

	s->stale = false;
	if (s->class->reload != NULL && s->class->reload(s, &e) != 0)
		loop_problem(l, &e);
}

static void draw_from(struct loop *l, struct screen *s)
{
	if (s->class->overlay && s->below != NULL)
		draw_from(l, s->below);
	if (s->stale)
		reload(l, s);
	if (s->class->title != NULL)
		frame_title(l, s);
	s->class->draw(s, &l->canvas, 1, l->canvas.height - frame_foot_rows(l));
}

void loop_draw_top(struct loop *l)
{
	canvas_clear(&l->canvas);
	if (l->top->stale)
		reload(l, l->top);
	l->top->class->draw(l->top, &l->canvas, 1, l->canvas.height - frame_foot_rows(l));
}

static int64_t this_minute(void)
{
	return clock_wall_ms() / 60000;
}

/* The picture is there, and all that happened since are moves of its marker. */
static bool stands(const struct loop *l)
{
	const struct screen *s = l->top;

	return l->picture.moved && l->picture.of == s && l->picture.strokes == l->canvas.strokes && !s->stale && !s->closing && s->class->marker != NULL &&
	    l->picture.minute == this_minute() && (l->store == NULL || l->version == store_version(l->store));
}

static void draw_all(struct loop *l)
{
	struct err e = ERR_INIT;

	if (l->store != NULL && (!l->counted || l->version != store_version(l->store))) {
		l->version = store_version(l->store);
		l->counted = true;
		if (sync_status(l->store, &l->status, &e) != 0)
			loop_problem(l, &e);
	}
	/* What was to be shown may be there no more: its screen closes as it is reloaded, and what lies below is drawn. */
	do {
		canvas_clear(&l->canvas);
		draw_from(l, l->top);
	} while (sweep(l) && l->top != NULL);
	if (l->top != NULL)
		frame_foot(l, loop_where(l), loop_has(l));
}

void loop_draw(struct loop *l)
{
	if (l->top == NULL)
		return;
	if (stands(l)) {
		l->top->class->marker(l->top, &l->canvas);
	} else {
		l->picture.minute = this_minute();
		draw_all(l);
	}
	l->picture.moved = false;
	l->picture.of = l->top;
	l->picture.strokes = l->canvas.strokes;
}

void loop_keep(struct loop *l)
{
	for (struct screen *s = l->top; s != NULL; s = s->below)
		if (s->class->keep != NULL)
			s->class->keep(s);
	l->kept_ms = clock_monotonic_ms();
}

void loop_tick(struct loop *l)
{
	if (l->watch != NULL)
		l->watch(l);
	if (clock_monotonic_ms() - l->kept_ms >= LOOP_DRAFT_MS)
		loop_keep(l);
}

int loop_wait(const struct loop *l)
{
	int minute = 60000 - (int)(clock_wall_ms() % 60000);

	for (const struct screen *s = l->top; s != NULL; s = s->below)
		if (s->class->keep != NULL)
			return minute < LOOP_DRAFT_MS ? minute : LOOP_DRAFT_MS;
	return minute;
}

void loop_message(struct loop *l, const char *fmt, ...)
{
	char text[1024];
	va_list words;

	va_start(words, fmt);
	vsnprintf(text, sizeof text, fmt, words);
	va_end(words);
	forget_message(l);
	buf_adds(&l->message, text);
	l->picture.strokes = 0;
	l->warning = false;
}

void loop_problem(struct loop *l, const struct err *e)
{
	loop_message(l, "! %s", e->text);
	l->warning = true;
}

void loop_unsent(const struct loop *l, struct buf *out)
{
	if (l->store == NULL)
		return;
	if (l->status.unsent > 0)
		buf_addf(out, _("not sent: %lld"), (long long)l->status.unsent);
	else if (l->status.welcomed)
		buf_adds(out, _("all sent"));
}
