#include "screens/exchange.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "records/deletion_hold.h"
#include "records/label.h"
#include "screens/cards.h"
#include "screens/deletions.h"
#include "screens/exchange_join.h"
#include "screens/parts/page.h"
#include "screens/parts/path.h"
#include "screens/parts/progress.h"
#include "screens/parts/prompt.h"
#include "screens/scan.h"

#define REFUSED_MOST 200		/* lines of them */

struct exchange {
	struct sync_report report;	/* of the last run since the page is open */
	bool ran;
};

/* --- what stands there --- */

static void show_hub(struct page *p, const struct sync_status *s)
{
	struct buf text = BUF_INIT;
	char when[17];

	page_heading(p, _("The hub"));
	page_field(p, _("Hub"), s->joined ? s->hub_name : _("not joined yet"));
	page_field(p, _("Own fingerprint"), s->fingerprint);
	if (s->last_sync_ms != 0) {
		date_local(s->last_sync_ms, when);
		page_field(p, _("Last exchange"), when);
	}
	if (s->last_via[0] != '\0') {
		path_shorten(s->last_via, &text);
		page_field(p, _("Through the folder"), text.data);
	}
	buf_release(&text);
}

/* What the hub changed of this device's entry, until the page is closed; and for good what it means to be closed or revoked. */
static void show_entry(struct page *p, const struct sync_status *s)
{
	struct buf news = BUF_INIT, text = BUF_INIT;

	if (sync_entry(page_store(p), false, &news, NULL) == 0 && news.len > 0)
		buf_cut(&news, news.len - 1);
	else
		buf_adds(&news, sync_state_words(s->state));
	if (news.len > 0) {
		buf_addf(&text, "! %s", news.data);
		page_text(p, ROLE_WARNING, text.data);
	}
	buf_release(&news);
	buf_release(&text);
}

/* What is to be done next stands first: below it nobody would look for it. */
static void show_waiting(struct page *p, const struct sync_status *s)
{
	show_entry(p, s);
	if (s->anew && !s->welcomed)
		page_text(p, ROLE_WARNING, _("! This store is an older copy of itself, or another copy of it is in use. It has new keys now, and nothing that was entered is lost. Its request to join anew lies in the folder of the exchange: tell the hub the fingerprint below by telephone, and take its welcome."));
	else if (s->anew)
		page_text(p, ROLE_TEXT, _("This device has joined anew. Once the hub's records are here whole, the changes that wait are sent."));
	else if (s->joined && !s->welcomed)
		page_text(p, ROLE_TEXT, _("The hub has not welcomed this device yet: it has to read the request, hear this device's fingerprint and give its welcome."));
}

static void show_doings(struct page *p, const struct sync_status *s)
{
	struct buf folder = BUF_INIT;

	page_heading(p, _("What can be done"));
	path_shorten(s->last_via, &folder);
	if (s->welcomed) {
		page_choice(p, _("Exchange through this folder now"), folder.data, "now");
		page_choice(p, _("Exchange through another folder …"), NULL, "folder");
		if (s->last_via[0] == '\0')
			page_start(p, "folder");
	} else {
		page_choice(p, s->joined ? _("Write the request to join once more …") : _("Join a hub …"), _("its card, its fingerprint, a request"), "join");
		page_choice(p, _("Take the hub's welcome …"), _("the file that it answers with"), "welcome");
		page_choice(p, _("Show the fingerprint as a QR code …"), NULL, "scan");
		page_start(p, s->joined ? "welcome" : "join");
	}
	buf_release(&folder);
}

static void show_work(struct page *p, const struct sync_status *s)
{
	page_heading(p, _("Your changes"));
	page_number(p, _("Not sent"), s->unsent);
	if (s->anew)
		page_number(p, _("of them waiting for the hub's records"), s->aside);
	page_number(p, _("Sent, no receipt yet"), s->sent);
	page_number(p, _("Accepted"), s->accepted);
	page_number(p, _("Not accepted"), s->refused);
	if (s->waiting > 0)
		/* TRANSLATORS: of deletions: there were so many at once that a coordinator is asked first */
		page_number(p, _("Wait for a coordinator"), s->waiting);
}

/* Deletions of others that this device's person may decide about, and own ones that wait. */
static int show_deletions(struct page *p, struct err *e)
{
	struct buf words = BUF_INIT;
	int64_t count;

	if (deletion_hold_waiting(page_store(p), &count, e) != 0)
		return -1;
	if (count > 0) {
		buf_addf(&words, _("! many deletions at once: %lld to be decided"), (long long)count);
		page_choice(p, words.data, NULL, "deletions");
	}
	buf_release(&words);
	return 0;
}

