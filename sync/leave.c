/* The device's side of its entry in the roster: what the hub changed of it, in words, and the last step of a device that is retired. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "records/field.h"
#include "records/record.h"
#include "sync/closing.h"
#include "sync/hub.h"
#include "sync/sync.h"
#include "sync/upload.h"

static const struct { const char *state, *words; } states[] = {
	{ "suspended", N_("the hub has suspended this device: what it sends is not taken; ask a coordinator") },
	{ "retiring", N_("the hub closes this device: exchange until nothing is unsent, then say leave") },
	{ "retired", N_("the hub has everything that this device sent and gives it nothing more: say leave, and this store is destroyed") },
	{ "revoked", N_("the hub has revoked this device: what it sends from now on is not taken; ask a coordinator") },
};

const char *sync_state_words(const char *state)
{
	for (size_t i = 0; i < sizeof states / sizeof *states; i++)
		if (strcmp(states[i].state, state) == 0)
			return _(states[i].words);
	return "";
}

/* «what<TAB>was<TAB>is» in its three parts, which end with the line. */
static bool split(char *line, char *part[3])
{
	for (int i = 0; i < 3; i++) {
		part[i] = line;
		line = strchr(line, '\t');
		if (i == 2)
			return line == NULL;
		if (line == NULL)
			return false;
		*line++ = '\0';
	}
	return false;
}

static void show(struct store *s, const char *field, const char *value, struct buf *out)
{
	if (*value == '\0')
		buf_adds(out, "—");
	else if (strcmp(field, "person") == 0)
		record_name(s, &person_type, value, out);
	else
		field_show(s, &person_type.fields[record_field(&person_type, field)], value, out);
}

static void tell(struct store *s, char *const part[3], struct buf *out)
{
	struct buf is = BUF_INIT;

	if (strcmp(part[0], "state") == 0) {
		buf_addf(out, "%s\n", strcmp(part[2], "active") == 0 ? _("the hub counts this device among those at work again") : sync_state_words(part[2]));
		return;
	}
	show(s, part[0], part[2], &is);
	if (strcmp(part[0], "role") == 0)
		/* TRANSLATORS: the role in the region, such as “consultant” */
		buf_addf(out, _("the hub changed this device's role; it is now: %s"), is.data);
	else if (strcmp(part[0], "municipality") == 0)
		buf_addf(out, _("the hub changed this device's municipality; it is now: %s"), is.data);
	else
		buf_addf(out, _("the hub changed whose device this is: %s"), is.data);
	buf_addc(out, '\n');
	buf_release(&is);
}

int sync_entry(struct store *s, bool read, struct buf *out, struct err *e)
{
	char *news = store_setting(s, SETTING_ROSTER_NEWS), *part[3];

	if (news == NULL)
		return 0;
	for (char *rest = news, *line; (line = strtok_r(rest, "\n", &rest)) != NULL;)
		if (split(line, part))
			tell(s, part, out);
	free(news);
	return read ? store_set_setting(s, SETTING_ROSTER_NEWS, NULL, e) : 0;
}

/* --- leave --- */

static int check(struct store *s, struct sync_status *st, bool exchanged, struct err *e)
{
	bool retired;

	if (sync_status(s, st, e) != 0)
		return -1;
	retired = strcmp(st->state, "retired") == 0;
	if (!retired && strcmp(st->state, "retiring") != 0)
		return err_set(e, ERR_REFUSED, _("the hub has not asked this device to close: a coordinator has it retired first"));
	if (!exchanged)
		return 0;
	if (!retired || st->unsent + st->sent > 0)
		return err_set(e, ERR_REFUSED, _("the hub has not said yet that it has everything: exchange once more after its next round; nothing was destroyed"));
	return 0;
}

int sync_leave(struct store *s, const char *via, struct sync_report *report, struct err *e)
{
	struct sync_status st;

	if (check(s, &st, false, e) != 0 || sync_run(s, via, report, e) != 0 || check(s, &st, true, e) != 0)
		return -1;
	if (store_begin(s, e) != 0)
		return -1;
	if (store_set_setting(s, SETTING_DESTROYING, "1", e) != 0 || store_set_setting(s, SETTING_ACKNOWLEDGE, "1", e) != 0) {
		store_rollback(s);
		return -1;
	}
	if (store_commit(s, e) != 0)
		return -1;
	return sync_run(s, via, report, e);
}
