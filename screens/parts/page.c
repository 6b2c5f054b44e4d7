#include "screens/parts/page_private.h"

#include <stdlib.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "screens/cards.h"
#include "screens/parts/loop.h"

static uint64_t where(const struct screen *s)
{
	return IN_ROWS | IN_PAGE | ((const struct page *)s)->class->where;
}

static unsigned has(const struct screen *s)
{
	const struct page *p = (const struct page *)s;

	return (page_lands(p) ? HAS_ROW : 0) | (p->type != NULL ? HAS_RECORD : 0);
}

static unsigned open_line(struct page *p)
{
	const struct page_line *line = page_lines_at(&p->lines, (int)p->list.cursor);

	switch (line->goal) {
	case PAGE_RECORD: cards_show(p->screen.loop, line->type, line->key); break;
	case PAGE_MUNICIPALITY: cards_show_municipality(p->screen.loop, line->key); break;
	case PAGE_OWN: return p->class->open(p, line->key);
	default: return DID_NOTHING;
	}
	return DID_CHANGE;
}

static unsigned act(struct screen *s, enum action action)
{
	struct page *p = (struct page *)s;
	unsigned did;

	if (action == ACTION_OPEN)
		return open_line(p);
	if (page_move(p, action))
		return DID_CHANGE;
	did = p->class->act != NULL ? p->class->act(p, action) : DID_NOTHING;
	if (did != DID_NOTHING || p->type == NULL)
		return did;
	if (action == ACTION_EDIT)
		cards_edit(s->loop, p->type, p->id, NULL);
	else if (action == ACTION_HISTORY)
		cards_history(s->loop, p->type, p->id);
	else
		return DID_NOTHING;
	return DID_CHANGE;
}

static int reload(struct screen *s, struct err *e)
{
	struct page *p = (struct page *)s;
	int status;

	page_lines_clear(&p->lines);
	status = p->class->fill(p, e);
	page_settle(p);
	if (status == 0 || p->type == NULL || e->code != ERR_REFUSED)
		return status;
	/* What lies above may still speak of it: it closes when it is on top. */
	if (s->loop->top == s)
		loop_close(s);
	else
		s->stale = true;
	return -1;
}

static void title(struct screen *s, struct title *t)
{
	struct page *p = (struct page *)s;
	const struct list *l = &p->list;

	if (p->class->title != NULL)
		p->class->title(p, t);
	else
		buf_add(&t->place, p->title.data, p->title.len);
	page_arrange(p);
	if (t->counts.len == 0 && l->count > l->height)
		buf_addf(&t->counts, _("%d–%d of %d"), (int)l->top + 1, (int)(l->top + l->height < l->count ? l->top + l->height : l->count), (int)l->count);
}

static void draw(struct screen *s, struct canvas *c, int top, int bottom)
{
	struct page *p = (struct page *)s;

	page_arrange(p);
	top += bottom - top > PAGE_ROOMY;
	p->list.first_y = top;
	for (int64_t row = p->list.top; row < p->list.count && row < p->list.top + p->list.height; row++)
		page_lines_draw(&p->lines, c, top + (int)(row - p->list.top), (int)row);
	if (page_lands(p)) {
		canvas_text(c, top + (int)(p->list.cursor - p->list.top), 1, 1, ROLE_SELECTED, c->glyphs->marker);
		canvas_cursor(c, top + (int)(p->list.cursor - p->list.top), 1);
	} else {
		canvas_cursor(c, top, 1);
	}
}

static void release(struct screen *s)
{
	struct page *p = (struct page *)s;

	if (p->class->release != NULL)
		p->class->release(p);
	page_lines_clear(&p->lines);
	page_move_release(p);
	free(p->start);
	buf_release(&p->title);
}

static const struct screen_class page_screen = {
	.name = "page", .where = where, .has = has, .act = act, .reload = reload, .title = title, .draw = draw, .release = release,
};

struct screen *page_open(struct store *s, const struct page_class *class, void *context)
{
	struct page *p = mem_zero(1, sizeof *p);

	p->screen.class = &page_screen;
	p->store = s;
	p->class = class;
	p->context = context;
	page_move_init(p);
	buf_init(&p->title);
	return &p->screen;
}
