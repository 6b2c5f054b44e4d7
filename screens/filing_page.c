#include "screens/filing_page.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "documents/report.h"
#include "figures/filing.h"
#include "screens/parts/page.h"
#include "screens/parts/progress.h"

enum { CHANGES_MOST = 100 };		/* of one figure; of the others it is said how many there are */

struct shown { struct page *page; int differences; };

static void add_change(struct page *p, const struct figure *known, const struct filing_change *c)
{
	const struct record_type *type = record_type_find(known->type);
	struct buf text = BUF_INIT, hint = BUF_INIT;
	char when[17];

	buf_addf(&text, "%s %s", c->kind == FILING_ADDED ? "+" : c->kind == FILING_REMOVED ? "−" : "±", c->name);
	buf_adds(&hint, c->by);
	if (c->ms > 0) {
		date_local(c->ms, when);
		buf_addf(&hint, "%s%s", hint.len > 0 ? ", " : "", when);
	}
	if (type != NULL && c->kind != FILING_REMOVED)
		page_link(p, text.data, hint.data, type, c->id);
	else if (strcmp(known->type, "municipality") == 0)
		page_link_municipality(p, text.data, hint.data, c->id);
	else
		page_line(p, text.data, hint.data);
	buf_release(&text);
	buf_release(&hint);
}

static int add_difference(void *context, const struct filing_difference *d, struct err *e)
{
	struct shown *all = context;
	struct buf words = BUF_INIT;

	(void)e;
	all->differences++;
	buf_addf(&words, "%s: ", d->known != NULL ? _(d->known->title) : d->figure);
	/* TRANSLATORS: a figure of a report: as it was filed, and as it is now */
	if (d->known != NULL)
		buf_addf(&words, _("filed %lld, now %lld"), (long long)d->before, (long long)d->after);
	else
		buf_addf(&words, "%lld", (long long)d->before);
	page_heading(all->page, words.data);
	for (int i = 0; i < d->count && i < CHANGES_MOST; i++)
		add_change(all->page, d->known, &d->change[i]);
	page_more(all->page, d->count < CHANGES_MOST ? d->count : CHANGES_MOST, d->count);
	buf_release(&words);
	return 0;
}

static void add_head(struct page *p, const struct filing_head *f)
{
	char day[DATE_SIZE];
	struct buf period = BUF_INIT;

	page_title(p, f->name);
	date_show(f->date, day);
	page_field(p, _("Filed on"), day);
	report_period_words(f->since, f->until, &period);
	page_field(p, _("Period"), period.data);
	page_field(p, _("Hash"), f->hash);
	page_note(p, _("it is verified: this is what was filed"));
	buf_release(&period);
}

static int fill(struct page *p, struct err *e)
{
	struct shown all = { p, 0 };
	struct filing f;
	int rc;

	if (filing_read(page_store(p), page_context(p), &f, e) != 0)
		return -1;
	add_head(p, &f.head);
	progress_begin(page_loop(p), _("Counting"), NULL);
	rc = filing_compare(page_store(p), &f, false, add_difference, &all, e);
	progress_end(page_loop(p));
	filing_release(&f);
	if (rc == 0 && all.differences == 0)
		page_none(p, _("Nothing has changed since: every figure and every list is as it was filed."));
	return rc;
}

static void release(struct page *p)
{
	free(page_context(p));
}

static const struct page_class filing_class = { .name = "filing", .where = IN_MAIN, .fill = fill, .release = release };

struct screen *filing_page_open(struct store *s, const char *id)
{
	return page_open(s, &filing_class, mem_dup(id));
}
