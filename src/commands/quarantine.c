/* quarantine: bundles that were refused: which, from whom, why; judged once more; deleted. In either program. */
#include "commands/command.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/date.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/text.h"
#include "sync/quarantine_look.h"

#define DAYS_MAX 36500

static int read_number(const char *text, int64_t most, int64_t *number)
{
	char *end;
	long long n;

	errno = 0;
	n = strtoll(text, &end, 10);
	*number = n;
	return errno == 0 && end != text && *end == '\0' && n >= 0 && n <= most ? 0 : -1;
}

static int read_id(const char *text, int64_t *id, struct err *e)
{
	return read_number(text, INT64_MAX, id) == 0 && *id > 0 ? 0 : err_set(e, ERR_USAGE, _("“%s” is not a number of the list"), text);
}

/* --- list --- */

struct list { struct buf out; bool json; int count; };

static void add_json(const struct quarantined *q, struct buf *out)
{
	const char *const texts[][2] = { { "device", q->sender }, { "label", q->label }, { "hash", q->hash }, { "origin", q->origin }, { "reason", q->reason } };
	char when[DATE_UTC_SIZE];

	date_utc(q->arrived_ms, when);
	buf_addf(out, "{\"number\":%lld,\"arrived\":\"%s\"", (long long)q->id, when);
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		json_key(out, texts[i][0]);
		json_strings(out, *texts[i][1] != '\0' ? texts[i][1] : NULL);
	}
	buf_addf(out, ",\"signed\":%s,\"bundle\":", q->proved ? "true" : "false");
	if (q->seq > 0)
		buf_addi(out, q->seq);
	else
		buf_adds(out, "null");
	buf_addf(out, ",\"size\":%lld,\"kept\":%lld", (long long)q->size, (long long)q->kept);
}

static void add_cell(struct buf *out, const char *text)
{
	text_escape_tsv(text, strlen(text), out);
	buf_addc(out, '\t');
}

static int add(void *context, const struct quarantined *q, struct err *e)
{
	struct list *l = context;
	char when[17];

	(void)e;
	if (l->json) {
		buf_adds(&l->out, l->count++ > 0 ? ",\n" : "");
		add_json(q, &l->out);
		buf_addc(&l->out, '}');
		return 0;
	}
	date_local(q->arrived_ms, when);
	buf_addf(&l->out, "%lld\t%s\t", (long long)q->id, when);
	add_cell(&l->out, q->sender);
	add_cell(&l->out, q->label);
	buf_addf(&l->out, "%s\t%lld\t%lld\t%lld\t", q->proved ? "yes" : "no", (long long)q->seq, (long long)q->size, (long long)q->kept);
	text_escape_tsv(q->reason, strlen(q->reason), &l->out);
	buf_addc(&l->out, '\n');
	return 0;
}

static int list(struct invocation *call, struct err *e)
{
	struct list l = { .out = BUF_INIT, .json = call->json };
	int rc;

	buf_adds(&l.out, call->json ? "[" : "number\tarrived\tdevice\tlabel\tsigned\tbundle\tsize\tkept\treason\n");
	rc = quarantine_each(call->store, 0, add, &l, e);
	if (rc == 0) {
		buf_adds(&l.out, call->json ? "]\n" : "");
		rc = print_buf(&l.out, e);
	}
	buf_release(&l.out);
	return rc;
}

/* --- show --- */

static int add_line(void *context, const struct quarantined *q, struct err *e)
{
	struct list *l = context;
	const char *const texts[][2] = { { "device", q->sender }, { "label", q->label }, { "signed", q->proved ? "yes" : "no" }, { "origin", q->origin },
		{ "hash", q->hash }, { "reason", q->reason } };
	char when[17];

	(void)e;
	l->count++;
	if (l->json) {
		add_json(q, &l->out);
		return 0;
	}
	date_local(q->arrived_ms, when);
	buf_addf(&l->out, "number\t%lld\narrived\t%s\nbundle\t%lld\nsize\t%lld\nkept\t%lld\n", (long long)q->id, when, (long long)q->seq, (long long)q->size,
	    (long long)q->kept);
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		buf_addf(&l->out, "%s\t", texts[i][0]);
		text_escape_tsv(texts[i][1], strlen(texts[i][1]), &l->out);
		buf_addc(&l->out, '\n');
	}
	return 0;
}

static int add_check(void *context, const char *what, bool good, const char *why, struct err *e)
{
	struct list *l = context;

	(void)e;
	if (l->json) {
		buf_adds(&l->out, l->count++ > 1 ? ",{\"check\":" : "{\"check\":");
		json_strings(&l->out, what);
		buf_addf(&l->out, ",\"good\":%s,\"why\":", good ? "true" : "false");
		json_strings(&l->out, *why != '\0' ? why : NULL);
		buf_addc(&l->out, '}');
		return 0;
	}
	buf_addf(&l->out, "check\t%s\t%s\t", what, good ? "good" : "bad");
	text_escape_tsv(why, strlen(why), &l->out);
	buf_addc(&l->out, '\n');
	return 0;
}

static void add_signed_line(struct list *l, const struct buf *line)
{
	if (l->json) {
		json_key(&l->out, "line");
		json_strings(&l->out, line->len > 0 ? line->data : NULL);
		buf_adds(&l->out, ",\"checks\":[");
	} else {
		buf_adds(&l->out, "line\t");
		text_escape_tsv(line->len > 0 ? line->data : "", line->len, &l->out);
		buf_addc(&l->out, '\n');
	}
}

