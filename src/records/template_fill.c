/* The {names} of a text and what stands for them. */
#include "records/template.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"

/* --- filling --- */

static void add_plain(struct buf *out, const char *value)
{
	buf_adds(out, value);
}

/* A backslash before a sign makes it text, of every ASCII sign; a line feed would end the paragraph's line, or begin a list. */
static void add_escaped(struct buf *out, const char *value)
{
	for (const char *p = value; *p; p++) {
		if ((unsigned char)*p < 0x80 && ispunct((unsigned char)*p))
			buf_addc(out, '\\');
		buf_addc(out, *p == '\n' ? ' ' : *p);
	}
}

static const struct template_value *find(const struct template_value *values, const char *name, size_t len)
{
	for (; values->name; values++)
		if (strlen(values->name) == len && memcmp(values->name, name, len) == 0)
			return values;
	return NULL;
}

typedef void (*add_fn)(struct buf *, const char *);

/* Adds one line. False: it has names, and all of them stand for nothing. */
static bool fill_line(const char *p, const char *end, const struct template_value *values, add_fn add, struct buf *out)
{
	int names = 0, said = 0;
	while (p < end) {
		const char *close = *p == '{' ? memchr(p, '}', (size_t)(end - p)) : NULL;
		const struct template_value *v = close ? find(values, p + 1, (size_t)(close - p - 1)) : NULL;
		if (v) {
			names++;
			said += v->value && *v->value;
			add(out, v->value ? v->value : "");
			p = close + 1;
			continue;
		}
		const char *next = memchr(p + 1, '{', (size_t)(end - p - 1));
		size_t n = next ? (size_t)(next - p) : (size_t)(end - p);
		buf_add(out, p, n);
		p += n;
	}
	return names == 0 || said > 0;
}

static void fill(const char *text, const struct template_value *values, add_fn add, struct buf *out)
{
	while (*text) {
		const char *end = text + strcspn(text, "\n");
		size_t start = out->len;
		if (!fill_line(text, end, values, add, out))
			buf_cut(out, start);
		else if (*end)
			buf_addc(out, '\n');
		text = *end ? end + 1 : end;
	}
}

void template_fill(const char *text, const struct template_value *values, struct buf *out)
{
	fill(text, values, add_plain, out);
}

void template_fill_markdown(const char *text, const struct template_value *values, struct buf *out)
{
	fill(text, values, add_escaped, out);
}

/* --- values --- */

void template_values_set(struct template_values *v, const char *name, const char *value)
{
	int i = 0;
	while (i < v->count && strcmp(v->value[i].name, name) != 0)
		i++;
	bug_if(i == TEMPLATE_VALUES_MAX);
	char *copy = mem_dup(value ? value : "");
	if (i < v->count)
		free((char *)v->value[i].value);
	else
		v->count++;
	v->value[i] = (struct template_value){ name, copy };
}

void template_values_release(struct template_values *v)
{
	for (int i = 0; i < v->count; i++)
		free((char *)v->value[i].value);
	memset(v, 0, sizeof *v);
}

static void set_date(struct template_values *v)
{
	char today[DATE_SIZE], shown[DATE_SIZE];
	date_today(today);
	date_show(today, shown);
	template_values_set(v, "date", shown);
	today[4] = '\0';
	template_values_set(v, "year", today);
}

int template_values_programme(struct store *s, struct template_values *v, struct err *e)
{
	static const char *const names[] = { "programme", "grant", "organiser", "city", "signatory", "signatory_post" };
	char id[RECORD_ID_SIZE];
	set_date(v);
	if (programme_current(s, id, e) != 0)
		return -1;
	sqlite3_stmt *st = store_prepare(s, "SELECT title, \"grant\", organiser, city, signatory, signatory_post FROM programme WHERE id = ?1", e);
	if (!st)
		return -1;
	store_bind_text(st, 1, id);
	int rc = store_step(s, st, e);
	for (int i = 0; i < 6 && rc >= 0; i++)
		template_values_set(v, names[i], rc == 1 ? store_text(st, i) : "");
	if (rc >= 0)
		sqlite3_reset(st);
	return rc < 0 ? -1 : 0;
}
