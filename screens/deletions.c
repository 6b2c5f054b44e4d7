#include "screens/deletions.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "records/deletion_hold.h"
#include "records/label.h"
#include "records/person.h"
#include "screens/parts/loop.h"
#include "screens/parts/page.h"
#include "screens/parts/prompt.h"

enum { RECORDS_SHOWN = 12, DECIDED_SHOWN = 20 };

/* --- the answer --- */

/* "y" (remove them) or "n", and the id of the question: a line's key. */
struct answer {
	struct loop *loop;
	char *key;
};

static unsigned answered(void *context, enum prompt_reply reply)
{
	struct answer *a = context;
	bool agreed = *a->key == 'y';
	struct err e = ERR_INIT;
	unsigned did = DID_CHANGE;

	if (reply == PROMPT_YES && deletion_hold_decide(a->loop->store, a->key + 1, agreed, &e) == 0) {
		loop_message(a->loop, agreed ? _("agreed: with the next exchanges they are removed everywhere") : _("refused: the records stay, and who removed them is told"));
		did = DID_SAVE;
	} else if (reply == PROMPT_YES) {
		loop_problem(a->loop, &e);
	}
	free(a->key);
	free(a);
	return did;
}

static struct screen *open_records(struct store *s, const char *id);

static unsigned open_answer(struct page *p, const char *key)
{
	struct answer *a;

	if (*key == 'a') {
		loop_push(page_loop(p), open_records(page_store(p), key + 1));
		return DID_CHANGE;
	}
	a = mem_zero(1, sizeof *a);
	a->loop = page_loop(p);
	a->key = mem_dup(key);
	loop_push(a->loop, prompt_ask(*key == 'y' ? _("Are these records to be removed, here and everywhere? That cannot be decided again.")
	    : _("Are these records to stay? That cannot be decided again."), answered, a));
	return DID_CHANGE;
}

/* --- the page --- */

struct shown {
	struct page *page;
	bool coordinates;
	int64_t waiting, answered;
};

static void add_heading(struct shown *all, const struct deletion_hold *h)
{
	struct buf words = BUF_INIT;
	char day[DATE_SIZE] = "";

	date_show(h->date, day);
	buf_addf(&words, "%s · ", day);
	deletion_hold_author(page_store(all->page), h, &words);
	page_heading(all->page, words.data);
	buf_reset(&words);
	/* TRANSLATORS: what kind of records («Person»), and how many of how many would be removed */
	buf_addf(&words, _("%s: %lld of %lld are to be removed"), deletion_hold_kind(h), (long long)h->count, (long long)h->total);
	page_text(all->page, ROLE_WARNING, words.data);
	buf_reset(&words);
	if (h->gone > 0) {
		/* TRANSLATORS: so many records of the same kind were removed by the same device within the day before */
		buf_addf(&words, _("The device had removed %lld of them within the day before."), (long long)h->gone);
		page_note(all->page, words.data);
	}
	buf_release(&words);
}

static void add_record(struct page *p, const char *table, const char *id)
{
	const struct record_type *t = label_type(table);
	struct buf name = BUF_INIT;

	if (t != NULL)
		record_name(page_store(p), t, label_record(table, id), &name);
	if (t != NULL && name.len > 0)
		page_link(p, name.data, NULL, t, label_record(table, id));
	else
		page_line(p, id, NULL);
	buf_release(&name);
}

/* The first `most` of them, by name; leads to all of them where there are more and `all` is a key. */
static void add_records(struct page *p, const struct deletion_hold *h, int64_t most, const char *all)
{
	struct buf words = BUF_INIT;
	const char *at = h->records;
	int64_t count = 0;

	for (; *at != '\0' && count < most; count++) {
		size_t len = strcspn(at, "\n");
		struct buf id = BUF_INIT;

		buf_add(&id, at, len);
		add_record(p, h->table, id.data);
		buf_release(&id);
		at += len + (at[len] == '\n');
	}
	/* TRANSLATORS: all records of a list, so many */
	buf_addf(&words, _("all %lld of them …"), (long long)h->count);
	if (*at != '\0' && all != NULL)
		page_choice(p, words.data, NULL, all);
	else
		page_more(p, count, h->count);
	buf_release(&words);
}

static void add_answers(struct shown *all, const struct deletion_hold *h)
{
	struct buf key = BUF_INIT;

	if (!all->coordinates) {
		page_note(all->page, _("A coordinator decides; until then the records stay."));
		return;
	}
	buf_addf(&key, "n%s", h->id);
	page_choice(all->page, _("they stay: it was a mistake"), NULL, key.data);
	buf_reset(&key);
	buf_addf(&key, "y%s", h->id);
	page_choice(all->page, _("remove them everywhere"), NULL, key.data);
	buf_release(&key);
}

static void add_decided(struct shown *all, const struct deletion_hold *h)
{
	struct buf words = BUF_INIT, hint = BUF_INIT;
	char day[DATE_SIZE] = "";

	if (all->answered++ == 0)
		page_heading(all->page, _("Decided"));
	date_show(h->decided, day);
	buf_addf(&words, "%s: %lld · ", deletion_hold_kind(h), (long long)h->count);
	deletion_hold_author(page_store(all->page), h, &words);
	/* TRANSLATORS: of deletions: a coordinator agreed, or did not, with the day */
	buf_addf(&hint, strcmp(h->decision, "yes") == 0 ? _("agreed %s") : _("refused %s"), day);
	page_line(all->page, words.data, hint.data);
	buf_release(&words);
	buf_release(&hint);
}

static int show(void *context, const struct deletion_hold *h, struct err *e)
{
	struct shown *all = context;
	struct buf key = BUF_INIT;

	(void)e;
	if (*h->decision != '\0') {
		if (all->answered < DECIDED_SHOWN)
			add_decided(all, h);
		return 0;
	}
	all->waiting++;
	add_heading(all, h);
	buf_addf(&key, "a%s", h->id);
	add_records(all->page, h, RECORDS_SHOWN, key.data);
	buf_release(&key);
	add_answers(all, h);
	return 0;
}

static int fill(struct page *p, struct err *e)
{
	struct shown all = { .page = p, .coordinates = person_coordinates(page_store(p)) };

	page_title(p, _("Many deletions at once"));
	page_text(p, ROLE_MUTED, _("A device sent so many deletions at once that the hub does not believe them before somebody says so."));
	if (deletion_hold_each(page_store(p), false, show, &all, e) != 0)
		return -1;
	if (all.waiting + all.answered == 0)
		page_none(p, _("Nothing waits."));
	return 0;
}

static const struct page_class deletions_class = { .name = "deletions", .fill = fill, .open = open_answer };

struct screen *deletions_open(struct store *s)
{
	return page_open(s, &deletions_class, NULL);
}

/* --- all records of one question --- */

struct records {
	struct page *page;
	const char *id;		/* of the question */
};

static int show_records(void *context, const struct deletion_hold *h, struct err *e)
{
	struct records *r = context;

	(void)e;
	if (strcmp(h->id, r->id) == 0)
		add_records(r->page, h, DELETION_HOLD_RECORDS, NULL);
	return 0;
}

static int fill_records(struct page *p, struct err *e)
{
	struct records r = { p, page_context(p) };

	page_title(p, _("Many deletions at once"));
	return deletion_hold_each(page_store(p), false, show_records, &r, e);
}

static void release_records(struct page *p)
{
	free(page_context(p));
}

static const struct page_class records_class = { .name = "deletion-records", .fill = fill_records, .release = release_records };

static struct screen *open_records(struct store *s, const char *id)
{
	return page_open(s, &records_class, mem_dup(id));
}
