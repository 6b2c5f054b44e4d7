/* collect: one round of the hub through a folder; or, with --watch, a round whenever something comes, the store closed in between. */
#include "commands/command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/date.h"
#include "base/i18n.h"
#include "sync/folder_watch.h"
#include "sync/hub.h"

#define EVERY_MINUTES 15
#define EVERY_MOST (7 * 24 * 60)
#define BUSY_FIRST_MS 100		/* another command has the store: how long until it is tried again, twice as long each time */
#define BUSY_MOST_MS 5000

static void print_note(void *context, const char *line)
{
	(void)context;
	printf("%s\n", line);
}

static int print_round(const struct invocation *call, const struct hub_collected *c, struct err *e)
{
	if (call->json)
		return print_text(e, "{\"devices\":%d,\"bundles_taken\":%d,\"bundles_known\":%d,\"bundles_parked\":%d,\"bundles_refused\":%d,"
		    "\"operations\":%lld,\"operations_refused\":%lld,\"bundles_written\":%d}\n", c->devices, c->bundles_taken, c->bundles_known,
		    c->bundles_parked, c->bundles_refused, (long long)c->operations, (long long)c->operations_refused, c->bundles_written);
	return print_text(e, _("bundles taken: %d, known: %d, waiting: %d, refused: %d; operations: %lld, not accepted: %lld; bundles written: %d\n"),
	    c->bundles_taken, c->bundles_known, c->bundles_parked, c->bundles_refused, (long long)c->operations,
	    (long long)c->operations_refused, c->bundles_written);
}

static int collect_once(struct invocation *call, struct err *e)
{
	struct hub_collected c;

	if (invocation_open(call, e) != 0 || hub_collect(call->store, call->argv[0], &c, call->json ? NULL : print_note, NULL, e) != 0)
		return -1;
	if (c.bundles_unread > 0 || c.files_left > 0)
		call->status = ERR_REFUSED;
	if (c.bundles_refused > 0)
		call->status = ERR_HUB_REFUSED;
	return print_round(call, &c, e);
}

/* --- --watch --- */

struct watching {
	struct invocation *call;
	struct folder_watch *watch;
	char said[sizeof ((struct err *)0)->text];	/* the last thing that went wrong, which is not said again in every round */
	bool more;					/* the round left something that it could have looked at */
};

/* To the log, once for as long as it lasts. */
static void say(struct watching *w, const char *text)
{
	if (strcmp(w->said, text) == 0)
		return;
	snprintf(w->said, sizeof w->said, "%s", text);
	command_warn(w->call, text);
}

/* 1: open; 0: the program is to end; -1. */
static int open_store(struct watching *w, struct err *e)
{
	int ms = BUSY_FIRST_MS;

	while (invocation_open(w->call, e) != 0) {
		if (e->code != ERR_IN_USE)
			return -1;
		if (ms == BUSY_MOST_MS)
			say(w, e->text);		/* an exchange or a report is short */
		err_clear(e);
		if (!folder_watch_pause(w->watch, ms))
			return 0;
		ms = ms * 2 < BUSY_MOST_MS ? ms * 2 : BUSY_MOST_MS;
	}
	return 1;
}

static bool is_quiet(const struct hub_collected *c)
{
	return c->bundles_taken + c->bundles_known + c->bundles_parked + c->bundles_refused + c->bundles_unread + c->bundles_written + c->files_left == 0;
}

/* One line, with its time where nothing else says it. */
static int log_round(struct watching *w, const struct hub_collected *c, struct err *e)
{
	char when[17];

	w->more = c->files_left > 0;
	if (is_quiet(c))
		return 0;
	if (!w->call->json) {
		date_local(clock_wall_ms(), when);
		if (print_text(e, "%s ", when) != 0)
			return -1;
	}
	if (print_round(w->call, c, e) != 0)
		return -1;
	return fflush(stdout) == 0 ? 0 : err_sys(e, ERR_REFUSED, "%s", _("standard output cannot be written"));
}

static void tell_refused(struct watching *w, int count)
{
	struct buf text = BUF_INIT;

	buf_addf(&text, P_("%d file was refused; “quarantine list” says why", "%d files were refused; “quarantine list” says why", count), count);
	say(w, text.data);
	buf_release(&text);
}

/* What a round fails of goes on at the next one, unless the store itself is at fault. */
static int run_round(struct watching *w, struct err *e)
{
	struct store *s = w->call->store;
	struct hub_collected c = { .devices = 0 };
	struct err why = ERR_INIT;
	int result;

	w->more = false;
	if (!folder_watch_arm(w->watch, store_identity(s)->pub.id, &why)) {
		err_prefix(&why, "%s", _("the folder cannot be watched, so it is looked at from time to time"));
		say(w, why.text);
		err_clear(&why);
	}
	result = hub_collect(s, w->call->argv[0], &c, NULL, NULL, &why);
	if (store_damaged(s, e) != 0 || log_round(w, &c, e) != 0)
		return -1;
	if (result != 0 && why.code == ERR_DAMAGED) {
		*e = why;
		return -1;
	}
	if (result != 0)
		say(w, why.text);
	else if (c.bundles_refused > 0)
		tell_refused(w, c.bundles_refused);
	else
		w->said[0] = '\0';
	return 0;
}

static int watch_folder(struct watching *w, int seconds, struct err *e)
{
	do {
		int result = open_store(w, e);

		if (result == 1 && run_round(w, e) != 0)
			result = -1;
		invocation_close(w->call);
		if (result != 1)
			return result;
	} while (w->more ? folder_watch_pause(w->watch, 0) : folder_watch_wait(w->watch, seconds));
	return 0;
}

static int collect_always(struct invocation *call, int minutes, struct err *e)
{
	struct watching w = { .call = call };
	int result;

	w.watch = folder_watch_new(call->argv[0], e);
	if (w.watch == NULL)
		return -1;
	result = watch_folder(&w, minutes * 60, e);
	folder_watch_free(w.watch);
	return result;
}

static int read_minutes(const char *text, int *minutes, struct err *e)
{
	char *end;
	long n = strtol(text, &end, 10);

	if (end == text || *end != '\0' || n < 1 || n > EVERY_MOST)
		return err_set(e, ERR_USAGE, _("--every needs a number of minutes, 1 to %d"), EVERY_MOST);
	*minutes = (int)n;
	return 0;
}

int command_hub_collect(struct invocation *call, struct err *e)
{
	const char *every = NULL;
	bool watch = false;
	const struct option options[] = { { "watch", NULL, &watch }, { "every", &every, NULL }, { NULL, NULL, NULL } };
	int minutes = EVERY_MINUTES;

	if (invocation_options(call, options, e) != 0 || invocation_words(call, 1, 1, e) != 0)
		return -1;
	if (every != NULL && !watch)
		return err_set(e, ERR_USAGE, _("--every belongs to --watch"));
	if (every != NULL && read_minutes(every, &minutes, e) != 0)
		return -1;
	return watch ? collect_always(call, minutes, e) : collect_once(call, e);
}
