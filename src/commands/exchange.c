/* exchange: joining a hub, exchanging bundles, and what is still to be sent. */
#include "commands/command.h"

#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/fsutil.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/text.h"
#include "crypto/secret.h"
#include "commands/sync_progress.h"
#include "store/journal_clock.h"
#include "sync/sync.h"

#define SMALL_FILE_MAX (1 << 20)	/* cards, requests and welcomes are a few KiB */

int command_join(struct invocation *call, struct err *e)
{
	const char *card_path = NULL, *fingerprint = NULL, *path = NULL;
	bool qr = false;
	const struct option options[] = {
		{ "hub", &card_path, NULL }, { "fingerprint", &fingerprint, NULL }, { "qr", NULL, &qr }, { "-o", &path, NULL }, { NULL, NULL, NULL }
	};
	struct buf card = BUF_INIT, request = BUF_INIT;
	int rc = -1;

	if (invocation_options(call, options, e) != 0 || invocation_words(call, 0, 0, e) != 0)
		return -1;
	if (card_path == NULL || fingerprint == NULL || path == NULL)
		return err_set(e, ERR_USAGE, _("join needs --hub CARD, --fingerprint \"…\" and -o FILE"));
	if (fs_read(card_path, SMALL_FILE_MAX, false, &card, e) == 0 && invocation_open(call, e) == 0 &&
	    sync_join(call->store, card.data, card.len, fingerprint, &request, e) == 0 &&
	    write_result(path, &request, 0644, e) == 0)
		rc = print_text(e, "%s\n", store_identity(call->store)->pub.fingerprint);
	buf_release(&card);
	buf_release(&request);
	return rc == 0 && qr ? command_show_qr(call, store_identity(call->store)->pub.fingerprint, e) : rc;
}

int command_welcome(struct invocation *call, struct err *e)
{
	const struct option none[] = { { NULL, NULL, NULL } };
	struct buf file = BUF_INIT;
	int rc;

	if (invocation_options(call, none, e) != 0 || invocation_words(call, 1, 1, e) != 0 ||
	    fs_read(call->argv[0], SMALL_FILE_MAX, false, &file, e) != 0)
		return -1;
	rc = invocation_open(call, e);
	if (rc == 0)
		rc = sync_welcome(call->store, file.data, file.len, e);
	buf_release(&file);
	return rc;
}

static int print_sync(struct invocation *call, const struct sync_report *r, struct err *e)
{
	struct buf out = BUF_INIT;
	int rc;

	if (call->json) {
		buf_addf(&out, "{\"bundles_written\":%d,\"bundles_read\":%d,\"bundles_parked\":%d,\"bundles_refused\":%d,",
		    r->bundles_written, r->bundles_read, r->bundles_parked, r->bundles_refused);
		buf_addf(&out, "\"operations_sent\":%lld,\"operations_received\":%lld,\"accepted\":%lld,\"refused\":%lld,\"again\":%lld,\"missing\":%d,\"problem\":",
		    (long long)r->operations_sent, (long long)r->operations_received, (long long)r->accepted, (long long)r->refused,
		    (long long)r->operations_again, r->missing);
		json_strings(&out, r->problem[0] != '\0' ? r->problem : NULL);
		buf_adds(&out, "}\n");
	} else {
		buf_addf(&out, _("sent: %lld, received: %lld, accepted by the hub: %lld, not accepted: %lld\n"),
		    (long long)r->operations_sent, (long long)r->operations_received, (long long)r->accepted, (long long)r->refused);
		if (r->bundles_parked > 0)
			buf_addf(&out, _("waiting for bundle %d from the hub; %d later ones are kept until it comes\n"), r->missing,
			    r->bundles_parked);
	}
	rc = print_buf(&out, e);
	buf_release(&out);
	return rc;
}

