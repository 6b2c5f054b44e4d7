#include "screens/conflicts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "records/conflicts.h"
#include "records/label.h"
#include "records/programme.h"
#include "screens/card.h"
#include "screens/parts/loop.h"
#include "screens/parts/page.h"
#include "screens/parts/page_changes.h"
#include "screens/parts/pick.h"
#include "screens/parts/prompt.h"

#define PAST_MOST 5
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

static void forget(void *context)
{
	settling_free(context);
}

/* An edit has named all the values; what was left as it is shown is settled here. */
static unsigned form_saved(void *context, const char *id)
{
	struct settling *t = context;
	struct err e = ERR_INIT;

	(void)id;
	if (conflict_settle(t->loop->store, t->part[TABLE], t->part[RECORD], t->part[COLUMN], NULL, &e) == 0 || e.code == ERR_REFUSED)
		loop_message(t->loop, _("settled"));
	else
		loop_problem(t->loop, &e);
	return DID_SAVE;
}

/* The programme that a role or stage is of, where it is not the one that is shown. False: none such. */
static bool other_programme(struct store *s, const char *table, const char *pk, char id[RECORD_ID_SIZE])
{
	char shown[RECORD_ID_SIZE];
	size_t len = strcspn(pk, "/");

	if (strcmp(table, LABEL_PARTICIPATION) != 0 || len >= RECORD_ID_SIZE)
		return false;
	snprintf(id, RECORD_ID_SIZE, "%.*s", (int)len, pk);
	return programme_current(s, shown, NULL) != 0 || strcmp(shown, id) != 0;
}

/* A form has the role and the stage of the programme that is shown, and of no other. */
static bool is_in_form(const struct settling *t)
{
	char programme[RECORD_ID_SIZE];

	return label_field(t->part[TABLE], t->part[COLUMN]) != NULL && !other_programme(t->loop->store, t->part[TABLE], t->part[RECORD], programme);
}

/* Another value is typed in a form of this one field: a long text has an editor there, and a dropped line leaves a draft of the card. False: the field is in no
 * form, or not of the programme that is shown. */
static bool open_form(struct settling *t)
{
	const struct record_type *type = label_type(t->part[TABLE]);
	const char *const fields[] = { t->part[COLUMN], NULL };
	struct err e = ERR_INIT;
	struct screen *card;

	if (type == NULL || !is_in_form(t))
		return false;
	card = card_open_part(t->loop->store, type, label_record(t->part[TABLE], t->part[RECORD]), fields, &e);
	if (card == NULL) {
		loop_problem(t->loop, &e);
		settling_free(t);
		return true;
	}
	card_on_saved(card, form_saved, forget, t);
	loop_push(t->loop, card);
	return true;
}

static unsigned picked(void *context, const char *const *values, int count)
{
	struct settling *t = context;
	unsigned did = count > 0 && settle(t, values[0]) ? DID_SAVE : DID_CHANGE;

	settling_free(t);
	return did;
}

/* Role and stage of a programme that is not shown: no form has them, but what they may be is known. */
static bool open_choices(struct settling *t)
{
	const struct field *f = label_field(t->part[TABLE], t->part[COLUMN]);
	struct screen *pick;

	if (f == NULL || f->kind != FIELD_CHOICE)
		return false;
	pick = pick_open(_(f->label), picked, t);
	for (const struct choice *c = f->choices; c->code != NULL; c++)
		pick_add(pick, c->code, _(c->label), "");
	if (!f->required)
		pick_add(pick, "", _("none"), "");
	loop_push(t->loop, pick);
	return true;
}

static unsigned open_choice(struct page *p, const char *key)
{
	struct settling *t = settling_new(page_loop(p), key);

	if (t->part[KIND][0] == 'o' && (open_form(t) || open_choices(t)))
		return DID_CHANGE;
	if (t->part[KIND][0] == 'o')
		loop_push(t->loop, prompt_line(_("The value that is to stand:"), t->part[VALUE], other_typed, t));
	else
		loop_push(t->loop, prompt_ask(_("Is this value to stand, here and everywhere? The history keeps the others."), keep_answer, t));
	return DID_CHANGE;
}

/* --- the page --- */

/* The field's history in lines, the last few of them. */
struct past { char *line[PAST_MOST]; int64_t count; };

struct shown {
	struct page *page;
	int64_t count;
	struct conflict_place place[CONFLICTS_MOST];
	struct past past[CONFLICTS_MOST];
	int places;
};

