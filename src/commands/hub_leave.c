/* hub_leave: devices that leave the region: revoke, retire, and the lists for who reviews a loss. */
#include "commands/command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/text.h"
#include "documents/csv.h"
#include "records/record.h"
#include "sync/hub.h"

enum form { FORM_LINES, FORM_CSV, FORM_JSON };

struct list {
	enum form form;
	const char *what;		/* first word of a line of FORM_LINES */
	int64_t count;
	struct buf out;
};

/* A row of either list: names and values of the same columns. */
static void add_row(struct list *l, const char *const *names, const char *const *values, int columns)
{
	if (l->form == FORM_JSON)
		buf_adds(&l->out, l->count > 0 ? ",\n" : "");
	if (l->form == FORM_CSV && l->count == 0)
		for (int i = 0; i < columns; i++)
			buf_addf(&l->out, "%s%s", names[i], i + 1 < columns ? ";" : "\r\n");
	if (l->form == FORM_LINES)
		buf_adds(&l->out, l->what);
	for (int i = 0; i < columns; i++) {
		if (l->form == FORM_JSON) {
			buf_addf(&l->out, "%s\"%s\":", i > 0 ? "," : "{", names[i]);
			json_strings(&l->out, *values[i] != '\0' ? values[i] : NULL);
		} else if (l->form == FORM_CSV) {
			csv_add_cell(&l->out, values[i]);
			buf_adds(&l->out, i + 1 < columns ? ";" : "\r\n");
		} else {
			buf_addc(&l->out, '\t');
			text_escape_tsv(values[i], strlen(values[i]), &l->out);
		}
	}
	if (l->form != FORM_CSV)
		buf_adds(&l->out, l->form == FORM_JSON ? "}" : "\n");
	l->count++;
}

static int add_change(void *context, const struct hub_change *c, struct err *e)
{
	static const char *const names[] = { "number", "bundle", "made", "what", "table", "id", "fields", "refused" };
	char number[24], bundle[24], when[21];

	(void)e;
	snprintf(number, sizeof number, "%lld", (long long)c->seq);
	snprintf(bundle, sizeof bundle, "%lld", (long long)c->bundle);
	date_utc(c->ms, when);
	add_row(context, names, (const char *const[]){ number, bundle, when, c->kind, c->table, c->id, c->fields, c->refused }, 8);
	return 0;
}

static int add_held(void *context, const struct hub_held *h, struct err *e)
{
	static const char *const names[] = { "id", "name", "municipality_code", "phone", "email", "how" };

	(void)e;
	add_row(context, names, (const char *const[]){ h->id, h->name, h->municipality, h->phone, h->email, h->how }, 6);
	return 0;
}

static int make_list(struct store *s, const char *device, int64_t after, bool people, struct list *l, struct err *e)
{
	if (l->form == FORM_CSV)
		buf_adds(&l->out, "\xef\xbb\xbf");
	if (l->form == FORM_JSON)
		buf_addc(&l->out, '[');
	if ((people ? hub_held_each(s, device, add_held, l, e) : hub_changes_each(s, device, after, add_change, l, e)) != 0)
		return -1;
	if (l->form == FORM_JSON)
		buf_addc(&l->out, ']');
	return 0;
}

/* By the end of its name. */
static int form_of(const char *path, enum form *form, struct err *e)
{
	const char *end = strrchr(path, '.');

	if (end != NULL && strcmp(end, ".csv") == 0)
		*form = FORM_CSV;
	else if (end != NULL && strcmp(end, ".json") == 0)
		*form = FORM_JSON;
	else
		return err_set(e, ERR_USAGE, _("%s: the file's name says its form: it ends in .csv or .json"), path);
	return 0;
}

static int write_list(struct store *s, const char *device, int64_t after, bool people, const char *path, struct err *e)
{
	struct list l = { .out = BUF_INIT };
	int rc = form_of(path, &l.form, e);

	if (rc == 0)
		rc = make_list(s, device, after, people, &l, e);
	if (rc == 0 && l.form == FORM_JSON)
		buf_addc(&l.out, '\n');
	if (rc == 0)
		rc = write_result(path, &l.out, 0600, e);
	buf_release(&l.out);
	return rc;
}

