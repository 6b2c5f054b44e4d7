/* erase: a person's data are destroyed for ever; the act that proves it; at the hub, devices of which nothing is expected any more. */
#include "commands/command.h"

#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "documents/erasure_act.h"
#include "records/erasure.h"
#include "store/erase.h"
#include "sync/hub.h"

static int print_act(struct invocation *call, const char *person, const char *file, struct err *e)
{
	enum outline_format format = erasure_act_format(file);
	struct erasure_state state;
	struct buf out = BUF_INIT;
	int rc = erasure_act(call->store, person, format, &out, e);

	if (rc == 0)
		rc = write_result(file, &out, 0600, e);
	buf_release(&out);
	if (rc == 0)
		rc = erasure_state(call->store, person, &state, e);
	if (rc == 0 && !state.final)
		command_warn(call, _("the act is preliminary: not every replica has confirmed yet"));
	return rc;
}

struct told { struct buf *out; bool json; };

static int add_part(void *context, const struct erasure_part *p, struct err *e)
{
	struct told *t = context;

	(void)e;
	if (t->json) {
		json_key(t->out, p->table);
		json_int(t->out, p->records);
	} else {
		buf_addf(t->out, "%s\t%lld\n", p->title, (long long)p->records);
	}
	return 0;
}

/* What was emptied, by kind of record. */
static int tell(struct invocation *call, const char *person, struct err *e)
{
	struct buf out = BUF_INIT;
	struct told t = { &out, call->json };
	int rc;

	if (call->json)
		buf_addf(&out, "{\"person\":\"%s\",\"destroyed\":{", person);
	rc = erasure_parts(call->store, person, add_part, &t, e);
	if (call->json)
		buf_adds(&out, "}}\n");
	if (rc == 0)
		rc = print_buf(&out, e);
	buf_release(&out);
	return rc;
}

struct fields { const char *basis, *document, *requested, *date; };

static int fill(struct store *s, struct record *r, const struct fields *f, struct err *e)
{
	const struct { const char *name, *typed; } typed[] = {
		{ "basis", f->basis }, { "document", f->document }, { "requested", f->requested }, { "date", f->date }
	};
	size_t i;

	for (i = 0; i < sizeof(typed) / sizeof(typed[0]); i++)
		if (typed[i].typed != NULL && record_set(s, r, typed[i].name, typed[i].typed, e) != 0)
			return -1;
	return 0;
}

static int erase(struct invocation *call, const char *person, const struct fields *f, struct err *e)
{
	struct record r;
	int rc;

	if (call->program->hub)
		return err_set(e, ERR_REFUSED, _("the hub keeps what the devices send; a coordinator edits it in livenet"));
	if (erasure_may(call->store, person, e) != 0)
		return -1;
	record_init(&r, &erasure_type);
	record_put(&r, "person", person);
	rc = fill(call->store, &r, f, e) == 0 && record_save(call->store, &r, e) == 0 && store_scrub(call->store, e) == 0 ? 0 : -1;
	record_release(&r);
	if (rc == 0)
		command_warn(call, _("destroyed here; the hub and the other devices follow with their next exchanges"));
	return rc == 0 ? tell(call, person, e) : -1;
}

int command_erase(struct invocation *call, struct err *e)
{
	struct fields f = { NULL, NULL, NULL, NULL };
	const char *act = NULL;
	const struct option options[] = {
		{ "basis", &f.basis, NULL }, { "document", &f.document, NULL }, { "requested", &f.requested, NULL }, { "date", &f.date, NULL },
		{ "act", &act, NULL }, { NULL, NULL, NULL }
	};
	char person[RECORD_ID_SIZE];

	if (invocation_options(call, options, e) != 0 || invocation_words(call, 1, 1, e) != 0 || invocation_open(call, e) != 0 ||
	    erasure_resolve(call->store, call->argv[0], person, e) != 0)
		return -1;
	/* Who asks for the act of somebody else's erasure must not destroy by it. */
	return act != NULL ? print_act(call, person, act, e) : erase(call, person, &f, e);
}

int command_hub_unreachable(struct invocation *call, struct err *e)
{
	const char *reason = NULL;
	bool expected = false;
	const struct option options[] = { { "reason", &reason, NULL }, { "expected", NULL, &expected }, { NULL, NULL, NULL } };

	if (invocation_options(call, options, e) != 0 || invocation_words(call, 1, 1, e) != 0)
		return -1;
	if ((reason != NULL) == expected)
		return err_set(e, ERR_USAGE, _("say why nothing is expected of the device, --reason TEXT, or that it is again, --expected"));
	return invocation_open(call, e) != 0 ? -1 : hub_unreachable(call->store, call->argv[0], reason, e);
}