static void show_report(struct page *p, const struct sync_report *r)
{
	struct buf text = BUF_INIT;

	page_heading(p, _("This exchange"));
	page_number(p, _("Sent"), r->operations_sent);
	page_number(p, _("Received"), r->operations_received);
	page_number(p, _("Accepted"), r->accepted);
	if (r->refused > 0)
		page_number(p, _("Not accepted"), r->refused);
	if (r->waiting > 0)
		page_number(p, _("Wait for a coordinator"), r->waiting);
	if (r->bundles_parked > 0) {
		buf_addf(&text, _("A bundle of the hub is missing, number %d; the later ones (%d) are kept until it comes."), r->missing, r->bundles_parked);
		page_text(p, ROLE_TEXT, text.data);
	}
	if (r->operations_again > 0)
		page_text(p, ROLE_TEXT, _("Changes that the hub could not take before were given anew, and sent."));
	else if (r->clock)
		page_text(p, ROLE_WARNING, _("! The hub refused changes because the clock was ahead. Say what day it is, and exchange once more: they are given anew then."));
	buf_reset(&text);
	if (r->bundles_refused > 0)
		buf_addf(&text, _("! Bundles that were not taken: %d. %s"), r->bundles_refused, r->problem);
	else if (r->bundles_unread > 0)
		buf_addf(&text, _("! Bundles that could not be read now: %d. %s"), r->bundles_unread, r->problem);
	if (text.len > 0)
		page_text(p, ROLE_WARNING, text.data);
	buf_release(&text);
}

struct refused {
	struct page *page;
	int64_t shown, total;
};

static bool is_here(struct store *s, const struct record_type *type, const char *id)
{
	struct record r;
	bool here = record_load(s, &r, type, id, NULL) == 0;

	if (here)
		record_release(&r);
	return here;
}

/* To the record, or, where there is none any more, to what was done to it. */
static void link_record(struct page *p, const struct record_type *type, const char *id, const char *reason)
{
	struct buf text = BUF_INIT, key = BUF_INIT;

	record_name(page_store(p), type, id, &text);
	buf_addf(&text, "%s%s", text.len > 0 ? " · " : "", _(type->title));
	buf_addf(&key, "%s %s", type->name, id);
	if (is_here(page_store(p), type, id)) {
		page_link(p, text.data, reason, type, id);
	} else {
		buf_addf(&text, " %s", id);
		page_choice(p, text.data, reason, key.data);
	}
	buf_release(&text);
	buf_release(&key);
}

/* A change that was not accepted, and why. */
static int show_refused(void *context, int64_t seq, const char *table, const char *id, const char *reason, struct err *e)
{
	struct refused *r = context;
	const struct record_type *type = label_type(table);

	(void)seq;
	(void)e;
	if (r->total++ == 0)
		page_heading(r->page, _("Not accepted by the hub"));
	if (r->shown == REFUSED_MOST)
		return 0;
	r->shown++;
	if (type == NULL)
		page_line(r->page, table, reason);
	else
		link_record(r->page, type, label_record(table, id), reason);
	return 0;
}

static int fill(struct page *p, struct err *e)
{
	struct exchange *x = page_context(p);
	struct refused r = { p, 0, 0 };
	struct sync_status status;

	if (sync_status(page_store(p), &status, e) != 0)
		return -1;
	page_title(p, _("Exchange"));
	show_waiting(p, &status);
	show_doings(p, &status);
	if (x->ran && !x->report.anew)
		show_report(p, &x->report);
	show_work(p, &status);
	if (show_deletions(p, e) != 0)
		return -1;
	if (sync_each_refused(page_store(p), false, show_refused, &r, e) != 0)
		return -1;
	page_more(p, r.shown, r.total);
	show_hub(p, &status);
	return 0;
}

/* --- what is done --- */

/* What came of it, in one line: counts first, then what needs a look. */
static void tell(struct loop *l, const struct sync_report *r)
{
	struct buf words = BUF_INIT;

	buf_addf(&words, _("exchange done · sent: %lld · received: %lld"), (long long)r->operations_sent, (long long)r->operations_received);
	if (r->accepted > 0)
		buf_addf(&words, _(" · accepted by the hub: %lld"), (long long)r->accepted);
	if (r->refused > 0)
		buf_addf(&words, _(" · not accepted: %lld"), (long long)r->refused);
	if (r->waiting > 0)
		buf_addf(&words, " · %s", _("so many deletions at once wait for a coordinator"));
	if (r->anew) {
		loop_message(l, _("! this store is an older copy of itself, or another copy is in use: it has to join anew; nothing is lost"));
		l->warning = true;
		buf_release(&words);
		return;
	}
	if (r->operations_again > 0)
		buf_addf(&words, _(" · given anew: %lld"), (long long)r->operations_again);
	if (r->bundles_parked > 0)
		buf_addf(&words, _(" · waiting for bundle %d"), r->missing);
	if (r->bundles_refused + r->bundles_unread > 0)
		buf_addf(&words, _(" · bundles not taken: %d: %s"), r->bundles_refused + r->bundles_unread, r->problem);
	loop_message(l, "%s", words.data);
	l->warning = r->bundles_refused + r->bundles_unread > 0 || r->refused + r->waiting > 0;
	buf_release(&words);
}

