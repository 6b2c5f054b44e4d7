#include "screens/proof_page.h"

#include <stdlib.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "screens/parts/page.h"
#include "screens/parts/progress.h"

#define LINES_MOST 1000		/* in memory; of the others it is said how many there are and what they add up to */

/* What it is the list of. */
struct proof {
	const struct figure *figure;
	char *title;
	char *part[6];			/* of the filter, owned */
	struct figure_query query;
};

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
	const struct proof *proof = page_context(p);
	const struct figure *which = proof->figure;
	struct shown all = { .page = p };
	struct buf words = BUF_INIT;
	int rc;

	page_text(p, ROLE_MUTED, _(which->computed));
	progress_begin(page_loop(p), _("Counting"), NULL);
	rc = figure_each(page_store(p), which, &proof->query, add, &all, e);
	progress_end(page_loop(p));
	if (rc != 0)
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
	const struct proof *proof = page_context(p);

	buf_adds(&t->place, proof->title);
}

static void release(struct page *p)
{
	struct proof *proof = page_context(p);

	for (size_t i = 0; i < sizeof proof->part / sizeof proof->part[0]; i++)
		free(proof->part[i]);
	free(proof->title);
	free(proof);
}

static const struct page_class proof_class = {
	.name = "proof", .where = IN_MAIN, .fill = fill, .title = title, .release = release,
};

struct screen *proof_page_open(struct store *s, const struct figure *which, const char *words, const struct figure_query *q)
{
	struct proof *proof = mem_zero(1, sizeof *proof);
	const char *const parts[] = { q->role, q->seminar_kind, q->municipality, q->stage, q->since, q->until };

	proof->figure = which;
	proof->title = mem_dup(words != NULL ? words : _(which->title));
	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
		proof->part[i] = mem_dup(parts[i]);
	proof->query = (struct figure_query){ proof->part[0], proof->part[1], proof->part[2], proof->part[3], proof->part[4], proof->part[5], false };
	return page_open(s, &proof_class, proof);
}
