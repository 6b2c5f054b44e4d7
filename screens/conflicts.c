#include "screens/conflicts.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "records/conflicts.h"
#include "screens/parts/loop.h"
#include "screens/parts/page.h"
#include "screens/parts/page_changes.h"
#include "screens/parts/prompt.h"

#define CONFLICTS_MOST 200	/* on the page; of the others it is said how many there are */

/* What a line of the page stands for, as its key: "v" (this value) or "o" (another one), table, record, column and value, each but the last ended by a
 * line feed. */
enum { KIND, TABLE, RECORD, COLUMN, VALUE, PARTS };

static void make_key(const struct conflict_line *c, char kind, const char *value, struct buf *out)
{
	buf_addf(out, "%c\n%s\n%s\n%s\n", kind, c->table, c->pk, c->column);
	buf_adds(out, value);
}

/* One conflict that is about to be settled. */
struct settling {
	struct loop *loop;
	char *key;			/* its parts, each ended by a NUL */
	const char *part[PARTS];
};

static struct settling *settling_new(struct loop *l, const char *key)
{
	struct settling *t = mem_zero(1, sizeof *t);
	char *p;

	t->loop = l;
	p = t->key = mem_dup(key);
	for (int i = 0; i < PARTS; i++) {
		t->part[i] = p;
		if (i == VALUE)
			break;
		p += strcspn(p, "\n");
		*p++ = '\0';
	}
	return t;
}

static void settling_free(struct settling *t)
{
	free(t->key);
	free(t);
}

static bool settle(struct settling *t, const char *value)
{
	struct err e = ERR_INIT;

	if (conflict_settle(t->loop->store, t->part[TABLE], t->part[RECORD], t->part[COLUMN], value, &e) == 0) {
		loop_message(t->loop, _("settled"));
		return true;
	}
	loop_problem(t->loop, &e);
	return false;
}

static unsigned keep_answer(void *context, enum prompt_reply reply)
{
	struct settling *t = context;
	unsigned did = reply == PROMPT_YES && settle(t, t->part[VALUE]) ? DID_SAVE : DID_CHANGE;

	settling_free(t);
	return did;
}

static unsigned other_typed(void *context, const char *typed, bool *again)
{
	struct settling *t = context;

	if (typed != NULL && !settle(t, typed)) {
		*again = true;
		return DID_CHANGE;
	}
	settling_free(t);
	return typed != NULL ? DID_SAVE : DID_CHANGE;
}

static unsigned open_choice(struct page *p, const char *key)
{
	struct settling *t = settling_new(page_loop(p), key);

	if (t->part[KIND][0] == 'o')
		loop_push(t->loop, prompt_line(_("The value that is to stand:"), t->part[VALUE], other_typed, t));
	else
		loop_push(t->loop, prompt_ask(_("Is this value to stand, here and everywhere? The history keeps the others."), keep_answer, t));
	return DID_CHANGE;
}

/* --- the page --- */

struct shown {
	struct page *page;
	int64_t count;
};

static void show_choice(struct page *p, const struct conflict_line *c, int i)
{
	struct buf hint = BUF_INIT, key = BUF_INIT;
	char when[17];

	date_local(c->choice[i].ms, when);
	if (i == 0)
		/* TRANSLATORS: of two values in conflict, the one that is shown for now */
		buf_addf(&hint, "%s · ", _("shown now"));
	page_author(&c->choice[i].author, &hint);
	buf_addf(&hint, ", %s", when);
	make_key(c, 'v', c->choice[i].value, &key);
	page_choice(p, c->choice[i].text[0] != '\0' ? c->choice[i].text : _("(nothing)"), hint.data, key.data);
	buf_release(&hint);
	buf_release(&key);
}

static int show(void *context, const struct conflict_line *c, struct err *e)
{
	struct shown *all = context;
	struct buf words = BUF_INIT;

	(void)e;
	if (all->count++ >= CONFLICTS_MOST)
		return 0;
	buf_addf(&words, "%s · %s", c->name, c->field);
	page_heading(all->page, words.data);
	for (int i = 0; i < c->count; i++)
		show_choice(all->page, c, i);
	if (strcmp(c->column, "deleted") != 0) {
		buf_reset(&words);
		/* To be edited from what is read; a text of several lines does not go into one. */
		make_key(c, 'o', strchr(c->choice[0].text, '\n') == NULL ? c->choice[0].text : "", &words);
		page_choice(all->page, _("another value …"), NULL, words.data);
	}
	page_link(all->page, _("the card"), NULL, c->type, c->id);
	buf_release(&words);
	return 0;
}

static int fill(struct page *p, struct err *e)
{
	struct shown all = { p, 0 };

	if (page_loop(p)->status.conflicts > 0)
		page_text(p, ROLE_TEXT, _("Two people changed the same field and did not know of each other. Both values are kept until somebody chooses one: Enter."));
	if (conflicts_each(page_store(p), show, &all, e) != 0)
		return -1;
	page_more(p, all.count < CONFLICTS_MOST ? all.count : CONFLICTS_MOST, all.count);
	if (all.count == 0)
		page_none(p, _("No conflicts: all edits agree."));
	return 0;
}

static void title(struct page *p, struct title *t)
{
	int64_t count = page_loop(p)->status.conflicts;

	buf_adds(&t->place, _("Conflicts"));
	buf_addf(&t->counts, "%lld", (long long)count);
}

static const struct page_class conflicts_class = {
	.name = "conflicts", .where = IN_MAIN | IN_CONFLICTS, .fill = fill, .title = title, .open = open_choice,
};

struct screen *conflicts_open(struct store *s)
{
	return page_open(s, &conflicts_class, NULL);
}