static int run(struct page *p, const char *folder, struct err *e)
{
	struct exchange *x = page_context(p);
	struct loop *l = page_loop(p);
	int status;

	memset(&x->report, 0, sizeof x->report);
	progress_begin(l, _("Exchange with the hub"), &x->report.operations_seen);
	status = sync_run(page_store(p), folder, &x->report, e);
	x->ran = true;
	if (progress_end(l)) {
		loop_message(l, _("interrupted: what came whole is kept, and the next exchange goes on from there"));
		return 0;
	}
	if (status == 0)
		tell(l, &x->report);
	else
		x->ran = e->code != ERR_UNREACHED;
	return status;
}

static unsigned folder_typed(void *context, const char *typed, bool *again)
{
	struct page *p = context;
	struct buf path = BUF_INIT;
	struct err e = ERR_INIT;

	if (typed == NULL)
		return DID_CHANGE;
	path_expand(typed, &path);
	if (path.len == 0 || run(p, path.data, &e) != 0) {
		*again = path.len == 0 || e.code == ERR_UNREACHED;
		if (path.len > 0)
			loop_problem(page_loop(p), &e);
	}
	buf_release(&path);
	return DID_SAVE;
}

static void ask_folder(struct page *p, const char *last)
{
	struct buf shown = BUF_INIT;

	path_shorten(last, &shown);
	loop_push(page_loop(p), prompt_path(_("Folder of the exchange:"), shown.data, true, folder_typed, p));
	buf_release(&shown);
}

/* At once where a folder is known; where it is not there now, it is asked for. */
static unsigned exchange_now(struct page *p)
{
	struct loop *l = page_loop(p);
	struct sync_status status;
	struct err e = ERR_INIT;

	if (sync_status(page_store(p), &status, &e) != 0) {
		loop_problem(l, &e);
	} else if (!status.welcomed && !status.anew) {
		loop_message(l, status.joined ? _("the hub has not welcomed this device yet: take its welcome first") : _("join a hub first"));
	} else if (status.last_via[0] == '\0') {
		ask_folder(p, "");
	} else if (run(p, status.last_via, &e) != 0) {
		if (e.code == ERR_UNREACHED)
			ask_folder(p, status.last_via);
		loop_problem(l, &e);
	}
	return DID_SAVE;
}

/* "type id": what was done to a record that is not here. */
static unsigned open_history(struct page *p, const char *key)
{
	const char *id = strchr(key, ' ');
	char name[32];
	const struct record_type *type;

	if (id == NULL)
		return DID_NOTHING;
	snprintf(name, sizeof name, "%.*s", (int)(id - key), key);
	type = record_type_find(name);
	if (type != NULL)
		cards_history(page_loop(p), type, id + 1);
	return DID_CHANGE;
}

static unsigned open_choice(struct page *p, const char *key)
{
	if (strcmp(key, "now") == 0)
		return exchange_now(p);
	if (strcmp(key, "folder") == 0) {
		struct sync_status status;
		struct err e = ERR_INIT;

		if (sync_status(page_store(p), &status, &e) != 0)
			loop_problem(page_loop(p), &e);
		else
			ask_folder(p, status.last_via);
	} else if (strcmp(key, "deletions") == 0) {
		loop_push(page_loop(p), deletions_open(page_store(p)));
	} else if (strcmp(key, "scan") == 0) {
		struct sync_status status;
		struct err e = ERR_INIT;

		if (sync_status(page_store(p), &status, &e) != 0)
			loop_problem(page_loop(p), &e);
		else
			loop_push(page_loop(p), scan_open(status.fingerprint));
	} else if (strcmp(key, "join") == 0) {
		exchange_join(page_loop(p));
	} else if (strcmp(key, "welcome") == 0) {
		exchange_welcome(page_loop(p));
	} else {
		return open_history(p, key);
	}
	return DID_CHANGE;
}

static unsigned act(struct page *p, enum action action)
{
	return action == ACTION_EXCHANGE_NOW ? exchange_now(p) : DID_NOTHING;
}

static void release(struct page *p)
{
	struct buf read = BUF_INIT;

	sync_entry(page_store(p), true, &read, NULL);	/* who closes the page has seen it */
	buf_release(&read);
	free(page_context(p));
}

static const struct page_class exchange_class = {
	.name = "exchange", .where = IN_EXCHANGE | IN_MAIN, .fill = fill, .open = open_choice, .act = act, .release = release,
};

struct screen *exchange_open(struct store *s)
{
	return page_open(s, &exchange_class, mem_zero(1, sizeof(struct exchange)));
}
