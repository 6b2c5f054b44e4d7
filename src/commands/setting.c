/* setting: the preferences of the person at this computer, by name. No store is opened for them. */
#include "commands/command.h"

#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "base/preferences.h"

static void add_json(const struct preferences *p, int which, struct buf *out)
{
	const struct preference_info *info = &preference_infos[which];

	buf_addf(out, "{\"name\":\"%s\",\"value\":\"%s\",\"values\":[", info->name, p->value[which]);
	for (const char *const *each = info->values; *each != NULL; each++)
		buf_addf(out, "%s\"%s\"", each == info->values ? "" : ",", *each);
	buf_adds(out, "]}");
}

static void add_line(const struct preferences *p, int which, struct buf *out)
{
	const struct preference_info *info = &preference_infos[which];

	buf_addf(out, "%s\t%s\t", info->name, p->value[which]);
	for (const char *const *each = info->values; *each != NULL; each++)
		buf_addf(out, "%s%s", each == info->values ? "" : " ", *each);
	buf_addc(out, '\n');
}

static void list(const struct preferences *p, bool json, struct buf *out)
{
	buf_adds(out, json ? "[" : "name\tvalue\tvalues\n");
	for (int i = 0; i < PREFERENCES; i++) {
		if (json && i > 0)
			buf_addc(out, ',');
		if (json)
			add_json(p, i, out);
		else
			add_line(p, i, out);
	}
	buf_adds(out, json ? "]\n" : "");
}

static int show(const struct preferences *p, const char *name, bool json, struct buf *out, struct err *e)
{
	for (int i = 0; i < PREFERENCES; i++) {
		if (strcmp(preference_infos[i].name, name) != 0)
			continue;
		if (json)
			add_json(p, i, out);
		else
			buf_adds(out, p->value[i]);
		buf_addc(out, '\n');
		return 0;
	}
	return err_set(e, ERR_USAGE, _("there is no setting “%s”; “livenet setting” lists them"), name);
}

int command_setting(struct invocation *call, struct err *e)
{
	const struct option none[] = { { NULL, NULL, NULL } };
	struct buf out = BUF_INIT, problems = BUF_INIT;
	struct preferences p;
	int rc;

	if (invocation_options(call, none, e) != 0 || invocation_words(call, 0, 2, e) != 0 || preferences_load(&p, &problems, e) != 0)
		return -1;
	if (call->argc == 2) {
		rc = preferences_set(&p, call->argv[0], call->argv[1], e);
	} else {
		rc = call->argc == 1 ? show(&p, call->argv[0], call->json, &out, e) : 0;
		if (call->argc == 0)
			list(&p, call->json, &out);
		if (rc == 0)
			rc = print_buf(&out, e);
		if (rc == 0 && problems.len > 0) {
			command_warn(call, problems.data);
			call->status = ERR_REFUSED;
		}
	}
	buf_release(&out);
	buf_release(&problems);
	return rc;
}
