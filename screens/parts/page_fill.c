/* What the class of a page sees: who it is, and the lines that it says. */
#include "screens/parts/page_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "records/number.h"
#include "screens/cards.h"
#include "screens/parts/loop.h"

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

void page_number(struct page *p, const char *label, int64_t n)
{
	struct buf text = BUF_INIT;

	buf_addi(&text, n);
	page_field(p, label, text.data);
	buf_release(&text);
}

void page_field_as(struct page *p, const char *label, enum role role, const char *text)
{
	page_lines_add(&p->lines, PAGE_FIELD, label, text, NULL)->role = role;
}

void page_text(struct page *p, enum role role, const char *text)
{
	page_lines_add(&p->lines, PAGE_TEXT, NULL, text, NULL)->role = role;
}

void page_marked(struct page *p, const char *text, const struct page_span *spans, int count)
{
	struct page_line *line = page_lines_add(&p->lines, PAGE_TEXT, NULL, text, NULL);

	if (count == 0)
		return;
	line->span = mem_alloc((size_t)count * sizeof *line->span);
	memcpy(line->span, spans, (size_t)count * sizeof *line->span);
	line->spans = count;
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

int page_numbers(struct page *p, const char *series, struct err *e)
{
	struct buf words = BUF_INIT;
	int rc = number_words(p->store, series, &words, e);

	if (rc == 0 && words.len > 0)
		page_text(p, ROLE_WARNING, words.data);
	buf_release(&words);
	return rc;
}
