#include "screens/page.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "screens/cards.h"
#include "screens/frame.h"
#include "screens/list.h"
#include "screens/loop.h"
#include "screens/page_lines.h"

#define ROOMY 14		/* rows from which on a page has blank lines */

struct page {
	struct screen screen;
	struct store *store;
	const struct page_class *class;
	void *context;
	const struct record_type *type;		/* whose card it is */
	char id[RECORD_ID_SIZE];
	struct page_lines lines;
	struct list list;			/* of the rows; its cursor is a row where the marker may stand, or there is no marker in sight */
	char *start;				/* key of the line to begin with */
	bool begun;
	struct buf title;
};

/* --- the rows as a list --- */

static int size(void *context, int64_t *count, struct err *e)
{
	(void)e;
	*count = ((struct page *)context)->lines.rows;
	return 0;
}

static int load(void *context, int64_t first, int count, struct err *e)
{
	(void)context;
	(void)first;
	(void)count;
	(void)e;
	return 0;
}

static const char *no_id(void *context, int row)
{
	(void)context;
	(void)row;
	return "";
}

static const struct list_class rows_class = { .size = size, .load = load, .id = no_id };

static bool lands(const struct page *p, int64_t row)
{
	return page_lines_lands(&p->lines, (int)row);
}

/* The next row that way where the marker may stand; -1: none. */
static int64_t next_landing(const struct page *p, int64_t row, int by)
{
	for (row += by; row >= 0 && row < p->lines.rows; row += by)
		if (lands(p, row))
			return row;
	return -1;
}

static bool in_sight(const struct page *p, int64_t row)
{
	return row >= p->list.top && row < p->list.top + p->list.height;
}

/* After the rows moved: the marker goes to the nearest line in sight that leads somewhere, on the side of `by` first. */
static void settle(struct page *p, int by)
{
	struct list *l = &p->list;
	int64_t to;

	if (lands(p, l->cursor) && in_sight(p, l->cursor))
		return;
	to = next_landing(p, l->cursor, by);
	if (to < 0 || !in_sight(p, to))
		to = next_landing(p, l->cursor, -by);
	if (to >= 0 && in_sight(p, to))
		l->cursor = to;
}

static void scroll(struct page *p, int by)
{
	struct list *l = &p->list;
	int64_t most = l->count > l->height ? l->count - l->height : 0;

	l->top = l->top + by < 0 ? 0 : l->top + by > most ? most : l->top + by;
	if (l->cursor < l->top)
		l->cursor = l->top;
	if (l->cursor >= l->top + l->height)
		l->cursor = l->top + l->height - 1;
	settle(p, by);
}

/* What stands above a line up to the line before that leads somewhere, its heading as a rule, comes into sight with it where there is room. */
static void show_above(struct page *p, int64_t row)
{
	struct list *l = &p->list;
	int64_t from = row;

	while (from > 0 && !lands(p, from - 1) && row - from + 1 < l->height)
		from--;
	if (from < l->top)
		l->top = from;
}

/* All of a line that takes several rows, as far as there is room. */
static void show_whole(struct page *p, int64_t row)
{
	struct list *l = &p->list;
	int64_t last = row;

	while (last + 1 < p->lines.rows && p->lines.row[last + 1].line == p->lines.row[row].line && last - row + 2 <= l->height)
		last++;
	if (last >= l->top + l->height)
		l->top = last - l->height + 1;
}

static void step(struct page *p, int by)
{
	int64_t to = next_landing(p, p->list.cursor, by);

	if (to < 0 || to < p->list.top - 1 || to > p->list.top + p->list.height) {
		scroll(p, by);
		return;
	}
	p->list.cursor = to;
	if (by < 0)
		show_above(p, to);
	else
		show_whole(p, to);
}

/* --- what the class sees --- */

struct store *page_store(const struct page *p)
{
	return p->store;
}

struct loop *page_loop(const struct page *p)
{
	return p->screen.loop;
}

void *page_context(const struct page *p)
{
	return p->context;
}

struct page *page_of(struct screen *s)
{
	return (struct page *)s;
}

void page_about(struct page *p, const struct record_type *type, const char *id)
{
	p->type = type;
	snprintf(p->id, sizeof p->id, "%s", id);
}

const struct record_type *page_record(const struct page *p, const char **id)
{
	*id = p->id;
	return p->type;
}

void page_start(struct page *p, const char *key)
{
	free(p->start);
	p->start = mem_dup(key);
}

void page_title(struct page *p, const char *text)
{
	buf_reset(&p->title);
	buf_adds(&p->title, text);
}

void page_heading(struct page *p, const char *text)
{
	page_lines_add(&p->lines, PAGE_HEADING, NULL, text, NULL);
}

