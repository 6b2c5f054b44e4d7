/* call: the calls of the selection: who judges them, closing and opening, the ranking, what it proposes, the protocol. */
#include "commands/command.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "commands/call_rank.h"
#include "commands/record_verbs.h"
#include "documents/protocol.h"
#include "records/application.h"
#include "records/call.h"
#include "records/decision.h"
#include "records/judge.h"
#include "records/person.h"

static const struct option no_options[] = { { NULL, NULL, NULL } };

/* Reading is the hub's too: the verb, its options and one word, which becomes the call's id. */
static int begin_reading(struct invocation *call, const struct option *options, char id[RECORD_ID_SIZE], struct err *e)
{
	verb_taken(call);
	if (invocation_options(call, options, e) != 0 || invocation_words(call, 1, 1, e) != 0 || invocation_open(call, e) != 0)
		return -1;
	return record_resolve(call->store, &call_type, call->argv[0], id, e);
}

/* --- judges --- */

/* With how many scores each has given: what they are is nobody's business yet. */
static int list_judges(struct invocation *call, const char *id, struct err *e)
{
	struct ranking r;
	struct buf out = BUF_INIT;
	int rc = ranking_read(call->store, id, &r, e);

	if (rc == 0) {
		call_judges(&r, call->json, &out);
		rc = print_buf(&out, e);
		ranking_release(&r);
	}
	buf_release(&out);
	return rc;
}

static int change_judge(struct invocation *call, const char *id, const char *person, bool remove, struct err *e)
{
	struct buf pk = BUF_INIT;
	bool named;
	int rc;

	if (!remove)
		return judge_name(call->store, id, person, &named, e);
	buf_addf(&pk, "%s/%s", id, person);
	rc = record_remove(call->store, &judge_type, pk.data, e);
	buf_release(&pk);
	return rc;
}

static int change_judges(struct invocation *call, const char *id, bool remove, struct err *e)
{
	char person[RECORD_ID_SIZE];
	int i;

	for (i = 1; i < call->argc; i++)
		if (record_resolve(call->store, &person_type, call->argv[i], person, e) != 0 || change_judge(call, id, person, remove, e) != 0)
			return -1;
	return 0;
}

/* All of them or none. */
static int run_judge(struct invocation *call, struct err *e)
{
	bool remove = false;
	const struct option options[] = { { "remove", NULL, &remove }, { NULL, NULL, NULL } };
	char id[RECORD_ID_SIZE];

	verb_taken(call);
	if (invocation_options(call, options, e) != 0 || invocation_words(call, 1, -1, e) != 0 || invocation_open(call, e) != 0 ||
	    record_resolve(call->store, &call_type, call->argv[0], id, e) != 0)
		return -1;
	if (call->argc == 1)
		return list_judges(call, id, e);
	if (call->program->hub)
		return err_set(e, ERR_REFUSED, _("the hub keeps what the devices send; a coordinator edits it in livenet"));
	if (store_begin(call->store, e) != 0)
		return -1;
	if (change_judges(call, id, remove, e) == 0)
		return store_commit(call->store, e);
	store_rollback(call->store);
	return -1;
}

/* --- open and closed --- */

static int run_close(struct invocation *call, struct err *e)
{
	char id[RECORD_ID_SIZE];
	struct buf words = BUF_INIT;
	struct ranking r;

	if (verb_begin(call, &call_type, no_options, 1, id, e) != 0 || call_close(call->store, id, e) != 0 || ranking_read(call->store, id, &r, e) != 0)
		return -1;
	if (r.missing > 0)
		buf_addf(&words, P_("%lld score is missing in this call; “call judge” tells whose", "%lld scores are missing in this call; “call judge” tells whose",
		    r.missing), (long long)r.missing);
	command_warn(call, words.data);
	ranking_release(&r);
	buf_release(&words);
	return 0;
}

static int run_reopen(struct invocation *call, struct err *e)
{
	char id[RECORD_ID_SIZE];

	return verb_begin(call, &call_type, no_options, 1, id, e) != 0 ? -1 : call_reopen(call->store, id, e);
}

