/* Drawing of a form: labels, texts, what is wrong beside them, suggestions below the current one. */
#include "screens/parts/form.h"

#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "screens/parts/prompt.h"

#define LABEL_MOST 24
#define LONG_ROWS_MOST 6	/* of a long text that is not the current field */
#define LONG_WIDTH_MOST 100
#define CONTEXT 2		/* rows that a long text leaves to the other fields */

struct layout {
	int label, x, width, beside;	/* beside: column of the words beside a field; 0: no room */
	int wide;			/* of a long text */
	int room;			/* rows of the form */
};

static struct layout lay_out(const struct form *f, const struct canvas *c)
{
	struct layout o = { 0 };

	for (int i = 0; i < f->count; i++) {
		const char *label = _(f->field[i].field->label);
		int wide = text_width(label, strlen(label)) + (f->field[i].field->required ? 2 : 0);

		if (wide > o.label)
			o.label = wide;
	}
	if (o.label > LABEL_MOST)
		o.label = LABEL_MOST;
	if (o.label > c->width * 2 / 5)
		o.label = c->width * 2 / 5;
	o.x = 3 + o.label + 1;
	o.width = o.wide = c->width - o.x - 1;
	if (o.wide > LONG_WIDTH_MOST)
		o.wide = LONG_WIDTH_MOST;
	if (c->width >= 70) {
		o.width = (c->width - o.x) / 2;
		if (o.width > 60)
			o.width = 60;
		o.beside = o.x + o.width + 1;
	}
	return o;
}

static bool is_long(const struct form *f, int i)
{
	return f->field[i].field->kind == FIELD_LONG_TEXT;
}

/* A long text that is being written gets the rows that there are, whatever else stands in the form. */
static int rows_of(const struct form *f, int i, const struct layout *o)
{
	int row, rows, most = LONG_ROWS_MOST;

	if (!is_long(f, i))
		return 1;
	if (i == f->at && o->room - CONTEXT > most)
		most = o->room - CONTEXT;
	rows = line_rows(&f->field[i].line, o->wide, &row);
	return rows < 2 ? 2 : rows > most ? most : rows;
}

/* The first row that is seen moves no more than the cursor asks for. */
static void follow_cursor(struct form_field *p, const struct layout *o, int rows, bool current, int *row)
{
	int all = line_rows(&p->line, o->wide, row);

	if (!current)
		*row = p->row = 0;
	if (*row >= p->row + rows)
		p->row = *row - rows + 1;
	if (p->row > all - rows)
		p->row = all > rows ? all - rows : 0;
	if (*row < p->row)
		p->row = *row;
}

static void draw_paragraphs(struct form_field *p, struct canvas *c, int y, const struct layout *o, int rows, bool current, int bottom)
{
	size_t from = 0, len, size = p->line.text.len;
	int row;
	struct buf part = BUF_INIT;

	follow_cursor(p, o, rows, current, &row);
	for (int i = 0; i < p->row + rows && from <= size; i++) {
		size_t next = line_wrap(p->line.text.data, size, from, o->wide, &len);

		if (i >= p->row && y + i - p->row < bottom) {
			buf_reset(&part);
			buf_add(&part, p->line.text.data + from, len);
			for (size_t k = 0; k < part.len; k++)
				if (part.data[k] == '\t')
					part.data[k] = ' ';
			canvas_text(c, y + i - p->row, o->x, o->wide, ROLE_FIELD, part.data);
			if (current && i == row)
				canvas_cursor(c, y + i - p->row, o->x + text_width(p->line.text.data + from, p->line.at - from));
		}
		from = next;
	}
	buf_release(&part);
}

/* Which letters are being typed, and what the form's owner says of it. */
static void tell_secret(const struct form *f, int i, struct buf *words)
{
	const struct form_field *p = &f->field[i];

	if (i == f->at)
		buf_adds(words, prompt_letters(f->last));
	if (words->len > 0 && p->reading.len > 0)
		buf_adds(words, " · ");
	buf_add(words, p->reading.data, p->reading.len);
}

/* What stands at the right of a field: what is wrong, loudly once the person has gone on, or how the text is read. */
static void draw_beside(const struct form *f, int i, struct canvas *c, int y, const struct layout *o)
{
	const struct form_field *p = &f->field[i];
	struct buf words = BUF_INIT;
	enum role role = ROLE_MUTED;

	if (o->beside == 0 || is_long(f, i))
		return;
	if (p->problem.len > 0) {
		role = p->left ? ROLE_WARNING : ROLE_MUTED;
		buf_addf(&words, "%s%s", p->left ? "! " : "", p->problem.data);
	} else if (p->secret) {
		tell_secret(f, i, &words);
	} else if (p->reading.len > 0 && strcmp(p->reading.data, p->line.text.data) != 0) {
		buf_addf(&words, "= %s", p->reading.data);
	}
	canvas_fit(c, y, o->beside, c->width - o->beside - 1, role, words.data);
	buf_release(&words);
}