void page_field(struct page *p, const char *label, const char *text)
{
	page_lines_add(&p->lines, PAGE_FIELD, label, text, NULL);
}

void page_field_as(struct page *p, const char *label, enum role role, const char *text)
{
	page_lines_add(&p->lines, PAGE_FIELD, label, text, NULL)->role = role;
}

void page_text(struct page *p, enum role role, const char *text)
{
	page_lines_add(&p->lines, PAGE_TEXT, NULL, text, NULL)->role = role;
}

void page_note(struct page *p, const char *text)
{
	page_lines_add(&p->lines, PAGE_NOTE, NULL, text, NULL)->role = ROLE_MUTED;
}

void page_line(struct page *p, const char *text, const char *hint)
{
	page_lines_add(&p->lines, PAGE_LINK, NULL, text, hint);
}

static void lead(struct page_line *line, enum page_goal goal, const struct record_type *type, const char *key)
{
	line->goal = goal;
	line->type = type;
	line->key = mem_dup(key);
}

void page_link(struct page *p, const char *text, const char *hint, const struct record_type *type, const char *id)
{
	lead(page_lines_add(&p->lines, PAGE_LINK, NULL, text, hint), PAGE_RECORD, type, id);
}

void page_link_municipality(struct page *p, const char *text, const char *hint, const char *code)
{
	lead(page_lines_add(&p->lines, PAGE_LINK, NULL, text, hint), PAGE_MUNICIPALITY, NULL, code);
}

void page_choice(struct page *p, const char *text, const char *hint, const char *key)
{
	lead(page_lines_add(&p->lines, PAGE_LINK, NULL, text, hint), PAGE_OWN, NULL, key);
}

void page_field_link(struct page *p, const char *label, const struct record_type *type, const char *id)
{
	struct buf name = BUF_INIT;

	if (id[0] == '\0')
		return;
	record_name(p->store, type, id, &name);
	lead(page_lines_add(&p->lines, PAGE_FIELD, label, name.data, NULL), PAGE_RECORD, type, id);
	buf_release(&name);
}

void page_field_municipality(struct page *p, const char *label, const char *code)
{
	static const struct field municipality = { .kind = FIELD_MUNICIPALITY };
	struct buf name = BUF_INIT;

	if (code[0] == '\0')
		return;
	field_show(p->store, &municipality, code, &name);
	lead(page_lines_add(&p->lines, PAGE_FIELD, label, name.data, NULL), PAGE_MUNICIPALITY, NULL, code);
	buf_release(&name);
}

static void show_field(struct page *p, const struct field *f, const char *value)
{
	const struct record_type *type = f->kind == FIELD_REFERENCE ? record_type_find(f->references) : NULL;
	struct buf text = BUF_INIT;

	if (f->kind == FIELD_MUNICIPALITY) {
		page_field_municipality(p, _(f->label), value);
	} else if (cards_has(type)) {
		page_field_link(p, _(f->label), type, value);
	} else if (value[0] != '\0') {
		field_show(p->store, f, value, &text);
		page_field(p, _(f->label), text.data);
	}
	buf_release(&text);
}

void page_fields(struct page *p, const struct record *r, const char *first, const char *last)
{
	int end = record_field(r->type, last);

	for (int i = record_field(r->type, first); i >= 0 && i <= end; i++)
		show_field(p, &r->type->fields[i], r->value[i]);
}

void page_more(struct page *p, int64_t shown, int64_t total)
{
	struct buf words = BUF_INIT;

	if (total <= shown)
		return;
	/* TRANSLATORS: below a list that is cut: so many more there are */
	buf_addf(&words, _("%lld more"), (long long)(total - shown));
	page_text(p, ROLE_MUTED, words.data);
	buf_release(&words);
}

void page_none(struct page *p, const char *text)
{
	page_text(p, ROLE_MUTED, text);
}

/* --- the screen --- */

static unsigned where(const struct screen *s)
{
	return IN_ROWS | IN_PAGE | ((const struct page *)s)->class->where;
}

