#include "screens/parts/line.h"

#include <string.h>

#include "base/text.h"
#include "crypto/secret.h"

void line_init(struct line *l, size_t most, bool secret)
{
	buf_init(&l->text);
	l->at = l->count = 0;
	l->most = most;
	l->secret = secret;
	if (secret)
		buf_reserve(&l->text, LINE_SECRET_SIZE);
}

void line_release(struct line *l)
{
	if (l->secret)
		secret_wipe(l->text.data, l->text.len);
	buf_release(&l->text);
	l->at = l->count = 0;
}

void line_set(struct line *l, const char *text)
{
	size_t len = strlen(text);

	if (l->secret)
		secret_wipe(l->text.data, l->text.len);
	buf_reset(&l->text);
	if (l->secret && len > LINE_SECRET_SIZE - 8)
		len = 0;
	buf_add(&l->text, text, len);
	l->at = len;
	l->count = text_length(text, len);
}

bool line_insert(struct line *l, uint32_t character)
{
	char bytes[8];
	struct buf one = BUF_INIT;
	size_t len, old = l->text.len;

	if (text_char_unsafe(character) && character != '\n' && character != '\t')
		return false;
	if (l->most > 0 && l->count >= l->most)
		return false;
	text_put(&one, character);
	len = one.len < sizeof bytes ? one.len : 0;
	memcpy(bytes, one.data, len);
	buf_release(&one);
	if (len == 0 || (l->secret && old + len > LINE_SECRET_SIZE - 8))
		return false;
	buf_reserve(&l->text, len);
	buf_add(&l->text, bytes, len);
	memmove(l->text.data + l->at + len, l->text.data + l->at, old - l->at);
	memcpy(l->text.data + l->at, bytes, len);
	l->at += len;
	l->count++;
	if (l->secret)
		secret_wipe(bytes, sizeof bytes);
	return true;
}

static bool is_continuation(char byte)
{
	return ((unsigned char)byte & 0xc0) == 0x80;
}

/* The character before `at`, with its combining marks. */
static size_t before(const struct line *l, size_t at)
{
	uint32_t cp;

	while (at > 0) {
		do
			at--;
		while (at > 0 && is_continuation(l->text.data[at]));
		text_next(l->text.data + at, l->text.len - at, &cp, NULL);
		if (text_char_width(cp) > 0 || cp == '\n' || cp == '\t')
			break;
	}
	return at;
}

static size_t after(const struct line *l, size_t at)
{
	uint32_t cp;

	if (at < l->text.len)
		at += text_next(l->text.data + at, l->text.len - at, &cp, NULL);
	while (at < l->text.len) {
		size_t step = text_next(l->text.data + at, l->text.len - at, &cp, NULL);

		if (text_char_width(cp) > 0 || cp == '\n' || cp == '\t')
			break;
		at += step;
	}
	return at;
}

static size_t word_before(const struct line *l, size_t at)
{
	while (at > 0 && l->text.data[at - 1] == ' ')
		at--;
	while (at > 0 && l->text.data[at - 1] != ' ' && l->text.data[at - 1] != '\n')
		at--;
	return at;
}

static void cut(struct line *l, size_t from, size_t to)
{
	size_t old = l->text.len;

	l->count -= text_length(l->text.data + from, to - from);
	memmove(l->text.data + from, l->text.data + to, old - to);
	if (l->secret)
		secret_wipe(l->text.data + old - (to - from), to - from);
	buf_cut(&l->text, old - (to - from));
	l->at = from;
}

bool line_act(struct line *l, enum action action)
{
	switch (action) {
	case ACTION_LEFT: l->at = before(l, l->at); return true;
	case ACTION_RIGHT: l->at = after(l, l->at); return true;
	case ACTION_START: l->at = 0; return true;
	case ACTION_END: l->at = l->text.len; return true;
	case ACTION_ERASE: cut(l, before(l, l->at), l->at); return true;
	case ACTION_ERASE_NEXT: cut(l, l->at, after(l, l->at)); return true;
	case ACTION_ERASE_WORD: cut(l, word_before(l, l->at), l->at); return true;
	case ACTION_ERASE_ALL: cut(l, 0, l->text.len); return true;
	default: return false;
	}
}

