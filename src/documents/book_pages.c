/* The pages of the book. */
#include "documents/book_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "records/story.h"
#include "records/template.h"

/* --- who wrote it --- */

struct author {
	const struct book_text *first;
	char *key;			/* text_sort_key of the name */
};

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct author *)a)->key, ((const struct author *)b)->key);
}

static bool same_author(const struct book_text *a, const struct book_text *b)
{
	return strcmp(record_get(&a->record, "author"), record_get(&b->record, "author")) == 0;
}

/* Each once, by name. The caller frees with authors_free. */
static struct author *authors_of(const struct book *b, int *count)
{
	struct author *all = mem_zero((size_t)b->count, sizeof *all);
	*count = 0;
	for (int i = 0; i < b->count; i++) {
		bool known = false;
		for (int k = 0; k < *count && !known; k++)
			known = same_author(all[k].first, &b->text[i]);
		if (known)
			continue;
		struct buf key = BUF_INIT;
		text_sort_key(b->text[i].author.data, b->text[i].author.len, &key);
		all[(*count)++] = (struct author){ &b->text[i], buf_detach(&key) };
	}
	qsort(all, (size_t)*count, sizeof *all, by_name);
	return all;
}

static void authors_free(struct author *all, int count)
{
	for (int i = 0; i < count; i++)
		free(all[i].key);
	free(all);
}

/* The name, where from, and the titles below it. */
static void set_authors(struct typeset *t, const struct book *b, const struct author *author, int authors)
{
	static const struct typeset_style name = { .align = TYPESET_LEFT, .bold = true }, from = { .align = TYPESET_LEFT, .italic = true };
	typeset_break(t);
	/* TRANSLATORS: heading of the last part of the book: who wrote it */
	typeset_heading(t, 1, _("Authors"));
	for (int i = 0; i < authors; i++) {
		typeset_keep(t);
		typeset_text(t, &name, author[i].first->author.data);
		if (author[i].first->from.len)
			typeset_text(t, &from, author[i].first->from.data);
		for (int k = 0; k < b->count; k++)
			if (same_author(author[i].first, &b->text[k]))
				typeset_list_item(t, record_get(&b->text[k].record, "title"));
		typeset_kept(t);
		typeset_space(t, 2);
	}
}

/* --- the front --- */

struct front {
	struct template_text text;
	struct template_values values;
	struct buf title, page, preface;	/* page: what stands on the title page besides */
	bool plain;				/* … without a sign of Markdown */
};

static void front_release(struct front *f)
{
	template_text_release(&f->text);
	template_values_release(&f->values);
	buf_release(&f->title);
	buf_release(&f->page);
	buf_release(&f->preface);
}

/* Where the first line "---" begins, and where the text goes on behind it; both the end where there is none. */
static size_t rule_in(const char *body, size_t len, size_t *behind)
{
	size_t line = 0;
	while (line < len) {
		size_t end = line + strcspn(body + line, "\n");
		if (end - line == 3 && memcmp(body + line, "---", 3) == 0) {
			*behind = end < len ? end + 1 : end;
			return line;
		}
		line = end + 1;
	}
	*behind = len;
	return len;
}

static int read_front(const struct book *b, int authors, struct front *f, struct err *e)
{
	char number[24];
	struct record programme;
	char id[RECORD_ID_SIZE], day[11];
	*f = (struct front){ .title = BUF_INIT, .page = BUF_INIT, .preface = BUF_INIT };
	buf_init(&f->text.title);
	buf_init(&f->text.body);
	if (template_text(b->s, "book", NULL, &f->text, e) != 0 || template_values_programme(b->s, &f->values, e) != 0 ||
	    programme_current(b->s, id, e) != 0)
		return -1;
	snprintf(number, sizeof number, "%d", authors);
	template_values_set(&f->values, "authors", number);
	snprintf(number, sizeof number, "%d", b->count);
	template_values_set(&f->values, "stories", number);
	if (record_load(b->s, &programme, &programme_type, id, NULL) == 0) {
		date_show(record_get(&programme, "since"), day);
		template_values_set(&f->values, "since", day);
		date_show(record_get(&programme, "until"), day);
		template_values_set(&f->values, "until", day);
		record_release(&programme);
	}
	size_t behind, end = rule_in(f->text.body.data, f->text.body.len, &behind);
	bool ruled = behind > end;
	struct buf part = BUF_INIT;
	if (ruled) {
		buf_add(&part, f->text.body.data, end);
		f->plain = !part.data[strcspn(part.data, "*#[`>\\&")];
		(f->plain ? template_fill : template_fill_markdown)(part.data, f->values.value, &f->page);
	}
	template_fill_markdown(f->text.body.data + (ruled ? behind : 0), f->values.value, &f->preface);
	template_fill(f->text.title.data, f->values.value, &f->title);
	buf_release(&part);
	return 0;
}

static const char *value_of(const struct front *f, const char *name)
{
	for (const struct template_value *v = f->values.value; v->name; v++)
		if (strcmp(v->name, name) == 0)
			return v->value;
	return "";
}