static int show(struct invocation *call, struct err *e)
{
	struct list l = { .out = BUF_INIT, .json = call->json };
	struct buf line = BUF_INIT;
	int64_t id;
	int rc = -1;

	if (invocation_words(call, 2, 2, e) != 0 || read_id(call->argv[1], &id, e) != 0 || invocation_open(call, e) != 0)
		return -1;
	if (quarantine_line(call->store, id, &line, e) == 0 && quarantine_each(call->store, id, add_line, &l, e) == 0) {
		add_signed_line(&l, &line);
		rc = quarantine_checks(call->store, id, add_check, &l, e);
	}
	if (rc == 0) {
		buf_adds(&l.out, call->json ? "]}\n" : "");
		rc = print_buf(&l.out, e);
	}
	buf_release(&line);
	buf_release(&l.out);
	return rc;
}

/* --- release --- */

static void verdict(const struct released *r, struct buf *out)
{
	switch (r->outcome) {
	case RELEASE_TAKEN:
		/* TRANSLATORS: a bundle from quarantine; two numbers of changes */
		buf_addf(out, _("taken; changes accepted: %lld, not accepted: %lld"), (long long)r->accepted, (long long)r->refused);
		break;
	case RELEASE_KNOWN:
		buf_adds(out, _("known already"));
		break;
	case RELEASE_WAITS:
		buf_addf(out, _("waits: bundle %lld of its sender is missing"), (long long)r->missing);
		break;
	case RELEASE_REQUEST:
		buf_adds(out, _("a request to join; it waits for approval"));
		break;
	case RELEASE_REFUSED:
		buf_addf(out, _("refused: %s"), r->reason);
		break;
	case RELEASE_LATER:
		buf_addf(out, _("not now: %s"), r->reason);
		break;
	}
}

static int print_released(struct invocation *call, int64_t id, const struct released *r, struct err *e)
{
	static const char *const names[] = { "taken", "known", "waits", "request", "refused", "later" };
	struct buf out = BUF_INIT, text = BUF_INIT;
	int rc;

	verdict(r, &text);
	if (call->json) {
		buf_addf(&out, "{\"number\":%lld,\"outcome\":\"%s\",\"operations\":%lld,\"operations_refused\":%lld,\"verdict\":", (long long)id,
		    names[r->outcome], (long long)r->accepted, (long long)r->refused);
		json_strings(&out, text.data);
		buf_adds(&out, "}\n");
	} else {
		buf_addf(&out, "%lld\t", (long long)id);
		text_escape_tsv(text.data, text.len, &out);
		buf_addc(&out, '\n');
	}
	rc = print_buf(&out, e);
	buf_release(&text);
	buf_release(&out);
	return rc;
}

static int release(struct invocation *call, struct err *e)
{
	int64_t id;

	if (invocation_words(call, 2, -1, e) != 0)
		return -1;
	for (int i = 1; i < call->argc; i++)
		if (read_id(call->argv[i], &id, e) != 0)
			return -1;
	if (invocation_open(call, e) != 0)
		return -1;
	for (int i = 1; i < call->argc; i++) {
		struct released r;

		if (read_id(call->argv[i], &id, e) != 0 || quarantine_release(call->store, id, &r, e) != 0 || print_released(call, id, &r, e) != 0)
			return -1;
		if (r.outcome == RELEASE_REFUSED)
			call->status = ERR_HUB_REFUSED;
		else if (r.outcome == RELEASE_LATER && call->status == 0)
			call->status = ERR_REFUSED;
	}
	return 0;
}

/* --- delete --- */

static int delete_many(struct invocation *call, bool all, const char *older, struct err *e)
{
	int64_t days = 0, count;

	if (!all && read_number(older, DAYS_MAX, &days) != 0)
		return err_set(e, ERR_USAGE, _("--older-than needs a number of days"));
	if (invocation_words(call, 1, 1, e) != 0 || invocation_open(call, e) != 0 ||
	    quarantine_delete_before(call->store, all ? INT64_MAX : clock_wall_ms() - days * DATE_DAY_MS, &count, e) != 0)
		return -1;
	return print_text(e, P_("%lld deleted from quarantine\n", "%lld deleted from quarantine\n", count), (long long)count);
}

/* All of them or none. */
static int delete_named(struct invocation *call, struct err *e)
{
	int64_t id;

	if (store_begin(call->store, e) != 0)
		return -1;
	for (int i = 1; i < call->argc; i++) {
		if (read_id(call->argv[i], &id, e) != 0 || quarantine_delete(call->store, id, e) != 0) {
			store_rollback(call->store);
			return -1;
		}
	}
	return store_commit(call->store, e);
}

static int delete(struct invocation *call, bool all, const char *older, struct err *e)
{
	if (all && older != NULL)
		return err_set(e, ERR_USAGE, _("--all and --older-than exclude each other"));
	if (all || older != NULL)
		return delete_many(call, all, older, e);
	return invocation_words(call, 2, -1, e) != 0 || invocation_open(call, e) != 0 ? -1 : delete_named(call, e);
}

int command_quarantine(struct invocation *call, struct err *e)
{
	const char *older = NULL, *verb;
	bool all = false;
	const struct option options[] = { { "all", NULL, &all }, { "older-than", &older, NULL }, { NULL, NULL, NULL } };

	if (invocation_options(call, options, e) != 0)
		return -1;
	verb = call->argc > 0 ? call->argv[0] : "list";
	if (strcmp(verb, "delete") == 0)
		return delete(call, all, older, e);
	if (all || older != NULL)
		return err_set(e, ERR_USAGE, _("--all and --older-than belong to delete"));
	if (strcmp(verb, "show") == 0)
		return show(call, e);
	if (strcmp(verb, "release") == 0)
		return release(call, e);
	if (strcmp(verb, "list") != 0)
		return invocation_words(call, 0, 0, e);
	return invocation_words(call, 0, 1, e) != 0 || invocation_open(call, e) != 0 ? -1 : list(call, e);
}
