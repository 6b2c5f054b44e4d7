#include "screens/parts/page_changes.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "records/label.h"
#include "records/trail.h"
#include "screens/parts/words.h"
#include "store/lately.h"

#define LINES_MOST 4

struct changes {
	struct page *page;
	const struct record_type *type;		/* of the card */
	struct buf when, who, what;	/* the line that is being put together */
	int shown;
};

void page_author(const struct author *a, struct buf *out)
{
	if (a->person[0] != '\0')
		words_initials(a->person, out);
	else
		buf_adds(out, a->label[0] != '\0' ? a->label : a->tag);
}

static void end_line(struct changes *c)
{
	struct buf text = BUF_INIT;

	if (c->what.len > 0 && c->shown < LINES_MOST) {
		if (c->shown++ == 0)
			page_heading(c->page, _("Last changes"));
		buf_addf(&text, "%s  %s", c->when.data, c->what.data);
		page_line(c->page, text.data, c->who.data);
	}
	buf_reset(&c->when);
	buf_reset(&c->who);
	buf_reset(&c->what);
	buf_release(&text);
}

/* Several consents of one moment are one word. */
static bool is_named(const char *what, const char *word)
{
	const char *at = strstr(what, word);

	return at != NULL && (at == what || at[-1] == ' ') && (at[strlen(word)] == '\0' || at[strlen(word)] == ',');
}

/* A label within a sentence begins with a small letter. */
static void add_label(const char *label, struct buf *out)
{
	uint32_t cp;
	size_t first = label[0] != '\0' ? text_next(label, strlen(label), &cp, NULL) : 0;

	if (first > 0)
		text_put(out, text_char_lower(cp));
	buf_adds(out, label + first);
}

/* What has no card of its own is named by its kind: consents, mentorships, links to other cards. */
static const char *kind_of(const char *table)
{
	const struct record_type *t = label_type(table);

	return t != NULL && t != &person_type && strcmp(table, LABEL_PARTICIPATION) != 0 ? _(t->title) : NULL;
}

static int add_change(void *context, const struct lately *l, struct err *e)
{
	struct changes *c = context;
	struct buf who = BUF_INIT, word = BUF_INIT;
	char when[17];

	(void)e;
	date_local(l->ms, when);
	page_author(&l->author, &who);
	if (strcmp(when, c->when.data) != 0 || strcmp(who.data, c->who.data) != 0)
		end_line(c);
	if (c->when.len == 0) {
		buf_adds(&c->when, when);
		buf_adds(&c->who, who.data);
	}
	if (strcmp(l->table, c->type->table) != 0 && kind_of(l->table) != NULL)
		add_label(kind_of(l->table), &word);
	else if (l->column[0] != '\0')
		add_label(label_column(l->table, l->column), &word);
	else if (strcmp(l->table, LABEL_PARTICIPATION) != 0)
		/* TRANSLATORS: of a record: when and by whom it was entered */
		buf_adds(&word, _("entered"));
	if (word.len > 0 && !is_named(c->what.data, word.data))
		buf_addf(&c->what, "%s%s", c->what.len > 0 ? ", " : "", word.data);
	buf_release(&who);
	buf_release(&word);
	return 0;
}

/* Itself, and of a person what belongs to it: of role and stage those in the current programme. */
static int add_all(struct changes *c, const char *id, struct trail_parts *parts, struct err *e)
{
	char programme[RECORD_ID_SIZE];
	int count = 0;

	if (c->type != &person_type) {
		const struct history_record alone = { c->type->table, id };

		return lately_each(store_journal(page_store(c->page)), &alone, 1, add_change, c, e);
	}
	if (programme_current(page_store(c->page), programme, e) != 0 || trail_parts(page_store(c->page), c->type, id, parts, e) != 0)
		return -1;
	for (int i = 0; i < parts->count; i++) {
		struct history_record one = parts->record[i];

		if (strcmp(one.table, LABEL_PARTICIPATION) == 0 && strncmp(one.pk, programme, strlen(programme)) != 0)
			continue;
		parts->record[i] = parts->record[count];
		parts->record[count++] = one;
	}
	return lately_each(store_journal(page_store(c->page)), parts->record, count, add_change, c, e);
}

int page_changes(struct page *p, struct err *e)
{
	struct changes c = { p, NULL, BUF_INIT, BUF_INIT, BUF_INIT, 0 };
	struct trail_parts *parts = mem_zero(1, sizeof *parts);
	const char *id;
	int rc;

	c.type = page_record(p, &id);
	rc = add_all(&c, id, parts, e);
	end_line(&c);
	trail_parts_release(parts);
	free(parts);
	buf_release(&c.when);
	buf_release(&c.who);
	buf_release(&c.what);
	return rc;
}
