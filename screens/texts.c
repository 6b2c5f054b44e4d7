#include "screens/texts.h"

#include <string.h>

#include "base/i18n.h"
#include "records/template.h"
#include "screens/cards.h"
#include "screens/parts/page_changes.h"
#include "screens/parts/page_links.h"
#include "screens/parts/words.h"

#define NEW_VERSION "new-version"

/* «версия 2, с 01.03.2020», or that it is the program's own. */
static int version_words(struct store *s, const char *id, struct buf *out, struct err *e)
{
	struct buf day = BUF_INIT;
	struct record r;

	if (id[0] == '\0') {
		buf_adds(out, _("the program's own"));
		return 0;
	}
	if (record_load(s, &r, &template_type, id, e) != 0)
		return -1;
	page_date(record_get(&r, "since"), &day);
	/* TRANSLATORS: which wording of a text is in force, and since which day */
	buf_addf(out, _("version %s, since %s"), record_get(&r, "version"), day.data);
	buf_release(&day);
	record_release(&r);
	return 0;
}

int texts_fill(struct page *p, struct err *e)
{
	char id[RECORD_ID_SIZE];
	struct buf hint = BUF_INIT;
	int rc = 0;

	page_heading(p, _("Texts of the papers"));
	for (const struct choice *c = template_kinds; c->code != NULL && rc == 0; c++) {
		buf_reset(&hint);
		rc = template_current(page_store(p), c->code, id, e);
		if (rc == 0)
			rc = version_words(page_store(p), id, &hint, e);
		if (rc == 0)
			page_choice(p, _(c->label), hint.data, c->code);
	}
	buf_release(&hint);
	return rc;
}

/* The form of a new version that begins as a text of now. */
static unsigned begin_version(struct loop *l, const char *kind, const char *title, const char *body)
{
	const struct card_start start[] = { { "kind", kind }, { "title", title }, { "body", body }, { NULL, NULL } };

	cards_edit(l, &template_type, "", start);
	return DID_CHANGE;
}

unsigned texts_open(struct page *p, const char *key)
{
	const struct template_default *own = template_default(key);
	char id[RECORD_ID_SIZE];
	struct err e = ERR_INIT;

	if (own == NULL)
		return DID_NOTHING;
	if (template_current(page_store(p), key, id, &e) != 0) {
		loop_problem(page_loop(p), &e);
		return DID_CHANGE;
	}
	if (id[0] == '\0')
		return begin_version(page_loop(p), key, own->title, own->body);
	cards_show(page_loop(p), &template_type, id);
	return DID_CHANGE;
}

/* --- one text --- */

static int fill(struct page *p, struct err *e)
{
	struct record r;
	const char *id;

	page_record(p, &id);
	if (record_load(page_store(p), &r, &template_type, id, e) != 0)
		return -1;
	page_title(p, record_get(&r, "title"));
	page_fields(p, &r, "kind", "title");
	page_fields(p, &r, "since", "programme");
	page_choice(p, _("a new version, begun from this text"), "", NEW_VERSION);
	page_heading(p, _("Text"));
	page_markdown(p, record_get(&r, "body"));
	record_release(&r);
	return page_changes(p, e);
}

static unsigned open_line(struct page *p, const char *key)
{
	struct err e = ERR_INIT;
	struct record r;
	const char *id;
	unsigned did;

	(void)key;
	page_record(p, &id);
	if (record_load(page_store(p), &r, &template_type, id, &e) != 0) {
		loop_problem(page_loop(p), &e);
		return DID_CHANGE;
	}
	did = begin_version(page_loop(p), record_get(&r, "kind"), record_get(&r, "title"), record_get(&r, "body"));
	record_release(&r);
	return did;
}

static const struct page_class text_class = {
	.name = "text", .where = IN_MAIN | IN_RECORD, .fill = fill, .open = open_line,
};

struct screen *text_page_open(struct store *s, const char *id)
{
	struct screen *page = page_open(s, &text_class, NULL);

	page_about(page_of(page), &template_type, id);
	return page;
}
