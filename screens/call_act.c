#include "screens/call_act.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "documents/protocol.h"
#include "records/call.h"
#include "records/decision.h"
#include "records/judge.h"
#include "records/person.h"
#include "records/ranking.h"
#include "screens/parts/output.h"
#include "screens/parts/pick.h"
#include "screens/parts/prompt.h"
#include "screens/parts/words.h"

struct doing {
	struct loop *loop;
	char call[RECORD_ID_SIZE];
};

static struct doing *doing_new(struct loop *l, const char *call)
{
	struct doing *d = mem_zero(1, sizeof *d);

	d->loop = l;
	snprintf(d->call, sizeof d->call, "%s", call);
	return d;
}

static unsigned problem(struct loop *l, const struct err *e)
{
	loop_problem(l, e);
	return DID_CHANGE;
}

/* --- open and closed --- */

bool call_act_open(struct loop *l, const char *call)
{
	if (!call_is_closed(l->store, call))
		return true;
	loop_message(l, _("! the call is closed, and its scores stand; a coordinator opens it again: L on its card"));
	l->warning = true;
	return false;
}

static unsigned close_answer(void *context, enum prompt_reply reply)
{
	struct doing *d = context;
	struct err e = ERR_INIT;
	unsigned did = DID_CHANGE;

	if (reply == PROMPT_YES && call_close(d->loop->store, d->call, &e) == 0) {
		loop_message(d->loop, _("closed: the ranking stands, and all scores are seen"));
		did = DID_SAVE;
	} else if (reply == PROMPT_YES) {
		loop_problem(d->loop, &e);
	}
	free(d);
	return did;
}

static unsigned reopen_answer(void *context, enum prompt_reply reply)
{
	struct doing *d = context;
	struct err e = ERR_INIT;
	unsigned did = DID_CHANGE;

	if (reply == PROMPT_YES && call_reopen(d->loop->store, d->call, &e) == 0) {
		loop_message(d->loop, _("open again: scores can be entered, and everybody sees the own ones"));
		did = DID_SAVE;
	} else if (reply == PROMPT_YES) {
		loop_problem(d->loop, &e);
	}
	free(d);
	return did;
}

/* How many scores are missing of all that the judges could give. */
static int missing(struct store *s, const char *call, int64_t *count, struct err *e)
{
	struct ranking r;

	if (ranking_read(s, call, &r, e) != 0)
		return -1;
	*count = (int64_t)r.judges * r.criteria * r.submitted;
	for (int i = 0; i < r.judges; i++)
		*count -= r.judge[i].given;
	ranking_release(&r);
	return 0;
}

static unsigned ask_state(struct loop *l, const char *call)
{
	struct buf question = BUF_INIT;
	struct err e = ERR_INIT;
	int64_t lacking;

	if (call_coordinator(l->store, &e) != 0 || missing(l->store, call, &lacking, &e) != 0)
		return problem(l, &e);
	if (call_is_closed(l->store, call)) {
		loop_push(l, prompt_ask(_("Open the call again, so that judges can change their scores?"), reopen_answer, doing_new(l, call)));
		return DID_CHANGE;
	}
	buf_adds(&question, _("Close the call? Scores can be entered no more, and everybody sees all of them."));
	if (lacking > 0)
		buf_addf(&question, P_(" %lld score is missing.", " %lld scores are missing.", lacking), (long long)lacking);
	loop_push(l, prompt_ask(question.data, close_answer, doing_new(l, call)));
	buf_release(&question);
	return DID_CHANGE;
}

/* --- decisions --- */

static unsigned decide_answer(void *context, enum prompt_reply reply)
{
	struct doing *d = context;
	struct decision_counts n;
	struct err e = ERR_INIT;
	unsigned did = DID_CHANGE;

	if (reply == PROMPT_YES && decision_propose(d->loop->store, d->call, true, NULL, NULL, &n, &e) == 0) {
		loop_message(d->loop, _("selected: %d, in reserve: %d; the selected have their role and stage"), n.selected, n.reserve);
		did = DID_SAVE;
	} else if (reply == PROMPT_YES) {
		loop_problem(d->loop, &e);
	}
	free(d);
	return did;
}

