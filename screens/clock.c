#include "screens/clock.h"

#include "base/clock.h"
#include "base/date.h"
#include "base/i18n.h"
#include "screens/parts/prompt.h"
#include "store/journal_clock.h"

#define REST_MS (5 * DATE_MINUTE_MS)
#define YEAR_MS (366 * DATE_DAY_MS)

static int set_clock(struct store *s, int64_t ms, struct err *e)
{
	if (store_begin(s, e) != 0)
		return -1;
	if (journal_clock_set(store_journal(s), ms, e) != 0) {
		store_rollback(s);
		return -1;
	}
	return store_commit(s, e);
}

static unsigned date_typed(void *context, const char *typed, bool *again)
{
	struct loop *l = context;
	struct err e = ERR_INIT;
	char when[17];
	int64_t ms, given;

	if (typed == NULL) {
		l->watch_rest_ms = clock_monotonic_ms() + REST_MS;
		return DID_CHANGE;
	}
	if (date_moment(typed, journal_now_ms(store_journal(l->store)), &ms, &e) != 0 || set_clock(l->store, ms, &e) != 0) {
		loop_problem(l, &e);
		*again = true;
		return DID_CHANGE;
	}
	date_local(ms, when);
	if (sync_give_anew(l->store, &given, &e) != 0)
		loop_problem(l, &e);
	else if (given > 0)
		loop_message(l, _("it is %s; changes that the hub had refused because the clock was ahead can be sent again: %lld"), when, (long long)given);
	else
		loop_message(l, _("from now on it is %s here, until this computer is started anew"), when);
	return DID_SAVE;
}

/* What Enter alone would confirm must not be the harm itself: of a clock that is behind, or that the hub found ahead, the last day that is known; of one that
 * is years ahead nothing; else, after a long leave, the computer's time. */
static void propose(const struct journal *j, char out[17])
{
	int64_t known, now = journal_now_ms(j);
	enum clock_doubt doubt = journal_clock_doubt(j, &known);

	out[0] = '\0';
	if ((doubt == CLOCK_BACK || doubt == CLOCK_REFUSED) && known > 0) {
		date_local(known, out);
		out[10] = '\0';
	} else if (doubt == CLOCK_AHEAD && now - known < YEAR_MS) {
		date_local(now, out);
	}
}

void clock_watch(struct loop *l)
{
	struct err e = ERR_INIT;
	char day[17];

	if (l->store == NULL || l->top == NULL || l->top->class->overlay || clock_monotonic_ms() < l->watch_rest_ms ||
	    journal_clock_check(store_journal(l->store), &e) == 0)
		return;
	propose(store_journal(l->store), day);
	/* TRANSLATORS: a question; a date may stand behind it, to be put right or to be confirmed */
	loop_push(l, prompt_line(_("Today is:"), day, date_typed, l));
	loop_problem(l, &e);
}