static int run_rank(struct invocation *call, struct err *e)
{
	struct buf out = BUF_INIT;
	struct ranking r;
	char id[RECORD_ID_SIZE];
	int rc;

	if (begin_reading(call, no_options, id, e) != 0 || ranking_read(call->store, id, &r, e) != 0)
		return -1;
	if (call->json)
		call_rank_json(&r, &out);
	else
		call_rank_lines(&r, &out);
	rc = print_buf(&out, e);
	ranking_release(&r);
	buf_release(&out);
	return rc;
}

/* --- decisions --- */

struct proposed { struct buf out; bool json; int count; };

static int add_proposed(void *context, const struct ranking_row *row, struct err *e)
{
	struct proposed *p = context;

	(void)e;
	call_proposal(row, p->json, p->count++ == 0, &p->out);
	return 0;
}

static void tell_proposed(struct invocation *call, const struct decision_counts *n, bool apply)
{
	struct buf words = BUF_INIT;

	buf_addf(&words, apply ? _("selected: %d, in reserve: %d, decided before: %d") : _("would be selected: %d, in reserve: %d, decided before: %d"),
	    n->selected, n->reserve, n->decided);
	if (n->tied > 0)
		buf_addf(&words, "\n%s", _("a tie across the last place is decided by people: application decide A --decision selected|reserve|refused"));
	if (n->unscored > 0)
		buf_addf(&words, P_("\n%d application has no score and no proposal", "\n%d applications have no score and no proposal", n->unscored), n->unscored);
	if (!apply && n->selected + n->reserve > 0)
		buf_addf(&words, "\n%s", _("nothing is changed yet; --apply takes these decisions"));
	command_warn(call, words.data);
	buf_release(&words);
}

static int take_back(struct invocation *call, const char *id, struct err *e)
{
	struct buf words = BUF_INIT;
	int count;

	if (decision_take_back_all(call->store, id, &count, e) != 0)
		return -1;
	buf_addf(&words, _("decisions taken back: %d"), count);
	command_warn(call, words.data);
	buf_release(&words);
	return 0;
}

static int run_decide(struct invocation *call, struct err *e)
{
	bool apply = false, back = false;
	const struct option options[] = { { "apply", NULL, &apply }, { "take-back", NULL, &back }, { NULL, NULL, NULL } };
	struct proposed p = { BUF_INIT, call->json, 0 };
	struct decision_counts n;
	char id[RECORD_ID_SIZE];
	int rc;

	if (verb_begin(call, &call_type, options, 1, id, e) != 0)
		return -1;
	if (apply && back)
		return err_set(e, ERR_USAGE, _("only one of --apply and --take-back can be meant"));
	if (back)
		return take_back(call, id, e);
	rc = decision_propose(call->store, id, apply, add_proposed, &p, &n, e);
	if (rc == 0) {
		call_proposal_end(call->json, p.count, &p.out);
		rc = print_buf(&p.out, e);
		tell_proposed(call, &n, apply);
	}
	buf_release(&p.out);
	return rc;
}

/* --- the protocol --- */

static int run_protocol(struct invocation *call, struct err *e)
{
	struct delivery_options to = { NULL, NULL };
	const struct option options[] = { { "-o", &to.path, NULL }, { "print", &to.printer, NULL }, { NULL, NULL, NULL } };
	struct buf out = BUF_INIT;
	char id[RECORD_ID_SIZE];
	int rc;

	if (begin_reading(call, options, id, e) != 0)
		return -1;
	rc = protocol_make(call->store, id, &out, e);
	if (rc == 0)
		rc = command_deliver(call, &to, _("The protocol of the selection"), &out, true, e);
	buf_release(&out);
	return rc;
}

int command_call(struct invocation *call, struct err *e)
{
	static const struct { const char *verb; int (*run)(struct invocation *, struct err *); } verbs[] = {
		{ "judge", run_judge }, { "close", run_close }, { "reopen", run_reopen }, { "rank", run_rank }, { "decide", run_decide }, { "protocol", run_protocol }
	};
	size_t i;

	for (i = 0; call->argc > 0 && i < sizeof(verbs) / sizeof(verbs[0]); i++)
		if (strcmp(verbs[i].verb, call->argv[0]) == 0)
			return verbs[i].run(call, e);
	return command_record(call, e);
}
