#include "screens/directory_page.h"

#include <string.h>

#include "base/i18n.h"
#include "records/directory.h"
#include "screens/cards.h"
#include "screens/parts/loop.h"
#include "screens/parts/page.h"
#include "screens/parts/page_changes.h"

/* Why others do not see it. */
static int show_consent(struct page *p, const char *id, struct err *e)
{
	bool open;

	if (directory_open(page_store(p), id, &open, e) != 0)
		return -1;
	if (!open)
		page_text(p, ROLE_WARNING, _("! no consent to being in the directory: others do not see this entry, and it stands in no list that leaves the store"));
	return 0;
}

static int fill(struct page *p, struct err *e)
{
	struct buf name = BUF_INIT;
	struct record r;
	const char *id;
	int rc;

	page_record(p, &id);
	if (record_load(page_store(p), &r, &directory_type, id, e) != 0)
		return -1;
	record_name(page_store(p), &directory_type, id, &name);
	page_title(p, name.data);
	buf_release(&name);
	rc = show_consent(p, id, e);
	page_fields(p, &r, r.type->fields[0].name, "note");
	record_release(&r);
	if (rc != 0)
		return -1;
	/* TRANSLATORS: a line that leads to the form of a question to this person */
	page_choice(p, _("Ask a question"), NULL, "ask");
	return page_changes(p, e);
}

unsigned directory_ask(struct loop *l, const char *id)
{
	struct err e = ERR_INIT;
	struct record r;

	if (record_load(l->store, &r, &directory_type, id, &e) != 0) {
		loop_problem(l, &e);
		return DID_CHANGE;
	}
	cards_edit(l, &question_type, "", (const struct card_start []){ { "expert", record_get(&r, "person") }, { NULL, NULL } });
	record_release(&r);
	return DID_CHANGE;
}

static unsigned ask(struct page *p)
{
	const char *id;

	page_record(p, &id);
	return directory_ask(page_loop(p), id);
}

static unsigned open_line(struct page *p, const char *key)
{
	return strcmp(key, "ask") == 0 ? ask(p) : DID_NOTHING;
}

static unsigned act(struct page *p, enum action action)
{
	return action == ACTION_ASK ? ask(p) : DID_NOTHING;
}

static const struct page_class directory_class = {
	.name = "contact", .where = IN_MAIN | IN_RECORD | IN_CONTACT, .fill = fill, .open = open_line, .act = act,
};

struct screen *directory_page_open(struct store *s, const char *id)
{
	struct screen *page = page_open(s, &directory_class, NULL);

	page_about(page_of(page), &directory_type, id);
	return page;
}
