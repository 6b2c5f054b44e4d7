#include "screens/parts/pick.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "screens/parts/list.h"
#include "screens/parts/loop.h"
#include "screens/parts/match.h"

#define FRAME 2			/* columns, and rows, of the box itself */
#define LEAST_WIDTH 36
#define LEAST_FRAMED 6		/* rows below which the box has no frame */
#define INSET 3			/* where the rows' texts begin, and what is typed */

struct item {
	char id[12];		/* its number, by which the list knows it */
	char *value, *text, *hint;
	struct buf words;	/* folded: all by which it is found */
};

struct pick {
	struct screen screen;
	char *title;
	pick_answer answer;
	void *context;
	bool several, answered;
	struct item *item;
	int count;
	int *shown, shown_count;	/* the items that the letters leave */
	int text_wide, hint_wide;	/* columns of the widest */
	struct list_column columns[2];
	struct list_class class;
	struct list list;
};

enum { TEXT, HINT };

static const struct item *shown(const struct pick *p, int64_t row)
{
	return row < p->shown_count ? &p->item[p->shown[row]] : NULL;
}

static void add_shown(struct pick *p, const struct match *m, enum match_rank rank)
{
	for (int i = 0; i < p->count; i++)
		if (filter_matches(&m->words, p->item[i].words.data) && match_rank(m, p->item[i].words.data, "") == rank)
			p->shown[p->shown_count++] = i;
}

static int size(void *context, int64_t *count, struct err *e)
{
	struct pick *p = context;
	struct match m;

	(void)e;
	p->shown_count = 0;
	p->shown = mem_resize(p->shown, (size_t)p->count + 1, sizeof *p->shown);
	match_init(&m, p->list.filter.text.data);
	if (p->list.filter.text.len > 0)
		for (int rank = 0; rank < MATCH_RANKS; rank++)
			add_shown(p, &m, (enum match_rank)rank);
	else
		for (int i = 0; i < p->count; i++)
			p->shown[p->shown_count++] = i;
	match_release(&m);
	*count = p->shown_count;
	return 0;
}

static const char *id(void *context, int row)
{
	struct pick *p = context;
	const struct item *i = shown(p, p->list.window_first + row);

	return i != NULL ? i->id : "";
}

static void cell(void *context, int row, int column, struct buf *out)
{
	struct pick *p = context;
	const struct item *i = shown(p, p->list.window_first + row);

	if (i != NULL)
		buf_adds(out, column == TEXT ? i->text : i->hint);
}

static enum role role(void *context, int row, int column)
{
	(void)context;
	(void)row;
	return column == HINT ? ROLE_MUTED : ROLE_TEXT;
}

static int place(void *context, const char *letters, const char *wanted, int64_t *found, struct err *e)
{
	struct pick *p = context;

	(void)letters;
	(void)e;
	*found = -1;
	for (int i = 0; i < p->shown_count && wanted != NULL; i++)
		if (strcmp(p->item[p->shown[i]].id, wanted) == 0)
			*found = i;
	return 0;
}

static uint64_t where(const struct screen *s)
{
	(void)s;
	return IN_PICK | IN_TEXT;
}

static unsigned has(const struct screen *s)
{
	return ((const struct pick *)s)->shown_count > 0 ? HAS_ROW : 0;
}

static unsigned choose(struct pick *p)
{
	const char **values = mem_zero((size_t)p->count, sizeof *values);
	int count = 0;
	unsigned did;

	for (int i = 0; i < p->count; i++)
		if (list_marked(&p->list, p->item[i].id))
			values[count++] = p->item[i].value;
	if (count == 0)
		values[count++] = shown(p, p->list.cursor)->value;
	p->answered = true;
	did = p->answer(p->context, values, count);
	free(values);
	return did | DID_CLOSE;
}