static int print_review(struct invocation *call, const char *device, const char *id, int64_t after, struct err *e)
{
	struct list changes = { .what = "change", .out = BUF_INIT, .form = call->json ? FORM_JSON : FORM_LINES }, people = changes;
	struct buf out = BUF_INIT;
	int rc = -1;

	people.what = "person";
	if (make_list(call->store, device, after, false, &changes, e) != 0 || make_list(call->store, device, after, true, &people, e) != 0)
		goto done;
	if (call->json)
		buf_addf(&out, "{\"device\":\"%s\",\"after\":%lld,\"changes\":%s,\"people\":%s}\n", id, (long long)after, changes.out.data, people.out.data);
	else
		buf_addf(&out, "device\t%s\nafter\t%lld\nchanges\t%lld\npeople\t%lld\n%s%s", id, (long long)after, (long long)changes.count,
		    (long long)people.count, changes.count > 0 ? changes.out.data : "", people.count > 0 ? people.out.data : "");
	rc = print_buf(&out, e);
done:
	buf_release(&changes.out);
	buf_release(&people.out);
	buf_release(&out);
	return rc;
}

static int read_number(const char *text, int64_t *number, struct err *e)
{
	char *end;

	*number = strtoll(text, &end, 10);
	if (*text < '0' || *text > '9' || *end != '\0' || strlen(text) > 15)
		return err_set(e, ERR_USAGE, _("--after-seq: the number of the last bundle that is trusted"));
	return 0;
}

int command_hub_revoke(struct invocation *call, struct err *e)
{
	const char *after_typed = NULL, *changes = NULL, *people = NULL;
	bool review = false;
	const struct option options[] = { { "after-seq", &after_typed, NULL }, { "changes", &changes, NULL }, { "people", &people, NULL }, { "review", NULL, &review },
		{ NULL, NULL, NULL } };
	enum form form;
	int64_t after = -1;
	char id[33];

	if (invocation_options(call, options, e) != 0 || invocation_words(call, 1, 1, e) != 0 || (after_typed != NULL && read_number(after_typed, &after, e) != 0))
		return -1;
	/* Before anything is done. */
	if ((changes != NULL && form_of(changes, &form, e) != 0) || (people != NULL && form_of(people, &form, e) != 0) || invocation_open(call, e) != 0)
		return -1;
	if ((!review && hub_revoke(call->store, call->argv[0], after, e) != 0) || hub_review_begin(call->store, call->argv[0], &after, id, e) != 0)
		return -1;
	if ((changes != NULL && write_list(call->store, id, after, false, changes, e) != 0) || (people != NULL && write_list(call->store, id, after, true, people, e) != 0))
		return -1;
	return print_review(call, id, id, after, e);
}

int command_hub_retire(struct invocation *call, struct err *e)
{
	const char *to = NULL;
	bool without_last = false;
	const struct option options[] = { { "to", &to, NULL }, { "without-last", NULL, &without_last }, { NULL, NULL, NULL } };
	struct hub_retirement done;
	char heir[RECORD_ID_SIZE];
	struct buf out = BUF_INIT;
	int rc;

	if (invocation_options(call, options, e) != 0 || invocation_words(call, 1, 1, e) != 0)
		return -1;
	if (to == NULL)
		return err_set(e, ERR_USAGE, _("retire needs --to PERSON, who takes the work over"));
	if (invocation_open(call, e) != 0 || record_resolve(call->store, &person_type, to, heir, e) != 0 ||
	    hub_retire(call->store, call->argv[0], heir, without_last, &done, e) != 0)
		return -1;
	if (call->json)
		buf_addf(&out, "{\"closed\":%s,\"mentorships\":%lld,\"seminars\":%lld,\"left\":%lld}\n", done.closed ? "true" : "false", (long long)done.mentorships,
		    (long long)done.seminars, (long long)done.left);
	else if (done.closed)
		buf_addf(&out, _("closed; handed over: mentorships %lld, seminars to come %lld\n"), (long long)done.mentorships, (long long)done.seminars);
	else
		buf_addf(&out, _("the device is asked for its last bundle; when that has come, these go over: mentorships %lld, seminars to come %lld\n"),
		    (long long)done.mentorships, (long long)done.seminars);
	rc = print_buf(&out, e);
	buf_release(&out);
	if (rc == 0 && done.left > 0)
		command_warn(call, _("who takes over was mentored by who leaves: that mentorship stays as it was, end it or give it to somebody else"));
	return rc;
}
