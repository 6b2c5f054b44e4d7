#include "screens/proof_page.h"

#include "base/i18n.h"
#include "screens/page.h"

#define LINES_MOST 1000		/* in memory; of the others it is said how many there are and what they add up to */

struct shown {
	struct page *page;
	int64_t lines, sum, rest;
};

static int add(void *context, const struct figure_line *l, struct err *e)
{
	struct shown *all = context;
	struct buf hint = BUF_INIT;

	(void)e;
	all->sum += l->number;
	if (all->lines++ >= LINES_MOST) {
		all->rest += l->number;
		return 0;
	}
	buf_adds(&hint, l->detail);
	if (l->number != 1)
		buf_addf(&hint, "%s%lld", hint.len > 0 ? " · " : "", (long long)l->number);
	if (record_type_find(l->type) != NULL)
		page_link(all->page, l->name, hint.data, record_type_find(l->type), l->id);
	else
		page_link_municipality(all->page, l->name, hint.data, l->id);
	buf_release(&hint);
	return 0;
}

static int fill(struct page *p, struct err *e)
{
	/* The context of a page is not constant, this one is. */
	const struct figure *which = page_context(p);
	struct shown all = { .page = p };
	struct buf words = BUF_INIT;

	page_text(p, ROLE_MUTED, _(which->computed));
	if (figure_each(page_store(p), which, &(struct figure_query){ .role = NULL }, add, &all, e) != 0)
		return -1;
	if (all.lines > LINES_MOST) {
		buf_addf(&words, _("%lld more, they add up to %lld"), (long long)(all.lines - LINES_MOST), (long long)all.rest);
		page_text(p, ROLE_MUTED, words.data);
		buf_reset(&words);
	}
	if (which->unit == FIGURE_MINUTES)
		buf_addf(&words, _("Together: %lld minutes"), (long long)all.sum);
	else
		buf_addf(&words, _("Together: %lld"), (long long)all.sum);
	page_text(p, ROLE_TITLE, words.data);
	buf_release(&words);
	return 0;
}

static void title(struct page *p, struct title *t)
{
	const struct figure *which = page_context(p);

	buf_adds(&t->place, _(which->title));
}

static const struct page_class proof_class = {
	.name = "proof", .where = IN_MAIN, .fill = fill, .title = title,
};

struct screen *proof_page_open(struct store *s, const struct figure *which)
{
	return page_open(s, &proof_class, (void *)which);
}