/* To standard error: what the clock has to do with it. */
static void tell_clock(struct invocation *call, const struct sync_report *r)
{
	struct buf lines = BUF_INIT;
	struct err why = ERR_INIT;

	if (r->operations_again > 0)
		buf_addf(&lines, _("given anew, because the hub could not take them before: %lld"), (long long)r->operations_again);
	else if (r->clock && journal_clock_check(store_journal(call->store), &why) != 0)
		buf_addf(&lines, _("the hub takes nothing more until you say what day it is: %s"), why.text);
	else if (r->clock)
		buf_adds(&lines, _("changes that the hub refused because the clock had been ahead are given anew once the last bundles have their receipts"));
	if (lines.len > 0)
		command_warn(call, lines.data);
	buf_release(&lines);
}

/* To standard error, once: what the hub changed of this device's entry. */
static int tell_entry(struct invocation *call, struct err *e)
{
	struct buf words = BUF_INIT;
	int rc = sync_entry(call->store, true, &words, e);

	if (rc == 0 && words.len > 0)
		command_warn(call, words.data);
	buf_release(&words);
	return rc;
}

/* The sentence is the person's whole way out: what happened, and whom to call with which digits. */
static int tell_anew(struct invocation *call, const struct sync_report *r, const char *via, struct err *e)
{
	struct sync_status st;

	(void)r;
	if (sync_status(call->store, &st, e) != 0)
		return -1;
	/* TRANSLATORS: a number of changes, a folder, a fingerprint of digits */
	return err_set(e, ERR_HUB_REFUSED, _("this store is an older copy, or another copy of it is in use, so it has new keys now and nothing is lost: %lld changes wait here;"
	    " the request to join anew is in %s, tell the hub this fingerprint by telephone: %s"), (long long)st.aside, via, st.fingerprint);
}

/* Over SSH the request to join goes by itself, and the operator wants to hear who it is. */
static int tell_requested(struct invocation *call, struct err *e)
{
	return err_set(e, ERR_HUB_REFUSED, _("the hub has the request to join and waits for its operator: tell the hub this fingerprint by telephone: %s"),
	    store_identity(call->store)->pub.fingerprint);
}

static int run_sync(struct invocation *call, const char *via, struct sync_report *report, struct err *e)
{
	struct sync_progress progress;
	int rc;

	sync_progress_begin(&progress);
	rc = sync_run_telling(call->store, via, report, sync_progress_tell, &progress, e);
	sync_progress_end(&progress);
	return rc;
}

int command_sync(struct invocation *call, struct err *e)
{
	const char *via = NULL;
	const struct option options[] = { { "via", &via, NULL }, { NULL, NULL, NULL } };
	struct sync_status status;
	struct sync_report report;

	if (invocation_options(call, options, e) != 0 || invocation_words(call, 0, 0, e) != 0 || invocation_open(call, e) != 0)
		return -1;
	if (via == NULL) {
		if (sync_status(call->store, &status, e) != 0)
			return -1;
		if (status.last_via[0] == '\0')
			return err_set(e, ERR_USAGE, _("there was no sync before, so say through which folder, or which hub: --via FOLDER or --via ssh://HOST"));
		via = status.last_via;
	}
	if (run_sync(call, via, &report, e) != 0 || print_sync(call, &report, e) != 0)
		return -1;
	tell_clock(call, &report);
	if (tell_entry(call, e) != 0)
		return -1;
	if (report.requested && !report.anew)
		return tell_requested(call, e);
	if (report.anew)
		return tell_anew(call, &report, via, e);
	if (sync_status(call->store, &status, e) != 0)
		return -1;
	if (strcmp(status.state, "revoked") == 0 || strcmp(status.state, "suspended") == 0)
		return err_set(e, ERR_HUB_REFUSED, "%s", sync_state_words(status.state));
	if (report.waiting > 0)
		command_warn(call, _("so many deletions at once wait for a coordinator"));
	if (report.bundles_refused > 0)
		return err_set(e, ERR_HUB_REFUSED, "%s", report.problem);
	if (report.bundles_unread > 0)
		return err_set(e, ERR_REFUSED, "%s", report.problem);
	return 0;
}