static unsigned act(struct screen *s, enum action action)
{
	struct pick *p = (struct pick *)s;
	unsigned did;

	switch (action) {
	case ACTION_CHOOSE: return choose(p);
	case ACTION_CHOOSE_NONE:
		p->answered = true;
		return p->answer(p->context, NULL, 0) | DID_CLOSE;
	case ACTION_CHOOSE_SEVERAL:
		if (p->several)
			list_act(&p->list, s->loop, ACTION_MARK, &did);
		return DID_CHANGE;
	default: return list_act(&p->list, s->loop, action, &did) ? did : DID_NOTHING;
	}
}

static unsigned text(struct screen *s, uint32_t character)
{
	return list_text(&((struct pick *)s)->list, s->loop, character);
}

static int reload(struct screen *s, struct err *e)
{
	return list_reload(&((struct pick *)s)->list, e);
}

static int least(int a, int b)
{
	return a < b ? a : b;
}

static int most(int a, int b)
{
	return a > b ? a : b;
}

/* The box does not change while letters narrow the items: what stands still costs nothing, and the eye finds its place. */
static struct list_area box(const struct pick *p, const struct canvas *c, int top, int bottom)
{
	int hint = p->hint_wide > 0 ? p->hint_wide + 2 : 0, title = text_width(p->title, strlen(p->title)) + 4;
	int width = FRAME + INSET + p->text_wide + hint + 1, height = FRAME + 1 + p->count;
	struct list_area a;

	width = least(most(most(width, title + FRAME), LEAST_WIDTH), c->width < 50 ? c->width : c->width - 4);
	height = least(most(height, LEAST_FRAMED), bottom - top);
	a.left = (c->width - width) / 2;
	a.right = a.left + width;
	a.top = top + (bottom - top - height) / 2;
	a.bottom = a.top + height;
	return a;
}

static void draw_frame(const struct pick *p, struct canvas *c, const struct list_area *a)
{
	int width = a->right - a->left, last = a->bottom - 1;
	struct buf words = BUF_INIT;

	for (int i = 0; i < width; i++) {
		canvas_text(c, a->top, a->left + i, 1, ROLE_TEXT, c->glyphs->rule);
		canvas_text(c, last, a->left + i, 1, ROLE_TEXT, c->glyphs->rule);
	}
	for (int y = a->top + 1; y < last; y++) {
		canvas_text(c, y, a->left, 1, ROLE_TEXT, c->glyphs->side);
		canvas_text(c, y, a->right - 1, 1, ROLE_TEXT, c->glyphs->side);
	}
	for (int i = 0; i < 4; i++)
		canvas_text(c, i < 2 ? a->top : last, i % 2 == 0 ? a->left : a->right - 1, 1, ROLE_TEXT, c->glyphs->corner[i]);
	buf_addf(&words, " %s ", p->title);
	canvas_fit(c, a->top, a->left + 2, width - 4, ROLE_TITLE, words.data);
	if (p->several && p->list.marks_count > 0) {
		buf_reset(&words);
		buf_addc(&words, ' ');
		buf_addf(&words, _("marked: %zu"), p->list.marks_count);
		buf_addc(&words, ' ');
		canvas_right(c, last, a->left + 2, width - 4, ROLE_TEXT, words.data);
	}
	buf_release(&words);
}

static void draw_typed(const struct pick *p, struct canvas *c, int y, int left, int right)
{
	int x = left + INSET, width = right - x - 1;
	const struct line *typed = &p->list.filter;

	if (typed->text.len > 0)
		line_draw(typed, c, y, x, width, ROLE_CURRENT, true, false);
	else
		/* TRANSLATORS: stands where the letters will be typed, in a box with a choice of several */
		canvas_fit(c, y, x, width, ROLE_MUTED, p->several ? _("letters find, Tab marks several") : _("letters find"));
}

static void set_columns(struct pick *p, const struct canvas *c)
{
	p->columns[TEXT].least = least(p->text_wide, 16);
	p->columns[TEXT].most = c->width;		/* the hints stand at the right edge */
	p->columns[HINT].least = least(p->hint_wide, 16);
	p->columns[HINT].most = p->hint_wide;
	p->class.count = p->hint_wide > 0 ? 2 : 1;
}

