#include "screens/history_page.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "records/trail.h"
#include "screens/parts/page.h"

#define ENTRIES_MOST 300	/* of one history; of older ones it is said how many there are */

struct history {
	const struct record_type *type;
	char id[RECORD_ID_SIZE];
};

/* An entry in words. The trail comes the oldest first. */
struct told { char *head, *body, *refused; };

struct entries {
	struct told *entry;
	int count;
};

static void tell_author(const struct history_entry *h, struct buf *out)
{
	buf_adds(out, h->person[0] != '\0' ? h->person : h->label[0] != '\0' ? h->label : h->tag);
	if (h->person[0] != '\0' && h->label[0] != '\0')
		buf_addf(out, ", %s", h->label);
	if (h->own)
		/* TRANSLATORS: behind the name of a person: this device, of several of the person's */
		buf_addf(out, " (%s)", _("here"));
}

/* «Телефон: +7 917 … → +7 919 …» */
static void tell_change(const struct trail_change *c, struct buf *out)
{
	const char *none = "—";

	if (out->len > 0)
		buf_addc(out, '\n');
	buf_addf(out, "%s: ", c->field);
	if (!c->insert)
		buf_addf(out, "%s → ", c->before[0] != '\0' ? c->before : none);
	buf_adds(out, c->after[0] != '\0' ? c->after : none);
}

static int add(void *context, const struct trail_entry *t, struct err *e)
{
	struct entries *all = context;
	struct buf head = BUF_INIT, body = BUF_INIT;
	struct told *told;
	char when[17];

	(void)e;
	all->entry = mem_resize(all->entry, (size_t)all->count + 1, sizeof *all->entry);
	told = &all->entry[all->count++];
	date_local(t->by->ms, when);
	buf_addf(&head, "%s  %s · ", when, trail_deed(t));
	tell_author(t->by, &head);
	if (t->about[0] != '\0')
		buf_addf(&head, " · %s", t->about);
	for (int i = 0; i < t->count; i++)
		tell_change(&t->change[i], &body);
	if (t->by->bundle != NULL)
		/* TRANSLATORS: at the end of a line of the history: number and short hash of the signed bundle that brought the change or took it away */
		buf_addf(&head, _(" · bundle %lld, %.8s"), (long long)t->by->bundle->seq, t->by->bundle->hash);
	told->head = buf_detach(&head);
	told->body = body.len > 0 ? buf_detach(&body) : NULL;
	told->refused = t->by->refused != NULL ? mem_dup(t->by->refused) : NULL;
	buf_release(&body);
	return 0;
}

static void show(struct page *p, const struct told *t)
{
	struct buf words = BUF_INIT;

	page_heading(p, t->head);
	if (t->refused != NULL) {
		buf_addf(&words, _("! not accepted by the hub: %s"), t->refused);
		page_text(p, ROLE_WARNING, words.data);
	}
	if (t->body != NULL)
		page_text(p, ROLE_TEXT, t->body);
	buf_release(&words);
}

static int fill(struct page *p, struct err *e)
{
	const struct history *h = page_context(p);
	struct entries all = { NULL, 0 };
	int rc = trail_each(page_store(p), h->type, h->id, add, &all, e), shown = 0;

	for (int i = all.count - 1; rc == 0 && i >= 0 && shown < ENTRIES_MOST; i--, shown++)
		show(p, &all.entry[i]);
	page_more(p, shown, all.count);
	if (rc == 0 && all.count == 0)
		page_none(p, _("Nothing is known of who changed this record."));
	for (int i = 0; i < all.count; i++) {
		free(all.entry[i].head);
		free(all.entry[i].body);
		free(all.entry[i].refused);
	}
	free(all.entry);
	return rc;
}

static void title(struct page *p, struct title *t)
{
	const struct history *h = page_context(p);

	buf_addf(&t->place, "%s · ", _("History"));
	record_name(page_store(p), h->type, h->id, &t->place);
}

static void release(struct page *p)
{
	free(page_context(p));
}

static const struct page_class history_class = {
	.name = "history", .where = IN_MAIN, .fill = fill, .title = title, .release = release,
};

struct screen *history_page_open(struct store *s, const struct record_type *type, const char *id)
{
	struct history *h = mem_zero(1, sizeof *h);

	h->type = type;
	snprintf(h->id, sizeof h->id, "%s", id);
	return page_open(s, &history_class, h);
}
