#include "screens/import_preview.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "screens/parts/pick.h"
#include "screens/parts/prompt.h"

/* --- columns --- */

struct column { struct preview *preview; char *title; };

static unsigned meaning_chosen(void *context, const char *const *values, int count)
{
	struct column *c = context;

	if (count > 0) {
		import_list_tell(c->preview->list, c->title, (enum import_column)atoi(values[0]));
		import_preview_again(c->preview);
	}
	free(c->title);
	free(c);
	return DID_CHANGE;
}

static void ask_meaning(struct preview *p, const struct import_told *told)
{
	struct column *c = mem_zero(1, sizeof *c);
	struct buf title = BUF_INIT;
	struct screen *pick;
	char value[16];

	c->preview = p;
	c->title = mem_dup(told->title);
	buf_adds(&title, "«");
	text_escape(told->title, text_fit(told->title, strlen(told->title), 40), &title);
	buf_adds(&title, "»");
	pick = pick_open(title.data, meaning_chosen, c);
	buf_release(&title);
	for (int k = COLUMN_SKIPPED; k < COLUMN_KINDS; k++) {
		if (!import_column_in((enum import_column)k, import_list_kind(p->list)))
			continue;
		snprintf(value, sizeof value, "%d", k);
		pick_add(pick, value, _(import_columns[k].label), "");
		pick_also(pick, import_columns[k].name);
	}
	snprintf(value, sizeof value, "%d", (int)told->column);
	if (told->column != COLUMN_UNKNOWN)
		pick_start(pick, value);
	loop_push(p->screen.loop, pick);
}

static unsigned column_chosen(void *context, const char *const *values, int count)
{
	struct preview *p = context;
	struct import_told_columns columns;
	struct err e = ERR_INIT;

	if (count == 0)
		return DID_CHANGE;
	if (import_list_columns(p->list, p->store, true, &columns, &e) == 0) {
		int i = atoi(values[0]);

		if (i >= 0 && i < columns.count)
			ask_meaning(p, &columns.column[i]);
	} else {
		loop_problem(p->screen.loop, &e);
	}
	import_told_columns_release(&columns);
	return DID_CHANGE;
}

/* «Телефон участника: 8 917 …                Телефон» */
static void add_column(struct screen *pick, int i, const struct import_told *told)
{
	enum { TITLE = 30, EXAMPLE = 20 };
	struct buf text = BUF_INIT;
	char value[16];

	text_escape(told->title, text_fit(told->title, strlen(told->title), TITLE), &text);
	if (told->example[0] != '\0') {
		buf_adds(&text, ": ");
		text_escape(told->example, text_fit(told->example, strcspn(told->example, "\n"), EXAMPLE), &text);
	}
	snprintf(value, sizeof value, "%d", i);
	/* TRANSLATORS: beside the title of a column that the import does not understand */
	pick_add(pick, value, text.data, told->column == COLUMN_UNKNOWN ? _("not understood") : _(import_columns[told->column].label));
	buf_release(&text);
}

unsigned import_settle_columns(struct preview *p)
{
	struct import_told_columns columns;
	struct screen *pick;
	struct err e = ERR_INIT;

	if (import_list_columns(p->list, p->store, true, &columns, &e) != 0) {
		loop_problem(p->screen.loop, &e);
		return DID_CHANGE;
	}
	/* TRANSLATORS: the title above the columns of a list and what each means */
	pick = pick_open(_("What the columns mean"), column_chosen, p);
	for (int i = 0; i < columns.count; i++)
		if (columns.column[i].title[0] != '\0')
			add_column(pick, i, &columns.column[i]);
	import_told_columns_release(&columns);
	loop_push(p->screen.loop, pick);
	return DID_CHANGE;
}

/* --- one of several --- */

struct row { struct preview *preview; int line; enum import_column column; char *typed; };

static unsigned answered(void *context, const char *const *values, int count)
{
	struct row *r = context;

	if (count > 0) {
		import_list_answer(r->preview->list, r->line, r->column, r->typed, values[0]);
		import_preview_again(r->preview);
	}
	free(r->typed);
	free(r);
	return DID_CHANGE;
}

unsigned import_settle_row(struct preview *p, const struct import_question *q, int line)
{
	struct row *r = mem_zero(1, sizeof *r);
	struct buf title = BUF_INIT;
	struct screen *pick;

	/* A person of a row is its own; a lead, a seminar or a call of that name is the same in all rows. */
	*r = (struct row){ p, q->column == COLUMN_PERSON ? line : 0, q->column, mem_dup(q->typed) };
	text_escape(q->typed, text_fit(q->typed, strlen(q->typed), 40), &title);
	pick = pick_open(title.data, answered, r);
	buf_release(&title);
	for (int i = 0; i < q->count; i++)
		pick_add(pick, q->candidate[i].id, q->candidate[i].text, q->candidate[i].id);
	if (q->may_be_new)
		pick_add(pick, IMPORT_ANSWER_NEW, _("somebody new, who is entered"), "");
	loop_push(p->screen.loop, pick);
	return DID_CHANGE;
}

/* --- people whom no register has --- */

static unsigned set_new_people(struct preview *p, bool allowed)
{
	p->new_people = allowed;
	import_list_new_people(p->list, allowed);
	import_preview_again(p);
	loop_message(p->screen.loop, "%s", allowed ? _("people whom no register has will be entered") : _("people whom no register has are refused"));
	return DID_CHANGE;
}

static unsigned people_answer(void *context, enum prompt_reply reply)
{
	return reply == PROMPT_YES ? set_new_people(context, true) : DID_CHANGE;
}

unsigned import_settle_people(struct preview *p, bool ask)
{
	struct buf question = BUF_INIT;

	if (!ask)
		return set_new_people(p, !p->new_people);
	if (p->rows.unknown == 0)
		return DID_NOTHING;
	buf_addf(&question, P_("%d person of the list is in no register. Enter as new?", "%d people of the list are in no register. Enter them as new?",
	    p->rows.unknown), p->rows.unknown);
	loop_push(p->screen.loop, prompt_ask(question.data, people_answer, p));
	buf_release(&question);
	return DID_CHANGE;
}
