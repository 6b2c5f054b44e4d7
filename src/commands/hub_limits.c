/* limits: what files, devices and strangers can cost the hub at most, and the reserve of its disk. */
#include "commands/command.h"

#include <errno.h>
#include <stdlib.h>

#include "base/i18n.h"
#include "base/json.h"
#include "sync/limits.h"

struct list { struct buf out; bool json; int count; };

static int add(void *context, const struct limit *l, struct err *e)
{
	struct list *list = context;

	(void)e;
	if (!list->json) {
		buf_addf(&list->out, "%s\t%lld\t%s\t%s\n", l->name, (long long)l->value, l->unit, l->reason);
		return 0;
	}
	buf_adds(&list->out, list->count++ > 0 ? ",\n{\"name\":" : "{\"name\":");
	json_strings(&list->out, l->name);
	buf_addf(&list->out, ",\"value\":%lld,\"unit\":", (long long)l->value);
	json_strings(&list->out, *l->unit != '\0' ? l->unit : NULL);
	buf_adds(&list->out, ",\"for\":");
	json_strings(&list->out, l->reason);
	buf_addc(&list->out, '}');
	return 0;
}

static int set_reserve(struct store *s, const char *text, struct err *e)
{
	char *end;
	long long mib;

	errno = 0;
	mib = strtoll(text, &end, 10);
	return limits_set_reserve(s, errno == 0 && end != text && *end == '\0' ? mib : -1, e);
}

int command_hub_limits(struct invocation *call, struct err *e)
{
	const char *reserve = NULL;
	const struct option options[] = { { "reserve", &reserve, NULL }, { NULL, NULL, NULL } };
	struct list list = { .out = BUF_INIT, .json = call->json };
	int rc;

	if (invocation_options(call, options, e) != 0 || invocation_words(call, 0, 0, e) != 0 || invocation_open(call, e) != 0)
		return -1;
	if (reserve != NULL)
		return set_reserve(call->store, reserve, e);
	buf_adds(&list.out, call->json ? "[" : "limit\tvalue\tunit\tfor\n");
	rc = limits_each(call->store, add, &list, e);
	if (rc == 0) {
		buf_adds(&list.out, call->json ? "]\n" : "");
		rc = print_buf(&list.out, e);
	}
	buf_release(&list.out);
	return rc;
}
