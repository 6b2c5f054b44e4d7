#include "screens/undo_page.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "records/undo.h"
#include "screens/parts/page.h"
#include "screens/parts/prompt.h"
#include "store/journal.h"

enum { GROUPS_MOST = 100, LINES_MOST = 4 };

/* --- one step --- */

struct asked {
	struct loop *loop;
	uint64_t id;
	enum undo_way way;
};

static void tell_done(struct loop *l, enum undo_way way, const char *what, const struct undo_outcome *out)
{
	struct buf words = BUF_INIT;

	/* TRANSLATORS: behind it stands what was done, for example «добавлено: Человек «Галимова»» */
	buf_addf(&words, way == UNDO_BACK ? _("taken back · %s") : _("done again · %s"), what);
	if (out->settled > 0)
		buf_addf(&words, " · %s", _("the conflict stays settled"));
	if (out->left > 0)
		buf_addf(&words, P_(" · left as it is: %lld change of what was removed since", " · left as they are: %lld changes of what was removed since",
		    out->left), (long long)out->left);
	loop_message(l, "%s", words.data);
	buf_release(&words);
}

static int take(struct loop *l, uint64_t id, enum undo_way way, enum undo_answer answer);

static unsigned answered(void *context, enum prompt_reply reply)
{
	struct asked a = *(struct asked *)context;

	free(context);
	if (reply == PROMPT_DISMISSED)
		return DID_CHANGE;
	take(a.loop, a.id, a.way, reply == PROMPT_YES ? UNDO_OVER : UNDO_WITHOUT);
	return DID_SAVE;
}

static void ask(struct loop *l, uint64_t id, enum undo_way way, const char *question)
{
	struct asked *a = mem_alloc(sizeof *a);

	*a = (struct asked){ l, id, way };
	loop_push(l, prompt_ask(question, answered, a));
}

/* 0 done, 1 nothing yet, -1 refused; told. */
static int take(struct loop *l, uint64_t id, enum undo_way way, enum undo_answer answer)
{
	const struct undo_group *g;
	struct undo_outcome out;
	struct buf what = BUF_INIT;
	struct err e = ERR_INIT;
	enum undo_way now;
	int rc;

	if ((g = undo_find(store_journal(l->store), id, &now)) == NULL || now != way) {
		loop_message(l, _("this is not kept any more"));
		return 1;
	}
	undo_describe(l->store, g, &what);
	rc = undo_run(l->store, id, answer, &out, &e);
	if (rc == 0)
		tell_done(l, way, what.data, &out);
	else if (rc < 0)
		loop_problem(l, &e);
	else if (answer == UNDO_ASKING)
		ask(l, id, way, out.question.data);
	undo_outcome_release(&out);
	buf_release(&what);
	return rc;
}

void undo_step(struct loop *l, enum undo_way way)
{
	const struct undo_group *g = undo_next(l->store, way);

	/* What cannot be taken back does not stand in the way of what was done before it; but nobody is to be surprised by that. */
	if (g != NULL && take(l, undo_id(g), way, UNDO_ASKING) < 0 && *undo_reason(undo_next(l->store, way)) == '\0')
		buf_addf(&l->message, " · %s", _("the same key goes on with what was done before it"));
	else if (g == NULL)
		loop_message(l, "%s", way == UNDO_BACK ? _("nothing was done since the program was opened that could be taken back") :
		    _("nothing was taken back that could be done again"));
}

void undo_tell_key(struct loop *l)
{
	const char *keys = keymap_keys(ACTION_UNDO), *key;
	size_t len;

	if (undo_count(store_journal(l->store), UNDO_BACK) > 0 && (key = keymap_next(&keys, &len)) != NULL)
		/* TRANSLATORS: behind «removed: 1», a key: «u — отменить» */
		buf_addf(&l->message, _(" · %.*s takes it back"), (int)len, key);
}

/* --- the list --- */

static void add_line(void *context, const char *line)
{
	page_note(context, line);
}

static void show_group(struct page *p, const struct undo_group *g, enum undo_way way)
{
	struct store *s = page_store(p);
	struct buf what = BUF_INIT, words = BUF_INIT;
	char when[17], key[32];
	int64_t all;

	undo_describe(s, g, &what);
	date_local(undo_ms(g), when);
	snprintf(key, sizeof key, "%llu", (unsigned long long)undo_id(g));
	page_choice(p, what.data, when + 11, key);
	all = undo_lines(s, g, way, LINES_MOST, add_line, p);
	if (all > LINES_MOST) {
		buf_addf(&words, _("… and %lld more"), (long long)(all - LINES_MOST));
		page_note(p, words.data);
	}
	if (*undo_reason(g) != '\0') {
		buf_reset(&words);
		buf_addf(&words, "! %s", undo_reason(g));
		page_note(p, words.data);
	}
	buf_release(&what);
	buf_release(&words);
}

static int show_way(struct page *p, enum undo_way way, const char *heading)
{
	struct journal *j = store_journal(page_store(p));
	int count = undo_count(j, way);

	if (count > 0)
		page_heading(p, heading);
	for (int i = 0; i < count && i < GROUPS_MOST; i++)
		show_group(p, undo_group(j, way, i), way);
	page_more(p, count < GROUPS_MOST ? count : GROUPS_MOST, count);
	return count;
}

static int fill(struct page *p, struct err *e)
{
	int count;

	(void)e;
	count = show_way(p, UNDO_AGAIN, _("Taken back; Enter does it again"));
	count += show_way(p, UNDO_BACK, _("Done since the program was opened; Enter takes it back, the last first is the usual way"));
	if (count == 0)
		page_none(p, _("Nothing was done since the program was opened."));
	return 0;
}

static unsigned open_group(struct page *p, const char *key)
{
	enum undo_way way;
	uint64_t id = strtoull(key, NULL, 10);

	if (undo_find(store_journal(page_store(p)), id, &way) == NULL)
		return DID_SAVE;
	take(page_loop(p), id, way, UNDO_ASKING);
	return DID_SAVE;
}

static void title(struct page *p, struct title *t)
{
	(void)p;
	buf_adds(&t->place, _("What can be taken back"));
}

static const struct page_class undo_class = {
	.name = "undo", .where = IN_MAIN, .fill = fill, .title = title, .open = open_group,
};

struct screen *undo_page_open(struct store *s)
{
	return page_open(s, &undo_class, NULL);
}
