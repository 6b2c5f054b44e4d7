/* clock: what time it is for a store, and a person's word for it. */
#include "commands/command.h"

#include "base/clock.h"
#include "base/date.h"
#include "base/i18n.h"
#include "base/json.h"
#include "store/journal_clock.h"
#include "sync/sync.h"

static const char *const doubts[] = { [CLOCK_FINE] = "no", [CLOCK_BACK] = "back", [CLOCK_AHEAD] = "ahead", [CLOCK_REFUSED] = "refused" };

static void add_time(struct buf *out, const char *name, int64_t ms, bool json)
{
	char when[21] = "";

	if (ms > 0 && json)
		date_utc(ms, when);
	else if (ms > 0)
		date_local(ms, when);
	if (!json) {
		buf_addf(out, "%s\t%s\n", name, when);
		return;
	}
	json_key(out, name);
	json_strings(out, ms > 0 ? when : NULL);
}

/* The sentence that asks goes to standard error: what is piped stays what it is. */
static int show(struct invocation *call, struct err *e)
{
	struct journal *j = store_journal(call->store);
	struct buf out = BUF_INIT;
	struct err why = ERR_INIT;
	int64_t known;
	enum clock_doubt doubt = journal_clock_doubt(j, &known);
	int rc;

	if (call->json)
		buf_addc(&out, '{');
	add_time(&out, "now", journal_now_ms(j), call->json);
	add_time(&out, "computer", clock_computer_ms(), call->json);
	add_time(&out, "known", known, call->json);
	if (call->json) {
		json_key(&out, "doubt");
		json_strings(&out, doubts[doubt]);
		buf_adds(&out, "}\n");
	} else {
		buf_addf(&out, "doubt\t%s\n", doubts[doubt]);
	}
	rc = print_buf(&out, e);
	buf_release(&out);
	if (journal_clock_check(j, &why) != 0)
		command_warn(call, why.text);
	return rc;
}

/* Says how many changes that the hub refused for their time can be sent once more. */
static int give_anew(struct invocation *call, struct err *e)
{
	struct buf line = BUF_INIT;
	int64_t given;
	int rc = sync_give_anew(call->store, &given, e);

	if (rc == 0 && given > 0) {
		buf_addf(&line, _("changes that the hub had refused because the clock was ahead, and that the next sync sends again: %lld"), (long long)given);
		command_warn(call, line.data);
	}
	buf_release(&line);
	return rc;
}

static int set(struct invocation *call, int64_t ms, struct err *e)
{
	if (store_begin(call->store, e) != 0)
		return -1;
	if (journal_clock_set(store_journal(call->store), ms, e) != 0) {
		store_rollback(call->store);
		return -1;
	}
	return store_commit(call->store, e) == 0 ? give_anew(call, e) : -1;
}

int command_clock(struct invocation *call, struct err *e)
{
	bool computer = false;
	const struct option options[] = { { "computer", NULL, &computer }, { NULL, NULL, NULL } };
	struct buf words = BUF_INIT;
	int64_t ms = 0;
	int rc = 0;

	if (invocation_options(call, options, e) != 0 || invocation_words(call, 0, computer ? 0 : 2, e) != 0 || invocation_open(call, e) != 0)
		return -1;
	if (call->argc == 0 && !computer)
		return show(call, e);
	for (int i = 0; i < call->argc; i++)
		buf_addf(&words, "%s%s", i > 0 ? " " : "", call->argv[i]);
	if (!computer)
		rc = date_moment(words.data, journal_now_ms(store_journal(call->store)), &ms, e);
	if (rc == 0)
		rc = set(call, ms, e);
	buf_release(&words);
	return rc == 0 ? show(call, e) : -1;
}
