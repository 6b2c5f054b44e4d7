#include "screens/parts/page_links.h"

#include "base/date.h"
#include "records/seminar.h"
#include "screens/parts/words.h"

struct told {
	struct page *page;
	const struct page_links *links;
	int64_t shown;
};

static int tell(void *context, const struct link *l, struct err *e)
{
	struct told *t = context;
	struct buf text = BUF_INIT, hint = BUF_INIT;

	(void)e;
	if (t->shown++ == 0)
		page_heading(t->page, t->links->heading);
	if (t->links->words != NULL)
		t->links->words(l, &text, &hint);
	else
		buf_adds(&text, l->name);
	if (l->programme[0] != '\0')
		buf_addf(&hint, "%s%s", hint.len > 0 ? ", " : "", l->programme);
	page_link(t->page, text.data, hint.data, t->links->type, l->id);
	buf_release(&text);
	buf_release(&hint);
	return 0;
}

int page_links(struct page *p, const struct page_links *links, const char *id, struct err *e)
{
	struct told t = { p, links, 0 };
	int64_t total;

	if (links->list(page_store(p), id, PAGE_LINKS_MOST, tell, &t, &total, e) != 0)
		return -1;
	if (total == 0 && links->none != NULL) {
		page_heading(p, links->heading);
		page_none(p, links->none);
	}
	page_more(p, t.shown, total);
	return 0;
}

void page_date(const char *iso, struct buf *out)
{
	char day[DATE_SIZE];

	date_show(iso, day);
	buf_adds(out, day);
}

void page_seminar_words(const struct link *l, struct buf *text, struct buf *hint)
{
	page_date(l->date, text);
	buf_addf(text, "%s%s", text->len > 0 ? "  " : "", l->name);
	words_choice(seminar_statuses, l->code, hint);
}