static unsigned has(const struct screen *s)
{
	const struct page *p = (const struct page *)s;

	return (lands(p, p->list.cursor) ? HAS_ROW : 0) | (p->type != NULL ? HAS_RECORD : 0);
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

	switch (action) {
	case ACTION_OPEN: return open_line(p);
	case ACTION_UP: step(p, -1); return DID_CHANGE;
	case ACTION_DOWN: step(p, 1); return DID_CHANGE;
	case ACTION_PAGE_UP:
	case ACTION_FIRST:
		list_act(&p->list, s->loop, action, &did);
		list_ensure(&p->list, p->list.height, NULL);
		settle(p, 1);
		return DID_CHANGE;
	case ACTION_PAGE_DOWN:
	case ACTION_LAST:
		list_act(&p->list, s->loop, action, &did);
		list_ensure(&p->list, p->list.height, NULL);
		settle(p, -1);
		return DID_CHANGE;
	default: break;
	}
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

/* Where the marker stands, to find the place again: the line's goal, which of the lines with this goal it is, and the row of the line. */
struct spot { char *key; const struct record_type *type; enum page_goal goal; int nth, line, part; int64_t below; };

static bool same_goal(const struct page_line *line, const struct spot *at)
{
	return line->goal == at->goal && line->goal != PAGE_NOWHERE && line->type == at->type && strcmp(line->key, at->key) == 0;
}

static struct spot remember(const struct page *p)
{
	const struct page_line *line = page_lines_at(&p->lines, (int)p->list.cursor);
	struct spot at = { .line = -1, .below = p->list.cursor - p->list.top };

	if (line == NULL)
		return at;
	at.key = mem_dup(line->key != NULL ? line->key : "");
	at.type = line->type;
	at.goal = line->goal;
	at.line = (int)(line - p->lines.line);
	at.part = (int)p->list.cursor - page_lines_row(&p->lines, at.line);
	for (int i = 0; i < at.line; i++)
		at.nth += same_goal(&p->lines.line[i], &at);
	return at;
}

/* The same goal, the nth or the last with it, else what stands there now. */
static int find_again(const struct page *p, const struct spot *at)
{
	int found = -1;

	for (int i = 0, nth = 0; i < p->lines.count && nth <= at->nth; i++) {
		if (same_goal(&p->lines.line[i], at)) {
			found = i;
			nth++;
		}
	}
	return found >= 0 ? found : at->line < p->lines.count ? at->line : p->lines.count - 1;
}

static int find_key(const struct page *p, const char *key)
{
	for (int i = 0; key != NULL && i < p->lines.count; i++)
		if (p->lines.line[i].key != NULL && strcmp(p->lines.line[i].key, key) == 0)
			return i;
	return -1;
}

/* The marker on a row of a line, so many rows below the first one in sight. */
static void go_to(struct page *p, int line, int part, int64_t below)
{
	int row = page_lines_row(&p->lines, line);

	if (row < 0)
		return;
	while (part > 0 && (row + part >= p->lines.rows || p->lines.row[row + part].line != line))
		part--;
	p->list.cursor = row + part;
	p->list.top = p->list.cursor > below ? p->list.cursor - below : 0;
}

/* Rows for lines, and a blank one below the title where there is room. */
static int visible(const struct page *p)
{
	int rows = p->screen.loop->canvas.height - 1 - frame_foot_rows(p->screen.loop);

	return rows > ROOMY ? rows - 1 : rows > 0 ? rows : 1;
}

/* The rows for the canvas as it is, the marker on its line. */
static void layout(struct page *p, const struct spot *at)
{
	struct err e = ERR_INIT;

	page_lines_layout(&p->lines, p->screen.loop->canvas.width, visible(p) >= ROOMY);
	p->list.height = visible(p);
	if (at->line >= 0)
		go_to(p, find_again(p, at), at->part, at->below);
	else if (!p->begun && find_key(p, p->start) >= 0)
		go_to(p, find_key(p, p->start), 0, p->list.height / 2);
	p->begun = true;
	if (list_reload(&p->list, &e) != 0)
		loop_problem(p->screen.loop, &e);
	settle(p, 1);
}

static int reload(struct screen *s, struct err *e)
{
	struct page *p = (struct page *)s;
	struct spot at = remember(p);
	int status;

	page_lines_clear(&p->lines);
	status = p->class->fill(p, e);
	layout(p, &at);
	free(at.key);
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
	if (t->counts.len == 0 && l->count > l->height)
		buf_addf(&t->counts, _("%d–%d of %d"), (int)l->top + 1, (int)(l->top + l->height < l->count ? l->top + l->height : l->count), (int)l->count);
}

static void draw(struct screen *s, struct canvas *c, int top, int bottom)
{
	struct page *p = (struct page *)s;
	struct spot at = remember(p);

	if (p->lines.width != c->width || p->lines.blanks != (visible(p) >= ROOMY))
		layout(p, &at);
	else
		list_ensure(&p->list, visible(p), NULL);
	free(at.key);
	top += bottom - top > ROOMY;
	p->list.first_y = top;
	for (int64_t row = p->list.top; row < p->list.count && row < p->list.top + p->list.height; row++)
		page_lines_draw(&p->lines, c, top + (int)(row - p->list.top), (int)row);
	if (lands(p, p->list.cursor)) {
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
	list_release(&p->list);
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
	list_init(&p->list, &rows_class, p);
	buf_init(&p->title);
	return &p->screen;
}
