/* A text in CommonMark on a page, as plainly as a terminal has it: headings bold, lists with bullets, what is stressed bold or underlined, a link by its words
 * with the address behind them. What it does not know stands as it was typed. A paragraph's lines flow together; blank rows stand between paragraphs. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "screens/parts/page.h"

/* --- inside a paragraph --- */

struct marked {
	struct buf text;		/* escaped */
	struct page_span *span;
	int spans;
	size_t strong, emphasis;	/* where they begin; NONE: not in one */
};

#define NONE ((size_t)-1)

static void add_span(struct marked *m, size_t from, enum role role)
{
	if (m->text.len == from)
		return;
	m->span = mem_resize(m->span, (size_t)m->spans + 1, sizeof *m->span);
	m->span[m->spans++] = (struct page_span){ from, m->text.len - from, role };
}

static bool is_word(const char *text, size_t len, size_t at)
{
	unsigned char c = at < len ? (unsigned char)text[at] : ' ';

	return c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* The same run of signs further on, with something before it that is no blank. */
static bool closes_later(const char *text, size_t len, size_t from, char sign, size_t count)
{
	for (size_t i = from; i + count <= len; i++) {
		size_t run = 0;

		while (i + run < len && text[i + run] == sign)
			run++;
		if (run >= count && i > from && text[i - 1] != ' ' && (sign != '_' || !is_word(text, len, i + run)))
			return true;
		i += run > 0 ? run - 1 : 0;
	}
	return false;
}

/* A run of * or _; false: it is text. */
static bool stress(struct marked *m, const char *text, size_t len, size_t *at)
{
	char sign = text[*at];
	size_t count = *at + 1 < len && text[*at + 1] == sign ? 2 : 1, behind = *at + count;
	size_t *open = count == 2 ? &m->strong : &m->emphasis;

	if (*open != NONE) {
		if (*at == 0 || text[*at - 1] == ' ' || (sign == '_' && is_word(text, len, behind)))
			return false;
		add_span(m, *open, count == 2 ? ROLE_STRONG : ROLE_EMPHASIS);
		*open = NONE;
	} else {
		if (behind >= len || text[behind] == ' ' || (sign == '_' && *at > 0 && is_word(text, len, *at - 1)) ||
		    !closes_later(text, len, behind, sign, count))
			return false;
		*open = m->text.len;
	}
	*at = behind;
	return true;
}

/* [words](address), ![words](address); false: it is text. */
static bool link(struct marked *m, const char *text, size_t len, size_t *at)
{
	size_t words = *at + (text[*at] == '!' ? 2 : 1), end, stop;

	if (words > len || text[words - 1] != '[')
		return false;
	end = words + strcspn(text + words, "]\n");
	if (end + 1 >= len || text[end] != ']' || text[end + 1] != '(')
		return false;
	stop = end + 2 + strcspn(text + end + 2, ")\n");
	if (stop >= len || text[stop] != ')')
		return false;
	text_escape(text + words, end - words, &m->text);
	if (stop > end + 2) {
		buf_adds(&m->text, " (");
		text_escape(text + end + 2, stop - end - 2, &m->text);
		buf_addc(&m->text, ')');
	}
	*at = stop + 1;
	return true;
}

static bool code(struct marked *m, const char *text, size_t len, size_t *at)
{
	size_t end = *at + 1 + strcspn(text + *at + 1, "`");

	if (end >= len)
		return false;
	text_escape(text + *at + 1, end - *at - 1, &m->text);
	*at = end + 1;
	return true;
}

static bool is_sign(char c)
{
	return c != '\0' && strchr("\\`*_{}[]()#+-.!<>|~\"'", c) != NULL;
}

/* `text` ends with a NUL behind `len`. A line feed in it is one to be kept. */
static void read_inline(struct marked *m, const char *text, size_t len)
{
	for (size_t at = 0, plain; at < len; ) {
		char c = text[at];

		if (((c == '*' || c == '_') && stress(m, text, len, &at)) || ((c == '[' || c == '!') && link(m, text, len, &at)) ||
		    (c == '`' && code(m, text, len, &at)))
			continue;
		if (c == '\n') {
			buf_addc(&m->text, '\n');
			at++;
			continue;
		}
		if (c == '\\' && is_sign(text[at + 1]))
			at++;
		plain = at + 1;
		while (plain < len && strchr("*_[!`\\\n", text[plain]) == NULL)
			plain++;
		text_escape(text + at, plain - at, &m->text);
		at = plain;
	}
}

/* --- paragraphs --- */

struct reader {
	struct page *page;
	struct buf paragraph;
	const char *prefix;		/* of the paragraph: a bullet */
	bool any, fenced;		/* any: something stands above */
};

static void show(struct reader *r, const char *prefix, const char *text, size_t len, enum role whole)
{
	struct marked m = { BUF_INIT, NULL, 0, NONE, NONE };

	buf_adds(&m.text, prefix);
	if (whole != ROLE_TEXT)
		m.strong = 0;
	read_inline(&m, text, len);
	if (whole != ROLE_TEXT) {
		m.spans = 0;
		add_span(&m, 0, whole);
	}
	page_marked(r->page, m.text.data, m.span, m.spans);
	free(m.span);
	buf_release(&m.text);
	r->any = true;
}

static void blank(struct reader *r)
{
	if (r->any)
		page_text(r->page, ROLE_TEXT, "");
}

static void end_paragraph(struct reader *r, enum role whole)
{
	size_t len = r->paragraph.len;

	while (len > 0 && (r->paragraph.data[len - 1] == ' ' || r->paragraph.data[len - 1] == '\n'))
		len--;
	buf_cut(&r->paragraph, len);
	if (len > 0)
		show(r, r->prefix, r->paragraph.data, len, whole);
	buf_reset(&r->paragraph);
	r->prefix = "";
}

/* What stood between fences is as it was typed. */
static void end_code(struct reader *r)
{
	struct buf plain = BUF_INIT;
	size_t len = r->paragraph.len;

	while (len > 0 && r->paragraph.data[len - 1] == '\n')
		len--;
	for (size_t i = 0; i < len; i++) {
		if (r->paragraph.data[i] != '\n' && is_sign(r->paragraph.data[i]))
			buf_addc(&plain, '\\');
		buf_addc(&plain, r->paragraph.data[i]);
	}
	if (plain.len > 0)
		show(r, "", plain.data, plain.len, ROLE_TEXT);
	buf_reset(&r->paragraph);
	buf_release(&plain);
}

/* "- ", "3. " …: how long the mark is, 0: none. */
static size_t list_mark(const char *line, size_t len)
{
	size_t digits = strspn(line, "0123456789");

	if (len >= 2 && strchr("-*+", line[0]) != NULL && line[1] == ' ')
		return 2;
	if (digits > 0 && digits < 10 && digits + 1 < len && (line[digits] == '.' || line[digits] == ')') && line[digits + 1] == ' ')
		return digits + 2;
	return 0;
}

static bool is_rule(const char *line, size_t len)
{
	size_t signs = 0;

	for (size_t i = 0; i < len; i++) {
		if (line[i] != ' ' && line[i] != line[0])
			return false;
		signs += line[i] != ' ';
	}
	return signs >= 3 && strchr("-*_", line[0]) != NULL;
}

static size_t heading_mark(const char *line, size_t len)
{
	size_t marks = strspn(line, "#");

	return marks >= 1 && marks <= 6 && marks < len && line[marks] == ' ' ? marks + 1 : 0;
}

static void add_line(struct reader *r, const char *line, size_t len)
{
	bool broken = len >= 2 && strncmp(line + len - 2, "  ", 2) == 0;

	if (len > 0 && line[len - 1] == '\\') {
		broken = true;
		len--;
	}
	while (len > 0 && line[len - 1] == ' ')
		len--;
	if (r->paragraph.len > 0 && r->paragraph.data[r->paragraph.len - 1] != '\n')
		buf_addc(&r->paragraph, ' ');
	buf_add(&r->paragraph, line, len);
	if (broken)
		buf_addc(&r->paragraph, '\n');
}

static void begin_item(struct reader *r, const char *line, size_t mark, size_t len, size_t indent)
{
	static const char *const bullets[] = { "• ", "  • ", "    • " };
	size_t depth = indent / 2 < 2 ? indent / 2 : 2;

	end_paragraph(r, ROLE_TEXT);
	if (line[0] >= '0' && line[0] <= '9') {
		add_line(r, line, len);		/* its number is its bullet */
		return;
	}
	r->prefix = bullets[depth];
	add_line(r, line + mark, len - mark);
}

static void read_line(struct reader *r, const char *line, size_t len)
{
	size_t indent = strspn(line, " "), mark;
	const char *text;

	if (indent > len)
		indent = len;
	text = line + indent;
	len -= indent;
	if (len >= 3 && (strncmp(text, "```", 3) == 0 || strncmp(text, "~~~", 3) == 0)) {
		if (r->fenced)
			end_code(r);
		else
			end_paragraph(r, ROLE_TEXT);
		r->fenced = !r->fenced;
	} else if (r->fenced) {
		buf_add(&r->paragraph, line, indent + len);
		buf_addc(&r->paragraph, '\n');
	} else if (len == 0) {
		bool had = r->paragraph.len > 0;

		end_paragraph(r, ROLE_TEXT);
		if (had)
			blank(r);
	} else if (r->paragraph.len > 0 && r->prefix[0] == '\0' && (strspn(text, "=") == len || (strspn(text, "-") == len && len > 1))) {
		end_paragraph(r, ROLE_STRONG);
	} else if (is_rule(text, len)) {
		end_paragraph(r, ROLE_TEXT);
		show(r, "* * *", "", 0, ROLE_TEXT);
	} else if ((mark = heading_mark(text, len)) > 0) {
		end_paragraph(r, ROLE_TEXT);
		add_line(r, text + mark, len - mark);
		end_paragraph(r, ROLE_STRONG);
	} else if ((mark = list_mark(text, len)) > 0) {
		begin_item(r, text, mark, len, indent);
	} else {
		add_line(r, text, len);
	}
}

void page_markdown(struct page *p, const char *text)
{
	struct reader r = { .page = p, .paragraph = BUF_INIT, .prefix = "" };

	for (size_t len; *text != '\0'; text += len) {
		len = strcspn(text, "\n");
		read_line(&r, text, len);
		len += text[len] == '\n';
	}
	if (r.fenced)
		end_code(&r);
	end_paragraph(&r, ROLE_TEXT);
	buf_release(&r.paragraph);
}
