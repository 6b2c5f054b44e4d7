#include "screens/parts/page_lines.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "screens/parts/line.h"

#define GUTTER 3		/* a blank, the marker, a blank */
#define GAP 2
#define READABLE 100		/* a hint at the right edge stands no further from its text */
#define LABEL_MOST 24
#define INDENT 2		/* of a hint in a row of its own */

void page_lines_clear(struct page_lines *l)
{
	for (int i = 0; i < l->count; i++) {
		free(l->line[i].label);
		free(l->line[i].text);
		free(l->line[i].hint);
		free(l->line[i].key);
		free(l->line[i].span);
	}
	free(l->line);
	free(l->row);
	memset(l, 0, sizeof *l);
}

/* As it will be drawn, so that widths are true; line feeds stay and break the rows. */
static char *escaped(const char *text)
{
	struct buf out = BUF_INIT;

	for (size_t len; *text != '\0'; text += len) {
		len = strcspn(text, "\n\t");
		text_escape(text, len, &out);
		if (text[len] != '\0')
			buf_addc(&out, text[len++] == '\n' ? '\n' : ' ');
	}
	return buf_detach(&out);
}

static char *one_line(const char *text)
{
	struct buf out = BUF_INIT;

	text_escape(text, strlen(text), &out);
	return buf_detach(&out);
}

struct page_line *page_lines_add(struct page_lines *l, enum page_kind kind, const char *label, const char *text, const char *hint)
{
	struct page_line *line;

	l->line = mem_resize(l->line, (size_t)l->count + 1, sizeof *l->line);
	line = &l->line[l->count++];
	*line = (struct page_line){ .kind = kind, .role = kind == PAGE_HEADING ? ROLE_HEADER : ROLE_TEXT };
	line->label = label != NULL ? one_line(label) : NULL;
	line->text = escaped(text);
	line->hint = hint != NULL && hint[0] != '\0' ? one_line(hint) : NULL;
	l->width = 0;
	return line;
}

static int wide(const char *text)
{
	return text_width(text, strlen(text));
}

/* Columns that a line's text begins at, and that its rows have. */
static int text_start(const struct page_lines *l, const struct page_line *line)
{
	switch (line->kind) {
	case PAGE_HEADING: return 1;
	case PAGE_NOTE: return GUTTER + INDENT;
	default: return line->label != NULL ? GUTTER + l->label + GAP : GUTTER;
	}
}

static int room(const struct page_lines *l, const struct page_line *line)
{
	int columns = l->width - 1 - text_start(l, line);

	return columns > 1 ? columns : 1;
}

/* The column behind a hint that stands in its text's row. */
static int hint_end(const struct page_lines *l)
{
	return l->width - 1 < READABLE ? l->width - 1 : READABLE;
}

static bool hint_fits(const struct page_lines *l, const struct page_line *line)
{
	return line->hint != NULL && strchr(line->text, '\n') == NULL &&
	    text_start(l, line) + wide(line->text) + GAP + wide(line->hint) <= hint_end(l);
}

static void add_row(struct page_lines *l, struct page_row row)
{
	/* Grows by doubling: at every power of two. */
	if ((l->rows & (l->rows - 1)) == 0)
		l->row = mem_resize(l->row, l->rows > 0 ? 2 * (size_t)l->rows : 1, sizeof *l->row);
	l->row[l->rows++] = row;
}

static void add_text(struct page_lines *l, int index, const char *text, int columns, bool hint)
{
	size_t size = strlen(text), from = 0, len;

	do {
		size_t next = line_wrap(text, size, from, columns, &len);

		add_row(l, (struct page_row){ .line = index, .from = from, .len = len, .hint = hint, .first = from == 0 && !hint });
		from = next;
	} while (from < size);
}

static void add_rows(struct page_lines *l, int index)
{
	const struct page_line *line = &l->line[index];

	if (line->kind == PAGE_HEADING && l->blanks && l->rows > 0)
		add_row(l, (struct page_row){ .line = -1 });
	add_text(l, index, line->text, room(l, line), false);
	if (line->hint != NULL && !hint_fits(l, line))
		add_text(l, index, line->hint, room(l, line) > 2 * INDENT ? room(l, line) - INDENT : room(l, line), true);
}

/* As wide as the widest label, as far as that leaves room for what it is the label of. */
static int label_width(const struct page_lines *l, int width)
{
	int most = (width - GUTTER) * 2 / 5, widest = 0;

	if (most > LABEL_MOST)
		most = LABEL_MOST;
	for (int i = 0; i < l->count; i++)
		if (l->line[i].label != NULL && wide(l->line[i].label) > widest)
			widest = wide(l->line[i].label);
	return widest < most ? widest : most;
}

void page_lines_layout(struct page_lines *l, int width, bool blanks)
{
	if (l->width == width && l->blanks == blanks)
		return;
	l->width = width;
	l->blanks = blanks;
	l->label = label_width(l, width);
	l->rows = 0;
	free(l->row);
	l->row = NULL;
	for (int i = 0; i < l->count; i++)
		add_rows(l, i);
}

int page_lines_row(const struct page_lines *l, int line)
{
	for (int row = 0; row < l->rows; row++)
		if (l->row[row].line == line && l->row[row].first)
			return row;
	return -1;
}

const struct page_line *page_lines_at(const struct page_lines *l, int row)
{
	return row >= 0 && row < l->rows && l->row[row].line >= 0 ? &l->line[l->row[row].line] : NULL;
}

bool page_lines_lands(const struct page_lines *l, int row)
{
	const struct page_line *line = page_lines_at(l, row);

	return line != NULL && l->row[row].first && line->goal != PAGE_NOWHERE;
}

/* The stretches of a row that have a role of their own, over the row as it stands. */
static void draw_spans(const struct page_lines *l, const struct page_line *line, const struct page_row *r, struct canvas *c, int y, int x)
{
	struct buf part = BUF_INIT;

	for (int i = 0; i < line->spans; i++) {
		const struct page_span *s = &line->span[i];
		size_t from = s->from > r->from ? s->from : r->from;
		size_t end = s->from + s->len < r->from + r->len ? s->from + s->len : r->from + r->len;
		int before = from < end ? text_width(line->text + r->from, from - r->from) : 0;

		if (from >= end)
			continue;
		buf_reset(&part);
		buf_add(&part, line->text + from, end - from);
		canvas_text(c, y, x + before, room(l, line) - before, s->role, part.data);
	}
	buf_release(&part);
}

void page_lines_draw(const struct page_lines *l, struct canvas *c, int y, int row)
{
	const struct page_line *line = page_lines_at(l, row);
	const struct page_row *r = &l->row[row];
	struct buf part = BUF_INIT;
	int x;

	if (line == NULL)
		return;
	x = text_start(l, line);
	if (r->first && line->label != NULL)
		canvas_fit(c, y, GUTTER, l->label, ROLE_LABEL, line->label);
	buf_add(&part, (r->hint ? line->hint : line->text) + r->from, r->len);
	canvas_text(c, y, x + (r->hint && room(l, line) > 2 * INDENT ? INDENT : 0), room(l, line), r->hint ? ROLE_MUTED : line->role, part.data);
	if (!r->hint && line->spans > 0)
		draw_spans(l, line, r, c, y, x);
	if (r->first && !r->hint && hint_fits(l, line))
		canvas_right(c, y, x, hint_end(l) - x, ROLE_MUTED, line->hint);
	buf_release(&part);
}
