/* consultation: the log of consultations and of contacts with administrations, and what is due of their next steps; the calendar file of what is planned. */
#include "commands/command.h"

#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/text.h"
#include "commands/record_verbs.h"
#include "documents/calendar.h"
#include "records/consultation.h"
#include "records/person.h"

struct due_out { struct buf out; bool json; int64_t today; };

static void member(struct buf *out, const char *key, const char *value)
{
	json_key(out, key);
	json_strings(out, value);
}

static void due_json(struct due_out *o, const struct consultation_due *d, int64_t days)
{
	buf_adds(&o->out, o->out.len > 1 ? ",\n{" : "{");
	member(&o->out, "id", d->id);
	member(&o->out, "next_date", d->date);
	json_key(&o->out, "days_overdue");
	json_int(&o->out, days);
	member(&o->out, "next_step", d->step);
	member(&o->out, "topic", d->topic);
	member(&o->out, "mentor", d->mentor);
	member(&o->out, "mentor_id", d->mentor_id);
	member(&o->out, "mentee", d->mentee);
	member(&o->out, "mentee_id", d->mentee_id);
	buf_addc(&o->out, '}');
}

static int add_due(void *context, const struct consultation_due *d, struct err *e)
{
	struct due_out *o = context;
	int64_t days = date_valid(d->date) ? o->today - date_to_days(d->date) : 0;
	const char *const cells[] = { d->step, d->topic, d->mentor, d->mentee };
	size_t i;

	(void)e;
	if (o->json) {
		due_json(o, d, days);
		return 0;
	}
	buf_addf(&o->out, "%s\t%s\t%lld", d->id, d->date, (long long)days);
	for (i = 0; i < sizeof(cells) / sizeof(cells[0]); i++) {
		buf_addc(&o->out, '\t');
		text_escape_tsv(cells[i], strlen(cells[i]), &o->out);
	}
	buf_addc(&o->out, '\n');
	return 0;
}

static int run_due(struct invocation *call, struct err *e)
{
	bool all = false;
	const struct option options[] = { { "all", NULL, &all }, { NULL, NULL, NULL } };
	struct due_out o = { BUF_INIT, call->json, 0 };
	char me[RECORD_ID_SIZE], today[DATE_SIZE];
	int rc;

	if (invocation_options(call, options, e) != 0 || invocation_words(call, 0, 0, e) != 0 || invocation_open(call, e) != 0)
		return -1;
	date_today(today);
	o.today = date_to_days(today);
	buf_adds(&o.out, call->json ? "[" : "id\tnext_date\tdays_overdue\tnext_step\ttopic\tmentor\tmentee\n");
	rc = consultation_due(call->store, all ? NULL : person_me(call->store, me), today, add_due, &o, e);
	if (call->json)
		buf_adds(&o.out, "]\n");
	if (rc == 0)
		rc = print_buf(&o.out, e);
	if (rc == 0)
		command_tell_programme(call);
	buf_release(&o.out);
	return rc;
}

int command_consultation(struct invocation *call, struct err *e)
{
	if (call->argc == 0 || strcmp(call->argv[0], "due") != 0)
		return command_record(call, e);
	verb_taken(call);
	return run_due(call, e);
}

int command_calendar(struct invocation *call, struct err *e)
{
	const char *path = NULL;
	bool all = false;
	const struct option options[] = { { "-o", &path, NULL }, { "all", NULL, &all }, { NULL, NULL, NULL } };
	struct consent_gate gate;
	struct buf out = BUF_INIT;
	int rc;

	if (invocation_options(call, options, e) != 0 || invocation_words(call, 0, 0, e) != 0 || invocation_open(call, e) != 0)
		return -1;
	consent_gate_open(&gate, call->store, CONSENT_PARTICIPATION);
	rc = calendar_make(call->store, all, &gate, &out, e);
	if (rc == 0)
		rc = command_let_out(call, path, &out, &gate, e);
	consent_gate_close(&gate);
	buf_release(&out);
	return rc;
}
