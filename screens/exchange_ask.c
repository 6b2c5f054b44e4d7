#include "screens/exchange_ask.h"

#include "base/i18n.h"
#include "screens/prompt.h"

/* What was done, in one line: counts first, then what needs a look. */
static void tell(struct loop *l, const struct sync_report *r)
{
	struct buf words = BUF_INIT;

	buf_addf(&words, _("exchange done · sent: %lld · received: %lld"), (long long)r->operations_sent, (long long)r->operations_received);
	if (r->accepted > 0)
		buf_addf(&words, _(" · accepted by the hub: %lld"), (long long)r->accepted);
	if (r->refused > 0)
		buf_addf(&words, _(" · not accepted: %lld"), (long long)r->refused);
	if (r->bundles_parked > 0)
		buf_addf(&words, _(" · waiting for bundle %d"), r->missing);
	if (r->bundles_refused > 0)
		buf_addf(&words, _(" · refused bundles: %d: %s"), r->bundles_refused, r->problem);
	loop_message(l, "%s", words.data);
	l->warning = r->bundles_refused > 0 || r->refused > 0;
	buf_release(&words);
}

static unsigned folder_typed(void *context, const char *typed, bool *again)
{
	struct loop *l = context;
	struct sync_report report;
	struct err e = ERR_INIT;

	if (typed == NULL)
		return DID_CHANGE;
	if (typed[0] == '\0') {
		*again = true;
		return DID_CHANGE;
	}
	if (sync_run(l->store, typed, &report, &e) != 0) {
		loop_problem(l, &e);
		*again = e.code == ERR_UNREACHED;
		return DID_SAVE;
	}
	tell(l, &report);
	return DID_SAVE;
}

void exchange_ask(struct loop *l)
{
	loop_push(l, prompt_line(_("Folder of the exchange:"), l->status.last_via, folder_typed, l));
}