static int print_refused(void *context, int64_t seq, const char *table, const char *id, const char *reason, struct err *e)
{
	struct buf line = BUF_INIT;
	int rc;

	(void)context;
	buf_addf(&line, "not_accepted\t%lld\t", (long long)seq);
	text_escape_tsv(table, strlen(table), &line);
	buf_addc(&line, '\t');
	text_escape_tsv(id, strlen(id), &line);
	buf_addc(&line, '\t');
	text_escape_tsv(reason, strlen(reason), &line);
	buf_addc(&line, '\n');
	rc = print_buf(&line, e);
	buf_release(&line);
	return rc;
}

static void status_json(const struct sync_status *st, const char *device, struct buf *out)
{
	buf_adds(out, "{\"device\":");
	json_strings(out, device);
	buf_adds(out, ",\"hub\":");
	json_strings(out, st->joined ? st->hub_name : NULL);
	buf_adds(out, ",\"hub_id\":");
	json_strings(out, st->joined ? st->hub_id : NULL);
	buf_addf(out, ",\"welcomed\":%s,\"unsent\":%lld,\"sent\":%lld,\"accepted\":%lld,\"not_accepted\":%lld,\"waiting\":%lld,\"conflicts\":%lld,\"last_sync\":",
	    st->welcomed ? "true" : "false", (long long)st->unsent, (long long)st->sent, (long long)st->accepted, (long long)st->refused,
	    (long long)st->waiting, (long long)st->conflicts);
	if (st->last_sync_ms == 0) {
		json_strings(out, NULL);
	} else {
		char when[21];

		date_utc(st->last_sync_ms, when);
		json_strings(out, when);
	}
	buf_adds(out, ",\"state\":");
	json_strings(out, st->state[0] != '\0' ? st->state : NULL);
	buf_addf(out, ",\"anew\":%s,\"set_aside\":%lld", st->anew ? "true" : "false", (long long)st->aside);
	buf_adds(out, ",\"last_via\":");
	json_strings(out, st->last_via[0] != '\0' ? st->last_via : NULL);
	buf_adds(out, "}\n");
}

int command_status(struct invocation *call, struct err *e)
{
	bool qr = false;
	const struct option options[] = { { "qr", NULL, &qr }, { NULL, NULL, NULL } };
	struct sync_status st;
	struct buf out = BUF_INIT;
	char when[17] = "";
	int rc;

	if (invocation_options(call, options, e) != 0 || invocation_words(call, 0, 0, e) != 0 || invocation_open(call, e) != 0 ||
	    sync_status(call->store, &st, e) != 0)
		return -1;
	if (call->json) {
		status_json(&st, store_identity(call->store)->pub.id, &out);
		rc = print_buf(&out, e);
		buf_release(&out);
		return rc;
	}
	if (st.last_sync_ms != 0)
		date_local(st.last_sync_ms, when);
	buf_addf(&out, "device\t%s\nfingerprint\t%s\nhub\t", store_identity(call->store)->pub.id, store_identity(call->store)->pub.fingerprint);
	text_escape_tsv(st.hub_name, strlen(st.hub_name), &out);
	buf_addf(&out, "\nwelcomed\t%s\nunsent\t%lld\nsent\t%lld\naccepted\t%lld\nnot_accepted\t%lld\nwaiting\t%lld\nconflicts\t%lld\nlast_sync\t%s\nlast_via\t",
	    st.welcomed ? "yes" : "no", (long long)st.unsent, (long long)st.sent, (long long)st.accepted, (long long)st.refused,
	    (long long)st.waiting, (long long)st.conflicts, when);
	text_escape_tsv(st.last_via, strlen(st.last_via), &out);
	buf_addc(&out, '\n');
	if (st.anew)
		buf_addf(&out, "set_aside\t%lld\n", (long long)st.aside);
	if (st.state[0] != '\0')
		buf_addf(&out, "state\t%s\n", st.state);
	rc = print_buf(&out, e);
	buf_release(&out);
	if (rc == 0 && qr)
		rc = command_show_qr(call, st.fingerprint, e);
	return rc == 0 ? sync_each_refused(call->store, true, print_refused, NULL, e) : -1;
}