static void draw_field(struct form *f, int i, struct canvas *c, int y, const struct layout *o, int bottom)
{
	struct form_field *p = &f->field[i];
	bool current = i == f->at;
	enum role role = current ? ROLE_CURRENT : ROLE_FIELD;
	int took;

	if (current)
		canvas_text(c, y, 1, 1, ROLE_SELECTED, c->glyphs->marker);
	took = canvas_fit(c, y, 3, o->label - (p->field->required ? 2 : 0), ROLE_LABEL, _(p->field->label));
	if (p->field->required)
		canvas_text(c, y, 3 + took, 2, ROLE_LABEL, " *");
	if (p->field->kind == FIELD_LONG_TEXT) {
		draw_paragraphs(p, c, y, o, rows_of(f, i, o), current, bottom);
	} else if (p->field->kind == FIELD_CHOICE && current) {
		canvas_text(c, y, o->x, o->width, role, "< ");
		took = canvas_fit(c, y, o->x + 2, o->width - 4, role, p->line.text.data);
		canvas_text(c, y, o->x + 2 + took, 2, role, " >");
		canvas_cursor(c, y, o->x + 2);
	} else {
		line_draw(&p->line, c, y, o->x, o->width, role, current, p->secret && !f->shown);
		if (current && p->chosen && text_width(p->line.text.data, p->line.text.len) < o->width)
			canvas_text(c, y, o->x, o->width, ROLE_CHOSEN, p->line.text.data);
	}
	draw_beside(f, i, c, y, o);
}

static void draw_suggestions(const struct form *f, struct canvas *c, int y, const struct layout *o, int top, int bottom)
{
	const struct completion *s = &f->suggestions;
	int first = y + 1 + s->count <= bottom ? y + 1 : y - s->count;
	int x = o->x - 1, width = c->width - x - 1;

	if (s->count == 0)
		return;
	if (first < top)
		first = top;
	for (int i = 0; i < s->count && first + i < bottom; i++) {
		int took;

		if (first + i == y)
			continue;
		canvas_fill(c, first + i, x, width, ROLE_TEXT, ' ');
		if (i == s->at)
			canvas_text(c, first + i, x, 1, ROLE_SELECTED, c->glyphs->marker);
		took = canvas_fit(c, first + i, x + 2, width - 2, ROLE_TEXT, s->item[i].text);
		canvas_fit(c, first + i, x + 4 + took, width - 4 - took, ROLE_MUTED, s->item[i].hint);
	}
}

/* The whole sentence where the place beside a field is too narrow for it: about the current field, else about the first that is wrong. */
static enum role tell_problem(const struct form *f, const struct canvas *c, const struct layout *o, struct buf *words)
{
	int wrong = f->at, room = o->beside > 0 ? c->width - o->beside - 3 : 0;

	if (is_long(f, f->at))
		room = 0;

	for (int i = 0; f->field[wrong].problem.len == 0 && i < f->count; i++)
		if (f->field[i].left && text_width(f->field[i].problem.data, f->field[i].problem.len) > room)
			wrong = i;
	if (text_width(f->field[wrong].problem.data, f->field[wrong].problem.len) > room)
		buf_addf(words, "! %s: %s", _(f->field[wrong].field->label), f->field[wrong].problem.data);
	if (words->len == 0 && f->field[f->at].secret) {
		tell_secret(f, f->at, words);
		if (text_width(words->data, words->len) <= room)
			buf_reset(words);
	}
	return f->field[wrong].left ? ROLE_WARNING : ROLE_MUTED;
}

/* So that the current field is seen, and no row stays empty that could show another one. */
static void scroll(struct form *f, const struct layout *o)
{
	int at = 0, all, room = o->room, here = rows_of(f, f->at, o);

	for (int i = 0; i < f->at; i++)
		at += rows_of(f, i, o);
	all = at;
	for (int i = f->at; i < f->count; i++)
		all += rows_of(f, i, o);
	if (f->top > all - room)
		f->top = all > room ? all - room : 0;
	if (at + here > f->top + room)
		f->top = at + here - room;
	if (at < f->top)
		f->top = at;
}

void form_draw(struct form *f, struct canvas *c, int top, int bottom)
{
	struct layout o = lay_out(f, c);
	struct buf problem = BUF_INIT;
	enum role role = tell_problem(f, c, &o, &problem);
	int rows = line_text_rows(problem.data, c->width - 2, (bottom - top) / 2), end = bottom - (rows > 1 ? rows : 1);
	int at = 0, current_y = top;

	o.room = end - top;
	f->text_width = is_long(f, f->at) ? o.wide : o.width;
	f->text_rows = rows_of(f, f->at, &o);
	scroll(f, &o);
	for (int i = 0; i < f->count; i++) {
		int y = top + at - f->top;

		if (y >= top && y < end)
			draw_field(f, i, c, y, &o, end);
		if (i == f->at)
			current_y = y;
		at += rows_of(f, i, &o);
	}
	line_text_draw(c, bottom - rows, 1, c->width - 2, rows, role, problem.data);
	draw_suggestions(f, c, current_y, &o, top, bottom);
	buf_release(&problem);
}