static void draw_hidden(const struct line *l, struct canvas *c, int y, int x, int width, enum role role, bool current)
{
	int count = (int)text_length(l->text.data, l->text.len), place = (int)text_length(l->text.data, l->at);
	int shift = place >= width ? place - width + 1 : 0;

	canvas_fill(c, y, x, width, role, ' ');
	canvas_fill(c, y, x, count - shift < width ? count - shift : width, role, '*');
	if (current)
		canvas_cursor(c, y, x + place - shift);
}

void line_draw(const struct line *l, struct canvas *c, int y, int x, int width, enum role role, bool current, bool hidden)
{
	size_t from = 0;

	if (width <= 0)
		return;
	if (hidden) {
		draw_hidden(l, c, y, x, width, role, current);
		return;
	}
	canvas_fill(c, y, x, width, role, ' ');
	if (!current) {
		canvas_fit(c, y, x, width, role, l->text.data);
		return;
	}
	while (text_width(l->text.data + from, l->at - from) >= width)
		from = after(l, from);
	canvas_text(c, y, x, width, role, l->text.data + from);
	canvas_cursor(c, y, x + text_width(l->text.data + from, l->at - from));
}

size_t line_wrap(const char *text, size_t size, size_t from, int width, size_t *len)
{
	size_t at = from, space = 0;
	int column = 0;

	while (at < size) {
		uint32_t cp;
		size_t step = text_next(text + at, size - at, &cp, NULL);
		int wide = cp == '\t' ? 1 : text_char_width(cp);

		if (cp == '\n') {
			*len = at - from;
			return at + 1;
		}
		if (column + wide > width) {
			size_t end = space > from ? space : at > from ? at : at + step;

			*len = end - from;
			return end;
		}
		column += wide;
		at += step;
		if (cp == ' ' || cp == '\t')
			space = at;
	}
	*len = at - from;
	return size + 1;
}

int line_text_rows(const char *text, int width, int most)
{
	size_t size = strlen(text), len;
	int rows = 0;

	for (size_t from = 0; from < size && rows < most; rows++)
		from = line_wrap(text, size, from, width > 0 ? width : 1, &len);
	return rows;
}

int line_text_draw(struct canvas *c, int y, int x, int width, int rows, enum role role, const char *text)
{
	size_t size = strlen(text), len, from = 0;
	struct buf part = BUF_INIT;
	int took = 0;

	for (int row = 0; row < rows && from <= size; row++) {
		size_t next = line_wrap(text, size, from, width > 0 ? width : 1, &len);

		buf_reset(&part);
		buf_add(&part, text + from, row < rows - 1 ? len : size - from);
		while (part.len > 0 && part.data[part.len - 1] == ' ')
			buf_cut(&part, part.len - 1);
		took = canvas_fit(c, y + row, x, width, role, part.data);
		from = next;
	}
	buf_release(&part);
	return took;
}

int line_rows(const struct line *l, int width, int *current)
{
	size_t from = 0, len;
	int rows = 0;

	*current = 0;
	while (from <= l->text.len) {
		if (l->at >= from)
			*current = rows;
		from = line_wrap(l->text.data, l->text.len, from, width, &len);
		rows++;
	}
	return rows;
}

bool line_row(struct line *l, int width, int by)
{
	size_t from = 0, next = 0, len = 0;
	int current, rows = line_rows(l, width, &current), wanted = current + by;
	int column;

	if (wanted < 0 || wanted >= rows)
		return false;
	for (int i = 0; i <= current; i++) {
		from = next;
		next = line_wrap(l->text.data, l->text.len, from, width, &len);
	}
	column = text_width(l->text.data + from, l->at - from);
	next = 0;
	for (int i = 0; i <= wanted; i++) {
		from = next;
		next = line_wrap(l->text.data, l->text.len, from, width, &len);
	}
	/* A row that was broken ends where the next begins: its last place belongs to that one. */
	if (wanted + 1 < rows && next == from + len && len > 0)
		len = before(l, next) - from;
	l->at = from + text_fit(l->text.data + from, len, column);
	return true;
}

void line_edge(struct line *l, int width, int by)
{
	size_t from = 0, next = 0, len = 0, edge;
	int current;

	line_rows(l, width, &current);
	for (int i = 0; i <= current; i++) {
		from = next;
		next = line_wrap(l->text.data, l->text.len, from, width, &len);
	}
	/* The last place of a row that was broken belongs to the next one. */
	if (by > 0)
		edge = next == from + len && len > 0 && next <= l->text.len ? before(l, next) : from + len;
	else
		edge = from;
	l->at = l->at != edge ? edge : by > 0 ? l->text.len : 0;
}