static void draw(struct screen *s, struct canvas *c, int top, int bottom)
{
	struct pick *p = (struct pick *)s;
	struct list_area a = box(p, c, top, bottom);
	bool framed = a.bottom - a.top >= LEAST_FRAMED;

	if (a.bottom - a.top < 1)
		return;
	for (int y = a.top; y < a.bottom; y++)
		canvas_fill(c, y, a.left, a.right - a.left, ROLE_TEXT, ' ');
	if (framed) {
		draw_frame(p, c, &a);
		a.top++;
		a.left++;
		a.bottom--;
		a.right--;
	}
	set_columns(p, c);
	if (a.bottom - a.top > 1) {
		struct list_area rows = { .top = a.top + 1, .bottom = a.bottom, .left = a.left, .right = a.right };

		list_draw_in(&p->list, s->loop, c, &rows, _("Nothing is found by these letters."));
	}
	draw_typed(p, c, a.top, a.left, a.right);
}

/* The program leaves before there was an answer: who asked may own something. */
static void release(struct screen *s)
{
	struct pick *p = (struct pick *)s;

	if (!p->answered)
		p->answer(p->context, NULL, 0);
	for (int i = 0; i < p->count; i++) {
		free(p->item[i].value);
		free(p->item[i].text);
		free(p->item[i].hint);
		buf_release(&p->item[i].words);
	}
	free(p->item);
	free(p->shown);
	free(p->title);
	list_release(&p->list);
}

static const struct screen_class pick_class = {
	.name = "pick", .overlay = true, .where = where, .has = has, .act = act, .text = text, .reload = reload, .draw = draw, .release = release,
};

struct screen *pick_open(const char *title, pick_answer answer, void *context)
{
	struct pick *p = mem_zero(1, sizeof *p);

	p->screen.class = &pick_class;
	p->title = mem_dup(title);
	p->answer = answer;
	p->context = context;
	p->columns[TEXT].rank = 1;
	p->columns[HINT].rank = 2;
	p->columns[HINT].right = true;
	p->class = (struct list_class){
		.columns = p->columns, .count = 2, .headless = true, .size = size, .id = id, .cell = cell, .role = role, .place = place,
	};
	list_init(&p->list, &p->class, p);
	p->list.finder = true;
	return &p->screen;
}

void pick_several(struct screen *pick)
{
	((struct pick *)pick)->several = true;
}

void pick_add(struct screen *pick, const char *value, const char *text_, const char *hint)
{
	struct pick *p = (struct pick *)pick;
	struct item *i;

	p->item = mem_resize(p->item, (size_t)p->count + 1, sizeof *p->item);
	i = &p->item[p->count];
	snprintf(i->id, sizeof i->id, "%d", p->count++);
	i->value = mem_dup(value);
	i->text = mem_dup(text_);
	i->hint = mem_dup(hint);
	i->words = (struct buf)BUF_INIT;
	text_fold(text_, strlen(text_), &i->words);
	p->text_wide = most(p->text_wide, text_width(text_, strlen(text_)));
	p->hint_wide = most(p->hint_wide, text_width(hint, strlen(hint)));
}

void pick_also(struct screen *pick, const char *words)
{
	struct pick *p = (struct pick *)pick;
	struct buf *all = &p->item[p->count - 1].words;

	buf_addc(all, ' ');
	text_fold(words, strlen(words), all);
}

void pick_mark(struct screen *pick)
{
	struct pick *p = (struct pick *)pick;

	list_mark(&p->list, p->item[p->count - 1].id);
}

void pick_start(struct screen *pick, const char *value)
{
	struct pick *p = (struct pick *)pick;

	for (int i = 0; i < p->count; i++)
		if (strcmp(p->item[i].value, value) == 0)
			snprintf(p->list.selected, sizeof p->list.selected, "%s", p->item[i].id);
}
