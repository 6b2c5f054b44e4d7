/* What is typed of a paper outlives the screen: kept as a draft, gone on with or discarded. */
#include "screens/verify.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "screens/parts/prompt.h"
#include "screens/verify_paper.h"

int verify_keep(struct verify *v, struct err *e)
{
	bool fresh = attendance_find_fresh(&v->found, v->store);
	struct draft d;
	int status;

	draft_init(&d);
	snprintf(d.type, sizeof d.type, "%s", DRAFT_VERIFICATION);
	memcpy(d.seminar, v->seminar, sizeof d.seminar);
	d.ms = clock_wall_ms();
	paper_write(&v->paper, &d.fields);
	status = draft_keep(v->store, &d, e);
	attendance_find_stay(&v->found, v->store, fresh);
	draft_release(&d);
	return status;
}

int verify_drop(struct verify *v, struct err *e)
{
	struct draft d;
	int status = 0;

	draft_init(&d);
	if (draft_find_verification(v->store, v->seminar, &d))
		status = draft_discard(v->store, &d, e);
	draft_release(&d);
	return status;
}

int verify_restore(struct loop *l, const struct draft *d, struct err *e)
{
	struct screen *screen = verify_make(l, d->seminar);
	struct verify *v = (struct verify *)screen;

	loop_push(l, screen);
	v->touched = true;		/* it is what the program ended in, should it end again */
	return paper_read(&v->paper, v->store, d->fields.data, d->fields.len, e);
}

struct again {
	struct loop *loop;
	char seminar[RECORD_ID_SIZE];
};

static unsigned again_answered(void *context, enum prompt_reply reply)
{
	struct again *a = context;
	struct draft d;
	struct err e = ERR_INIT;
	int status = 0;

	draft_init(&d);
	if (reply != PROMPT_DISMISSED && draft_find_verification(a->loop->store, a->seminar, &d))
		status = reply == PROMPT_YES ? verify_restore(a->loop, &d, &e) : draft_discard(a->loop->store, &d, &e);
	if (reply == PROMPT_NO && status == 0)
		loop_push(a->loop, verify_make(a->loop, a->seminar));
	if (status != 0)
		loop_problem(a->loop, &e);
	draft_release(&d);
	free(a);
	return DID_CHANGE;
}

static void ask_again(struct loop *l, const struct draft *d)
{
	struct again *a = mem_zero(1, sizeof *a);
	struct buf question = BUF_INIT, what = BUF_INIT;
	char when[17];

	a->loop = l;
	memcpy(a->seminar, d->seminar, sizeof a->seminar);
	date_local(d->ms, when);
	draft_describe(l->store, d, &what);
	buf_addf(&question, _("Typed up to %s: %s. Continue with it? (no: discard it)"), when, what.data);
	loop_push(l, prompt_ask(question.data, again_answered, a));
	buf_release(&question);
	buf_release(&what);
}

void verify_begin(struct loop *l, const char *seminar)
{
	struct draft d;

	draft_init(&d);
	if (draft_find_verification(l->store, seminar, &d))
		ask_again(l, &d);
	else
		loop_push(l, verify_make(l, seminar));
	draft_release(&d);
}
