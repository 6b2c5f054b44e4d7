#include "typeset/script.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"
#include "typeset/value.h"

#define CHUNK 65536
#define MARGIN_LEAST 5000
#define MARGIN_MOST 50000

/* Strings are many and small, and go all at once. */
struct chunk {
	struct chunk *next;
	size_t used, size;
	max_align_t data[];
};

void *script_memory(struct script *s, size_t count, size_t size)
{
	size_t step = sizeof(max_align_t), need;
	struct chunk *c = s->strings;
	char *p;

	bug_if(size != 0 && count > SCRIPT_MAX / size);
	need = (count * size + step - 1) / step * step;
	if (c == NULL || c->size - c->used < need) {
		size_t room = need > CHUNK / 4 ? need : CHUNK;

		c = mem_zero(1, sizeof *c + room);
		c->size = room;
		c->next = s->strings;
		s->strings = c;
	}
	p = (char *)c->data + c->used;
	c->used += need;
	return p;
}

const char *script_keep(struct script *s, const char *text, size_t len)
{
	char *copy;

	if (len == 0)
		return "";
	copy = script_memory(s, len + 1, 1);
	memcpy(copy, text, len);
	return copy;
}

void script_init(struct script *s)
{
	memset(s, 0, sizeof *s);
	s->title = s->author = s->foot = s->created = "";
	s->language = "en";
	s->of = "of";
	s->contents = "Contents";
	buf_init(&s->scratch);
}

void script_release(struct script *s)
{
	for (size_t i = 0; i < s->count; i++)
		if (s->pieces[i].table != NULL)
			free(s->pieces[i].table->cells);
	while (s->strings != NULL) {
		struct chunk *next = s->strings->next;

		free(s->strings);
		s->strings = next;
	}
	free(s->pieces);
	buf_release(&s->scratch);
}

/* --- the first line --- */

static int read_format(struct script *s, struct json_span span, struct err *e)
{
	static const char *const names[] = { "pdf", "xlsx", "html", NULL };
	int format = value_word(span, names, &s->scratch);

	if (format < 0)
		return err_set(e, ERR_REFUSED, _("the document is pdf, xlsx or html"));
	s->format = (enum script_format)format;
	return 0;
}

static int read_head(struct script *s, const char *line, size_t len, struct err *e)
{
	static const char *const keys[] = { "document", "version", "title", "author", "foot", "language", "of", "contents", "created", "landscape", "plain", "margin", NULL };
	struct json_span v[12];
	const char **const texts[] = { &s->title, &s->author, &s->foot, &s->language, &s->of, &s->contents, &s->created };
	int64_t version = 0, landscape = 0, plain = 0;
	struct json j;
	int rc = 0;

	json_open(&j, line, len);
	if (json_object(&j, keys, v, false) != 0 || json_finish(&j) != 0)
		rc = json_error(&j, ERR_REFUSED, e);
	json_close(&j);
	if (rc != 0 || read_format(s, v[0], e) != 0)
		return -1;
	if (value_number(v[1], 1, 1, true, &version) != 0)
		return err_set(e, ERR_REFUSED, _("a document of another version than 1; livenet and livenet-document must be of one release"));
	for (int i = 0; i < 7; i++)
		if (value_text(s, v[2 + i], false, texts[i]) != 0)
			return err_set(e, ERR_REFUSED, _("“%s” is no text"), keys[2 + i]);
	if (value_number(v[9], 0, 1, false, &landscape) != 0 || value_number(v[10], 0, 1, false, &plain) != 0)
		return err_set(e, ERR_REFUSED, _("“landscape” and “plain” are 0 or 1"));
	if (value_number(v[11], MARGIN_LEAST, MARGIN_MOST, false, &s->margin) != 0)
		return err_set(e, ERR_REFUSED, _("“%s” is not a number from %d to %d"), keys[11], MARGIN_LEAST, MARGIN_MOST);
	s->landscape = landscape == 1;
	s->plain = plain == 1;
	return 0;
}

/* --- lines --- */

int script_line(struct script *s, const char *line, size_t len, size_t number, struct err *e)
{
	int rc;

	if (s->ended)
		rc = err_set(e, ERR_REFUSED, _("something stands after the end"));
	else
		rc = number == 1 ? read_head(s, line, len, e) : script_piece(s, line, len, e);
	return rc == 0 ? 0 : err_prefix(e, _("line %zu"), number);
}

int script_end(struct script *s, struct err *e)
{
	return s->ended ? 0 : err_set(e, ERR_REFUSED, _("the document breaks off before its end"));
}

struct reader { struct buf rest; size_t read, lines; };

/* The whole lines of what was read. */
static int take_lines(struct script *s, struct reader *r, size_t fresh, struct err *e)
{
	const char *line = r->rest.data, *end = line + r->rest.len, *feed = memchr(end - fresh, '\n', fresh);

	for (; feed != NULL; feed = memchr(line, '\n', (size_t)(end - line))) {
		if ((size_t)(feed - line) > SCRIPT_LINE_MAX)
			break;
		if (script_line(s, line, (size_t)(feed - line), ++r->lines, e) != 0)
			return -1;
		line = feed + 1;
	}
	buf_drop(&r->rest, (size_t)(line - r->rest.data));
	if (r->rest.len > SCRIPT_LINE_MAX)
		return err_set(e, ERR_REFUSED, _("line %zu: it is longer than %d MiB"), r->lines + 1, (int)(SCRIPT_LINE_MAX >> 20));
	return 0;
}

static int read_all(struct script *s, int fd, struct reader *r, struct err *e)
{
	ssize_t n;

	for (;;) {
		buf_reserve(&r->rest, CHUNK);
		n = read(fd, r->rest.data + r->rest.len, CHUNK);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return err_sys(e, ERR_REFUSED, _("standard input"));
		if (n == 0)
			break;
		buf_grown(&r->rest, (size_t)n);
		r->read += (size_t)n;
		if (r->read > SCRIPT_MAX)
			return err_set(e, ERR_REFUSED, _("the document is larger than %d MiB"), (int)(SCRIPT_MAX >> 20));
		if (take_lines(s, r, (size_t)n, e) != 0)
			return -1;
	}
	return r->rest.len > 0 ? err_set(e, ERR_REFUSED, _("the document breaks off before its end")) : script_end(s, e);
}

int script_read(struct script *s, int fd, struct err *e)
{
	struct reader r = { BUF_INIT, 0, 0 };
	int rc = read_all(s, fd, &r, e);

	buf_release(&r.rest);
	return rc;
}
