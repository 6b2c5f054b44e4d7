#include "screens/story_page.h"

#include <string.h>

#include "base/i18n.h"
#include "records/consent.h"
#include "records/story.h"
#include "screens/parts/page.h"
#include "screens/parts/page_changes.h"
#include "screens/story_act.h"
#include "screens/parts/words.h"

/* «практика · принят · Раздел, 3». */
static void show_place(struct page *p, const struct record *r)
{
	struct buf words = BUF_INIT;

	words_choice(story_kinds, record_get(r, "kind"), &words);
	buf_adds(&words, " · ");
	words_choice(story_states, record_get(r, "state"), &words);
	if (record_get(r, "section")[0] != '\0')
		buf_addf(&words, " · %s", record_get(r, "section"));
	if (record_get(r, "position")[0] != '\0')
		buf_addf(&words, ", %s", record_get(r, "position"));
	page_text(p, ROLE_MUTED, words.data);
	buf_release(&words);
}

/* A text of somebody without the consent stands here and does not go into the book; of authors whose cards are elsewhere, so are their consents. */
static int show_consent(struct page *p, const struct record *r, struct err *e)
{
	struct record author;
	bool valid;

	if (record_load(page_store(p), &author, &person_type, record_get(r, "author"), NULL) != 0)
		return 0;
	record_release(&author);
	if (consent_valid(page_store(p), record_get(r, "author"), CONSENT_PUBLICATION, &valid, e) != 0)
		return -1;
	if (!valid)
		page_text(p, ROLE_WARNING, _("! the author has no valid consent to publication: the book leaves this text out"));
	return 0;
}

static int fill_text(struct page *p, const struct record *r, struct err *e)
{
	page_title(p, record_get(r, "title"));
	page_text(p, ROLE_STRONG, record_get(r, "title"));
	page_fields(p, r, "author", "organisation");
	show_place(p, r);
	if (show_consent(p, r, e) != 0)
		return -1;
	page_text(p, ROLE_TEXT, "");
	if (record_get(r, "body")[0] != '\0')
		page_markdown(p, record_get(r, "body"));
	else
		page_none(p, _("There is no text yet: e writes it."));
	if (record_get(r, "note")[0] != '\0') {
		page_heading(p, _("Editor's note"));
		page_text(p, ROLE_TEXT, record_get(r, "note"));
	}
	return page_changes(p, e);
}

static int fill(struct page *p, struct err *e)
{
	struct record r;
	const char *id;
	int rc;

	page_record(p, &id);
	if (record_load(page_store(p), &r, &story_type, id, e) != 0)
		return -1;
	rc = fill_text(p, &r, e);
	record_release(&r);
	return rc;
}

static unsigned act(struct page *p, enum action action)
{
	const char *id;

	page_record(p, &id);
	return story_acts(action) ? story_act(page_loop(p), id, action) : DID_NOTHING;
}

static const struct page_class story_class = {
	.name = "text", .where = IN_MAIN | IN_RECORD | IN_STORY, .fill = fill, .act = act,
};

struct screen *story_page_open(struct store *s, const char *id)
{
	struct screen *page = page_open(s, &story_class, NULL);

	page_about(page_of(page), &story_type, id);
	return page;
}