static unsigned ask_decisions(struct loop *l, const char *call)
{
	struct decision_counts n;
	struct buf question = BUF_INIT;
	struct err e = ERR_INIT;

	if (call_coordinator(l->store, &e) == 0 && !call_is_closed(l->store, call))
		err_set(&e, ERR_REFUSED, _("the judges are still at work: L closes the call first"));
	if (e.code != ERR_NONE || decision_propose(l->store, call, false, NULL, NULL, &n, &e) != 0)
		return problem(l, &e);
	if (n.selected + n.reserve == 0 && n.tied == 0) {
		loop_message(l, _("everything that has a score is decided; D on an application changes one decision"));
		return DID_CHANGE;
	}
	if (n.selected + n.reserve == 0) {
		loop_message(l, _("what is left is a tie across the last place: decide with D on each application"));
		return DID_CHANGE;
	}
	buf_addf(&question, _("Take the decisions of the ranking: selected %d, in reserve %d?"), n.selected, n.reserve);
	if (n.tied > 0)
		buf_addf(&question, _(" The tie of %d is left to you."), n.tied);
	loop_push(l, prompt_ask(question.data, decide_answer, doing_new(l, call)));
	buf_release(&question);
	return DID_CHANGE;
}

/* --- judges --- */

static int change_judge(struct store *s, const char *call, const char *person, int *named, int *off, struct err *e)
{
	struct buf pk = BUF_INIT;
	int is = judge_is(s, call, person, e), rc;
	bool added;

	if (is < 0)
		return -1;
	if (is == 0) {
		++*named;
		return judge_name(s, call, person, &added, e);
	}
	++*off;
	buf_addf(&pk, "%s/%s", call, person);
	rc = record_remove(s, &judge_type, pk.data, e);
	buf_release(&pk);
	return rc;
}

static unsigned judges_chosen(void *context, const char *const *values, int count)
{
	struct doing *d = context;
	struct loop *l = d->loop;
	struct err e = ERR_INIT;
	int named = 0, off = 0, rc = count > 0 ? store_begin(l->store, &e) : 0;

	for (int i = 0; i < count && rc == 0; i++)
		if ((rc = change_judge(l->store, d->call, values[i], &named, &off, &e)) != 0)
			store_rollback(l->store);
	if (rc == 0 && count > 0)
		rc = store_commit(l->store, &e);
	if (rc != 0)
		loop_problem(l, &e);
	else if (count > 0)
		loop_message(l, _("judges named: %d, taken off: %d"), named, off);
	free(d);
	return DID_SAVE;
}

static int offer_judge(void *context, const struct link *j, struct err *e)
{
	struct buf hint = BUF_INIT;

	(void)e;
	if (j->other[0] != '\0')
		/* TRANSLATORS: in a choice of judges, of one who is named already */
		buf_adds(&hint, _("judges now: choosing takes off"));
	else
		words_choice(person_roles, j->code, &hint);
	pick_add(context, j->id, j->name, hint.data);
	buf_release(&hint);
	return 0;
}

static unsigned ask_judges(struct loop *l, const char *call)
{
	struct screen *pick;
	struct err e = ERR_INIT;
	int64_t total;

	if (call_coordinator(l->store, &e) != 0)
		return problem(l, &e);
	if (!call_act_open(l, call))
		return DID_CHANGE;
	pick = pick_open(_("Who judges? Tab marks several"), judges_chosen, doing_new(l, call));
	pick_several(pick);
	if (judge_candidates(l->store, call, JUDGE_CANDIDATES_MOST, offer_judge, pick, &total, &e) != 0)
		loop_problem(l, &e);
	loop_push(l, pick);
	return DID_CHANGE;
}

/* --- the protocol --- */

static int make_protocol(struct store *s, void *context, struct buf *out, struct err *e)
{
	return protocol_make(s, context, out, e);
}

static unsigned offer_protocol(struct loop *l, const char *call)
{
	struct buf file = BUF_INIT;
	struct err e = ERR_INIT;
	unsigned did;

	if (!call_is_closed(l->store, call)) {
		err_set(&e, ERR_REFUSED, _("the protocol is made once the call is closed: L closes it"));
		return problem(l, &e);
	}
	protocol_file_name(l->store, call, &file);
	did = output_offer(l, &(struct output){ .title = _("The protocol of the selection"), .file = file.data, .printable = true, .personal = true,
		.make = make_protocol, .context = mem_dup(call), .release = free });
	buf_release(&file);
	return did;
}

unsigned call_act(struct loop *l, const char *call, enum action action)
{
	switch (action) {
	case ACTION_CLOSE_CALL: return ask_state(l, call);
	case ACTION_DECIDE: return ask_decisions(l, call);
	case ACTION_JUDGES: return ask_judges(l, call);
	case ACTION_PAPER: return offer_protocol(l, call);
	default: return DID_NOTHING;
	}
}