static void set_place(struct typeset *t, const struct front *f, const struct typeset_style *style)
{
	struct buf foot = BUF_INIT;
	buf_addf(&foot, "%s%s%s", value_of(f, "city"), *value_of(f, "city") ? ", " : "", value_of(f, "year"));
	typeset_text(t, style, foot.data);
	buf_release(&foot);
}

/* What a name that has no value leaves: «, 2020» where the city is not known. */
static void trim(struct buf *part)
{
	buf_drop(part, strspn(part->data, ", \n"));
	while (part->len && strchr(", \n", part->data[part->len - 1]))
		buf_cut(part, part->len - 1);
}

/* Paragraphs in the middle of the page. */
static void set_page_words(struct typeset *t, const char *text, const struct typeset_style *style)
{
	struct buf part = BUF_INIT;
	for (size_t len; *text; text += len) {
		const char *end = strstr(text, "\n\n");
		len = end ? (size_t)(end - text) + 2 : strlen(text);
		buf_reset(&part);
		buf_add(&part, text, end ? len - 2 : len);
		trim(&part);
		if (part.len) {
			typeset_text(t, style, part.data);
			typeset_space(t, 4);
		}
	}
	buf_release(&part);
}

static void set_title_page(struct typeset *t, const struct book *b, const struct front *f)
{
	static const struct typeset_style over = { .align = TYPESET_CENTRE, .size = 13 }, title = { .align = TYPESET_CENTRE, .bold = true, .size = 26 },
		mark = { .align = TYPESET_CENTRE, .italic = true, .size = 12 };
	if (!f->page.len) {
		typeset_text(t, &over, value_of(f, "organiser"));
		typeset_text(t, &over, value_of(f, "programme"));
	}
	typeset_space(t, 60);
	typeset_text(t, &title, f->title.data);
	if (b->draft)
		/* TRANSLATORS: on the title page of a draft of the book */
		typeset_text(t, &mark, _("Draft, with texts that are not accepted yet"));
	typeset_space(t, 12);
	if (f->plain)
		set_page_words(t, f->page.data, &over);
	else
		typeset_markdown(t, f->page.data);
	if (!f->page.len) {
		typeset_space(t, 70);
		set_place(t, f, &over);
	}
	typeset_break(t);
}

static void set_front(struct typeset *t, const struct book *b, const struct front *f)
{
	set_title_page(t, b, f);
	if (strspn(f->preface.data, " \n\t") < f->preface.len) {
		typeset_markdown(t, f->preface.data);
		typeset_break(t);
	}
	typeset_contents(t);
}

/* --- the texts --- */

static void set_text(struct typeset *t, const struct book_text *text, int level)
{
	static const struct typeset_style name = { .align = TYPESET_LEFT, .bold = true }, from = { .align = TYPESET_LEFT, .italic = true };
	const char *state = record_get(&text->record, "state"), *kind = record_get(&text->record, "kind");
	struct buf words = BUF_INIT;
	typeset_keep(t);
	typeset_heading(t, level, record_get(&text->record, "title"));
	typeset_text(t, &name, text->author.data);
	buf_add(&words, text->from.data, text->from.len);
	buf_addf(&words, "%s%s", words.len ? " · " : "", _(choice_find(story_kinds, kind) ? choice_find(story_kinds, kind)->label : kind));
	if (strcmp(state, STORY_ACCEPTED) != 0)
		buf_addf(&words, " · %s", _(choice_find(story_states, state) ? choice_find(story_states, state)->label : state));
	typeset_text(t, &from, words.data);
	typeset_kept(t);
	typeset_space(t, 2);
	typeset_markdown(t, record_get(&text->record, "body"));
	typeset_space(t, 6);
	buf_release(&words);
}

/* A section begins a new page, and so does a text where there are no sections. */
static void set_texts(struct typeset *t, const struct book *b)
{
	bool sections = *record_get(&b->text[0].record, "section") != '\0';	/* what has none comes last */
	const char *before = "";
	for (int i = 0; i < b->count; i++) {
		const char *section = record_get(&b->text[i].record, "section");
		if (sections && (i == 0 || strcmp(section, before) != 0)) {
			typeset_break(t);
			/* TRANSLATORS: in the book: texts that belong to no section */
			typeset_heading(t, 1, *section ? section : _("Other texts"));
		} else if (!sections) {
			typeset_break(t);
		}
		before = section;
		set_text(t, &b->text[i], sections ? 2 : 1);
	}
}

int book_typeset(struct book *b, enum typeset_format format, struct buf *out, struct err *e)
{
	int authors;
	struct author *author = authors_of(b, &authors);
	struct front f;
	int rc = read_front(b, authors, &f, e);
	b->account->texts = b->count;
	b->account->authors = authors;
	if (rc == 0) {
		struct typeset_page page = { .title = f.title.data, .author = value_of(&f, "organiser"), .foot = f.title.data };
		struct typeset *t = typeset_begin(format, &page);
		set_front(t, b, &f);
		set_texts(t, b);
		set_authors(t, b, author, authors);
		rc = typeset_finish(t, out, e);
	}
	front_release(&f);
	authors_free(author, authors);
	return rc;
}