static int collect(void *context, const struct conflict_line *c, struct err *e)
{
	struct shown *all = context;

	(void)e;
	if (all->places < CONFLICTS_MOST)
		all->place[all->places++] = (struct conflict_place){ mem_dup(c->table), mem_dup(c->pk), mem_dup(c->column) };
	return 0;
}

static void add_words(const char *value, struct buf *out)
{
	size_t len = strcspn(value, "\n");

	if (len < strlen(value)) {
		buf_add(out, value, len);
		buf_adds(out, "…");
	} else {
		buf_adds(out, len > 0 ? value : "—");
	}
}

static int add_past(void *context, int place, const struct history_entry *by, const char *before, const char *after, struct err *e)
{
	struct past *p = &((struct shown *)context)->past[place];
	struct author author = { by->tag, by->person, by->label, by->own };
	struct buf line = BUF_INIT;
	char when[17];
	int at = (int)(p->count++ % PAST_MOST);

	(void)e;
	date_local(by->ms, when);
	buf_addf(&line, "%s  ", when);
	page_author(&author, &line);
	buf_adds(&line, ": ");
	if (before[0] != '\0') {
		add_words(before, &line);
		buf_adds(&line, " → ");
	}
	add_words(after, &line);
	if (by->refused != NULL)
		/* TRANSLATORS: an edit that the hub refused */
		buf_addf(&line, " (%s)", _("not accepted"));
	free(p->line[at]);
	p->line[at] = buf_detach(&line);
	return 0;
}

static void show_past(struct page *page, const struct past *p)
{
	int64_t first = p->count > PAST_MOST ? p->count - PAST_MOST : 0;

	if (p->count == 0)
		return;
	page_text(page, ROLE_MUTED, first > 0 ? _("The last changes of this field:") : _("The field so far:"));
	for (int64_t i = first; i < p->count; i++)
		page_note(page, p->line[i % PAST_MOST]);
}

static void release_past(struct shown *all)
{
	for (int i = 0; i < all->places; i++) {
		free((char *)all->place[i].table);
		free((char *)all->place[i].pk);
		free((char *)all->place[i].column);
		for (int k = 0; k < PAST_MOST; k++)
			free(all->past[i].line[k]);
	}
	free(all);
}

static void show_choice(struct page *p, const struct conflict_line *c, int i)
{
	struct buf hint = BUF_INIT, key = BUF_INIT;
	char when[17];

	date_local(c->choice[i].ms, when);
	if (i == 0)
		/* TRANSLATORS: of two values in conflict, the one that is shown for now */
		buf_addf(&hint, "%s · ", _("shown now"));
	page_author(&c->choice[i].author, &hint);
	if (c->choice[i].device[0] != '\0')
		buf_addf(&hint, " (%s)", c->choice[i].device);
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
	char programme[RECORD_ID_SIZE];

	(void)e;
	if (all->count++ >= all->places)
		return 0;
	buf_addf(&words, "%s · %s", c->name, c->field);
	if (other_programme(page_store(all->page), c->table, c->pk, programme)) {
		buf_adds(&words, " · ");
		record_name(page_store(all->page), &programme_type, programme, &words);
	}
	page_heading(all->page, words.data);
	for (int i = 0; i < c->count; i++)
		show_choice(all->page, c, i);
	if (strcmp(c->column, "deleted") != 0) {
		buf_reset(&words);
		/* To be edited from what is read; a text of several lines does not go into one. */
		make_key(c, 'o', strchr(c->choice[0].text, '\n') == NULL ? c->choice[0].text : "", &words);
		page_choice(all->page, _("another value …"), NULL, words.data);
	}
	page_link(all->page, _("open the card"), NULL, c->type, c->id);
	show_past(all->page, &all->past[all->count - 1]);
	buf_release(&words);
	return 0;
}

static int fill(struct page *p, struct err *e)
{
	struct shown *all = mem_zero(1, sizeof *all);
	int rc;

	all->page = p;
	if (page_loop(p)->status.conflicts > 0)
		page_text(p, ROLE_TEXT, _("One field was changed on two devices that did not know of each other. All values are kept until somebody chooses one: Enter."));
	rc = conflicts_each(page_store(p), collect, all, e);
	if (rc == 0)
		rc = conflicts_past(page_store(p), all->place, all->places, add_past, all, e);
	if (rc == 0)
		rc = conflicts_each(page_store(p), show, all, e);
	if (rc == 0)
		page_more(p, all->count < CONFLICTS_MOST ? all->count : CONFLICTS_MOST, all->count);
	if (rc == 0 && all->count == 0)
		page_none(p, _("No conflicts: all edits agree."));
	release_past(all);
	return rc;
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
