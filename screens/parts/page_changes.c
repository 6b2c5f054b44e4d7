#include "screens/parts/page_changes.h"

#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/text.h"
#include "records/label.h"
#include "screens/parts/words.h"
#include "store/lately.h"

#define LINES_MOST 4

struct changes {
	struct page *page;
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

/* A label within a sentence begins with a small letter. */
static void add_label(const char *label, struct buf *out)
{
	uint32_t cp;
	size_t first = label[0] != '\0' ? text_next(label, strlen(label), &cp, NULL) : 0;

	if (first > 0)
		text_put(out, text_char_lower(cp));
	buf_adds(out, label + first);
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
	if (l->column[0] != '\0')
		add_label(label_column(l->table, l->column), &word);
	else if (strcmp(l->table, LABEL_PARTICIPATION) != 0)
		/* TRANSLATORS: of a record: when and by whom it was entered */
		buf_adds(&word, _("entered"));
	if (word.len > 0)
		buf_addf(&c->what, "%s%s", c->what.len > 0 ? ", " : "", word.data);
	buf_release(&who);
	buf_release(&word);
	return 0;
}

int page_changes(struct page *p, struct err *e)
{
	struct changes c = { p, BUF_INIT, BUF_INIT, BUF_INIT, 0 };
	char programme[RECORD_ID_SIZE], participation[2 * RECORD_ID_SIZE] = "";
	struct lately_record record[2];
	int count = 1, rc;
	const char *id;
	const struct record_type *type = page_record(p, &id);

	record[0] = (struct lately_record){ type->table, id };
	if (type == &person_type) {
		if (programme_current(page_store(p), programme, e) != 0)
			return -1;
		snprintf(participation, sizeof participation, "%s/%s", programme, id);
		record[count++] = (struct lately_record){ LABEL_PARTICIPATION, participation };
	}
	rc = lately_each(store_journal(page_store(p)), record, count, add_change, &c, e);
	end_line(&c);
	buf_release(&c.when);
	buf_release(&c.who);
	buf_release(&c.what);
	return rc;
}
